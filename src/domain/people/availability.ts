// When somebody can be reached: their working hours, less the days they are away. Nothing is told to a person outside of it.
import { Temporal } from "temporal-polyfill";
import type { Calendar } from "../policy.ts";
import { DAY_MS, hoursOf, type Stretch } from "../promises/hours.ts";
import type { Instant, PersonId } from "../words.ts";

/** Away from `from` up to, not including, `until`; `backup` looks after their requests. */
export interface Absence {
  from: Instant;
  until: Instant;
  backup: PersonId | null;
}

export interface Availability {
  calendar: Calendar;
  /** In any order; they may overlap. */
  absences: readonly Absence[];
}

/** After so many days of UTC in which somebody is never there, nobody waits for them. */
const HORIZON_DAYS = 400;

/** The absence somebody is on at that instant, the one that ends last; null when they are not away. */
export function awayAt({ absences }: Availability, at: Instant): Absence | null {
  const now = absences.filter(({ from, until }) => from <= at && at < until);
  return now.toSorted((one, other) => other.until - one.until)[0] ?? null;
}

/** Whether they work at that instant. The opening minute is theirs, the closing one is not. */
export function isAvailable(availability: Availability, at: Instant): boolean {
  return presentOn(availability, Math.floor(at / DAY_MS)).some(({ start, end }) => start <= at && at < end);
}

/** The first instant at or after `at` at which they work (`at` itself while they do), or null: not within a year. */
export function nextAvailable(availability: Availability, at: Instant): Instant | null {
  const today = Math.floor(at / DAY_MS);
  for (let day = today; day < today + HORIZON_DAYS; day++) {
    for (const { start, end } of presentOn(availability, day)) if (end > at) return Math.max(start, at);
  }
  return null;
}

/**
 * The stretch in which they last worked before `at`, cut there and at `after`; null when they did not work between the two.
 * For what must still be told before they go.
 */
export function lastPresent(availability: Availability, after: Instant, at: Instant): Stretch | null {
  for (let day = Math.floor(at / DAY_MS); (day + 1) * DAY_MS > after; day--) {
    for (const { start, end } of presentOn(availability, day).toReversed()) {
      if (start >= at || end <= after) continue;
      return { start: Math.max(start, after), end: Math.min(end, at) };
    }
  }
  return null;
}

/**
 * The end of their last working span of the local day of `at`, in their own zone; null on a day they do not work. Whoever is
 * away from noon on goes at noon.
 */
export function endOfDay(availability: Availability, at: Instant): Instant | null {
  const zone = availability.calendar.timezone;
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).startOfDay();
  const start = today.epochMilliseconds;
  const end = today.add({ days: 1 }).epochMilliseconds;
  return lastPresent(availability, start, end)?.end ?? null;
}

/** When they are there within a day of UTC, in order. */
function presentOn({ calendar, absences }: Availability, utcDay: number): readonly Stretch[] {
  let present = hoursOf(calendar)(utcDay);
  for (const { from, until } of absences) {
    if (until <= utcDay * DAY_MS || from >= (utcDay + 1) * DAY_MS) continue;
    present = present.flatMap(({ start, end }) =>
      [
        { start, end: Math.min(end, from) },
        { start: Math.max(start, until), end },
      ].filter((part) => part.start < part.end),
    );
  }
  return present;
}
