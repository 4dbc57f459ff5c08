// What a workspace corrected, on top of the model: messages much like a corrected one are read as people said. Made anew from
// the kept examples, so that forgetting one takes back exactly what it did; the model itself never changes.
import type { Tier } from "../words.ts";
import type { Features } from "./features.ts";
import { NO_WORD } from "./features.ts";
import { CLASSES, type TriageModel } from "./model.ts";
import { maySilence, type Said, type Spoken } from "./silence.ts";

/** What a person said of a message: where it points, and what it is: 0 not a request, otherwise the tier. */
export interface Lesson {
  direction: Direction;
  is: number;
  /** Null: nobody knows any more. */
  said: Said | null;
}

/** What is known of a message besides its words. */
export interface Around {
  from: Spoken | null;
  /** The gravest tier the rules or the model, without what was learned, take it for. */
  held: Tier;
}

/** What became of the chances, and which corrections to "not a request" had a say or, alone, were not enough for one. */
export interface Learned {
  chances: readonly number[];
  silencing: readonly Lesson[];
  notEnough: readonly Lesson[];
}

export interface Learning {
  /** The chances of each class with what was learned; the very same array where nothing that counts was ever corrected. */
  apply(features: Features, chances: readonly number[], around: Around): Learned;
}

/** A message as a direction of length 1: its buckets, each once, and how far it goes along each. */
export interface Direction {
  buckets: Uint32Array;
  values: Float32Array;
}

/** A lesson about a message like the one that is read. */
interface Near extends Lesson {
  /** How far beyond the least likeness, 0..1. */
  over: number;
}

/** From this likeness on a corrected message has a say: below it two messages share words, not a meaning. */
const ALIKE = 0.5;
/** How far one class can be raised, in logits, by any number of examples. */
const MOST = 7;
/** Part of a word's weight that does not depend on what the model knows of it: a product's own names count, too. */
const PLAIN = 0.25;

/** How much a bucket tells one class from another; words like "the" tell nothing. */
function tells(model: TriageModel, bucket: number): number {
  const row = bucket * CLASSES;
  let low = 127;
  let high = -128;
  for (let of = 0; of < CLASSES; of += 1) {
    const weight = model.weights[row + of] ?? 0;
    if (weight < low) low = weight;
    if (weight > high) high = weight;
  }
  return PLAIN + (high - low) / 255;
}

/** One number for each bucket of a model, all 0 between two uses: sums of a message without a table made for it. */
const sums = new WeakMap<TriageModel, Float64Array>();
function sumsOf(model: TriageModel): Float64Array {
  const known = sums.get(model);
  if (known) return known;
  const made = new Float64Array(model.mask + 1);
  sums.set(model, made);
  return made;
}

/** Where a message points: the words it carries, each by how much it tells. Pure: the same message, the same direction. */
export function directionOf(model: TriageModel, { buckets, values, at }: Features): Direction {
  const sum = sumsOf(model);
  const own = new Uint32Array(buckets.length);
  let count = 0;
  for (let i = 0; i < buckets.length; i += 1) {
    if ((at[i] ?? NO_WORD) === NO_WORD) continue;
    const bucket = buckets[i] ?? 0;
    const before = sum[bucket] ?? 0;
    // Every part is above 0, so a bucket at 0 is one not seen before.
    if (before === 0) {
      own[count] = bucket;
      count += 1;
    }
    sum[bucket] = before + (values[i] ?? 0) * tells(model, bucket);
  }
  let square = 0;
  for (let i = 0; i < count; i += 1) square += (sum[own[i] ?? 0] ?? 0) ** 2;
  const length = Math.sqrt(square) || 1;
  const along = new Float32Array(count);
  for (let i = 0; i < count; i += 1) {
    const bucket = own[i] ?? 0;
    along[i] = (sum[bucket] ?? 0) / length;
    sum[bucket] = 0;
  }
  return { buckets: own.slice(0, count), values: along };
}

