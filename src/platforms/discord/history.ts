// What was said since an instant: the channel and its threads, each read page by page, told in order of time.
import { Routes } from "discord.js";
import { z } from "zod";
import type { ChatEvent, MessageEvent } from "../../domain/events.ts";
import type { Instant, MessageRef } from "../../domain/words.ts";
import type { Api } from "./api.ts";
import type { Atlas, Place } from "./atlas.ts";
import { Code, codeOf } from "./faults.ts";
import { editedEvent, messageEvent } from "./inbound.ts";
import { PAGE } from "./limits.ts";
import { type MessagePayload, messageSchema, type ThreadPayload, threadSchema } from "./payloads.ts";
import type { Places } from "./places.ts";
import { byAge, snowflakeAt } from "./snowflake.ts";

const pageSchema = z.array(z.unknown());
const threadsSchema = z.object({ threads: z.array(z.unknown()), has_more: z.boolean().optional() });

type Stream = AsyncIterator<MessagePayload, undefined>;

export class History {
  readonly #api: Api;
  readonly #atlas: Atlas;
  readonly #places: Places;

  constructor(api: Api, atlas: Atlas, places: Places) {
    this.#api = api;
    this.#atlas = atlas;
    this.#places = places;
  }

  /** See Platform.message. */
  async message(where: MessageRef): Promise<MessageEvent | null> {
    const channel = await this.#places.holding(where);
    const found = await this.#places.locate(channel);
    if (!found) return null;
    const place = inGuild(found, where.workspace);
    try {
      const route = Routes.channelMessage(channel, where.message);
      const raw = await this.#api.read(messageSchema, "get", route, "reading a message");
      return messageEvent(raw, place, this.#places.around(place.guild));
    } catch (error) {
      if (isGone(error)) return null;
      throw error;
    }
  }

  /** See Platform.history. Messages that were only edited since, but written before, are not found again. */
  async *since(
    workspace: string,
    channel: string,
    since: Instant,
    named: readonly string[],
    signal?: AbortSignal,
  ): AsyncGenerator<ChatEvent, undefined> {
    const found = await this.#places.locate(channel);
    const top = found && inGuild(found, workspace);
    if (!top || top.guild !== workspace) return;
    const streams: Stream[] = [];
    if (!top.forum) streams.push(this.#pages(channel, since, signal));
    for (const thread of top.direct ? [] : await this.#threads(workspace, channel, since, named)) {
      streams.push(this.#pages(thread, since, signal));
    }
    const around = this.#places.around(workspace);
    for await (const raw of inOrder(streams)) {
      const place = raw.channel_id === channel ? top : await this.#placeOf(raw.channel_id);
      if (!place) continue;
      const message = messageEvent(raw, place, around);
      if (message) yield message;
      const edited = editedEvent(raw, place, around);
      if (edited) yield edited;
    }
    return undefined;
  }

  #placeOf(channel: string): Promise<Place | null> {
    return this.#places.locate(channel);
  }

  /** Threads of the channel in which something may have been said since: active, lately archived, and the named ones. */
  async #threads(
    workspace: string,
    channel: string,
    since: Instant,
    named: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const ids = new Set<string>();
    const least = snowflakeAt(since);
    const active = await this.#threadList(Routes.guildActiveThreads(workspace), {});
    for (const thread of active.threads) {
      if (thread.parent_id !== channel) continue;
      this.#atlas.learn(thread, workspace);
      // Nothing new since: last_message_id tells without reading the thread.
      if (thread.last_message_id === null || BigInt(thread.last_message_id) >= least) ids.add(thread.id);
    }
    await this.#archived(workspace, channel, since, ids);
    for (const id of named) {
      const place = await this.#places.locate(id);
      if (place?.thread && place.channel === channel) ids.add(id);
    }
    return ids;
  }

  /** Threads put to sleep since then; they come newest first. */
  async #archived(workspace: string, channel: string, since: Instant, ids: Set<string>): Promise<void> {
    let before: string | undefined;
    for (;;) {
      const page = await this.#threadList(Routes.channelThreads(channel, "public"), { before, limit: PAGE });
      let oldest: Instant | null = null;
      for (const thread of page.threads) {
        oldest = thread.thread_metadata?.archive_timestamp ?? oldest;
        if (oldest !== null && oldest < since) return;
        this.#atlas.learn(thread, workspace);
        ids.add(thread.id);
      }
      if (!page.more || oldest === null) return;
      const next = new Date(oldest).toISOString();
      if (next === before) return;
      before = next;
    }
  }

  async #threadList(
    route: `/${string}`,
    query: Record<string, string | number | undefined>,
  ): Promise<{ threads: ThreadPayload[]; more: boolean }> {
    const raw = await this.#api.read(threadsSchema, "get", route, "listing threads", { query });
    const threads = raw.threads.flatMap((each) => threadSchema.safeParse(each).data ?? []);
    return { threads, more: raw.has_more ?? false };
  }

  /** Messages of one channel or thread, oldest first. One that is gone meanwhile has none. */
  async *#pages(
    channel: string,
    since: Instant,
    signal?: AbortSignal,
  ): AsyncGenerator<MessagePayload, undefined> {
    let after = snowflakeAt(since) - 1n;
    if (after < 0n) after = 0n;
    for (;;) {
      signal?.throwIfAborted();
      const raw = await this.#page(channel, after);
      const messages = raw.flatMap((each) => messageSchema.safeParse(each).data ?? []);
      messages.sort((a, b) => byAge(a.id, b.id));
      yield* messages;
      if (raw.length < PAGE) return undefined;
      const ids = raw.flatMap((each) => z.object({ id: z.string() }).safeParse(each).data?.id ?? []);
      const newest = ids.sort(byAge).at(-1);
      if (newest === undefined) return undefined;
      after = BigInt(newest);
    }
  }

  async #page(channel: string, after: bigint): Promise<unknown[]> {
    try {
      return await this.#api.read(pageSchema, "get", Routes.channelMessages(channel), "reading history", {
        query: { after: after.toString(), limit: PAGE },
      });
    } catch (error) {
      if (isGone(error)) return [];
      throw error;
    }
  }
}

/** Several ordered streams as one. At most one page of each is held. */
async function* inOrder(streams: readonly Stream[]): AsyncGenerator<MessagePayload, undefined> {
  const heads: { next: MessagePayload; stream: Stream }[] = [];
  for (const stream of streams) {
    const first = await stream.next();
    if (!first.done) heads.push({ next: first.value, stream });
  }
  while (heads.length > 0) {
    const oldest = heads.reduce((a, b) => (byAge(b.next.id, a.next.id) < 0 ? b : a));
    yield oldest.next;
    const following = await oldest.stream.next();
    if (following.done) heads.splice(heads.indexOf(oldest), 1);
    else oldest.next = following.value;
  }
  return undefined;
}

/** A direct message read for a guild is about that guild, whichever the person wrote in since. */
function inGuild(place: Place, guild: string): Place {
  return place.direct ? { ...place, guild } : place;
}

function isGone(error: unknown): boolean {
  const code = codeOf(error);
  return code === Code.unknownMessage || code === Code.unknownChannel;
}
