// The REST side: reads requests, asks the router, writes answers, and breaks what a test wants broken.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Upload } from "./check-message.ts";
import { explain, type Json, Refusal, refuse } from "./errors.ts";
import type { Fault } from "./faults.ts";
import type { InspectedCall, Inspector } from "./inspector.ts";
import type { Attachment } from "./model.ts";
import type { Pace } from "./pace.ts";
import { Created, type Router } from "./router.ts";

export interface RestOptions {
  router: Router;
  token: string;
  files: ReadonlyMap<string, Attachment>;
  /** Asked once for each call; `route` is the documented pattern, e.g. `/channels/:channel/messages`. */
  fault(method: string, route: string): Fault | null;
  inspector: Inspector | null;
  /** Null: it takes anything. */
  pace: Pace | null;
  onRefused(method: string, refusal: Refusal): void;
  /** The local server itself answered otherwise than Discord describes. */
  onMistake(method: string, detail: string): void;
}

const API = "/api/v10";
const MAX_BODY = 120 * 1024 * 1024;

export async function answer(
  options: RestOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method ?? "GET";
  const [path = "", query = ""] = (request.url ?? "/").split("?", 2);
  if (path.startsWith("/attachments/")) return sendFile(options, path, response);
  const banned = options.pace?.banned() ?? null;
  if (banned !== null) return sendBan(response, banned);
  response.on("finish", () => options.pace?.answered(response.statusCode));
  let name = `${method} ${path}`;
  let call: InspectedCall | null = null;
  const reply = (status: number, body: unknown): void => {
    if (call && options.inspector) {
      // As it arrives, without what JSON leaves out.
      const arrives: unknown = body === undefined ? undefined : JSON.parse(JSON.stringify(body));
      const faults = options.inspector.answer(call, status, arrives);
      if (faults.length > 0) options.onMistake(name, faults.join("; "));
    }
    send(response, status, body);
  };
  try {
    const hit = path.startsWith(`${API}/`) ? options.router.find(method, path.slice(API.length)) : null;
    if (hit === null) throw refuse.notFound();
    if (hit === "method") throw refuse.method();
    const { route, params } = hit;
    name = `${method} ${route.pattern}`;
    const fault = options.fault(method, route.pattern);
    if (fault?.kind === "slow") await new Promise((done) => setTimeout(done, fault.ms));
    if (fault?.kind === "cut" && fault.when === "before") return reset(request);
    if (fault?.kind === "rate_limited")
      return sendRateLimit(response, fault.retryAfterMs, fault.global ?? false);
    if (fault?.kind === "status")
      return send(response, fault.status, { message: `${fault.status}`, code: 0 });
    // Answers to interactions have limits of their own.
    const wait = route.open ? null : (options.pace?.take() ?? null);
    if (wait !== null) {
      const words = { message: "You are being rate limited." };
      options.onRefused(name, new Refusal(429, 0, words.message, null, wait));
      return sendRateLimit(response, wait, true, words);
    }
    if (!route.open && request.headers.authorization !== `Bot ${options.token}`) throw refuse.unauthorized();
    const { body, list, uploads, sent } = await read(request);
    const asked = new URLSearchParams(query);
    const pattern = route.pattern;
    call = {
      method,
      pattern,
      path: decodeURIComponent(path.slice(API.length)),
      query: asked,
      body: sent,
      uploads: uploads.length,
    };
    const faults = options.inspector?.request(call) ?? [];
    if (faults.length > 0) throw undescribed(faults);
    const result = route.handler({ params, query: asked, body, list, uploads });
    if (fault?.kind === "cut") return reset(request);
    if (result === undefined) reply(204, undefined);
    else if (result instanceof Created) reply(201, result.body);
    else reply(200, result);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    options.onRefused(name, error);
    const { status, code, message, errors, retryAfterMs } = error;
    if (retryAfterMs !== null) return sendRateLimit(response, retryAfterMs, false, { message, code });
    reply(status, { message, code, ...(errors ? { errors } : {}) });
  }
}

