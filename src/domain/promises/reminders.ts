// When a request must be looked at again, and what is then to be told. Due is a column; this computes it.
import type { ReminderStep, Terms } from "../policy.ts";
import { pageAt } from "../request/paging.ts";
import { isActive, type RequestState, warningKey } from "../request/state.ts";
import type { Instant } from "../words.ts";
import { addWorking, isWorking, workingBetween } from "./calendar.ts";
import { type OfferAlarm, offerAlarms } from "./offers.ts";
import { isInternal, type Pledge } from "./pledges.ts";

const MINUTE = 60_000;

export type Alarm =
  | { kind: "acknowledge"; at: Instant }
  /** Somebody on call is to be called, or the next one. */
  | { kind: "page"; at: Instant }
  | { kind: "warn"; at: Instant; pledge: Pledge; step: number; whom: ReminderStep["whom"] }
  | { kind: "break"; at: Instant; pledge: Pledge }
  | { kind: "tell_late"; at: Instant; pledge: Pledge }
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

/** Everything that is still to happen by itself, earliest first. */
export function alarmsOf(state: RequestState, pledges: readonly Pledge[], terms: Terms): Alarm[] {
  if (!isActive(state)) return [];
  const alarms: Alarm[] = [...offerAlarms(state, terms)];
  const acknowledge = acknowledgeAt(state, terms);
  if (acknowledge !== null) alarms.push({ kind: "acknowledge", at: acknowledge });
  const page = pageAt(state, terms);
  if (page !== null) alarms.push({ kind: "page", at: page });
  for (const pledge of pledges) {
    if (pledge.endedAt !== null || pledge.dueAt === null) continue;
    const noticedAt = state.broken.get(pledge.key);
    if (noticedAt !== undefined) {
      if (
        state.status === "open" &&
        state.quiet === null &&
        !toldLate(state, pledge) &&
        !isInternal(pledge.kind)
      ) {
        // From when the owner got the draft: after a sleep of ours they are given the time to send it, too.
        const from = Math.max(pledge.dueAt, noticedAt);
        alarms.push({ kind: "tell_late", at: addWorking(terms.calendar, from, terms.grace), pledge });
      }
      continue;
    }
    alarms.push({ kind: "break", at: pledge.dueAt, pledge });
    for (const [step, reminder] of terms.reminders.entries()) {
      if (state.warned.has(warningKey(pledge.key, step, pledge.dueAt))) continue;
      const at = warnAt(pledge, reminder, terms, state);
      if (at < pledge.dueAt) alarms.push({ kind: "warn", at, pledge, step, whom: reminder.whom });
    }
  }
  return alarms.sort((a, b) => a.at - b.at);
}

/** The earliest alarm's instant, or null: the request sleeps until somebody acts. */
export function wakeAt(state: RequestState, pledges: readonly Pledge[], terms: Terms): Instant | null {
  return alarmsOf(state, pledges, terms)[0]?.at ?? null;
}

/** Whether the customer knows that we are late. An acknowledgement that comes after the end says so itself. */
function toldLate(state: RequestState, pledge: Pledge): boolean {
  if (state.toldLate.has(pledge.key)) return true;
  const acknowledged = state.acknowledgedAt ?? Number.NEGATIVE_INFINITY;
  return pledge.kind === "first_answer" && pledge.dueAt !== null && acknowledged >= pledge.dueAt;
}

/**
 * When a share of the promised time is used; for a commitment, of the working time between the words and their instant,
 * so that "tomorrow at ten" reminds nobody at night. Words given for a time outside hours are reminded of then.
 */
function warnAt(pledge: Pledge, step: ReminderStep, terms: Terms, state: RequestState): Instant {
  const due = pledge.dueAt ?? pledge.startedAt;
  if (pledge.target === null || pledge.runningSince === null) {
    const working = workingBetween(terms.calendar, pledge.startedAt, due);
    const left = (1 - step.used) * (working > 0 ? working : due - pledge.startedAt);
    return working > 0 ? addWorking(terms.calendar, due, -left / MINUTE) : due - left;
  }
  const left = pledge.target * (1 - step.used);
  // Counted back from the due instant: right after pauses and changes of tier too.
  return terms.tiers[state.tier].aroundTheClock
    ? due - left * MINUTE
    : addWorking(terms.calendar, due, -left);
}
