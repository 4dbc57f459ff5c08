// The phrases of the policy file: "2 working days", "9:00-14:00, 15:00-18:00", "at 75% tell owner". Each reads into its value
// or into a fault that says what would be right.

import { clock, quote, type Read, type Weekday, weekdays } from "../domain/people/written-hours.ts";
import type { Selector } from "../domain/policy.ts";
import { isKnownRegion } from "../domain/promises/holidays.ts";
import { foresee } from "./holidays.ts";

/** A length of time as written. Working days become minutes only once the calendar is known. */
export interface Duration {
  minutes: number;
  workingDays: number;
}

const YEAR_MINUTES = 366 * 24 * 60;
const NONE = /^(none|never|no)$/i;

/** `15 min`, `2 h`, `1 h 30 min`, `2 working days`; null for `none`. */
export function duration(text: string): Read<Duration | null> {
  if (NONE.test(text)) return { value: null };
  const total: Duration = { minutes: 0, workingDays: 0 };
  const pattern = /(\d+(?:[.,]\d+)?)\s*([a-z]+(?: days?)?)\s*(?:and\s+|,\s*)?/giy;
  let read = 0;
  for (const [all, amount = "", unit = ""] of text.matchAll(pattern)) {
    const number = Number(amount.replace(",", "."));
    if (/^(m|min|mins|minutes?)$/i.test(unit)) total.minutes += number;
    else if (/^(h|hours?)$/i.test(unit)) total.minutes += number * 60;
    else if (/^working days?$/i.test(unit)) total.workingDays += number;
    else if (/^days?$/i.test(unit)) {
      return { fault: `${quote(text)} could mean two things: write "${amount} working ${unit}" or hours` };
    } else break;
    read += all.length;
  }
  if (read === 0 || read < text.length) {
    return { fault: `${quote(text)} is not a length of time such as 15 min, 2 h, 1 working day or none` };
  }
  if (total.minutes > YEAR_MINUTES || total.workingDays > 366)
    return { fault: `${quote(text)} is over a year` };
  return { value: total };
}

/** A length of time that is plain minutes; `at once` is 0. */
export function minutes(text: string): Read<number> {
  if (/^(at once|0)$/i.test(text)) return { value: 0 };
  const read = duration(text);
  if ("fault" in read) return read;
  if (read.value === null || read.value.workingDays > 0) {
    return { fault: `${quote(text)} should be in minutes or hours, such as 2 min, or "at once"` };
  }
  return { value: read.value.minutes };
}

/** `9:00 mon-fri` or `monday 9:30`: when something is told. */
export function appointment(text: string): Read<{ at: string; days: readonly Weekday[] } | null> {
  if (NONE.test(text)) return { value: null };
  const match =
    /^(?<time>\d{1,2}:\d{2})\s+(?<days>\D+)$/.exec(text) ??
    /^(?<days>\D+?)\s+(?<time>\d{1,2}:\d{2})$/.exec(text);
  const { time = "", days = "" } = match?.groups ?? {};
  const at = clock(time);
  const on = weekdays(days.replace(/^on\s+/i, "").replace(/,?\s+at$/i, ""));
  if (!match || "fault" in at || at.value === 1440 || "fault" in on) {
    return { fault: `${quote(text)} is not a time such as "9:00 mon-fri", "monday 9:30" or none` };
  }
  const minute = String(at.value % 60).padStart(2, "0");
  return { value: { at: `${Math.floor(at.value / 60)}:${minute}`, days: on.value } };
}

/** `60%`, as 0.6. */
export function share(text: string): Read<number> {
  const percent = Number(/^(\d{1,3})\s?%$/.exec(text)?.[1] ?? Number.NaN);
  return percent >= 0 && percent <= 100
    ? { value: percent / 100 }
    : { fault: `${quote(text)} is not a share such as 60%` };
}

/** Ids (`U0ANA`, `S0GROUP`, Discord's long numbers) and names of groups, with or without `@`. */
export function selector(names: readonly string[]): Selector {
  const plain = names.map((name) => name.trim()).filter((name) => !NONE.test(name));
  const isId = (name: string) => /^[UWSB][A-Z0-9]{5,}$/.test(name) || /^\d{15,22}$/.test(name);
  return {
    ids: plain.filter(isId),
    groups: plain.filter((name) => !isId(name)).map((name) => name.replace(/^@/, "")),
  };
}

export function region(text: string): Read<string | null> {
  if (NONE.test(text)) return { value: null };
  const code = text.toUpperCase();
  if (isKnownRegion(code)) {
    foresee(code);
    return { value: code };
  }
  return {
    fault: `${quote(text)} is not a region whose holidays are known, such as ES, ES-MD, US-CA or none`,
  };
}

/** A range of days is read so far, ten years, and no further. */
const MOST_DAYS = 3_660;

/** `2026-12-24`, or `2026-12-24 to 2026-12-31`. */
export function dates(text: string): Read<readonly string[]> {
  const [first = "", last = first, ...more] = text.split(/\s+to\s+|\s*–\s*/);
  const [from, to] = [first, last].map((day) => new Date(`${day}T00:00:00Z`));
  const isDay = (day: string, date: Date | undefined): date is Date =>
    date !== undefined &&
    !Number.isNaN(date.getTime()) &&
    date.toISOString().startsWith(day) &&
    day.length === 10;
  if (more.length > 0 || !isDay(first, from) || !isDay(last, to) || to < from) {
    return { fault: `${quote(text)} is not a day such as 2026-12-24, or "2026-12-24 to 2026-12-31"` };
  }
  const found: string[] = [];
  for (let day = from; day <= to && found.length < MOST_DAYS; day = new Date(day.getTime() + 86_400_000)) {
    found.push(day.toISOString().slice(0, 10));
  }
  return { value: found };
}
