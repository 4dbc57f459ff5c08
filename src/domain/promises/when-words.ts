// Ways people write a time that chrono-node reads wrongly or not at all, put into ways it reads right.
// Each line was seen to fail with chrono-node 2.10; the worst is "pasado mañana", which it takes for tomorrow.
import type { Temporal } from "temporal-polyfill";
import type { Lang } from "../words.ts";

const NUMBERS: Readonly<Record<string, string>> = {
  ...{ one: "1", two: "2", three: "3", four: "4", five: "5", six: "6", seven: "7", eight: "8", nine: "9" },
  ...{ ten: "10", eleven: "11", twelve: "12" },
  ...{ una: "1", dos: "2", tres: "3", cuatro: "4", cinco: "5", seis: "6", siete: "7", ocho: "8", nueve: "9" },
  ...{ diez: "10", once: "11", doce: "12" },
};
const NUMBER = Object.keys(NUMBERS).join("|");
/** An hour as it is written, minutes and half of the day included. */
const HOUR = "\\d{1,2}(?::\\d{2})?(?:\\s?[ap]m)?";
/** Without these behind it a bare number after "at" is an hour, not an amount or a date. */
const NO_AMOUNT = "(?![\\d:h]|[./]\\d|\\s?(?:am|pm|min|h|day|week))";

type Rewrite = readonly [RegExp, string | ((...match: string[]) => string)];

const hoursAndMinutes = (_: string, hours: string, minutes: string): string =>
  `${Number(hours) * 60 + Number(minutes)} min`;
/** "15h30" is a time of the day; "1h30" may as well be a length. */
const FIRST_CLOCK_HOUR = 7;
const clockHour =
  (at: string) =>
  (written: string, hour = "", minute = ""): string =>
    Number(hour) >= FIRST_CLOCK_HOUR ? `${at} ${hour}:${minute}` : written;
/** How many minutes people say in words beyond twelve. */
const MINUTES: Readonly<Record<string, string>> = {
  ...{ fifteen: "15", twenty: "20", thirty: "30", forty: "40", "forty-five": "45" },
  ...{ quince: "15", veinte: "20", treinta: "30", cuarenta: "40", "cuarenta y cinco": "45" },
};
const MANY = Object.keys(MINUTES)
  .toSorted((one, other) => other.length - one.length)
  .join("|");
const MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}";
const ANY_MONTH = "(?:jan|ene|feb|mar|apr|abr|may|jun|jul|aug|ago|sep|oct|nov|dec|dic)";
const MARTES = new RegExp(`(?<!\\p{L})mar\\.? (?=\\d{1,2} (?:de )?${ANY_MONTH})`, "gu");
const quarterTo = (hour: string | undefined): string => `${Number(hour) === 1 ? 12 : Number(hour) - 1}:45`;

