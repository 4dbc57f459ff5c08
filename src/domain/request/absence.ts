// A colleague is away for long: what is owed to customers meanwhile goes to somebody who is there, with its cause.
import { type Absence, type Availability, awayAt } from "../people/availability.ts";
import { workingBetween } from "../promises/calendar.ts";
import { type Pledge, pledgesOf } from "../promises/pledges.ts";
import type { Instant, PersonId, WorkingMinutes } from "../words.ts";
import { hasAnswered, toldOf } from "./ownership.ts";
import { fact, nothing, type Plan, type Situation } from "./plan.ts";
import { isActive } from "./state.ts";

const MINUTE = 60_000;
/** After `/away`, ms: who went by mistake takes it back, and nothing has moved. */
export const SECOND_THOUGHTS = 10 * MINUTE;

/** Whether an absence takes more of somebody's working time than `longer` minutes; null: none is ever long. */
export function isLong(
  { from, until }: Absence,
  { calendar }: Availability,
  longer: WorkingMinutes | null,
): boolean {
  return longer !== null && workingBetween(calendar, from, until) > longer * MINUTE;
}

/** Whether something is owed, or owed already, before they are back. */
export function owedBefore(pledges: readonly Pledge[], until: Instant): boolean {
  return pledges.some(({ endedAt, dueAt }) => endedAt === null && dueAt !== null && dueAt < until);
}

/**
 * Moves a request away from an owner who is on a long absence: to `to`, or to nobody where nobody is there. Nothing while it
 * is offered to somebody, who may accept yet. The clocks go on; the customer is told only if they know who had it.
 */
export function decideAbsence(
  situation: Situation,
  absent: { owner: PersonId; availability: Availability; longer: WorkingMinutes | null },
  to: PersonId | null,
): Plan {
  const { state, now, history, terms } = situation;
  if (!isActive(state) || state.owner !== absent.owner || state.offer !== null || to === absent.owner)
    return nothing;
  const absence = awayAt(absent.availability, now);
  if (absence === null || now < absence.from + SECOND_THOUGHTS) return nothing;
  if (!isLong(absence, absent.availability, absent.longer)) return nothing;
  if (!owedBefore(pledgesOf(history, terms, now), absence.until)) return nothing;
  const from = absent.owner;
  if (to === null) {
    return {
      ...nothing,
      facts: [fact({ kind: "released", why: "away" }, now, null)],
      notices: [{ kind: "card" }, { kind: "released", by: from, at: now, away: true }],
    };
  }
  return {
    ...nothing,
    facts: [fact({ kind: "owned", owner: to, how: "handed_over", why: "away" }, now, null)],
    notices: [
      { kind: "card" },
      { kind: "stand_in", to, from, at: now, until: absence.until, together: true },
      ...(hasAnswered(history, from) ? toldOf(situation, { to, from, knows: false }) : []),
    ],
  };
}
