// What Slack sends over HTTP, as the same deliveries the sockets give: verified, read, and answered only when committed.
import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { Clock } from "../../clock.ts";
import { SiempreError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { Delivery } from "./connections.ts";
import { MAX_BODY, REFUSED_WARN_MS } from "./limits.ts";
import { createTaken, isSigned } from "./signature.ts";

export interface RequestsOptions {
  signingSecret: string;
  clock: Clock;
  log: Log;
  /** Must not reject: what is wrong with a delivery is the caller's to decide. Without an ack, Slack gets a 503. */
  deliver(delivery: Delivery): Promise<void>;
  /** Something signed by Slack came. */
  heard(): void;
  /** Slack stopped delivering for a while. */
  gap(reason: string): void;
}

/** Answers one request; never rejects. */
export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const body = z.record(z.string(), z.unknown());

/** The whole body, or null when it is larger than any of Slack's. Rejects when it breaks off. */
function read(request: IncomingMessage): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      // What is too much is still taken in, until the server's own deadline, so that the refusal can be read.
      if (length <= MAX_BODY) chunks.push(chunk);
      else resolve(null);
    });
    request.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    request.on("error", reject);
  });
}

/** Events come as JSON; interactions as JSON in the form field `payload`; slash commands as plain form fields. */
function parsed(text: string, type: string): Record<string, unknown> | null {
  try {
    if (type.startsWith("application/json")) return body.parse(JSON.parse(text));
    const fields = new URLSearchParams(text);
    const payload = fields.get("payload");
    return payload === null ? Object.fromEntries(fields) : body.parse(JSON.parse(payload));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}

function one(header: string | string[] | undefined): string | undefined {
  return typeof header === "string" ? header : undefined;
}

function send(response: ServerResponse, status: number, answer?: Record<string, unknown>): void {
  // An empty object would be shown as an empty answer: nothing to say is an empty body.
  const text = answer && Object.keys(answer).length > 0 ? JSON.stringify(answer) : "";
  const type = text === "" ? {} : { "content-type": "application/json; charset=utf-8" };
  response.writeHead(status, { ...type, "content-length": Buffer.byteLength(text) }).end(text);
}

export function createRequests(options: RequestsOptions): Handle {
  const { clock, log, signingSecret } = options;
  const taken = createTaken(clock);
  let refused = 0;
  let warnedAt = Number.NEGATIVE_INFINITY;

  async function answered(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== "POST") return send(response, 405);
    const text = await read(request);
    if (text === null) return send(response, 413);
    const signature = one(request.headers["x-slack-signature"]);
    const signed = { timestamp: one(request.headers["x-slack-request-timestamp"]), signature, body: text };
    if (signature === undefined || !isSigned(signed, signingSecret, clock.now())) {
      refused += 1;
      // Anybody on the internet may knock; the log is not theirs to fill.
      const level = clock.now() - warnedAt < REFUSED_WARN_MS ? "debug" : "warn";
      if (level === "warn") warnedAt = clock.now();
      log[level](
        { bytes: text.length, refused },
        "A request without Slack's signature was refused. If it was Slack's, check SLACK_SIGNING_SECRET and this machine's clock.",
      );
      return send(response, 401);
    }
    const delivered = parsed(text, request.headers["content-type"] ?? "");
    if (delivered === null) return send(response, 400);
    options.heard();
    if (delivered.ssl_check === "1") return send(response, 200);
    if (delivered.type === "url_verification") return send(response, 200, { challenge: delivered.challenge });
    if (delivered.type === "app_rate_limited") options.gap("app_rate_limited");
    const isEvent = "event" in delivered;
    if (taken.has(signature)) {
      // Slack's first repetition may fall into the same second and then carries the same signature: an event taken is
      // committed, so it is acknowledged again. An interaction is never repeated by Slack.
      log.info({ isEvent }, "A request that had been taken came again; nothing was done.");
      return send(response, isEvent ? 200 : 401);
    }
    if (!isEvent) taken.add(signature);
    await commit(delivered, request, response, () => taken.add(signature));
  }

  async function commit(
    delivered: Record<string, unknown>,
    request: IncomingMessage,
    response: ServerResponse,
    committed: () => void,
  ): Promise<void> {
    let acknowledged = false;
    await options.deliver({
      body: delivered,
      retry: Number(request.headers["x-slack-retry-num"] ?? 0) || 0,
      async ack(answer) {
        if (acknowledged) return;
        acknowledged = true;
        committed();
        if (response.destroyed)
          throw new SiempreError("platform_unavailable", "Slack hung up before it was answered.");
        send(response, 200, answer);
      },
    });
    if (!acknowledged) send(response, 503);
  }

  return async (request, response) => {
    try {
      await answered(request, response);
    } catch (error) {
      if (request.errored) {
        log.debug({ error }, "A request ended before it was whole; Slack delivers it again.");
        response.destroy();
        return;
      }
      log.error({ error }, "A request of Slack failed in a way nobody expected; it is not acknowledged.");
      if (response.headersSent) response.end();
      else send(response, 500);
    }
  };
}
