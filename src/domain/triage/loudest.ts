// What the learned models quote as their reason.
import { quote, type Word } from "./words-of.ts";

const QUOTES = 3;

/** The words that spoke loudest, neighbours joined, in the order of the message; `weights` by the number of the word. */
export function loudest(text: string, words: readonly Word[], weights: Float64Array): string[] {
  const top = weights.reduce((most, weight) => Math.max(most, weight), 0);
  if (top <= 0) return [];
  const spans: { from: number; to: number; weight: number; last: number }[] = [];
  weights.forEach((weight, at) => {
    const word = words[at];
    if (word === undefined || weight < top * 0.5) return;
    const before = spans.at(-1);
    if (before?.last === at - 1 && words[at - 1]?.clause === word.clause) {
      before.to = word.to;
      before.weight += weight;
      before.last = at;
    } else spans.push({ from: word.from, to: word.to, weight, last: at });
  });
  return spans
    .sort((a, b) => b.weight - a.weight || a.from - b.from)
    .slice(0, QUOTES)
    .sort((a, b) => a.from - b.from)
    .map((span) => quote(text, span));
}
