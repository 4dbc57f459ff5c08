// Whether two messages are about the same thing: the words and concepts they share, weighed by how much each says.
// Pure and explainable: the shared words are the explanation. No learned weights, so that it holds in any shop.
import { conceptsOf } from "../triage/concepts.ts";
import { wordsOf } from "../triage/words-of.ts";

/** What a message is about: each feature with its weight, and the word that carried it. */
export interface Gist {
  features: ReadonlyMap<string, { weight: number; word: string }>;
  length: number;
}

export interface Likeness {
  /** 0..1; 1 for the same words. */
  share: number;
  /** Words of the first that the second has too, in that order. */
  common: readonly string[];
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Concepts of things: what a message is about. */
const THINGS = set(
  "charge refund invoice pay money fee balance transfer card account price instalment declined twice subscription arrive order damaged stolen login locked file screen cancel return",
);
/** Concepts of what is done to them; less telling. `site` is in every second message of a software shop. */
const DOINGS = set("add change remove find buy use click available recommend site partner");
/** All the ways of saying that it does not work are one: "down", "no funciona", "nobody can". */
const TROUBLE = set("not works fail down stopped slow wrong nobody");
const ASKS = set("how where when what why howmuch doyou know");

/** Words of no concept that say nothing of the matter. Folded; shorter ones are left out by their length. */
const EMPTY = set(
  "this that known anybody anyone else happens happening with from have been were when while since today yesterday morning afternoon tonight just about into after before there their them they then than also even only very much many some more most ever here really right will shall could into over under does make made tell told says said mine same other week month hour hours minute minutes days time times always never again para pero como desde esta este esto estos estas porque cuando donde mucho muchos hace hacer hago ayer manana tarde noche luego solo tambien mismo misma otro otra sobre entre hasta todavia semana horas minutos dias tiempo veces tengo tiene tenemos estoy estamos puede favor gente alguien cosa cosas",
);

const WEIGHT = { thing: 1.6, doing: 1.2, trouble: 1, asks: 0.5, word: 1, knownWord: 0.9 };
/** A beginning stands for the word: `export`, `exports`, `exporting`. */
const STEM = 6;
const SHORTEST = 4;
/** Longer messages wander; what they are about stands in front. */
const MOST_WORDS = 80;

/** What a message is about. Linear in its length; an empty one has no features. */
export function gistOf(text: string): Gist {
  const features = new Map<string, { weight: number; word: string }>();
  const add = (feature: string, weight: number, word: string) => {
    if (!features.has(feature)) features.set(feature, { weight, word });
  };
  let troubled = false;
  let asked: string | null = null;
  for (const { word } of wordsOf(text).words.slice(0, MOST_WORDS)) {
    const concepts = meaningsOf(word);
    let known = false;
    for (const concept of concepts) {
      if (THINGS.has(concept)) add(`thing ${concept}`, WEIGHT.thing, word);
      else if (DOINGS.has(concept)) add(`doing ${concept}`, WEIGHT.doing, word);
      else if (TROUBLE.has(concept)) {
        troubled = true;
        add("trouble", WEIGHT.trouble, word);
      } else if (ASKS.has(concept)) asked ??= word;
      known ||= THINGS.has(concept) || DOINGS.has(concept);
    }
    if (/^\d{3}$/.test(word)) add(`word ${word}`, WEIGHT.word, word);
    if (word.length < SHORTEST || EMPTY.has(word) || /^\d+$/.test(word)) continue;
    if (concepts.length === 0 || known)
      add(`word ${word.slice(0, STEM)}`, known ? WEIGHT.knownWord : WEIGHT.word, word);
  }
  if (asked !== null && !troubled) add("asks", WEIGHT.asks, asked);
  let squares = 0;
  for (const { weight } of features.values()) squares += weight * weight;
  return { features, length: Math.sqrt(squares) };
}

/** Plurals mean what their singular means; the list of concepts does not have them all. */
function meaningsOf(word: string): readonly string[] {
  const concepts = conceptsOf(word);
  return concepts.length === 0 && word.endsWith("s") ? conceptsOf(word.slice(0, -1)) : concepts;
}

/** How alike two messages are: the cosine of what they are about. Symmetric; 0 where one of them says nothing. */
export function likeness(one: Gist, other: Gist): Likeness {
  if (one.length === 0 || other.length === 0) return { share: 0, common: [] };
  let dot = 0;
  const common: string[] = [];
  for (const [feature, { weight, word }] of one.features) {
    const its = other.features.get(feature);
    if (!its) continue;
    dot += weight * its.weight;
    if (!common.includes(word)) common.push(word);
  }
  return { share: Math.min(1, dot / (one.length * other.length)), common };
}
