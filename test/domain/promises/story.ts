// Stories of requests, made up: any steps in any order, with any gaps, played through the decide functions.
import fc from "fast-check";
import { expect } from "vitest";
import type { Terms } from "../../../src/domain/policy.ts";
import type { Pledge } from "../../../src/domain/promises/pledges.ts";
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

export const story = fc.record({
  opening: promising,
  steps: fc.array(fc.record({ step: doing, gap }), { maxLength: 25 }),
});

/** The same while the clock on the wall only goes forwards. */
export const onwards = story.map(({ opening, steps }) => ({
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
export function play({ opening, steps }: Story, look: (it: Desk, now: number) => void): Desk {
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
export function sane(pledges: readonly Pledge[]): void {
  for (const kind of ["first_answer", "next_update", "workaround", "resolution"] as const) {
    expect(running(pledges, kind).length, kind).toBeLessThanOrEqual(1);
  }
  expect(new Set(pledges.map(({ key }) => key)).size).toBe(pledges.length);
  for (const pledge of pledges) {
    expect(pledge.usedMs).toBeGreaterThanOrEqual(0);
    expect(pledge.endedAt ?? pledge.startedAt).toBeGreaterThanOrEqual(pledge.startedAt);
  }
}

export const running = (pledges: readonly Pledge[], kind: Pledge["kind"]) =>
  pledges.filter((pledge) => pledge.kind === kind && pledge.endedAt === null);

export function holds(property: (it: Desk, now: number) => void, stories: fc.Arbitrary<Story> = story): void {
  fc.assert(
    fc.property(stories, (told) => {
      play(told, property);
    }),
    { numRuns: 400 },
  );
}
