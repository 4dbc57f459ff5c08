// Prints the table of intake: every conversation of the benchmarks, the shipped weights beside the plain rule. The weights
// have seen these conversations; what they reach on what they have not seen prints `npm run eval:across -- FOLDER --across`.
import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { loadTriageModel } from "../../src/model-file.ts";
import { answerers } from "../train/intake-examples.ts";
import { decideAll } from "./intake-decided.ts";
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
  printDecided(files);
}

/** Of the conversations whose beginning is marked: in how many whoever began them was given a request, and requests of each. */
function heardIn(rows: readonly Judged[]): { heard: number; cards: number } {
  const talks = new Map<string, { by: string | null | undefined; heard: boolean; cards: number }>();
  for (const { row, gold, start } of rows) {
    if (!gold.scored || gold.conv === null || row.system) continue;
    const key = `${row.stream}\n${gold.conv}`;
    const talk = talks.get(key) ?? (gold.start ? { by: row.user, heard: false, cards: 0 } : null);
    if (!talk) continue;
    talks.set(key, talk);
    talk.heard ||= start && talk.by === row.user;
    talk.cards += Number(start);
  }
  const all = [...talks.values()];
  const cards = all.reduce((sum, talk) => sum + talk.cards, 0);
  return {
    heard: Math.round((1_000 * all.filter(({ heard }) => heard).length) / all.length) / 10,
    cards: Math.round((100 * cards) / all.length) / 100,
  };
}

/** What the bot itself would open: with nobody known to be of the team where the rows do not say, and with its helpers named. */
function printDecided(files: readonly string[]): void {
  const model = loadTriageModel();
  const settings = { joinWithin: 15, opensFrom: null };
  console.log("\n### The bot's own intake (decideIntake), as it would open\n");
  console.log("| file | startF | heard % | requests for each | helpers named: startF | heard % | requests |");
  console.log("|---|---|---|---|---|---|---|");
  for (const file of files) {
    const path = join(FOLDER, file);
    const gold = new Map(goldOf(path).map((mark, at) => [at, mark]));
    const marks = new Map(rowsOf(path).map((row, at) => [`${row.stream}\n${row.idx}`, gold.get(at)]));
    const plain = judged(path, (told) => decideAll(told, settings, model));
    const named = judged(path, (told) => {
      const marked = told.flatMap((each) => {
        const mark = marks.get(`${each.row.stream}\n${each.row.idx}`);
        return mark ? [{ ...each, gold: mark }] : [];
      });
      const helpers = answerers(marked);
      const known = told.map(({ row, line }) => ({
        row,
        line: line && { ...line, team: line.team === true || helpers.has(line.author) },
      }));
      return decideAll(known, settings, model);
    });
    const cells = [plain, named].map((rows) => {
      const { heard, cards } = heardIn(rows);
      return `${score(rows).startF} | ${heard} | ${cards}`;
    });
    console.log(`| ${basename(file, ".jsonl")} | ${cells.join(" | ")} |`);
  }
}

if (import.meta.main) printIntake();
