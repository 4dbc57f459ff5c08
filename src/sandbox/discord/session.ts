// One gateway session: what it was sent, in order, so that it can be sent again after a broken connection.
import type { WebSocket } from "ws";

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
  dispatch(t: string, d: string): void {
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
