// Fits a linear model: multinomial logistic regression by AdaGrad over hashed features, weights as bytes.
// Deterministic: the order of the examples, the shuffle and the arithmetic are fixed, so the same examples give the same bytes.
import type { Features } from "../../src/domain/triage/features.ts";
import type { LinearModel } from "../../src/domain/triage/model.ts";

export interface Example {
  features: Features;
  /** The right class. */
  right: number;
  weight: number;
}

const EPOCHS = 14;
const RATE = 0.3;
const DECAY = 1e-5;
/** The weights after each later epoch are averaged: the last rows seen shall not weigh more than the rest. */
const AVERAGED_FROM = 4;
const SEED = 12345;
/**
 * Divides the scores. At 1, over sources that were left out of the training, a confidence of 0.8 is right in 8 of 10
 * cases (0.85 and 1.2 are further off; `triage-table.ts --sources` prints how far).
 */
const TEMPERATURE = 1;

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
function quantised(classes: number, weights: Float64Array, bias: Float64Array): LinearModel {
  const sizes = Float32Array.from(weights, Math.abs)
    .filter((size) => size > 0)
    .sort();
  const largest = sizes[Math.floor(sizes.length * 0.9995)] ?? 1;
  const unit = Math.fround(largest / 127);
  return {
    classes,
    mask: weights.length / classes - 1,
    weights: Int8Array.from(weights, (weight) => Math.max(-127, Math.min(127, Math.round(weight / unit)))),
    unit,
    bias: Array.from(bias, Math.fround),
    temperature: Math.fround(TEMPERATURE),
  };
}

/** Fits on the examples; the buckets of their features are below `2 ** bits`. */
export function fitLinear(examples: readonly Example[], classes: number, bits: number): LinearModel {
  const weights = new Float32Array(2 ** bits * classes);
  const seen = new Float32Array(2 ** bits);
  const bias = new Float64Array(classes);
  const order = Uint32Array.from(examples, (_, at) => at);
  const next = numbers(SEED);
  const chance = new Float64Array(classes);
  const means = { weights: new Mean(weights.length), bias: new Mean(classes) };
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    shuffle(order, next);
    const rate = RATE * (1 - (0.9 * epoch) / EPOCHS);
    for (const at of order) {
      const example = examples[at];
      if (example === undefined) continue;
      const { right, weight } = example;
      const { buckets, values } = example.features;
      chance.set(bias);
      for (let i = 0; i < buckets.length; i += 1) {
        const from = (buckets[i] ?? 0) * classes;
        const value = values[i] ?? 0;
        for (let of = 0; of < classes; of += 1)
          chance[of] = (chance[of] ?? 0) + (weights[from + of] ?? 0) * value;
      }
      const top = Math.max(...chance);
      let sum = 0;
      for (let of = 0; of < classes; of += 1) {
        chance[of] = Math.exp((chance[of] ?? 0) - top);
        sum += chance[of] ?? 0;
      }
      // From here on `chance` is the slope: what was said less what was right.
      for (let of = 0; of < classes; of += 1) {
        chance[of] = ((chance[of] ?? 0) / sum - (of === right ? 1 : 0)) * weight;
      }
      let steepness = 0;
      for (let of = 0; of < classes; of += 1) steepness += (chance[of] ?? 0) ** 2;
      for (let i = 0; i < buckets.length; i += 1) {
        const bucket = buckets[i] ?? 0;
        const from = bucket * classes;
        const value = values[i] ?? 0;
        seen[bucket] = (seen[bucket] ?? 0) + steepness * value * value;
        const step = rate / Math.sqrt((seen[bucket] ?? 0) + 1e-3);
        for (let of = 0; of < classes; of += 1) {
          const old = weights[from + of] ?? 0;
          weights[from + of] = old - step * ((chance[of] ?? 0) * value + DECAY * old);
        }
      }
      for (let of = 0; of < classes; of += 1) bias[of] = (bias[of] ?? 0) - 0.02 * rate * (chance[of] ?? 0);
    }
    if (epoch < AVERAGED_FROM) continue;
    means.weights.add(weights);
    means.bias.add(bias);
  }
  return quantised(classes, means.weights.get(), means.bias.get());
}
