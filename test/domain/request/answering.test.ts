// What counts as an answer, and what does not (PROMISES, semantics; the bugs of others in PLATFORM-FACTS).
import { describe, expect, test } from "vitest";
import { replay } from "../../../src/domain/request/state.ts";
import { at, desk, reading, when } from "./desk.ts";

describe("the first answer", () => {
  test("is met by staff who write before the promise runs out", () => {
    const it = desk("10:00", { tier: 3 });
    it.answers("10:30");
    expect(it.pledge("first_answer", "10:31")).toMatchObject({ state: "met", endedAt: at("10:30") });
    expect(it.wakes("10:31")).toBeNull();
  });

  test("is the first answer even when it sets waiting in the same step", () => {
    const it = desk("10:00", { tier: 3 });
    it.answers("10:30");
    it.waits("10:30");
    expect(it.pledge("first_answer", "19:00")?.state).toBe("met");
    expect(replay(it.history).status).toBe("waiting");
  });

  test("heard after the customer's reply to it leaves that reply owed: two connections deliver in any order", () => {
    const it = desk("10:00", { tier: 3 });
    it.says("10:05");
    it.answers("10:04");
    expect(it.pledge("first_answer", "10:06")?.state).toBe("met");
    expect(it.pledge("next_update:1", "10:06")).toMatchObject({ state: "running", startedAt: at("10:05") });
  });

  test("is met as well when waiting was set a moment before the answer arrived", () => {
    const it = desk("10:00", { tier: 3 });
    it.waits("10:30");
    it.answers("10:31");
    expect(it.pledge("first_answer", "19:00")?.state).toBe("met");
  });

  test("is not met by a word among colleagues", () => {
    const it = desk("10:00", { tier: 3 });
    it.aside("10:30");
    expect(it.pledge("first_answer", "10:31")).toMatchObject({ state: "running", endedAt: null });
    expect(it.told()).toEqual([]);
  });

  test("is not met by a helper, whose answer yet quiets the warning", () => {
    const it = desk("10:00", { tier: 3 });
    it.helps("10:30");
    const plans = it.passes("13:59");
    expect(it.pledge("first_answer", "13:59")?.state).toBe("running");
    expect(plans.flatMap((plan) => plan.notices).filter(({ kind }) => kind === "reminder")).toEqual([]);
    it.passes("14:00");
    expect(it.plan.notices.filter(({ kind }) => kind === "breach")).toHaveLength(2);
  });

  test("warns again when the customer writes after the helper did: then it was not enough", () => {
    const it = desk("10:00", { tier: 3 });
    it.helps("10:30");
    it.says("10:40");
    it.passes("13:30");
    expect(it.plan.notices).toContainEqual(expect.objectContaining({ kind: "reminder", to: "team" }));
  });

  test("is not met by a message that staff wrote before the customer asked, even if it is read later", () => {
    const it = desk("10:00", { tier: 3 });
    it.answers("9:59");
    expect(it.pledge("first_answer", "10:01")?.state).toBe("running");
  });

  test("that comes late is a breach all the same, although no sweep had noticed", () => {
    const it = desk("10:00", { tier: 3 });
    it.claims("10:05");
    it.answers("14:20");
    expect(it.facts()).toEqual(["broken", "answered"]);
    expect(it.plan.facts[0]).toMatchObject({ pledge: "first_answer", due: at("14:00"), why: "owner_silent" });
    expect(it.pledge("first_answer", "14:30")).toMatchObject({ state: "broken", endedAt: at("14:20") });
  });

  test("at the very instant it is due is late: a promise is kept before it", () => {
    const it = desk("10:00", { tier: 3 });
    it.answers("14:00");
    expect(it.pledge("first_answer", "14:00")?.state).toBe("broken");
    expect(it.facts()).toContain("broken");
  });

  test("written in time but read after the breach was told was in time", () => {
    const it = desk("10:00", { tier: 3 });
    it.passes("14:01");
    it.answers("13:50");
    expect(it.pledge("first_answer", "14:10")?.state).toBe("met");
    expect(it.passes("18:00")).toEqual([]);
  });

  test("waiting set after the breach does not hide it", () => {
    const it = desk("10:00", { tier: 3 });
    it.waits("14:20");
    expect(it.facts()).toEqual(["broken", "waiting"]);
    expect(it.pledge("first_answer", "14:30")?.state).toBe("broken");
  });

  test("blames nobody who took it only after it had run out", () => {
    const it = desk("10:00", { tier: 3 });
    it.claims("14:10");
    it.ticks("14:11");
    expect(it.plan.facts).toContainEqual(expect.objectContaining({ kind: "broken", why: "nobody_owned" }));
  });
});

describe("the next update", () => {
  test("runs from a message of the customer that staff has not answered", () => {
    const it = desk("10:00", { tier: 2 });
    it.answers("10:30");
    expect(it.pledges("10:31")).toHaveLength(1);
    it.says("11:00");
    expect(when(it.pledge("next_update:1", "11:01")?.dueAt)).toBe("Wed 10:00");
  });

  test("runs once, however often the customer writes", () => {
    const it = desk("10:00", { tier: 2 });
    it.answers("10:30");
    it.says("11:00");
    it.says("11:05");
    expect(it.pledges("11:06").map(({ key }) => key)).toEqual(["first_answer", "next_update:1"]);
    expect(when(it.pledge("next_update:1", "11:06")?.startedAt)).toBe("Tue 11:00");
  });

  test("never breaks after staff spoke last", () => {
    const it = desk("10:00", { tier: 2 });
    it.says("10:10");
    it.answers("10:30");
    expect(it.passes("Fri 18:00").flatMap(({ notices }) => notices)).toEqual([]);
  });

  test("does not start for words written before the answer that are read after it", () => {
    const it = desk("10:00", { tier: 2 });
    it.answers("10:30");
    it.says("10:29");
    expect(it.pledges("10:31").map(({ key }) => key)).toEqual(["first_answer"]);
  });

  test("is not ended by an answer written before it began", () => {
    const it = desk("10:00", { tier: 2 });
    it.answers("10:20");
    it.says("11:00");
    it.answers("10:50");
    expect(it.pledge("next_update:1", "11:01")?.state).toBe("running");
  });

  test("starts for nobody's thanks, before or after the resolution", () => {
    const it = desk("10:00", { tier: 2 });
    it.answers("10:30");
    it.thanks("10:31");
    expect(it.pledges("10:32")).toHaveLength(1);
    it.resolves("10:40", "We've refunded it");
    it.thanks("10:41");
    expect(it.facts()).toEqual(["courtesy", "confirmed"]);
    expect(replay(it.history).status).toBe("closed");
    expect(it.wakes("10:42")).toBeNull();
  });

  test("of a tier that promises none is none", () => {
    const it = desk("10:00", { tier: 5 });
    it.answers("10:30");
    it.says("11:00", reading(5));
    expect(it.wakes("11:01")).toBeNull();
  });

  test("begins, though, when such a request gets a tier that promises one", () => {
    const it = desk("10:00", { tier: 5 });
    it.answers("10:30");
    it.says("11:00", reading(5));
    it.tiers("11:30", 2);
    expect(when(it.pledge("next_update:1", "11:31")?.dueAt)).toBe("Wed 10:00");
  });
});
