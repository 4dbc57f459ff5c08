// What the learned model sees of a message: words, pairs of words, pieces of words, and the rules' own signals, each
// hashed into a bucket. Tone is gone before this point (signals.ts), so nothing the model learns can be tone.
import { conceptsOf } from "./concepts.ts";
import type { Signals } from "./signals.ts";

/** Changes whenever the same message would give other features: a model file of another recipe is refused. */
export const RECIPE = 2;
/** Log pastes say little behind it, and the time stays bounded. */
const MOST_WORDS = 240;
const SHORTEST_PIECE = 3;
const LONGEST_PIECE = 5;
const PIECES_OF_A_WORD = 40;
/** No single word carries the feature: the rules' verdict, the length. */
export const NO_WORD = -1;

/** One message as the model sees it; `at[i]` is the number of the word that carries feature `i`, or {@link NO_WORD}. */
export interface Features {
  buckets: Uint32Array;
  values: Float32Array;
  at: Int16Array;
}

/** What the rules made of the message: features too, so that the model learns how far to trust them. */
export interface RuleView {
  kind: string;
  tier: number;
  confidence: number;
}

/** How much each group may say. Pieces of words catch slips, but learn one shop's vocabulary; concepts carry over. */
const WEIGHT = { words: 1, pieces: 0.8, concepts: 1.2, frames: 0.8, rules: 1 };
/** Concepts of a message that are paired with each other. */
const MOST_CONCEPTS = 14;

const SEED = {
  frame: 113,
  concept: 97,
  together: 101,
  word: 17,
  pair: 29,
  piece: 43,
  signal: 59,
  rule: 71,
  shape: 83,
};

/** FNV-1a over UTF-16 code units, then mixed, so that the low bits are as good as the high ones. */
function step(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193);
}
function start(seed: number): number {
  return Math.imul(seed ^ 0x811c9dc5, 0x9e3779b1);
}
function mixed(hash: number): number {
  let h = hash ^ (hash >>> 15);
  h = Math.imul(h, 0x2c1b3c6d);
  h ^= h >>> 12;
  return (h ^ (h >>> 16)) >>> 0;
}
function hashOf(seed: number, text: string): number {
  let hash = start(seed);
  for (let i = 0; i < text.length; i += 1) hash = step(hash, text.charCodeAt(i));
  return mixed(hash);
}

/** Words of no concept that tell how a sentence is built. */
const FRAME = new Set(
  "a an the to of for in on at with from by and or but if so then than there this that these those is are was were be been am has had have do does did will would should could may might just only very too also any some no not up out off over about into after before because as while get got getting make let go going has un una el la los las de del al en con por para y o pero si entonces que este esta estos estas ese esa eso esto es son era fue ser estar estoy esta estan ha he han hay haber hace muy tan tambien solo ya ni algun alguna como se le les lo me te nos".split(
    " ",
  ),
);

const DIGITS = /^\d+$/;
/** A number is a number, but 404 and 502 are words. */
function plain(word: string): string {
  return DIGITS.test(word) && word.length !== 3 ? "#" : word;
}

/** Where the features of one message are gathered before they are counted; the next message uses it again. */
let room: Features = roomFor(1_024);

function roomFor(most: number): Features {
  return { buckets: new Uint32Array(most), values: new Float32Array(most), at: new Int16Array(most) };
}

function larger({ buckets, values, at }: Features): Features {
  const made = roomFor(buckets.length * 2);
  made.buckets.set(buckets);
  made.values.set(values);
  made.at.set(at);
  return made;
}

