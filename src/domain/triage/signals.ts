// What a message says, before any rule weighs it: the signals found, with the words that carry them.
// Tone is found first and taken out, so that it cannot reach the signals a tier is made of (DESIGN idea 2).
import { LEXICON_EN } from "./lexicon-en.ts";
import { LEXICON_ES } from "./lexicon-es.ts";
import { MANNER_EN } from "./manner-en.ts";
import { MANNER_ES } from "./manner-es.ts";
import { finderOf, type Lexicon, type Match } from "./phrases.ts";
import { remembered } from "./remembered.ts";
import { type Word, type Words, wordsOf } from "./words-of.ts";

/** How it feels. Never an impact. */
export type Tone = "alarmed" | "pressed" | "calm";

export type Impact =
  /** Everything fails for everybody. */
  | "down"
  /** The product as a whole does not work, said by one person. */
  | "product_fails"
  /** "We cannot get in": said for a whole company. */
  | "we_cannot"
  /** It did fail, and that is over. */
  | "was_down"
  /** Money that was taken, is owed, or cannot be paid. */
  | "money_wrong"
  | "money"
  /** Money only together with something wrong. */
  | "money_maybe"
  | "problem"
  | "problem_maybe"
  /** Something that should have come, or was lost or stolen. */
  | "missing"
  | "question"
  | "question_maybe"
  | "wish"
  | "praise"
  | "offer";

export type Frame =
  /** Works again. */
  | "works"
  /** "When I click…": narrows a failure of the product to a part of it. */
  | "partial"
  /** "It was so, and then": without another word, somebody tells what goes wrong. */
  | "story"
  /** One person, one place; the rest works. */
  | "only_one"
  /** "What happens if…" */
  | "suppose"
  /** Signing in and passwords: a topic, not an impact. */
  | "access";

/** What hangs on it for the customer: felt urgency that is not tone, so it stays among the words. */
export type Stakes = "stakes";

export type Courtesy =
  | "greeting"
  | "thanks"
  | "thanks_for"
  | "ok"
  | "yes_no"
  | "chatter"
  | "filler"
  | "unsure";

export type Signal = Tone | Impact | Frame | Stakes | Courtesy;

export interface Signals {
  read: Words;
  /** The words without those of tone; the numbers in `found` count these. */
  words: readonly Word[];
  /** Negated ones are left out. */
  found: readonly Match<Signal>[];
  /** Phrases of tone, as offsets into the text. */
  tone: readonly { tone: Tone; from: number; to: number }[];
}

type Manner = Exclude<Signal, Tone>;

function toneOnly(lexicon: Lexicon<Tone | Stakes | Courtesy>): Lexicon<Tone> {
  const { alarmed = [], pressed = [], calm = [] } = lexicon.phrases;
  return { classes: lexicon.classes, phrases: { alarmed, pressed, calm } };
}

function courtesyOnly(lexicon: Lexicon<Tone | Stakes | Courtesy>): Lexicon<Stakes | Courtesy> {
  const { alarmed, pressed, calm, ...phrases } = lexicon.phrases;
  return { classes: lexicon.classes, phrases };
}

const MANNERS = [MANNER_EN, MANNER_ES];
const toneFinder = finderOf<Tone>(...MANNERS.map(toneOnly));
const finder = finderOf<Manner>(LEXICON_EN, LEXICON_ES, ...MANNERS.map(courtesyOnly));

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));
const NEGATIONS = set(
  "no not never without none nothing nobody nada nadie isnt arent wasnt werent dont doesnt didnt havent hasnt nor sin nunca ningun ninguna ni tampoco stopped",
);
/** Words that may stand between a negation and what it negates: "not getting any error", "no hay ningún error". */
const BETWEEN = set(
  "a an any the more longer is be been getting get got seeing see really it to have has think say que hay tengo tiene es ha han he se me le nos un una mas da dan sale salen creo haya estar fue esta algun alguna",
);
/** A repair that is awaited has not happened: "when will it be back". */
const AWAITED = set(
  "will when be until hope want need needs if should please once would cuando hasta que espero si quiero necesito sera estara",
);
const NEGATABLE = new Set<Signal>([
  "down",
  "product_fails",
  "we_cannot",
  "was_down",
  "money_wrong",
  "problem",
  "problem_maybe",
  "missing",
  "works",
  "praise",
  "only_one",
]);

function negated(words: readonly Word[], match: Match<Signal>): boolean {
  const clause = words[match.from]?.clause;
  for (let at = match.from - 1; at >= 0 && at >= match.from - 4; at -= 1) {
    const before = words[at];
    if (before === undefined || before.clause !== clause) return false;
    if (NEGATIONS.has(before.word)) return true;
    if (!BETWEEN.has(before.word)) return false;
  }
  return false;
}

function awaited(words: readonly Word[], match: Match<Signal>): boolean {
  const first = words[match.from];
  for (let at = match.from - 1; at >= 0 && at >= match.from - 3; at -= 1) {
    const before = words[at];
    if (before === undefined || before.clause !== first?.clause) return false;
    if (AWAITED.has(before.word)) return true;
  }
  return false;
}

/** The signals of a text. Pure and linear; reads the first 8,000 characters. */
export const signalsOf: (text: string) => Signals = remembered(signalsIn);

function signalsIn(text: string): Signals {
  const read = wordsOf(text);
  const toned = new Uint8Array(read.words.length);
  const tone: { tone: Tone; from: number; to: number }[] = [];
  for (const match of toneFinder.find(read.words)) {
    toned.fill(1, match.from, match.to);
    const from = read.words[match.from];
    const last = read.words[match.to - 1];
    if (from && last) tone.push({ tone: match.signal, from: from.from, to: last.to });
  }
  const words = read.words.filter((_, at) => toned[at] === 0);
  const found = finder.find(words).filter((match) => {
    if (NEGATABLE.has(match.signal) && negated(words, match)) return false;
    if (match.signal !== "works") return true;
    return !read.questions.has(words[match.from]?.sentence ?? -1) && !awaited(words, match);
  });
  return { read, words, found, tone };
}
