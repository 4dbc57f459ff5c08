// When each step of the ladder comes: so much of the time used, so long before the end, so long after it; once, or again and again.
import {
  type Availability,
  awayAt,
  isAvailable,
  lastPresent,
  nextAvailable,
} from "../people/availability.ts";
import type { ReminderStep, Terms } from "../policy.ts";
import type { Instant, Tier } from "../words.ts";
import { addWorking, workingBetween } from "./calendar.ts";
import type { Pledge } from "./pledges.ts";

const MINUTE = 60_000;
/** Every warning leaves at least this long to act, or this share of the time promised, whichever is less. */
const LEAST_MINUTES = 30;
const LEAST_SHARE = 1 / 5;
/** What would fall outside somebody's hours is told so long before they go, ms: they still have to do it. */
const BEFORE_THEY_GO = 15 * MINUTE;

/** The steps that hold in a tier: its own, else those of all tiers. */
export function ladderOf(terms: Terms, tier: Tier): readonly ReminderStep[] {
  return terms.tiers[tier].reminders ?? terms.reminders;
}

/**
 * When a step comes for the `time`-th time (0: the first), or null: not any more. A warning before the end never comes so late
 * that less than half an hour, or a fifth of the time promised where that is less, is left; a step that says so is brought forward.
 * Repetitions count from the first, in working time, and end with the promise, with an answer, or after so many times.
 */
export function stepAt(
  pledge: Pledge,
  step: ReminderStep,
  time: number,
  terms: Terms,
  tier: Tier,
): Instant | null {
  const { dueAt } = pledge;
  if (dueAt === null) return null;
  const until = step.until ?? "end";
  if (time > 0 && step.every === undefined) return null;
  if (typeof until === "number" && time >= until) return null;
  const line = timeLine(pledge, dueAt, terms, tier);
  const first = line.from(dueAt, "after" in step ? step.after : -leftAt(step, line.total));
  const at = time === 0 ? first : line.from(first, time * (step.every ?? 0));
  if ("after" in step) return at;
  // The end itself is told by the breach.
  return at < dueAt || (until !== "end" && time > 0) ? at : null;
}

/** Working minutes that are left when the step comes. */
function leftAt(step: { used: number } | { before: number }, total: number): number {
  const asked = "used" in step ? total * (1 - step.used) : step.before;
  return Math.min(total, Math.max(asked, Math.min(LEAST_MINUTES, total * LEAST_SHARE)));
}

interface TimeLine {
  /** Minutes from the beginning to the end of the promise. */
  total: number;
  /** So many minutes later, or earlier where negative. */
  from(at: Instant, minutes: number): Instant;
}

/**
 * A promise of the tier counts working time, or plain time around the clock, back from its end: right after pauses and changes of
 * tier too. A commitment counts the working time between the words and their instant, so that "tomorrow at ten" reminds nobody
 * at night; words given for a time outside hours are reminded of then.
 */
function timeLine(pledge: Pledge, dueAt: Instant, terms: Terms, tier: Tier): TimeLine {
  const plain = (at: Instant, minutes: number) => at + minutes * MINUTE;
  const working = (at: Instant, minutes: number) => addWorking(terms.calendar, at, minutes);
  if (pledge.target !== null)
    return { total: pledge.target, from: terms.tiers[tier].aroundTheClock ? plain : working };
  const between = workingBetween(terms.calendar, pledge.startedAt, dueAt);
  return between > 0
    ? { total: between / MINUTE, from: working }
    : { total: (dueAt - pledge.startedAt) / MINUTE, from: plain };
}

/**
 * When the owner is told what falls at `at`. Outside their hours it is told before they go, or, where they were not there since
 * the promise began, as soon as they come, if that is before the end. While they are away it stays where it is: somebody else is
 * told. `at` itself, too, where no hour of theirs is left: the team must know.
 */
export function withinHours(owner: Availability, at: Instant, pledge: Pledge): Instant {
  if (isAvailable(owner, at) || awayAt(owner, at) !== null) return at;
  const before = lastPresent(owner, pledge.startedAt, at);
  if (before) return Math.max(before.start, before.end - BEFORE_THEY_GO);
  const next = nextAvailable(owner, at);
  return next !== null && next < (pledge.dueAt ?? next) ? next : at;
}

/** When the owner hears what is to be said after the end: in their hours; while they are away somebody else hears it. */
export function whenBack(owner: Availability, at: Instant): Instant {
  return awayAt(owner, at) === null ? (nextAvailable(owner, at) ?? at) : at;
}

/** How often a step has come by `now`: of what was missed while nobody looked only the last is told. */
export function timesBy(
  pledge: Pledge,
  step: ReminderStep,
  next: number,
  terms: Terms,
  tier: Tier,
  now: Instant,
): number {
  let time = next;
  for (;;) {
    const at = stepAt(pledge, step, time + 1, terms, tier);
    if (at === null || at > now) return time;
    time += 1;
  }
}
