// A YAML text as plain values that remember their lines. Numbers stay as they were written: a Discord id has more digits
// than a JavaScript number keeps.
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";

export type Path = readonly PropertyKey[];

export interface Fault {
  line: number;
  /** As written in the file: `teams.0.channels.1.mode`; "" for the whole file. */
  path: string;
  message: string;
}

export interface YamlFile {
  /** Maps, lists, strings, booleans; undefined where nothing is written. */
  value: unknown;
  faults: readonly Fault[];
  /** The line of the value at the path, or of the nearest thing above it that is written; and the path as written. */
  locate(path: Path): { line: number; path: string };
}

/** Aliases may repeat a part of the file, but not blow it up. */
const MOST_NODES = 50_000;

/** `first answer`, `first_answer`, `First Answer` and `firstAnswer` are one key. */
export function canonical(key: string): string {
  const joined = key.trim().replace(/[\s_-]+(\w)/g, (_, letter: string) => letter.toUpperCase());
  return joined.charAt(0).toLowerCase() + joined.slice(1);
}

export function readYaml(text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  const faults: Fault[] = document.errors.map((error) => ({
    line: lineAt(error.pos[0]),
    path: "",
    message: hint(error.message.split("\n")[0] ?? "", text.slice(error.pos[0], error.pos[0] + 1)),
  }));
  const budget = { left: MOST_NODES };
  const value = faults.length > 0 ? undefined : plain(document, document.contents, budget);
  if (budget.left <= 0) {
    faults.push({ line: 1, path: "", message: "aliases make the file too large; write the parts out" });
  }
  return { value, faults, locate: (path) => locate(document, path, lineAt) };
}

function hint(message: string, at: string): string {
  if (at === "@" || at === "*" || at === "`" || at === "&") {
    return `a value that begins with ${at} must stand in quotes, such as "@support"`;
  }
  return message;
}

function plain(document: Document, node: unknown, budget: { left: number }): unknown {
  budget.left--;
  if (budget.left <= 0) return undefined;
  const real = isAlias(node) ? node.resolve(document) : node;
  if (isMap(real)) {
    return Object.fromEntries(
      real.items.map((pair) => [keyText(pair.key), plain(document, pair.value, budget)]),
    );
  }
  if (isSeq(real)) return real.items.map((item) => plain(document, item, budget));
  if (!isScalar(real) || real.value === null) return undefined;
  if (typeof real.value === "boolean" || typeof real.value === "string") return real.value;
  return real.source ?? String(real.value);
}

function keyText(key: unknown): string {
  if (!isScalar(key)) return String(key);
  return typeof key.value === "string" ? key.value : (key.source ?? String(key.value));
}

function locate(document: Document, path: Path, lineAt: (offset: number) => number) {
  let node: unknown = document.contents;
  let line = isNode(node) && node.range ? lineAt(node.range[0]) : 1;
  const written: string[] = [];
  for (const segment of path) {
    const real = isAlias(node) ? node.resolve(document) : node;
    let next: unknown;
    let name = String(segment);
    let at: unknown;
    if (isMap(real)) {
      const pair =
        real.items.find(({ key }) => keyText(key) === segment) ??
        real.items.find(({ key }) => canonical(keyText(key)) === canonical(String(segment)));
      next = pair?.value;
      at = pair?.key;
      if (pair) name = keyText(pair.key);
    } else if (isSeq(real)) {
      next = real.items[Number(segment)];
      at = next;
    }
    written.push(name);
    if (isNode(at) && at.range) line = lineAt(at.range[0]);
    node = next;
  }
  const plainly = written.map((name) =>
    /^[\p{L}\p{N}][^\p{C}]*$/u.test(name) ? name : JSON.stringify(name),
  );
  return { line, path: plainly.join(".") };
}

function isNode(value: unknown): value is Node {
  return isMap(value) || isSeq(value) || isScalar(value) || isAlias(value);
}
