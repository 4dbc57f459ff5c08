// What the bot writes: posts that are ensured by key, reactions, removals, links.
import { z } from "zod";
import type { Clock } from "../../clock.ts";
import type { MessageRef } from "../../domain/words.ts";
import { SiempreError } from "../../errors.ts";
import type { EnsureRequest, PostRef, Target } from "../platform.ts";
import type { Calls } from "./calls.ts";
import { directFault, slackCode } from "./faults.ts";
import { isImage, upload, withImage } from "./files.ts";
import { instantOf, isOwn, type Self, slackMessage } from "./inbound.ts";
import * as limits from "./limits.ts";
import { remember } from "./remembered.ts";
import { renderCard } from "./render.ts";

const posted = z.object({
  channel: z.string(),
  ts: z.string(),
  message: z.object({ thread_ts: z.string().optional() }).optional().catch(undefined),
});
const whispered = z.object({ message_ts: z.string() });
const opened = z.object({ channel: z.object({ id: z.string() }) });
const linked = z.object({ permalink: z.string() });
const done = z.object({});
const page = z.object({
  messages: z.array(slackMessage),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional().catch(undefined),
});

/** The key's place in a message's metadata: Slack has no idempotency key of its own. */
const METADATA_TYPE = "siempre_post";

interface Place {
  channel: string;
  thread: string | null;
}

export interface Outbound {
  ensure(request: EnsureRequest): Promise<PostRef>;
  react(where: MessageRef, emoji: string, on: boolean): Promise<void>;
  remove(post: PostRef): Promise<void>;
  link(where: MessageRef): Promise<string | null>;
}

export interface OutboundOptions {
  calls: Calls;
  self: Self;
  clock: Clock;
  /** Where the workspace's messages can be opened, or null when nobody knows. */
  address: string | null;
}

/**
 * The address of a message as chat.getPermalink gives it (docs.slack.dev/reference/methods/chat.getPermalink): the ts without
 * its dot, and for an answer the thread it stands in. Whether the message is still there it does not say.
 */
function permalink(address: string, { channel, thread, message }: MessageRef): string {
  const url = new URL(`archives/${channel}/p${message.replace(".", "")}`, address);
  if (thread !== null && thread !== message) {
    url.searchParams.set("thread_ts", thread);
    url.searchParams.set("cid", channel);
  }
  return url.href;
}

