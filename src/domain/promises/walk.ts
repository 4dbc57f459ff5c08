// How the clocks of a request move while its history is walked: started, paused, run on, re-targeted, ended.
import type { Terms } from "../policy.ts";
import type { Instant, Tier, Urgency } from "../words.ts";
import { addWorking, workingBetween } from "./calendar.ts";
import type { Owed, Pledge, PledgeKind } from "./pledges.ts";

const MINUTE = 60_000;

/** Where a walk through a history stands. */
export interface Walk {
  /** What holds at this point of the history. */
  terms: Terms;
  /** What came to hold later, by an explicit act each; the next first. */
  laterTerms: Terms[];
  tier: Tier;
  urgency: Urgency;
  openedAt: Instant;
  answered: boolean;
  /** When staff last wrote in chat. */
  wroteAt: Instant;
  waiting: boolean;
  /** The customer is heated: each answer owes the next. */
  heated: boolean;
  /** Whether it is with engineering or a third party. */
  thirdParty: boolean;
  /** Whether the customer said that a workaround helped. */
  relieved: boolean;
  /** Working ms left of a paused promise, by its key. */
  left: Map<string, number>;
  /** Owed since then, though the tier sets no time: another tier may. */
  timeless: Map<Owed, Instant>;
  count: Record<PledgeKind, number>;
  pledges: Pledge[];
}

export function newWalk(terms: Terms): Walk {
  const [first = terms, ...later] = inOrderOfTime(terms);
  return {
    terms: first,
    laterTerms: later,
    tier: 4,
    urgency: "calm",
    openedAt: 0,
    answered: false,
    wroteAt: Number.NEGATIVE_INFINITY,
    waiting: false,
    heated: false,
    thirdParty: false,
    relieved: false,
    left: new Map(),
    timeless: new Map(),
    count: { first_answer: 0, next_update: 0, workaround: 0, resolution: 0, commitment: 0 },
    pledges: [],
  };
}

/** Terms remember those they replaced: the oldest first, what holds now last. */
function inOrderOfTime(terms: Terms): Terms[] {
  const all: Terms[] = [];
  for (let each: Terms | undefined = terms; each; each = each.before) all.unshift(each);
  return all;
}

/** Working time, or plain time for what runs around the clock. */
function later({ terms, tier }: Walk, from: Instant, minutes: number): Instant {
  return terms.tiers[tier].aroundTheClock
    ? from + minutes * MINUTE
    : addWorking(terms.calendar, from, minutes);
}