const rewrites: Readonly<Record<Lang, readonly Rewrite[]>> = {
  en: [
    [
      new RegExp(`\\b(at|by|before|until|around|about|between|and|past|to|half) (${NUMBER})\\b`, "g"),
      (_, at, n) => `${at} ${NUMBERS[n ?? ""]}`,
    ],
    [/\b(?:by |at )?(?:the )?(?:eod|cob|end of (?:the |my )?(?:business |working )?day)\b/g, "at 17:00"],
    [/\bclose of (?:business|play)\b/g, "at 17:00"],
    [/\b(?:by |at )?(?:the )?(?:eow|end of (?:the |this )?week)\b/g, "Friday at 17:00"],
    [/\b(?:before|by|at) lunch(?:time)?\b/g, "at 13:00"],
    [/\bafter lunch\b/g, "at 15:00"],
    [/\bmidnight\b/g, "23:59"],
    // Nobody can be held to these.
    [/\bin (?:a few|some|several) \w+|\bnext week\b(?! on)/g, ""],
    [new RegExp(`\\b(?:between|from) ${HOUR} (?:and|to) (${HOUR})`, "g"), "at $1"],
    [/\b\d{1,2}\s?[-–]\s?(\d{1,2})h\b/g, (range, end) => (Number(end) > 6 ? `at ${end}:00` : range)],
    [/\b\d{1,2} ?(?:-|–|to|or) ?(\d{1,2} ?(?:min|h|day))/g, "$1"],
    [/\b(\d{1,2}) in the morning\b/g, "$1 am"],
    [/\b(\d{1,2}) (?:in the (?:afternoon|evening)|at night)\b/g, "$1 pm"],
    [/(?:^|\b(?:by|at) )(?:around|about) (?=\d)/g, "at "],
    [/\b(\d{1,2})ish\b/g, "$1"],
    [new RegExp(`\\b(?:by|before|until) (\\d{1,2})${NO_AMOUNT}`, "g"), "at $1"],
    [/\b(at|by|before|until|around) (\d{1,2})h\s?([0-5]\d)\b/g, "$1 $2:$3"],
    [/(?<!\b(?:in|within) )\b(\d{1,2})h\s?([0-5]\d)\b/g, clockHour("at")],
    [/\b(\d{1,2})h\s?(\d{2})\b/g, hoursAndMinutes],
    [new RegExp(`\\b(${MANY}) (?=min)`, "g"), (_, many) => `${MINUTES[many ?? ""]} `],
    // "Nov 30" is read as a month of the year 2030. "Mar 24 nov" is a Tuesday, in Spanish.
    [
      new RegExp(
        `\\b(${MONTH})\\.? (\\d{1,2})(?![\\d:]|(?:,? |st, )\\d{4}|st|nd|rd|th| (?:de )?${ANY_MONTH})`,
        "g",
      ),
      "$2 $1",
    ],
    [/\b(an|one) hour and a half\b/g, "90 min"],
    [/\b(at|by|before|until)\s+(\d{1,2})\s?h\b/g, "$1 $2:00"],
    [/\bhalf (?:past )?(\d{1,2})\b/g, "$1:30"],
    [/\bquarter past (\d{1,2})\b/g, "$1:15"],
    [/\bquarter to (\d{1,2})\b/g, (_, hour) => quarterTo(hour)],
  ],
  es: [
    [/\bmanana\b/g, "mañana"],
    [/\b(minut|hor)it([oa]s?)\b/g, "$1$2"],
    [/\besta mañana\b/g, "hoy"],
    [/\ba media mañana\b/g, "a las 12:00"],
    [/\ba media tarde\b/g, "a las 18:00"],
    [/\bantes de (?:comer|la comida|almorzar)\b/g, "a las 14:00"],
    [/\bdespués de (?:comer|la comida|almorzar)\b/g, "a las 16:00"],
    [/\ba medianoche\b/g, "a las 23:59"],
    [/\b(?:al?|antes del?) fin(?:al|ales)? de (?:la )?semana\b/g, "el viernes a las 17:00"],
    [
      /\b(?:a última hora|al? final(?:es)?|al acabar|al terminar)(?: del día| de día| de la jornada| de hoy)?(?!\p{L})/gu,
      "a las 17:00",
    ],
    [/(?<!no )\bmás tarde\b/g, ""],
    [/\b(un )?par de\b/g, "2"],
    [/\b(una )?hora y media\b/g, "90 min"],
    [/\b(\d{1,2}) horas y media\b/g, (_, n) => `${Number(n) * 60 + 30} min`],
    [/\bmedia hora\b/g, "30 min"],
    [/\b(un )?cuarto de hora\b/g, "15 min"],
    [/\b(las?) (\d{1,2})h\s?([0-5]\d)\b/g, "$1 $2:$3"],
    [/(?<!\b(?:en|dentro de) )\b(\d{1,2})h\s?([0-5]\d)\b/g, clockHour("a las")],
    [/\b(\d{1,2})h\s?(\d{2})\b/g, hoursAndMinutes],
    [new RegExp(`\\b(${MANY}) (?=min)`, "g"), (_, many) => `${MINUTES[many ?? ""]} `],
    [new RegExp(`\\blas? (${NUMBER})\\b`, "g"), (_, n) => `las ${NUMBERS[n ?? ""]}`],
    [
      new RegExp(`\\b(?:entre|de) (?:las? )?${HOUR} [ya] (?:las? )?(${HOUR})(?! d[ií]a| min| h)`, "g"),
      "a las $1",
    ],
    [/\b\d{1,2} ?(?:-|–|o|a) ?(\d{1,2} ?(?:min|h|d[ií]a))/g, "$1"],
    [/\blas? (\d{1,2}) y media\b/g, "las $1:30"],
    [/\blas? (\d{1,2}) y cuarto\b/g, "las $1:15"],
    [/\blas? (\d{1,2}) menos cuarto\b/g, (_, n) => `las ${quarterTo(n)}`],
    [/\blas? (\d{1,2})\s?h(?:oras)?\b/g, "las $1:00"],
    [
      /\blas? (\d{1,2})(:\d{2})? (?:de|por) la mañana\b/g,
      (_, hour, rest) => `las ${hour}${rest ?? ":00"} am`,
    ],
    [
      /\blas? (\d{1,2})(:\d{2})? (?:de|por) la (?:tarde|noche)\b/g,
      (_, hour, rest) => `las ${hour}${rest ?? ":00"} pm`,
    ],
    [/\b(?:por|de|en) la (?:mañana|tarde|noche)\b/g, ""],
    [/\ba primera hora( de la mañana)?\b/g, ""],
  ],
};

