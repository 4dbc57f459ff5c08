// The learned half of triage: two linear models over hashed features, one for what a message is and one for how it feels.
// Their bytes come in as an argument; they are made by scripts/train/triage.ts, and docs/evaluation.md says from what.
import { type Features, NO_WORD, RECIPE } from "./features.ts";

/** Not a request, then tiers 1 to 5. */
export const CLASSES = 6;
/** Calm, pressed, alarmed. */
export const FEELINGS = 3;
const MAGIC = 0x4952_5453;
const HEADER = 48;
const MOST_BITS = 20;

export interface LinearModel {
  classes: number;
  /** Buckets less one: features are hashed into `hash & mask`. */
  mask: number;
  /** `weights[bucket * classes + class]`, in units of `unit`. */
  weights: Int8Array;
  unit: number;
  bias: readonly number[];
  /** Divides the scores, so that a confidence of 0.8 is right in 8 of 10 cases. */
  temperature: number;
}

/** What a message is; beside it, how it feels. */
export interface TriageModel extends LinearModel {
  feeling: LinearModel;
}

/** Ours: the file that should hold a model holds something else, or a model of another version. */
export class ModelFormatError extends Error {
  constructor(what: string) {
    super(`The triage model cannot be read: ${what}. Make it again with: npm run train:triage`);
    this.name = "ModelFormatError";
  }
}

/** Reads a model file. Copies nothing but the headers. Throws {@link ModelFormatError}. */
export function modelFrom(bytes: Uint8Array): TriageModel {
  const tiers = linearFrom(bytes, CLASSES);
  const feeling = linearFrom(bytes.subarray(tiers.length), FEELINGS);
  if (tiers.length + feeling.length !== bytes.length)
    throw new ModelFormatError(`${bytes.length} bytes instead of ${tiers.length + feeling.length}`);
  return { ...tiers.model, feeling: feeling.model };
}

/** The model at the beginning of the bytes, and how many of them it takes. */
function linearFrom(bytes: Uint8Array, wanted: number): { model: LinearModel; length: number } {
  if (bytes.length < HEADER) throw new ModelFormatError(`it has ${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new ModelFormatError("it is another kind of file");
  const recipe = view.getUint16(4, true);
  if (recipe !== RECIPE) throw new ModelFormatError(`its features are of recipe ${recipe}, not ${RECIPE}`);
  const bits = view.getUint8(6);
  const classes = view.getUint8(7);
  if (classes !== wanted || bits > MOST_BITS) throw new ModelFormatError(`${bits} bits, ${classes} classes`);
  const length = HEADER + classes * 2 ** bits;
  if (bytes.length < length) throw new ModelFormatError(`${bytes.length} bytes instead of ${length}`);
  const model = {
    classes,
    mask: 2 ** bits - 1,
    temperature: view.getFloat32(8, true),
    unit: view.getFloat32(12, true),
    bias: Array.from({ length: classes }, (_, of) => view.getFloat32(16 + 4 * of, true)),
    weights: new Int8Array(bytes.buffer, bytes.byteOffset + HEADER, classes * 2 ** bits),
  };
  return { model, length };
}

/** A model as the bytes of a file; {@link modelFrom} reads them back. */
export function bytesOf(model: TriageModel): Uint8Array {
  const parts = [model, model.feeling].map(linearBytes);
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function linearBytes(model: LinearModel): Uint8Array {
  const bytes = new Uint8Array(HEADER + model.weights.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint16(4, RECIPE, true);
  view.setUint8(6, Math.log2(model.mask + 1));
  view.setUint8(7, model.classes);
  view.setFloat32(8, model.temperature, true);
  view.setFloat32(12, model.unit, true);
  model.bias.forEach((of, at) => {
    view.setFloat32(16 + 4 * at, of, true);
  });
  bytes.set(new Uint8Array(model.weights.buffer, model.weights.byteOffset, model.weights.length), HEADER);
  return bytes;
}

/** Probabilities of the classes; of the tiers, index 0 is "not a request" and index t is tier t. */
export function chancesOf(model: LinearModel, { buckets, values }: Features): number[] {
  const scores = new Float64Array(model.classes);
  for (let i = 0; i < buckets.length; i += 1) {
    const row = (buckets[i] ?? 0) * model.classes;
    const value = (values[i] ?? 0) * model.unit;
    for (let of = 0; of < model.classes; of += 1)
      scores[of] = (scores[of] ?? 0) + (model.weights[row + of] ?? 0) * value;
  }
  const warm = Array.from(scores, (score, of) => (score + (model.bias[of] ?? 0)) / model.temperature);
  const top = Math.max(...warm);
  const raised = warm.map((score) => Math.exp(score - top));
  const sum = raised.reduce((total, each) => total + each, 0);
  return raised.map((each) => each / sum);
}

/** How much each word speaks for class `of` rather than for the others' mean; indexed as the words of the signals. */
export function weightsOfWords(model: LinearModel, features: Features, of: number): Float64Array {
  const { buckets, values, at } = features;
  const words = new Float64Array(at.reduce((most, word) => Math.max(most, word), NO_WORD) + 1);
  for (let i = 0; i < buckets.length; i += 1) {
    const word = at[i] ?? NO_WORD;
    if (word === NO_WORD) continue;
    const row = (buckets[i] ?? 0) * model.classes;
    let others = 0;
    for (let other = 0; other < model.classes; other += 1) others += model.weights[row + other] ?? 0;
    const own = model.weights[row + of] ?? 0;
    words[word] = (words[word] ?? 0) + (own - others / model.classes) * (values[i] ?? 0);
  }
  return words;
}
