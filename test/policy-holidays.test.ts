// What costs memory is loaded by the calendar that needs it, and by no other.
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";

const POLICY_FILE = new URL("../src/policy-file.ts", import.meta.url);

/** Whether a process that read this policy, and nothing else, has loaded the package of holidays. */
function loads(policy: string): boolean {
  const program = `
    import { createRequire } from "node:module";
    import { readPolicy } from ${JSON.stringify(POLICY_FILE.href)};
    readPolicy(${JSON.stringify(policy)}, "policy.yaml");
    const loaded = Object.keys(createRequire(${JSON.stringify(POLICY_FILE.href)}).cache);
    console.log(loaded.some((file) => file.includes("date-holidays")));`;
  const ran = spawnSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return ran.stdout.trim() === "true";
}

describe("the package of holidays", () => {
  test("is loaded where a policy names a region", () => {
    expect(loads("holidays: { region: ES-MD }")).toBe(true);
  });

  test("is not loaded where none does, whatever days are off", () => {
    expect(loads("holidays: { days: [2026-12-24] }")).toBe(false);
    expect(loads("")).toBe(false);
  });
});
