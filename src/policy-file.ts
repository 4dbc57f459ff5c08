// The written promise (DESIGN idea 13): from the YAML a support lead writes to the policy the core reads.
import { createHash } from "node:crypto";
import type { Policy } from "./domain/policy.ts";
import { SiempreError } from "./errors.ts";
import { contradictions } from "./policy-file/contradictions.ts";
import { provideHolidays } from "./policy-file/holidays.ts";
import { neverOpen } from "./policy-file/never-open.ts";
import { resolveWorkspace } from "./policy-file/resolve.ts";
import { policyFile } from "./policy-file/schema.ts";
import { type Fault, readYaml, type YamlFile } from "./policy-file/yaml.ts";

/**
 * Reads a policy. `text` is YAML as policy.example.yaml explains it; empty text is the policy of defaults. `name` is the
 * file's name for messages. What stands at the top of the file holds for every workspace that `workspaces` does not name.
 * The hash tells the meaning: comments, order and spelling out a default do not change it.
 * Throws SiempreError `policy_invalid` that lists every fault with its line (`fields.faults`).
 */
export function readPolicy(text: string, name: string): Policy {
  provideHolidays();
  const file = readYaml(text);
  if (file.faults.length > 0) throw invalid(name, file.faults);

  const read = policyFile.safeParse(file.value ?? {});
  const faults = [...(read.success ? [] : read.error.issues.flatMap((issue) => faultsOf(issue, file)))];
  for (const { path, message } of contradictions(file.value)) faults.push({ ...file.locate(path), message });
  if (faults.length > 0 || !read.success) throw invalid(name, faults);

  const { workspaces: named = [], ...general } = read.data;
  const workspaces = [...named.map(resolveWorkspace), resolveWorkspace(general)];
  const closed = workspaces.flatMap((workspace, index) =>
    neverOpen(workspace, index < named.length ? ["workspaces", index] : []),
  );
  if (closed.length > 0) {
    throw invalid(
      name,
      closed.map(({ path, message }) => ({ ...file.locate(path), message })),
    );
  }
  return { hash: createHash("sha256").update(inOrder(workspaces)).digest("hex"), workspaces };
}

interface Issue {
  code: string;
  path: PropertyKey[];
  message: string;
  keys?: readonly string[];
}

function faultsOf(issue: Issue, file: YamlFile): Fault[] {
  if (issue.code === "unrecognized_keys") {
    const messages = issue.message.split("\n");
    return (issue.keys ?? []).map((key, index) => ({
      ...file.locate([...issue.path, key]),
      message: messages[index] ?? "is not a setting",
    }));
  }
  return [{ ...file.locate(issue.path), message: issue.message }];
}

function invalid(name: string, faults: readonly Fault[]): SiempreError {
  const sorted = faults.toSorted((one, other) => one.line - other.line);
  const lines = sorted.map(
    ({ line, path, message }) => `${name}:${line} ${path ? `${path}: ` : ""}${message}`,
  );
  const count = lines.length === 1 ? "one thing" : `${lines.length} things`;
  return new SiempreError(
    "policy_invalid",
    `The policy cannot be used: correct ${count}, then start again (policy.example.yaml explains every setting).\n${lines.join("\n")}`,
    { file: name, faults: sorted },
  );
}

/** JSON with the keys of every object in order, so that equal meanings are equal texts. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}
