// A request offered to a colleague: who has it until they answer, and how long they are waited for.
import { describe, expect, test } from "vitest";
import {
  decideAssign,
  decideGone,
  decideHandover,
  decideShift,
} from "../../../src/domain/request/ownership.ts";
import { replay } from "../../../src/domain/request/state.ts";
import { ANA, at, type Desk, desk, HUGO, LUIS, terms, when } from "./desk.ts";

describe("a handover", () => {
  test("is offered with a brief, and the first owner stays responsible until the next accepts", () => {
    const it = desk("10:00", { tier: 2 });
    it.claims("10:05");
    expect(it.hands("10:10", ANA, LUIS).reply).toMatchObject({ kind: "offered", to: LUIS, owner: ANA });
    expect(it.plan.words).toEqual([expect.objectContaining({ kind: "brief", author: ANA, to: LUIS })]);
    expect(replay(it.history)).toMatchObject({ owner: ANA, offer: { to: LUIS, by: ANA, at: at("10:10") } });
    const plans = it.passes("11:30");
    const reminders = plans.flatMap(({ notices }) => notices.filter(({ kind }) => kind === "reminder"));
    expect(reminders).toEqual([expect.objectContaining({ to: "owner" })]);
    expect(replay(it.history).owner).toBe(ANA);
  });

  test("accepted, moves to the next: both are told, the customer once", () => {
    const it = desk("10:00", { tier: 2 });
    it.claims("10:05");
    it.hands("10:10", ANA, LUIS);
    it.accepts("10:15", LUIS, at("10:10"));
    expect(it.facts()).toEqual(["handover_accepted", "owned"]);
    expect(it.plan.notices).toEqual([
      { kind: "card" },
      { kind: "ownership", to: ANA, who: LUIS, at: at("10:15"), what: "accepted" },
      { kind: "new_owner", to: LUIS, from: ANA, at: at("10:15"), knows: true },
    ]);
    expect(replay(it.history)).toMatchObject({ owner: LUIS, offer: null });
    expect(it.accepts("10:16", LUIS, at("10:10")).reply).toEqual({ kind: "refused", why: "already_yours" });
    expect(it.plan.notices).toEqual([]);
  });

  test("tells the customer nothing where the bot is silent", () => {
    const it = desk("10:00", { tier: 2, live: false });
    it.claims("10:05");
    it.hands("10:10", ANA, LUIS);
    it.accepts("10:15", LUIS);
    expect(it.told()).toEqual(["card", "ownership"]);
  });

  test("never resets a clock: offered, accepted, taken over, given back and claimed again", () => {
    const it = desk("10:00", { tier: 3 });
    it.claims("10:10");
    const before = it.pledges("11:00");
    const steps = [
      () => it.hands("10:20", ANA, LUIS),
      () => it.accepts("10:25", LUIS),
      () => it.assigns("10:30", ANA, ANA),
      () => it.releases("10:35", ANA),
      () => it.assigns("10:40", ANA, LUIS),
      () => it.hands("10:45", LUIS, ANA),
      () => it.declines("10:50", ANA),
    ];
    for (const step of steps) {
      step();
      expect(it.facts().length).toBeGreaterThan(0);
      expect(it.pledges("11:00")).toEqual(before);
    }
  });

  test("by assigning what a colleague has asks for the brief first, and moves nothing", () => {
    const it = desk("10:00");
    it.claims("10:05");
    expect(it.assigns("10:10", ANA, LUIS)).toMatchObject({
      facts: [],
      reply: { kind: "ask_brief", to: LUIS },
    });
    expect(it.hands("10:11", ANA, LUIS, "  ")).toMatchObject({ facts: [], reply: { kind: "ask_brief" } });
    expect(it.hands("10:12", ANA, LUIS, "1\n2\n3\n4").reply).toEqual({
      kind: "refused",
      why: "brief_too_long",
      field: "brief",
    });
    expect(it.hands("10:13", ANA, LUIS, "1\n\n2\n3\n").reply.kind).toBe("offered");
  });

  test("by a lead, of what somebody has, is told to its owner, who keeps it until then", () => {
    const it = desk("10:00");
    it.assigns("10:05", LUIS, ANA);
    it.hands("10:10", LUIS, HUGO);
    expect(it.plan.notices).toContainEqual({
      kind: "ownership",
      to: ANA,
      who: HUGO,
      at: at("10:10"),
      what: "offered",
    });
    expect(replay(it.history).owner).toBe(ANA);
  });

  test("of what nobody has gives it at once, as assigning does, with the brief", () => {
    const it = desk("10:00");
    it.hands("10:05", ANA, LUIS);
    expect(it.facts()).toEqual(["owned"]);
    expect(it.plan.notices).toContainEqual({
      kind: "given",
      to: LUIS,
      by: ANA,
      at: at("10:05"),
      brief: "brief-1",
    });
    expect(it.plan.words).toHaveLength(1);
  });

  test("declined, stays with its owner, who is told and offers it to somebody else", () => {
    const it = desk("10:00");
    it.claims("10:05");
    it.hands("10:10", ANA, LUIS);
    it.declines("10:12", LUIS, at("10:10"));
    expect(it.plan.notices).toContainEqual({
      kind: "ownership",
      to: ANA,
      who: LUIS,
      at: at("10:12"),
      what: "declined",
    });
    it.hands("10:15", ANA, HUGO);
    expect(replay(it.history)).toMatchObject({ owner: ANA, offer: { to: HUGO } });
    // The button of the first offer answers the second one as little as anybody else does.
    expect(it.accepts("10:16", LUIS, at("10:10")).reply).toEqual({ kind: "refused", why: "offer_over" });
    expect(it.accepts("10:16", LUIS).reply).toEqual({ kind: "refused", why: "offer_not_to_you" });
  });

  test("unanswered, is asked about once more halfway, and falls back visibly", () => {
    const it = desk("10:00", { tier: 4 });
    it.claims("10:05");
    it.hands("10:10", ANA, LUIS);
    it.answers("10:11");
    expect(it.wakes("10:11")).toBe("Tue 11:10");
    it.passes("11:10");
    expect(it.plan.notices).toContainEqual({
      kind: "handover",
      to: LUIS,
      at: at("10:10"),
      again: true,
      together: true,
    });
    expect(it.wakes("11:10")).toBe("Tue 12:10");
    it.passes("12:10");
    expect(it.facts()).toEqual(["handover_declined"]);
    expect(it.plan.notices).toContainEqual({
      kind: "ownership",
      to: ANA,
      who: LUIS,
      at: at("12:10"),
      what: "lapsed",
      together: true,
    });
    expect(replay(it.history)).toMatchObject({ owner: ANA, offer: null });
  });

  test("waits for an answer no longer than half of what is left to the promise, and only in working time", () => {
    const soon = desk("10:00", { tier: 2 });
    soon.claims("10:05");
    soon.hands("11:00", ANA, LUIS);
    expect(when(replay(soon.history).offer?.until)).toBe("Tue 11:30");
    const late = desk("10:00", { tier: 5 });
    late.claims("10:05");
    late.hands("17:00", ANA, LUIS);
    expect(when(replay(late.history).offer?.until)).toBe("Wed 10:00");
    const last = desk("10:00", { tier: 2 });
    last.claims("10:05");
    last.hands("11:55", ANA, LUIS);
    expect(when(replay(last.history).offer?.until)).toBe("Tue 12:05");
  });

  test("after a sleep of ours falls back without having been asked about first", () => {
    const it = desk("10:00", { tier: 5 });
    it.claims("10:05");
    it.hands("10:10", ANA, LUIS);
    it.ticks("Wed 12:00");
    expect(it.told().filter((kind) => kind === "handover")).toEqual([]);
    expect(it.facts()).toContain("handover_declined");
  });

  test("is over when the request is", () => {
    const it = desk("10:00");
    it.claims("10:05");
    it.hands("10:10", ANA, LUIS);
    it.resolves("10:20");
    expect(it.accepts("10:21", LUIS).reply).toEqual({ kind: "refused", why: "already_resolved" });
    it.reopens("10:30", "staff");
    expect(it.accepts("10:31", LUIS).reply).toEqual({ kind: "refused", why: "offer_over" });
    expect(replay(it.history).owner).toBe(ANA);
  });

  test("leaves a request that was given to somebody warning until they answer", () => {
    const it = desk("10:00", { tier: 3 });
    it.assigns("10:10", ANA, LUIS);
    it.passes("13:00");
    expect(it.plan.notices).toContainEqual(expect.objectContaining({ kind: "reminder", to: "owner" }));
  });

  test("goes to staff alone, and tells nobody twice", () => {
    const it = desk("10:00", { tier: 3 });
    expect(it.assigns("10:10", ANA, HUGO, false).reply).toEqual({ kind: "refused", why: "not_staff" });
    it.assigns("10:11", ANA, LUIS);
    it.assigns("10:12", ANA, LUIS);
    expect(it.plan).toMatchObject({ facts: [], notices: [], reply: { kind: "assigned", to: LUIS } });
  });
});

