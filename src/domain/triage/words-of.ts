// Cuts a message into words that remember where they stood, so that every quote is the message's own.
// Linear in the length of what is read; no text of a user ever becomes part of a regular expression.
import { remembered } from "./remembered.ts";

/** Characters of a message the rules look at. What stands behind it is kept, but decides nothing. */
export const READ_AT_MOST = 8_000;
/** A long honest message has fewer words; a hostile one of single letters does not take longer than it. */
const MOST_WORDS = 2_000;
const LONGEST_WORD = 60;

export interface Word {
  /** Lower case, without accents, apostrophes and invisible characters: `can't` is `cant`, `cómo` is `como`. */
  word: string;
  /** Offsets into the text that was given. */
  from: number;
  to: number;
  clause: number;
  sentence: number;
}

export interface Span {
  from: number;
  to: number;
}

export interface Words {
  /** The part of the text that was read. */
  text: string;
  words: readonly Word[];
  /** Sentences that end, or begin, with a question mark. */
  questions: ReadonlySet<number>;
  emoji: readonly Span[];
  /** Runs of two or more `!`, or of three or more `?`. */
  shouts: readonly Span[];
  mentions: number;
  links: number;
  letters: number;
  capitals: number;
}

// By number and not by name: an object of names for each word of each message is most of what reading costs.
const [LINK, MENTION, SHORT, WORD, EMOJI, MONEY, MARKS] = [1, 2, 3, 4, 5, 6, 7];
const PIECE =
  /((?:[Hh][Tt][Tt][Pp][Ss]?:\/\/|[Ww]{3}\.)\S+)|([@#][\p{L}\p{N}_][\p{L}\p{N}_.-]{0,80})|(:[a-zA-Z+][a-zA-Z0-9_+-]{1,40}:)|([\p{L}\p{N}][\p{L}\p{N}\p{M}\p{Cf}'’]*)|(\p{Extended_Pictographic}[\p{M}\p{Cf}\p{Extended_Pictographic}\p{Emoji_Modifier}]*)|([$€£])|([?!¿¡]+)|([.,;:](?=\s|$)|[\n()"“”…])/gu;
const PLAIN = /^[a-z0-9]+$/;
const INVISIBLE = /[\p{M}\p{Cf}'’]/gu;
const DRAWN_OUT = /(\p{L})\1{2,}/gu;
const LETTER = /\p{L}/gu;
const CAPITAL = /\p{Lu}/gu;
const TURNS = new Set(["but", "pero", "although", "aunque", "however"]);

/** One word as the rules compare it: lower case, no accents, no apostrophes; `soooo` is `so`. */
export function fold(word: string): string {
  const short = word.length > LONGEST_WORD ? word.slice(0, LONGEST_WORD) : word;
  const plain = PLAIN.test(short) ? short : short.normalize("NFKD").replace(INVISIBLE, "").toLowerCase();
  return plain.replace(DRAWN_OUT, "$1");
}

const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;
const DIGIT = /\d/;

/** The words, marks and emoji of a text, of its first {@link READ_AT_MOST} characters. */
export const wordsOf: (whole: string) => Words = remembered(cut);

function cut(whole: string): Words {
  const text = whole.slice(0, READ_AT_MOST);
  const words: Word[] = [];
  const questions = new Set<number>();
  const emoji: Span[] = [];
  const shouts: Span[] = [];
  let clause = 0;
  let sentence = 0;
  let mentions = 0;
  let links = 0;
  let letters = 0;
  let capitals = 0;
  for (const found of text.matchAll(PIECE)) {
    if (words.length >= MOST_WORDS) break;
    const piece = found[0];
    const from = found.index;
    const to = from + piece.length;
    const span = { from, to };
    if (found[WORD] !== undefined) {
      const word = fold(piece);
      if (TURNS.has(word)) clause += 1;
      if (word !== "") words.push({ word, from, to, clause, sentence });
      const plain = PLAIN.test(piece);
      letters += plain && !DIGIT.test(piece) ? piece.length : count(piece, LETTER);
      capitals += plain ? 0 : count(piece, CAPITAL);
    } else if (found[MONEY] !== undefined) words.push({ word: "$", from, to, clause, sentence });
    else if (found[MENTION] !== undefined) mentions += 1;
    else if (found[LINK] !== undefined) links += 1;
    else if (found[EMOJI] !== undefined || found[SHORT] !== undefined) emoji.push(span);
    else if (found[MARKS] !== undefined) {
      if (piece.includes("?")) questions.add(sentence);
      const bangs = count(piece, /[!]/gu);
      if (bangs >= 2 || count(piece, /[?]/gu) >= 3) shouts.push(span);
      clause += 1;
      sentence += 1;
      if (piece.includes("¿")) questions.add(sentence);
    } else {
      clause += 1;
      if (piece === "." || piece === "\n") sentence += 1;
    }
  }
  return { text, words, questions, emoji, shouts, mentions, links, letters, capitals };
}

/** What stands between two offsets, on one line and without invisible characters. */
export function quote(text: string, span: Span): string {
  return text
    .slice(span.from, span.to)
    .replace(/\p{Cf}/gu, "")
    .replace(/\s+/gu, " ");
}
