// When something is told that is told at a time of the day: the digest, the weekly summary.
import { Temporal } from "temporal-polyfill";
import type { Instant } from "../words.ts";

/** A time of the week on the wall of a zone. `at` is `9:00`, days as in ISO 8601 (Monday 1). */
export interface Appointment {
  at: string;
  days: readonly number[];
}

/**
 * The first instant after `after` at which the zone's clock shows the appointment. An hour that the clock skips that day is
 * told when it would have been, an hour later; one that comes twice is told once, the first time. Null without days.
 * Throws RangeError for a zone or a time that does not exist.
 */
export function nextAppointment(timezone: string, { at, days }: Appointment, after: Instant): Instant | null {
  return find(timezone, at, days, after, 1);
}

/** The last instant at or before `until` at which it was to be told; null without days. For what was missed while down. */
export function lastAppointment(timezone: string, { at, days }: Appointment, until: Instant): Instant | null {
  return find(timezone, at, days, until, -1);
}

function find(
  timezone: string,
  at: string,
  days: readonly number[],
  pivot: Instant,
  step: 1 | -1,
): Instant | null {
  const [hour = 0, minute = 0] = at.split(":").map(Number);
  const plainTime = Temporal.PlainTime.from({ hour, minute }, { overflow: "reject" });
  const today = Temporal.Instant.fromEpochMilliseconds(pivot).toZonedDateTimeISO(timezone).toPlainDate();
  // One day more on each side: around a day that a zone skips, "today" is not the first candidate.
  for (let offset = -1; offset <= 9; offset++) {
    const day = today.add({ days: offset * step });
    if (!days.includes(day.dayOfWeek)) continue;
    const told = day.toZonedDateTime({ timeZone: timezone, plainTime }).epochMilliseconds;
    if (step === 1 ? told > pivot : told <= pivot) return told;
  }
  return null;
}
