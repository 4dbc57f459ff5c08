// Discord's own description of its HTTP API (test/fixtures/discord/openapi.json) as an inspector of calls and answers.
import { readFileSync } from "node:fs";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { InspectedCall } from "../../../src/sandbox/discord/inspector.ts";
import { alsoSent, corrections } from "./allowed.ts";

type Json = Record<string, unknown>;

interface Parameter {
  name: string;
  in: "path" | "query";
  required?: boolean;
  schema: Json;
}

interface Operation {
  /** Where it stands: `#/paths/…/post`. */
  pointer: string;
  parameters: readonly Parameter[];
  hasBody: boolean;
  statuses: ReadonlySet<string>;
}

const DOCUMENT = "discord";

export class Description {
  readonly schemas: Readonly<Record<string, Json>>;
  readonly #ajv: Ajv2020;
  readonly #operations = new Map<string, Operation>();
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor() {
    const file = new URL("../../fixtures/discord/openapi.json", import.meta.url);
    const document = JSON.parse(readFileSync(file, "utf8")) as {
      paths: Record<string, Record<string, Json>>;
      components: { schemas: Record<string, Json> };
    };
    for (const [path, item] of Object.entries(document.paths)) this.#read(path, item);
    for (const { component, fields } of corrections) {
      const schema = document.components.schemas[component];
      if (!schema) throw new Error(`there is no ${component} to correct in openapi.json`);
      schema.properties = { ...(schema.properties as Json | undefined), ...fields };
    }
    close(document);
    this.schemas = document.components.schemas;
    this.#ajv = new Ajv2020({ strict: false, allErrors: true, logger: false, verbose: true });
    // The package is CommonJS: its default export arrives wrapped or bare, depending on who loads it.
    (addFormats as unknown as (ajv: Ajv2020) => void)(this.#ajv);
    this.#ajv.addFormat("snowflake", /^(0|[1-9]\d{0,19})$/);
    this.#ajv.addFormat("nonce", /^[\s\S]{0,25}$/);
    this.#ajv.addFormat("int32", {
      type: "number",
      validate: (n: number) => Number.isInteger(n) && Math.abs(n) < 2 ** 31,
    });
    this.#ajv.addFormat("int64", { type: "number", validate: (n: number) => Number.isInteger(n) });
    this.#ajv.addSchema(document, DOCUMENT);
  }

  /** What the description has against a request. */
  request(call: InspectedCall): string[] {
    const found = this.#operation(call);
    if (!found) return [`${call.method} ${call.path} is no documented route`];
    const { operation, key } = found;
    const faults = queryFaults(operation, call.query);
    if (call.uploads > 10) faults.push(`files: ${call.uploads} are more than the 10 documented`);
    if (call.body === undefined) return faults;
    if (!operation.hasBody) return [...faults, "a body is sent where none is documented"];
    const pointer = `${DOCUMENT}${operation.pointer}/requestBody/content/application~1json/schema`;
    const also = alsoSent[key];
    const body = also && isObject(call.body) ? this.#without(call.body, also, faults) : call.body;
    return [...faults, ...this.check(key, { $ref: pointer, unevaluatedProperties: false }, body)];
  }

  /** What the description has against an answer of the local server. */
  answer(call: InspectedCall, status: number, body: unknown): string[] {
    const found = this.#operation(call);
    if (!found) return [];
    const { operation, key } = found;
    const name = status >= 400 && status !== 429 ? (status < 500 ? "4XX" : "") : String(status);
    // The description speaks of no failures of Discord itself.
    if (name === "") return [];
    if (!operation.statuses.has(name)) {
      return [`answers ${status}, where ${[...operation.statuses].join(", ")} are documented`];
    }
    if (status === 204) return body === undefined ? [] : ["answers 204 with a body"];
    const at =
      name === "4XX"
        ? "#/components/schemas/ErrorResponse"
        : name === "429"
          ? "#/components/schemas/RatelimitedResponse"
          : `${operation.pointer}/responses/${name}/content/application~1json/schema`;
    return this.check(`${key} ${name}`, { $ref: `${DOCUMENT}${at}` }, body);
  }

  /** Holds a value against a schema, which may refer to `discord#/…`; compiled once for each `name`. */
  check(name: string, schema: Json, value: unknown): string[] {
    let validate = this.#compiled.get(name);
    if (!validate) {
      validate = this.#ajv.compile(schema);
      this.#compiled.set(name, validate);
    }
    return validate(value) ? [] : sentences(validate.errors ?? []);
  }

  #without(body: Json, also: Json, faults: string[]): Json {
    const rest: Json = {};
    for (const [field, value] of Object.entries(body)) {
      const schema = also[field];
      if (schema === undefined) rest[field] = value;
      else
        for (const fault of this.check(`also ${field}`, schema as Json, value))
          faults.push(`${field}: ${fault}`);
    }
    return rest;
  }

  #operation(call: InspectedCall): { operation: Operation; key: string } | null {
    const fixed = call.path.endsWith("/messages/@original")
      ? call.pattern.replace(/:message$/, "@original")
      : call.pattern;
    const key = `${call.method} ${fixed.replaceAll(/:\w+/g, "*")}`;
    const operation = this.#operations.get(key);
    return operation ? { operation, key } : null;
  }

  #read(path: string, item: Record<string, unknown>): void {
    for (const [method, raw] of Object.entries(item)) {
      if (method === "parameters") continue;
      const {
        parameters = [],
        requestBody,
        responses,
      } = raw as {
        parameters?: Parameter[];
        requestBody?: unknown;
        responses: Json;
      };
      const shared = (item.parameters ?? []) as Parameter[];
      this.#operations.set(`${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, "*")}`, {
        pointer: `#/paths/${path.replaceAll("~", "~0").replaceAll("/", "~1").replaceAll("{", "%7B").replaceAll("}", "%7D")}/${method}`,
        parameters: [...shared, ...parameters],
        hasBody: requestBody !== undefined,
        statuses: new Set(Object.keys(responses)),
      });
    }
  }
}

