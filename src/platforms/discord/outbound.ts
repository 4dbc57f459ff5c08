// Posts, edits, reactions: each says how things shall be, and saying it twice is the same as once.
import { hash } from "node:crypto";
import { Routes } from "discord.js";
import { z } from "zod";
import type { Instant, MessageRef } from "../../domain/words.ts";
import type { EnsureRequest, PostRef, Target } from "../platform.ts";
import type { Api } from "./api.ts";
import type { Atlas } from "./atlas.ts";
import { character } from "./emoji.ts";
import { clip } from "./escape.ts";
import { Code, codeOf } from "./faults.ts";
import * as limits from "./limits.ts";
import type { Setting } from "./markup.ts";
import { type OwnPost, ownPostSchema } from "./payloads.ts";
import type { Places } from "./places.ts";
import { Recent } from "./recent.ts";
import { filesOf, type Mark, type MessageBody, markOf, renderCard, type Upload } from "./render.ts";
import { snowflakeTime } from "./snowflake.ts";

const rootSchema = z.object({ thread: z.unknown().optional() });
const withId = z.object({ id: z.string() });

/** An opened place: the channel id to post to, and the message to reply to where no thread could be had. */
interface Opened {
  channel: string;
  replyTo: string | null;
}

interface Draft {
  body: MessageBody;
  files: readonly Upload[];
}

export class Outbound {
  readonly #api: Api;
  readonly #atlas: Atlas;
  readonly #places: Places;
  /** When the present session began: of threads begun since then the gateway has told. Before the first: never. */
  sessionSince: Instant = Number.POSITIVE_INFINITY;
  readonly #directs = new Recent<string>(limits.REMEMBERED);

  constructor(api: Api, atlas: Atlas, places: Places) {
    this.#api = api;
    this.#atlas = atlas;
    this.#places = places;
  }

  /** See Platform.ensure. */
  async ensure(request: EnsureRequest): Promise<PostRef> {
    const { target, known, card, key } = request;
    const setting: Setting = {
      workspace: target.workspace,
      direct: target.kind === "direct" || target.kind === "only",
    };
    const mark = markOf(key);
    const draft: Draft = { body: renderCard(card, setting, mark), files: filesOf(card) };
    const edited = known ? await this.#edit(known, draft) : "gone";
    if (typeof edited === "object") return edited;

    let opened = await this.#open(target);
    if (request.suspect) {
      const found = await this.#find(opened.channel, mark, known?.message ?? null);
      if (found) {
        const ref = refTo(target.workspace, found);
        const current = await this.#edit(ref, draft);
        if (typeof current === "object") return current;
      }
    }
    // What replaces a post must not be taken for the post it replaces.
    const nonce = nonceOf(`${key} ${opened.channel} ${known?.message ?? ""}`);
    let posted: OwnPost;
    try {
      posted = await this.#post(opened, draft, nonce);
    } catch (error) {
      const vanished = codeOf(error) === Code.unknownChannel && target.kind === "thread";
      // With its thread a forum post is gone for good.
      if (!vanished || this.#isForum(target.workspace, target.channel)) throw error;
      // The thread we knew was deleted.
      opened = await this.#startThread(target);
      posted = await this.#post(opened, draft, nonce);
    }
    if (known && edited === "worn") await this.remove(known);
    return refTo(target.workspace, posted);
  }

  /** See Platform.react. */
  async react(where: MessageRef, emoji: string, on: boolean): Promise<void> {
    const channel = await this.#places.holding(where);
    const sign = encodeURIComponent(character(emoji));
    const route = Routes.channelMessageOwnReaction(channel, where.message, sign);
    try {
      await this.#awake(channel, () =>
        on
          ? this.#api.call("put", route, "adding a reaction")
          : this.#api.call("delete", route, "removing a reaction"),
      );
    } catch (error) {
      const code = codeOf(error);
      const gone = code === Code.unknownEmoji || code === Code.unknownMessage || code === Code.unknownChannel;
      if (on || !gone) throw error;
    }
  }

