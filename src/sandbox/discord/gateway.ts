// The gateway: sessions, heartbeats, identify and resume, and what each session is sent.
// https://docs.discord.com/developers/events/gateway
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import type { Json } from "./errors.ts";
import { Session } from "./session.ts";

export const Intent = {
  guilds: 1 << 0,
  guildMembers: 1 << 1,
  guildPresences: 1 << 8,
  guildMessages: 1 << 9,
  guildMessageReactions: 1 << 10,
  directMessages: 1 << 12,
  directMessageReactions: 1 << 13,
  messageContent: 1 << 15,
  /** Sent to every session. */
  always: 0,
} as const;

const KNOWN_INTENTS = 0b11_0011_1111_1111_1111_1111_1111;
const HEARTBEAT_MS = 41_250;
const CLOSE = {
  unknownOpcode: 4001,
  decodeError: 4002,
  notAuthenticated: 4003,
  authenticationFailed: 4004,
  alreadyAuthenticated: 4005,
  invalidSeq: 4007,
  invalidIntents: 4013,
  disallowedIntents: 4014,
} as const;

export interface GatewayOptions {
  token: string;
  /** Intents the application was not granted. */
  disallowedIntents: number;
  /** Dispatches kept for a resume. */
  replayBuffer: number;
  url(): string;
  ready(session: Session): Json;
  /** What follows READY at once: GUILD_CREATE. */
  welcome(session: Session): { t: string; d: Json }[];
  /** Answers op 8 with the chunks to send. */
  members(request: Json, session: Session): Json[];
  onConnected(): void;
  onDisconnected(): void;
  /** The bot broke a rule; the connection is closed with this code. */
  onRefused(code: number, reason: string): void;
}

interface Connection {
  socket: WebSocket;
  session: Session | null;
}

export class Gateway {
  readonly #options: GatewayOptions;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #connections = new Set<Connection>();
  readonly #sessions = new Map<string, Session>();
  #made = 0;

  constructor(options: GatewayOptions) {
    this.#options = options;
  }

