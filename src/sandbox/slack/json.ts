// JSON as it comes off the wire: read with these, never with a cast.

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** Keys whose value is undefined are left out when it is written. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** The value as an object, or null for anything else. */
export function asObject(value: Json | undefined): JsonObject | null {
  return typeof value === "object" && value !== null && !isList(value) ? value : null;
}

/** The value as a list; anything else is an empty one. */
export function asList(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : [];
}

/** The objects of a list; other items are left out. */
export function asObjects(value: Json | undefined): JsonObject[] {
  return asList(value)
    .map(asObject)
    .filter((item) => item !== null);
}

/** The value as a string, or null for anything else. */
export function asText(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Parses JSON text; undefined when it is none. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
