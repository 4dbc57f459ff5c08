// The HTTP side: the Web API, uploads, downloads and response addresses, over plain node:http for speed.
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { CallArguments, type Methods, Refusal } from "./api-call.ts";
import type { AppRules } from "./app-rules.ts";
import type { Fault } from "./faults.ts";
import { asObject, type Json, type JsonObject, parseJson } from "./json.ts";
import type { Surface } from "./surface.ts";

/** Methods of the app-level token; all others take the bot's. */
const APP_METHODS: ReadonlySet<string> = new Set(["apps.connections.open"]);

export interface HttpOptions {
  surface: Surface;
  methods: Methods;
  rules: AppRules;
  fault: (method: string) => Fault | null;
}

/** Answers one request; never rejects. */
export function handler(
  options: HttpOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    try {
      await route(options, request, response);
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain" });
      response.end(`The local Slack failed: ${text}`);
    }
  };
}

async function route(
  options: HttpOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://local");
  const [, area = "", ...rest] = pathname.split("/");
  const name = rest.join("/");
  const body = await read(request);
  if (area === "api") return api(options, name, Object.fromEntries(searchParams), body, request, response);
  if (area === "response") return respond(options.surface, rest[1] ?? "", body, response);
  if (area === "upload") return upload(options.surface, rest[1] ?? "", body, request, response);
  if (area === "files-pri") return download(options.surface, rest[0] ?? "", request, response);
  response.writeHead(404).end("not found");
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const [only] = chunks;
  return chunks.length === 1 && only ? only : Buffer.concat(chunks);
}

function send(
  response: ServerResponse,
  status: number,
  body: JsonObject,
  headers: Record<string, string> = {},
): void {
  const text = JSON.stringify(body);
  const length = Buffer.byteLength(text);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": length,
    ...headers,
  });
  response.end(text);
}

function valuesOf(body: Buffer, type: string): Record<string, Json | undefined> {
  if (body.length === 0) return {};
  const text = body.toString();
  if (!type.startsWith("application/json")) return Object.fromEntries(new URLSearchParams(text));
  const parsed = asObject(parseJson(text));
  if (!parsed) throw new Refusal("invalid_json", "the body is no JSON object");
  return { ...parsed };
}

async function api(
  options: HttpOptions,
  name: string,
  query: Record<string, string>,
  body: Buffer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const fault = options.fault(name);
  if (fault?.kind === "rate_limited") return tooMany(response, fault.retryAfterS);
  if (fault?.kind === "status") {
    response.writeHead(fault.status, { "content-type": "text/plain" }).end("upstream failure");
    return;
  }
  if (fault?.kind === "refused") return send(response, 200, { ok: false, error: fault.code });
  if (fault?.kind === "cut" && fault.when === "before") {
    request.socket.resetAndDestroy();
    return;
  }
  if (fault?.kind === "slow") await pause(fault.ms);
  const answer = await call(options, name, query, body, request);
  if (fault?.kind === "cut") request.socket.resetAndDestroy();
  else if (typeof answer === "number") tooMany(response, answer);
  else send(response, 200, answer, scopesOf(options));
}

function tooMany(response: ServerResponse, seconds: number): void {
  send(response, 429, { ok: false, error: "ratelimited" }, { "retry-after": String(seconds) });
}

/** Slack tells the token's scopes with every answer. */
function scopesOf({ rules }: HttpOptions): Record<string, string> {
  const { scopes } = rules.app;
  return scopes ? { "x-oauth-scopes": scopes.join(",") } : {};
}

async function call(
  { surface, methods, rules }: HttpOptions,
  name: string,
  query: Record<string, string>,
  body: Buffer,
  request: IncomingMessage,
): Promise<JsonObject | number> {
  try {
    const method = methods[name];
    if (!method) throw new Refusal("unknown_method", `the local Slack has no method ${name}`);
    const values = { ...query, ...valuesOf(body, request.headers["content-type"] ?? "") };
    const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
    const args = new CallArguments(values);
    authorise(surface, name, bearer ?? args.text("token"));
    const wait = rules.tooMany(name, args);
    if (wait !== null) {
      surface.refused(name, new Refusal("ratelimited", `more calls than Slack allows; wait ${wait} s`));
      return wait;
    }
    rules.check(name, args);
    return { ok: true, ...(await method(args)) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    surface.refused(name, error);
    return {
      ok: false,
      error: error.code,
      ...error.more,
      ...(error.code === "unknown_method" ? { req_method: name } : {}),
      ...(error.lines.length > 0
        ? { errors: error.lines, response_metadata: { messages: error.lines } }
        : {}),
    };
  }
}

function authorise({ workspace }: Surface, method: string, token: string | null): void {
  if (method === "api.test") return;
  if (!token) throw new Refusal("not_authed", "the call carries no token");
  const { bot, app } = workspace.tokens;
  if (token !== bot && token !== app)
    throw new Refusal("invalid_auth", "the token is not one of this workspace");
  if (APP_METHODS.has(method) !== (token === app)) {
    throw new Refusal(
      "not_allowed_token_type",
      `${method} takes the ${APP_METHODS.has(method) ? "app" : "bot"} token`,
    );
  }
}

function respond(surface: Surface, id: string, body: Buffer, response: ServerResponse): void {
  try {
    const message = asObject(parseJson(body.toString()));
    if (!message) throw new Refusal("invalid_payload", "the body is no JSON object");
    surface.respond(id, message);
    response.writeHead(200, { "content-type": "text/plain" }).end("ok");
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    surface.refused("response_url", error);
    const gone = error.code === "expired_url" || error.code === "used_url";
    send(response, gone ? 404 : 400, { ok: false, error: error.code });
  }
}

async function upload(
  { workspace }: Surface,
  id: string,
  body: Buffer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const file = workspace.files.get(id);
  if (!file) {
    response.writeHead(404).end("no such upload");
    return;
  }
  const type = request.headers["content-type"] ?? "";
  file.bytes = type.startsWith("multipart/form-data") ? await firstPart(body, type) : new Uint8Array(body);
  response.writeHead(200, { "content-type": "text/plain" }).end(`OK - ${file.bytes.length}`);
}

async function firstPart(body: Buffer, type: string): Promise<Uint8Array> {
  const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
  for (const [, value] of form)
    if (typeof value !== "string") return new Uint8Array(await value.arrayBuffer());
  return new Uint8Array();
}

function download(
  { workspace }: Surface,
  place: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const file = workspace.files.get(place.split("-").at(-1) ?? "");
  // Without a token the real server answers a sign-in page, not an error.
  if (request.headers.authorization !== `Bearer ${workspace.tokens.bot}`) {
    response
      .writeHead(200, { "content-type": "text/html" })
      .end("<html><body>Sign in to Slack</body></html>");
  } else if (file) response.writeHead(200, { "content-type": file.mime }).end(file.bytes);
  else response.writeHead(404).end("no such file");
}