/** Discord would pass over most of these in silence; here they are refused, or nobody would notice. */
function undescribed(faults: readonly string[]): Refusal {
  return new Refusal(400, 50035, `Invalid Form Body, by Discord's own description: ${faults.join("; ")}`);
}

function reset(request: IncomingMessage): void {
  request.socket.resetAndDestroy();
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (body === undefined) {
    response.writeHead(status).end();
    return;
  }
  const bytes = Buffer.from(JSON.stringify(body));
  response
    .writeHead(status, { "content-type": "application/json", "content-length": bytes.byteLength })
    .end(bytes);
}

/** What stands before Discord answers by itself: no JSON, and no `via`. */
function sendBan(response: ServerResponse, forMs: number): void {
  response
    .writeHead(429, { "retry-after": String(Math.ceil(forMs / 1000)), "content-type": "text/plain" })
    .end("error code: 1015");
}

function sendRateLimit(
  response: ServerResponse,
  retryAfterMs: number,
  global: boolean,
  words: { message: string; code?: number } = { message: "You are being rate limited." },
): void {
  const seconds = retryAfterMs / 1000;
  response.setHeader("retry-after", Math.ceil(seconds));
  response.setHeader("x-ratelimit-scope", global ? "global" : "user");
  response.setHeader("via", "1.1 google");
  if (global) response.setHeader("x-ratelimit-global", "true");
  else {
    response.setHeader("x-ratelimit-limit", "5");
    response.setHeader("x-ratelimit-remaining", "0");
    response.setHeader("x-ratelimit-reset-after", seconds);
    response.setHeader("x-ratelimit-bucket", "sandbox");
  }
  send(response, 429, { ...words, retry_after: seconds, global });
}

function sendFile(options: RestOptions, path: string, response: ServerResponse): void {
  const file = options.files.get(path.split("/")[3] ?? "");
  if (!file) {
    send(response, 404, { message: "404: Not Found", code: 0 });
    return;
  }
  response.writeHead(200, { "content-type": file.contentType, "content-length": file.size }).end(file.bytes);
}

interface Body {
  body: Json;
  list: readonly unknown[] | null;
  uploads: readonly Upload[];
  /** The body as it came; undefined when there was none. */
  sent: unknown;
}

const EMPTY: Body = { body: {}, list: null, uploads: [], sent: undefined };

async function read(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > MAX_BODY) throw refuse.tooLarge();
    chunks.push(chunk);
  }
  if (size === 0) return EMPTY;
  const bytes = Buffer.concat(chunks);
  const type = request.headers["content-type"] ?? "";
  if (type.startsWith("multipart/form-data")) return readForm(bytes, type);
  return fromJson(bytes.toString("utf8"), []);
}

async function readForm(bytes: Buffer, type: string): Promise<Body> {
  const form = await new Response(new Uint8Array(bytes), { headers: { "content-type": type } }).formData();
  const uploads: Upload[] = [];
  let payload = "{}";
  for (const [key, value] of form) {
    if (typeof value === "string") {
      if (key === "payload_json") payload = value;
      continue;
    }
    const index = /^files\[(\d+)\]$/.exec(key)?.[1] ?? String(uploads.length);
    const mime = value.type || "application/octet-stream";
    uploads.push({ name: value.name, mime, bytes: new Uint8Array(await value.arrayBuffer()), index });
  }
  return fromJson(payload, uploads);
}

function fromJson(text: string, uploads: readonly Upload[]): Body {
  const value = parse(text);
  if (Array.isArray(value)) return { body: {}, list: value, uploads, sent: value };
  if (typeof value !== "object" || value === null) throw refuse.invalidJson();
  return { body: value as Json, list: null, uploads, sent: value };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw refuse.invalidJson();
    throw error;
  }
}

/** The words of a refusal for the `refused` happening. */
export function refusedHappening(
  method: string,
  refusal: Refusal,
): {
  kind: "refused";
  method: string;
  code: string;
  detail: string;
} {
  const code = refusal.code === 0 ? String(refusal.status) : String(refusal.code);
  return { kind: "refused", method, code, detail: explain(refusal) };
}
