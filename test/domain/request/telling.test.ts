// Who is told what, and when the bot keeps silent.
import { describe, expect, test } from "vitest";
import { replay } from "../../../src/domain/request/state.ts";
import { ANA, at, desk, LUIS, MARTA, terms, when } from "./desk.ts";

const kinds = (plans: readonly { notices: readonly { kind: string }[] }[]) =>
  plans.flatMap(({ notices }) => notices.map(({ kind }) => kind));

describe("the acknowledgement", () => {
  test("comes two minutes after a message within hours, the eyes and the card at once", () => {
    const it = desk("10:00");
    expect(it.told()).toEqual(["eyes", "card"]);
    expect(it.wakes("10:00")).toBe("Tue 10:02");
    expect(kinds([it.ticks("10:02")])).toEqual(["acknowledge", "card"]);
    expect(it.ticks("10:02").facts).toEqual([]);
  });

  test("comes at once outside hours, and at once where the policy says so", () => {
    expect(desk("3:10").told()).toEqual(["eyes", "card", "acknowledge"]);
    expect(desk("Sat 12:00").told()).toContain("acknowledge");
    expect(desk("10:00", { terms: { ...terms, acknowledgeAfter: 0 } }).told()).toContain("acknowledge");
  });

  test("does not come when staff has answered", () => {
    const it = desk("10:00");
    it.answers("10:01");
    expect(it.passes("10:30")).toEqual([]);
  });

  test("comes once, even if the bot slept through the two minutes", () => {
    const it = desk("10:00");
    expect(kinds([it.ticks("11:00")])).toEqual(["acknowledge", "card"]);
    expect(kinds(it.passes("12:59"))).toEqual([]);
  });

  test("of a request opened by a colleague's hand leaves them the time to write, at any hour", () => {
    const it = desk("3:10", { byHand: ANA });
    expect(it.told()).toEqual(["eyes", "card"]);
    expect(it.wakes("3:10")).toBe("Tue 3:12");
    it.answers("3:11");
    expect(it.passes("9:00")).toEqual([]);
  });
});

describe("a request opened by hand", () => {
  test("is not born broken: its clocks run from the hand", () => {
    const it = desk("Mon 9:30", { byHand: ANA, read: "16:00", tier: 2 });
    expect(when(it.pledge("first_answer", "16:01")?.dueAt)).toBe("Tue 18:00");
    expect(it.told()).toEqual(["eyes", "card"]);
    expect(replay(it.history).customer).toBe(MARTA);
  });
});

describe("watch only", () => {
  test("is silent towards the customer: no eyes, no acknowledgement, no late, no close, no line", () => {
    const it = desk("10:00", { live: false });
    const told = [...it.told(), ...kinds(it.passes("16:00"))];
    it.answers("16:05");
    expect(it.claims("16:06").reply).toEqual({ kind: "claimed", sayBack: false });
    expect(it.promises("16:07", "17:00").reply).toEqual({ kind: "refused", why: "watch_only" });
    it.resolves("16:10", "Done.");
    told.push(...it.told());
    const toCustomer = ["eyes", "acknowledge", "late", "line", "close"];
    expect(told.filter((kind) => toCustomer.includes(kind))).toEqual([]);
    expect(told).toContain("breach");
    expect(it.plan.reply).toEqual({ kind: "resolved", told: false });
    expect(it.plan.words).toEqual([]);
  });

  test("stays silent about a request that came before Go live", () => {
    const it = desk("10:00", { live: false });
    it.live = true;
    expect(it.claims("10:05").reply).toEqual({ kind: "claimed", sayBack: false });
    expect(kinds(it.passes("16:00"))).not.toContain("late");
    expect(it.resolves("16:10").reply).toEqual({ kind: "resolved", told: false });
  });

  test("counts a silent resolution neither as kept nor as broken", () => {
    const it = desk("10:00", { live: false });
    it.resolves("10:30");
    expect(it.pledge("first_answer", "10:31")?.state).toBe("void");
  });
});

describe("a new account that posts a link", () => {
  test("gets no word from the bot, while the team gets its card", () => {
    const it = desk("10:00", { suspicious: true });
    expect(it.told()).toEqual(["card"]);
    expect(kinds(it.passes("16:00")).filter((kind) => kind === "acknowledge" || kind === "late")).toEqual([]);
    it.resolves("16:30");
    expect(it.told()).toEqual(["card", "causes"]);
  });
});