/** The features of a message. Pure, linear, bounded by {@link MOST_WORDS}; each group has its length in {@link WEIGHT}. */
export function featuresOf(signals: Signals, rule: RuleView, mask: number): Features {
  const words = signals.words.length > MOST_WORDS ? signals.words.slice(0, MOST_WORDS) : signals.words;
  let count = 0;
  let groupFrom = 0;
  const add = (hash: number, word: number) => {
    if (count === room.buckets.length) room = larger(room);
    room.buckets[count] = hash & mask;
    room.at[count] = word;
    count += 1;
  };
  const close = (weight: number) => {
    room.values.fill(weight / Math.sqrt(Math.max(1, count - groupFrom)), groupFrom, count);
    groupFrom = count;
  };

  let before = start(SEED.pair);
  words.forEach(({ word: folded }, number) => {
    const word = plain(folded);
    add(hashOf(SEED.word, word), number);
    let pair = before;
    before = start(SEED.pair);
    for (let i = 0; i < word.length; i += 1) {
      pair = step(pair, word.charCodeAt(i));
      before = step(before, word.charCodeAt(i));
    }
    before = step(before, 32);
    add(mixed(pair), number);
  });
  add(mixed(step(before, 36)), words.length - 1);
  close(WEIGHT.words);

  words.forEach(({ word: folded }, number) => {
    const word = `^${plain(folded)}$`;
    let pieces = 0;
    for (let from = 0; from + SHORTEST_PIECE <= word.length && pieces < PIECES_OF_A_WORD; from += 1) {
      let hash = start(SEED.piece);
      const end = Math.min(word.length, from + LONGEST_PIECE);
      for (let to = from; to < end; to += 1) {
        hash = step(hash, word.charCodeAt(to));
        if (to - from + 1 >= SHORTEST_PIECE) {
          add(mixed(hash), number);
          pieces += 1;
        }
      }
    }
  });
  close(WEIGHT.pieces);

  const concepts = new Map<string, number>();
  words.forEach(({ word }, number) => {
    for (const concept of conceptsOf(word)) if (!concepts.has(concept)) concepts.set(concept, number);
  });
  for (const [concept, number] of concepts) add(hashOf(SEED.concept, concept), number);
  close(WEIGHT.concepts);
  const paired = [...concepts.keys()].slice(0, MOST_CONCEPTS).sort();
  for (const [at, one] of paired.entries()) {
    for (const other of paired.slice(at + 1)) {
      add(hashOf(SEED.together, `${one} ${other}`), concepts.get(other) ?? NO_WORD);
    }
  }
  close(WEIGHT.concepts);

  // How the sentence is built: its concepts and commonest words in their order, everything else a gap.
  let two = hashOf(SEED.frame, "^");
  let one = two;
  words.forEach(({ word, sentence }, number) => {
    if (sentence !== words[number - 1]?.sentence) {
      two = hashOf(SEED.frame, "^");
      one = two;
    }
    const own = hashOf(SEED.frame, conceptsOf(word)[0] ?? (FRAME.has(word) ? word : "_"));
    add(mixed(step(step(SEED.frame, one), own)), number);
    add(mixed(step(step(step(SEED.frame, two), one), own)), number);
    two = one;
    one = own;
  });
  close(WEIGHT.frames);

  const kinds = new Set<string>();
  // What hangs on it is felt urgency: it may not reach the tier.
  for (const { signal } of signals.found) if (signal !== "stakes") kinds.add(signal);
  for (const signal of kinds) add(hashOf(SEED.signal, signal), NO_WORD);
  add(hashOf(SEED.rule, rule.kind), NO_WORD);
  if (rule.kind === "request") {
    add(hashOf(SEED.rule, `${rule.tier}`), NO_WORD);
    add(hashOf(SEED.rule, `${rule.tier} ${rule.confidence}`), NO_WORD);
  }
  const { read } = signals;
  if (read.questions.size > 0) add(hashOf(SEED.shape, "question"), NO_WORD);
  if (read.links > 0) add(hashOf(SEED.shape, "link"), NO_WORD);
  const size = signals.words.length;
  add(hashOf(SEED.shape, size <= 2 ? "tiny" : size <= 5 ? "short" : size <= 30 ? "usual" : "long"), NO_WORD);
  close(WEIGHT.rules);
  const { buckets, values, at } = room;
  return { buckets: buckets.slice(0, count), values: values.slice(0, count), at: at.slice(0, count) };
}