  attach(server: Server): void {
    server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.#server.handleUpgrade(request, socket, head, (ws) => this.#accept(ws));
    });
  }

  /** Whether a bot is connected and identified now. */
  get connected(): boolean {
    for (const { session } of this.#connections) if (session) return true;
    return false;
  }

  /**
   * Sends an event to every session that asked for `intent`. `build` is called at most twice: with and without the
   * right to read message content. A session that is away keeps it for its resume.
   */
  dispatch(t: string, intent: number, build: (content: boolean) => Json): void {
    let open: string | null = null;
    let closed: string | null = null;
    for (const session of this.#sessions.values()) {
      if (intent !== 0 && !(session.intents & intent)) continue;
      if (session.intents & Intent.messageContent) {
        open ??= JSON.stringify(build(true));
        session.dispatch(t, open);
      } else {
        closed ??= JSON.stringify(build(false));
        session.dispatch(t, closed);
      }
    }
  }

  /** Breaks every connection without a close frame, as a network would. */
  cut(): void {
    for (const { socket } of this.#connections) socket.terminate();
  }

  /** Asks the bot to connect again and resume (op 7). */
  reconnect(): void {
    for (const { socket } of this.#connections) socket.send(control(7, null));
  }

  /** Ends the sessions (op 9). Not resumable: what happens until the next READY is never told. */
  invalidate(resumable: boolean): void {
    if (!resumable) this.#sessions.clear();
    for (const { socket } of this.#connections) socket.send(control(9, resumable));
  }

  stop(): void {
    this.cut();
    this.#server.close();
    this.#sessions.clear();
  }

  #accept(socket: WebSocket): void {
    const connection: Connection = { socket, session: null };
    this.#connections.add(connection);
    socket.on("message", (data) => this.#receive(connection, data));
    socket.on("error", () => socket.terminate());
    socket.on("close", (code) => {
      this.#connections.delete(connection);
      const { session } = connection;
      if (!session) return;
      session.leave(socket);
      // A client that says goodbye (1000, 1001) ends its session; any other end leaves it to be resumed.
      if (code === 1000 || code === 1001) this.#sessions.delete(session.id);
      this.#options.onDisconnected();
    });
    socket.send(control(10, { heartbeat_interval: HEARTBEAT_MS }));
  }

  #receive(connection: Connection, data: RawData): void {
    const payload = parse(data);
    if (!payload) {
      this.#close(connection, CLOSE.decodeError, "Error while decoding payload.");
      return;
    }
    switch (payload.op) {
      case 1:
        if (typeof payload.d === "number") connection.session?.acknowledge(payload.d);
        connection.socket.send(control(11, null));
        return;
      case 2:
        this.#identify(connection, asJson(payload.d));
        return;
      case 6:
        this.#resume(connection, asJson(payload.d));
        return;
      case 3:
      case 4:
        if (!connection.session) this.#close(connection, CLOSE.notAuthenticated, "Not authenticated.");
        return;
      case 8: {
        const { session } = connection;
        if (!session) {
          this.#close(connection, CLOSE.notAuthenticated, "Not authenticated.");
          return;
        }
        for (const chunk of this.#options.members(asJson(payload.d), session)) {
          session.dispatch("GUILD_MEMBERS_CHUNK", JSON.stringify(chunk));
        }
        return;
      }
      default:
        this.#close(connection, CLOSE.unknownOpcode, "Unknown opcode.");
    }
  }

  #identify(connection: Connection, d: Json): void {
    if (connection.session) {
      this.#close(connection, CLOSE.alreadyAuthenticated, "Already authenticated.");
      return;
    }
    if (bare(d.token) !== this.#options.token) {
      this.#close(connection, CLOSE.authenticationFailed, "Authentication failed.");
      return;
    }
    const intents = d.intents;
    if (typeof intents !== "number" || intents < 0 || intents & ~KNOWN_INTENTS) {
      this.#close(connection, CLOSE.invalidIntents, "Invalid intent(s).");
      return;
    }
    if (intents & this.#options.disallowedIntents) {
      this.#close(connection, CLOSE.disallowedIntents, "Disallowed intent(s).");
      return;
    }
    this.#made += 1;
    const session = new Session(`session-${this.#made}`, intents, this.#options.replayBuffer);
    // Sessions nobody came back for would collect events for ever.
    for (const [id, old] of this.#sessions)
      if (old.away && this.#sessions.size >= 4) this.#sessions.delete(id);
    this.#sessions.set(session.id, session);
    connection.session = session;
    session.join(connection.socket);
    session.dispatch("READY", JSON.stringify(this.#options.ready(session)));
    for (const { t, d: data } of this.#options.welcome(session)) session.dispatch(t, JSON.stringify(data));
    this.#options.onConnected();
  }

  #resume(connection: Connection, d: Json): void {
    if (bare(d.token) !== this.#options.token) {
      this.#close(connection, CLOSE.authenticationFailed, "Authentication failed.");
      return;
    }
    const session = typeof d.session_id === "string" ? this.#sessions.get(d.session_id) : undefined;
    const seq = typeof d.seq === "number" ? d.seq : -1;
    if (!session?.canReplay(seq)) {
      if (session && seq > session.seq) {
        this.#close(connection, CLOSE.invalidSeq, "Invalid seq.");
        return;
      }
      connection.socket.send(control(9, false));
      return;
    }
    connection.session = session;
    session.join(connection.socket);
    session.replay(seq);
    session.dispatch("RESUMED", JSON.stringify({ _trace: [] }));
    this.#options.onConnected();
  }

  #close(connection: Connection, code: number, reason: string): void {
    this.#options.onRefused(code, reason);
    connection.socket.close(code, reason);
  }
}

/** A frame that is no dispatch. */
function control(op: number, d: unknown): string {
  return JSON.stringify({ t: null, s: null, op, d });
}

function bare(token: unknown): string {
  return typeof token === "string" ? token.replace(/^Bot /, "") : "";
}

function asJson(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}

function parse(data: RawData): Json | null {
  try {
    const value: unknown = JSON.parse(data.toString());
    return typeof value === "object" && value !== null ? (value as Json) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
