// The gateway: sessions, heartbeats, identify and resume, and what each session is sent.
// https://docs.discord.com/developers/events/gateway
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import type { Json } from "./errors.ts";
import { type GatewayTrouble, Troubles } from "./faults.ts";
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
/** A client may send so many frames in a minute, each of at most so many bytes. */
const FRAMES_A_MINUTE = 120;
const FRAME_BYTES = 4096;
const CLOSE = {
  unknownOpcode: 4001,
  decodeError: 4002,
  notAuthenticated: 4003,
  authenticationFailed: 4004,
  alreadyAuthenticated: 4005,
  invalidSeq: 4007,
  rateLimited: 4008,
  invalidIntents: 4013,
  disallowedIntents: 4014,
} as const;

export interface GatewayOptions {
  token: string;
  /** Intents the application was not granted. */
  disallowedIntents: number;
  /** Dispatches kept for a resume. */
  replayBuffer: number;
  heartbeatMs: number;
  /** Sessions that may be begun in all. */
  sessions: number;
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
  /** Sees the `d` of every kind of dispatch before it goes out. */
  inspect(t: string, d: Json): void;
}

interface Connection {
  socket: WebSocket;
  session: Session | null;
  /** Frames received in this minute. */
  frames: number;
  /** Open, but nothing goes in or out any more. */
  silent: boolean;
}

export class Gateway {
  readonly #options: GatewayOptions;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #connections = new Set<Connection>();
  readonly #sessions = new Map<string, Session>();
  /** What goes wrong with dispatches. */
  readonly troubles = new Troubles<GatewayTrouble>();
  #made = 0;

  constructor(options: GatewayOptions) {
    this.#options = options;
  }

  attach(server: Server): void {
    server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.#server.handleUpgrade(request, socket, head, (ws) => this.#accept(ws));
    });
  }

  /** Sessions that may be begun, and how many of them are left. */
  get sessions(): { total: number; remaining: number } {
    const total = this.#options.sessions;
    return { total, remaining: Math.max(0, total - this.#made) };
  }

  /** Whether a bot is connected and identified now. */
  get connected(): boolean {
    for (const { session, silent } of this.#connections) if (session && !silent) return true;
    return false;
  }

  /**
   * Sends an event to every session that asked for `intent`. `build` is called at most twice: with and without the
   * right to read message content. A session that is away keeps it for its resume.
   */
  dispatch(t: string, intent: number, build: (content: boolean) => Json): void {
    let open: string | null = null;
    let closed: string | null = null;
    const write = (content: boolean): string => {
      const d = build(content);
      this.#options.inspect(t, d);
      return JSON.stringify(d);
    };
    const hit = this.troubles.next(({ events }) => events?.includes(t) ?? true);
    const disturbance = hit?.disturbance ?? null;
    for (const session of this.#sessions.values()) {
      if (intent !== 0 && !(session.intents & intent)) continue;
      if (session.intents & Intent.messageContent) {
        open ??= write(true);
        session.dispatch(t, open, disturbance);
      } else {
        closed ??= write(false);
        session.dispatch(t, closed, disturbance);
      }
    }
  }

  /** Breaks every connection without a close frame, as a network would. */
  cut(): void {
    for (const { socket } of this.#connections) socket.terminate();
  }

  /** The connections stay open and say nothing more, not even that a heartbeat arrived. */
  silence(): void {
    for (const connection of this.#connections) {
      connection.silent = true;
      connection.session?.leave(connection.socket);
    }
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
    const connection: Connection = { socket, session: null, frames: 0, silent: false };
    this.#connections.add(connection);
    socket.on("message", (data) => {
      if (!connection.silent) this.#receive(connection, data);
    });
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
    socket.send(control(10, { heartbeat_interval: this.#options.heartbeatMs }));
  }

  #receive(connection: Connection, data: RawData): void {
    if (connection.frames === 0) setTimeout(() => (connection.frames = 0), 60_000).unref();
    connection.frames += 1;
    if (connection.frames > FRAMES_A_MINUTE) {
      this.#close(connection, CLOSE.rateLimited, "Rate limited.");
      return;
    }
    const payload = sizeOf(data) > FRAME_BYTES ? null : parse(data);
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
          this.#tell(session, "GUILD_MEMBERS_CHUNK", chunk);
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
    // Whoever begins more sessions than a day allows finds that Discord has taken the token away.
    if (bare(d.token) !== this.#options.token || this.sessions.remaining === 0) {
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
    this.#tell(session, "READY", this.#options.ready(session));
    for (const { t, d: data } of this.#options.welcome(session)) this.#tell(session, t, data);
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
    for (const other of this.#connections) {
      if (other !== connection && other.session === session) other.socket.terminate();
    }
    connection.session = session;
    session.join(connection.socket);
    session.replay(seq);
    this.#tell(session, "RESUMED", {});
    this.#options.onConnected();
  }

  /** One session alone is told; nothing disturbs it. */
  #tell(session: Session, t: string, d: Json): void {
    this.#options.inspect(t, d);
    session.dispatch(t, JSON.stringify(d));
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

function sizeOf(data: RawData): number {
  if (Array.isArray(data)) return data.reduce((sum, part) => sum + part.byteLength, 0);
  return data.byteLength;
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
