// The semantics of the clocks, sentence by sentence as they are promised: one test named for each.
import { describe, expect, test } from "vitest";
import type { Terms, TierPromise } from "../../../src/domain/policy.ts";
import { isInternal } from "../../../src/domain/promises/pledges.ts";
import { tierMove } from "../../../src/domain/promises/tier-move.ts";
import { replay } from "../../../src/domain/request/state.ts";
import type { Tier } from "../../../src/domain/words.ts";
import { ANA, at, type Desk, desk, LUIS, terms, when } from "../request/desk.ts";

const due = (it: Desk, key: string, time: string) => when(it.pledge(key, time)?.dueAt);
const state = (it: Desk, key: string, time: string) => it.pledge(key, time)?.state;

function promising(tier: Tier, more: Partial<TierPromise>): Terms {
  return { ...terms, tiers: { ...terms.tiers, [tier]: { ...terms.tiers[tier], ...more } } };
}
const withTargets = promising(2, { workaround: 180, resolution: 420 });

describe("the clocks", () => {
  test("an answer by staff is the first answer even when it sets waiting in the same step", () => {
    const it = desk("10:00", { tier: 2 });
    it.waits("10:30");
    it.answers("10:30");
    expect(state(it, "first_answer", "12:30")).toBe("met");
  });

  test("answered elsewhere counts as the first answer, and says nothing to the customer", () => {
    const it = desk("10:00", { tier: 2 });
    it.answersElsewhere("11:59");
    expect(it.told()).toEqual(["card"]);
    expect(state(it, "first_answer", "12:30")).toBe("met");
    expect(replay(it.history).owner).not.toBeNull();
    const late = desk("10:00", { tier: 2 });
    late.answersElsewhere("12:00");
    expect(late.facts()).toEqual(["broken", "owned", "answered"]);
    expect(state(late, "first_answer", "12:30")).toBe("broken");
  });

  test("a helper's answer quiets the warnings without meeting the promise", () => {
    const it = desk("10:00", { tier: 2 });
    it.helps("10:20");
    expect(it.passes("11:59").flatMap(({ notices }) => notices.map(({ kind }) => kind))).not.toContain(
      "reminder",
    );
    expect(state(it, "first_answer", "11:59")).toBe("running");
    it.passes("12:00");
    expect(it.told()).toContain("breach");
  });

  test("the next update never breaks while the customer owes us an answer", () => {
    const it = desk("10:00", { tier: 1 });
    it.answers("10:05");
    it.says("10:10");
    it.waits("10:20");
    it.passes("Fri 18:00");
    expect(state(it, "next_update:1", "Fri 18:00")).toBe("paused");
  });

  test("the next update never breaks after staff spoke last", () => {
    const it = desk("10:00", { tier: 1 });
    it.says("10:05");
    it.answers("10:10");
    it.passes("Fri 18:00");
    expect(it.history.some(({ kind }) => kind === "broken")).toBe(false);
  });

  test("nor of what the customer wrote before staff spoke and we heard of only afterwards", () => {
    const it = desk("10:00", { tier: 1 });
    it.answers("10:10");
    it.claims("10:11");
    it.says("10:09");
    expect(it.pledges("10:12").filter(({ endedAt }) => endedAt === null)).toEqual([]);
  });

  test("a customer's thanks after the resolution starts nothing", () => {
    const it = desk("10:00", { tier: 2 });
    it.answers("10:30");
    it.resolves("11:00");
    it.thanks("11:10");
    expect(it.pledges("Fri 18:00").filter(({ endedAt }) => endedAt === null)).toEqual([]);
  });

  test("a pause keeps what was used when the tier changes", () => {
    const it = desk("10:00", { tier: 2 });
    it.waits("11:00");
    it.tiers("11:30", 3);
    it.says("13:00");
    expect(due(it, "first_answer", "13:00")).toBe("Tue 16:00");
  });

  test("a pause keeps what was used when the policy changes", () => {
    const it = desk("10:00", { tier: 2 });
    it.waits("11:00");
    it.applies("11:30", { ...promising(2, { firstAnswer: 180 }), policy: "new" });
    it.says("13:00");
    expect(due(it, "first_answer", "13:00")).toBe("Tue 15:00");
  });

  test("a change of tier re-targets from the opening, and says on the card what it did", () => {
    const it = desk("10:00", { tier: 3 });
    it.tiers("10:30", 2);
    expect(due(it, "first_answer", "10:30")).toBe("Tue 12:00");
    const moved = tierMove(it.history, it.terms, it.pledges("10:31"));
    expect([moved?.from, when(moved?.was), when(moved?.now)]).toEqual([3, "Tue 14:00", "Tue 12:00"]);
    expect(it.plan.reply).toMatchObject({ kind: "tiered", due: at("12:00") });
  });

  test("a change of tier is told no longer once the promise it moved is over", () => {
    const it = desk("10:00", { tier: 3 });
    it.tiers("10:30", 2);
    it.answers("11:00");
    expect(tierMove(it.history, it.terms, it.pledges("11:01"))).toBeNull();
  });

  test("a change to a tier that promises nothing of the kind says that, too", () => {
    const it = desk("10:00", { tier: 3, terms: promising(5, { firstAnswer: null }) });
    it.tiers("10:30", 5);
    expect(tierMove(it.history, it.terms, it.pledges("10:31"))).toEqual({
      from: 3,
      was: at("14:00"),
      now: null,
    });
  });

  test("a transfer never resets a clock", () => {
    const it = desk("10:00", { tier: 2 });
    it.claims("10:30");
    it.assigns("11:45", LUIS, LUIS);
    expect(due(it, "first_answer", "11:45")).toBe("Tue 12:00");
  });

  test("assigned but unanswered still warns", () => {
    const it = desk("10:00", { tier: 2 });
    it.claims("10:05");
    const told = it.passes("11:59").flatMap(({ notices }) => notices);
    expect(told).toContainEqual(expect.objectContaining({ kind: "reminder", to: "owner" }));
  });

  test("reopening continues the resolution clock and starts a new next update", () => {
    const it = desk("10:00", { tier: 2, terms: withTargets });
    it.answers("10:30");
    it.resolves("12:00");
    expect(state(it, "resolution", "Wed 12:00")).toBe("met");
    it.reopens("Wed 10:00", "not_fixed");
    expect(it.pledge("resolution", "Wed 10:00")).toMatchObject({ state: "running", usedMs: 2 * 3_600_000 });
    expect(due(it, "resolution", "Wed 10:00")).toBe("Wed 15:00");
    expect(due(it, "next_update:1", "Wed 10:00")).toBe("Wed 18:00");
    it.resolves("Wed 14:00");
    expect(state(it, "resolution", "Fri 12:00")).toBe("met");
    it.reopens("Thu 9:00", "staff");
    expect(due(it, "resolution", "Thu 9:00")).toBe("Thu 10:00");
  });

  test("a resolution that came late stays late, also when it is reopened", () => {
    const it = desk("10:00", { tier: 2, terms: withTargets });
    it.answers("10:30");
    it.resolves("17:30");
    expect(it.facts()).toContain("broken");
    it.reopens("Wed 10:00", "not_fixed");
    expect(it.pledge("resolution", "Wed 10:00")).toMatchObject({ state: "broken", endedAt: null });
    it.resolves("Wed 11:00");
    expect(it.history.filter((fact) => fact.kind === "broken" && fact.pledge === "resolution")).toHaveLength(
      1,
    );
  });

  test("edits and deletions of messages move no deadline", () => {
    const it = desk("10:00", { tier: 2, terms: withTargets });
    const before = it.pledges("10:10").map(({ key, dueAt }) => [key, dueAt]);
    it.edits("10:10", null);
    it.erases("10:11");
    expect(it.pledges("10:11").map(({ key, dueAt }) => [key, dueAt])).toEqual(before);
  });

  test("a workaround stops its clock only when the customer confirms that it helped", () => {
    const it = desk("10:00", { tier: 2, terms: withTargets });
    expect(due(it, "workaround", "10:00")).toBe("Tue 13:00");
    it.givesWorkaround("10:30");
    expect(it.told()).toEqual(["workaround", "card"]);
    expect(state(it, "first_answer", "10:31")).toBe("met");
    expect(state(it, "workaround", "12:59")).toBe("running");
    it.relieved("11:00", false);
    expect(state(it, "workaround", "12:59")).toBe("running");
    expect(due(it, "next_update:1", "11:00")).toBe("Wed 10:00");
    it.givesWorkaround("11:30", null);
    it.relieved("12:00", true);
    expect(state(it, "workaround", "Fri 18:00")).toBe("met");
    const late = desk("10:00", { tier: 2, terms: withTargets });
    late.givesWorkaround("10:30");
    late.relieved("13:00", true);
    expect(late.facts()).toEqual(["broken", "relieved"]);
    expect(state(late, "workaround", "13:00")).toBe("broken");
  });

  test("a workaround is confirmed in plain words, too", () => {
    const it = desk("10:00", { tier: 2, terms: withTargets });
    it.thanksForHelp("10:20");
    expect(it.facts()).toEqual(["courtesy"]);
    it.givesWorkaround("10:30");
    it.thanksForHelp("10:45");
    expect(it.facts()).toEqual(["courtesy", "relieved"]);
    expect(state(it, "workaround", "Fri 18:00")).toBe("met");
  });

  test("“It helped” pressed twice changes nothing; “Not yet” after the end opens it again", () => {
    const it = desk("10:00", { tier: 2, terms: withTargets });
    it.givesWorkaround("10:30");
    it.relieved("10:40", true);
    expect(it.relieved("10:41", true).facts).toEqual([]);
    it.resolves("11:00");
    it.relieved("11:30", false);
    expect(it.facts()).toEqual(["reopened"]);
  });

  test("a solution before any workaround makes the workaround needless, not broken", () => {
    const it = desk("10:00", { tier: 2, terms: withTargets });
    it.resolves("11:00", "Done.");
    expect(state(it, "workaround", "Fri 18:00")).toBe("void");
  });

  test("targets of our own are off by default, and the customer is never told that they were missed", () => {
    const plain = desk("10:00", { tier: 2 });
    expect(plain.pledges("10:00").some(({ kind }) => isInternal(kind))).toBe(false);
    const it = desk("10:00", { tier: 2, terms: withTargets });
    it.answers("10:05");
    const told = it.passes("Fri 18:00").flatMap(({ notices }) => notices);
    expect(it.history.filter(({ kind }) => kind === "broken")).toHaveLength(2);
    expect(told.filter(({ kind }) => kind === "late")).toEqual([]);
    expect(told.filter(({ kind }) => kind === "breach").length).toBeGreaterThan(0);
  });

  test("with engineering no clock pauses", () => {
    const it = desk("10:00", { tier: 2, terms: withTargets });
    it.thirdParty("10:10");
    expect(due(it, "first_answer", "10:10")).toBe("Tue 12:00");
    expect(it.thirdParty("10:20").reply).toMatchObject({ why: "already_third_party" });
  });

  test("a real problem's next update is weekly once it is with engineering, and as before once it is back", () => {
    const it = desk("Mon 10:00", { tier: 3 });
    it.answers("Mon 11:00");
    it.says("Mon 12:00");
    expect(due(it, "next_update:1", "Mon 12:00")).toBe("Wed 10:00");
    it.thirdParty("Mon 13:00");
    expect(it.pledge("next_update:1", "Mon 13:00")?.target).toBe(5 * 480);
    it.thirdParty("Tue 9:00", false);
    expect(due(it, "next_update:1", "Tue 9:00")).toBe("Wed 10:00");
  });

  test("everything failing: the next update is in 30 minutes, and hourly after two hours", () => {
    const it = desk("10:00", { tier: 1 });
    it.answers("10:05");
    it.says("10:10");
    expect(due(it, "next_update:1", "10:10")).toBe("Tue 10:40");
    it.answers("10:30");
    it.says("12:00");
    expect(due(it, "next_update:2", "12:00")).toBe("Tue 13:00");
  });
});

