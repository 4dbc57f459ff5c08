// The promises of a request and their clocks, derived from its history alone: replaying gives the same instants.
import type { Terms } from "../policy.ts";
import type { Fact } from "../request/facts.ts";
import type { Instant, Tier, Urgency } from "../words.ts";
import { addWorking, workingBetween } from "./calendar.ts";

export type PledgeKind = "first_answer" | "next_update" | "commitment";
/** `void`: the request went away (not a request after all) before the promise was met or broken. */
export type PledgeState = "running" | "paused" | "met" | "broken" | "void";

export interface Pledge {
  /** `first_answer`, `next_update:2`, `commitment:1`; unique in its request. */
  key: string;
  kind: PledgeKind;
  state: PledgeState;
  startedAt: Instant;
  /** When it is, or was, to be kept; null while paused. */
  dueAt: Instant | null;
  /** When it was met, voided, or answered after having been broken. */
  endedAt: Instant | null;
  /** Working ms used before the present run; commitments use none. */
  usedMs: number;
  /** Since when the clock has been running without a pause, or null. */
  runningSince: Instant | null;
  /** Working minutes promised; null for a commitment, which has its instant. */
  target: number | null;
}

const MINUTE = 60_000;

/** Working time, or plain time for what runs around the clock. */
function later(terms: Terms, tier: Tier, from: Instant, minutes: number): Instant {
  return terms.tiers[tier].aroundTheClock
    ? from + minutes * MINUTE
    : addWorking(terms.calendar, from, minutes);
}

function used(terms: Terms, tier: Tier, from: Instant, to: Instant): number {
  if (to <= from) return 0;
  return terms.tiers[tier].aroundTheClock ? to - from : workingBetween(terms.calendar, from, to);
}

/** Working minutes to the first answer; guidance that feels alarming waits half (DESIGN idea 2). */
export function firstAnswerTarget(terms: Terms, tier: Tier, urgency: Urgency): number | null {
  const promised = terms.tiers[tier].firstAnswer;
  if (promised === null) return null;
  if (tier === 4 && urgency === "alarmed" && terms.alarmedGuidance !== null) {
    return Math.min(promised, terms.alarmedGuidance);
  }
  return promised;
}

interface Walk {
  tier: Tier;
  urgency: Urgency;
  answered: boolean;
  count: Record<PledgeKind, number>;
  pledges: Pledge[];
}

/**
 * Every promise of a request, oldest first, as it stands at `now`. Rules, each with its source:
 * an answer meets the first answer even when "waiting" is set in the same step (zammad#3551); a next update runs only
 * from a message of the customer that staff has not answered (zammad#3140, chatwoot#10178); a pause keeps what was
 * used (glpi#15605); a new tier counts from the opening, and where that is already past, from the change, but
 * never later than what was promised before.
 */
export function pledgesOf(history: readonly Fact[], terms: Terms, now: Instant): Pledge[] {
  const walk: Walk = {
    tier: 4,
    urgency: "calm",
    answered: false,
    count: { first_answer: 0, next_update: 0, commitment: 0 },
    pledges: [],
  };
  for (const fact of history) step(walk, fact, terms);
  return walk.pledges.map((pledge) =>
    pledge.state === "running" && pledge.dueAt !== null && pledge.dueAt <= now
      ? { ...pledge, state: "broken" }
      : pledge,
  );
}

