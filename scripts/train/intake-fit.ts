// Fits the linker's weights: the likelihood that one of the right choices is taken (their softmax shares summed), with a
// penalty on large weights, by Adam. The same examples in the same order give the same weights to the last bit.
import type { Weights } from "../../src/domain/intake/link.ts";
import { type Example, LINK_NAMES, NEW_NAMES } from "./intake-examples.ts";

export interface Weighted {
  example: Example;
  weight: number;
}

export interface FitOptions {
  rounds: number;
  rate: number;
  penalty: number;
}

export const FIT: FitOptions = { rounds: 12, rate: 0.01, penalty: 1e-4 };
const BATCH = 32;
const SEED = 7;
const TINY = 1e-12;
const NEGLIGIBLE = 1e-5;
const DECIMALS = 3;

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const out = [...items];
  let state = seed;
  for (let i = out.length - 1; i > 0; i -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    const j = (state >>> 0) % (i + 1);
    const moved = out[i];
    const other = out[j];
    if (moved === undefined || other === undefined) continue;
    out[i] = other;
    out[j] = moved;
  }
  return out;
}

/** Adds the gradient of one example. */
function learn({ example, weight }: Weighted, weights: Float64Array, gradient: Float64Array): void {
  const { from, at, value, right } = example;
  const choices = right.length;
  const mass = new Float64Array(choices);
  let highest = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < choices; c += 1) {
    let score = 0;
    const end = from[c + 1] ?? 0;
    for (let i = from[c] ?? 0; i < end; i += 1) score += (weights[at[i] ?? 0] ?? 0) * (value[i] ?? 0);
    mass[c] = score;
    if (score > highest) highest = score;
  }
  let total = 0;
  let good = 0;
  for (let c = 0; c < choices; c += 1) {
    const m = Math.exp((mass[c] ?? 0) - highest);
    mass[c] = m;
    total += m;
    if (right[c] === 1) good += m;
  }
  for (let c = 0; c < choices; c += 1) {
    const m = mass[c] ?? 0;
    const push = weight * (m / total - (right[c] === 1 ? m / (good + TINY) : 0));
    if (Math.abs(push) < NEGLIGIBLE) continue;
    const end = from[c + 1] ?? 0;
    for (let i = from[c] ?? 0; i < end; i += 1) {
      const index = at[i] ?? 0;
      gradient[index] = (gradient[index] ?? 0) + push * (value[i] ?? 0);
    }
  }
}

/** Fits; weights are rounded to three decimals, by the names of their clues. */
export function fitWeights(examples: readonly Weighted[], options: FitOptions = FIT): Weights {
  const size = LINK_NAMES.length + NEW_NAMES.length;
  const weights = new Float64Array(size);
  const mean = new Float64Array(size);
  const square = new Float64Array(size);
  const steps = options.rounds * Math.ceil(examples.length / BATCH);
  let step = 0;
  for (let round = 0; round < options.rounds; round += 1) {
    const order = shuffled(examples, SEED + round);
    for (let from = 0; from < order.length; from += BATCH) {
      const gradient = new Float64Array(size);
      const batch = order.slice(from, from + BATCH);
      for (const one of batch) learn(one, weights, gradient);
      step += 1;
      const rate = options.rate * (1 - step / (steps + 1));
      for (let k = 0; k < size; k += 1) {
        const weight = weights[k] ?? 0;
        const slope = (gradient[k] ?? 0) / batch.length + options.penalty * weight;
        const m = 0.9 * (mean[k] ?? 0) + 0.1 * slope;
        const s = 0.999 * (square[k] ?? 0) + 0.001 * slope * slope;
        mean[k] = m;
        square[k] = s;
        weights[k] = weight - (rate * (m / (1 - 0.9 ** step))) / (Math.sqrt(s / (1 - 0.999 ** step)) + 1e-8);
      }
    }
  }
  const named = (names: readonly string[], from: number) =>
    Object.fromEntries(names.map((name, i) => [name, Number((weights[from + i] ?? 0).toFixed(DECIMALS))]));
  return { link: named(LINK_NAMES, 0), fresh: named(NEW_NAMES, LINK_NAMES.length) };
}
