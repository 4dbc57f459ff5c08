// Whatever happens, in whatever order: the clocks of a request obey their rules.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Terms } from "../../../src/domain/policy.ts";
import { type Pledge, pledgesOf } from "../../../src/domain/promises/pledges.ts";
import { alarmsOf, wakeAt } from "../../../src/domain/promises/reminders.ts";
import type { Fact } from "../../../src/domain/request/facts.ts";
import { isActive, replay } from "../../../src/domain/request/state.ts";
import type { Tier, Urgency } from "../../../src/domain/words.ts";
import { ANA, at, type Desk, desk, LUIS, MINUTE, reading, terms } from "../request/desk.ts";

type Step =
  | { do: "says"; tier: Tier; urgency: Urgency }
  | { do: "thanks" | "helps" | "aside" | "edits" | "erases" | "waits" | "confirms" | "ticks" | "sleeps" }
  | { do: "answers" | "answersElsewhere" | "claims" | "onIt" | "resolves" | "takesOver"; by: string }
  | { do: "givesWorkaround" | "thanksForHelp" }
  | { do: "relieved" | "thirdParty"; yes: boolean }
  | { do: "applies"; firstAnswer: number | null; always: boolean; targets: boolean }
  | { do: "tiers"; tier: Tier }
  | { do: "reopens"; how: "staff" | "not_fixed" }
  | { do: "promises"; minutes: number };

const tier = fc.constantFrom<Tier>(1, 2, 3, 4, 5);
const by = fc.constantFrom(ANA, LUIS);
const doing: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant("says" as const),
    tier,
    urgency: fc.constantFrom<Urgency>("calm", "alarmed"),
  }),
  fc.record({
    do: fc.constantFrom(
      "thanks" as const,
      "helps" as const,
      "aside" as const,
      "edits" as const,
      "erases" as const,
      "waits" as const,
      "confirms" as const,
      "ticks" as const,
      "sleeps" as const,
    ),
  }),
  fc.record({
    do: fc.constantFrom(
      "answers" as const,
      "answersElsewhere" as const,
      "claims" as const,
      "onIt" as const,
      "resolves" as const,
      "takesOver" as const,
    ),
    by,
  }),
  fc.record({ do: fc.constantFrom("givesWorkaround" as const, "thanksForHelp" as const) }),
  fc.record({ do: fc.constantFrom("relieved" as const, "thirdParty" as const), yes: fc.boolean() }),
  fc.record({
    do: fc.constant("applies" as const),
    firstAnswer: fc.constantFrom(null, 5, 60, 900),
    always: fc.boolean(),
    targets: fc.boolean(),
  }),
  fc.record({ do: fc.constant("tiers" as const), tier }),
  fc.record({
    do: fc.constant("reopens" as const),
    how: fc.constantFrom("staff" as const, "not_fixed" as const),
  }),
  fc.record({ do: fc.constant("promises" as const), minutes: fc.integer({ min: -30, max: 2000 }) }),
);

/** Minutes since the step before: mostly forwards, now and then the wall clock jumps back. */
const gap = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 300 }) },
  { weight: 1, arbitrary: fc.integer({ min: -70, max: -1 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1000, max: 6000 }) },
);

const promising = fc.record({
  live: fc.boolean(),
  suspicious: fc.boolean(),
  byHand: fc.constantFrom(null, ANA),
  tier,
  roundTheClock: fc.boolean(),
  silent: fc.boolean(),
  targets: fc.boolean(),
  opens: fc.integer({ min: 0, max: 3000 }),
});

const story = fc.record({
  opening: promising,
  steps: fc.array(fc.record({ step: doing, gap }), { maxLength: 25 }),
});

/** The same while the clock on the wall only goes forwards. */
const onwards = story.map(({ opening, steps }) => ({
  opening,
  steps: steps.map(({ step, gap }) => ({ step, gap: Math.abs(gap) })),
}));

interface Story {
  opening: {
    live: boolean;
    suspicious: boolean;
    byHand: string | null;
    tier: Tier;
    roundTheClock: boolean;
    silent: boolean;
    targets: boolean;
    opens: number;
  };
  steps: { step: Step; gap: number }[];
}

/** Plays a story through the decide functions; `look` sees the request after each step. */
function play({ opening, steps }: Story, look: (it: Desk, now: number) => void): Desk {
  let now = at("Mon 0:00") + opening.opens * MINUTE;
  const of = {
    ...terms,
    reminders: [
      { used: 0.5, whom: "owner" },
      { used: 0.75, whom: "lead" },
    ] as const,
    tiers: {
      ...terms.tiers,
      1: { ...terms.tiers[1], aroundTheClock: opening.roundTheClock },
      3: { ...terms.tiers[3], ...(opening.targets ? { workaround: 120, resolution: 700 } : {}) },
      5: { ...terms.tiers[5], firstAnswer: opening.silent ? null : terms.tiers[5].firstAnswer },
    },
  };
  const it = desk("10:00", { ...opening, at: now, now, terms: of });
  look(it, now);
  for (const { step, gap } of steps) {
    now = Math.max(now + gap * MINUTE, at("Mon 0:00"));
    perform(it, step, now);
    look(it, now);
  }
  return it;
}

