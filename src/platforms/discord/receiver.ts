// Raw dispatches → the bot. Raw, because the SDK's own events lose edits and deletions in threads it has not cached.
// Events of one channel, its threads included, are handed over in the order they came; the core decides them in turn.
import { hash } from "node:crypto";
import { GatewayDispatchEvents as Dispatch } from "discord.js";
import type { Clock } from "../../clock.ts";
import type { ChatEvent } from "../../domain/events.ts";
import type { Log } from "../../log.ts";
import type { Inbound } from "../platform.ts";
import { answer, dismiss } from "./answers.ts";
import type { Api } from "./api.ts";
import type { Atlas, Place } from "./atlas.ts";
import type { History } from "./history.ts";
import { deletedEvent, editedEvent, messageEvent, nameOf, reactionEvent } from "./inbound.ts";
import { heard } from "./interactions.ts";
import { REMEMBERED } from "./limits.ts";
import {
  bulkDeletedSchema,
  deletedSchema,
  interactionSchema,
  messageSchema,
  reactionSchema,
  threadDeletedSchema,
} from "./payloads.ts";
import type { Places } from "./places.ts";
import { Recent } from "./recent.ts";

const COMPONENT = 3;
/** Failures within this time ask for history once. */
const GAP_AFTER_MS = 1_000;

export interface ReceiverParts {
  api: Api;
  atlas: Atlas;
  places: Places;
  history: History;
  inbound: Inbound;
  clock: Clock;
  log: Log;
}

