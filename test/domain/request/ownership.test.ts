// Who has a request, and what happens on the way from one to the next. No clock ever moves on it.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countsOf, newlyTooMany, waitedUntil } from "../../../src/domain/request/counts.ts";
import {
  decideAssign,
  decideGone,
  decideHandover,
  decideShift,
  type Receiver,
} from "../../../src/domain/request/ownership.ts";
import { replay } from "../../../src/domain/request/state.ts";
import type { Role } from "../../../src/domain/words.ts";
import { ANA, at, type Desk, desk, HOUR, HUGO, LUIS, MARTA, reading, terms, when } from "./desk.ts";

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

test("the lead hears of the second handover and of the third contact, each once", () => {
  const it = desk("10:00");
  let before = countsOf(it.history, terms);
  const newly = () => {
    const after = countsOf(it.history, terms);
    const found = newlyTooMany(before, after);
    before = after;
    return found;
  };
  it.claims("10:05");
  it.assigns("10:10", LUIS, LUIS);
  expect(newly()).toEqual([]);
  it.assigns("10:15", ANA, ANA);
  expect(newly()).toEqual(["handovers"]);
  it.assigns("10:20", LUIS, LUIS);
  expect(newly()).toEqual([]);
  it.resolves("10:30");
  it.reopens("10:40", "not_fixed");
  expect(newly()).toEqual([]);
  it.resolves("10:50");
  it.says("11:00");
  expect(newly()).toEqual(["contacts"]);
  it.resolves("11:10");
  it.says("11:20");
  expect(newly()).toEqual([]);
});

describe("taking over", () => {
  test("what one was asked to take is accepting it", () => {
    const it = desk("10:00");
    it.claims("10:05");
    it.hands("10:10", ANA, LUIS);
    it.assigns("10:12", LUIS, LUIS);
    expect(it.facts()).toEqual(["handover_accepted", "owned"]);
  });

  test("tells who had it; the customer only when they knew that colleague", () => {
    const it = desk("10:00");
    it.claims("10:05");
    it.assigns("10:10", LUIS, LUIS);
    expect(it.told()).toEqual(["card", "ownership"]);
    expect(it.plan.notices).toContainEqual({
      kind: "ownership",
      to: ANA,
      who: LUIS,
      at: at("10:10"),
      what: "taken_over",
    });
    it.answers("10:15", LUIS);
    it.assigns("10:20", ANA, ANA);
    expect(it.plan.notices).toContainEqual({
      kind: "new_owner",
      to: ANA,
      from: LUIS,
      at: at("10:20"),
      knows: false,
    });
  });

  test("one's own offer back withdraws it", () => {
    const it = desk("10:00");
    it.claims("10:05");
    it.hands("10:10", ANA, LUIS);
    expect(it.assigns("10:11", ANA, ANA).reply).toEqual({ kind: "withdrawn" });
    expect(replay(it.history)).toMatchObject({ owner: ANA, offer: null });
    expect(it.assigns("10:12", ANA, ANA).reply).toEqual({ kind: "refused", why: "already_yours" });
  });

  test("what nobody has tells the customer nothing", () => {
    const it = desk("10:00");
    it.assigns("10:05", ANA, ANA);
    expect(it.told()).toEqual(["card"]);
  });
});

