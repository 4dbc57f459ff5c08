// The promises of a request and their clocks, derived from its history alone: replaying gives the same instants.
import type { Terms } from "../policy.ts";
import type { Fact } from "../request/facts.ts";
import type { Instant, Tier, Urgency } from "../words.ts";
import { addWorking, workingBetween } from "./calendar.ts";

export type PledgeKind = "first_answer" | "next_update" | "commitment";
/**
 * `void`: the promise ended neither met nor broken: the request went away, the new tier promises nothing of the kind, or
 * it was resolved without a word to the customer, which is no answer to count as kept.
 */
export type PledgeState = "running" | "paused" | "met" | "broken" | "void";

export interface Pledge {
  /** `first_answer` (owed anew, `first_answer:2`), `next_update:2`, `commitment:1`; unique in its request. */
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

/** What the customer is owed by the tier, as against what somebody gave their word for. */
type Owed = "first_answer" | "next_update";

interface Walk {
  tier: Tier;
  urgency: Urgency;
  openedAt: Instant;
  answered: boolean;
  /** When staff last wrote in chat. */
  wroteAt: Instant;
  waiting: boolean;
  /** Working ms left of a paused promise, by its key. */
  left: Map<string, number>;
  /** Owed since then, though the tier sets no time: another tier may. */
  timeless: Map<Owed, Instant>;
  count: Record<PledgeKind, number>;
  pledges: Pledge[];
}

/**
 * Every promise of a request, oldest first, as it stands at `now`. Rules, each with its source:
 * an answer meets the first answer even when "waiting" is set in the same step (zammad#3551); a next update runs only
 * from a message of the customer that staff has not answered (zammad#3140, chatwoot#10178); a pause keeps what was
 * used (glpi#15605); a new tier counts from the opening, and where that is already past, from the change, but
 * never later than what was promised before; what was written before the customer wrote answers nothing (events may
 * arrive in any order).
 */
export function pledgesOf(history: readonly Fact[], terms: Terms, now: Instant): Pledge[] {
  const walk: Walk = {
    tier: 4,
    urgency: "calm",
    openedAt: 0,
    answered: false,
    wroteAt: Number.NEGATIVE_INFINITY,
    waiting: false,
    left: new Map(),
    timeless: new Map(),
    count: { first_answer: 0, next_update: 0, commitment: 0 },
    pledges: [],
  };
  for (const fact of inOrder(history)) step(walk, fact, terms);
  return walk.pledges.map((pledge) =>
    pledge.state === "running" && pledge.dueAt !== null && pledge.dueAt <= now
      ? { ...pledge, state: "broken" }
      : pledge,
  );
}

/**
 * Messages as they were written, not as we heard of them: two connections deliver in any order. Only what stands
 * together is put in order; an act in between happened on our own clock, and nothing passes it.
 */
function inOrder(history: readonly Fact[]): readonly Fact[] {
  const ordered: Fact[] = [];
  let heard: Fact[] = [];
  const settle = () => {
    ordered.push(...heard.sort((a, b) => a.at - b.at));
    heard = [];
  };
  for (const fact of history) {
    if (isHeard(fact)) {
      heard.push(fact);
    } else {
      settle();
      ordered.push(fact);
    }
  }
  settle();
  return ordered;
}

/** Whether its instant is the platform's: it came with a message. */
function isHeard(fact: Fact): boolean {
  switch (fact.kind) {
    case "said":
    case "courtesy":
    case "helped":
    case "aside":
    case "broken":
    case "felt":
    case "resumed":
      return true;
    case "answered":
      return fact.message !== null;
    case "tiered":
      return fact.how === "rules";
    default:
      return false;
  }
}

function step(walk: Walk, fact: Fact, terms: Terms): void {
  switch (fact.kind) {
    case "opened":
      walk.tier = fact.tier;
      walk.urgency = fact.urgency;
      walk.openedAt = fact.at;
      begin(walk, "first_answer", fact.at, terms);
      return;
    case "said":
      if (walk.answered && fact.at >= walk.wroteAt) begin(walk, "next_update", fact.at, terms);
      return;
    case "answered": {
      // Messages carry the platform's time and may arrive late; what the bot says in somebody's name is said now.
      const written = fact.message !== null;
      if (written) walk.wroteAt = Math.max(walk.wroteAt, fact.at);
      if (!written || fact.at >= walk.openedAt) walk.answered = true;
      for (const pledge of open(walk))
        if (!written || pledge.startedAt <= fact.at) end(walk, pledge, fact.at, "met");
      for (const [kind, since] of walk.timeless) if (!written || since <= fact.at) walk.timeless.delete(kind);
      return;
    }
    case "resolved":
    case "confirmed":
    case "dismissed":
      walk.waiting = false;
      walk.timeless.clear();
      for (const pledge of open(walk)) {
        const kept = fact.kind === "resolved" && pledge.kind === "commitment";
        end(walk, pledge, fact.at, kept ? "met" : "void");
      }
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
      walk.waiting = true;
      for (const pledge of open(walk)) if (pledge.target !== null) pause(walk, pledge, fact.at, terms);
      return;
    case "resumed":
      walk.waiting = false;
      for (const pledge of open(walk)) if (pledge.state === "paused") run(walk, pledge, fact.at, terms);
      return;
    case "reopened":
      // Who was never answered is still owed that, whatever was resolved without a word to them.
      begin(walk, walk.answered ? "next_update" : "first_answer", fact.at, terms);
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

function targetOf(walk: Walk, kind: Owed, terms: Terms): number | null {
  return kind === "first_answer"
    ? firstAnswerTarget(terms, walk.tier, walk.urgency)
    : terms.tiers[walk.tier].nextUpdate;
}

/** Starts what is owed by the tier, unless the customer is owed it already. */
function begin(walk: Walk, kind: Owed, at: Instant, terms: Terms): void {
  if (walk.timeless.has(kind) || open(walk).some((pledge) => pledge.kind === kind)) return;
  const target = targetOf(walk, kind, terms);
  if (target === null) {
    walk.timeless.set(kind, at);
    return;
  }
  start(walk, kind, at, target, later(terms, walk.tier, at, target));
}

function start(walk: Walk, kind: Owed, at: Instant, target: number, dueAt: Instant): Pledge {
  walk.count[kind] += 1;
  const pledge: Pledge = {
    key: kind === "first_answer" && walk.count[kind] === 1 ? kind : `${kind}:${walk.count[kind]}`,
    kind,
    state: "running",
    startedAt: at,
    dueAt,
    endedAt: null,
    usedMs: 0,
    runningSince: at,
    target,
  };
  walk.pledges = [...walk.pledges, pledge];
  return pledge;
}

/** The due instant itself is late: a promise is kept before it. */
function end(walk: Walk, pledge: Pledge, at: Instant, inTime: "met" | "void"): void {
  const late = pledge.dueAt !== null && at >= pledge.dueAt;
  const endedAt = Math.max(at, pledge.startedAt);
  replace(walk, { ...pledge, state: late ? "broken" : inTime, endedAt, runningSince: null });
}

function pause(walk: Walk, pledge: Pledge, at: Instant, terms: Terms): void {
  // What is broken stays broken: setting "waiting" afterwards must not hide it.
  if (pledge.runningSince === null || pledge.dueAt === null || at >= pledge.dueAt) return;
  const usedMs = pledge.usedMs + used(terms, walk.tier, pledge.runningSince, at);
  // Counted to the due instant, not from the target: a fairer one may have been set when the tier changed.
  const left = Math.min(used(terms, walk.tier, at, pledge.dueAt), (pledge.target ?? 0) * MINUTE);
  walk.left.set(pledge.key, left);
  replace(walk, { ...pledge, state: "paused", usedMs, runningSince: null, dueAt: null });
}

function run(walk: Walk, pledge: Pledge, at: Instant, terms: Terms): void {
  const left = (walk.left.get(pledge.key) ?? 0) / MINUTE;
  replace(walk, { ...pledge, state: "running", runningSince: at, dueAt: later(terms, walk.tier, at, left) });
}

function retarget(walk: Walk, at: Instant, terms: Terms): void {
  for (const pledge of open(walk)) {
    if (pledge.kind === "commitment" || (pledge.dueAt !== null && at >= pledge.dueAt)) continue;
    const target = targetOf(walk, pledge.kind, terms);
    if (target === null) {
      walk.timeless.set(pledge.kind, pledge.startedAt);
      end(walk, pledge, at, "void");
    } else if (pledge.runningSince === null || pledge.dueAt === null) {
      const left = target * MINUTE - pledge.usedMs;
      const before = walk.left.get(pledge.key) ?? 0;
      walk.left.set(pledge.key, left > 0 ? left : Math.min(before, target * MINUTE));
      replace(walk, { ...pledge, target });
    } else {
      const left = Math.max(0, target - pledge.usedMs / MINUTE);
      const fromStart = later(terms, walk.tier, pledge.runningSince, left);
      const fair = fromStart > at ? fromStart : Math.min(pledge.dueAt, later(terms, walk.tier, at, target));
      replace(walk, { ...pledge, target, dueAt: fair });
    }
  }
  for (const [kind, since] of walk.timeless) {
    const target = targetOf(walk, kind, terms);
    if (target === null) continue;
    walk.timeless.delete(kind);
    const fromStart = later(terms, walk.tier, since, target);
    const fair = fromStart > at ? fromStart : later(terms, walk.tier, at, target);
    const pledge = start(walk, kind, since, target, fair);
    if (walk.waiting) pause(walk, pledge, at, terms);
  }
}
