// The shape of payloads: which fields they have, at any depth. Values do not count, nor how long lists are.

/** A field's name → every value it has. A list has the fields of all its items together. Null for what has no fields. */
function fieldsOf(value: unknown): Map<string, unknown[]> | null {
  const found = new Map<string, unknown[]>();
  const items: unknown[] = Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value];
  for (const item of items) {
    if (typeof item !== "object" || item === null) continue;
    for (const [name, one] of Object.entries(item)) found.set(name, [...(found.get(name) ?? []), one]);
  }
  return found.size > 0 ? found : null;
}

export interface Differences {
  /** Paths the sample has and no payload has. */
  missing: string[];
  /** Paths some payload has and the sample lacks. */
  extra: string[];
}

/** Compares field by field. Below a field that one side lacks, or leaves empty, nothing more is said. */
export function differences(sample: unknown, payloads: unknown, at = ""): Differences {
  const expected = fieldsOf(sample);
  const actual = fieldsOf(payloads);
  const found: Differences = { missing: [], extra: [] };
  if (!expected || !actual) return found;
  const path = (name: string) => (at === "" ? name : `${at}.${name}`);
  for (const [name, value] of expected) {
    const given = actual.get(name);
    if (!given) found.missing.push(path(name));
    else {
      const inner = differences(value, given, path(name));
      found.missing.push(...inner.missing);
      found.extra.push(...inner.extra);
    }
  }
  for (const name of actual.keys()) if (!expected.has(name)) found.extra.push(path(name));
  return found;
}
