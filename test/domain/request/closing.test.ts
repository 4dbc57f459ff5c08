// The end of a request, and its return.
import { describe, expect, test } from "vitest";
import { replay } from "../../../src/domain/request/state.ts";
import { ANA, at, desk, LUIS, when } from "./desk.ts";

describe("resolving", () => {
  test("asks the customer once and the owner for the cause", () => {
    const it = desk("10:00");
    it.claims("10:05", LUIS);
    it.resolves("11:00", "We've refunded it");
    expect(it.plan.notices).toEqual([
      { kind: "card" },
      { kind: "close", words: "line-1", round: 0 },
      { kind: "causes", to: LUIS, round: 0 },
    ]);
    expect(it.plan.words).toEqual([
      { kind: "line", id: "line-1", author: ANA, text: "We've refunded it", at: at("11:00") },
    ]);
    expect(it.wakes("11:01")).toBeNull();
  });

  test("what nobody had makes it theirs", () => {
    const it = desk("10:00");
    it.resolves("11:00");
    expect(replay(it.history).owner).toBe(ANA);
  });

  test("answers a customer who was not answered yet: the closing line is told", () => {
    const it = desk("10:00", { tier: 3 });
    it.resolves("11:00", "Done.");
    expect(it.facts()).toEqual(["owned", "answered", "resolved"]);
    expect(it.pledge("first_answer", "11:01")?.state).toBe("met");
  });

  test("after an answer adds no second one, so that solved in one go stays one go", () => {
    const it = desk("10:00", { tier: 3 });
    it.claims("10:01");
    it.answers("10:30");
    it.resolves("11:00");
    expect(it.facts()).toEqual(["resolved"]);
  });

  test("after the time does not hide that it was late", () => {
    const it = desk("10:00", { tier: 3 });
    it.resolves("14:30", "Done.");
    expect(it.facts()).toEqual(["broken", "owned", "answered", "resolved"]);
    expect(it.plan.facts[0]).toMatchObject({ why: "nobody_owned" });
    expect(it.pledge("first_answer", "14:31")?.state).toBe("broken");
  });

  test("ends a next update that Not fixed had begun as kept", () => {
    const it = desk("10:00", { tier: 3 });
    it.answers("10:30");
    it.resolves("11:00");
    it.reopens("11:10", "not_fixed");
    it.resolves("11:30", "Now it is.");
    expect(it.pledge("next_update:1", "11:31")?.state).toBe("met");
  });

  test("is refused twice", () => {
    const it = desk("10:00");
    it.resolves("11:00");
    expect(it.resolves("11:01").reply).toEqual({ kind: "refused", why: "already_resolved" });
    for (const plan of [it.claims("11:02"), it.tiers("11:02", 2), it.waits("11:02"), it.onIt("11:02")]) {
      expect(plan).toMatchObject({ facts: [], reply: { kind: "refused", why: "already_resolved" } });
    }
  });
});

describe("the customer's answer to anything else?", () => {
  test("All good closes, also when pressed twice", () => {
    const it = desk("10:00");
    it.resolves("11:00");
    expect(it.confirms("11:05").reply).toEqual({ kind: "confirmed" });
    expect(replay(it.history)).toMatchObject({ status: "closed", closedAt: at("11:05") });
    expect(it.confirms("11:06")).toMatchObject({ facts: [], reply: { kind: "confirmed" } });
  });

  test("All good on what is open again closes nothing", () => {
    const it = desk("10:00");
    it.resolves("11:00");
    it.says("11:05");
    expect(it.confirms("11:06")).toMatchObject({ facts: [], reply: { kind: "refused", why: "open_again" } });
  });

  test("Not fixed reopens with a new next update, also after it was closed", () => {
    const it = desk("10:00", { tier: 2 });
    it.answers("10:30");
    it.resolves("11:00");
    it.confirms("11:01");
    it.reopens("12:00", "not_fixed");
    expect(when(it.pledge("next_update:1", "12:01")?.dueAt)).toBe("Wed 11:00");
    expect(replay(it.history)).toMatchObject({ status: "open", closedAt: null, customerAt: at("12:00") });
    it.resolves("12:30");
    expect(it.plan.notices).toContainEqual({ kind: "close", words: null, round: 1 });
  });

  test("Not fixed pressed twice is still right, and starts nothing more", () => {
    const it = desk("10:00");
    it.resolves("11:00");
    it.reopens("11:05", "not_fixed");
    expect(it.reopens("11:06", "not_fixed")).toMatchObject({ facts: [], reply: { kind: "not_fixed" } });
    expect(it.reopens("11:07", "staff").reply).toEqual({ kind: "refused", why: "not_resolved" });
  });

  test("words in the thread reopen what was resolved or closed; a thanks closes and never opens", () => {
    const it = desk("10:00", { tier: 2 });
    it.answers("10:30");
    it.resolves("11:00");
    it.says("11:30");
    expect(it.facts()).toEqual(["reopened", "said"]);
    expect(it.pledges("11:31").filter(({ state }) => state === "running")).toHaveLength(1);
    it.resolves("12:00");
    it.thanks("12:01");
    it.thanks("12:02");
    expect(replay(it.history).status).toBe("closed");
    it.says("12:30");
    expect(replay(it.history).status).toBe("open");
  });

  test("words after it was dismissed make it a request after all", () => {
    const it = desk("10:00", { tier: 3 });
    it.history.push({ kind: "dismissed", at: at("10:10"), by: ANA });
    expect(it.pledge("first_answer", "10:11")?.state).toBe("void");
    it.says("10:20");
    expect(replay(it.history).status).toBe("open");
    expect(when(it.pledge("first_answer:2", "10:21")?.dueAt)).toBe("Tue 14:20");
  });

  test("owes the first answer still where it was resolved without a word to the customer", () => {
    const it = desk("10:00", { tier: 5, live: false });
    it.resolves("10:30");
    it.reopens("11:00", "staff");
    expect(it.pledges("11:01").map(({ key, state }) => [key, state])).toEqual([
      ["first_answer", "void"],
      ["first_answer:2", "running"],
    ]);
  });
});

describe("the history", () => {
  test("begins with who opened it, and opens once", () => {
    expect(() => replay([])).toThrow(/must begin/);
    const it = desk("10:00");
    expect(() => replay([...it.history, ...it.history])).toThrow(/opens once/);
  });

  test("folded fact by fact gives the same as replayed whole", () => {
    const it = desk("10:00", { tier: 3 });
    it.claims("10:05");
    it.answers("10:30");
    it.waits("10:31");
    it.says("11:00");
    it.resolves("12:00");
    expect(replay(it.history)).toMatchObject({
      status: "resolved",
      owner: ANA,
      answeredAt: at("10:30"),
      staffAt: at("12:00"),
      customerAt: at("11:00"),
    });
  });
});