describe("reminders", () => {
  test("come before the end, to the owner, or to the team while nobody has it", () => {
    const owned = desk("10:00", { tier: 3 });
    owned.claims("10:01");
    owned.passes("13:00");
    expect(owned.plan.notices).toContainEqual({
      kind: "reminder",
      pledge: "first_answer",
      step: 0,
      time: 0,
      due: at("14:00"),
      at: at("13:00"),
      to: "owner",
      how: "direct",
    });
    const orphan = desk("10:00", { tier: 3 });
    orphan.passes("13:00");
    expect(orphan.plan.notices).toContainEqual(expect.objectContaining({ kind: "reminder", to: "team" }));
  });

  test("are counted in working time: the last of the day comes before its end", () => {
    const it = desk("16:00", { tier: 3 });
    it.passes("17:59");
    expect(when(it.pledge("first_answer", "17:59")?.dueAt)).toBe("Wed 11:00");
    expect(it.wakes("17:59")).toBe("Wed 10:00");
  });

  test("of somebody's word never come at night", () => {
    const it = desk("16:00", { tier: 3 });
    it.promises("17:00", "Wed 10:00");
    expect(it.wakes("17:01")).toBe("Wed 9:30");
    it.promises("17:02", "Wed 9:00");
    expect(it.wakes("17:03")).toBe("Tue 17:45");
  });

  test("of a word given at night for the night come all the same", () => {
    const it = desk("16:00", { tier: 3 });
    it.promises("20:00", "22:00");
    expect(it.wakes("20:01")).toBe("Tue 21:30");
  });

  test("come once, also when two sweeps look at the same time", () => {
    const it = desk("10:00", { tier: 3 });
    it.claims("10:01");
    it.passes("12:59");
    expect(it.ticks("13:00").notices).not.toEqual([]);
    expect(it.ticks("13:00").notices).toEqual([]);
    expect(it.ticks("12:00").notices).toEqual([]);
  });

  test("of several steps for the same people that fell due together only the last is told", () => {
    const reminders = [
      { used: 0.5, whom: "owner" },
      { used: 0.75, whom: "owner" },
      { used: 0.75, whom: "lead" },
    ] as const;
    const it = desk("10:00", { tier: 3, terms: { ...terms, reminders } });
    it.claims("10:01");
    it.ticks("13:30");
    expect(it.plan.notices.filter(({ kind }) => kind === "reminder")).toEqual([
      expect.objectContaining({ step: 1, to: "owner" }),
      expect.objectContaining({ step: 2, to: "lead" }),
    ]);
    expect(it.passes("13:59")).toEqual([]);
  });

  test("are told anew for a promise that moved", () => {
    const it = desk("10:00", { tier: 3 });
    it.claims("10:01");
    it.passes("13:10");
    it.tiers("13:20", 4);
    it.passes("17:59");
    expect(it.plan.notices).toContainEqual(expect.objectContaining({ kind: "reminder", due: at("18:00") }));
  });
});

describe("a breach", () => {
  test("is told to the owner and the lead; to team and lead where nobody owned it", () => {
    const owned = desk("10:00", { tier: 3 });
    owned.claims("10:01");
    owned.passes("14:00");
    const told = (it: typeof owned) =>
      it.plan.notices.flatMap((notice) => (notice.kind === "breach" ? [notice.to] : []));
    expect(told(owned)).toEqual(["owner", "lead"]);
    const orphan = desk("10:00", { tier: 3 });
    orphan.passes("14:00");
    expect(told(orphan)).toEqual(["team", "lead"]);
  });

  test("after a long sleep is told without an earlier warning", () => {
    const it = desk("10:00", { tier: 3 });
    it.claims("10:01");
    it.answers("10:30");
    it.says("10:40");
    const plan = it.ticks("Fri 10:00");
    expect(plan.notices.map(({ kind }) => kind)).toEqual(["breach", "breach", "card"]);
    // The owner gets the grace time from now, not from a moment at which nobody could have told them.
    expect(it.wakes("Fri 10:00")).toBe("Fri 10:15");
  });

  test("reaches the customer once, after the grace time, unless somebody told them", () => {
    const silent = desk("10:00", { tier: 3 });
    silent.passes("14:14");
    expect(silent.wakes("14:14")).toBe("Tue 14:15");
    expect(kinds(silent.passes("Fri 18:00"))).toEqual(["late", "card"]);
    const sorry = desk("10:00", { tier: 3 });
    sorry.passes("14:05");
    sorry.promises("14:10", "15:00", "apologised");
    expect(kinds(sorry.passes("14:30"))).toEqual([]);
  });

  test("is not told to the customer after an answer or a resolution", () => {
    const answered = desk("10:00", { tier: 3 });
    answered.passes("14:05");
    answered.answers("14:10");
    expect(kinds(answered.passes("Fri 18:00"))).toEqual([]);
    const resolved = desk("10:00", { tier: 3 });
    resolved.passes("14:05");
    resolved.resolves("14:10");
    resolved.reopens("14:40", "staff");
    expect(kinds(resolved.passes("18:00"))).toEqual([]);
  });

  test("of the night waits with the grace time for the morning", () => {
    const it = desk("17:00", { tier: 3 });
    it.promises("17:10", "20:00");
    it.passes("20:01");
    expect(it.wakes("20:01")).toBe("Wed 9:15");
  });

  test("is not told twice to a customer whose acknowledgement came after the end and said so", () => {
    const it = desk("Mon 10:00", { read: "14:00" });
    expect(it.told()).toContain("acknowledge");
    expect(kinds([it.ticks("14:00"), ...it.passes("18:00")])).toEqual(["breach", "breach", "card"]);
  });
});

