// The documented fields of dispatches (test/fixtures/discord/gateway-events.json) as JSON Schemas. Every object is closed.
import { readFileSync } from "node:fs";
import type { Description } from "./description.ts";

type Json = Record<string, unknown>;

/** An object of the fixture: what it is like, what comes on top. */
interface Part {
  like?: string;
  from?: string;
  without?: readonly string[];
  fields: Json;
  required: readonly string[];
  oneOf?: unknown;
}

export class Dispatches {
  readonly #description: Description;
  readonly #fixture: Record<string, Part> & { $parts: Record<string, Json> };
  readonly #schemas = new Map<string, Json>();

  constructor(description: Description) {
    this.#description = description;
    const file = new URL("../../fixtures/discord/gateway-events.json", import.meta.url);
    this.#fixture = JSON.parse(readFileSync(file, "utf8"));
  }

  /** The names of the dispatches that are described. */
  get names(): string[] {
    return Object.keys(this.#fixture).filter((name) => /^[A-Z]/.test(name));
  }

  /** What the documentation has against the `d` of a dispatch. */
  faults(t: string, d: unknown): string[] {
    const schema = this.schema(t);
    return schema ? this.#description.check(t, schema, d) : [`${t} is no documented dispatch of ours`];
  }

  /** As `faults`, but what is missing is no fault: recorded shapes leave out what nobody reads. */
  undocumented(t: string, d: unknown): string[] {
    return this.faults(t, d).filter((fault) => fault.includes("unevaluated"));
  }

  schema(t: string): Json | null {
    const part = this.names.includes(t) ? this.#fixture[t] : undefined;
    if (!part) return null;
    const known = this.#schemas.get(t);
    if (known) return known;
    const $defs = Object.fromEntries(
      Object.entries(this.#fixture.$parts).map(([name, each]) => [
        name,
        "fields" in each ? this.#object(each as unknown as Part) : refer(each),
      ]),
    );
    const schema = { ...this.#object(part), $defs };
    this.#schemas.set(t, schema);
    return schema;
  }

  #object(part: Part): Json {
    const { properties, required } = this.#base(part);
    for (const field of part.without ?? []) delete properties[field];
    Object.assign(properties, refer(part.fields) as Json);
    const needed = [...required, ...part.required].filter((field) => field in properties);
    return {
      type: "object",
      properties,
      required: [...new Set(needed)],
      unevaluatedProperties: false,
      ...(part.oneOf ? { oneOf: part.oneOf } : {}),
    };
  }

  #base(part: Part): { properties: Json; required: readonly string[] } {
    if (part.like) {
      const { properties = {}, required = [] } = this.#description.schemas[part.like] ?? {};
      return { properties: { ...(inDocument(properties) as Json) }, required: required as string[] };
    }
    const from = part.from ? this.#fixture.$parts[part.from] : undefined;
    if (!from) return { properties: {}, required: [] };
    const { properties, required } = this.#object(from as unknown as Part);
    return { properties: { ...(properties as Json) }, required: required as string[] };
  }
}

/** `{ "$like": "user" }` → a reference to that part. */
function refer(node: unknown): unknown {
  return mapped(node, (value) =>
    typeof value.$like === "string" ? { $ref: `#/$defs/${value.$like}` } : value,
  );
}

/** References inside Discord's document, as they are written from outside it. */
function inDocument(node: unknown): unknown {
  return mapped(node, (value) =>
    typeof value.$ref === "string" && value.$ref.startsWith("#") ? { $ref: `discord${value.$ref}` } : value,
  );
}

function mapped(node: unknown, change: (value: Json) => Json): unknown {
  if (Array.isArray(node)) return node.map((each) => mapped(each, change));
  if (typeof node !== "object" || node === null) return node;
  const changed = change(node as Json);
  if (changed !== node) return changed;
  return Object.fromEntries(Object.entries(changed).map(([key, value]) => [key, mapped(value, change)]));
}
