// Learns what a message is and how it feels. Deterministic (see fit.ts).
import { type Features, featuresOf } from "../../src/domain/triage/features.ts";
import { kindOf } from "../../src/domain/triage/kind.ts";
import { CLASSES, type TriageModel } from "../../src/domain/triage/model.ts";
import { signalsOf } from "../../src/domain/triage/signals.ts";
import { weigh } from "../../src/domain/triage/tier.ts";
import { feelingModel } from "./feeling.ts";
import { fitLinear } from "./fit.ts";
import type { Row } from "./rows.ts";

export const BITS = 17;
/** A source counts as if it had about this many rows: 8,000 questions to one bank must not outweigh everything else. */
const FAIR_SHARE = 500;
const FAIRNESS = 0.5;
const OWN_WEIGHT = 1.5;

/** The features of a row, as the bot will see them. */
export function featuresOfText(text: string): Features {
  const signals = signalsOf(text);
  const weighed = signals.words.length > 0 ? weigh(signals) : { tier: 4, confidence: 0 };
  return featuresOf(signals, { kind: kindOf(signals, 0), ...weighed }, 2 ** BITS - 1);
}

function weightsOfSources(rows: readonly Row[]): (row: Row) => number {
  const sizes = new Map<string, number>();
  for (const { source } of rows) sizes.set(source, (sizes.get(source) ?? 0) + 1);
  return ({ source }) =>
    source === "own" ? OWN_WEIGHT : (FAIR_SHARE / (sizes.get(source) ?? FAIR_SHARE)) ** FAIRNESS;
}

/** Trains on the rows; takes a few seconds for 15,000. `features` may be given when they are already there. */
export function learn(
  rows: readonly Row[],
  features = rows.map(({ text }) => featuresOfText(text)),
): TriageModel {
  const weightOf = weightsOfSources(rows);
  const examples = rows.flatMap((row, at) => {
    const seen = features[at];
    return seen === undefined ? [] : [{ features: seen, right: row.tier, weight: weightOf(row) }];
  });
  return { ...fitLinear(examples, CLASSES, BITS), feeling: feelingModel() };
}
