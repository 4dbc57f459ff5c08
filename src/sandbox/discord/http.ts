// The REST side: reads requests, asks the router, writes answers, and breaks what a test wants broken.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Upload } from "./check-message.ts";
import { explain, type Json, Refusal, refuse } from "./errors.ts";
import type { Attachment } from "./model.ts";
import { Created, type Router } from "./router.ts";

/** What can go wrong with a call, on a test's request. */
export type Fault =
  | { kind: "rate_limited"; retryAfterMs: number; global?: boolean }
  /** An answer such as 500 or 503; the call is not carried out. */
  | { kind: "status"; status: number }
  /** The connection breaks; `after`: the call was carried out, but its answer is lost. */
  | { kind: "cut"; when: "before" | "after" }
  | { kind: "slow"; ms: number };

export interface RestOptions {
  router: Router;
  token: string;
  files: ReadonlyMap<string, Attachment>;
  /** Asked once for each call; `route` is the documented pattern, e.g. `/channels/:channel/messages`. */
  fault(method: string, route: string): Fault | null;
  onRefused(method: string, refusal: Refusal): void;
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
  let name = `${method} ${path}`;
  try {
    const hit = path.startsWith(`${API}/`) ? options.router.find(method, path.slice(API.length)) : null;
    if (hit === null) throw refuse.notFound();
    if (hit === "method") throw refuse.method();
    const { route, params } = hit;
    name = `${method} ${route.pattern}`;
    const fault = options.fault(method, route.pattern);
    if (fault?.kind === "slow") await new Promise((done) => setTimeout(done, fault.ms));
    if (fault?.kind === "cut" && fault.when === "before") return reset(request);
    if (fault?.kind === "rate_limited") return sendRateLimit(response, fault);
    if (fault?.kind === "status")
      return send(response, fault.status, { message: `${fault.status}`, code: 0 });
    if (!route.open && request.headers.authorization !== `Bot ${options.token}`) throw refuse.unauthorized();
    const { body, list, uploads } = await read(request);
    const result = route.handler({ params, query: new URLSearchParams(query), body, list, uploads });
    if (fault?.kind === "cut") return reset(request);
    if (result === undefined) send(response, 204, undefined);
    else if (result instanceof Created) send(response, 201, result.body);
    else send(response, 200, result);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    options.onRefused(name, error);
    const { status, code, message, errors } = error;
    send(response, status, { message, code, ...(errors ? { errors } : {}) });
  }
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

function sendRateLimit(response: ServerResponse, fault: Fault & { kind: "rate_limited" }): void {
  const seconds = fault.retryAfterMs / 1000;
  const global = fault.global ?? false;
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
  send(response, 429, { message: "You are being rate limited.", retry_after: seconds, global });
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
}

const EMPTY: Body = { body: {}, list: null, uploads: [] };

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
  if (Array.isArray(value)) return { body: {}, list: value, uploads };
  if (typeof value !== "object" || value === null) throw refuse.invalidJson();
  return { body: value as Json, list: null, uploads };
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
