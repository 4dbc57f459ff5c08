// Given out by policy: at the opening, and again when it comes back to nobody.
import { expect, test } from "vitest";
import type { ReminderStep, TierPromise } from "../../../src/domain/policy.ts";
import { type Assigned, assignAt } from "../../../src/domain/request/assigning.ts";
import { decideTick } from "../../../src/domain/request/tick.ts";
import { ANA, at, type Desk, desk, LUIS, type Time, terms, when } from "./desk.ts";

const given = (time: Time, assigned: Assigned) =>
  desk(time, { assigned, terms: { ...terms, assigns: true } });
const next = (it: Desk) => when(assignAt(it.situation(0).state, it.terms));

test("whoever it is given to owns it from the opening, and is told in private", () => {
  const it = given("10:00", { to: ANA });
  expect(it.situation(0).state.owner).toBe(ANA);
  expect(it.plan.notices).toContainEqual({ kind: "given", to: ANA, by: null, at: at("10:00") });
  expect(next(it)).toBeNull();
});

test("it meets no promise: the clock runs as before", () => {
  const it = given("10:00", { to: ANA });
  expect(when(it.pledge("first_answer", "10:00")?.dueAt)).toBe("Tue 14:00");
});

test("nobody there: the team is told at once, and somebody is looked for when the team opens, then every half hour", () => {
  const it = given("3:00", "nobody");
  expect(it.told()).toContain("nobody_free");
  expect(next(it)).toBe("Tue 9:00");
  const looks = (time: Time, assigned: Assigned) => {
    const plan = decideTick(it.situation(at(time)), [], 0, assigned);
    it.history = [...it.history, ...plan.facts];
  };
  looks("9:00", "nobody");
  expect(next(it)).toBe("Tue 9:30");
  looks("9:30", { to: LUIS });
  expect(it.situation(0).state.owner).toBe(LUIS);
  expect(next(it)).toBeNull();
});

test("nobody there: whom the ladder tells next is told at once, and not at its time", () => {
  const to = (reminders: readonly ReminderStep[], more: Partial<TierPromise> = {}) => {
    const tiers = { ...terms.tiers, 3: { ...terms.tiers[3], ...more } };
    const it = desk("10:00", { assigned: "nobody", terms: { ...terms, tiers, reminders, assigns: true } });
    return it.plan.notices.find(({ kind }) => kind === "nobody_free");
  };
  const owner = { used: 0.5, whom: "owner" } as const;
  expect(to([owner, { used: 0.75, whom: "on-call" }, { used: 0.9, whom: "lead" }])).toMatchObject({
    to: "on-call",
  });
  expect(to([owner, { used: 0.6, whom: "backup" }, { before: 30, whom: "lead" }])).toMatchObject({
    to: "lead",
  });
  expect(to([owner])).toMatchObject({ to: "team" });
  // What comes after the end is no step on the way to it.
  expect(to([owner, { after: 60, whom: "lead" }])).toMatchObject({ to: "team" });
  // The ladder of the tier, where it has one of its own.
  expect(
    to([owner, { used: 0.75, whom: "on-call" }], { reminders: [{ used: 0.5, whom: "lead" }] }),
  ).toMatchObject({
    to: "lead",
  });
});

test("whoever claims it meanwhile keeps it", () => {
  const it = given("3:00", "nobody");
  it.claims("8:00");
  expect(next(it)).toBeNull();
});

test("what is reopened and has no owner is given out again, what was given back by hand is not", () => {
  const it = given("10:00", { to: ANA });
  it.releases("10:05", ANA);
  expect(next(it)).toBeNull();
  it.history = [...it.history, { kind: "released", why: "away", at: at("10:10"), by: null }];
  expect(next(it)).toBe("Tue 10:10");
});

test("where the policy gives nothing out, nobody is looked for", () => {
  const it = desk("3:00");
  it.history = [...it.history, { kind: "released", why: "away", at: at("10:10"), by: null }];
  expect(next(it)).toBeNull();
});
