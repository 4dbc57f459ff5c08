// Working-time arithmetic. Durations are real time elapsed while the calendar is open; results are exact to the millisecond.
import type { Calendar, Span } from "../policy.ts";
import type { Instant, WorkingMinutes } from "../words.ts";
import { DAY_MS, type HoursOfDay, hoursOf } from "./hours.ts";

const MINUTE_MS = 60_000;
/** After so many days of UTC without an open minute, the calendar has none to give. */
const HORIZON_DAYS = 800;
/** Nobody reads "one working day" as more than this, however long the doors stand open. */
const LONGEST_DAY: WorkingMinutes = 480;

/**
 * The instant at which `minutes` of working time have passed since `from`; negative minutes go backwards. Time that runs
 * out exactly when a span closes ends there, not at the next opening. Zero minutes is `from` itself, open or not.
 * Throws RangeError when the calendar has no (more) working hours to walk through.
 */
export function addWorking(calendar: Calendar, from: Instant, minutes: WorkingMinutes): Instant {
  const left = Math.round(minutes * MINUTE_MS);
  if (left === 0) return from;
  const hours = hoursOf(calendar);
  return left > 0 ? forwards(calendar, hours, from, left) : backwards(calendar, hours, from, -left);
}

function forwards(calendar: Calendar, hours: HoursOfDay, from: Instant, ms: number): Instant {
  let left = ms;
  let idle = 0;
  for (let day = Math.floor(from / DAY_MS); idle < HORIZON_DAYS; day++, idle++) {
    for (const { start, end } of hours(day)) {
      if (end <= from) continue;
      const begin = start > from ? start : from;
      if (left <= end - begin) return begin + left;
      left -= end - begin;
      idle = 0;
    }
  }
  throw noHours(calendar);
}

function backwards(calendar: Calendar, hours: HoursOfDay, from: Instant, ms: number): Instant {
  let left = ms;
  let idle = 0;
  for (let day = Math.floor(from / DAY_MS); idle < HORIZON_DAYS; day--, idle++) {
    for (const { start, end } of hours(day).toReversed()) {
      if (start >= from) continue;
      const finish = end < from ? end : from;
      if (left <= finish - start) return finish - left;
      left -= finish - start;
      idle = 0;
    }
  }
  throw noHours(calendar);
}

/** Milliseconds of working time between two instants; negative when `to` is before `from`. Never throws for empty hours. */
export function workingBetween(calendar: Calendar, from: Instant, to: Instant): number {
  if (to < from) return 0 - workingBetween(calendar, to, from);
  const hours = hoursOf(calendar);
  let total = 0;
  for (let day = Math.floor(from / DAY_MS); day * DAY_MS < to; day++) {
    for (const { start, end } of hours(day)) {
      const length = Math.min(end, to) - Math.max(start, from);
      if (length > 0) total += length;
    }
  }
  return total;
}

/** Whether the team works at that instant. The opening minute is working time, the closing one is not. */
export function isWorking(calendar: Calendar, at: Instant): boolean {
  return hoursOf(calendar)(Math.floor(at / DAY_MS)).some(({ start, end }) => start <= at && at < end);
}

/** The first working instant at or after `at` (`at` itself while open), or null when the calendar never opens again. */
export function nextOpening(calendar: Calendar, at: Instant): Instant | null {
  const hours = hoursOf(calendar);
  const today = Math.floor(at / DAY_MS);
  for (let day = today; day < today + HORIZON_DAYS; day++) {
    for (const { start, end } of hours(day)) if (end > at) return Math.max(start, at);
  }
  return null;
}

/** When the span that is open at `at` closes (a lunch break closes it too), or null when it is not open. */
export function closingTime(calendar: Calendar, at: Instant): Instant | null {
  const hours = hoursOf(calendar);
  let closing: Instant | null = null;
  const today = Math.floor(at / DAY_MS);
  // The table is cut at midnight UTC: a span that goes on behind the cut is still the same one.
  for (let day = today; day < today + HORIZON_DAYS; day++) {
    const before: Instant | null = closing;
    for (const { start, end } of hours(day)) {
      if (closing === null ? start <= at && at < end : start === closing) closing = end;
    }
    if (closing === before || closing === null || closing < (day + 1) * DAY_MS) break;
  }
  return closing;
}

/**
 * What "one working day" of this calendar means in minutes: the average of the days that have hours, and never more
 * than eight hours. So 9:00-14:00 and 15:00-18:00 is 480, mornings only is 300, around the clock is 480.
 */
export function workingDay(calendar: Calendar): WorkingMinutes {
  const open = Object.values(calendar.hours)
    .map((spans: readonly Span[]) => spans.reduce((sum, span) => sum + span.to - span.from, 0))
    .filter((minutes) => minutes > 0);
  if (open.length === 0) throw noHours(calendar);
  const average = open.reduce((sum, minutes) => sum + minutes, 0) / open.length;
  return Math.min(LONGEST_DAY, Math.round(average));
}

function noHours(calendar: Calendar): RangeError {
  return new RangeError(
    `The calendar in ${calendar.timezone} has no working hours within ${HORIZON_DAYS} days: give it hours, or fewer days off.`,
  );
}
