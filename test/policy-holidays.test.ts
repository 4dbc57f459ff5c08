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

/** What a process prints that asks this; `broken()` makes every process fail that it starts from there on. */
function asked(program: string): { printed: string; warned: string } {
  const whole = `
    import { isHoliday } from ${JSON.stringify(HOLIDAYS.href)};
    import { readPolicy } from ${JSON.stringify(POLICY_FILE.href)};
    const broken = () => { process.env.NODE_OPTIONS = "--require=/nowhere/gone.cjs"; };
    const off = (region, ...date) => isHoliday(region, Date.UTC(...date) / 86_400_000);
    ${program}`;
  const ran = spawnSync(process.execPath, ["--input-type=module", "--eval", whole], { encoding: "utf8" });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return { printed: ran.stdout.trim(), warned: ran.stderr };
}

describe("a process of holidays that fails", () => {
  test("refuses the policy that names a region, with what happened and what to do", () => {
    const { printed } = asked(`
      broken();
      try { readPolicy("holidays: { region: ES-MD }", "policy.yaml"); } catch (error) {
        console.log(error.name, error.code, error.message);
      }`);
    expect(printed).toContain(
      "SiempreError policy_invalid The holidays of the regions in the policy could not be read",
    );
    expect(printed).toContain("Cannot find module '/nowhere/gone.cjs'");
    expect(printed).toContain("`npm ci`, or write `region: none`");
  });

  test("later changes no deadline of the regions in the policy", () => {
    const { printed, warned } = asked(`
      readPolicy("holidays: { region: ES-MD }", "policy.yaml");
      broken();
      console.log(off("ES-MD", 2026, 4, 2), off("ES-MD", 2041, 4, 2));`);
    expect(printed).toBe("true true");
    expect(warned).not.toContain("holidays");
  });

  test("later lets a deadline of other regions and years come without holidays, and says so once", () => {
    const { printed, warned } = asked(`
      readPolicy("holidays: { region: ES-MD }", "policy.yaml");
      broken();
      console.log(off("FR", 2026, 6, 14), off("FR", 2026, 6, 14), off("FR", 2027, 6, 14), off("ES-MD", 2090, 4, 2));`);
    expect(printed).toBe("false false false false");
    expect(warned.match(/have no holidays in FR\./g)).toHaveLength(1);
    expect(warned).toContain(
      "Until the next start 2025 to 2029 have no holidays in FR. The holidays of the regions",
    );
  });
});

describe("the package of holidays", () => {
  test("is not loaded by the bot's process, though it knows the days of a region", () => {
    expect(started("holidays: { region: ES-MD }")).toEqual({ off: true, loaded: false });
  });

  test("is not loaded where no region is named", () => {
    expect(started("")).toEqual({ off: false, loaded: false });
  });
});