describe("a breach is recorded with its cause, as things stood when the promise ran out", () => {
  const why = (it: Desk) => {
    it.passes("12:30");
    return it.history.flatMap((fact) => (fact.kind === "broken" ? [fact.why] : []));
  };

  test("nobody owned it", () => {
    expect(why(desk("10:00", { tier: 2 }))).toEqual(["nobody_owned"]);
  });

  test("whoever had it was silent", () => {
    const it = desk("10:00", { tier: 2 });
    it.claims("10:10");
    expect(why(it)).toEqual(["owner_silent"]);
  });

  test("nobody owned it any more: it was given back", () => {
    const it = desk("10:00", { tier: 2 });
    it.claims("10:10");
    it.releases("10:20", ANA);
    expect(why(it)).toEqual(["nobody_owned"]);
  });

  test("it was handed over while the promise ran", () => {
    const it = desk("10:00", { tier: 2 });
    it.claims("10:10");
    it.assigns("11:00", LUIS, LUIS);
    expect(why(it)).toEqual(["handed_over"]);
  });

  test("it waited for a third party", () => {
    const it = desk("10:00", { tier: 2 });
    it.claims("10:10");
    it.thirdParty("10:20");
    expect(why(it)).toEqual(["third_party"]);
  });

  test("but not for one that gave it back in time", () => {
    const it = desk("10:00", { tier: 2 });
    it.claims("10:10");
    it.thirdParty("10:20");
    it.thirdParty("11:20", false);
    expect(why(it)).toEqual(["owner_silent"]);
  });
});

