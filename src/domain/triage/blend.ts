// Rules and model together. The model has seen what the rules say (it is among its features), so it has the last word
// about the tier; when both agree, the rule's words are the evidence, for they can be read.
import type { Tier } from "../words.ts";
import { type Features, featuresOf } from "./features.ts";
import type { Learning } from "./learning.ts";
import { loudest } from "./loudest.ts";
import { chancesOf, type TriageModel, weightsOfWords } from "./model.ts";
import type { MessageKind, Source, Topic } from "./reading.ts";
import type { Signals } from "./signals.ts";
import { numbersOf, type Spoken } from "./silence.ts";
import type { Weighed } from "./tier.ts";

export interface Blended {
  kind: MessageKind;
  tier: Tier;
  confidence: number;
  evidence: readonly string[];
  source: Source;
  topic: Topic | null;
  among: readonly Tier[];
  /** What people corrected had its say. */
  learned: boolean;
  /** As in {@link TracedReading}. */
  silencedBy: readonly number[];
  notSilencedBy: readonly number[];
}

/** The features of a message as {@link blend} sees it. */
export function featuresFor(
  model: TriageModel,
  signals: Signals,
  kind: MessageKind,
  weighed: Weighed,
): Features {
  return featuresOf(signals, { kind, tier: weighed.tier, confidence: weighed.confidence }, model.mask);
}

/** An unheard customer is the worse mistake: only this sure does the model call a message no request by itself. */
const SURELY_NO_REQUEST = 0.6;
/** Below it, what the rules took for a courtesy is a request after all. */
const HARDLY_A_COURTESY = 0.3;
const SURE = 0.75;
/** The model alone says a topic aloud only about what it knows best. */
const SURE_ALONE = 0.85;
const ALONE: Partial<Record<Tier, Topic>> = { 1: "outage", 2: "billing" };
/** A tier below this chance is not worth a button, except that one must stand beside the likeliest. */
const WORTH_ASKING = 0.1;
const ASKED_AMONG = 3;
const TIERS: readonly Tier[] = [1, 2, 3, 4, 5];

function kindBy(chance: number, rule: MessageKind): MessageKind {
  if (rule === "request") return chance > SURELY_NO_REQUEST ? "chatter" : "request";
  return chance < HARDLY_A_COURTESY ? "request" : rule;
}

const likeliest = (chances: readonly number[]): Tier =>
  TIERS.reduce((best, each) => ((chances[each] ?? 0) > (chances[best] ?? 0) ? each : best));

/**
 * What a message with words is, by both. Pure; `kind` and `weighed` are what the rules said, `from` is who wrote it and where
 * (null: unknown; then one correction alone never silences it).
 */
export function blend(
  model: TriageModel,
  signals: Signals,
  kind: MessageKind,
  weighed: Weighed,
  learning?: Learning,
  from: Spoken | null = null,
): Blended {
  const features = featuresFor(model, signals, kind, weighed);
  const plain = chancesOf(model, features);
  const modelled = likeliest(plain);
  const held = weighed.evidence.length > 0 && weighed.tier < modelled ? weighed.tier : modelled;
  const said = learning?.apply(features, plain, { from, held });
  const chances = said?.chances ?? plain;
  const none = chances[0] ?? 0;
  const tier = likeliest(chances);
  const is = kindBy(none, kind);
  const silenced = is !== "request" && kindBy(plain[0] ?? 0, kind) === "request";
  const confidence = (chances[tier] ?? 0) / Math.max(1 - none, 1e-9);
  const agreed = tier === weighed.tier && weighed.evidence.length > 0;
  const alone = confidence >= SURE_ALONE ? (ALONE[tier] ?? null) : null;
  return {
    kind: is,
    tier,
    confidence: Math.min(1, Math.round(confidence * 100) / 100),
    evidence: agreed
      ? weighed.evidence
      : loudest(signals.read.text, signals.words, weightsOfWords(model, features, tier)),
    source: agreed ? "rule" : "model",
    learned: chances !== plain,
    silencedBy: silenced && said ? numbersOf(said.silencing) : [],
    notSilencedBy: is === "request" && said ? numbersOf(said.notEnough) : [],
    among: TIERS.toSorted((a, b) => (chances[b] ?? 0) - (chances[a] ?? 0)).filter(
      (each, place) => place < 2 || (place < ASKED_AMONG && (chances[each] ?? 0) >= WORTH_ASKING),
    ),
    topic: agreed ? (confidence >= SURE ? weighed.topic : null) : alone,
  };
}