  /** See Platform.remove. */
  async remove(post: PostRef): Promise<void> {
    try {
      await this.#awake(post.channel, () =>
        this.#api.call("delete", Routes.channelMessage(post.channel, post.message), "removing a post"),
      );
    } catch (error) {
      const code = codeOf(error);
      if (code !== Code.unknownMessage && code !== Code.unknownChannel) throw error;
    }
  }

  /** `gone`: deleted; `worn`: Discord refuses further edits of so old a message. */
  async #edit(post: PostRef, { body, files }: Draft): Promise<PostRef | "gone" | "worn"> {
    const route = Routes.channelMessage(post.channel, post.message);
    try {
      await this.#awake(post.channel, () =>
        this.#api.call("patch", route, "updating a post", { body, files }),
      );
      return post;
    } catch (error) {
      const code = codeOf(error);
      if (code === Code.unknownMessage || code === Code.unknownChannel) return "gone";
      if (code === Code.oldEditBudget) return "worn";
      throw error;
    }
  }

  #post(opened: Opened, { body, files }: Draft, nonce: string): Promise<OwnPost> {
    const reference = opened.replyTo
      ? { message_reference: { message_id: opened.replyTo, fail_if_not_exists: false } }
      : {};
    return this.#api.read(
      ownPostSchema,
      "post",
      Routes.channelMessages(opened.channel),
      "posting a message",
      {
        // enforce_nonce is ignored unless both stand on the message itself (PLATFORM-FACTS).
        body: { ...body, ...reference, nonce, enforce_nonce: true },
        files,
      },
    );
  }

  /** The post of ours that carries the mark. */
  async #find(channel: string, mark: Mark, not: string | null): Promise<OwnPost | null> {
    const posts = await this.#api.read(
      z.array(z.unknown()),
      "get",
      Routes.channelMessages(channel),
      "looking for an earlier post",
      { query: { limit: limits.SUSPECT_WINDOW } },
    );
    for (const raw of posts) {
      const post = ownPostSchema.safeParse(raw).data;
      if (!post || post.author.id !== this.#atlas.self || post.id === not) continue;
      if (post.embeds[0]?.url === mark.url || post.content.endsWith(mark.tail)) return post;
    }
    return null;
  }

  async #open(target: Target): Promise<Opened> {
    switch (target.kind) {
      case "channel":
        return { channel: target.channel, replyTo: null };
      case "direct":
      // Discord shows something to one person alone only in answer to what they did.
      case "only":
        return { channel: await this.#direct(target.person), replyTo: null };
      case "thread": {
        const known = this.#atlas.thread(target.root);
        const forum = this.#isForum(target.workspace, target.channel);
        return known || forum ? { channel: target.root, replyTo: null } : this.#startThread(target);
      }
      default:
        return target satisfies never;
    }
  }

  #isForum(workspace: string, channel: string): boolean {
    return this.#atlas.channel(workspace, channel)?.kind === "forum";
  }

  async #direct(person: string): Promise<string> {
    const known = this.#directs.get(person);
    if (known) return known;
    const { id } = await this.#api.read(withId, "post", Routes.userChannels(), "opening a direct message", {
      body: { recipient_id: person },
    });
    this.#directs.set(person, id);
    return id;
  }

  async #startThread(target: Extract<Target, { kind: "thread" }>): Promise<Opened> {
    const { workspace, channel, root, title } = target;
    // A thread that was asleep when we came is told of by nobody but its message.
    if (snowflakeTime(root) < this.sessionSince + limits.CLOCKS_APART_MS) {
      const under = await this.#api.read(
        rootSchema,
        "get",
        Routes.channelMessage(channel, root),
        "reading a message",
      );
      if (under.thread) {
        this.#atlas.learnThread(under.thread, workspace);
        return { channel: root, replyTo: null };
      }
    }
    try {
      const raw = await this.#api.call("post", Routes.threads(channel, root), "starting a thread", {
        body: {
          name: clip(title, limits.THREAD_NAME) || "…",
          auto_archive_duration: limits.AUTO_ARCHIVE_MINUTES,
        },
      });
      this.#atlas.learn(raw, workspace);
      return { channel: withId.parse(raw).id, replyTo: null };
    } catch (error) {
      const code = codeOf(error);
      // A thread always has the id of the message it hangs under.
      if (code === Code.threadExists) return { channel: root, replyTo: null };
      if (code === Code.tooManyThreads) return { channel, replyTo: root };
      throw error;
    }
  }

  /** Runs `work`; in a thread that sleeps, wakes it and runs it once more. Posting wakes a thread by itself. */
  async #awake(channel: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (codeOf(error) !== Code.threadArchived) throw error;
      await this.#api.call("patch", Routes.channel(channel), "waking a thread", {
        body: { archived: false },
      });
      await work();
    }
  }
}

function refTo(workspace: string, post: OwnPost): PostRef {
  return {
    workspace,
    channel: post.channel_id,
    message: post.id,
    at: post.timestamp ?? snowflakeTime(post.id),
  };
}

/** Discord takes 25 characters. */
function nonceOf(text: string): string {
  return hash("sha256", text, "base64url").slice(0, limits.NONCE - 1);
}
