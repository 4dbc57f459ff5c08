// The phrases of the policy file: "2 working days", "9:00-14:00, 15:00-18:00", "at 75% tell owner". Each reads into its value
// or into a fault that says what would be right.

import type { Calendar, ReminderStep, Selector, Span } from "../domain/policy.ts";
import { isKnownRegion } from "../domain/promises/holidays.ts";

export type Read<T> = { value: T } | { fault: string };

/** A length of time as written. Working days become minutes only once the calendar is known. */
export interface Duration {
  minutes: number;
  workingDays: number;
}

export type Weekday = keyof Calendar["hours"];

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

/** `9:00`, `09:00`, `9` or `24:00`, as minutes since midnight. */
export function clock(text: string): Read<number> {
  const match = /^(\d{1,2})(?::(\d{2}))?$/.exec(text.trim());
  const total = Number(match?.[1]) * 60 + Number(match?.[2] ?? 0);
  if (!match || total > 1440 || Number(match[2] ?? 0) > 59) {
    return { fault: `${quote(text)} is not a time of day such as 9:00 or 17:30` };
  }
  return { value: total };
}

/** `9:00-14:00, 15:00-18:00`; `closed` is no span at all. Sorted, touching ones kept as they are. */
export function spans(text: string): Read<readonly Span[]> {
  if (/^(closed|none|off)$/i.test(text)) return { value: [] };
  const found: Span[] = [];
  for (const part of text.split(",")) {
    const [start = "", end = "", ...more] = part.split(/\s*(?:-|–|\bto\b)\s*/);
    const from = clock(start);
    const to = clock(end);
    if (more.length > 0 || "fault" in from || "fault" in to) {
      return { fault: `${quote(part.trim())} is not a span such as 9:00-14:00` };
    }
    if (from.value >= to.value) {
      return {
        fault: `${quote(part.trim())} ends before it begins; over midnight, write 22:00-24:00 and 0:00-6:00 on the next day`,
      };
    }
    found.push({ from: from.value, to: to.value });
  }
  found.sort((one, other) => one.from - other.from);
  for (const [index, span] of found.entries()) {
    if (span.from < (found[index - 1]?.to ?? 0)) return { fault: `the spans of ${quote(text)} overlap` };
  }
  return { value: found };
}

/** `mon-fri`, `saturday`, `mon, wed, fri`, `every day`; 1 is Monday. */
export function weekdays(text: string): Read<readonly Weekday[]> {
  const plain = text
    .toLowerCase()
    .replace(/^(every day|daily)$/, "mon-sun")
    .replace(/^weekdays$/, "mon-fri")
    .replace(/^weekends?$/, "sat-sun");
  const found: Weekday[] = [];
  for (const part of plain.split(",")) {
    const ends = part.trim().split(/\s*(?:-|–|\bto\b)\s*/);
    const [first, last] =
      ends.length <= 2 ? [weekday(ends[0] ?? ""), weekday(ends.at(-1) ?? "")] : [null, null];
    if (first === null || last === null) {
      return { fault: `${quote(text)} is not a day such as mon, mon-fri or every day` };
    }
    for (let day = first; ; day = day === 7 ? 1 : ((day + 1) as Weekday)) {
      found.push(day);
      if (day === last) break;
    }
  }
  return { value: [...new Set(found)].sort((one, other) => one - other) };
}

function weekday(text: string): Weekday | null {
  const full = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
  const index = text.length >= 3 ? full.findIndex((name) => name.startsWith(text)) : -1;
  return index < 0 ? null : ((index + 1) as Weekday);
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

/** `at 75% tell owner`. */
export function reminder(text: string): Read<ReminderStep> {
  const match = /^(?:at\s+)?(\d{1,2})\s?%,?\s+(?:tell\s+)?(?:the\s+)?(owner|team|leads?)$/i.exec(text);
  const percent = Number(match?.[1]);
  const whom = match?.[2]?.toLowerCase().replace("leads", "lead");
  if (!match || percent < 1 || (whom !== "owner" && whom !== "team" && whom !== "lead")) {
    return { fault: `${quote(text)} is not a reminder such as "at 75% tell owner" (owner, team or lead)` };
  }
  return { value: { used: percent / 100, whom } };
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

/** An IANA zone this machine knows. */
export function timezone(text: string): Read<string> {
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
    return { value: text };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const near = nearest(text, Intl.supportedValuesOf("timeZone"));
    return {
      fault: `${quote(text)} is not a time zone such as Europe/Madrid${near ? `; did you mean ${near}?` : ""}`,
    };
  }
}

export function region(text: string): Read<string | null> {
  if (NONE.test(text)) return { value: null };
  const code = text.toUpperCase();
  if (isKnownRegion(code)) return { value: code };
  return {
    fault: `${quote(text)} is not a region whose holidays are known, such as ES, ES-MD, US-CA or none`,
  };
}

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
  for (let day = from; day <= to && found.length < 400; day = new Date(day.getTime() + 86_400_000)) {
    found.push(day.toISOString().slice(0, 10));
  }
  return { value: found };
}

export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}

/** The candidate that differs in at most two letters, or null. */
export function nearest(text: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  let least = Math.min(3, text.length);
  for (const candidate of candidates) {
    const away = distance(text.toLowerCase(), candidate.toLowerCase());
    if (away < least) [best, least] = [candidate, away];
  }
  return best;
}

/** Levenshtein: letters to add, drop or change. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const change = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
