// Who has a request, and what happens on the way from one to the next. No clock ever moves on it.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decideAssign, type Receiver } from "../../../src/domain/request/ownership.ts";
import { replay } from "../../../src/domain/request/state.ts";
import type { Role } from "../../../src/domain/words.ts";
import { ANA, at, type Desk, desk, HUGO, LUIS, MARTA } from "./desk.ts";

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
