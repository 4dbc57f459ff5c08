// How urgent it feels to the customer: from tone and from what hangs on it. Nothing here may look at the tier.
import type { Urgency } from "../words.ts";
import type { Signals } from "./signals.ts";
import { quote, type Span } from "./words-of.ts";

export interface Felt {
  urgency: Urgency;
  /** As they stand in the message; at most three. */
  evidence: readonly string[];
}

const ALARM_EMOJI = new Set(
  "🚨 🆘 😡 🤬 😠 😤 😱 😭 💥 🔥 ⚠ ‼ ❗ ⏰ :rotating_light: :sos: :rage: :fire: :scream: :sob: :warning: :angry:".split(
    " ",
  ),
);
/** Fewer letters than this are an acronym, not a shout. */
const SHOUT_LETTERS = 5;
const SHOUT_SHARE = 0.7;
const QUOTES = 3;

/** True for 🚨 and its like. Emoji that stand together are one run; one that alarms is enough. */
export function alarming(run: string): boolean {
  return ALARM_EMOJI.has(run.toLowerCase()) || [...run].some((sign) => ALARM_EMOJI.has(sign));
}

/** Felt urgency of a message: words and marks of alarm, capitals, stakes; "no rush" takes it back. */
export function urgencyOf({ read, words, found, tone }: Signals): Felt {
  const seen: { weight: number; span: Span }[] = [];
  for (const { tone: kind, from, to } of tone) {
    seen.push({ weight: kind === "alarmed" ? 2 : kind === "pressed" ? 1 : -2, span: { from, to } });
  }
  const stakes = found.find(({ signal }) => signal === "stakes");
  const first = stakes && words[stakes.from];
  const last = stakes && words[stakes.to - 1];
  if (first && last) seen.push({ weight: 1, span: { from: first.from, to: last.to } });
  const shout = read.shouts[0];
  if (shout) seen.push({ weight: 1, span: shout });
  const alarm = read.emoji.find((span) => alarming(quote(read.text, span)));
  if (alarm) seen.push({ weight: 1, span: alarm });
  const shouted = read.letters >= SHOUT_LETTERS && read.capitals / read.letters >= SHOUT_SHARE;
  const loudest = words.find(({ to, from }) => to - from >= 3) ?? words[0];
  if (shouted && loudest) seen.push({ weight: 1, span: loudest });
  const sum = seen.reduce((total, { weight }) => total + weight, 0);
  const urgency = sum >= 2 ? "alarmed" : sum === 1 ? "pressed" : "calm";
  const telling = seen.filter(({ weight }) => (sum > 0 ? weight > 0 : weight < 0));
  const evidence = [...new Set(telling.map(({ span }) => quote(read.text, span)))].slice(0, QUOTES);
  return { urgency, evidence };
}
