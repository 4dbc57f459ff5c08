// Reads one message: what it is, how much it matters, how urgent it feels, in which language. All offline: readable
// rules, and beside them a small learned model when there is one.
import type { Lang, Tier } from "../words.ts";
import { blend, featuresFor } from "./blend.ts";
import { feltBy } from "./feeling.ts";
import { kindOf } from "./kind.ts";
import { languageOf } from "./language.ts";
import { directionOf, type Learning, type Lesson } from "./learning.ts";
import type { TriageModel } from "./model.ts";
import { withoutOrders } from "./orders.ts";
import type { Topic, TracedReading } from "./reading.ts";
import { type Signals, signalsOf } from "./signals.ts";
import type { Said, Spoken } from "./silence.ts";
import { weigh } from "./tier.ts";
import { urgencyOf } from "./urgency.ts";

export { repliesUnsure } from "./kind.ts";
export { titleOf } from "./title.ts";

/** A picture without words says only that somebody needs something. */
const WORDLESS = 0.3;

export interface ReadingHints {
  /** How many files came with the message. */
  files?: number;
  /** The language to assume when the words do not tell. */
  known?: Lang;
  /** Without it the rules decide alone. */
  model?: TriageModel;
  /** What the workspace corrected; counts only beside a model. */
  learning?: Learning;
  /** Who wrote it, and where, as rows' ids. */
  from?: Spoken;
}

/**
 * Reads a message as it was written. Pure, linear in the first 8,000 characters; never throws.
 * For what is no request, tier, evidence and topic say nothing: tier 5, confidence 0.
 */
export function readMessage(text: string, hints: ReadingHints = {}): TracedReading {
  const whole = signalsOf(text);
  const signals = meant(text, whole);
  const files = hints.files ?? 0;
  const rule = kindOf(signals, files);
  const { lang, confidence: langConfidence, language } = languageOf(signals.read, hints.known);
  const plain = urgencyOf(whole);
  const felt = hints.model && whole.words.length > 0 ? feltBy(hints.model.feeling, whole, plain) : plain;
  const { urgency, evidence: urgencyEvidence } = felt;
  const about = { ruleKind: rule, urgency, urgencyEvidence, lang, langConfidence, language };
  const wordless = signals.words.length === 0;
  const nothing = {
    ...about,
    tier: 5,
    confidence: 0,
    evidence: [],
    source: "rule",
    topic: null,
    among: [],
  } as const;
  if (wordless && rule !== "request") return { ...nothing, kind: rule };
  if (wordless) return { ...nothing, kind: rule, tier: 4, confidence: WORDLESS, among: [4, 3] };
  const weighed = weigh(signals);
  if (hints.model === undefined) {
    return rule === "request"
      ? { ...about, kind: rule, source: "rule", among: besides(weighed.tier), ...weighed }
      : { ...nothing, kind: rule };
  }
  const both = blend(hints.model, signals, rule, weighed, hints.learning, hints.from);
  // What came with a picture and is no plain courtesy asks for something, whatever its words look like.
  const kind = files > 0 && rule === "request" ? rule : both.kind;
  if (kind === "request") return { ...about, ...both, kind, silencedBy: [] };
  return { ...nothing, kind, learned: both.learned, silencedBy: both.silencedBy };
}

/** The signals without what is meant for a machine; all of them where nothing else was said. */
function meant(text: string, whole: Signals): Signals {
  const plain = withoutOrders(text);
  const signals = plain === text ? whole : signalsOf(plain);
  return signals.words.length > 0 ? signals : whole;
}

/** What the rules know no chances of: the tiers a message of this one is most often taken for. */
const BESIDES: Readonly<Record<Tier, readonly Tier[]>> = {
  1: [1, 3],
  2: [2, 4],
  3: [3, 4, 1],
  4: [4, 3, 5],
  5: [5, 4],
};
const besides = (tier: Tier): readonly Tier[] => BESIDES[tier];

/** The topic of a message, when sure enough to say it aloud; otherwise null. */
export function topicOf(text: string, lang: Lang): Topic | null {
  return readMessage(text, { known: lang }).topic;
}

/** What a person said of a message, as a workspace learns from it (learning.ts): 0 not a request, otherwise the tier. */
export function lessonOf(text: string, is: number, model: TriageModel, said: Said | null = null): Lesson {
  const signals = meant(text, signalsOf(text));
  const features = featuresFor(model, signals, kindOf(signals, 0), weigh(signals));
  return { direction: directionOf(model, features), is, said };
}
