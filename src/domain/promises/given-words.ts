// Whether somebody gave their word in what they wrote: "I'll get back to you by three", "mañana te digo". Rather silent
// than wrong: whoever is asked about words they never gave stops reading the question. Pure and linear.
import type { Instant, Lang } from "../words.ts";
import { BY, CONDITION, ENDS_THE_TIME, phrases } from "./given-phrases.ts";
import { readWhen } from "./moments.ts";

/** What is read of a message, characters; a word given deeper down is not looked for. */
const READ = 2000;
const SENTENCE = 400;
/** Words in a chat are kept within days; "about the May invoice" names no time. */
const SOON_MS = 14 * 86_400_000;
const MINUTE_MS = 60_000;

/**
 * The word a colleague gives in a message written at `at`, sitting in `timezone`; null where they give none (questions,
 * quotations, conditions, what others will do, what was). `until` is null where they name no clear time still to come.
 */
export function wordGiven(
  text: string,
  at: Instant,
  timezone: string,
  lang: Lang,
): { until: Instant | null } | null {
  let vague = false;
  for (const sentence of sentencesOf(text)) {
    for (const found of findAll(sentence)) {
      const until = timeIn(sentence, found, at, timezone, lang);
      if (until !== null) return { until };
      vague ||= found.always && !found.conditional;
    }
  }
  return vague ? { until: null } : null;
}

interface Found {
  from: number;
  to: number;
  always: boolean;
  /** "I'll let you know if…": no word, unless a time stands before the condition. */
  conditional: boolean;
}

function findAll(sentence: string): Found[] {
  const plain = folded(sentence);
  return phrases.flatMap(({ always, timed, spoils, denies }) =>
    [
      ...always.map((phrase) => [phrase, true] as const),
      ...timed.map((phrase) => [phrase, false] as const),
    ].flatMap(([phrase, strong]) => {
      const match = phrase.exec(plain);
      if (!match) return [];
      const from = match.index;
      const to = from + match[0].length;
      if (spoils.test(plain.slice(0, to)) || denies.test(plain.slice(0, from))) return [];
      if (CONDITION.test(sentence.slice(0, to).toLowerCase())) return [];
      const conditional = ENDS_THE_TIME.exec(sentence.slice(to).toLowerCase());
      return [{ from, to, always: strong, conditional: /^(?:if|si)$/.test(conditional?.[0] ?? "") }];
    }),
  );
}

/** The time that belongs to the words: what follows them, its deadline first, else what leads up to them. */
function timeIn(
  sentence: string,
  { from, to }: Found,
  at: Instant,
  timezone: string,
  lang: Lang,
): Instant | null {
  const rest = sentence.slice(to);
  const after = rest.slice(0, ENDS_THE_TIME.exec(rest.toLowerCase())?.index ?? rest.length);
  const deadline = [...after.matchAll(BY)].at(-1);
  const before = sentence
    .slice(0, from)
    .split(/[,;]|:(?=\s)/)
    .filter((part) => part.trim() !== "");
  // The phrase itself may hold the time: "en cuanto acabe, a las 4 te digo".
  const within = sentence.slice(from, to);
  const byWhen = deadline ? after.slice(deadline.index) : "";
  // "About the 10:00 charge by three": what it is about may hold times of its own.
  const apart = /\b(?:about|regarding|on the|sobre el|sobre la|del?)\b/i.test(
    after.slice(0, deadline?.index ?? 0),
  );
  const parts = [apart ? byWhen : after, apart ? after : byWhen, before.at(-1) ?? "", within];
  for (const part of parts) {
    if (part.trim() === "") continue;
    const when = readWhen(part, at, timezone, lang);
    if (when.kind !== "at" || when.at - at > SOON_MS) continue;
    return Math.ceil(when.at / MINUTE_MS) * MINUTE_MS;
  }
  return null;
}

/** The sentences somebody says themselves and does not ask: without quotations, code and questions. */
function sentencesOf(text: string): string[] {
  const own = text
    .slice(0, READ)
    .replace(/```[^`]*```|`[^`]*`/g, " ")
    .replace(/^\s*(?:>|&gt;).*$/gm, " ")
    .replace(/"[^"\n]*"|“[^”\n]*”|«[^»\n]*»/g, " … ");
  return own
    .split(/(?<=[!?])|(?<=\.)(?=\s|$)|\n|(?=¿)/)
    .map((sentence) => sentence.replace(/, ?(?:ok|okay|all right|alright|vale)\?$/i, "").trim())
    .filter((sentence) => sentence !== "" && sentence.length <= SENTENCE && !sentence.endsWith("?"));
}

const ACCENTS: Readonly<Record<string, string>> = {
  á: "a",
  é: "e",
  í: "i",
  ó: "o",
  ú: "u",
  ü: "u",
  ñ: "n",
  "’": "'",
};

/** Lower case without accents, character by character: places in it are places in the text. */
function folded(text: string): string {
  return text.toLowerCase().replace(/[áéíóúüñ’]/g, (letter) => ACCENTS[letter] ?? letter);
}
