// When somebody on call is woken, who, and what ends it.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Terms } from "../../../src/domain/policy.ts";
import { wakeAt } from "../../../src/domain/promises/reminders.ts";
import { decideAssigned } from "../../../src/domain/request/assigning.ts";
import { decideHaveIt, decidePageNow } from "../../../src/domain/request/page-acts.ts";
import { answeringPage, decidePage, isPaging, nextCall } from "../../../src/domain/request/paging.ts";
import type { Plan } from "../../../src/domain/request/plan.ts";
import { decideTick } from "../../../src/domain/request/tick.ts";
import { ANA, at, type Desk, desk, LUIS, type Time, terms, when } from "./desk.ts";

const ROTA = [ANA, LUIS];
const paging = (promised: boolean, more: Partial<Terms> = {}): Terms => ({
  ...terms,
  ...more,
  paging: { promised, onCall: true },
});
const dayAndNight = paging(false, {
  tiers: { ...terms.tiers, 1: { ...terms.tiers[1], aroundTheClock: true } },
});

/** A request of tier 1 at a desk with a rota; `promised` for a company that somebody is woken for. */
function failing(time: Time, more: Parameters<typeof desk>[1] = {}): Desk {
  return desk(time, { tier: 1, onCall: ROTA, terms: paging(true), ...more });
}

/** What `plan` does, as it is written: with the page it answers. */
function write(it: Desk, plan: Plan): Plan {
  const whole = answeringPage(it.situation(0), plan);
  it.history = [...it.history, ...whole.facts];
  it.plan = whole;
  return whole;
}

const ticks = (it: Desk, time: Time, onCall: readonly string[] = ROTA) =>
  write(it, decideTick(it.situation(at(time)), onCall));
const called = (it: Desk) =>
  it.history.flatMap((fact) =>
    fact.kind === "paged"
      ? [`${when(fact.at)} ${fact.to === ANA ? "Ana" : fact.to === LUIS ? "Luis" : "nobody"}`]
      : [],
  );

/** Ticks at each wake-up up to then, as the sweep would. */
function passes(it: Desk, until: Time, onCall: readonly string[] = ROTA): void {
  for (;;) {
    const next = wakeAt(it.situation(0).state, it.pledges(until), it.terms);
    if (next === null || next > at(until)) return;
    ticks(it, next, onCall);
  }
}

describe("somebody is woken", () => {
  test("at once for a company that was promised it, at any hour, and beside the message the pager is a delivery of its own", () => {
    const it = failing("3:00");
    expect(called(it)).toEqual(["Tue 3:00 Ana"]);
    expect(it.told()).toEqual(expect.arrayContaining(["page", "pager"]));
  });

  test("not for a first report of somebody who was promised nothing", () => {
    const it = failing("10:00", { terms: paging(false) });
    passes(it, "17:59");
    expect(called(it)).toEqual([]);
  });

  test("not below tier 1, and as soon as it turns out to be one", () => {
    const it = failing("10:00", { tier: 3 });
    expect(called(it)).toEqual([]);
    it.tiers("10:05", 1);
    passes(it, "10:05");
    expect(called(it)).toEqual(["Tue 10:05 Ana"]);
  });

  test("on a second report: another request, or the same customer again after five minutes unanswered", () => {
    expect(called(failing("10:00", { terms: paging(false), secondReport: true }))).toEqual(["Tue 10:00 Ana"]);
    const it = failing("10:00", { terms: paging(false) });
    it.says("10:04");
    passes(it, "10:04");
    expect(called(it)).toEqual([]);
    it.says("10:06");
    passes(it, "10:06");
    expect(called(it)).toEqual(["Tue 10:06 Ana"]);
  });

  test("not when the customer writes again to somebody who has answered", () => {
    const it = failing("10:00", { terms: paging(false) });
    it.answers("10:02");
    it.says("10:20");
    passes(it, "11:00");
    expect(called(it)).toEqual([]);
  });

  test("for a clock that runs day and night once the team has gone, and not while it is there", () => {
    expect(called(failing("3:00", { terms: dayAndNight }))).toEqual(["Tue 3:00 Ana"]);
    const it = failing("17:55", { terms: dayAndNight });
    passes(it, "17:59");
    expect(called(it)).toEqual([]);
    passes(it, "18:05");
    expect(called(it)).toEqual(["Tue 18:00 Ana"]);
  });

  test("by the bot itself never for a channel that is watched only, nor for a doubtful account; by a person's word always", () => {
    for (const more of [{ live: false }, { suspicious: true }]) {
      const it = failing("3:00", more);
      passes(it, "4:00");
      expect(called(it)).toEqual([]);
      write(it, decidePageNow(it.situation(at("4:00")), LUIS, ROTA));
      expect(called(it)).toEqual(["Tue 4:00 Ana"]);
    }
  });
});

