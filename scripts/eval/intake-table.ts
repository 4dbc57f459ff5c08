// Prints the table of intake: every conversation of the benchmarks, the shipped weights beside the plain rule. The weights
// have seen these conversations; what they reach on what they have not seen prints `npm run eval:across -- FOLDER --across`.
import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { follow, type Prediction } from "./intake-follow.ts";
import { goldOf, rowsOf, type Told, tell } from "./intake-rows.ts";
import { byPlainRule, windowsOf } from "./intake-rule.ts";
import { type Judged, type Score, score } from "./intake-score.ts";

const FOLDER = join(import.meta.dirname, "../../../shared/benchmarks/intake");

function judged(path: string, by: (told: readonly Told[]) => readonly Prediction[]): Judged[] {
  const rows = rowsOf(path);
  const gold = goldOf(path);
  const said = new Map(
    [...tell(rows).values()].flatMap((told) => {
      const predictions = by(told);
      return told.map(({ row }, at) => [row, predictions[at]] as const);
    }),
  );
  return rows.flatMap((row, at) => {
    const mark = gold[at];
    const one = said.get(row);
    return mark && one ? [{ row, gold: mark, conv: one.conv, start: one.start }] : [];
  });
}

const cells = ({ VI, exF, startF }: Score): string => `${VI} | ${exF} | ${startF}`;

export function printIntake(): void {
  console.log("## Intake\n");
  const files = existsSync(FOLDER)
    ? readdirSync(FOLDER)
        .filter((name) => name.endsWith(".jsonl"))
        .sort()
    : [];
  if (files.length === 0) {
    console.log("Skipped: the public conversations (../shared/benchmarks/intake) are not here.");
    return;
  }
  console.log("| file | messages | VI | exF | startF | rule: VI | exF | startF |");
  console.log("|---|---|---|---|---|---|---|---|");
  for (const file of files) {
    const path = join(FOLDER, file);
    const name = basename(file, ".jsonl");
    const ours = score(judged(path, (told) => follow(told)));
    const rule = score(judged(path, (told) => byPlainRule(told, windowsOf(name))));
    console.log(`| ${name} | ${ours.messages} | ${cells(ours)} | ${cells(rule)} |`);
  }
}

if (import.meta.main) printIntake();
