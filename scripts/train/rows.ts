// What triage is trained and measured on: public sets beside the repository (not part of it) and our own examples.
// The split is by the words of a row, so that the same sentence never stands on both sides.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Row {
  source: string;
  lang: string;
  text: string;
  label: string;
  /** 0 is not a request. */
  tier: number;
  /** 0 calm, 1 pressed, 2 alarmed; only our own examples have it. */
  urgency?: number;
}

const REPOSITORY = join(import.meta.dirname, "../..");
/** Public sets; absent on most machines, and then nothing can be trained, only used. */
export const BENCHMARKS = join(REPOSITORY, "../shared/benchmarks/tiers");
const OWN = join(import.meta.dirname, "data");

export function benchmarksArePresent(): boolean {
  return existsSync(join(BENCHMARKS, "dev.jsonl"));
}

/** The rows of a JSONL file, one object a line. A line that is no object throws, with its number. */
export function linesOf(path: string): Record<string, unknown>[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .flatMap((line, at) => {
      if (line.trim() === "") return [];
      try {
        return [JSON.parse(line) as Record<string, unknown>];
      } catch (cause) {
        throw new Error(`${path}:${at + 1} is not JSON`, { cause });
      }
    });
}

const word = (value: unknown): string => (typeof value === "string" ? value : "");

function rowsOf(path: string, source?: string): Row[] {
  return linesOf(path).flatMap((line) => {
    if (typeof line.tier !== "number") return [];
    const row = { text: word(line.text), lang: word(line.lang), label: word(line.label), tier: line.tier };
    const urgency = typeof line.urgency === "number" ? { urgency: line.urgency } : {};
    return [{ ...row, ...urgency, source: source ?? word(line.source) }];
  });
}

/** Our own examples: `train` ones may be learned from, `held` ones only ever measured. */
export function ownExamples(which: "train" | "held" | "held-2"): Row[] {
  if (which !== "train") return rowsOf(join(OWN, `examples-${which}.jsonl`), `own (${which})`);
  return ["examples-train", "examples-train-2"].flatMap((name) => rowsOf(join(OWN, `${name}.jsonl`), "own"));
}

/** The public sets, in the order of their files. */
export function publicRows(): Row[] {
  return [
    ...rowsOf(join(BENCHMARKS, "dev.jsonl")),
    ...rowsOf(join(BENCHMARKS, "frminer_feature_or_other.jsonl"), "frminer"),
  ];
}

/** What each file of the benchmarks is called here once we have read its messages and given them tiers. */
const READ_BY_HAND: Readonly<Record<string, string>> = {
  "tiers/urgency_dev.jsonl": "tweets",
  "tiers/frminer_feature_or_other.jsonl": "rooms_irc",
  "intake/twitter_dev.jsonl": "vendors",
  "intake/gitter_angular.jsonl": "rooms_gitter",
  "intake/gitter_appium.jsonl": "rooms_gitter",
  "intake/gitter_dl4j.jsonl": "rooms_gitter",
  "intake/gitter_docker.jsonl": "rooms_gitter",
  "intake/irc_ubuntu_dev.jsonl": "rooms_irc",
  "intake/slack_dev.jsonl": "rooms_slack",
};

/**
 * Real messages whose tiers we gave ourselves, by impact (DESIGN section 2). Only the numbers of the rows are kept here; the
 * texts stay in the public files (MIT, Apache-2.0).
 */
export function readByHand(): Row[] {
  const lines = linesOf(join(OWN, "tiers-by-hand.jsonl"));
  const texts = new Map(
    Object.keys(READ_BY_HAND).map((file) => [file, linesOf(join(BENCHMARKS, "..", file))]),
  );
  return lines.flatMap(({ file, tier, rows }) =>
    (Array.isArray(rows) ? rows : []).flatMap((at: unknown) => {
      const text = word(texts.get(word(file))?.[Number(at)]?.text);
      const source = READ_BY_HAND[word(file)];
      if (text === "" || source === undefined || typeof tier !== "number") return [];
      return [{ source, lang: "en", text, label: "by hand", tier }];
    }),
  );
}

export interface FeltRow {
  text: string;
  urgency: number;
}

/** Complaints to brands by the strength people marked: none is calm, 1 and 2 pressed, 3 and 4 alarmed. */
export function feltRows(): FeltRow[] {
  return linesOf(join(BENCHMARKS, "urgency_dev.jsonl")).flatMap(({ text, severity }) => {
    if (typeof severity !== "number") return [];
    return [{ text: word(text), urgency: severity === 0 ? 0 : severity <= 2 ? 1 : 2 }];
  });
}

/** Share-alike: measured on, never learned from. */
const NEVER_LEARNED = "hint3";
/**
 * Set aside although the licence would allow it: calls for help, anger and questions about programming that the set
 * calls small talk. To us an unheard customer is the worse mistake.
 */
const HEARD_BY_US = new Set(
  "smalltalk.angry smalltalk.annoying smalltalk.bad smalltalk.answer smalltalk.help smalltalk.waiting".split(
    " ",
  ),
);

export function mayBeLearned({ source, label }: Row): boolean {
  return !source.startsWith(NEVER_LEARNED) && !HEARD_BY_US.has(label) && !label.startsWith("trivia.");
}

/** 0 to 99, by the letters and digits of the text (FNV-1a). */
function bucketOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const sign of text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()) {
    hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  }
  return ((hash ^ (hash >>> 15)) >>> 0) % 100;
}

const HELD_PERCENT = 15;

/** True for the rows of the public sets that are only measured on. */
export function isHeld({ text }: { text: string }): boolean {
  return bucketOf(text) < HELD_PERCENT;
}

/** One of `folds` parts of the rows, by the text; for trying things out without the held rows. */
export function foldOf({ text }: { text: string }, folds: number): number {
  return bucketOf(`${text} fold`) % folds;
}

/** Everything the model learns from, in a fixed order. */
export function learningRows(): Row[] {
  return [
    ...publicRows().filter((row) => mayBeLearned(row) && !isHeld(row)),
    ...readByHand().filter((row) => !isHeld(row)),
    ...ownExamples("train"),
  ];
}
