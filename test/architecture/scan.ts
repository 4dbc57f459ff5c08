// Reads the imports of a TypeScript source without a compiler (TypeScript 7 offers no API): comments, the inside of
// strings and regular expressions are blanked first, so that no pattern below can be fooled by text.

/** A source with everything that is not code blanked; offsets and lines are those of the original. */
export interface Scanned {
  code: string;
  /** The contents of the plain string literals, by the offset of their opening quote. */
  strings: ReadonlyMap<number, string>;
}

export interface Import {
  /** What was written between the quotes; null when it is not a literal and so cannot be checked. */
  specifier: string | null;
  /** Only types are imported: nothing is loaded at run time. */
  typeOnly: boolean;
  line: number;
}

const beforeRegex =
  /(?:^|[(,=:[!&|?{};+\-*%~^<>]|\b(?:return|typeof|case|of|in|do|else|void|throw|yield|await))$/;

/** Blanks comments, strings, template text and regular expressions. Code inside `${…}` stays code. */
export function scan(source: string): Scanned {
  const out = [...source];
  const chars = [...source];
  const strings = new Map<number, string>();
  const blank = (from: number, to: number) => {
    for (let at = from; at < to; at++) if (out[at] !== "\n") out[at] = " ";
  };
  /** For each open template: the depth of braces inside its current `${`. */
  const templates: number[] = [];
  let last = ""; // The code before `at`, without the blanks at its end.
  let at = 0;

  const templateText = (from: number): number => {
    let end = from;
    while (end < chars.length && chars[end] !== "`") {
      if (chars[end] === "\\") end++;
      else if (chars[end] === "$" && chars[end + 1] === "{") {
        blank(from, end);
        templates.push(0);
        return end + 2;
      }
      end++;
    }
    blank(from, Math.min(end, chars.length));
    return end + 1;
  };

  while (at < chars.length) {
    const char = chars[at] ?? "";
    const next = chars[at + 1];
    const depth = templates.at(-1);
    if (char === "/" && next === "/") {
      let end = at;
      while (end < chars.length && chars[end] !== "\n") end++;
      blank(at, end);
      at = end;
    } else if (char === "/" && next === "*") {
      let end = at + 2;
      while (end < chars.length && !(chars[end] === "*" && chars[end + 1] === "/")) end++;
      blank(at, Math.min(end + 2, chars.length));
      at = end + 2;
    } else if (char === '"' || char === "'") {
      let end = at + 1;
      while (end < chars.length && chars[end] !== char && chars[end] !== "\n")
        end += chars[end] === "\\" ? 2 : 1;
      strings.set(at, chars.slice(at + 1, end).join(""));
      blank(at + 1, Math.min(end, chars.length));
      last = char;
      at = end + 1;
    } else if (char === "`") {
      last = "`";
      at = templateText(at + 1);
    } else if (depth !== undefined && char === "{") {
      templates[templates.length - 1] = depth + 1;
      last = char;
      at++;
    } else if (depth !== undefined && char === "}") {
      last = "`";
      if (depth === 0) {
        templates.pop();
        at = templateText(at + 1);
      } else {
        templates[templates.length - 1] = depth - 1;
        at++;
      }
    } else if (char === "/" && beforeRegex.test(last)) {
      let end = at + 1;
      let inClass = false;
      while (end < chars.length && (inClass || chars[end] !== "/") && chars[end] !== "\n") {
        if (chars[end] === "\\") end++;
        else if (chars[end] === "[") inClass = true;
        else if (chars[end] === "]") inClass = false;
        end++;
      }
      blank(at + 1, Math.min(end, chars.length));
      last = "/x";
      at = end + 1;
    } else {
      if (!/\s/.test(char)) last = (last + char).slice(-12);
      else if (/\w$/.test(last)) last += " ";
      if (/\s/.test(char)) last = last.replace(/ $/, "");
      at++;
    }
  }
  return { code: out.join(""), strings };
}

/** The line of an offset, from 1. */
export function lineOf(code: string, offset: number): number {
  return code.slice(0, offset).split("\n").length;
}

// The statement forms. Strings are blank by now, so `"` can only open or close a specifier.
const statement =
  /(?<![.\w$])(?:import|export)\b(?!\s*[.(:=])((?:\s*type\b(?!\s*[,=]|\s+from\s*["']))?)\s*((?:[\w$*\s,{}]*?\bfrom\s*|\s*))(["'])/g;
const call =
  /(?<![.\w$])(?:import|require|require\s*\.\s*resolve|import\s*\.\s*meta\s*\.\s*resolve)\s*\(\s*(["'`]?)/g;

/** Every import of a source: statements, re-exports, `import()`, `require()` and the two forms of `resolve()`. */
export function importsOf({ code, strings }: Scanned): Import[] {
  const found: Import[] = [];
  for (const match of code.matchAll(statement)) {
    const clause = match[2] ?? "";
    if (clause.trim() === "" && match[0].startsWith("export")) continue;
    const names = /\{([^}]*)\}/.exec(clause);
    const listed = (names?.[1] ?? "").split(",").filter((name) => name.trim() !== "");
    const onlyTypes = names !== null && listed.length > 0 && listed.every((name) => /^\s*type\s/.test(name));
    const besides = clause.replace(/\{[^}]*\}/, "").replace(/\bfrom\b/, "");
    found.push({
      specifier: strings.get(match.index + match[0].length - 1) ?? null,
      typeOnly: (match[1] ?? "").trim() === "type" || (onlyTypes && !/[\w$*]/.test(besides)),
      line: lineOf(code, match.index),
    });
  }
  for (const match of code.matchAll(call)) {
    const end = match.index + match[0].length;
    const quote = match[1] === "" ? namedString(code, end) : match[1] === "`" ? null : end - 1;
    found.push({
      specifier: quote === null ? null : (strings.get(quote) ?? null),
      typeOnly: false,
      line: lineOf(code, match.index),
    });
  }
  return found;
}

/** Where the string stands that a lone name at `offset` is a constant of: `const name = "…"`, written once. */
function namedString(code: string, offset: number): number | null {
  const name = /^([A-Za-z_$][\w$]*)\s*\)/.exec(code.slice(offset))?.[1];
  if (name === undefined) return null;
  const all = [
    ...code.matchAll(new RegExp(`\\b(?:const|let|var)\\s+${name.replaceAll("$", "\\$")}\\b`, "g")),
  ];
  const [only] = all;
  if (!only || all.length > 1) return null;
  const string = /^const\s+[\w$]+\s*=\s*(?=["'])/.exec(code.slice(only.index));
  return string ? only.index + string[0].length : null;
}

/** Whether a source has exports, and all of them only pass on what other files export. */
export function isBarrel({ code }: Scanned): boolean {
  if (!/\bexport\b/.test(code)) return false;
  const own = code
    .replace(/\bexport\s+(?:type\s+)?(?:\*(?:\s*as\s+[\w$]+)?|\{[^}]*\})(?:\s*from\s*["']\s*["'])?/g, "")
    .replace(/\bimport\b[^"'()]*["']\s*["']/g, "");
  return own.replace(/[\s;]/g, "") === "";
}
