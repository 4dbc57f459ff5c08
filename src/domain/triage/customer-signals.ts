// What staff should know of a message besides its tier: complaint, heat, leaving, an opportunity, praise, something that
// should not stand in public. Judgements about people: private to staff, deletable, heat, leaving and opportunity only
// where a lead turned them on (DESIGN ideas 6, 12, 14, 15). Nothing here may move a tier.
import type { Lang } from "../words.ts";
import { CUSTOMER_EN } from "./customer-signals-en.ts";
import { CUSTOMER_ES } from "./customer-signals-es.ts";
import { finderOf, type Match } from "./phrases.ts";
import { privateDataIn } from "./private-data.ts";
import { alarming } from "./urgency.ts";
import { quote, type Word, wordsOf } from "./words-of.ts";

export type CustomerSignal =
  | "complaint"
  | "heated"
  | "leaving"
  | "opportunity"
  | "praise"
  /** Somebody tells in public how we can be broken into, or that we were. */
  | "security"
  /** A card number, a password, a key: in a place others read. */
  | "personal_data"
  /** With {@link SignalHints.newAccount}: gets no answer from the bot, and its card is flagged. */
  | "newcomer_link";

export interface Heard {
  signal: CustomerSignal;
  /** As it stands in the message. Of personal data only the beginning, for a note about a leak must not be one. */
  quote: string;
}

export interface SignalHints {
  /** The author's account is young, or this is their first message here. The platform knows. */
  newAccount?: boolean;
}

/** What a phrase of the lexicons says; the last four only weigh in. */
export type Phrase =
  | "complaint"
  | "leaving"
  | "opportunity"
  | "praise"
  | "security"
  | "insult"
  | "fed_up"
  | "always";

const finder = finderOf<Phrase>(CUSTOMER_EN, CUSTOMER_ES);
const NEGATIONS = new Set(
  "no not never dont doesnt didnt isnt arent wasnt cant wont without nor nunca ni tampoco jamas sin nada".split(
    " ",
  ),
);
const NEGATION_WITHIN = 2;
/** What makes "you always answer" the opposite of praise, anywhere in its clause. */
const SPOILS = new Set(
  "late slow slowly wrong same canned copy generic template excuses excuse weeks badly rude useless tarde tardisimo lento lentos mal mismo misma plantilla excusas semanas borde bordes".split(
    " ",
  ),
);
const LINK = /(?:https?:\/\/|www\.|discord\.gg\/|t\.me\/)[^\s<>]{1,200}/iu;
/** Capitals count as heat only in a sentence's worth of them. */
const SHOUTED_LETTERS = 15;
const SHOUTED_SHARE = 0.8;

function negated(words: readonly Word[], { from }: Match<Phrase>): boolean {
  const clause = words[from]?.clause;
  for (let at = from - 1; at >= 0 && at >= from - NEGATION_WITHIN; at -= 1) {
    const before = words[at];
    if (before?.clause !== clause) return false;
    if (before && NEGATIONS.has(before.word)) return true;
  }
  return false;
}

function spoilt(words: readonly Word[], { from, to }: Match<Phrase>): boolean {
  const clause = words[from]?.clause;
  const near = words.slice(Math.max(0, from - 6), to + 6);
  return near.some((each) => each.clause === clause && SPOILS.has(each.word));
}

/** Whether a text holds an address that somebody may follow, with or without its scheme. */
export function holdsLink(text: string): boolean {
  return LINK.test(text.slice(0, 8_000));
}

/**
 * The signals of a message, each once, with the words that carry it. Pure, linear in the first 8,000 characters.
 * Both languages are always looked for, since customers mix them; `_lang` is kept for a language with a lexicon of its own.
 */
export function signalsIn(text: string, _lang: Lang, hints: SignalHints = {}): Heard[] {
  const read = wordsOf(text);
  const { words } = read;
  const heard = new Map<CustomerSignal, string>();
  const span = (match: Match<Phrase>) => {
    const first = words[match.from];
    const last = words[match.to - 1];
    return first && last ? quote(read.text, { from: first.from, to: last.to }) : "";
  };
  const say = (signal: CustomerSignal, words: string) => {
    if (!heard.has(signal)) heard.set(signal, words);
  };
  const found = finder.find(words).sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from);
  const firstOf = (phrase: Phrase) =>
    found.find((match) => match.signal === phrase && !negated(words, match));
  // "Always" before praise, or close behind it, is the best kind: it is quoted first.
  const praise = found.filter(
    (match) => match.signal === "praise" && !negated(words, match) && !spoilt(words, match),
  );
  const always = firstOf("always");
  const best = always && praise.find(({ from }) => Math.abs(from - always.from) <= 6);
  if (best && always) {
    say(
      "praise",
      span({ ...best, from: Math.min(best.from, always.from), to: Math.max(best.to, always.to) }),
    );
  }
  const insult = firstOf("insult");
  const fedUp = firstOf("fed_up");
  const loud = read.shouts[0];
  const angry = read.emoji.find((of) => alarming(quote(read.text, of)));
  const shouted = read.letters >= SHOUTED_LETTERS && read.capitals / read.letters >= SHOUTED_SHARE;
  const complaint = firstOf("complaint") ?? fedUp;
  if (complaint) say("complaint", span(complaint));
  if (insult) say("heated", span(insult));
  else if (fedUp && (loud || angry || shouted)) say("heated", span(fedUp));
  else if (complaint && shouted) say("heated", span(complaint));
  for (const signal of ["leaving", "opportunity", "security"] as const) {
    const match = firstOf(signal);
    if (match) say(signal, span(match));
  }
  const [kind] = praise;
  if (kind && !complaint && !insult) say("praise", span(kind));
  const leaked = privateDataIn(read.text);
  if (leaked !== null) say("personal_data", leaked);
  if (hints.newAccount === true) {
    const link = LINK.exec(read.text);
    if (link) say("newcomer_link", link[0]);
  }
  return [...heard].map(([signal, words]) => ({ signal, quote: words }));
}