/**
 * Closes every object of the description: a field it does not name is a fault at every depth, not at the root alone.
 * Parts of an `allOf`, written there or referred to, stay open, since each of them sees the fields of the others.
 */
function close(document: unknown): void {
  const parts = new Set<unknown>();
  const objects: Json[] = [];
  each(document, (node) => {
    if (isObject(node.properties)) objects.push(node);
    if (!Array.isArray(node.allOf)) return;
    for (const part of node.allOf as Json[])
      parts.add(typeof part.$ref === "string" ? at(document, part.$ref) : part);
    if (node.type === "object") objects.push(node);
  });
  for (const node of objects) {
    if (!parts.has(node) && node.additionalProperties === undefined) node.unevaluatedProperties = false;
  }
}

function each(node: unknown, visit: (node: Json) => void): void {
  if (Array.isArray(node)) for (const item of node) each(item, visit);
  if (!isObject(node)) return;
  visit(node);
  for (const value of Object.values(node)) each(value, visit);
}

function at(document: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .reduce<unknown>((node, step) => (isObject(node) ? node[step] : undefined), document);
}

function queryFaults(operation: Operation, query: URLSearchParams): string[] {
  const faults: string[] = [];
  const known = new Map(
    operation.parameters.filter((each) => each.in === "query").map((each) => [each.name, each]),
  );
  for (const name of new Set(query.keys())) {
    const parameter = known.get(name);
    if (!parameter) faults.push(`?${name} is not documented`);
    else
      for (const value of query.getAll(name))
        if (!fits(value, parameter.schema)) faults.push(`?${name}=${value} does not fit`);
  }
  for (const [name, { required }] of known)
    if (required && !query.has(name)) faults.push(`?${name} is missing`);
  return faults;
}

function fits(value: string, schema: Json): boolean {
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  if (types.includes("boolean")) return value === "true" || value === "false";
  if (!types.includes("integer")) return true;
  const number = Number(value);
  const { minimum = -Infinity, maximum = Infinity } = schema as { minimum?: number; maximum?: number };
  return /^-?\d+$/.test(value) && number >= minimum && number <= maximum;
}

/** The deepest faults first: those of a union's other branches say little. */
function sentences(errors: readonly ErrorObject[]): string[] {
  const told = errors
    .filter(({ keyword }) => !["oneOf", "anyOf", "if"].includes(keyword))
    .sort((a, b) => b.instancePath.length - a.instancePath.length)
    .map(({ instancePath, message, params }) => {
      const more =
        params.unevaluatedProperty ??
        params.additionalProperty ??
        params.allowedValue ??
        params.allowedValues;
      return `${instancePath || "/"} ${message ?? ""}${more === undefined ? "" : ` (${String(more)})`}`;
    });
  return [
    ...new Set(
      told.length > 0 ? told : errors.map(({ instancePath, message }) => `${instancePath} ${message}`),
    ),
  ].slice(0, 6);
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
