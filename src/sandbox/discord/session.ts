// One gateway session: what it was sent, in order, so that it can be sent again after a broken connection.
import type { WebSocket } from "ws";
import type { Disturbance } from "./faults.ts";

/** A late dispatch goes out behind the next one, or after this many ms when none comes. */
const LATEST_MS = 100;

export class Session {
  readonly id: string;
  readonly intents: number;
  /** The number of the last dispatch. */
  seq = 0;
  readonly #limit: number;
  #socket: WebSocket | null = null;
  /** Dispatches `#first`, `#first + 1`, … as they were sent. */
  #kept: string[] = [];
  #first = 1;
  #late: { t: string; d: string }[] = [];

  constructor(id: string, intents: number, limit: number) {
    this.id = id;
    this.intents = intents;
    this.#limit = limit;
  }

  get away(): boolean {
    return this.#socket === null;
  }

  join(socket: WebSocket): void {
    if (this.#socket && this.#socket !== socket) this.#socket.terminate();
    this.#socket = socket;
  }

  leave(socket: WebSocket): void {
    if (this.#socket === socket) this.#socket = null;
  }

  /** `d` is already JSON, so that several sessions share the work of writing it. */
  dispatch(t: string, d: string, disturbance: Disturbance | null = null): void {
    if (disturbance === "lost") return;
    if (disturbance === "late") {
      this.#late.push({ t, d });
      setTimeout(() => this.#release(), LATEST_MS).unref();
      return;
    }
    this.#send(t, d);
    if (disturbance === "twice") this.#send(t, d);
    this.#release();
  }

  #release(): void {
    const late = this.#late;
    this.#late = [];
    for (const { t, d } of late) this.#send(t, d);
  }

  #send(t: string, d: string): void {
    this.seq += 1;
    const frame = `{"op":0,"s":${this.seq},"t":"${t}","d":${d}}`;
    this.#kept.push(frame);
    if (this.#kept.length > this.#limit * 2) this.#drop(this.#kept.length - this.#limit);
    this.#socket?.send(frame);
  }

  /** The client has everything up to `seq`. */
  acknowledge(seq: number): void {
    this.#drop(Math.min(this.#kept.length, seq - this.#first + 1));
  }

  canReplay(seq: number): boolean {
    return seq >= this.#first - 1 && seq <= this.seq;
  }

  replay(seq: number): void {
    for (const frame of this.#kept.slice(seq - this.#first + 1)) this.#socket?.send(frame);
  }

  #drop(count: number): void {
    if (count <= 0) return;
    this.#kept.splice(0, count);
    this.#first += count;
  }
}
