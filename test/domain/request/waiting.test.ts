// Pauses, tiers, edits: what moves a deadline, and what may not.
import { describe, expect, test } from "vitest";
import { replay } from "../../../src/domain/request/state.ts";
import { at, desk, reading, terms, when } from "./desk.ts";

const due = (it: ReturnType<typeof desk>, key: string, time: string) => when(it.pledge(key, time)?.dueAt);

describe("waiting on the customer", () => {
  test("pauses the clock, and the customer's words run it on with what was left", () => {
    const it = desk("10:00", { tier: 3 });
    it.waits("11:00");
    expect(it.pledge("first_answer", "16:00")).toMatchObject({ state: "paused", dueAt: null });
    expect(it.wakes("11:01")).toBeNull();
    it.says("15:00");
    expect(it.facts()).toEqual(["resumed", "said"]);
    expect(due(it, "first_answer", "15:01")).toBe("Tue 18:00");
  });

  test("keeps what was used when the tier changes meanwhile", () => {
    const it = desk("10:00", { tier: 3 });
    it.waits("11:00");
    it.tiers("12:00", 2);
    it.says("15:00");
    expect(due(it, "first_answer", "15:01")).toBe("Tue 16:00");
  });

  test("is fair when the new tier's time was used up before the pause", () => {
    const it = desk("10:00", { tier: 3 });
    it.waits("13:00");
    it.tiers("13:10", 2);
    it.says("15:00");
    expect(due(it, "first_answer", "15:01")).toBe("Tue 16:00");
  });

  test("never leaves less than a fair deadline had granted before the pause", () => {
    const it = desk("10:00", { tier: 4 });
    it.tiers("13:00", 1);
    expect(due(it, "first_answer", "13:01")).toBe("Tue 13:15");
    it.waits("13:05");
    it.says("15:00");
    expect(due(it, "first_answer", "15:01")).toBe("Tue 15:10");
  });

  test("is resumed by words, not by thanks", () => {
    const it = desk("10:00", { tier: 3 });
    it.waits("11:00");
    it.thanks("11:30");
    expect(replay(it.history).status).toBe("waiting");
  });

  test("says nothing to the customer by itself: no acknowledgement, and no late notice", () => {
    const early = desk("10:00", { tier: 3 });
    early.waits("10:01");
    expect(early.passes("18:00")).toEqual([]);
    const late = desk("10:00", { tier: 3 });
    late.passes("14:05");
    late.waits("14:06");
    expect(late.passes("18:00")).toEqual([]);
  });

  test("does not pause somebody's word: they named a time", () => {
    const it = desk("10:00", { tier: 3 });
    it.promises("10:10", "13:00");
    it.waits("10:20");
    expect(it.pledge("commitment:1", "10:21")).toMatchObject({ state: "running", dueAt: at("13:00") });
  });
});