function perform(it: Desk, step: Step, time: number): void {
  switch (step.do) {
    case "says":
      it.says(time, reading(step.tier, step.urgency));
      return;
    case "edits":
      it.edits(time, reading(2));
      return;
    case "answers":
      it.answers(time, step.by);
      return;
    case "answersElsewhere":
      it.answersElsewhere(time, step.by);
      return;
    case "takesOver":
      it.assigns(time, step.by, step.by);
      return;
    case "relieved":
      it.relieved(time, step.yes);
      return;
    case "thirdParty":
      it.thirdParty(time, step.yes);
      return;
    case "applies":
      it.applies(time, otherTerms(step));
      return;
    case "claims":
      it.claims(time, step.by);
      return;
    case "onIt":
      it.onIt(time, "first_answer", step.by);
      return;
    case "resolves":
      it.resolves(time, "Done.", step.by);
      return;
    case "tiers":
      it.tiers(time, step.tier);
      return;
    case "reopens":
      it.reopens(time, step.how);
      return;
    case "promises":
      it.promises(time, time + step.minutes * MINUTE);
      return;
    case "sleeps":
      return;
    default:
      it[step.do](time);
  }
}

const NIGHT = [{ from: 0, to: 1440 }];

/** Another policy: another first answer, other hours, with or without targets of our own. */
function otherTerms(step: Extract<Step, { do: "applies" }>): Terms {
  const hours = { 1: NIGHT, 2: NIGHT, 3: NIGHT, 4: NIGHT, 5: NIGHT, 6: NIGHT, 7: NIGHT };
  const targets = step.targets ? { workaround: 90, resolution: 300 } : {};
  const tierOf = (tier: Tier) => ({ ...terms.tiers[tier], ...targets, firstAnswer: step.firstAnswer });
  return {
    ...terms,
    policy: JSON.stringify(step),
    calendar: { ...terms.calendar, ...(step.always ? { hours } : {}) },
    tiers: { 1: tierOf(1), 2: tierOf(2), 3: tierOf(3), 4: tierOf(4), 5: tierOf(5) },
  };
}

/** What must hold of the clocks of any history whatever. */
function sane(pledges: readonly Pledge[]): void {
  for (const kind of ["first_answer", "next_update", "workaround", "resolution"] as const) {
    expect(running(pledges, kind).length, kind).toBeLessThanOrEqual(1);
  }
  expect(new Set(pledges.map(({ key }) => key)).size).toBe(pledges.length);
  for (const pledge of pledges) {
    expect(pledge.usedMs).toBeGreaterThanOrEqual(0);
    expect(pledge.endedAt ?? pledge.startedAt).toBeGreaterThanOrEqual(pledge.startedAt);
  }
}

const running = (pledges: readonly Pledge[], kind: Pledge["kind"]) =>
  pledges.filter((pledge) => pledge.kind === kind && pledge.endedAt === null);

function holds(property: (it: Desk, now: number) => void, stories: fc.Arbitrary<Story> = story): void {
  fc.assert(
    fc.property(stories, (told) => {
      play(told, property);
    }),
    { numRuns: 400 },
  );
}

