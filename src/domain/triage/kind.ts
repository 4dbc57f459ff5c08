// Is a message a request, or a greeting, a thanks, chatter? When in doubt it is a request: an unheard customer is the
// worse mistake (DESIGN idea 9 for the other side: a bare thanks opens nothing).
import type { Lang } from "../words.ts";
import type { Match } from "./phrases.ts";
import type { MessageKind } from "./reading.ts";
import { type Signal, type Signals, signalsOf } from "./signals.ts";
import { alarming } from "./urgency.ts";
import { quote } from "./words-of.ts";

const ASKS = new Set<Signal>([
  "down",
  "product_fails",
  "we_cannot",
  "was_down",
  "money_wrong",
  "money",
  "money_maybe",
  "problem",
  "problem_maybe",
  "missing",
  "question",
  "question_maybe",
  "wish",
  "offer",
  "access",
]);
/** What turns even a thanks into a complaint: "thanks for charging me twice". */
const COMPLAINS = new Set<Signal>([
  "down",
  "product_fails",
  "we_cannot",
  "money_wrong",
  "problem",
  "missing",
]);
const COURTESIES = new Set<Signal>(["greeting", "thanks", "ok", "yes_no", "chatter", "works", "praise"]);
/** Words left over that may be a name or a slip: "hi drew", "thanks a ton Marta". */
const LEFT_OVER = 2;
const OK_LEFT_OVER = 1;
const CHATTER_LEFT_OVER = 3;

interface Cover {
  /** By word: part of a courtesy. */
  covered: Uint8Array;
  has(signal: Signal): boolean;
  any: boolean;
  /** Words that are no part of any courtesy and no mere filler. */
  left: number;
  /** Something is asked or reported outside the courtesies. */
  asks: boolean;
}

function clauseEnd(signals: Signals, from: number): number {
  const clause = signals.words[from]?.clause;
  let end = from;
  while (signals.words[end]?.clause === clause && end < signals.words.length) end += 1;
  return end;
}

function inside(match: Match<Signal>, covered: Uint8Array): boolean {
  for (let at = match.from; at < match.to; at += 1) if (covered[at] === 0) return false;
  return true;
}

function coverOf(signals: Signals): Cover {
  const { words, found } = signals;
  const covered = new Uint8Array(words.length);
  const complaints = found.filter(({ signal }) => COMPLAINS.has(signal));
  const kinds = new Set<Signal>();
  let free = 0;
  for (const match of found) {
    if (match.signal === "thanks_for") {
      const end = clauseEnd(signals, match.from);
      if (complaints.some(({ from, to }) => from >= match.from && to <= end)) continue;
      kinds.add("thanks");
      if (match.from < free) continue;
      covered.fill(1, match.from, end);
      free = end;
    } else if (COURTESIES.has(match.signal)) {
      kinds.add(match.signal);
      covered.fill(1, match.from, match.to);
    }
  }
  const filler = new Uint8Array(words.length);
  for (const match of found) if (match.signal === "filler") filler.fill(1, match.from, match.to);
  let left = 0;
  for (let at = 0; at < words.length; at += 1) if (covered[at] === 0 && filler[at] === 0) left += 1;
  const asks = found.some((match) => ASKS.has(match.signal) && !inside(match, covered));
  return { covered, left, asks, has: (signal) => kinds.has(signal), any: kinds.size > 0 };
}

/** A question mark behind words that are no courtesy. "How are you?" asks nothing of the team. */
function openQuestion({ read, words }: Signals, covered: Uint8Array): boolean {
  if (read.questions.size === 0) return false;
  return words.some(({ sentence }, at) => covered[at] === 0 && read.questions.has(sentence));
}

const HAS_DIGIT = /\d/;

/** @param files how many files came with it: a picture without words is a request. */
export function kindOf(signals: Signals, files: number): MessageKind {
  const { read, words } = signals;
  if (words.length === 0) {
    const shrug = read.emoji.some((span) => !alarming(quote(read.text, span)));
    const alarm = !shrug && signals.tone.some(({ tone }) => tone !== "calm");
    return files > 0 || read.links > 0 || alarm ? "request" : "chatter";
  }
  const cover = coverOf(signals);
  const kind =
    cover.has("thanks") || cover.has("works") ? "thanks" : cover.has("greeting") ? "greeting" : "chatter";
  if (!cover.any) return "request";
  const courteous = kind !== "chatter" || cover.has("ok") || cover.has("yes_no");
  if (files > 0 && !courteous) return "request";
  if (cover.asks || openQuestion(signals, cover.covered)) return "request";
  if (cover.left === 0)
    return cover.has("praise") && kind === "chatter" && words.length > 3 ? "request" : kind;
  if (read.links > 0 || words.some(({ word }) => HAS_DIGIT.test(word))) return "request";
  if (kind !== "chatter" && cover.left <= LEFT_OVER) return kind;
  if (cover.has("ok") && cover.left <= OK_LEFT_OVER) return kind;
  if (cover.has("chatter") && cover.left <= CHATTER_LEFT_OVER) return "chatter";
  return "request";
}

/** "Yes", "no", "not yet": opens nothing, yet it may be the answer somebody waits for. */
export function answersYesOrNo(text: string): boolean {
  const signals = signalsOf(text);
  return (
    signals.words.length > 0 && signals.words.length <= 6 && signals.found.some((m) => m.signal === "yes_no")
  );
}

/** "It is fixed", "ya funciona": something works again. */
export function saysItWorks(text: string): boolean {
  return signalsOf(text).found.some(({ signal }) => signal === "works");
}

const LONGEST_UNSURE = 25;

/**
 * After an explanation: "ok, I think…", "creo que sí…" (DESIGN idea 3). A hint to the owner to ask, never more.
 * `lang` is not needed to find the words, and is kept for the model that may come.
 */
export function repliesUnsure(text: string, _lang: Lang): boolean {
  const signals = signalsOf(text);
  const { words, found } = signals;
  if (words.length === 0 || words.length > LONGEST_UNSURE) return false;
  if (found.some(({ signal }) => signal === "works" || signal === "down" || signal === "money_wrong"))
    return false;
  const trails = text.trimEnd().endsWith("…") || text.trimEnd().endsWith("..");
  if (found.some(({ signal }) => signal === "unsure")) return true;
  return trails && found.some(({ signal }) => signal === "ok" || signal === "yes_no") && words.length <= 6;
}
