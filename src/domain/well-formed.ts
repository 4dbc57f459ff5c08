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
  if (Array.isArray(value)) return value.every((one) => made(one) === one) ? value : value.map(made);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  let copy: Record<string, unknown> | null = null;
  const fields = value as Record<string, unknown>;
  // Every event passes here: no list of pairs for each object.
  for (const name in fields) {
    const its = made(fields[name]);
    if (its === fields[name]) continue;
    copy ??= { ...fields };
    copy[name] = its;
  }
  return copy ?? value;
}
