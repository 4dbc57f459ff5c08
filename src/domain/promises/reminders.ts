// When a request must be looked at again, and what is then to be told. Due is a column; this computes it.
import type { Availability } from "../people/availability.ts";
import type { ReminderStep, Terms } from "../policy.ts";
import { assignAt } from "../request/assigning.ts";
import { pageAt } from "../request/paging.ts";
import { isActive, type RequestState, warningKey } from "../request/state.ts";
import type { Instant } from "../words.ts";
import { addWorking, isWorking, nextOpening } from "./calendar.ts";
import { ladderOf, stepAt, whenBack, withinHours } from "./ladder.ts";
import { type OfferAlarm, offerAlarms } from "./offers.ts";
import { isInternal, type Pledge } from "./pledges.ts";

const MINUTE = 60_000;
/** A repetition that would be told this often has lost its sense; a safeguard against a step of one minute. */
const MOST_TIMES = 200;

/** The step's number for what comes back after it was put off. */
export const SNOOZED = -1;

export type Alarm =
  | { kind: "acknowledge"; at: Instant }
  /** Somebody on call is to be called, or the next one. */
  | { kind: "page"; at: Instant }
  /** `time` 0 is the first of a step that repeats. */
  | {
      kind: "warn";
      at: Instant;
      pledge: Pledge;
      step: number;
      time: number;
      whom: ReminderStep["whom"];
      how: NonNullable<ReminderStep["how"]>;
    }
  /** Somebody is to be given it by policy. */
  | { kind: "assign"; at: Instant }
  | { kind: "break"; at: Instant; pledge: Pledge }
  | { kind: "tell_late"; at: Instant; pledge: Pledge }
  /** A complaint was closed some days ago: time to look in. */
  | { kind: "look_in"; at: Instant }
  /** Today somebody wanted to follow up a chance. */
  | { kind: "follow_up"; at: Instant }
  | OfferAlarm;

/** When the acknowledgement is to be said, or null: said, answered, or nobody to say it to. */
export function acknowledgeAt(state: RequestState, terms: Terms): Instant | null {
  // While the customer owes us an answer somebody has spoken to them already.
  if (state.quiet !== null || state.status !== "open") return null;
  if (state.acknowledgedAt !== null || state.answeredAt !== null) return null;
  // Who is alarmed hears at once that it was seen (DESIGN idea 2).
  if (state.urgency === "alarmed" && state.byHand === null) return state.openedAt;
  // A colleague who opened it by hand is there at any hour, and is left the time to write.
  const within = state.byHand !== null || isWorking(terms.calendar, state.openedAt);
  return within ? state.openedAt + terms.acknowledgeAfter * MINUTE : state.openedAt;
}

const FOLLOW_UP_BEFORE = 8 * 60 * MINUTE;

/** The beginning of that working day: at the hour itself it would be too late, unless it was taken for that same day. */
function dayOfFollowUp({ since, until }: { since: Instant; until: Instant }, terms: Terms): Instant {
  const morning = until - FOLLOW_UP_BEFORE;
  const at = isWorking(terms.calendar, morning) ? morning : nextOpening(terms.calendar, morning);
  return at === null || at <= since ? until : Math.min(at, until);
}

const LOOK_IN_AFTER = 3 * 24 * 60 * MINUTE;

/** Three days after a complaint was closed, in working hours, once (DESIGN idea 6); null: nothing to look into. */
function lookInAt(state: RequestState, terms: Terms): Instant | null {
  const ended = state.status === "resolved" || state.status === "closed";
  const closed = state.closedAt ?? state.resolvedAt;
  if (!ended || closed === null || state.lookedInAt !== null || !state.signals.has("complaint")) return null;
  const at = (state.resolvedAt ?? closed) + LOOK_IN_AFTER;
  return isWorking(terms.calendar, at) ? at : nextOpening(terms.calendar, at);
}

/**
 * Everything that is still to happen by itself, earliest first. `owner` says when the owner works; null where nobody owns it, or
 * where it makes no difference.
 */