/** The lessons by bucket, in three flat rows: those of a bucket stand from `starts[slot]` to the next slot's start. */
interface Postings {
  slots: ReadonlyMap<number, number>;
  starts: Uint32Array;
  lessons: Uint16Array;
  values: Float32Array;
}

function postingsOf(lessons: readonly Lesson[]): Postings {
  const slots = new Map<number, number>();
  const counts: number[] = [];
  for (const { direction } of lessons) {
    for (const bucket of direction.buckets) {
      const slot = slots.get(bucket) ?? slots.size;
      slots.set(bucket, slot);
      counts[slot] = (counts[slot] ?? 0) + 1;
    }
  }
  const starts = new Uint32Array(counts.length + 1);
  counts.forEach((count, slot) => {
    starts[slot + 1] = (starts[slot] ?? 0) + count;
  });
  const next = starts.slice();
  const total = starts[counts.length] ?? 0;
  const postings = { slots, starts, lessons: new Uint16Array(total), values: new Float32Array(total) };
  lessons.forEach(({ direction: { buckets, values } }, lesson) => {
    for (let i = 0; i < buckets.length; i += 1) {
      const slot = slots.get(buckets[i] ?? 0) ?? 0;
      const place = next[slot] ?? 0;
      postings.lessons[place] = lesson;
      postings.values[place] = values[i] ?? 0;
      next[slot] = place + 1;
    }
  });
  return postings;
}

/**
 * Lessons of one workspace, at most 65,536. Pure: the same lessons, the same learning. A message costs one look-up for each of
 * its buckets, and one product for each lesson that shares it.
 */
export function learningOf(model: TriageModel, lessons: readonly Lesson[]): Learning {
  const postings = postingsOf(lessons);

  /** How much each lesson is like the message, 0..1. */
  function likenesses(features: Features): Float64Array {
    const { buckets, values } = directionOf(model, features);
    const alike = new Float64Array(lessons.length);
    for (let i = 0; i < buckets.length; i += 1) {
      const slot = postings.slots.get(buckets[i] ?? 0);
      if (slot === undefined) continue;
      const value = values[i] ?? 0;
      const end = postings.starts[slot + 1] ?? 0;
      for (let at = postings.starts[slot] ?? 0; at < end; at += 1) {
        const lesson = postings.lessons[at] ?? 0;
        alike[lesson] = (alike[lesson] ?? 0) + (postings.values[at] ?? 0) * value;
      }
    }
    return alike;
  }

  /** How far each class is raised, and how much of the model's own word is left where people spoke of the same. */
  function pushes(counting: readonly Near[]): { pushed: Float64Array; left: number } {
    let most = 0;
    const pushed = new Float64Array(CLASSES);
    for (const { is, over } of counting) {
      most = Math.max(most, over);
      pushed[is] = Math.min(MOST, (pushed[is] ?? 0) + MOST * over);
    }
    return { pushed, left: Math.max(0, 1 - most) };
  }

  /** The lessons about messages like this one, and by how much they are like it. */
  function nearTo(features: Features): Near[] {
    const alike = likenesses(features);
    return lessons.flatMap((lesson, at) => {
      const over = ((alike[at] ?? 0) - ALIKE) / (1 - ALIKE);
      return over > 0 ? [{ ...lesson, over }] : [];
    });
  }

  return {
    apply(features, chances, { from, held }) {
      const near = lessons.length === 0 ? [] : nearTo(features);
      const none = near.filter(({ is }) => is === 0);
      const silencing = maySilence(none, from, held);
      const heeded = new Set(silencing);
      const notEnough = none.filter((each) => !heeded.has(each));
      const counting = near.filter((each) => each.is !== 0 || heeded.has(each));
      if (counting.length === 0) return { chances, silencing, notEnough };
      const { pushed, left } = pushes(counting);
      const raised = chances.map((chance, of) => chance ** left * Math.exp(pushed[of] ?? 0));
      const sum = raised.reduce((total, each) => total + each, 0);
      return { chances: raised.map((each) => each / sum), silencing, notEnough };
    },
  };
}
