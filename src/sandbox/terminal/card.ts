// What can be seen of a card in its plain text: a heading, labels with their values, and the rest. Clients show labels in
// columns or in small print; as plain text they take a line each, or two, which is much for a terminal.

/** `label` is "" where it cannot be told from its value. */
export interface Field {
  label: string;
  value: string;
}

export type Part = { kind: "text"; text: string } | { kind: "fields"; fields: readonly Field[] };

/** A short line that begins with a capital and ends with a letter: so labels look, and hardly any sentence. */
const LABEL = /^\p{Lu}[\p{L} ]{1,21}\p{L}$/u;
/** A short line without an end: a label with its value behind it, where several follow each other. */
const LABELLED = /^\p{Lu}\p{L}+ [^\n]{1,70}[^.!?:…]$/u;
/** Fewer may be an accident. */
const LEAST = 3;
const LEAST_LABELLED = 4;

/** Splits plain text into what is set as text and what as label and value. */
export function partsOf(text: string): Part[] {
  const lines = text.split("\n");
  const parts: Part[] = [];
  let at = 0;
  let plain: string[] = [];
  const flush = () => {
    if (plain.length > 0) parts.push({ kind: "text", text: plain.join("\n") });
    plain = [];
  };
  while (at < lines.length) {
    const pairs = pairsFrom(lines, at);
    const labelled = labelledFrom(lines, at);
    if (pairs.length >= LEAST) {
      flush();
      parts.push({ kind: "fields", fields: pairs });
      at += pairs.length * 2;
    } else if (labelled.length >= LEAST_LABELLED) {
      flush();
      parts.push({ kind: "fields", fields: labelled });
      at += labelled.length;
    } else {
      plain.push(lines[at] ?? "");
      at += 1;
    }
  }
  flush();
  return parts;
}

function pairsFrom(lines: readonly string[], from: number): Field[] {
  const fields: Field[] = [];
  for (let at = from; ; at += 2) {
    const label = lines[at];
    const value = lines[at + 1];
    if (label === undefined || value === undefined || !LABEL.test(label) || value === "") return fields;
    fields.push({ label, value });
  }
}

function labelledFrom(lines: readonly string[], from: number): Field[] {
  let to = from;
  while (LABELLED.test(lines[to] ?? "")) to += 1;
  return lines.slice(from, to).map((value) => ({ label: "", value }));
}

/** The number of the request a card is about, or null: the text is no card. */
export function cardNumber(text: string): string | null {
  return /^#\d{1,9}(?= )/.exec(text)?.[0] ?? null;
}

/** What differs between two states of a card, as short phrases; empty when a reader would see no difference. */
export function changesOf(before: string, after: string): Field[] {
  const was = fieldsOf(before);
  const changed = fieldsOf(after).filter(
    ({ label, value }) => !was.some((field) => field.label === label && field.value === value),
  );
  const known = new Set(textOf(before));
  const said = textOf(after)
    .filter((line) => !known.has(line))
    .map((line) => ({ label: "", value: line.replace(/^> (.*)$/, "“$1”") }));
  return [...said, ...changed];
}

function fieldsOf(text: string): Field[] {
  return partsOf(text).flatMap((part) => (part.kind === "fields" ? part.fields : []));
}

function textOf(text: string): string[] {
  return partsOf(text).flatMap((part) => (part.kind === "text" ? part.text.split("\n") : []));
}