describe("a change of tier", () => {
  test("counts from the opening", () => {
    const it = desk("10:00", { tier: 4 });
    expect(due(it, "first_answer", "10:01")).toBe("Tue 18:00");
    it.tiers("10:30", 2);
    expect(due(it, "first_answer", "10:31")).toBe("Tue 12:00");
    expect(it.plan.reply).toEqual({ kind: "tiered", due: at("12:00") });
  });

  test("where that is past already counts from the change, never beyond what was promised before", () => {
    const it = desk("10:00", { tier: 4 });
    it.tiers("16:30", 2);
    expect(due(it, "first_answer", "16:31")).toBe("Tue 18:00");
    const other = desk("10:00", { tier: 4 });
    other.tiers("13:00", 1);
    expect(due(other, "first_answer", "13:01")).toBe("Tue 13:15");
  });

  test("gives the time back when it was a slip", () => {
    const it = desk("10:00", { tier: 4 });
    it.tiers("13:00", 1);
    it.tiers("13:01", 4);
    expect(due(it, "first_answer", "13:02")).toBe("Tue 18:00");
  });

  test("mends nothing that is broken, and breaks nothing again", () => {
    const it = desk("10:00", { tier: 3 });
    it.passes("14:00");
    it.tiers("14:05", 4);
    expect(it.pledge("first_answer", "14:06")).toMatchObject({ state: "broken", dueAt: at("14:00") });
    const later = it.passes("18:00").flatMap(({ notices }) => notices.map(({ kind }) => kind));
    expect(later).toEqual(["late", "card"]);
  });

  test("mends nothing that ran out a moment before any sweep saw it", () => {
    const it = desk("10:00", { tier: 3 });
    it.tiers("14:05", 5);
    expect(it.pledge("first_answer", "14:06")?.state).toBe("broken");
    expect(it.passes("14:06").flatMap(({ facts }) => facts.map(({ kind }) => kind))).toContain("broken");
  });

  test("to one that promises nothing ends the promise, and back again revives it", () => {
    const quiet = { ...terms, tiers: { ...terms.tiers, 5: { ...terms.tiers[5], firstAnswer: null } } };
    const it = desk("10:00", { tier: 3, terms: quiet });
    it.tiers("10:10", 5);
    expect(it.pledge("first_answer", "10:11")?.state).toBe("void");
    it.tiers("10:20", 3);
    expect(it.pledge("first_answer:2", "10:21")).toMatchObject({ state: "running", endedAt: null });
    expect(due(it, "first_answer:2", "10:21")).toBe("Tue 14:00");
  });

  test("from one that promises nothing starts the first answer: nobody is forgotten", () => {
    const quiet = { ...terms, tiers: { ...terms.tiers, 5: { ...terms.tiers[5], firstAnswer: null } } };
    const it = desk("10:00", { tier: 5, terms: quiet });
    expect(it.pledges("10:01")).toEqual([]);
    it.says("12:00", reading(1));
    expect(due(it, "first_answer", "12:01")).toBe("Tue 12:15");
  });

  test("follows later words only upwards, only when sure, and never against a person", () => {
    const it = desk("10:00", { tier: 3 });
    it.says("10:05", reading(1, "calm", 0.9));
    expect(replay(it.history).tier).toBe(1);
    it.says("10:06", reading(4));
    expect(replay(it.history).tier).toBe(1);
    it.tiers("10:07", 4);
    it.says("10:08", reading(1));
    expect(replay(it.history).tier).toBe(4);
    const unsure = desk("10:00", { tier: 3 });
    unsure.says("10:05", reading(1, "calm", 0.5));
    expect(replay(unsure.history).tier).toBe(3);
  });

  test("is refused only when a person had chosen that very tier", () => {
    const it = desk("10:00", { tier: 3 });
    expect(it.tiers("10:01", 3).facts).toHaveLength(1);
    expect(it.tiers("10:02", 3).reply).toEqual({ kind: "refused", why: "same_tier" });
  });

  test("guidance that feels alarming waits half; how it feels moves no tier", () => {
    const it = desk("10:00", { tier: 4, urgency: "alarmed" });
    expect(due(it, "first_answer", "10:01")).toBe("Tue 14:00");
    const later = desk("10:00", { tier: 4 });
    later.says("10:10", reading(4, "alarmed"));
    expect(due(later, "first_answer", "10:11")).toBe("Tue 14:00");
    expect(replay(later.history).tier).toBe(4);
  });
});

describe("edits and deletions", () => {
  test("move no deadline", () => {
    const it = desk("10:00", { tier: 3 });
    const before = it.pledges("11:00");
    it.edits("11:00", reading(3));
    it.erases("11:05");
    expect(it.pledges("11:00")).toEqual(before);
    expect(it.plan.words).toEqual([expect.objectContaining({ kind: "erase" })]);
  });

  test("of a promise that is waiting resume nothing", () => {
    const it = desk("10:00", { tier: 3 });
    it.waits("10:30");
    it.edits("11:00", reading(3));
    expect(replay(it.history).status).toBe("waiting");
  });

  test("may show that everything is failing", () => {
    const it = desk("10:00", { tier: 3 });
    it.edits("10:05", reading(1));
    expect(due(it, "first_answer", "10:06")).toBe("Tue 10:15");
  });

  test("change no tier of what is over", () => {
    const it = desk("10:00", { tier: 3 });
    it.resolves("10:30");
    it.edits("11:00", reading(1));
    expect(it.facts()).toEqual(["edited"]);
    expect(replay(it.history).status).toBe("resolved");
  });
});