test("nobody who is away is given anything, nor asked", () => {
  const it = desk("10:00");
  const away = { id: LUIS, staff: true, away: true };
  expect(decideAssign(it.situation(at("10:01")), ANA, away).reply).toEqual({
    kind: "refused",
    why: "receiver_away",
  });
  it.claims("10:05");
  const brief = { id: "brief-1", text: "Charged twice." };
  expect(decideHandover(it.situation(at("10:06")), ANA, away, brief)).toMatchObject({
    facts: [],
    words: [],
    reply: { kind: "refused", why: "receiver_away" },
  });
});

test("at the end of a shift only one's own, offered to nobody, is offered; the last words are its brief", () => {
  const it = desk("10:00");
  it.claims("10:05");
  expect(decideShift(it.situation(at("17:45")), LUIS, { id: HUGO }).facts).toEqual([]);
  expect(decideShift(it.situation(at("17:45")), ANA, { id: ANA }).facts).toEqual([]);
  const plan = decideShift(it.situation(at("17:45")), ANA, { id: LUIS });
  expect(plan.facts).toMatchObject([{ kind: "handover_offered", to: LUIS, brief: null }]);
  expect(plan.notices.map(({ kind }) => kind)).toEqual(["card", "handover"]);
  it.history = [...it.history, ...plan.facts];
  expect(decideShift(it.situation(at("17:50")), ANA, { id: HUGO }).facts).toEqual([]);
});