export class Receiver {
  readonly #parts: ReceiverParts;
  /** The end of each channel's queue. */
  readonly #queues = new Map<string, Promise<void>>();
  /** Handed over and not yet committed. */
  readonly #underWay = new Set<Promise<void>>();
  readonly #answering = new Set<Promise<void>>();
  /** What people were called last: a reaction that is taken back does not say who they are. */
  readonly #names = new Recent<string>(REMEMBERED);
  /** Our own posts: their removal is no news. */
  readonly #own = new Recent<true>(REMEMBERED);
  /** A fingerprint of each text heard: an edit that changes no word is none. */
  readonly #texts = new Recent<string>(REMEMBERED);
  /** Events come in any order, and more than once (docs, Gateway): what is gone stays gone, … */
  readonly #gone = new Recent<true>(REMEMBERED);
  /** … a text edited before we heard of its message is the text, … */
  readonly #ahead = new Recent<string>(REMEMBERED);
  /** … and nobody acts twice by one press. */
  readonly #acted = new Recent<true>(REMEMBERED);
  #gap: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(parts: ReceiverParts) {
    this.#parts = parts;
  }

  /** Takes in one dispatch of the gateway; what is not ours to hear changes nothing. */
  take(name: string, raw: unknown): void {
    if (this.#closed) return;
    const { clock } = this.#parts;
    switch (name) {
      case Dispatch.MessageCreate:
      case Dispatch.MessageUpdate:
        this.#message(raw, name === Dispatch.MessageCreate);
        return;
      case Dispatch.MessageDelete: {
        const gone = deletedSchema.safeParse(raw).data;
        if (!gone || this.#own.get(gone.id)) return;
        this.#gone.set(gone.id, true);
        const at = clock.now();
        this.#hear(gone.channel_id, (place) => deletedEvent(place, gone.id, at));
        return;
      }
      case Dispatch.MessageDeleteBulk: {
        const gone = bulkDeletedSchema.safeParse(raw).data;
        if (!gone?.guild_id) return;
        const at = clock.now();
        const others = gone.ids.filter((id) => !this.#own.get(id));
        for (const id of others) {
          this.#gone.set(id, true);
          this.#hear(gone.channel_id, (place) => deletedEvent(place, id, at));
        }
        return;
      }
      case Dispatch.ThreadDelete:
        this.#threadDeleted(raw);
        return;
      case Dispatch.MessageReactionAdd:
      case Dispatch.MessageReactionRemove:
        this.#reaction(raw, name === Dispatch.MessageReactionAdd);
        return;
      case Dispatch.InteractionCreate:
        this.#interaction(raw);
        return;
    }
  }

  /** Takes in no more. Resolves when all that was under way is done. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#gap) clearTimeout(this.#gap);
    while (this.#queues.size + this.#underWay.size + this.#answering.size > 0)
      await Promise.all([...this.#queues.values(), ...this.#underWay, ...this.#answering]);
  }

  #message(raw: unknown, created: boolean): void {
    const message = messageSchema.safeParse(raw).data;
    if (!message) return;
    if (message.author.id === this.#parts.atlas.self) {
      this.#own.set(message.id, true);
      return;
    }
    if (this.#gone.get(message.id)) return;
    const text = hash("sha256", message.content, "base64").slice(0, 12);
    const before = this.#texts.get(message.id);
    const ahead = created ? this.#ahead.get(message.id) : undefined;
    if (ahead !== undefined) message.content = ahead;
    else this.#texts.set(message.id, text);
    if (!created && before === text) return;
    if (!created && before === undefined) this.#ahead.set(message.id, message.content);
    const convert = created ? messageEvent : editedEvent;
    const { places } = this.#parts;
    if (message.guild_id === null) {
      const place = () => places.direct(message.channel_id, message.author.id);
      this.#hear(message.channel_id, (at) => convert(message, at, this.#around(at)), place);
      return;
    }
    places.heard(message.author.id, message.guild_id);
    this.#names.set(`${message.guild_id} ${message.author.id}`, nameOf(message.author, message.member));
    this.#hear(message.channel_id, (place) => convert(message, place, this.#around(place)));
  }

  /** With its forum post a thread's first message goes; under a text channel the message itself stays. */
  #threadDeleted(raw: unknown): void {
    const thread = threadDeletedSchema.safeParse(raw).data;
    const parent = thread?.parent_id ? this.#parts.atlas.place(thread.parent_id) : undefined;
    if (!thread || !parent?.forum) return;
    const place: Place = {
      ...parent,
      thread: { id: thread.id, guild: parent.guild, parent: parent.channel, name: "" },
    };
    const at = this.#parts.clock.now();
    this.#queue(thread.id, async () => this.#handOver(deletedEvent(place, thread.id, at)));
  }

  #reaction(raw: unknown, added: boolean): void {
    const reaction = reactionSchema.safeParse(raw).data;
    if (!reaction?.guild_id) return;
    const at = this.#parts.clock.now();
    const who = `${reaction.guild_id} ${reaction.user_id}`;
    if (reaction.member) this.#names.set(who, nameOf(reaction.member.user, reaction.member));
    this.#hear(reaction.channel_id, (place) => {
      const name = this.#names.get(who) ?? null;
      const event = reactionEvent(reaction, place, added, at, this.#around(place), name);
      if (event?.emoji !== "ticket" || !added) return event;
      // Fetching the message must not hold up what is said.
      this.#queue(`ticket ${event.where.message}`, async () =>
        this.#handOver({ ...event, target: await this.#parts.history.message(event.where) }),
      );
      return null;
    });
  }

  #interaction(raw: unknown): void {
    const { api, atlas, places, clock, inbound, log } = this.#parts;
    const parsed = interactionSchema.safeParse(raw);
    if (!parsed.success) {
      log.warn({ issues: parsed.error.issues.slice(0, 3) }, "An interaction could not be read");
      return;
    }
    const interaction = parsed.data;
    if (this.#acted.get(interaction.id)) return;
    this.#acted.set(interaction.id, true);
    if (interaction.guild_id) atlas.learnThread(interaction.channel, interaction.guild_id);
    // Never asked over REST here: three seconds are short.
    const place = atlas.place(interaction.channel_id ?? "") ?? null;
    const around = places.around(interaction.guild_id ?? "");
    const said = heard(interaction, place, around, clock.now());
    const work = said
      ? answer(api, log, interaction, said, (call) => inbound.act(call))
      : interaction.type === COMPONENT
        ? dismiss(api, interaction).catch((error: unknown) =>
            log.warn({ err: error }, "A control was not acknowledged"),
          )
        : null;
    if (!work) return;
    this.#answering.add(work);
    void work.finally(() => this.#answering.delete(work));
  }

  #around(place: Place): ReturnType<Places["around"]> {
    return this.#parts.places.around(place.guild);
  }

  #hear(
    channel: string,
    convert: (place: Place) => ChatEvent | null | Promise<ChatEvent | null>,
    locate: () => Promise<Place | null> = () => this.#parts.places.locate(channel),
  ): void {
    this.#queue(channel, async () => {
      const place = await locate();
      const event = place ? await convert(place) : null;
      if (event) this.#handOver(event);
    });
  }

  #handOver(event: ChatEvent): void {
    const work = this.#parts.inbound
      .event(event)
      .catch((error: unknown) => this.#lost(event.where.channel, error));
    this.#underWay.add(work);
    void work.finally(() => this.#underWay.delete(work));
  }

  #queue(channel: string, work: () => Promise<void>): void {
    // A thread's messages come after those it hangs under.
    const key = this.#parts.atlas.place(channel)?.channel ?? channel;
    const before = this.#queues.get(key) ?? Promise.resolve();
    const mine = before.then(work).catch((error: unknown) => this.#lost(channel, error));
    this.#queues.set(key, mine);
    void mine.finally(() => {
      if (this.#queues.get(key) === mine) this.#queues.delete(key);
    });
  }

  /** Discord tells nothing twice: what could not be committed is found again in history. */
  #lost(channel: string, error: unknown): void {
    const { log, inbound } = this.#parts;
    log.warn({ channel, err: error }, "An event was not committed; history will be read");
    this.#gap ??= setTimeout(() => {
      this.#gap = null;
      if (!this.#closed) inbound.gap();
    }, GAP_AFTER_MS);
  }
}
