// npm run -s eval:triage -- FILE.jsonl — reads {text, lang?} a line, prints what triage reads in it, line by line.
import { signalsIn } from "../../src/domain/triage/customer-signals.ts";
import type { TriageModel } from "../../src/domain/triage/model.ts";
import { readMessage } from "../../src/domain/triage/read.ts";
import type { Lang, Urgency } from "../../src/domain/words.ts";
import { loadTriageModel } from "../../src/model-file.ts";
import { InputError, runWith, textOf } from "./lines.ts";

/** The documented shape of one answer (docs/evaluation.md). */
export interface Answer {
  request: boolean;
  /** 0 is not a request. */
  tier: number;
  confidence: number;
  urgency: number;
  language: string;
  signals: string[];
  evidence: readonly string[];
}

const URGENCIES: Record<Urgency, number> = { calm: 0, pressed: 1, alarmed: 2 };

/** What the bot would know of a message, as one line of the output. `lang` is only a hint, as a channel's would be. */
export function answerTo(text: string, lang: string | undefined, model: TriageModel | undefined): Answer {
  const known: Lang | undefined = lang === "en" || lang === "es" ? lang : undefined;
  const reading = readMessage(text, { ...(known && { known }), ...(model && { model }) });
  const request = reading.kind === "request";
  return {
    request,
    tier: request ? reading.tier : 0,
    confidence: reading.confidence,
    urgency: URGENCIES[reading.urgency],
    language: reading.language,
    signals: signalsIn(text, reading.lang).map(({ signal }) => signal),
    evidence: reading.evidence,
  };
}

function run(path: string): void {
  const model = loadTriageModel();
  // All lines are read before the first answer is printed: half an output could be taken for a whole one.
  const rows = textOf(path)
    .split("\n")
    .flatMap((line, at) => (line.trim() === "" ? [] : [parse(line, `${path}, line ${at + 1}`)]));
  for (const { text, lang } of rows) {
    process.stdout.write(`${JSON.stringify(answerTo(text, lang, model))}\n`);
  }
}

function parse(line: string, where: string): { text: string; lang?: string } {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch (cause) {
    throw new InputError(`${where}: not JSON.`, { cause });
  }
  if (typeof row !== "object" || row === null || !("text" in row) || typeof row.text !== "string") {
    throw new InputError(`${where}: an object with a "text" is expected.`);
  }
  return "lang" in row && typeof row.lang === "string"
    ? { text: row.text, lang: row.lang }
    : { text: row.text };
}

if (import.meta.main) {
  const path = process.argv[2];
  if (path === undefined) {
    console.error("usage: npm run -s eval:triage -- FILE.jsonl   (one {text, lang?} a line)");
    process.exitCode = 2;
  } else runWith(() => run(path));
}