describe("the next person", () => {
  test("is called after ten minutes, everybody twice; then the team is told, once", () => {
    const it = failing("3:00");
    passes(it, "3:30");
    expect(called(it)).toEqual(["Tue 3:00 Ana", "Tue 3:10 Luis", "Tue 3:20 Ana", "Tue 3:30 Luis"]);
    ticks(it, "3:40");
    expect(it.told()).toContain("page_unanswered");
    passes(it, "8:00");
    expect(called(it)).toHaveLength(5);
  });

  test("is whoever is on call then: a handover in between calls the new ones", () => {
    const it = failing("8:55", { onCall: [ANA] });
    passes(it, "9:05", [LUIS]);
    expect(called(it)).toEqual(["Tue 8:55 Ana", "Tue 9:05 Luis"]);
  });

  test("is called once after a night in which the bot slept", () => {
    const it = failing("3:00");
    ticks(it, "8:00");
    expect(called(it)).toEqual(["Tue 3:00 Ana", "Tue 8:00 Luis"]);
  });

  test("of nobody is nobody: that is said instead", () => {
    const it = failing("3:00", { onCall: [] });
    expect(it.told()).toContain("page_unanswered");
    expect(it.told()).not.toContain("pager");
  });

  test("is the one who was called least, in the rota's order", () => {
    expect(nextCall([], [ANA, LUIS])).toBe(ANA);
    expect(nextCall([{ to: ANA, at: 0 }], [ANA, LUIS])).toBe(LUIS);
    expect(nextCall([{ to: LUIS, at: 0 }], [ANA, LUIS])).toBe(ANA);
  });
});

describe("a page is answered", () => {
  const answers: [string, (it: Desk) => Plan][] = [
    ["a claim", (it) => it.claims("3:02")],
    ["an answer", (it) => it.answers("3:02")],
    ["I'm on it", (it) => it.onIt("3:02")],
    ["I have it", (it) => decideHaveIt(it.situation(at("3:02")), ANA)],
    ["setting it aside", (it) => it.waits("3:02")],
    ["resolving it", (it) => it.resolves("3:02")],
  ];

  test.each(answers)("by %s: that is recorded, the pager is told, nobody else is called", (_, act) => {
    const it = failing("3:00");
    const history = it.history;
    const plan = act(it);
    it.history = history;
    const whole = write(it, plan);
    expect(it.facts().filter((kind) => kind === "page_answered")).toHaveLength(1);
    expect(whole.notices).toContainEqual({ kind: "pager_answered", at: at("3:00") });
    passes(it, "8:59");
    expect(called(it)).toHaveLength(1);
  });

  test("not by being given it, by a colleague or by the policy", () => {
    for (const give of [
      (it: Desk) => it.assigns("3:02", LUIS, ANA),
      (it: Desk) => ({ ...it.plan, ...decideAssigned({ to: ANA }, { terms, tier: 1, now: at("3:02") }) }),
    ]) {
      const it = failing("3:00");
      const history = it.history;
      const plan = give(it);
      it.history = history;
      write(it, plan);
      passes(it, "3:10");
      expect(called(it)).toEqual(["Tue 3:00 Ana", "Tue 3:10 Luis"]);
    }
  });

  test("not by the customer, nor by a helper", () => {
    const it = failing("3:00");
    it.says("3:02");
    it.helps("3:03");
    passes(it, "3:10");
    expect(called(it)).toHaveLength(2);
  });

  test("and whoever presses I have it owns it; who comes second is told", () => {
    const it = failing("3:00");
    write(it, decideHaveIt(it.situation(at("3:01")), LUIS));
    expect(it.situation(0).state.owner).toBe(LUIS);
    expect(decideHaveIt(it.situation(at("3:02")), ANA).reply).toEqual({ kind: "refused", why: "taken" });
    expect(decideHaveIt(it.situation(at("3:02")), LUIS).reply).toEqual({
      kind: "refused",
      why: "already_yours",
    });
  });

  test("until the customer says that it is not fixed: then somebody is woken again", () => {
    const it = failing("3:00");
    write(it, it.resolves("3:30"));
    it.reopens("4:00", "not_fixed");
    passes(it, "4:00");
    expect(called(it).at(-1)).toBe("Tue 4:00 Ana");
    expect(called(it)).toHaveLength(2);
  });

  test("while it is paused nobody is called, nor once the tier falls", () => {
    const it = failing("3:00");
    it.tiers("3:05", 3);
    passes(it, "8:59");
    expect(called(it)).toHaveLength(1);
  });
});

