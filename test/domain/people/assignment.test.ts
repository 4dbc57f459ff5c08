import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultChannel, defaultTeam } from "../../../src/domain/defaults.ts";
import { assignRuleFor, type Candidate, chooseOwner } from "../../../src/domain/people/assignment.ts";
import type { AssignRule } from "../../../src/domain/policy.ts";

const rule = (how: AssignRule["how"], ...people: string[]): AssignRule => ({ how, people });
const people = (...names: string[]): Candidate[] =>
  names.map((name) => ({ id: name.replace("-", ""), present: !name.startsWith("-"), open: 0 }));

describe("whose rule holds", () => {
  const team = {
    ...defaultTeam,
    assign: { rule: rule("round_robin", "ana"), tiers: { 2: rule("least_loaded", "marc") } },
  };
  const channel = { ...defaultChannel, channel: "help" };

  it("is the team's, for its tier before in general", () => {
    expect(assignRuleFor(team, channel, 3)).toEqual({ rule: rule("round_robin", "ana"), key: "team" });
    expect(assignRuleFor(team, channel, 2)).toEqual({
      rule: rule("least_loaded", "marc"),
      key: "team, tier 2",
    });
  });

  it("is the channel's before the team's, even where the team speaks of the tier", () => {
    const own = { ...channel, assign: { rule: rule("on_call"), tiers: {} } };
    expect(assignRuleFor(team, own, 2)).toEqual({ rule: rule("on_call"), key: "channel help" });
  });

  it("by hand is a rule, too: people take it themselves", () => {
    const own = { ...channel, assign: { rule: null, tiers: { 5: rule("by_hand") } } };
    expect(assignRuleFor(team, own, 5)).toBeNull();
    expect(assignRuleFor(team, own, 3)?.key).toBe("team");
    expect(assignRuleFor(defaultTeam, channel, 1)).toBeNull();
  });
});

describe("who gets the next request", () => {
  it("goes round in the policy's order, past whoever is not there", () => {
    expect(chooseOwner("round_robin", people("ana", "marc", "lucia"), null)).toBe("ana");
    expect(chooseOwner("round_robin", people("ana", "marc", "lucia"), "ana")).toBe("marc");
    expect(chooseOwner("round_robin", people("ana", "-marc", "lucia"), "ana")).toBe("lucia");
    expect(chooseOwner("round_robin", people("ana", "marc", "-lucia"), "marc")).toBe("ana");
  });

  it("begins anew when whoever had the last one is no longer named", () => {
    expect(chooseOwner("round_robin", people("ana", "marc"), "somebody who left")).toBe("ana");
  });

  it("is whoever has the least, and among equals it goes round", () => {
    const loads = (ana: number, marc: number, lucia: number): Candidate[] => [
      { id: "ana", present: true, open: ana },
      { id: "marc", present: true, open: marc },
      { id: "lucia", present: true, open: lucia },
    ];
    expect(chooseOwner("least_loaded", loads(2, 1, 3), null)).toBe("marc");
    expect(chooseOwner("least_loaded", loads(1, 1, 1), "ana")).toBe("marc");
    expect(chooseOwner("least_loaded", loads(0, 0, 1), "marc")).toBe("ana");
  });

  it("on call it is whoever would be called first of those who are there", () => {
    expect(chooseOwner("on_call", people("ana", "marc"), "ana")).toBe("ana");
    expect(chooseOwner("on_call", people("-ana", "marc"), null)).toBe("marc");
  });

  it("is nobody when nobody is there, whatever the rule", () => {
    for (const how of ["round_robin", "least_loaded", "on_call", "by_hand"] as const)
      expect(chooseOwner(how, people("-ana", "-marc"), null)).toBeNull();
  });

  it("taken one after the other while all are there, nobody gets two more than another", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("round_robin" as const, "least_loaded" as const),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 0, max: 40 }),
        (how, count, requests) => {
          const got = new Map(Array.from({ length: count }, (_, index) => [`p${index}`, 0]));
          let last: string | null = null;
          for (let request = 0; request < requests; request++) {
            const candidates = [...got].map(([id, open]) => ({ id, present: true, open }));
            last = chooseOwner(how, candidates, last);
            got.set(last ?? "", (got.get(last ?? "") ?? 0) + 1);
          }
          expect(Math.max(...got.values()) - Math.min(...got.values())).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it("is never somebody who is not there", () => {
    const some = fc.array(fc.record({ id: fc.uuid(), present: fc.boolean(), open: fc.nat(5) }), {
      maxLength: 6,
    });
    const how = fc.constantFrom("round_robin" as const, "least_loaded" as const, "on_call" as const);
    fc.assert(
      fc.property(how, some, fc.nat(6), (by, candidates, index) => {
        const to = chooseOwner(by, candidates, candidates[index]?.id ?? null);
        const there = candidates.filter(({ present }) => present).map(({ id }) => id);
        if (to === null) expect(there).toEqual([]);
        else expect(there).toContain(to);
      }),
    );
  });
});