export function alarmsOf(
  state: RequestState,
  pledges: readonly Pledge[],
  terms: Terms,
  owner: Availability | null = null,
): Alarm[] {
  const { chance } = state;
  // Whatever becomes of the request: a chance has a day of its own.
  const followUp: Alarm[] =
    chance && !chance.reminded ? [{ kind: "follow_up", at: dayOfFollowUp(chance, terms) }] : [];
  if (!isActive(state)) {
    const at = lookInAt(state, terms);
    return at === null
      ? followUp
      : [...followUp, { kind: "look_in", at } as const].sort((a, b) => a.at - b.at);
  }
  const alarms: Alarm[] = [...offerAlarms(state, terms), ...followUp];
  const acknowledge = acknowledgeAt(state, terms);
  if (acknowledge !== null) alarms.push({ kind: "acknowledge", at: acknowledge });
  const assign = assignAt(state, terms);
  if (assign !== null) alarms.push({ kind: "assign", at: assign });
  const page = pageAt(state, terms);
  if (page !== null) alarms.push({ kind: "page", at: page });
  for (const pledge of pledges) {
    if (pledge.endedAt !== null || pledge.dueAt === null) continue;
    const noticedAt = state.broken.get(pledge.key);
    if (noticedAt === undefined) alarms.push({ kind: "break", at: pledge.dueAt, pledge });
    else if (
      state.status === "open" &&
      state.quiet === null &&
      !toldLate(state, pledge) &&
      !toldWhileLeaving(state) &&
      !isInternal(pledge.kind)
    ) {
      // From when the owner got the draft: after a sleep of ours they are given the time to send it, too.
      const from = Math.max(pledge.dueAt, noticedAt);
      alarms.push({ kind: "tell_late", at: addWorking(terms.calendar, from, terms.grace), pledge });
    }
    alarms.push(...warningsOf(state, pledge, terms, owner, noticedAt !== undefined));
  }
  return alarms.sort((a, b) => a.at - b.at);
}

/** The next time of each step of the ladder, and what comes back after it was put off. */
function warningsOf(
  state: RequestState,
  pledge: Pledge,
  terms: Terms,
  owner: Availability | null,
  broken: boolean,
): Alarm[] {
  const due = pledge.dueAt ?? pledge.startedAt;
  const snoozed = state.snoozed.get(pledge.key);
  const quietUntil = snoozed?.until ?? Number.NEGATIVE_INFINITY;
  const warnings: Alarm[] = [];
  const add = (at: Instant, step: number, time: number, said: Pick<ReminderStep, "whom" | "how">) => {
    const how = said.how ?? "direct";
    warnings.push({ kind: "warn", at, pledge, step, time, whom: said.whom, how });
  };
  for (const [step, said] of ladderOf(terms, state.tier).entries()) {
    const after = "after" in said;
    // Before the end it warns; once broken, only what is said to come after it is left.
    if (after !== broken && !(broken && said.until === "answered")) continue;
    const told = state.warned.get(warningKey(pledge.key, step, due));
    const time = told === undefined ? 0 : told + 1;
    if (broken && !after && time === 0) continue;
    if (time > MOST_TIMES || (time > 0 && state.onIt.has(pledge.key))) continue;
    const planned = stepAt(pledge, said, time, terms, state.tier);
    if (planned === null) continue;
    const hours = said.whom === "owner" && owner !== null && !atAnyHour(state, terms) ? owner : null;
    const their = hours && (broken ? whenBack(hours, planned) : withinHours(hours, planned, pledge));
    const at = Math.max(quietUntil, their ?? planned);
    // Put off until it is too late, it is not told: the end is.
    if (!broken && at >= due) continue;
    add(at, step, time, said);
  }
  if (snoozed && !state.warned.has(warningKey(pledge.key, SNOOZED, snoozed.until)))
    add(snoozed.until, SNOOZED, 0, { whom: "owner" });
  return warnings;
}

/** Whoever has a first tier that runs around the clock, or that somebody is called for, is told at any hour. */
export function atAnyHour({ tier, page }: RequestState, terms: Terms): boolean {
  return tier === 1 && (terms.tiers[1].aroundTheClock || page.asked !== null || page.calls.length > 0);
}

/** The earliest alarm's instant, or null: the request sleeps until somebody acts. */
export function wakeAt(
  state: RequestState,
  pledges: readonly Pledge[],
  terms: Terms,
  owner: Availability | null = null,
): Instant | null {
  return alarmsOf(state, pledges, terms, owner)[0]?.at ?? null;
}

/** Who leaves is told once in our silence that we are late, not of each promise: our reminders to them stop (decision 0021). */
function toldWhileLeaving({ signals, toldLateAt, staffAt }: RequestState): boolean {
  const since = signals.get("leaving");
  return since !== undefined && toldLateAt !== null && toldLateAt >= since && (staffAt ?? 0) <= toldLateAt;
}

/** Whether the customer knows that we are late. An acknowledgement that comes after the end says so itself. */
function toldLate(state: RequestState, pledge: Pledge): boolean {
  if (state.toldLate.has(pledge.key)) return true;
  const acknowledged = state.acknowledgedAt ?? Number.NEGATIVE_INFINITY;
  return pledge.kind === "first_answer" && pledge.dueAt !== null && acknowledged >= pledge.dueAt;
}
