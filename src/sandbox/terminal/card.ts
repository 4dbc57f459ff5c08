// What can be seen of a card in its plain text: a heading, labels with their values, and the rest. Clients show labels
// in columns; as plain text each label and each value is a line of its own, which is much for a terminal.

export type Part =
  | { kind: "text"; text: string }
  | { kind: "fields"; fields: readonly { label: string; value: string }[] };

/** A short line that begins with a capital and ends with a letter: so labels look, and hardly any sentence. */
const LABEL = /^\p{Lu}[\p{L} ]{1,21}\p{L}$/u;
/** Fewer pairs may be an accident. */
const LEAST = 3;

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
    const fields = pairsFrom(lines, at);
    if (fields.length >= LEAST) {
      flush();
      parts.push({ kind: "fields", fields });
      at += fields.length * 2;
    } else {
      plain.push(lines[at] ?? "");
      at += 1;
    }
  }
  flush();
  return parts;
}

function pairsFrom(lines: readonly string[], from: number): { label: string; value: string }[] {
  const fields: { label: string; value: string }[] = [];
  for (let at = from; ; at += 2) {
    const label = lines[at];
    const value = lines[at + 1];
    if (label === undefined || value === undefined || !LABEL.test(label) || value === "") return fields;
    fields.push({ label, value });
  }
}

/** The number of the request a card is about, or null: the text is no card. */
export function cardNumber(text: string): string | null {
  return /^#\d{1,9}(?= )/.exec(text)?.[0] ?? null;
}

/** What differs between two states of a card, as short phrases; empty when a reader would see no difference. */
export function changesOf(before: string, after: string): { label: string; value: string }[] {
  const was = new Map(fieldsOf(before));
  const changed = fieldsOf(after).filter(([label, value]) => was.get(label) !== value);
  if (changed.length > 0) return changed.map(([label, value]) => ({ label, value }));
  const known = new Set(before.split("\n"));
  return textOf(after)
    .filter((line) => !known.has(line))
    .map((line) => ({ label: "", value: line.replace(/^> /, "") }));
}

function fieldsOf(text: string): [string, string][] {
  return partsOf(text).flatMap((part) =>
    part.kind === "fields" ? part.fields.map(({ label, value }): [string, string] => [label, value]) : [],
  );
}

function textOf(text: string): string[] {
  return partsOf(text).flatMap((part) => (part.kind === "text" ? part.text.split("\n") : []));
}