export function createOutbound(options: OutboundOptions): Outbound {
  const { calls, self, clock, address } = options;
  const directs = remember(clock, limits.PROFILE_TTL_MS, limits.MAX_PROFILES, async (person) => {
    const answer = await calls.call("conversations.open", { users: person }, opened);
    return answer.channel.id;
  });
  // Only where it cannot be put together. Asked for with every change of a card, and never another one.
  const links = remember<string | null>(
    clock,
    limits.PROFILE_TTL_MS,
    limits.MAX_RECENT_POSTS,
    async (key) => {
      const [channel, message_ts] = key.split(" ");
      try {
        return (await calls.call("chat.getPermalink", { channel, message_ts }, linked)).permalink;
      } catch (error) {
        const code = slackCode(error);
        if (code === "message_not_found" || code === "channel_not_found") return null;
        throw error;
      }
    },
  );
  // What this process posted lately: a second call with the same key updates even before its row is read again.
  const recent = new Map<string, PostRef>();
  const underWay = new Map<string, Promise<unknown>>();

  async function placeOf(target: Target): Promise<Place> {
    switch (target.kind) {
      case "channel":
        return { channel: target.channel, thread: null };
      case "thread":
        return { channel: target.channel, thread: target.root };
      case "direct":
      case "only":
        return { channel: await directs.get(target.person), thread: null };
      default:
        return target satisfies never;
    }
  }

  function refOf(channel: string, ts: string): PostRef {
    return { workspace: self.workspace, channel, message: ts, at: instantOf(ts) };
  }

  const metadataOf = (key: string) => ({ event_type: METADATA_TYPE, event_payload: { key } });

  /** The post under this key, if an earlier try got through: searched in the thread, or in the newest pages. */
  async function search({ channel, thread }: Place, key: string): Promise<PostRef | null> {
    let cursor: string | undefined;
    for (let pages = 0; thread !== null || pages < limits.SUSPECT_PAGES; pages += 1) {
      const args = {
        channel,
        ...(thread === null ? {} : { ts: thread }),
        include_all_metadata: true,
        limit: limits.PAGE,
        ...(cursor ? { cursor } : {}),
      };
      const method = thread === null ? "conversations.history" : "conversations.replies";
      const found = await calls.call(method, args, page);
      for (const message of found.messages) {
        const metadata = message.metadata;
        if (!isOwn(message, self) || metadata?.event_type !== METADATA_TYPE) continue;
        if (metadata.event_payload.key === key) return refOf(channel, message.ts);
      }
      cursor = found.response_metadata?.next_cursor;
      if (!cursor) return null;
    }
    return null;
  }

  async function post(place: Place, request: EnsureRequest, name: string): Promise<PostRef> {
    const { card, lang, key } = request;
    const made = await withImage(calls, card, (image) => {
      const args = {
        channel: place.channel,
        ...(place.thread === null ? {} : { thread_ts: place.thread }),
        ...renderCard(card, lang, image),
        metadata: metadataOf(key),
        unfurl_links: false,
        unfurl_media: false,
      };
      return calls.call("chat.postMessage", args, posted);
    });
    const ref = refOf(made.channel, made.ts);
    // Where the thread's root was deleted, Slack posts to the channel instead, before everybody's eyes.
    if (place.thread !== null && made.message && made.message.thread_ts === undefined) {
      await remove(ref);
      throw new SiempreError(
        "platform_gone",
        `The message ${place.thread} in ${place.channel} was deleted, and its thread with it; nothing was posted.`,
        { channel: place.channel, thread: place.thread },
      );
    }
    keep(name, ref);
    // A file no block can show stands under the post.
    if (card.file && !isImage(card.file))
      await upload(calls, card.file, { channel: ref.channel, thread: place.thread ?? ref.message });
    return ref;
  }

  async function remove(post: PostRef): Promise<void> {
    try {
      await calls.call("chat.delete", { channel: post.channel, ts: post.message }, done);
    } catch (error) {
      const code = slackCode(error);
      if (code !== "message_not_found" && code !== "channel_not_found") throw error;
    }
  }

  /** Null when the post is gone, or too old for the workspace to let it be edited: it is posted anew. */
  async function update(known: PostRef, { card, lang, key }: EnsureRequest): Promise<PostRef | null> {
    try {
      await withImage(calls, card, (image) => {
        const shown = renderCard(card, lang, image);
        const args = { channel: known.channel, ts: known.message, ...shown, metadata: metadataOf(key) };
        return calls.call("chat.update", args, posted);
      });
      return known;
    } catch (error) {
      const code = slackCode(error);
      if (code === "message_not_found" || code === "edit_window_closed" || code === "cant_update_message")
        return null;
      throw error;
    }
  }

  const nameOf = ({ target, key }: EnsureRequest) => JSON.stringify([target, key]);

  function keep(name: string, ref: PostRef): void {
    recent.delete(name);
    recent.set(name, ref);
    const oldest = recent.size > limits.MAX_RECENT_POSTS ? recent.keys().next() : null;
    if (oldest && !oldest.done) recent.delete(oldest.value);
  }

  /** Null where the person is not in the channel, or the bot is not: then it is a direct message. */
  async function whisper(request: EnsureRequest, name: string): Promise<PostRef | null> {
    const { target, card, lang } = request;
    if (target.kind !== "only") return null;
    const { channel, person: user, thread } = target;
    const at = thread === null ? {} : { thread_ts: thread };
    try {
      const said = await calls.call(
        "chat.postEphemeral",
        { channel, user, ...at, ...renderCard(card, lang) },
        whispered,
      );
      const ref = refOf(channel, said.message_ts);
      keep(name, ref);
      return ref;
    } catch (error) {
      const code = error instanceof SiempreError ? error.code : null;
      if (code === "platform_gone" || code === "platform_forbidden") return null;
      throw error;
    }
  }

  async function ensureNow(request: EnsureRequest, name: string): Promise<PostRef> {
    if (request.target.kind === "only") {
      // It cannot be updated, and one that may have got through cannot be looked for.
      const said = recent.get(name) ?? request.known ?? (await whisper(request, name));
      if (said) return said;
    }
    const earlier = recent.get(name) ?? request.known;
    const updated = earlier ? await update(earlier, request) : null;
    if (updated) return updated;
    const place = await placeOf(request.target);
    const found = request.suspect ? await search(place, request.key) : null;
    const revived = found ? await update(found, request) : null;
    if (revived) {
      keep(name, revived);
      return revived;
    }
    return await post(place, request, name);
  }

  return {
    async ensure(request) {
      const name = nameOf(request);
      const before = underWay.get(name);
      const now = () => ensureNow(request, name);
      const turn = before === undefined ? now() : Promise.allSettled([before]).then(now);
      underWay.set(name, turn);
      try {
        return await turn;
      } catch (error) {
        throw "person" in request.target ? directFault(error, request.target.person) : error;
      } finally {
        if (underWay.get(name) === turn) underWay.delete(name);
      }
    },

    async react(where, emoji, on) {
      const args = { channel: where.channel, timestamp: where.message, name: emoji };
      try {
        await calls.call(on ? "reactions.add" : "reactions.remove", args, done);
      } catch (error) {
        if (slackCode(error) !== (on ? "already_reacted" : "no_reaction")) throw error;
      }
    },

    remove,

    async link(where) {
      if (address !== null) return permalink(address, where);
      const key = `${where.channel} ${where.message}`;
      const link = await links.get(key);
      if (link === null) links.forget(key);
      return link;
    },
  };
}
