// Working hours as people write them: "mon-fri 9-14, 15-18". Read alike in the policy file and in a command. Each phrase
// reads into its value or into a fault that says what would be right.
import type { Calendar, Span } from "../policy.ts";

export type Read<T> = { value: T } | { fault: string };

export type Weekday = keyof Calendar["hours"];

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

const WEEKS = [
  ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
  ["lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"],
] as const;

function weekday(text: string): Weekday | null {
  // "mié" is "mie": the accent is a letter of its own once it is taken apart.
  const bare = text.normalize("NFD").replace(/\p{M}/gu, "");
  if (bare.length < 3) return null;
  const index = Math.max(...WEEKS.map((week) => week.findIndex((name) => name.startsWith(bare))));
  return index < 0 ? null : ((index + 1) as Weekday);
}

/** Somebody's own working hours. `timezone` is null where they named none. */
export interface OwnHours {
  hours: Calendar["hours"];
  timezone: string | null;
}

/**
 * `mon-fri 9-14, 15-18 Europe/Madrid`; several groups of days stand between semicolons; without days it is Monday to
 * Friday; days that are not named are free. `always` is around the clock.
 */
export function ownHours(text: string): Read<OwnHours> {
  const [, written = "", named = null] =
    /^(.*?)(?:[\s,;]+([A-Za-z_]+(?:\/[\w+-]+)+|UTC))?$/.exec(text.trim()) ?? [];
  const zone = named === null ? null : timezone(named);
  if (zone !== null && "fault" in zone) return zone;
  const week: Record<Weekday, readonly Span[]> = { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] };
  const groups = /^(always|24\/7|siempre)$/i.test(written) ? ["every day 0-24"] : written.split(";");
  const seen = new Set<Weekday>();
  for (const group of groups) {
    const [, days = "", hours = ""] = /^(\D*?)[\s:]*(\d.*)$/.exec(group.trim()) ?? [];
    const on = weekdays(days === "" ? "mon-fri" : days);
    if ("fault" in on) return on;
    const read = spans(hours);
    if ("fault" in read) return read;
    for (const day of on.value) {
      if (seen.has(day)) return { fault: `a day of ${quote(group.trim())} has its hours already` };
      seen.add(day);
      week[day] = read.value;
    }
  }
  return { value: { hours: week, timezone: zone?.value ?? null } };
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
