// What costs memory is asked elsewhere, and only by the calendar that needs it.
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";

const POLICY_FILE = new URL("../src/policy-file.ts", import.meta.url);
const HOLIDAYS = new URL("../src/domain/promises/holidays.ts", import.meta.url);

/** What a process that read this policy knows of 2 May, Madrid's own day, and whether it has loaded the package of holidays. */
function started(policy: string): { off: boolean; loaded: boolean } {
  const program = `
    import { createRequire } from "node:module";
    import { isHoliday } from ${JSON.stringify(HOLIDAYS.href)};
    import { readPolicy } from ${JSON.stringify(POLICY_FILE.href)};
    readPolicy(${JSON.stringify(policy)}, "policy.yaml");
    const off = ${JSON.stringify(policy)} !== "" && isHoliday("ES-MD", Date.UTC(2028, 4, 2) / 86_400_000);
    const files = Object.keys(createRequire(${JSON.stringify(POLICY_FILE.href)}).cache);
    console.log(JSON.stringify({ off, loaded: files.some((file) => file.includes("date-holidays")) }));`;
  const ran = spawnSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return JSON.parse(ran.stdout);
}

describe("the package of holidays", () => {
  test("is not loaded by the bot's process, though it knows the days of a region", () => {
    expect(started("holidays: { region: ES-MD }")).toEqual({ off: true, loaded: false });
  });

  test("is not loaded where no region is named", () => {
    expect(started("")).toEqual({ off: false, loaded: false });
  });
});
