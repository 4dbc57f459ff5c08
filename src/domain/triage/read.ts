// Reads one message: what it is, how much it matters, how urgent it feels, in which language. Rules only, all offline.
import type { Lang } from "../words.ts";
import { kindOf } from "./kind.ts";
import { languageOf } from "./language.ts";
import type { Reading, Topic } from "./reading.ts";
import { signalsOf } from "./signals.ts";
import { weigh } from "./tier.ts";
import { urgencyOf } from "./urgency.ts";

export { repliesUnsure } from "./kind.ts";
export { titleOf } from "./title.ts";

/** A picture without words says only that somebody needs something. */
const WORDLESS = 0.3;

/**
 * Reads a message as it was written. Pure, linear in the first 8,000 characters; never throws.
 * For what is no request, tier, evidence and topic say nothing: tier 5, confidence 0.
 *
 * @param options.files how many files came with it
 * @param options.known the language to assume when the words do not tell
 */
export function readMessage(text: string, options: { files?: number; known?: Lang } = {}): Reading {
  const signals = signalsOf(text);
  const kind = kindOf(signals, options.files ?? 0);
  const { lang, confidence: langConfidence } = languageOf(signals.read, options.known);
  const { urgency, evidence: urgencyEvidence } = urgencyOf(signals);
  const about = { kind, urgency, urgencyEvidence, lang, langConfidence };
  if (kind !== "request") return { ...about, tier: 5, confidence: 0, evidence: [], topic: null };
  if (signals.words.length === 0)
    return { ...about, tier: 4, confidence: WORDLESS, evidence: [], topic: null };
  return { ...about, ...weigh(signals) };
}

/** The topic of a message, when sure enough to say it aloud; otherwise null. */
export function topicOf(text: string, lang: Lang): Topic | null {
  return readMessage(text, { known: lang }).topic;
}