describe("another policy, applied to what is open", () => {
  const strict = { ...promising(2, { firstAnswer: 60 }), policy: "strict" };

  test("does nothing by itself: the terms are frozen when a request opens", () => {
    const it = desk("10:00", { tier: 2 });
    expect(
      it.applies("10:05", { ...terms, policy: "another", sources: { grace: "workspace" } }).facts,
    ).toEqual([]);
  });

  test("keeps what was used, is recorded, and replays to the same instants", () => {
    const it = desk("10:00", { tier: 2 });
    it.applies("10:30", strict);
    expect(it.facts()).toEqual(["terms"]);
    expect(due(it, "first_answer", "10:30")).toBe("Tue 11:00");
    const later = { ...promising(2, { firstAnswer: 240 }), policy: "later" };
    it.applies("10:45", later);
    expect(due(it, "first_answer", "10:45")).toBe("Tue 14:00");
    const stored = JSON.parse(JSON.stringify(it.terms));
    it.terms = stored;
    expect(due(it, "first_answer", "10:45")).toBe("Tue 14:00");
  });

  test("counts each stretch in the hours that held then", () => {
    const night = [{ from: 0, to: 1440 }];
    const open = { 1: night, 2: night, 3: night, 4: night, 5: night, 6: night, 7: night };
    const always = { ...terms, policy: "always", calendar: { ...terms.calendar, hours: open } };
    const it = desk("17:00", { tier: 2 });
    it.applies("20:00", always);
    expect(due(it, "first_answer", "20:00")).toBe("Tue 21:00");
  });

  test("never makes late what it shortened below what was used: it counts from now, and never later than before", () => {
    const it = desk("10:00", { tier: 2 });
    it.applies("11:30", { ...promising(2, { firstAnswer: 20 }), policy: "short" });
    expect(due(it, "first_answer", "11:30")).toBe("Tue 11:50");
  });

  test("mends nothing that is broken", () => {
    const it = desk("10:00", { tier: 2 });
    it.applies("12:10", { ...promising(2, { firstAnswer: 600 }), policy: "long" });
    expect(it.facts()).toEqual(["broken", "terms"]);
    expect(state(it, "first_answer", "12:10")).toBe("broken");
  });
});