describe("I'm on it", () => {
  test("postpones nothing", () => {
    const it = desk("10:00", { tier: 3 });
    it.claims("10:01");
    it.passes("13:00");
    const [before, wakes] = [it.pledges("13:01"), it.wakes("13:01")];
    it.onIt("13:01");
    expect(it.pledges("13:01")).toEqual(before);
    expect(it.wakes("13:01")).toBe(wakes);
  });

  test("takes what nobody had, and nothing from a colleague", () => {
    const orphan = desk("10:00");
    orphan.onIt("10:01");
    expect(replay(orphan.history).owner).toBe(ANA);
    orphan.onIt("10:02", "first_answer", LUIS);
    expect(replay(orphan.history).owner).toBe(ANA);
  });
});

describe("somebody's word", () => {
  test("is an answer and a promise; whoever gives it on what nobody had, has it", () => {
    const it = desk("10:00", { tier: 3 });
    it.promises("10:10", "13:00");
    expect(it.facts()).toEqual(["owned", "answered", "promised"]);
    expect(it.pledge("first_answer", "10:11")?.state).toBe("met");
    expect(it.pledge("commitment:1", "10:11")).toMatchObject({ state: "running", dueAt: at("13:00") });
    expect(it.told()).toEqual(["line", "card"]);
  });

  test("is kept by an answer before its time, and broken by none", () => {
    const kept = desk("10:00", { tier: 3 });
    kept.promises("10:10", "13:00");
    kept.answers("12:59");
    expect(kept.pledge("commitment:1", "14:00")?.state).toBe("met");
    const broken = desk("10:00", { tier: 3 });
    broken.promises("10:10", "13:00");
    broken.passes("13:00");
    expect(broken.plan.notices).toContainEqual(
      expect.objectContaining({ kind: "breach", pledge: "commitment:1", to: "owner" }),
    );
  });

  test("is kept by resolving before its time", () => {
    const it = desk("10:00", { tier: 3 });
    it.promises("10:10", "13:00");
    it.resolves("12:00", "Done.");
    expect(it.facts()).toEqual(["resolved"]);
    expect(it.pledge("commitment:1", "14:00")?.state).toBe("met");
  });

  test("replaces the one before: there is one at a time", () => {
    const it = desk("10:00", { tier: 3 });
    it.promises("10:10", "13:00");
    it.promises("11:00", "15:00");
    expect(it.pledges("11:01").filter(({ state }) => state === "running")).toHaveLength(1);
    // The clock on the wall jumped back an hour.
    it.promises("10:30", "16:00");
    expect(it.pledges("11:01").filter(({ state }) => state === "running")).toHaveLength(1);
  });

  test("for a time that has passed is refused, at the field that says it", () => {
    const it = desk("10:00", { tier: 3 });
    expect(it.promises("13:00", "12:00").reply).toEqual({ kind: "refused", why: "time_past", field: "by" });
  });
});

test("a day without anything to do leaves the request asleep", () => {
  const it = desk("10:00", { tier: 3 });
  it.answers("10:01");
  expect(it.wakes("10:02")).toBeNull();
  expect(it.ticks("18:00").facts).toEqual([]);
});
