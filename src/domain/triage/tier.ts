// The tier by impact: readable rules over signals (DESIGN section 2). Tone is not among the signals and cannot move it.
import type { Tier } from "../words.ts";
import type { Match } from "./phrases.ts";
import type { Topic } from "./reading.ts";
import type { Impact, Signal, Signals } from "./signals.ts";
import { quote, type Span } from "./words-of.ts";

export interface Weighed {
  tier: Tier;
  /** 0..1 */
  confidence: number;
  evidence: readonly string[];
  topic: Topic | null;
}

/** Below it, a topic is not said aloud. */
const SURE = 0.75;
const QUOTES = 3;
const FEW = 20;

interface Verdict {
  tier: Tier;
  confidence: number;
  because: readonly Impact[];
}

interface Facts {
  has(...signals: readonly Signal[]): boolean;
  /** Everything fails for everybody, now. */
  down: boolean;
  /** The product as a whole, not a part of it. */
  productFails: boolean;
  asksSomething: boolean;
}

/** What the frames leave standing: failures that are over or only supposed do not count. */
function standing({ words, found }: Signals): Match<Signal>[] {
  const lastRepair = found.reduce(
    (last, { signal, from }) => (signal === "works" ? Math.max(last, from) : last),
    -1,
  );
  // Only the first few: a message that repeats them hundreds of times says nothing more.
  const over = found.filter(({ signal }) => signal === "was_down").slice(0, FEW);
  const supposed = new Set<number>();
  for (const { signal, from } of found) if (signal === "suppose") supposed.add(words[from]?.sentence ?? -1);
  return found.filter(({ signal, from, to }) => {
    switch (signal) {
      case "down":
      case "product_fails":
      case "we_cannot":
        if (supposed.has(words[from]?.sentence ?? -1)) return false;
        if (over.some((was) => was.from < to && from < was.to)) return false;
        return from > lastRepair;
      case "problem":
      case "problem_maybe":
        return from > lastRepair;
      default:
        return true;
    }
  });
}

function factsOf(signals: Signals, found: readonly Match<Signal>[]): Facts {
  const kinds = new Set(found.map(({ signal }) => signal));
  const { words, read } = signals;
  const sentencesOf = (signal: Signal) =>
    new Set(found.filter((m) => m.signal === signal).map((m) => words[m.from]?.sentence ?? -1));
  const narrowed = sentencesOf("partial");
  const alone = kinds.has("only_one");
  const whole = (signal: Signal) =>
    !alone && found.some((m) => m.signal === signal && !narrowed.has(words[m.from]?.sentence ?? -1));
  return {
    has: (...wanted) => wanted.some((signal) => kinds.has(signal)),
    down: kinds.has("down") && !alone,
    productFails: (whole("product_fails") && !kinds.has("access")) || whole("we_cannot"),
    asksSomething: read.questions.size > 0,
  };
}

/** The rules, in order: the first that fits decides. */
function judge({ has, down, productFails, asksSomething }: Facts): Verdict {
  if (down) return { tier: 1, confidence: 0.9, because: ["down", "product_fails"] };
  const wishes = has("wish", "offer");
  if (has("money_wrong")) return { tier: 2, confidence: 0.9, because: ["money_wrong", "money"] };
  if (productFails) return { tier: 1, confidence: 0.75, because: ["we_cannot", "product_fails"] };
  const fails = has("problem", "missing", "down", "product_fails", "we_cannot");
  if (wishes && !fails)
    return { tier: 5, confidence: has("wish") ? 0.85 : 0.8, because: ["wish", "offer", "praise"] };
  if (has("money"))
    return { tier: 2, confidence: has("problem") ? 0.75 : 0.8, because: ["money", "money_maybe"] };
  if (has("money_maybe") && has("problem", "missing", "problem_maybe")) {
    return { tier: 2, confidence: 0.65, because: ["money_maybe", "problem", "missing", "problem_maybe"] };
  }
  if (fails) {
    return {
      tier: 3,
      confidence: 0.85,
      because: ["problem", "missing", "product_fails", "we_cannot", "down"],
    };
  }
  if (has("was_down") && !asksSomething) return { tier: 5, confidence: 0.4, because: ["was_down"] };
  if (has("problem_maybe") && !has("question"))
    return { tier: 3, confidence: 0.6, because: ["problem_maybe"] };
  if (has("question"))
    return { tier: 4, confidence: has("problem_maybe") ? 0.65 : 0.85, because: ["question"] };
  if (has("praise") && !asksSomething) return { tier: 5, confidence: 0.75, because: ["praise"] };
  if (has("question_maybe")) return { tier: 4, confidence: 0.65, because: ["question_maybe"] };
  if (!asksSomething && has("story", "partial")) return { tier: 3, confidence: 0.4, because: [] };
  return { tier: 4, confidence: asksSomething ? 0.5 : 0.3, because: [] };
}

function quotes(signals: Signals, found: readonly Match<Signal>[], because: readonly Impact[]): string[] {
  const said: string[] = [];
  const taken: Span[] = [];
  for (const wanted of because) {
    const longest = found
      .filter(({ signal }) => signal === wanted)
      .sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from);
    for (const match of longest) {
      const first = signals.words[match.from];
      const last = signals.words[match.to - 1];
      if (!first || !last || said.length >= QUOTES) continue;
      const span = { from: first.from, to: last.to };
      if (taken.some((other) => span.from < other.to && other.from < span.to)) continue;
      taken.push(span);
      said.push(quote(signals.read.text, span));
    }
  }
  return said;
}

function topicOf(verdict: Verdict, { has }: Facts): Topic | null {
  if (verdict.confidence < SURE) return null;
  switch (verdict.tier) {
    case 1:
      return "outage";
    case 2:
      return "billing";
    case 3:
      if (has("access")) return "access";
      return has("problem") ? "bug" : null;
    case 4:
      return has("access") ? "access" : "howto";
    case 5:
      return "feedback";
    default:
      return verdict.tier satisfies never;
  }
}

/** Weighs what was found. Pure; the same signals give the same tier. */
export function weigh(signals: Signals): Weighed {
  const found = standing(signals);
  const facts = factsOf(signals, found);
  const verdict = judge(facts);
  const { tier, confidence, because } = verdict;
  return { tier, confidence, evidence: quotes(signals, found, because), topic: topicOf(verdict, facts) };
}