function used({ terms, tier }: Walk, from: Instant, to: Instant): number {
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

/**
 * Working minutes to the next update for one that began at `at`: another while it is with engineering, and another once
 * the request has been open for long ("hourly after 2 h", DESIGN section 2).
 */
function nextUpdateTarget(walk: Walk, at: Instant): number | null {
  const { nextUpdate, laterUpdate, thirdPartyUpdate } = walk.terms.tiers[walk.tier];
  if (nextUpdate === null) return null;
  if (walk.thirdParty && thirdPartyUpdate != null) return thirdPartyUpdate;
  const long = laterUpdate != null && used(walk, walk.openedAt, at) >= laterUpdate.after * MINUTE;
  return long ? laterUpdate.minutes : nextUpdate;
}

function targetOf(walk: Walk, kind: Owed, at: Instant): number | null {
  switch (kind) {
    case "first_answer":
      return firstAnswerTarget(walk.terms, walk.tier, walk.urgency);
    case "next_update":
      return nextUpdateTarget(walk, at);
    case "workaround":
    case "resolution":
      return walk.terms.tiers[walk.tier][kind] ?? null;
    default:
      return kind satisfies never;
  }
}

/** Promises not ended; one that ran past its due stays among them until somebody answers. */
export function open(walk: Walk): Pledge[] {
  return walk.pledges.filter((pledge) => pledge.endedAt === null);
}

function replace(walk: Walk, pledge: Pledge): void {
  walk.pledges = walk.pledges.map((other) => (other.key === pledge.key ? pledge : other));
}

/** Starts what is owed by the tier, unless it is owed already. */
export function begin(walk: Walk, kind: Owed, at: Instant): void {
  if (walk.timeless.has(kind) || open(walk).some((pledge) => pledge.kind === kind)) return;
  const target = targetOf(walk, kind, at);
  if (target === null) {
    walk.timeless.set(kind, at);
    return;
  }
  start(walk, kind, at, target, later(walk, at, target));
}

function start(walk: Walk, kind: Owed, at: Instant, target: number, dueAt: Instant): Pledge {
  walk.count[kind] += 1;
  const pledge: Pledge = {
    key: kind !== "next_update" && walk.count[kind] === 1 ? kind : `${kind}:${walk.count[kind]}`,
    kind,
    state: "running",
    startedAt: at,
    dueAt,
    endedAt: null,
    usedMs: 0,
    runningSince: at,
    target,
    by: null,
  };
  walk.pledges = [...walk.pledges, pledge];
  return pledge;
}

/** The due instant itself is late: a promise is kept before it. */
export function end(walk: Walk, pledge: Pledge, at: Instant, inTime: "met" | "void"): void {
  const late = pledge.dueAt !== null && at >= pledge.dueAt;
  const endedAt = Math.max(at, pledge.startedAt);
  replace(walk, { ...pledge, state: late ? "broken" : inTime, endedAt, runningSince: null });
}

export function pause(walk: Walk, pledge: Pledge, at: Instant): void {
  // What is broken stays broken: setting "waiting" afterwards must not hide it.
  if (pledge.runningSince === null || pledge.dueAt === null || at >= pledge.dueAt) return;
  const usedMs = pledge.usedMs + used(walk, pledge.runningSince, at);
  // Counted to the due instant, not from the target: a fairer one may have been set when the tier changed.
  const left = Math.min(used(walk, at, pledge.dueAt), (pledge.target ?? 0) * MINUTE);
  walk.left.set(pledge.key, left);
  replace(walk, { ...pledge, state: "paused", usedMs, runningSince: null, dueAt: null });
}

export function run(walk: Walk, pledge: Pledge, at: Instant): void {
  const left = (walk.left.get(pledge.key) ?? 0) / MINUTE;
  replace(walk, {
    ...pledge,
    state: "running",
    endedAt: null,
    runningSince: at,
    dueAt: later(walk, at, left),
  });
}

/** Resolved: the clock of the resolution stops, and keeps what it used. A reopening runs it on. */
export function stopResolution(walk: Walk, at: Instant): void {
  for (const pledge of open(walk)) {
    if (pledge.kind !== "resolution") continue;
    const { dueAt } = pledge;
    pause(walk, pledge, at);
    const stopped = walk.pledges.find(({ key }) => key === pledge.key) ?? pledge;
    end(walk, { ...stopped, dueAt }, at, "met");
  }
}

/** Reopened: what was stopped goes on with what was left; what was broken is still owed; what went away begins anew. */
export function continueResolution(walk: Walk, at: Instant): void {
  const last = walk.pledges.findLast(({ kind }) => kind === "resolution");
  if (last?.state === "met") run(walk, last, at);
  else if (last?.state === "broken") replace(walk, { ...last, endedAt: null });
  else begin(walk, "resolution", at);
}

/**
 * Sets the clocks anew after a change of tier or of how it feels: from the opening, and fairly. By `words` alone, which
 * nobody decided about, no time moves away from the customer.
 */
export function retarget(walk: Walk, at: Instant, by: "decision" | "words" = "decision"): void {
  const soonest = (fresh: number, before: number) => (by === "words" ? Math.min(fresh, before) : fresh);
  for (const pledge of open(walk)) {
    const { kind } = pledge;
    if (kind === "commitment" || (pledge.dueAt !== null && at >= pledge.dueAt)) continue;
    const target = targetOf(walk, kind, pledge.startedAt);
    if (target === null) {
      walk.timeless.set(kind, pledge.startedAt);
      end(walk, pledge, at, "void");
    } else if (pledge.runningSince === null || pledge.dueAt === null) {
      const left = target * MINUTE - pledge.usedMs;
      const before = walk.left.get(pledge.key) ?? 0;
      walk.left.set(pledge.key, soonest(left > 0 ? left : Math.min(before, target * MINUTE), before));
      replace(walk, { ...pledge, target });
    } else {
      const left = Math.max(0, target - pledge.usedMs / MINUTE);
      const fromStart = later(walk, pledge.runningSince, left);
      const fair = fromStart > at ? fromStart : Math.min(pledge.dueAt, later(walk, at, target));
      replace(walk, { ...pledge, target, dueAt: soonest(fair, pledge.dueAt) });
    }
  }
  for (const [kind, since] of walk.timeless) {
    const target = targetOf(walk, kind, since);
    if (target === null) continue;
    walk.timeless.delete(kind);
    const fromStart = later(walk, since, target);
    const fair = fromStart > at ? fromStart : later(walk, at, target);
    const pledge = start(walk, kind, since, target, fair);
    if (walk.waiting) pause(walk, pledge, at);
  }
}

/**
 * Other terms hold from now on. What was used is counted in the hours that held while it was used, and kept; only what is
 * left runs in the new ones.
 */
export function changeTerms(walk: Walk, at: Instant): void {
  const next = walk.laterTerms.shift();
  if (!next) return;
  for (const pledge of open(walk)) {
    if (pledge.runningSince === null || pledge.dueAt === null || at >= pledge.dueAt) continue;
    if (pledge.target === null) continue;
    const usedMs = pledge.usedMs + used(walk, pledge.runningSince, at);
    replace(walk, { ...pledge, usedMs, runningSince: Math.max(at, pledge.runningSince) });
  }
  walk.terms = next;
  retarget(walk, at);
}
