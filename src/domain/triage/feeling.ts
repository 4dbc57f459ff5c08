// How urgent a message feels, by the rules and the learned model together. Words of tone and what hangs on it are the rules'
// (urgency.ts); anger that uses none of them is the model's. It may only raise what the rules felt, and never against "no rush".
import type { Urgency } from "../words.ts";
import { type Features, featuresOf } from "./features.ts";
import { loudest } from "./loudest.ts";
import { chancesOf, type LinearModel, weightsOfWords } from "./model.ts";
import type { Signals } from "./signals.ts";
import { type Felt, urgencyOf } from "./urgency.ts";

const LEVELS: readonly Urgency[] = ["calm", "pressed", "alarmed"];
const SURE = 0.5;

/** The features of how it feels: all words, those of tone too, and what the rules felt. Nothing of the tier. */
export function feelingFeatures(signals: Signals, mask: number): Features {
  const felt = LEVELS.indexOf(urgencyOf(signals).urgency);
  const words = signals.read.words;
  return featuresOf({ ...signals, words, found: [] }, { kind: "request", tier: felt, confidence: 0 }, mask);
}

/** Felt urgency by both. Pure; `rule` is what {@link urgencyOf} said of the same signals. */
export function feltBy(model: LinearModel, signals: Signals, rule: Felt): Felt {
  if (signals.tone.some(({ tone }) => tone === "calm")) return rule;
  const features = feelingFeatures(signals, model.mask);
  const [, pressed = 0, alarmed = 0] = chancesOf(model, features);
  const level = alarmed >= SURE ? 2 : pressed + alarmed >= SURE ? 1 : 0;
  if (level <= LEVELS.indexOf(rule.urgency)) return rule;
  const { text, words } = signals.read;
  const evidence = loudest(text, words, weightsOfWords(model, features, level));
  return {
    urgency: LEVELS[level] ?? rule.urgency,
    evidence: [...new Set([...rule.evidence, ...evidence])].slice(0, 3),
  };
}
