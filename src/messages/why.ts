// The answer to Why?, with what staff can correct.
import { kindOfClue } from "../domain/intake/clues.ts";
import type { TracedReading } from "../domain/triage/reading.ts";
import type { Lang, MessageRef } from "../domain/words.ts";
import type { Answer, Block, Button, Card, Modal } from "./card.ts";
import { short } from "./inline.ts";
import { sentences } from "./text/sentences.ts";
import { whySentences } from "./text/why.ts";

export interface Explained {
  /** What was decided when it was heard; null: nobody remembers. */
  decided: { kind: string; why: string | null; number: number | null } | null;
  /** The request it belongs to now, and whether that begins with it. */
  now: { number: number; first: boolean } | null;
  reading: TracedReading;
  /** The earlier line that speaks for it most, and the clues. */
  near: { text: string; clues: readonly string[] } | null;
  where: MessageRef;
}

/** Of corrections like it so many are named, the latest. */
const MOST_NAMED = 5;

/** A message's place in a button: ids alone. */
export function placeArgs(where: MessageRef): Record<string, string> {
  const { channel, message, thread } = where;
  return { c: channel, m: message, ...(thread === null ? {} : { t: thread }) };
}

export function whyCard(it: Explained, lang: Lang): Card {
  const words = whySentences(lang);
  const lines = [decidedLine(it, lang), ...nowLine(it, lang)];
  const blocks: Block[] = [
    { kind: "text", text: [{ bold: words.title }] },
    { kind: "text", text: [lines.join(" ")] },
    ...readingLines(it, lang).map((line): Block => ({ kind: "note", text: [line] })),
    { kind: "actions", items: corrections(it, lang) },
  ];
  return { blocks, summary: lines.join(" ") };
}

function decidedLine({ decided }: Explained, lang: Lang): string {
  const words = whySentences(lang);
  if (!decided) return words.unknown;
  const number = decided.number === null ? "…" : `#${decided.number}`;
  const exact = words.decided[`${decided.kind}:${decided.why ?? ""}`];
  return (exact ?? words.decided[decided.kind])?.(number) ?? words.unknown;
}

/** Where it belongs now, when that is not what was decided. */
function nowLine({ decided, now }: Explained, lang: Lang): string[] {
  const words = whySentences(lang);
  if ((decided?.number ?? null) === (now?.number ?? null)) return [];
  return [now ? words.now(`#${now.number}`) : words.nowNone];
}

function readingLines({ reading, near }: Explained, lang: Lang): string[] {
  const words = whySentences(lang);
  const tier = reading.kind === "request" ? sentences(lang).tiers[reading.tier] : null;
  const percent = Math.round(reading.confidence * 100);
  const lines = [words.read(words.kinds[reading.kind], tier, percent, words.by[reading.source])];
  const quotes = reading.evidence.map((quote) => words.quoted(short(quote, 60)));
  if (quotes.length > 0) lines.push(words.words(quotes.join(", ")));
  const kinds = new Set(near?.clues.flatMap((clue) => kindOfClue(clue) ?? []));
  if (near && kinds.size > 0) {
    lines.push(words.near(short(near.text, 80), [...kinds].map((kind) => words.clues[kind]).join(", ")));
  }
  const named = (numbers: readonly number[]) =>
    numbers
      .slice(-MOST_NAMED)
      .map((each) => `#${each}`)
      .join(", ");
  const { silencedBy = [], notSilencedBy = [] } = reading;
  const last = silencedBy.at(-1);
  if (last !== undefined) lines.push(words.silenced(named(silencedBy), last));
  else if (reading.learned) lines.push(words.learned);
  if (notSilencedBy.length > 0) lines.push(words.notSilenced(named(notSilencedBy)));
  return lines;
}

function corrections({ now, where }: Explained, lang: Lang): Button[] {
  const words = whySentences(lang);
  const args = placeArgs(where);
  const join: Button = { act: "join_to", args, label: words.joinTo };
  const none: Button = { act: "not_request", args, label: words.notRequest };
  if (!now) return [{ act: "make_request", args, label: words.makeRequest, style: "primary" }, join];
  return now.first ? [join, none] : [{ act: "split_off", args, label: words.splitOff }, join, none];
}

export function joinForm(args: Readonly<Record<string, string>>, lang: Lang): Modal {
  const words = whySentences(lang);
  return {
    act: "join_to",
    args,
    title: words.joinTitle,
    submit: words.join,
    cancel: words.cancel,
    fields: [{ name: "into", label: words.joinLine, multiline: false, required: true, max: 12 }],
  };
}

/** What became of a correction, to whoever made it. */
export function corrected(text: string): Answer {
  return { kind: "card", card: { blocks: [{ kind: "text", text: [text] }], summary: text } };
}
