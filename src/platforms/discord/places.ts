// Where a raw channel id lies. What the gateway did not tell is asked for once, then remembered for a while.
import { Routes } from "discord.js";
import type { Clock } from "../../clock.ts";
import type { Instant, MessageRef } from "../../domain/words.ts";
import type { Api } from "./api.ts";
import type { Atlas, Place } from "./atlas.ts";
import { codeOf } from "./faults.ts";
import type { Around } from "./inbound.ts";
import { REMEMBERED } from "./limits.ts";
import { Recent } from "./recent.ts";

/** A channel that is none of ours is not asked for again before this long. */
const STRANGER_MS = 10 * 60_000;

export class Places {
  readonly #api: Api;
  readonly #atlas: Atlas;
  readonly #clock: Clock;
  readonly #strangers = new Recent<Instant>(REMEMBERED);

  constructor(api: Api, atlas: Atlas, clock: Clock) {
    this.#api = api;
    this.#atlas = atlas;
    this.#clock = clock;
  }

  /** Null: not a place we watch, or gone. Rejects on a passing failure. */
  async locate(channel: string): Promise<Place | null> {
    const known = this.#atlas.place(channel);
    if (known) return known;
    const stranger = this.#strangers.get(channel);
    if (stranger !== undefined && this.#clock.now() - stranger < STRANGER_MS) return null;
    try {
      const raw = await this.#api.call("get", Routes.channel(channel), "looking up a channel");
      if (this.#atlas.learn(raw)) {
        const place = this.#atlas.place(channel);
        if (place) return place;
      }
    } catch (error) {
      // 4xx with a code: it is gone, or not for us to see.
      if (codeOf(error) === null) throw error;
    }
    this.#strangers.set(channel, this.#clock.now());
    return null;
  }

  /** The channel id that Discord's routes want for a message: its thread, except for the message the thread hangs under. */
  async holding(where: MessageRef): Promise<string> {
    if (where.thread === null) return where.channel;
    if (where.thread !== where.message) return where.thread;
    return (await this.locate(where.channel))?.forum ? where.thread : where.channel;
  }

  /** The names and the self that reading a message of this guild needs. */
  around(guild: string): Around {
    const rules = this.#atlas.guilds.get(guild);
    return {
      self: this.#atlas.self,
      ownRoles: rules?.ownRoles ?? new Set(),
      roleName: (id) => rules?.roles.get(id)?.name ?? null,
      channelName: (id) => rules?.channels.get(id)?.name ?? this.#atlas.thread(id)?.name ?? null,
    };
  }
}
