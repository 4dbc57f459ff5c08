// A calendar's working hours as instants, one day of UTC at a time: the table that working-time arithmetic walks.
import { Temporal } from "temporal-polyfill";
import type { Calendar, Span } from "../policy.ts";
import type { Instant } from "../words.ts";
import { isHoliday } from "./holidays.ts";

export const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Working time from `start` up to, not including, `end`. */
export interface Stretch {
  start: Instant;
  end: Instant;
}

/** The working time inside the day of UTC with that number (days since the epoch), in order, without overlap. */
export type HoursOfDay = (utcDay: number) => readonly Stretch[];

const NOTHING: readonly Stretch[] = [];
const byObject = new WeakMap<Calendar, HoursOfDay>();
/** Calendars frozen on requests are new objects at each load; equal ones share a table. */
const byMeaning = new Map<string, HoursOfDay>();
const MEANINGS_KEPT = 256;

/**
 * The working hours of a calendar. An instant is working time when the clock on the wall of the calendar's zone shows a
 * time inside a span of that day, and the day is no holiday. So an hour the clock skips is no working time, and an hour it
 * shows twice counts twice. Computed once per day and calendar; calendars must not be changed afterwards.
 * Throws RangeError for a zone that does not exist.
 */
export function hoursOf(calendar: Calendar): HoursOfDay {
  const known = byObject.get(calendar);
  if (known) return known;
  const meaning = JSON.stringify([calendar.timezone, calendar.hours, calendar.holidays]);
  let hours = byMeaning.get(meaning);
  if (!hours) {
    hours = remembered(calendar);
    const oldest = byMeaning.keys().next();
    if (byMeaning.size >= MEANINGS_KEPT && !oldest.done) byMeaning.delete(oldest.value);
    byMeaning.set(meaning, hours);
  }
  byObject.set(calendar, hours);
  return hours;
}

/** Milliseconds that local time is ahead of UTC in the zone at an instant. */
export function offsetAt(timezone: string, at: Instant): number {
  return (
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).offsetNanoseconds / 1_000_000
  );
}

function remembered(calendar: Calendar): HoursOfDay {
  const days = new Map<number, readonly Stretch[]>();
  const off = new Set(calendar.holidays.days.map((day) => Date.parse(`${day}T00:00:00Z`) / DAY_MS));
  const spansOf = (localDay: number): readonly Span[] => {
    const spans = calendar.hours[weekdayOf(localDay)];
    if (spans.length === 0 || off.has(localDay)) return [];
    const { region } = calendar.holidays;
    return region !== null && isHoliday(region, localDay) ? [] : spans;
  };
  return (utcDay) => {
    let hours = days.get(utcDay);
    if (!hours) {
      hours = compute(calendar.timezone, spansOf, utcDay);
      days.set(utcDay, hours);
    }
    return hours;
  };
}

function compute(
  timezone: string,
  spansOf: (localDay: number) => readonly Span[],
  utcDay: number,
): readonly Stretch[] {
  const found: Stretch[] = [];
  for (const steady of steadyParts(timezone, utcDay)) {
    // Inside a part the offset holds, so the wall shows one unbroken run of local time.
    const from = steady.start + steady.offset;
    const to = steady.end + steady.offset;
    for (let localDay = Math.floor(from / DAY_MS); localDay * DAY_MS < to; localDay++) {
      for (const span of spansOf(localDay)) {
        const start = Math.max(from, localDay * DAY_MS + span.from * MINUTE_MS) - steady.offset;
        const end = Math.min(to, localDay * DAY_MS + span.to * MINUTE_MS) - steady.offset;
        if (start < end) found.push({ start, end });
      }
    }
  }
  return joined(found);
}

/** A day of UTC cut where the zone's offset changes. A zone that changes twice within one day of UTC has never been. */
function steadyParts(timezone: string, utcDay: number): readonly (Stretch & { offset: number })[] {
  const start = utcDay * DAY_MS;
  const end = start + DAY_MS;
  const before = offsetAt(timezone, start);
  const after = offsetAt(timezone, end - 1);
  if (before === after) return [{ start, end, offset: before }];
  let low = start;
  let high = end - 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(timezone, middle) === before) low = middle;
    else high = middle;
  }
  return [
    { start, end: high, offset: before },
    { start: high, end, offset: after },
  ];
}

function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  if (stretches.length === 0) return NOTHING;
  const result: Stretch[] = [];
  for (const { start, end } of stretches.toSorted((one, other) => one.start - other.start)) {
    const last = result.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}

/** ISO 8601: Monday 1. The epoch's first day was a Thursday. */
function weekdayOf(localDay: number): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
  return (((((localDay + 3) % 7) + 7) % 7) + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7;
}
