// Finds the phrases of a lexicon in a row of words. A phrase is a plain string, written as people write:
//   refund            the word
//   refund*           any word that begins so (three letters at least)
//   log|sign in       either word, then the next
//   the?              may be missing
//   {product}         any word of that class of the lexicon
//   all ... fail      up to three other words between, never a negation
// A match stays inside one clause. Accents, capitals and apostrophes do not matter.
import { fold, type Word } from "./words-of.ts";

/** Phrases by the signal they are, and the word classes they use. */
export interface Lexicon<Signal extends string> {
  /** Words with spaces between. */
  classes: Readonly<Record<string, string>>;
  phrases: Readonly<Partial<Record<Signal, readonly string[]>>>;
}

/** A phrase found: word numbers `from` to `to`, the end not included. */
export interface Match<Signal extends string> {
  signal: Signal;
  from: number;
  to: number;
}

export interface Finder<Signal extends string> {
  find(words: readonly Word[]): Match<Signal>[];
}

interface Item {
  exact: ReadonlySet<string>;
  prefixes: readonly string[];
  optional: boolean;
  gap: boolean;
}

interface Phrase<Signal extends string> {
  signal: Signal;
  items: readonly Item[];
}

const LONGEST_GAP = 3;
const PREFIX = 3;
const NOT_IN_A_GAP = new Set(
  "no not never nothing nobody without dont doesnt didnt isnt arent wasnt cant cannot wont sin nunca nada nadie".split(
    " ",
  ),
);

function itemOf(written: string, classes: Lexicon<string>["classes"]): Item {
  if (written === "...") return { exact: new Set(), prefixes: [], optional: false, gap: true };
  const optional = written.endsWith("?");
  const exact = new Set<string>();
  const prefixes: string[] = [];
  const add = (word: string) => {
    if (word.startsWith("{")) {
      const members = classes[word.slice(1, -1)];
      if (members === undefined) throw new Error(`The lexicon has no word class ${word}.`);
      members.split(" ").forEach(add);
    } else if (word.endsWith("*")) prefixes.push(fold(word.slice(0, -1)));
    else exact.add(word === "$" ? word : fold(word));
  };
  for (const word of (optional ? written.slice(0, -1) : written).split("|")) add(word);
  if (prefixes.some((prefix) => prefix.length < PREFIX)) {
    throw new Error(`"${written}" in the lexicon: a beginning needs at least ${PREFIX} letters.`);
  }
  return { exact, prefixes, optional, gap: false };
}

function fits(item: Item, word: string): boolean {
  if (item.exact.has(word)) return true;
  for (const prefix of item.prefixes) if (word.startsWith(prefix)) return true;
  return false;
}

/** The end of the match, or -1. Optional items and gaps are tried in order; both are bounded, so this is too. */
function matchAt(
  items: readonly Item[],
  item: number,
  words: readonly Word[],
  at: number,
  clause: number,
): number {
  const wanted = items[item];
  if (wanted === undefined) return at;
  const here = words[at];
  if (wanted.gap) {
    for (let skip = 0; skip <= LONGEST_GAP; skip += 1) {
      const end = matchAt(items, item + 1, words, at + skip, clause);
      if (end !== -1) return end;
      const skipped = words[at + skip];
      if (skipped === undefined || skipped.clause !== clause || NOT_IN_A_GAP.has(skipped.word)) return -1;
    }
    return -1;
  }
  if (here !== undefined && here.clause === clause && fits(wanted, here.word)) {
    const end = matchAt(items, item + 1, words, at + 1, clause);
    if (end !== -1) return end;
  }
  return wanted.optional ? matchAt(items, item + 1, words, at, clause) : -1;
}

/** Reads the phrases once; throws on a phrase that is written wrongly (a fault of ours, seen by the tests). */
export function finderOf<Signal extends string>(...lexicons: readonly Lexicon<Signal>[]): Finder<Signal> {
  const byWord = new Map<string, Phrase<Signal>[]>();
  const byBeginning = new Map<string, Phrase<Signal>[]>();
  const index = (map: Map<string, Phrase<Signal>[]>, key: string, phrase: Phrase<Signal>) => {
    const list = map.get(key);
    if (list === undefined) map.set(key, [phrase]);
    else list.push(phrase);
  };
  for (const { classes, phrases } of lexicons) {
    for (const [signal, list] of Object.entries(phrases) as [Signal, readonly string[]][]) {
      for (const written of list) {
        let items = written.split(" ").map((item) => itemOf(item, classes));
        // "the? order" is found by "the" and by "order".
        for (let first = items[0]; first?.optional; first = items[0]) {
          const whole = { signal, items: [{ ...first, optional: false }, ...items.slice(1)] };
          for (const word of first.exact) index(byWord, word, whole);
          items = items.slice(1);
        }
        const first = items[0];
        if (first === undefined || first.gap) {
          throw new Error(`"${written}" in the lexicon: a phrase begins with a word.`);
        }
        const phrase = { signal, items };
        for (const word of first.exact) index(byWord, word, phrase);
        for (const beginning of new Set(first.prefixes.map((p) => p.slice(0, PREFIX)))) {
          index(byBeginning, beginning, phrase);
        }
      }
    }
  }
  return {
    find(words) {
      const found: Match<Signal>[] = [];
      for (let at = 0; at < words.length; at += 1) {
        const first = words[at];
        if (first === undefined) continue;
        const begun = (phrase: Phrase<Signal>) => {
          const end = matchAt(phrase.items, 0, words, at, first.clause);
          if (end > at) found.push({ signal: phrase.signal, from: at, to: end });
        };
        byWord.get(first.word)?.forEach(begun);
        byBeginning.get(first.word.slice(0, PREFIX))?.forEach(begun);
      }
      return found;
    },
  };
}
