// What a workspace corrected, on top of the model: messages much like a corrected one are read as people said. Made anew from
// the kept examples, so that forgetting one takes back exactly what it did; the model itself never changes.
import type { Features } from "./features.ts";
import { NO_WORD } from "./features.ts";
import { CLASSES, type TriageModel } from "./model.ts";

/** What a person said of a message: its features, and what it is: 0 not a request, otherwise the tier. */
export interface Lesson {
  features: Features;
  is: number;
}

export interface Learning {
  /** The chances of each class with what was learned; the very same array where nothing like it was ever corrected. */
  apply(features: Features, chances: readonly number[]): readonly number[];
}

/** From this likeness on a corrected message has a say: below it two messages share words, not a meaning. */
const ALIKE = 0.5;
/** How far one class can be raised, in logits, by any number of examples. */
const MOST = 7;
/** Part of a word's weight that does not depend on what the model knows of it: a product's own names count, too. */
const PLAIN = 0.25;

type Sparse = ReadonlyMap<number, number>;

/** How much a bucket tells one class from another; words like "the" tell nothing. */
function tells(model: TriageModel, bucket: number): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let of = 0; of < CLASSES; of += 1) {
    const weight = model.weights[bucket * CLASSES + of] ?? 0;
    low = Math.min(low, weight);
    high = Math.max(high, weight);
  }
  return PLAIN + (high - low) / 255;
}

/** A message as a direction: what words carry, each by how much it tells; of length 1. */
function directionOf(model: TriageModel, { buckets, values, at }: Features): Sparse {
  const direction = new Map<number, number>();
  for (let i = 0; i < buckets.length; i += 1) {
    if ((at[i] ?? NO_WORD) === NO_WORD) continue;
    const bucket = buckets[i] ?? 0;
    direction.set(bucket, (direction.get(bucket) ?? 0) + (values[i] ?? 0) * tells(model, bucket));
  }
  let square = 0;
  for (const value of direction.values()) square += value * value;
  const length = Math.sqrt(square) || 1;
  for (const [bucket, value] of direction) direction.set(bucket, value / length);
  return direction;
}

/** Lessons of one workspace. Of examples with the same words the later counts. Pure: the same lessons, the same learning. */
export function learningOf(model: TriageModel, lessons: readonly Lesson[]): Learning {
  const postings = new Map<number, { lesson: number; value: number }[]>();
  lessons.forEach(({ features }, lesson) => {
    for (const [bucket, value] of directionOf(model, features)) {
      const known = postings.get(bucket);
      if (known) known.push({ lesson, value });
      else postings.set(bucket, [{ lesson, value }]);
    }
  });

  /** How far each class is raised, and how much of the model's own word is left where people spoke of the same. */
  function pushes(features: Features): { pushed: Float64Array; left: number } | null {
    const alike = new Float64Array(lessons.length);
    for (const [bucket, value] of directionOf(model, features)) {
      for (const posting of postings.get(bucket) ?? [])
        alike[posting.lesson] = (alike[posting.lesson] ?? 0) + posting.value * value;
    }
    let most = 0;
    const pushed = new Float64Array(CLASSES);
    lessons.forEach(({ is }, lesson) => {
      const over = ((alike[lesson] ?? 0) - ALIKE) / (1 - ALIKE);
      if (over <= 0) return;
      most = Math.max(most, over);
      pushed[is] = Math.min(MOST, (pushed[is] ?? 0) + MOST * over);
    });
    return most > 0 ? { pushed, left: Math.max(0, 1 - most) } : null;
  }

  return {
    apply(features, chances) {
      const said = lessons.length === 0 ? null : pushes(features);
      if (!said) return chances;
      const raised = chances.map((chance, of) => chance ** said.left * Math.exp(said.pushed[of] ?? 0));
      const sum = raised.reduce((total, each) => total + each, 0);
      return raised.map((each) => each / sum);
    },
  };
}
