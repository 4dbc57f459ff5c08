// Reading what was written while nobody listened, and single messages.
import { z } from "zod";
import type { Clock } from "../../clock.ts";
import type { ChatEvent, MessageEvent } from "../../domain/events.ts";
import type { Instant, MessageRef } from "../../domain/words.ts";
import type { Calls } from "./calls.ts";
import { slackCode } from "./faults.ts";
import {
  eventsOf,
  instantOf,
  messageEvent,
  type Self,
  type SlackMessage,
  slackMessage,
  tsOf,
} from "./inbound.ts";
import { PAGE } from "./limits.ts";
import type { Method } from "./methods.ts";

const page = z.object({
  messages: z.array(slackMessage.catch({ ts: "" })),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional().catch(undefined),
});

export interface HistoryReader {
  /** As the port's `history`, names not yet filled in. A channel the bot cannot see rejects with platform_gone. */
  since(
    channel: string,
    since: Instant,
    threads: readonly string[],
    signal?: AbortSignal,
  ): Promise<ChatEvent[]>;
  /** As the port's `message`, names not yet filled in; finds thread replies without knowing their thread. */
  message(where: MessageRef): Promise<MessageEvent | null>;
}

export function createHistory(options: { calls: Calls; self: Self; clock: Clock }): HistoryReader {
  const { calls, self, clock } = options;

  async function all(
    method: Method,
    args: Readonly<Record<string, unknown>>,
    signal?: AbortSignal,
  ): Promise<SlackMessage[]> {
    const found: SlackMessage[] = [];
    let cursor: string | undefined;
    do {
      signal?.throwIfAborted();
      const read = await calls.call(method, { ...args, limit: PAGE, ...(cursor ? { cursor } : {}) }, page);
      found.push(...read.messages.filter((message) => message.ts !== ""));
      cursor = read.response_metadata?.next_cursor;
    } while (cursor);
    return found;
  }

  /**
   * Of the last page before `oldest`: the threads in which something was written since, which the history after `oldest` does not
   * tell of, and those in which nothing was. https://docs.slack.dev/messaging/retrieving-messages
   */
  async function threadsBefore(
    channel: string,
    oldest: string,
    signal?: AbortSignal,
  ): Promise<{ lively: string[]; silent: Set<string> }> {
    signal?.throwIfAborted();
    const args = { channel, latest: oldest, limit: PAGE };
    const { messages } = await calls.call("conversations.history", args, page);
    const lively: string[] = [];
    const silent = new Set<string>();
    for (const { ts, latest_reply: reply } of messages) {
      if (reply === undefined) continue;
      if (Number(reply) >= Number(oldest)) lively.push(ts);
      else silent.add(ts);
    }
    return { lively, silent };
  }

  async function replies(
    channel: string,
    root: string,
    oldest: string,
    signal?: AbortSignal,
  ): Promise<SlackMessage[]> {
    try {
      return await all("conversations.replies", { channel, ts: root, oldest, inclusive: true }, signal);
    } catch (error) {
      // The thread's root was deleted, and with it the thread.
      if (slackCode(error) === "thread_not_found") return [];
      throw error;
    }
  }

  async function one(
    method: Method,
    args: Readonly<Record<string, unknown>>,
    ts: string,
  ): Promise<SlackMessage | null> {
    try {
      const read = await calls.call(method, { ...args, inclusive: true, limit: 2 }, page);
      return read.messages.find((message) => message.ts === ts) ?? null;
    } catch (error) {
      const code = slackCode(error);
      if (code === "thread_not_found" || code === "message_not_found" || code === "channel_not_found")
        return null;
      throw error;
    }
  }

  return {
    async since(channel, since, threads, signal) {
      const oldest = tsOf(since);
      const found = new Map<string, SlackMessage>();
      const before = await threadsBefore(channel, oldest, signal);
      const roots = new Set([...threads.filter((thread) => !before.silent.has(thread)), ...before.lively]);
      const read = await all("conversations.history", { channel, oldest, inclusive: true }, signal);
      for (const message of read) {
        found.set(message.ts, message);
        if ((message.reply_count ?? 0) > 0) roots.add(message.ts);
        // A reply shown in the channel too: its thread may be older than `since`.
        if (message.thread_ts !== undefined && message.thread_ts !== message.ts) roots.add(message.thread_ts);
      }
      for (const root of roots)
        for (const message of await replies(channel, root, oldest, signal))
          if (instantOf(message.ts) >= since && !found.has(message.ts)) found.set(message.ts, message);
      return [...found.values()]
        .sort((a, b) => (a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : 0))
        .flatMap((message) => eventsOf(message, channel, self, clock.now()));
    },

    async message({ channel, thread, message: ts }) {
      const root = thread ?? ts;
      const span = { oldest: ts, latest: ts };
      const found =
        thread === null
          ? ((await one("conversations.history", { channel, ...span }, ts)) ??
            (await one("conversations.replies", { channel, ts }, ts)))
          : await one("conversations.replies", { channel, ts: root, ...span }, ts);
      if (!found || found.subtype === "tombstone") return null;
      return messageEvent(found, channel, self);
    },
  };
}
