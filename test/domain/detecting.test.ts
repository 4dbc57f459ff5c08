import { describe, expect, it } from "vitest";
import { detectingIn, type Switch } from "../../src/domain/detecting.ts";
import type { Detected } from "../../src/domain/policy.ts";

const said = (scope: Switch["scope"], of: Detected, on: boolean | null): Switch => ({
  scope,
  of,
  on,
  by: "ana",
  at: 1,
});
const file = (workspace: Detected[], team: Detected[] | null = null) => ({
  workspace: { detect: workspace },
  team: { detect: team },
});
const holds = (policy: Parameters<typeof detectingIn>[0], ...switches: Switch[]) =>
  detectingIn(policy, switches).map(({ of, on, from }) => `${of} ${on ? "on" : "off"} (${from.kind})`);

describe("whether heat, leaving and opportunity are looked for", () => {
  it("nothing is, where nobody said so", () => {
    expect(holds(file([]))).toEqual([
      "heat off (default)",
      "leaving off (default)",
      "opportunity off (default)",
    ]);
  });

  it("the team's lines in the file come before the workspace's", () => {
    expect(holds(file(["heat"], ["leaving"]))).toEqual([
      "heat off (team_file)",
      "leaving on (team_file)",
      "opportunity off (team_file)",
    ]);
    expect(holds(file(["heat"]))[0]).toBe("heat on (file)");
  });

  it("a lead's word for the channel comes before one for the workspace, and that before the file", () => {
    expect(holds(file(["heat"]), said("workspace", "heat", false))[0]).toBe("heat off (workspace)");
    expect(holds(file([]), said("channel", "heat", true), said("workspace", "heat", false))[0]).toBe(
      "heat on (channel)",
    );
  });

  it("a word taken back leaves what would hold without it", () => {
    expect(holds(file(["heat"]), said("channel", "heat", null))[0]).toBe("heat on (file)");
    expect(holds(file([]), said("channel", "heat", null), said("workspace", "heat", true))[0]).toBe(
      "heat on (workspace)",
    );
  });
});
