// One call of the Web API: reading its arguments and refusing it with Slack's own codes.
import { asObject, asObjects, asText, isList, type Json, type JsonObject, parseJson } from "./json.ts";
import type { SlackChannel, SlackMessage } from "./records.ts";
import type { LocalWorkspace } from "./workspace.ts";

/** A refusal as Slack answers it: HTTP 200, `ok: false` and a code. */
export class Refusal extends Error {
  readonly code: string;
  /** Lines for `response_metadata.messages`. */
  readonly lines: readonly string[];
  /** Further fields of the answer. */
  readonly more: JsonObject;

  constructor(code: string, detail: string, lines: readonly string[] = [], more: JsonObject = {}) {
    super(detail);
    this.name = "Refusal";
    this.code = code;
    this.lines = lines;
    this.more = more;
  }
}

export class CallArguments {
  readonly #values: Readonly<Record<string, Json | undefined>>;

  constructor(values: Readonly<Record<string, Json | undefined>>) {
    this.#values = values;
  }

  names(): string[] {
    return Object.keys(this.#values);
  }

  has(name: string): boolean {
    const value = this.#values[name];
    return value !== undefined && value !== null;
  }

  text(name: string): string | null {
    const value = this.#values[name];
    return typeof value === "number" || typeof value === "boolean" ? String(value) : asText(value);
  }

  need(name: string): string {
    const text = this.text(name);
    if (text) return text;
    throw new Refusal("invalid_arguments", `"${name}" is missing`, [
      `[ERROR] missing required field: ${name}`,
    ]);
  }

  flag(name: string): boolean {
    const text = this.text(name);
    return text === "true" || text === "1";
  }

  /** A whole number from 1 to `most`; 0 or nothing means `usual`. Refusal: `invalid_limit`. */
  count(name: string, usual: number, most: number): number {
    const text = this.text(name);
    if (text === null || text === "") return usual;
    const value = Number(text);
    if (!Number.isInteger(value) || value < 0) throw new Refusal("invalid_limit", `"${name}" is ${text}`);
    return value === 0 ? usual : Math.min(value, most);
  }

  /** A structured argument, JSON in a string or (in a JSON body) as it is; null when absent, `code` when unreadable. */
  json(name: string, code: string): Json | null {
    const value = this.#values[name];
    if (value === undefined || value === null || value === "") return null;
    if (typeof value !== "string") return value;
    const parsed = parseJson(value);
    if (parsed === undefined) throw new Refusal(code, `"${name}" is no JSON: ${value.slice(0, 80)}`);
    return parsed;
  }

  objects(name: string, code: string): JsonObject[] | null {
    const value = this.json(name, code);
    if (value === null) return null;
    if (!isList(value)) throw new Refusal(code, `"${name}" is no list`);
    return asObjects(value);
  }

  object(name: string, code: string): JsonObject | null {
    const value = this.json(name, code);
    if (value === null) return null;
    const object = asObject(value);
    if (!object) throw new Refusal(code, `"${name}" is no object`);
    return object;
  }
}

export type Method = (args: CallArguments) => JsonObject | Promise<JsonObject>;
export type Methods = Readonly<Record<string, Method>>;

/** A channel the bot can know of; private ones it is not in do not exist for it. */
export function knownChannel(workspace: LocalWorkspace, id: string): SlackChannel {
  const channel = workspace.channels.get(id);
  if (channel && (channel.kind === "public" || channel.members.has(workspace.botUser))) return channel;
  throw new Refusal("channel_not_found", `there is no channel ${id} the bot can see`);
}

export function joinedChannel(workspace: LocalWorkspace, id: string): SlackChannel {
  const channel = knownChannel(workspace, id);
  if (channel.members.has(workspace.botUser)) return channel;
  throw new Refusal("not_in_channel", `the bot is not in ${id}`);
}

export function openChannel(workspace: LocalWorkspace, id: string): SlackChannel {
  const channel = joinedChannel(workspace, id);
  if (channel.archived) throw new Refusal("is_archived", `${id} is archived`);
  return channel;
}

/** A message everybody can see in this channel. */
export function liveMessage(workspace: LocalWorkspace, channel: SlackChannel, ts: string): SlackMessage {
  const message = workspace.messages.get(ts);
  if (message && !message.deleted && message.onlyFor === null && message.channel === channel) return message;
  throw new Refusal("message_not_found", `there is no message ${ts} in ${channel.id}`);
}

/** One page of a list with Slack's cursor; `last` is empty on the last page. */
export function pageOf<T>(
  items: readonly T[],
  args: CallArguments,
  usual: number,
): { page: readonly T[]; next: string } {
  const limit = args.count("limit", usual, 1000);
  const cursor = args.text("cursor") ?? "";
  const from = cursor === "" ? 0 : readCursor(cursor, "offset");
  const next = from + limit < items.length ? makeCursor("offset", from + limit) : "";
  return { page: items.slice(from, from + limit), next };
}

export function makeCursor(kind: string, value: number): string {
  return Buffer.from(`${kind}:${value}`).toString("base64");
}

export function readCursor(cursor: string, kind: string): number {
  const match = new RegExp(`^${kind}:(\\d+)$`).exec(Buffer.from(cursor, "base64").toString());
  if (!match) throw new Refusal("invalid_cursor", `the cursor ${cursor} is not one of ours`);
  return Number(match[1]);
}