test("a tier moved away and back by whoever has it wakes nobody anew", () => {
  const it = failing("3:00");
  write(it, it.claims("3:01"));
  it.tiers("3:02", 3);
  it.tiers("3:03", 1);
  passes(it, "8:59");
  expect(called(it)).toHaveLength(1);
});

describe("a person's word", () => {
  test.each([
    ["is refused below tier 1", failing("10:00", { tier: 2 }), ROTA, "not_failing"],
    ["is refused where nobody is on call", failing("10:00", { terms: paging(false) }), [], "nobody_on_call"],
    ["is not needed while somebody is being called", failing("10:00"), ROTA, "paging_already"],
  ])("%s", (_, it, onCall, why) => {
    expect(decidePageNow(it.situation(at("10:05")), ANA, onCall).reply).toEqual({ kind: "refused", why });
  });

  test("calls again where somebody has answered and left", () => {
    const it = failing("3:00");
    write(it, it.claims("3:02"));
    const plan = write(it, decidePageNow(it.situation(at("5:00")), LUIS, ROTA));
    expect(plan.reply).toEqual({ kind: "paging", to: ANA });
    passes(it, "5:10");
    expect(called(it).slice(1)).toEqual(["Tue 5:00 Ana", "Tue 5:10 Luis"]);
  });
});

test("whatever happens in whatever order, nobody is called within ten minutes of another call, nor after somebody answered", () => {
  const steps = fc.array(
    fc.tuple(
      fc.integer({ min: 1, max: 12 }),
      fc.constantFrom(
        "tick",
        "said",
        "claim",
        "answer",
        "have",
        "page",
        "tier 3",
        "tier 1",
        "assign",
        "not fixed",
      ),
    ),
    { maxLength: 25 },
  );
  fc.assert(
    fc.property(steps, fc.boolean(), (taken, promised) => {
      const it = failing("3:00", { terms: paging(promised) });
      let now = at("3:00");
      for (const [minutes, step] of taken) {
        now += minutes * 60_000;
        const history = it.history;
        const acts: Record<typeof step, () => Plan> = {
          tick: () => decideTick(it.situation(now), ROTA),
          said: () => it.says(now),
          claim: () => it.claims(now),
          answer: () => it.answers(now),
          have: () => decideHaveIt(it.situation(now), LUIS),
          page: () => decidePageNow(it.situation(now), ANA, ROTA),
          "tier 3": () => it.tiers(now, 3),
          "tier 1": () => it.tiers(now, 1),
          assign: () => it.assigns(now, ANA, LUIS),
          "not fixed": () => it.reopens(now, "not_fixed"),
        };
        const plan = acts[step]();
        it.history = history;
        write(it, plan);
        const { state } = it.situation(now);
        const calls = it.history.flatMap((fact) =>
          fact.kind === "paged" && fact.to !== null ? [fact.at] : [],
        );
        const asked = new Set(it.history.flatMap((fact) => (fact.kind === "page_asked" ? [fact.at] : [])));
        for (const [index, call] of calls.entries()) {
          const before = calls[index - 1];
          if (before !== undefined && !asked.has(call))
            expect(call - before).toBeGreaterThanOrEqual(10 * 60_000);
        }
        const answered = it.history.findLast(({ kind }) => kind === "page_answered");
        if (answered && answered.at === now) expect(isPaging(state)).toBe(false);
        expect(decidePage(state, it.terms, ROTA, now).facts.length).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 500 },
  );
});