/** The text as chrono-node understands it in that language; `today` is the speaker's date. */
export function inPlainWords(text: string, lang: Lang, today: Temporal.PlainDate): string {
  // A dot between hour and minutes, as in 15.30, is a time; 24.12.2026 is a date.
  let plain = text
    .toLowerCase()
    .replace(/(?<![\d:])24:00(?!\d)/g, "23:59")
    // "Mar 1 dic" is a Tuesday, no day of March.
    .replace(MARTES, "")
    // Read as days of the calendar they might end on a Sunday.
    .replace(
      /(?<![\p{L}\d])(?:\d+|one|two|three|four|five|un|dos|tres|cuatro|cinco) (?:(?:working|business) days?|d[ií]as? (?:laborables?|h[áa]biles))(?!\p{L})/gu,
      "",
    )
    .replace(/(?<![\d.])(\d{1,2})\.(\d{1,2})\.(?= |$)/g, "$1/$2")
    .replace(/(?<![\d.])(\d{1,2})\.([0-5]\d)(?![\d.])/g, "$1:$2")
    .replace(/(\d{1,2}:\d{2}) ?h(?:rs?|oras)?(?![\p{L}\d])/gu, "$1")
    .replace(/(\d{1,3}) ?['’′](?![\p{L}\d])/gu, "$1 min")
    .replace(DAY_AFTER[lang], () => today.add({ days: 2 }).toString())
    .replace(COMING, (_, next: string | undefined, day: string, comes: string | undefined) =>
      comingDay(day, (next ?? comes) !== undefined, today),
    )
    .replace(DAY_OF_MONTH[lang], (day, number: string) => onThe(Number(number), today) ?? day);
  for (const [from, to] of rewrites[lang]) {
    plain = typeof to === "string" ? plain.replace(from, to) : plain.replace(from, to);
  }
  return plain;
}

/** "El próximo viernes", "el viernes que viene": on a Tuesday this Friday; chrono-node takes it for the one after. */
const COMING =
  /(?<!\p{L})(próximo )?(lunes|martes|miércoles|jueves|viernes|sábado|domingo)( que viene)?(?!\p{L})/gu;
const WEEK = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"];

function comingDay(day: string, coming: boolean, today: Temporal.PlainDate): string {
  return coming && WEEK[today.dayOfWeek - 1] === day ? `próximo ${day}` : day;
}

const DAY_AFTER: Readonly<Record<Lang, RegExp>> = {
  en: /\b(?:the )?day after tomorrow\b/g,
  es: /\bpasado mañana\b/g,
};

/** "On the 30th", "el 30", "el día 30": without a month. */
const DAY_OF_MONTH: Readonly<Record<Lang, RegExp>> = {
  en: /\bthe (\d{1,2})(?:st|nd|rd|th)\b(?! of\b| jan| feb| mar| apr| may| jun| jul| aug| sep| oct| nov| dec)/g,
  es: /\bel (?:día )?(\d{1,2})(?![\d:/.-]| ?de\b)(?= |$|,|\.)/g,
};

/** The next day of that number, today included, as an ISO date; null where this and the next month have none. */
function onThe(day: number, today: Temporal.PlainDate): string | null {
  for (const month of [today, today.add({ months: 1 })]) {
    if (day < 1 || day > month.daysInMonth) continue;
    const date = month.with({ day });
    if (date.until(today).total({ unit: "days" }) <= 0) return date.toString();
  }
  return null;
}

const PAST = [
  /\byesterday\b|\bago\b|\blast (?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?\b|\blast (?:night|week|month)\b/,
  /(?<!\p{L})(?:ante)?ayer(?!\p{L})|\banoche\b/u,
  /\bhace (?:\d|un|dos|tres|cuatro|cinco|media|rato)/,
  /\b(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo|semana|mes) pasad[oa]\b/,
] as const;

/** Whether it names a time that is over: read forwards, "last Friday" would be the next one. */
export function tellsOfThePast(text: string): boolean {
  const lower = text.toLowerCase();
  return PAST.some((words) => words.test(lower));
}

/** Whether it names an hour that no clock shows ("friday 25:00", "9:75"): what is left of it would be a guess. */
export function namesNoHour(text: string): boolean {
  return /(?<![\w.:/])(?:(?:2[5-9]|[3-9]\d):\d{2}|24:(?!00)\d{2}|\d{1,2}:[6-9]\d)(?![\d:])/.test(text);
}

/**
 * The hour of the day by which something said without a clock time is due: the end of the part of the day that was named,
 * else five in the afternoon, when offices that close at five or six are still there.
 */
export function hourMeant(text: string): number {
  const lower = text.toLowerCase();
  if (/first thing|primera hora|mañana temprano|early tomorrow|tomorrow early/.test(lower)) return 10;
  if (/tonight|evening|noche/.test(lower)) return 21;
  if (/afternoon|tarde/.test(lower)) return 18;
  if (/noon|mediod[ií]a|morning|esta mañana|(?:por|de|en) la mañana/.test(lower)) return 12;
  return 17;
}
