// JSON with the place of what is wrong in it.
import type { z } from "zod";
import { ReplayError, type Source } from "./replay.ts";

/** Parses a whole file. Throws ReplayError with line and column. */
export function parseJson(source: Source): unknown {
  const text = source.text().replace(/^\uFEFF/, "");
  try {
    return JSON.parse(text);
  } catch (error) {
    const position = faultIn(text);
    const before = text.slice(0, position);
    const line = before.split("\n").length;
    const column = position - before.lastIndexOf("\n");
    const found = [...text.slice(position, position + 2)][0];
    const what = found === undefined ? "it ends too early" : `${JSON.stringify(found)} was not expected`;
    throw new ReplayError(
      `${source.place}, line ${line}, column ${column}`,
      `this is not valid JSON: ${what} here.`,
      {
        cause: error,
      },
    );
  }
}

const blank = /[ \t\n\r]*/y;
const scalar =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them inside strings.
  /"(?:[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** What may come next: a value, a value or `]`, a key, a key or `}`, or what follows a value. */
type Expected = "value" | "item" | "key" | "member" | "after";

/** The offset of the first character that cannot stand where it stands: V8 does not always tell it. */
function faultIn(text: string): number {
  const open: ("[" | "{")[] = [];
  let expected: Expected = "value";
  let at = 0;
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at += match[0].length;
    return match !== null && match[0] !== "";
  };
  for (;;) {
    skip(blank);
    const char = text[at];
    const inside = open.at(-1);
    if (char === undefined) return at;
    if (expected === "after") {
      if (char === "," && inside !== undefined) expected = inside === "[" ? "value" : "key";
      else if (char === (inside === "[" ? "]" : "}") && inside !== undefined) open.pop();
      else return at;
      at += 1;
    } else if ((expected === "item" && char === "]") || (expected === "member" && char === "}")) {
      open.pop();
      expected = "after";
      at += 1;
    } else if (expected === "key" || expected === "member") {
      if (char !== '"' || !skip(scalar)) return at;
      skip(blank);
      if (text[at] !== ":") return at;
      at += 1;
      expected = "value";
    } else if (char === "[" || char === "{") {
      open.push(char);
      expected = char === "[" ? "item" : "member";
      at += 1;
    } else if (skip(scalar)) expected = "after";
    else return at;
  }
}

/** `[3].files[0].name: expected string`: the first thing a schema finds wrong, with its JSON path. */
export function faultOf(error: z.ZodError): string {
  const [issue] = error.issues;
  if (!issue) return "not understood";
  const path = issue.path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("");
  const what = issue.message.replace(/^Invalid input: /, "");
  return path === "" ? what : `${path.replace(/^\./, "")}: ${what}`;
}