describe("whatever happens to a request", () => {
  test("there is at most one clock of a kind, and its key is its own", () => {
    holds((it, now) => {
      const pledges = pledgesOf(it.history, it.terms, now);
      sane(pledges);
      expect(running(pledges, "commitment").length).toBeLessThanOrEqual(1);
    });
  });

  test("no use is negative, and nothing ends before it began", () => {
    holds((it, now) => {
      for (const pledge of pledgesOf(it.history, it.terms, now)) {
        expect(pledge.usedMs).toBeGreaterThanOrEqual(0);
        expect(pledge.endedAt ?? pledge.startedAt).toBeGreaterThanOrEqual(pledge.startedAt);
        expect(pledge.state === "paused").toBe(pledge.endedAt === null && pledge.dueAt === null);
        if (pledge.state === "met" || pledge.state === "void") expect(pledge.endedAt).not.toBeNull();
      }
    });
  });

  test("replaying gives what folding gave, and asking twice gives the same", () => {
    holds((it, now) => {
      const again = structuredClone(it.history) as Fact[];
      expect(pledgesOf(again, it.terms, now)).toEqual(pledgesOf(it.history, it.terms, now));
      expect(replay(again)).toEqual(replay(it.history));
    });
  });

  test("whatever comes twice, or in another order, the clocks stay sane and nobody owns it with somebody else", () => {
    const shuffled = fc.tuple(story, fc.infiniteStream(fc.nat()), fc.boolean());
    fc.assert(
      fc.property(shuffled, ([told, chance, twice]) => {
        const it = play(told, () => undefined);
        const [first, ...rest] = it.history;
        if (!first) return;
        const again = rest.flatMap((fact) => (twice ? [fact, fact] : [fact]));
        const order = again
          .map((fact) => ({ fact, place: chance.next().value ?? 0 }))
          .sort((a, b) => a.place - b.place)
          .map(({ fact }) => fact);
        for (const history of [
          [first, ...again],
          [first, ...order],
        ]) {
          sane(pledgesOf(history, it.terms, at("Fri 18:00")));
          const owners = history.flatMap((fact) => (fact.kind === "owned" ? [fact.owner] : []));
          const { owner } = replay(history);
          expect(owner === null ? owners.length === 0 : owner === owners.at(-1)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("nobody is reminded of a clock that has stopped, or that waits", () => {
    holds((it, now) => {
      const told = it.plan.notices.filter(({ kind }) => kind === "reminder" || kind === "breach");
      for (const notice of told) {
        if (notice.kind !== "reminder" && notice.kind !== "breach") continue;
        const pledge = pledgesOf(it.history, it.terms, now).find(({ key }) => key === notice.pledge);
        expect(pledge).toMatchObject({ endedAt: null, dueAt: notice.due });
      }
      for (const alarm of alarmsOf(replay(it.history), pledgesOf(it.history, it.terms, now), it.terms)) {
        if (!("pledge" in alarm)) continue;
        expect(alarm.pledge).toMatchObject({ endedAt: null });
        expect(alarm.pledge.state).not.toBe("paused");
      }
    });
  });

  test("what is over sounds no alarm", () => {
    holds((it, now) => {
      const state = replay(it.history);
      if (isActive(state)) return;
      const pledges = pledgesOf(it.history, it.terms, now);
      expect(alarmsOf(state, pledges, it.terms)).toEqual([]);
      expect(pledges.filter(({ endedAt }) => endedAt === null)).toEqual([]);
    });
  });

  test("nothing is paused unless the customer owes us, and then nothing of the tier runs on in time", () => {
    holds((it, now) => {
      const waiting = replay(it.history).status === "waiting";
      for (const pledge of pledgesOf(it.history, it.terms, now)) {
        if (pledge.state === "paused") expect(waiting).toBe(true);
        if (waiting && pledge.kind !== "commitment") expect(pledge.state).not.toBe("running");
      }
    }, onwards);
  });

  test("a customer who wrote last is owed something, unless their tier promises nothing", () => {
    holds((it, now) => {
      const state = replay(it.history);
      const owed = state.answeredAt === null ? "firstAnswer" : "nextUpdate";
      if (state.status !== "open" || it.terms.tiers[state.tier][owed] === null) return;
      if (state.staffAt !== null && state.customerAt <= state.staffAt) return;
      const open = pledgesOf(it.history, it.terms, now).filter(
        ({ endedAt, kind }) => endedAt === null && kind !== "commitment",
      );
      expect(open).not.toEqual([]);
    }, onwards);
  });

  test("a tick at the wake-up always does something, so that the sweep falls asleep again", () => {
    holds((it) => {
      for (let ticks = 0; ; ticks += 1) {
        const state = replay(it.history);
        const wake = wakeAt(state, pledgesOf(it.history, it.terms, 0), it.terms);
        if (wake === null) return;
        expect(ticks).toBeLessThan(40);
        const plan = it.ticks(wake);
        expect(plan.facts).not.toEqual([]);
      }
    });
  });

  test("the same tick twice tells nobody twice", () => {
    holds((it, now) => {
      it.ticks(now);
      expect(it.ticks(now)).toMatchObject({ facts: [], notices: [] });
    });
  });

  test("a request that has an owner keeps one", () => {
    let owned = false;
    holds((it) => {
      const { owner } = replay(it.history);
      if (it.history.length <= 2) owned = false;
      if (owned) expect(owner).not.toBeNull();
      owned = owner !== null;
    });
  });

  test("watch only, and a new account with a link, never hear from the bot", () => {
    fc.assert(
      fc.property(story, (told) => {
        const silent = { ...told, opening: { ...told.opening, live: false } };
        const heard: string[] = [];
        play(silent, (it) => heard.push(...it.plan.notices.map(({ kind }) => kind)));
        const toCustomer = ["eyes", "acknowledge", "late", "line", "close", "workaround"];
        expect(heard.filter((kind) => toCustomer.includes(kind))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test("words, edits and courtesies alone never make a deadline later", () => {
    holds((it, now) => {
      const open = pledgesOf(it.history, it.terms, now).find(
        ({ endedAt, kind }) => endedAt === null && kind === "first_answer",
      );
      if (open?.dueAt == null) return;
      const before = it.history;
      it.says(now, reading(1, "alarmed"));
      it.edits(now, reading(1, "alarmed"));
      it.thanks(now);
      const after = pledgesOf(it.history, it.terms, now).find(({ key }) => key === open.key);
      expect(after?.dueAt ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(open.dueAt);
      it.history = before;
    }, onwards);
  });
});
