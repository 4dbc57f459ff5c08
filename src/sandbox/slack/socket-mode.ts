// Socket Mode: sends envelopes to one of the bot's connections, waits for the acknowledgement, sends again what was
// not acknowledged. https://docs.slack.dev/apis/events-api/using-socket-mode
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { DeliveryTimes, InteractionType, Reply, Transport } from "./deliveries.ts";
import { asObject, asText, type Json, type JsonObject, parseJson } from "./json.ts";

export interface SocketTimes extends DeliveryTimes {
  /** Real milliseconds between pings of the server. */
  pingMs: number;
}

interface Delivery {
  readonly payload: JsonObject;
  /** How often it has been repeated. */
  attempt: number;
  timer: NodeJS.Timeout | null;
}

interface Unacknowledged {
  readonly connection: WebSocket;
  readonly timer: NodeJS.Timeout;
  acked(payload: Json | undefined): void;
  lost(reason: "timeout" | "disconnected"): void;
}

const MOST_CONNECTIONS = 10;
/** Real milliseconds for the closing handshake. */
const CLOSE_MS = 500;

export class SocketMode implements Transport {
  lost = 0;
  silent = false;
  readonly #times: SocketTimes;
  readonly #appId: string;
  readonly #onChange: (kind: "connected" | "disconnected") => void;
  readonly #server = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  readonly #connections: WebSocket[] = [];
  readonly #tickets = new Set<string>();
  readonly #pending = new Map<string, Unacknowledged>();
  /** Events to be repeated: at their time, or, if a connection broke under them, on the next connection. */
  readonly #waiting = new Set<Delivery>();
  readonly #broken = new Set<Delivery>();
  readonly #pings: NodeJS.Timeout;
  #turn = 0;
  #closed = false;

