// Where a raw channel id lies. What the gateway did not tell is asked for once, then remembered for a while.
import { Routes } from "discord.js";
import type { Clock } from "../../clock.ts";
import type { Instant, MessageRef } from "../../domain/words.ts";
import type { Api } from "./api.ts";
import type { Atlas, Place } from "./atlas.ts";
import { codeOf } from "./faults.ts";
import type { Around } from "./inbound.ts";
import { REMEMBERED } from "./limits.ts";
import { directSchema } from "./payloads.ts";
import { Recent } from "./recent.ts";

/** A channel that is none of ours is not asked for again before this long. */
const STRANGER_MS = 10 * 60_000;

export class Places {
  readonly #api: Api;
  readonly #atlas: Atlas;
  readonly #clock: Clock;
  readonly #strangers = new Recent<Instant>(REMEMBERED);
  readonly #lastIn = new Recent<string>(REMEMBERED);

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
      const direct = directSchema.safeParse(raw).data;
      if (direct) return await this.direct(channel, direct.recipients[0]?.id ?? "");
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

  /** A guild heard somebody: a direct message of theirs is about the one they last wrote in. */
  heard(person: string, guild: string): void {
    this.#lastIn.set(person, guild);
  }

  /**
   * Where a direct message belongs: to the guild the person last wrote in, as far as we heard, else the first of the bot's
   * that they are a member of; null: to none.
   */
  async direct(channel: string, person: string): Promise<Place | null> {
    const last = this.#lastIn.get(person);
    if (last && this.#atlas.guilds.has(last)) return directPlace(channel, last);
    for (const guild of this.#atlas.guilds.keys()) {
      try {
        await this.#api.call("get", Routes.guildMember(guild, person), "looking up a member");
        this.#lastIn.set(person, guild);
        return directPlace(channel, guild);
      } catch (error) {
        if (codeOf(error) === null) throw error;
      }
    }
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

function directPlace(channel: string, guild: string): Place {
  return { guild, channel, thread: null, forum: false, direct: true };
}