describe("an offer to somebody who is not at work", () => {
  const offers = (it: Desk, time: string, from: string) =>
    decideHandover(
      it.situation(at(time)),
      ANA,
      { id: LUIS, staff: true, away: false, from: at(from) },
      { id: "brief-1", text: "Charged twice." },
    );

  test("waits for them: their time to answer counts from when they come, and they are asked again halfway", () => {
    const it = desk("15:00", { tier: 4 });
    it.claims("15:05");
    const plan = offers(it, "17:30", "Wed 9:00");
    expect(plan.reply).toMatchObject({ kind: "offered", from: at("Wed 9:00"), until: at("Wed 11:00") });
    it.history = [...it.history, ...plan.facts];
    it.answers("17:31");
    expect(it.wakes("17:32")).toBe("Wed 10:00");
    expect(it.accepts("Wed 10:30", LUIS).reply).toMatchObject({ kind: "accepted" });
  });

  test("is open beyond a promise, for whoever has it stays responsible and is reminded", () => {
    const it = desk("15:00", { tier: 2 });
    it.claims("15:05");
    const plan = offers(it, "15:30", "Wed 9:00");
    expect(plan.reply).toMatchObject({ until: at("Wed 11:00") });
    it.history = [...it.history, ...plan.facts];
    const told = it.passes("17:00").flatMap(({ notices }) => notices);
    expect(told.filter(({ kind }) => kind === "reminder" || kind === "breach")).toMatchObject([
      { kind: "reminder", to: "owner" },
      { kind: "breach", to: "owner" },
      { kind: "breach", to: "lead" },
    ]);
  });

  test("waits for nobody where everything is failing around the clock", () => {
    const night = { ...terms, tiers: { ...terms.tiers, 1: { ...terms.tiers[1], aroundTheClock: true } } };
    const it = desk("15:00", { tier: 1, terms: night });
    it.claims("15:05");
    expect(offers(it, "15:10", "Wed 9:00").reply).not.toHaveProperty("from");
  });
});

describe("while an offer is open", () => {
  test("whom it is offered to goes away: it falls back at once, and its owner hears it", () => {
    const it = desk("10:00", { tier: 2 });
    it.claims("10:05");
    it.hands("10:10", ANA, LUIS);
    expect(decideGone(it.situation(at("10:15")), HUGO).facts).toEqual([]);
    const plan = decideGone(it.situation(at("10:15")), LUIS);
    expect(plan.notices).toContainEqual({
      kind: "ownership",
      to: ANA,
      who: LUIS,
      at: at("10:15"),
      what: "declined",
    });
    it.history = [...it.history, ...plan.facts];
    expect(replay(it.history)).toMatchObject({ owner: ANA, offer: null });
    expect(decideGone(it.situation(at("10:16")), LUIS).facts).toEqual([]);
  });

  test("its owner gives it back: whoever then says that they have it, has it", () => {
    const it = desk("10:00", { tier: 2 });
    it.claims("10:05");
    it.hands("10:10", ANA, LUIS);
    it.releases("10:12", ANA);
    expect(it.accepts("10:15", HUGO, at("10:10")).reply).toEqual({ kind: "refused", why: "offer_over" });
    expect(it.accepts("10:15", LUIS, at("10:10")).reply).toMatchObject({ kind: "claimed" });
    expect(replay(it.history).owner).toBe(LUIS);
  });
});
