// Ways people write a time that chrono-node reads wrongly or not at all, put into ways it reads right.
// Each line was seen to fail with chrono-node 2.10; the worst is "pasado mañana", which it takes for tomorrow.
import type { Lang } from "../words.ts";

const NUMBERS: Readonly<Record<string, string>> = {
  ...{ one: "1", two: "2", three: "3", four: "4", five: "5", six: "6", seven: "7", eight: "8", nine: "9" },
  ...{ ten: "10", eleven: "11", twelve: "12" },
  ...{ una: "1", dos: "2", tres: "3", cuatro: "4", cinco: "5", seis: "6", siete: "7", ocho: "8", nueve: "9" },
  ...{ diez: "10", once: "11", doce: "12" },
};
const NUMBER = Object.keys(NUMBERS).join("|");

type Rewrite = readonly [RegExp, string | ((...match: string[]) => string)];

const hoursAndMinutes = (_: string, hours: string, minutes: string): string =>
  `${Number(hours) * 60 + Number(minutes)} min`;

const rewrites: Readonly<Record<Lang, readonly Rewrite[]>> = {
  en: [
    [new RegExp(`\\b(at|by|before|until)\\s+(${NUMBER})\\b`, "g"), (_, at, n) => `${at} ${NUMBERS[n ?? ""]}`],
    [/\b(?:by|before|until) (\d{1,2})(?![\d:./h]|\s?(?:am|pm|min|h|day|week))/g, "at $1"],
    [/\b(\d{1,2})h\s?(\d{2})\b/g, hoursAndMinutes],
    [/\b(an|one) hour and a half\b/g, "90 min"],
    [/\b(at|by|before|until)\s+(\d{1,2})\s?h\b/g, "$1 $2:00"],
    [/\bhalf past (\d{1,2})\b/g, "$1:30"],
    [/\bquarter past (\d{1,2})\b/g, "$1:15"],
  ],
  es: [
    [/\besta mañana\b/g, "hoy"],
    [/\b(una )?hora y media\b/g, "90 min"],
    [/\b(\d{1,2}) horas y media\b/g, (_, n) => `${Number(n) * 60 + 30} min`],
    [/\bmedia hora\b/g, "30 min"],
    [/\b(un )?cuarto de hora\b/g, "15 min"],
    [/\b(\d{1,2})h\s?(\d{2})\b/g, hoursAndMinutes],
    [new RegExp(`\\blas? (${NUMBER})\\b`, "g"), (_, n) => `las ${NUMBERS[n ?? ""]}`],
    [/\blas? (\d{1,2}) y media\b/g, "las $1:30"],
    [/\blas? (\d{1,2}) y cuarto\b/g, "las $1:15"],
    [/\blas? (\d{1,2}) menos cuarto\b/g, (_, n) => `las ${Number(n) === 1 ? 12 : Number(n) - 1}:45`],
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

/** The text as chrono-node understands it in that language; `dayAfterTomorrow` is an ISO date. */
export function inPlainWords(text: string, lang: Lang, dayAfterTomorrow: string): string {
  // A dot between hour and minutes, as in 15.30, is a time; 24.12.2026 is a date.
  let plain = text
    .toLowerCase()
    .replace(/(?<![\d.])(\d{1,2})\.([0-5]\d)(?![\d.])/g, "$1:$2")
    .replace(lang === "es" ? /\bpasado mañana\b/g : /\b(the )?day after tomorrow\b/g, dayAfterTomorrow);
  for (const [from, to] of rewrites[lang]) {
    plain = typeof to === "string" ? plain.replace(from, to) : plain.replace(from, to);
  }
  return plain;
}

/**
 * The hour of the day by which something said without a clock time is due: the end of the part of the day that was named,
 * else five in the afternoon, when offices that close at five or six are still there.
 */
export function hourMeant(text: string): number {
  const lower = text.toLowerCase();
  if (/first thing|primera hora/.test(lower)) return 10;
  if (/tonight|evening|noche/.test(lower)) return 21;
  if (/afternoon|tarde/.test(lower)) return 18;
  if (/noon|mediod[ií]a|morning|esta mañana|(?:por|de|en) la mañana/.test(lower)) return 12;
  return 17;
}
