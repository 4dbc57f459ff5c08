// Everything Slack sends to the app, by whichever way the app is set up for: Socket Mode, or requests to its address.
// Here what real deliveries do at their worst is done on request: come twice, out of order, or not at all.
import { chanceOf } from "./chance.ts";
import type { JsonObject } from "./json.ts";

/** How the bot took an interaction. `words`: it answered with something that is no JSON object. */
export type Reply =
  | { kind: "acked"; payload: JsonObject }
  | { kind: "words"; text: string }
  | { kind: "timeout" }
  | { kind: "unreachable" };

export type InteractionType = "interactive" | "slash_commands";

/** One way to the app. */
export interface Transport {
  /** Delivers an event; it is repeated until acknowledged or given up. */
  event(payload: JsonObject): void;
  /** Delivers an interaction once and waits for its acknowledgement. Never rejects. */
  interaction(type: InteractionType, payload: JsonObject, accepts: boolean): Promise<Reply>;
  /** Events that were never acknowledged and are given up. */
  readonly lost: number;
  /** While true nothing is sent although everything looks well; what is not acknowledged in time is repeated. */
  silent: boolean;
  /** Breaks whatever is under way, as a network would. */
  cut(): void;
  close(): Promise<void>;
}

export interface DeliveryTimes {
  /** Real milliseconds the bot has to acknowledge. Slack: 3,000. */
  ackTimeoutMs: number;
  /** Real milliseconds before each repetition of an event; when they are used up it is lost. Slack: 0, 1 min, 5 min. */
  retryWaitsMs: readonly number[];
}

export interface Disturbance {
  /** The share of events, 0 to 1, that come twice under the same event id. */
  duplicate?: number;
  /** The share of events that come after the next one. */
  reorder?: number;
  seed?: number;
}

/** How long an event is held back when no other comes that could overtake it, real ms. */
const HELD_MS = 50;

export class Deliveries {
  readonly #way: () => Transport;
  #disturbance: Required<Disturbance> | null = null;
  #chance: () => number = () => 1;
  #held: JsonObject[] = [];
  #release: NodeJS.Timeout | undefined;

  /** `way` is asked for each delivery: the app can be moved from one to the other at any time. */
  constructor(way: () => Transport) {
    this.#way = way;
  }

  /** From now on events are disturbed so; null ends it. */
  disturb(disturbance: Disturbance | null): void {
    this.#disturbance = disturbance && { duplicate: 0, reorder: 0, seed: 1, ...disturbance };
    if (this.#disturbance) this.#chance = chanceOf(this.#disturbance.seed);
    this.#flush();
  }

  event(payload: JsonObject): void {
    const disturbance = this.#disturbance;
    if (!disturbance) {
      this.#way().event(payload);
      return;
    }
    const copies = this.#chance() < disturbance.duplicate ? [payload, payload] : [payload];
    if (this.#held.length === 0 && this.#chance() < disturbance.reorder) {
      this.#held = copies;
      this.#release = setTimeout(() => this.#flush(), HELD_MS);
      return;
    }
    for (const copy of copies) this.#way().event(copy);
    this.#flush();
  }

  #flush(): void {
    clearTimeout(this.#release);
    for (const payload of this.#held.splice(0)) this.#way().event(payload);
  }

  interaction(type: InteractionType, payload: JsonObject, accepts: boolean): Promise<Reply> {
    return this.#way().interaction(type, payload, accepts);
  }

  close(): void {
    this.#held = [];
    clearTimeout(this.#release);
  }
}