describe("giving back", () => {
  test("is for its owner and for a lead; the clocks go on, and the team is reminded", () => {
    const it = desk("10:00", { tier: 3 });
    it.claims("10:05");
    expect(it.releases("10:10", LUIS).reply).toEqual({ kind: "refused", why: "not_yours" });
    it.releases("10:10", ANA);
    expect(it.told()).toEqual(["card"]);
    expect(replay(it.history).owner).toBeNull();
    it.passes("13:00");
    expect(it.plan.notices).toContainEqual(expect.objectContaining({ kind: "reminder", to: "team" }));
    it.claims("13:05");
    expect(it.releases("13:06", LUIS, "lead").reply).toEqual({ kind: "released" });
    expect(it.releases("13:07", LUIS, "lead").reply).toEqual({ kind: "refused", why: "not_yours" });
  });

  test("is told to the team when something is owed within two hours", () => {
    const it = desk("10:00", { tier: 3 });
    it.claims("10:05");
    it.releases("12:30", ANA);
    expect(it.plan.notices).toContainEqual({ kind: "released", by: ANA, at: at("12:30") });
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

describe("a lead's assignment", () => {
  const assigns = (
    it: Desk,
    time: string,
    by: string,
    role: Role,
    to: Receiver = { id: HUGO, staff: true, away: false },
  ) => decideAssign(it.situation(at(time)), by, to, role);

  test("holds at once: whoever had it is told, and whoever gets it", () => {
    const it = desk("10:00", { tier: 2 });
    it.claims("10:05");
    const plan = assigns(it, "10:20", LUIS, "lead");
    expect(plan).toMatchObject({
      facts: [{ kind: "owned", owner: HUGO, how: "assigned" }],
      reply: { kind: "assigned" },
    });
    expect(plan.notices).toEqual([
      { kind: "card" },
      { kind: "given", to: HUGO, by: LUIS, at: at("10:20") },
      { kind: "ownership", to: ANA, who: HUGO, at: at("10:20"), what: "reassigned" },
    ]);
    expect(assigns(it, "10:20", LUIS, "staff").reply).toEqual({ kind: "ask_brief", to: HUGO });
  });

  test("is told to a customer who knows who had it, by name", () => {
    const it = desk("10:00", { tier: 2 });
    it.claims("10:05");
    it.answers("10:10");
    expect(assigns(it, "10:20", LUIS, "admin").notices).toContainEqual({
      kind: "new_owner",
      to: HUGO,
      from: ANA,
      at: at("10:20"),
      knows: false,
    });
  });

  test("of what is theirs is a handover like anybody's, and goes to nobody who is away", () => {
    const it = desk("10:00", { tier: 2 });
    it.claims("10:05");
    expect(assigns(it, "10:20", ANA, "lead").reply).toEqual({ kind: "ask_brief", to: HUGO });
    const away = { id: HUGO, staff: true, away: true };
    expect(assigns(it, "10:20", LUIS, "lead", away).reply).toEqual({ kind: "refused", why: "receiver_away" });
  });

  test("ends an offer that was open: its button answers nothing any more", () => {
    const it = desk("10:00", { tier: 2 });
    it.claims("10:05");
    it.hands("10:10", ANA, LUIS);
    it.history = [...it.history, ...assigns(it, "10:20", MARTA, "lead").facts];
    expect(it.accepts("10:21", LUIS, at("10:10")).reply).toEqual({ kind: "refused", why: "offer_over" });
    expect(replay(it.history)).toMatchObject({ owner: HUGO, offer: null });
  });
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

describe("what a request has cost the customer", () => {
  test("counts each passing from one colleague to another, also through nobody's hands", () => {
    const it = desk("10:00");
    const handovers = () => countsOf(it.history, terms).handovers;
    it.claims("10:05");
    expect(handovers()).toBe(0);
    it.hands("10:10", ANA, LUIS);
    expect(handovers()).toBe(0);
    it.accepts("10:15", LUIS);
    expect(handovers()).toBe(1);
    it.releases("10:20", LUIS);
    it.claims("10:25", LUIS);
    expect(handovers()).toBe(1);
    it.releases("10:30", LUIS);
    it.claims("10:35", ANA);
    expect(handovers()).toBe(2);
  });

  test("counts how often the customer came: at first, and each time it was not over", () => {
    const it = desk("10:00");
    const contacts = () => countsOf(it.history, terms).contacts;
    it.answers("10:05");
    it.says("10:10");
    expect(contacts()).toBe(1);
    it.resolves("10:20");
    it.reopens("10:30", "not_fixed");
    expect(contacts()).toBe(2);
    it.resolves("10:40");
    it.reopens("10:50", "staff");
    expect(contacts()).toBe(2);
    it.resolves("11:00");
    it.says("11:30");
    expect(contacts()).toBe(3);
  });

  test("adds up the working time they waited for us, not the time we waited for them", () => {
    const it = desk("17:00", { tier: 5 });
    expect(waitedUntil(countsOf(it.history, terms), terms, at("Wed 10:00"))).toBe(2 * HOUR);
    it.answers("Wed 10:00");
    expect(countsOf(it.history, terms)).toMatchObject({ waitedMs: 2 * HOUR, waitsSince: null });
    it.says("Wed 12:00", reading(5));
    it.says("Wed 12:30", reading(5));
    it.waits("Wed 13:00");
    it.says("Wed 15:00", reading(5));
    expect(countsOf(it.history, terms)).toMatchObject({ waitedMs: 3 * HOUR, waitsSince: at("Wed 15:00") });
    expect(waitedUntil(countsOf(it.history, terms), terms, at("Wed 15:30"))).toBe(3.5 * HOUR);
    it.resolves("Wed 15:30");
    expect(countsOf(it.history, terms)).toMatchObject({ waitedMs: 3.5 * HOUR, waitsSince: null });
  });
});

test("whatever people do, in any order, there is one owner at most, an offer only beside an owner, and no clock moves", () => {
  const people = fc.constantFrom(ANA, LUIS, HUGO);
  const step = fc.oneof(
    fc.record({ act: fc.constant("claim" as const), by: people, to: people }),
    fc.record({
      act: fc.constantFrom("assign", "hand", "accept", "decline", "release", "tick", "resolve", "reopen"),
      by: people,
      to: people,
    }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const it = desk("10:00", { tier: 5 });
      let now = at("10:00");
      for (const { act, by, to } of steps) {
        now += 7 * 60_000;
        const owner = replay(it.history).owner;
        const due = it.pledges(now);
        if (act === "claim") it.claims(now, by);
        else if (act === "assign") it.assigns(now, by, to);
        else if (act === "hand") it.hands(now, by, to);
        else if (act === "accept") it.accepts(now, by);
        else if (act === "decline") it.declines(now, by);
        else if (act === "release") it.releases(now, by);
        else if (act === "tick") it.ticks(now);
        else if (act === "resolve") it.resolves(now, undefined, by);
        else it.reopens(now, "staff");
        const state = replay(it.history);
        if (state.offer !== null) expect(state.owner).not.toBeNull();
        if (state.offer !== null) expect(state.offer.to).not.toBe(state.owner);
        if (act !== "resolve" && act !== "reopen") expect(it.pledges(now)).toEqual(due);
        // Nobody gets it without a word of their own, unless nobody had it.
        if (state.owner !== owner && owner !== null && state.owner !== null) expect(state.owner).toBe(by);
        expect(it.plan.notices.filter(({ kind }) => kind === "new_owner").length).toBeLessThanOrEqual(1);
        expect(MARTA).toBe(state.customer);
      }
      it.passes("Fri 18:00");
    }),
    { numRuns: 300 },
  );
});
