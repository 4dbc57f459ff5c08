// One line that stands for a request: on cards, in lists, as the name of a thread.
import type { Lang } from "../words.ts";
import { signalsOf } from "./signals.ts";
import { READ_AT_MOST } from "./words-of.ts";

const LONGEST = 80;
const UNTITLED: Record<Lang, string> = { en: "A message without words", es: "Un mensaje sin texto" };

/** At most `longest` UTF-16 units, cut at a word where one ends late enough, never inside a character. */
function cutAtWord(line: string, longest: number): string {
  if (line.length <= longest) return line;
  let end = longest - 1;
  const last = line.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end -= 1;
  const head = line.slice(0, end);
  const space = head.lastIndexOf(" ");
  const kept = space > longest / 2 ? head.slice(0, space) : head;
  return `${kept.replace(/[\s,;:.¡¿(-]+$/u, "")}…`;
}

/** Where the greeting at the head of a text ends; 0 without one, or when nothing comes behind it. */
function behindGreeting(text: string): number {
  const { words, found } = signalsOf(text.slice(0, 400));
  let at = 0;
  for (;;) {
    const greeting = found
      .filter(({ signal, from }) => (signal === "greeting" || signal === "thanks") && from === at)
      .reduce((end, { to }) => Math.max(end, to), at);
    const next = words[greeting];
    if (greeting === at) break;
    if (next === undefined) return 0;
    // "Hi Marta, …": a name between the greeting and the comma.
    const after = words[greeting + 1];
    const named = next.clause === words[at]?.clause && after !== undefined && after.clause !== next.clause;
    at = named ? greeting + 1 : greeting;
  }
  if (at === 0) return 0;
  // The sentence begins with its opening mark, where Spanish has one: "Hola, ¿cómo…?"
  const from = words[at]?.from ?? 0;
  return /[¿¡]/u.test(text.charAt(from - 1)) ? from - 1 : from;
}

/** "¿cómo…" → "¿Cómo…". An address keeps its letters. */
function capitalised(line: string, lang: Lang): string {
  if (/^[a-z]+:\/\//iu.test(line)) return line;
  return line.replace(
    /^([¿¡]*)(\p{L})/u,
    (_, marks: string, letter: string) => marks + letter.toLocaleUpperCase(lang),
  );
}

/**
 * A title of one line and at most 80 characters: the first sentence that says something, without its greeting.
 * Never empty; a message without words gets words of ours in `lang`.
 */
export function titleOf(text: string, lang: Lang): string {
  const read = text
    .slice(0, READ_AT_MOST)
    .replace(/[\p{Cf}\p{Cc}]+/gu, (run) => (/\s/u.test(run) ? run : ""));
  const lines = read
    .slice(behindGreeting(read))
    .split(/\n|(?<=[.?!…])\s+/u)
    .map((line) =>
      line
        .replace(/\s+/gu, " ")
        .replace(/^[\s,.;:!\-–—*>`#]+/u, "")
        .trim(),
    )
    .filter((line) => /[\p{L}\p{N}]/u.test(line));
  const telling = lines.find((line) => (line.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) >= 2) ?? lines[0];
  if (telling === undefined) return UNTITLED[lang];
  return cutAtWord(capitalised(telling, lang), LONGEST);
}