function step(walk: Walk, fact: Fact, terms: Terms): void {
  switch (fact.kind) {
    case "opened":
      walk.tier = fact.tier;
      walk.urgency = fact.urgency;
      begin(walk, "first_answer", fact.at, firstAnswerTarget(terms, fact.tier, fact.urgency), terms);
      return;
    case "said":
      if (walk.answered && !open(walk).some((pledge) => pledge.kind === "next_update")) {
        begin(walk, "next_update", fact.at, terms.tiers[walk.tier].nextUpdate, terms);
      }
      return;
    case "answered":
      walk.answered = true;
      end(walk, fact.at);
      return;
    case "resolved":
      end(walk, fact.at);
      return;
    case "confirmed":
    case "dismissed":
      for (const pledge of open(walk))
        replace(walk, { ...pledge, state: "void", endedAt: fact.at, runningSince: null });
      return;
    case "promised":
      walk.count.commitment += 1;
      walk.pledges.push({
        key: `commitment:${walk.count.commitment}`,
        kind: "commitment",
        state: "running",
        startedAt: fact.at,
        dueAt: fact.until,
        endedAt: null,
        usedMs: 0,
        runningSince: fact.at,
        target: null,
      });
      return;
    case "waiting":
      for (const pledge of open(walk)) if (pledge.target !== null) pause(walk, pledge, fact.at, terms);
      return;
    case "resumed":
      for (const pledge of open(walk)) if (pledge.state === "paused") run(walk, pledge, fact.at, terms);
      return;
    case "reopened":
      walk.answered = true;
      begin(walk, "next_update", fact.at, terms.tiers[walk.tier].nextUpdate, terms);
      return;
    case "tiered":
      walk.tier = fact.to;
      retarget(walk, fact.at, terms);
      return;
    case "felt":
      walk.urgency = fact.to;
      retarget(walk, fact.at, terms);
      return;
    case "courtesy":
    case "edited":
    case "erased":
    case "helped":
    case "aside":
    case "acknowledged":
    case "owned":
    case "on_it":
    case "warned":
    case "broken":
    case "told_late":
      return;
    default:
      fact satisfies never;
  }
}

/** Promises not ended; one that ran past its due stays among them until somebody answers. */
function open(walk: Walk): Pledge[] {
  return walk.pledges.filter((pledge) => pledge.endedAt === null);
}

function replace(walk: Walk, pledge: Pledge): void {
  walk.pledges = walk.pledges.map((other) => (other.key === pledge.key ? pledge : other));
}

function begin(walk: Walk, kind: PledgeKind, at: Instant, target: number | null, terms: Terms): void {
  if (target === null) return;
  walk.count[kind] += 1;
  walk.pledges.push({
    key: kind === "first_answer" ? kind : `${kind}:${walk.count[kind]}`,
    kind,
    state: "running",
    startedAt: at,
    dueAt: later(terms, walk.tier, at, target),
    endedAt: null,
    usedMs: 0,
    runningSince: at,
    target,
  });
}

function end(walk: Walk, at: Instant): void {
  for (const pledge of open(walk)) {
    const late = pledge.dueAt !== null && at > pledge.dueAt;
    replace(walk, { ...pledge, state: late ? "broken" : "met", endedAt: at, runningSince: null });
  }
}

function pause(walk: Walk, pledge: Pledge, at: Instant, terms: Terms): void {
  // What is broken stays broken: setting "waiting" afterwards must not hide it.
  if (pledge.runningSince === null || (pledge.dueAt !== null && at > pledge.dueAt)) return;
  const usedMs = pledge.usedMs + used(terms, walk.tier, pledge.runningSince, at);
  replace(walk, { ...pledge, state: "paused", usedMs, runningSince: null, dueAt: null });
}

function run(walk: Walk, pledge: Pledge, at: Instant, terms: Terms): void {
  const left = Math.max(0, (pledge.target ?? 0) - pledge.usedMs / MINUTE);
  replace(walk, { ...pledge, state: "running", runningSince: at, dueAt: later(terms, walk.tier, at, left) });
}

function retarget(walk: Walk, at: Instant, terms: Terms): void {
  for (const pledge of open(walk)) {
    if (pledge.target === null || (pledge.dueAt !== null && at > pledge.dueAt)) continue;
    const target =
      pledge.kind === "first_answer"
        ? firstAnswerTarget(terms, walk.tier, walk.urgency)
        : terms.tiers[walk.tier].nextUpdate;
    if (target === null) {
      replace(walk, { ...pledge, state: "void", endedAt: at, runningSince: null });
    } else if (pledge.runningSince === null || pledge.dueAt === null) {
      replace(walk, { ...pledge, target });
    } else {
      const left = Math.max(0, target - pledge.usedMs / MINUTE);
      const fromStart = later(terms, walk.tier, pledge.runningSince, left);
      const fair = fromStart > at ? fromStart : Math.min(pledge.dueAt, later(terms, walk.tier, at, target));
      replace(walk, { ...pledge, target, dueAt: fair });
    }
  }
}
