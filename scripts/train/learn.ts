// Fits the linear model: multinomial logistic regression by AdaGrad over hashed features, weights as bytes.
// Deterministic: the order of the rows, the shuffle and the arithmetic are fixed, so the same rows give the same bytes.
import { type Features, featuresOf } from "../../src/domain/triage/features.ts";
import { kindOf } from "../../src/domain/triage/kind.ts";
import { CLASSES, type TriageModel } from "../../src/domain/triage/model.ts";
import { signalsOf } from "../../src/domain/triage/signals.ts";
import { weigh } from "../../src/domain/triage/tier.ts";
import type { Row } from "./rows.ts";

export const BITS = 17;
const EPOCHS = 14;
const RATE = 0.3;
const DECAY = 1e-5;
/** The weights after each later epoch are averaged: the last rows seen shall not weigh more than the rest. */
const AVERAGED_FROM = 4;
const SEED = 12345;
/** A source counts as if it had about this many rows: 8,000 questions to one bank must not outweigh everything else. */
const FAIR_SHARE = 500;
const FAIRNESS = 0.5;
const OWN_WEIGHT = 1.5;
/**
 * Divides the scores. At 1, over sources that were left out of the training, a confidence of 0.8 is right in 8 of 10
 * cases (0.85 and 1.2 are further off; `triage-table.ts --sources` prints how far).
 */
const TEMPERATURE = 1;

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

/** Numbers from 0 to below 1, always the same ones. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function shuffle(order: Uint32Array, next: () => number): void {
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = Math.floor(next() * (at + 1));
    const moved = order[at] ?? 0;
    order[at] = order[other] ?? 0;
    order[other] = moved;
  }
}

/** The mean of what was added. */
class Mean {
  readonly #sum: Float64Array;
  #count = 0;
  constructor(size: number) {
    this.#sum = new Float64Array(size);
  }
  add(values: ArrayLike<number>): void {
    this.#count += 1;
    for (let i = 0; i < this.#sum.length; i += 1) this.#sum[i] = (this.#sum[i] ?? 0) + (values[i] ?? 0);
  }
  get(): Float64Array {
    return this.#sum.map((sum) => sum / this.#count);
  }
}

/** Weights as bytes. What is beyond the largest byte is cut: a handful of weights, and finer steps for the rest. */
function quantised(weights: Float64Array, bias: Float64Array): TriageModel {
  const sizes = Float32Array.from(weights, Math.abs)
    .filter((size) => size > 0)
    .sort();
  const largest = sizes[Math.floor(sizes.length * 0.9995)] ?? 1;
  const unit = Math.fround(largest / 127);
  return {
    mask: 2 ** BITS - 1,
    weights: Int8Array.from(weights, (weight) => Math.max(-127, Math.min(127, Math.round(weight / unit)))),
    unit,
    bias: Array.from(bias, Math.fround),
    temperature: Math.fround(TEMPERATURE),
  };
}

/** Trains on the rows; takes a few seconds for 15,000. `features` may be given when they are already there. */
export function learn(
  rows: readonly Row[],
  features = rows.map(({ text }) => featuresOfText(text)),
): TriageModel {
  const weightOf = weightsOfSources(rows);
  const weights = new Float32Array(2 ** BITS * CLASSES);
  const seen = new Float32Array(2 ** BITS);
  const bias = new Float64Array(CLASSES);
  const order = Uint32Array.from(rows, (_, at) => at);
  const next = numbers(SEED);
  const chance = new Float64Array(CLASSES);
  const means = { weights: new Mean(weights.length), bias: new Mean(CLASSES) };
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    shuffle(order, next);
    const rate = RATE * (1 - (0.9 * epoch) / EPOCHS);
    for (const at of order) {
      const row = rows[at];
      const seenIn = features[at];
      if (row === undefined || seenIn === undefined) continue;
      const { buckets, values } = seenIn;
      chance.set(bias);
      for (let i = 0; i < buckets.length; i += 1) {
        const from = (buckets[i] ?? 0) * CLASSES;
        const value = values[i] ?? 0;
        for (let of = 0; of < CLASSES; of += 1)
          chance[of] = (chance[of] ?? 0) + (weights[from + of] ?? 0) * value;
      }
      const top = Math.max(...chance);
      let sum = 0;
      for (let of = 0; of < CLASSES; of += 1) {
        chance[of] = Math.exp((chance[of] ?? 0) - top);
        sum += chance[of] ?? 0;
      }
      const weight = weightOf(row);
      // From here on `chance` is the slope: what was said less what was right.
      for (let of = 0; of < CLASSES; of += 1) {
        chance[of] = ((chance[of] ?? 0) / sum - (of === row.tier ? 1 : 0)) * weight;
      }
      let steepness = 0;
      for (let of = 0; of < CLASSES; of += 1) steepness += (chance[of] ?? 0) ** 2;
      for (let i = 0; i < buckets.length; i += 1) {
        const bucket = buckets[i] ?? 0;
        const from = bucket * CLASSES;
        const value = values[i] ?? 0;
        seen[bucket] = (seen[bucket] ?? 0) + steepness * value * value;
        const step = rate / Math.sqrt((seen[bucket] ?? 0) + 1e-3);
        for (let of = 0; of < CLASSES; of += 1) {
          const old = weights[from + of] ?? 0;
          weights[from + of] = old - step * ((chance[of] ?? 0) * value + DECAY * old);
        }
      }
      for (let of = 0; of < CLASSES; of += 1) bias[of] = (bias[of] ?? 0) - 0.02 * rate * (chance[of] ?? 0);
    }
    if (epoch < AVERAGED_FROM) continue;
    means.weights.add(weights);
    means.bias.add(bias);
  }
  return quantised(means.weights.get(), means.bias.get());
}