  constructor(times: SocketTimes, appId: string, onChange: (kind: "connected" | "disconnected") => void) {
    this.#times = times;
    this.#appId = appId;
    this.#onChange = onChange;
    this.#pings = setInterval(() => {
      for (const connection of this.#connections) connection.ping();
    }, times.pingMs).unref();
  }

  get connections(): number {
    return this.#connections.length;
  }

  /** A ticket for one connection, or null when there are ten already. */
  ticket(): string | null {
    if (this.#connections.length >= MOST_CONNECTIONS) return null;
    const ticket = randomUUID();
    this.#tickets.add(ticket);
    return ticket;
  }

  /** Takes over an HTTP upgrade; one without a valid ticket is refused. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? "/", "http://local").searchParams.get("ticket") ?? "";
    if (this.#closed || !this.#tickets.delete(ticket)) {
      socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (connection) => this.#connected(connection));
  }

  #connected(connection: WebSocket): void {
    this.#connections.push(connection);
    connection.on("message", (data) => this.#received(String(data)));
    // A reset by the peer is followed by `close`, where it is dealt with.
    connection.on("error", () => connection.terminate());
    connection.on("close", () => this.#disconnected(connection));
    connection.send(
      JSON.stringify({
        type: "hello",
        num_connections: this.#connections.length,
        debug_info: { host: "applink-local", build_number: 1, approximate_connection_time: 18_060 },
        connection_info: { app_id: this.#appId },
      }),
    );
    this.#onChange("connected");
    for (const delivery of [...this.#broken]) this.#attempt(delivery);
  }

  #disconnected(connection: WebSocket): void {
    const at = this.#connections.indexOf(connection);
    if (at >= 0) this.#connections.splice(at, 1);
    for (const [id, envelope] of [...this.#pending]) {
      if (envelope.connection !== connection) continue;
      this.#pending.delete(id);
      clearTimeout(envelope.timer);
      envelope.lost("disconnected");
    }
    this.#onChange("disconnected");
  }

  #received(text: string): void {
    const message = asObject(parseJson(text));
    const id = asText(message?.envelope_id) ?? "";
    const envelope = this.#pending.get(id);
    if (!envelope) return;
    this.#pending.delete(id);
    clearTimeout(envelope.timer);
    envelope.acked(message?.payload);
  }

  /** The connections take turns. */
  #pick(): WebSocket | undefined {
    this.#turn += 1;
    return this.#connections[this.#turn % Math.max(1, this.#connections.length)];
  }

  #send(connection: WebSocket, envelope: JsonObject, answer: Pick<Unacknowledged, "acked" | "lost">): void {
    const id = randomUUID();
    const timer = setTimeout(() => {
      this.#pending.delete(id);
      answer.lost("timeout");
    }, this.#times.ackTimeoutMs);
    this.#pending.set(id, { connection, timer, ...answer });
    if (!this.silent) connection.send(JSON.stringify({ envelope_id: id, ...envelope }));
  }

  event(payload: JsonObject): void {
    this.#attempt({ payload, attempt: 0, timer: null });
  }

  #attempt(delivery: Delivery): void {
    this.#waiting.delete(delivery);
    this.#broken.delete(delivery);
    if (delivery.timer) clearTimeout(delivery.timer);
    if (this.#closed) return;
    const connection = this.#pick();
    if (!connection) {
      this.#repeatLater(delivery);
      return;
    }
    const envelope = {
      payload: delivery.payload,
      type: "events_api",
      accepts_response_payload: false,
      retry_attempt: delivery.attempt,
      retry_reason: delivery.attempt === 0 ? "" : "timeout",
    };
    this.#send(connection, envelope, {
      acked: () => {},
      lost: (reason) => this.#repeatLater(delivery, reason),
    });
  }

  #repeatLater(delivery: Delivery, reason?: "timeout" | "disconnected"): void {
    if (this.#closed) return;
    const wait = this.#times.retryWaitsMs[delivery.attempt];
    if (wait === undefined) {
      this.lost += 1;
      return;
    }
    delivery.attempt += 1;
    if (reason === "disconnected") {
      if (this.#connections.length > 0) {
        this.#attempt(delivery);
        return;
      }
      this.#broken.add(delivery);
      return;
    }
    this.#waiting.add(delivery);
    delivery.timer = setTimeout(() => this.#attempt(delivery), wait);
  }

  interaction(type: InteractionType, payload: JsonObject, accepts: boolean): Promise<Reply> {
    const connection = this.#pick();
    if (!connection || this.#closed) return Promise.resolve({ kind: "unreachable" });
    return new Promise((resolve) => {
      this.#send(
        connection,
        { payload, type, accepts_response_payload: accepts },
        {
          acked: (answer) => resolve(accepts ? replyOf(answer) : { kind: "acked", payload: {} }),
          lost: (reason) => resolve({ kind: reason === "timeout" ? "timeout" : "unreachable" }),
        },
      );
    });
  }

  /** Asks every connection to come again, as Slack does every few hours. */
  refresh(): void {
    for (const connection of this.#connections) {
      connection.send(
        JSON.stringify({
          type: "disconnect",
          reason: "refresh_requested",
          debug_info: { host: "applink-local" },
        }),
      );
    }
  }

  /** Cuts every connection without a closing handshake. */
  cut(): void {
    for (const connection of [...this.#connections]) connection.terminate();
  }

  /** Stops delivering and closes every connection, with a handshake where the bot still answers. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#pings);
    for (const { timer } of this.#pending.values()) clearTimeout(timer);
    for (const { timer } of this.#waiting) if (timer) clearTimeout(timer);
    const closing = this.#connections.map((connection) => {
      const deadline = setTimeout(() => connection.terminate(), CLOSE_MS);
      return new Promise<void>((resolve) => {
        connection.once("close", () => {
          clearTimeout(deadline);
          resolve();
        });
        connection.close(1001);
      });
    });
    await Promise.all(closing);
    this.#server.close();
  }
}

function replyOf(answer: Json | undefined): Reply {
  if (answer === undefined) return { kind: "acked", payload: {} };
  const payload = asObject(answer);
  return payload
    ? { kind: "acked", payload }
    : { kind: "words", text: asText(answer) ?? JSON.stringify(answer) };
}
