// Policies as text, and what the reader makes of them.
import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { SiempreError } from "../../src/errors.ts";
import { readPolicy } from "../../src/policy-file.ts";

/** The policy everybody starts from. */
export const example = readFileSync(new URL("../../policy.example.yaml", import.meta.url), "utf8");

/** What holds where no workspace is named. */
export function general(yaml: string) {
  const workspace = readPolicy(yaml, "policy.yaml").workspaces.at(-1);
  if (!workspace) throw new Error("every policy has an entry for the workspaces it does not name");
  return workspace;
}

/** What the reader of a refused file sees, line by line, without the introduction. */
export function faults(yaml: string): string[] {
  try {
    readPolicy(yaml, "policy.yaml");
  } catch (error) {
    if (!(error instanceof SiempreError)) throw error;
    expect(error.code).toBe("policy_invalid");
    return error.message.split("\n").slice(1);
  }
  return [];
}
