// Prints the tables of triage: every benchmark file, the shipped model beside the baselines, on rows that were neither
// trained nor tuned on. With --sources also each source as if it had never been seen (trains again, about a minute).
import { type ReadingHints, readMessage } from "../../src/domain/triage/read.ts";
import { loadTriageModel } from "../../src/model-file.ts";
import { featuresOfText, learn } from "../train/learn.ts";
import {
  benchmarksArePresent,
  feltRows,
  isHeld,
  learningRows,
  mayBeLearned,
  ownExamples,
  publicRows,
  type Row,
  readByHand,
} from "../train/rows.ts";
import { TONES } from "./tones.ts";
import { type Answer, answerTo } from "./triage.ts";
import { calibrationError, scoreOf } from "./triage-score.ts";

const model = loadTriageModel();
const LEVELS = ["calm", "pressed", "alarmed"];
const byModel = ({ text, lang }: Row): Answer => answerTo(text, lang, model);
const byRules = ({ text, lang }: Row): number => answerTo(text, lang, undefined).tier;

function line(
  name: string,
  rows: readonly Row[],
  answers: readonly number[] = rows.map((row) => byModel(row).tier),
): void {
  const gold = rows.map(({ tier }) => tier);
  const score = scoreOf(gold, answers);
  const rules = scoreOf(gold, rows.map(byRules));
  const guidance = scoreOf(
    gold,
    rows.map(() => 4),
  );
  const tiers = [...score.byTier]
    .map(([tier, { f1, gold: of }]) => `${tier}: ${f1.toFixed(0)} (${of})`)
    .join(", ");
  const cells = [
    name,
    score.rows,
    score.macro,
    rules.macro,
    guidance.macro,
    score.request,
    rules.request,
    tiers,
  ];
  console.log(`| ${cells.join(" | ")} |`);
}

function head(title: string): void {
  console.log(`\n### ${title}\n`);
  console.log(
    "| set | rows | macro-F1 | rules alone | all tier 4 | request F1 | rules alone | F1 by tier (rows) |",
  );
  console.log("|---|---|---|---|---|---|---|---|");
}

const bySource = (rows: readonly Row[]): [string, Row[]][] => [
  ...Map.groupBy(rows, ({ source, lang }) => `${source} ${lang}`),
];

function held(): void {
  const rows = publicRows().filter((row) =>
    mayBeLearned(row) || row.source === "nlpjs_chitchat" ? isHeld(row) : true,
  );
  head("Held rows of known sources; HINT3 was never trained on");
  for (const [name, of] of bySource(rows)) line(name, of);
  line(
    "all of dev.jsonl",
    rows.filter(({ source }) => source !== "frminer"),
  );
  head("Real messages read by hand, held rows");
  for (const [name, of] of bySource(readByHand().filter(isHeld))) line(name, of);
}

/** The first set says how the work went, the second (other kinds of customers, seen once) how it ended. */
function own(which: "held" | "held-2"): void {
  const rows = ownExamples(which);
  head(
    which === "held" ? "Our own held examples" : "Our second held set, of customers the examples do not know",
  );
  for (const lang of ["en", "es"])
    line(
      lang,
      rows.filter((row) => row.lang === lang),
    );
  const others = rows.filter(({ lang }) => lang !== "en" && lang !== "es");
  if (others.length > 0) line("pt, fr, de, it, ca", others);
  const urgencies = scoreOf(
    rows.map(({ urgency = 0 }) => urgency),
    rows.map((row) => byModel(row).urgency),
  );
  console.log(`\nUrgency on them (three classes): macro-F1 ${urgencies.macro}`);
  const right = rows.filter((row) => byModel(row).language === row.lang).length;
  console.log(`Language on them: ${right} of ${rows.length} right`);
}

/** Each source as if we had never seen it. */
function unseen(): void {
  head("Each source left out of the training");
  const rows = learningRows();
  const features = rows.map(({ text }) => featuresOfText(text));
  const gold: Row[] = [];
  const said: number[] = [];
  const answers: { confidence: number; right: boolean }[] = [];
  const groups =
    "banking77 multidogo nlpjs_chitchat hint3_curekart hint3_sofmattress tweets vendors rooms".split(" ");
  const all = [...publicRows(), ...readByHand()];
  for (const group of groups) {
    // Feature requests of FRMiner come from the same rooms.
    const isOf = ({ source }: Row) =>
      source.startsWith(group) || (group === "rooms" && source.startsWith("frminer"));
    const kept = rows.flatMap((row, at) => (isOf(row) ? [] : [at]));
    const pick = <T>(of: readonly T[]): T[] => kept.flatMap((at) => of.slice(at, at + 1));
    const without = group.startsWith("hint3") ? model : learn(pick(rows), pick(features));
    for (const [name, of] of bySource(all.filter(({ source }) => source.startsWith(group)))) {
      const readings = of.map(({ text, lang }) => answerTo(text, lang, without));
      line(
        name,
        of,
        readings.map(({ tier }) => tier),
      );
      gold.push(...of);
      said.push(...readings.map(({ tier }) => tier));
      readings.forEach(({ confidence, tier }, at) => {
        const right = of[at]?.tier ?? 0;
        if (tier > 0 && right > 0) answers.push({ confidence, right: tier === right });
      });
    }
  }
  line("all, left out one by one", gold, said);
  console.log(`\nCalibration over unseen sources: ${calibrationError(answers)} points off on average`);
}

function tone(): void {
  const rows = [...[...publicRows(), ...readByHand()].filter(isHeld), ...ownExamples("held")];
  let moved = 0;
  let louder = 0;
  const names = Object.entries(TONES);
  for (const [, add] of names) {
    for (const { text } of rows) {
      const plain = readMessage(text, { model });
      const toned = readMessage(add(text), { model });
      moved += Number(plain.kind !== toned.kind || plain.tier !== toned.tier);
      louder += Number(plain.urgency !== toned.urgency);
    }
  }
  const tried = rows.length * names.length;
  console.log(
    `\nTone added (${names.length} ways, ${rows.length} messages): tier moved in ${((100 * moved) / tried).toFixed(2)} %,`,
  );
  console.log(`urgency in ${((100 * louder) / tried).toFixed(0)} %.`);
}

/** Complaints to brands, by the strength people marked: an axis of urgency, never of tier. Held rows. */
function feeling(): void {
  const rows = feltRows().filter(isHeld);
  const said = (hints: ReadingHints) =>
    rows.map(({ text }) => LEVELS.indexOf(readMessage(text, hints).urgency));
  const gold = rows.map(({ urgency }) => urgency);
  const [learned, rules] = [{ model }, {}].map((hints) => scoreOf(gold, said(hints)).macro);
  console.log(`\nUrgency of ${rows.length} complaints to brands: macro-F1 ${learned}, rules alone ${rules}.`);
}

/** Prints the tables. `sources` also trains without each source in turn, about a minute. */
export function printTriage(options: { sources: boolean }): void {
  console.log("## Triage");
  own("held");
  own("held-2");
  if (benchmarksArePresent()) {
    held();
    if (options.sources) unseen();
    tone();
    feeling();
  } else
    console.log(
      "\nSkipped: the public sets (../shared/benchmarks/tiers) are not here; only our own were measured.",
    );
}

if (import.meta.main) printTriage({ sources: process.argv.includes("--sources") });
