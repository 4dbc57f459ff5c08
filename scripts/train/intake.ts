// node scripts/train/intake.ts FOLDER            fits the linker on every *.jsonl of the folder, writes src/domain/intake/weights.ts
// node scripts/train/intake.ts FOLDER --across   fits once for each part that is left out, and prints the table of those parts
// The rows must carry the marks (`scored`, `conv`, `start`); the README of the data names their licences.
import { readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { linkerOf, type Weights } from "../../src/domain/intake/link.ts";
import { follow, type Prediction } from "../eval/intake-follow.ts";
import { goldOf, rowsOf, tell } from "../eval/intake-rows.ts";
import { byPlainRule, windowsOf } from "../eval/intake-rule.ts";
import { type Judged, score } from "../eval/intake-score.ts";
import { answerers, examplesOf, type Marked } from "./intake-examples.ts";
import { fitWeights, type Weighted } from "./intake-fit.ts";

interface Stream {
  file: string;
  /** The place the rows come from: what stands before the first `_` of the file's name. */
  source: string;
  name: string;
  rows: readonly Marked[];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { across: { type: "boolean" }, sources: { type: "boolean" }, only: { type: "string" } },
});
const [folder] = positionals;
if (folder === undefined) {
  console.error("usage: node scripts/train/intake.ts FOLDER [--across [--sources]]");
  process.exit(2);
}

function streamsOf(path: string): Stream[] {
  const file = basename(path, ".jsonl");
  const rows = rowsOf(path);
  const gold = goldOf(path);
  const marks = new Map(rows.map((row, at) => [row, gold[at]]));
  return [...tell(rows)].map(([name, told]) => ({
    file,
    source: file.split("_")[0] ?? file,
    name,
    rows: told.flatMap((one) => {
      const mark = marks.get(one.row);
      return mark ? [{ ...one, gold: mark }] : [];
    }),
  }));
}

/** How much a stream counts the second time. */
const OTHERWISE = 0.3;

/** Every stream is seen as it is, and otherwise: without the roles it tells, or with roles where it tells none. */
const unmarkedByRule = new Map<Stream, Weighted[]>();

function weightedOf(stream: Stream, unmarked: Weights | null): Weighted[] {
  if (unmarked) return newlyWeighted(stream, unmarked);
  const known = unmarkedByRule.get(stream) ?? newlyWeighted(stream, null);
  unmarkedByRule.set(stream, known);
  return known;
}

function newlyWeighted({ rows }: Stream, unmarked: Weights | null): Weighted[] {
  const linker = unmarked && linkerOf(unmarked);
  const said = rows.some(({ line }) => line !== null && line.team !== null);
  const made = examplesOf(rows, said ? "said" : answerers(rows), linker);
  const unknown = examplesOf(rows, "unknown", linker);
  const [real, other] = said ? [made, unknown] : [unknown, made];
  return [
    ...real.map((example) => ({ example, weight: 1 })),
    ...other.map((example) => ({ example, weight: OTHERWISE })),
  ];
}

function train(streams: readonly Stream[], unmarked: Weights | null): Weights {
  return fitWeights(streams.flatMap((stream) => weightedOf(stream, unmarked)));
}

function judge(streams: readonly Stream[], by: (stream: Stream) => readonly Prediction[]): Judged[] {
  return streams.flatMap((stream) => {
    const said = by(stream);
    return stream.rows.flatMap(({ row, gold }, at) => {
      const one = said[at];
      return one ? [{ row, gold, conv: one.conv, start: one.start }] : [];
    });
  });
}

const table = (weights: Readonly<Record<string, number>>): string =>
  Object.entries(weights)
    .map(([clue, weight]) => `  ${clue}: ${weight},`)
    .join("\n");

function written({ link, fresh }: Weights): string {
  return `// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: learned numbers, no logarithms.
// Made by scripts/train/intake.ts; do not edit. What each clue (clues.ts) weighs: above zero speaks for it.
// Learned from the conversations named in docs/evaluation.md (CC-BY-4.0, MIT, Apache-2.0).

/** For belonging to an earlier line. */
export const LINK_WEIGHTS: Readonly<Record<string, number>> = {
${table(link)}
};

/** For beginning something new. */
export const NEW_WEIGHTS: Readonly<Record<string, number>> = {
${table(fresh)}
};
`;
}

const PARTS = 5;

/** The parts that are left out in turn: one file, or some of its streams where it has many; or a whole source. */
function partsOf(streams: readonly Stream[]): Stream[][] {
  const keys = new Map<string, Stream[]>();
  const seen = new Map<string, number>();
  for (const stream of streams) {
    const nth = seen.get(stream.file) ?? 0;
    seen.set(stream.file, nth + 1);
    const key = values.sources ? stream.source : `${stream.file} ${nth % PARTS}`;
    keys.set(key, [...(keys.get(key) ?? []), stream]);
  }
  return [...keys.values()].filter(([first]) => !values.only || first?.file.startsWith(values.only));
}

function across(streams: readonly Stream[]): void {
  const learned: Judged[] = [];
  const ruled: Judged[] = [];
  for (const part of partsOf(streams)) {
    const linker = linkerOf(
      train(
        streams.filter((stream) => !part.includes(stream)),
        null,
      ),
    );
    learned.push(...judge(part, ({ rows }) => follow(rows, undefined, linker)));
    ruled.push(...judge(part, ({ file, rows }) => byPlainRule(rows, windowsOf(file))));
  }
  const fileOf = new Map(streams.map(({ file, name }) => [name, file]));
  console.log("| file | VI | exF | startF | rule: VI | exF | startF |\n|---|---|---|---|---|---|---|");
  for (const file of new Set(streams.map((stream) => stream.file))) {
    const of = (all: readonly Judged[]) => score(all.filter(({ row }) => fileOf.get(row.stream) === file));
    const a = of(learned);
    if (a.messages === 0) continue;
    const b = of(ruled);
    console.log(`| ${file} | ${a.VI} | ${a.exF} | ${a.startF} | ${b.VI} | ${b.exF} | ${b.startF} |`);
  }
}

const streams = readdirSync(folder)
  .filter((name) => name.endsWith(".jsonl"))
  .sort()
  .flatMap((name) => streamsOf(join(folder, name)));
if (values.across) across(streams);
else {
  const weights = train(streams, train(streams, null));
  const target = join(import.meta.dirname, "../../src/domain/intake/weights.ts");
  writeFileSync(target, written(weights));
  console.log(`${streams.length} channels read; weights written.`);
}
