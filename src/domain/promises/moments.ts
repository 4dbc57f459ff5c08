// Times as people type them and as they read them. Pure: what "now" is and where the person sits come in as arguments.
import type { ParsedComponents, ParsedResult } from "chrono-node";
// Its two languages we read, and not the package as a whole, which loads a dozen.
import { GB } from "chrono-node/en";
import { casual } from "chrono-node/es";
import { Temporal } from "temporal-polyfill";
import type { Instant, Lang } from "../words.ts";
import { DAY_MS, offsetAt } from "./hours.ts";
import { hourMeant, inPlainWords, namesNoHour, tellsOfThePast } from "./when-words.ts";

/** Further ahead than this nobody promises; without a year it is a date in the past that was read as next year's. */
const FURTHEST_MS = 200 * DAY_MS;

const readers = { en: GB, es: casual };

/** What a text says about when. `past`: a time, but not one still to come; `far`: over half a year ahead; `none`: no time. */
export type When = { kind: "at"; at: Instant } | { kind: "past" } | { kind: "far" } | { kind: "none" };

/**
 * The instant that a person means who writes a time ("13:00", "by 3pm", "in 2h", "el viernes a las 10") at `now`, sitting
 * in `timezone` (IANA). The language is the one they likely write; the other is understood too. A time that has passed
 * ("9:00" typed at 10:30) is `past`: ask, rather than promise tomorrow.
 *
 * Read as people mean it: 1 to 6 without am or pm is the afternoon; a morning hour typed in the evening is tomorrow's; a
 * day without an hour ends at 17:00 (named parts of a day: morning 12:00, afternoon 18:00, evening 21:00); before a day
 * is the end of the day before; a range is promised by its end.
 */
export function readWhen(text: string, now: Instant, timezone: string, lang: Lang): When {
  if (tellsOfThePast(text)) return { kind: "past" };
  if (namesNoHour(text)) return { kind: "none" };
  const here = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone);
  const reference = { instant: new Date(now), timezone: offsetAt(timezone, now) / 60_000 };
  let best: { found: ParsedResult; plain: string } | null = null;
  for (const language of lang === "es" ? (["es", "en"] as const) : (["en", "es"] as const)) {
    const plain = inPlainWords(text, language, here.toPlainDate());
    const [found] = readers[language].parse(plain, reference, { forwardDate: true });
    // The wrong language may still find "15:00" in "tomorrow 15:00": the one that understood more is right.
    if (found && (best === null || found.text.length > best.found.text.length)) best = { found, plain };
  }
  if (!best) return { kind: "none" };
  const { found, plain } = best;
  const meant = instantOf(found, plain, text, here);
  if (meant === now) return { kind: "none" };
  if (meant < now) return { kind: "past" };
  if (meant - now <= FURTHEST_MS) return { kind: "at", at: meant };
  return { kind: found.start.isCertain("year") || isRelative(found.start) ? "far" : "past" };
}

/** The instant alone; null for everything that is no time still to come. */
export function parseWhen(text: string, now: Instant, timezone: string, lang: Lang): Instant | null {
  const when = readWhen(text, now, timezone, lang);
  return when.kind === "at" ? when.at : null;
}

function isRelative(start: ParsedComponents): boolean {
  return start.isCertain("timezoneOffset") || start.tags().has("result/relativeDate");
}

function instantOf(result: ParsedResult, plain: string, text: string, here: Temporal.ZonedDateTime): Instant {
  const start = result.end ?? result.start;
  const hasHour = start.isCertain("hour");
  // "In 2 hours" carries its offset: elapsed time, right across a clock change. So does "3pm CET".
  if (hasHour && start.isCertain("timezoneOffset")) return start.date().getTime();

  const namesDay = start.isCertain("day") || start.isCertain("weekday") || start.isCertain("month");
  let date = namesDay ? dateOf(start) : here.toPlainDate();
  if (!hasHour) {
    const inDays = start.tags().has("result/relativeDate");
    if (!inDays && /(?:\bbefore|\bantes del?)\s*$/.test(plain.slice(0, result.index)))
      date = date.subtract({ days: 1 });
    const time = inDays ? here.toPlainTime() : Temporal.PlainTime.from({ hour: hourMeant(text) });
    return date.toZonedDateTime({ timeZone: here.timeZoneId, plainTime: time }).epochMilliseconds;
  }
  let hour = start.get("hour") ?? 0;
  const minute = start.get("minute") ?? 0;
  const namesHalf = start.isCertain("meridiem") || /\b0\d/.test(result.text);
  if (!namesHalf && hour >= 1 && hour <= 6) hour += 12;
  if (!namesDay && hour < 12 && here.hour >= 17) date = date.add({ days: 1 });
  return date.toZonedDateTime({
    timeZone: here.timeZoneId,
    plainTime: Temporal.PlainTime.from({ hour, minute }),
  }).epochMilliseconds;
}

function dateOf(start: ParsedComponents): Temporal.PlainDate {
  return Temporal.PlainDate.from({
    year: start.get("year") ?? 1970,
    month: start.get("month") ?? 1,
    day: start.get("day") ?? 1,
  });
}

/**
 * A time as it is written in a sentence, in the zone: "10:30" on the same local day as `now`, otherwise
 * "Tue 24 Nov, 10:30" or "mar 24 nov, 10:30". For places where the platform cannot render the reader's own zone.
 */
export function wallTime(at: Instant, now: Instant, timezone: string, lang: Lang): string {
  const then = partsOf(at, timezone, lang);
  const today = partsOf(now, timezone, lang);
  if (then.date === today.date) return then.time;
  return `${then.weekday} ${then.day} ${then.month}, ${then.time}`;
}

/** Only the clock: "9:00", "10:30". */
export function clockTime(at: Instant, timezone: string): string {
  return partsOf(at, timezone, "en").time;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function partsOf(at: Instant, timezone: string, lang: Lang) {
  const key = `${lang} ${timezone}`;
  let format = formats.get(key);
  if (!format) {
    // en-US for its three-letter months: en-GB has "Sept".
    format = new Intl.DateTimeFormat(lang === "es" ? "es-ES" : "en-US", {
      timeZone: timezone,
      weekday: "short",
      day: "numeric",
      month: "short",
      year: "numeric",
      hour: "numeric",
      minute: "2-digit",
      hourCycle: "h23",
    });
    formats.set(key, format);
  }
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of format.formatToParts(at)) parts[type] = value;
  const { weekday = "", day = "", month = "", year = "", hour = "", minute = "" } = parts;
  return { weekday, day, month, date: `${year}-${month}-${day}`, time: `${Number(hour)}:${minute}` };
}
