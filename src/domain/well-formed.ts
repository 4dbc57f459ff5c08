// Words that a database can keep: people's clients send halves of emoji and the character U+0000, and PostgreSQL takes neither in
// text nor in JSON (its documentation, "Character Types" and "JSON Types"). Each becomes the replacement character, U+FFFD.

const NULL = "\0";

/** The same value where all its texts can be kept, otherwise a copy in which they can. Plain data: objects, arrays, numbers, texts. */
export function wellFormed<T>(value: T): T {
  // A text stays a text, an object keeps its fields: the type is what it was.
  return made(value) as T;
}

function made(value: unknown): unknown {
  if (typeof value === "string")
    return value.isWellFormed() && !value.includes(NULL)
      ? value
      : value.toWellFormed().replaceAll(NULL, "\uFFFD");
  if (Array.isArray(value)) {
    const each = value.map(made);
    return each.every((one, at) => one === value[at]) ? value : each;
  }
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  let copy: Record<string, unknown> | null = null;
  for (const [name, field] of Object.entries(value)) {
    const its = made(field);
    if (its === field) continue;
    copy ??= { ...value };
    copy[name] = its;
  }
  return copy ?? value;
}
