// Slack's events as ChatEvents. Pure: names are filled in afterwards (`withNames`), targets fetched by index.ts.
import { z } from "zod";
import type { Author, ChatEvent, MessageEvent } from "../../domain/events.ts";
import type { FileRef, Instant, MessageRef } from "../../domain/words.ts";
import { markupOfBlocks } from "./blocks-text.ts";
import { type Names, namedIn, plainText } from "./plain.ts";

/** Who we are, as auth.test says. */
export interface Self {
  workspace: string;
  enterprise: string | null;
  botUser: string;
  botId: string;
}

const text = z.string().optional().catch(undefined);
const part = z.object({ text, fallback: text });

/** A message as it stands in events, in history and in interactive payloads; only what is read. */
export const slackMessage = z.object({
  ts: z.string(),
  subtype: text,
  user: text,
  bot_id: text,
  username: text,
  text,
  thread_ts: text,
  team: text,
  user_team: text,
  source_team: text,
  app_id: text,
  bot_profile: z.object({ name: text, app_id: text }).optional().catch(undefined),
  blocks: z.array(z.unknown()).optional().catch(undefined),
  files: z
    .array(z.object({ name: text, mimetype: text, size: z.number().optional().catch(undefined) }))
    .optional()
    .catch(undefined),
  attachments: z.array(part).optional().catch(undefined),
  edited: z.object({ ts: z.string() }).optional().catch(undefined),
  reply_count: z.number().optional().catch(undefined),
  latest_reply: text,
  metadata: z
    .object({ event_type: z.string(), event_payload: z.object({ key: text }) })
    .optional()
    .catch(undefined),
});
export type SlackMessage = z.infer<typeof slackMessage>;

const placed = z.object({ channel: z.string(), channel_type: text, event_ts: text });
const changed = z.object({
  message: slackMessage,
  previous_message: slackMessage.optional().catch(undefined),
});
const deleted = z.object({
  deleted_ts: z.string(),
  previous_message: slackMessage.optional().catch(undefined),
});
const reaction = z.object({
  user: z.string(),
  reaction: z.string(),
  event_ts: z.string(),
  item: z.object({ type: z.literal("message"), channel: z.string(), ts: z.string() }),
});
const membership = z.object({ user: z.string(), channel: z.string() });
const envelope = z.object({
  event: z.looseObject({ type: z.string(), subtype: text }),
  /** The installation the event is for. In Slack Connect it is ours, whoever wrote. */
  authorizations: z
    .array(z.object({ team_id: text }))
    .optional()
    .catch(undefined),
});

/** A ChatEvent whose texts are still Slack's markup and whose authors may lack a name: not for the core yet. */
export interface Unnamed {
  event: ChatEvent;
}

export type Reading =
  | ({ kind: "chat" } & Unnamed)
  | { kind: "membership"; channel: string; user: string }
  | { kind: "ignored"; why: string };

const ignored = (why: string): Reading => ({ kind: "ignored", why });

/** `1700000000.123456` in milliseconds. Not a multiplication of the whole: the last digits would drift. */
export function instantOf(ts: string): Instant {
  const [seconds = "0", micros = "0"] = ts.split(".");
  return Number(seconds) * 1000 + Math.floor(Number(micros.padEnd(6, "0").slice(0, 6)) / 1000);
}

/** Milliseconds as the oldest ts of that millisecond. */
export function tsOf(instant: Instant): string {
  return `${Math.floor(instant / 1000)}.${String(instant % 1000).padStart(3, "0")}000`;
}

/** What people write. Every other subtype (joins, topics, pins, huddles, reminders …) is Slack talking. */
const SPOKEN = new Set([undefined, "file_share", "thread_broadcast", "bot_message", "me_message"]);

/** Whether the bot itself wrote it. */
export function isOwn(message: Pick<SlackMessage, "user" | "bot_id">, self: Self): boolean {
  return message.user === self.botUser || (message.bot_id !== undefined && message.bot_id === self.botId);
}

export function isSpoken(message: SlackMessage): boolean {
  return SPOKEN.has(message.subtype);
}

/** `team` is the author's in Slack Connect; a Grid organisation's own id is not another company. */
export function companyOf(team: string | null | undefined, self: Self): string | null {
  return !team || team === self.workspace || team === self.enterprise ? null : team;
}

export function authorOf(message: SlackMessage, self: Self): Author {
  const company = companyOf(message.user_team ?? message.source_team ?? message.team, self);
  return {
    platform: "slack",
    workspace: self.workspace,
    id: message.user ?? message.bot_id ?? "unknown",
    name: message.username ?? message.bot_profile?.name ?? "",
    bot: message.bot_id !== undefined || message.subtype === "bot_message" || message.user === "USLACKBOT",
    external: company !== null,
    company,
    fresh: false,
  };
}

/** A thread's root carries its own ts as thread_ts; it stands at top level. */
export function whereOf(message: SlackMessage, channel: string, self: Self): MessageRef {
  const thread =
    message.thread_ts === undefined || message.thread_ts === message.ts ? null : message.thread_ts;
  return { platform: "slack", workspace: self.workspace, channel, thread, message: message.ts };
}

/** Workflow forms and integrations often leave `text` empty and say it in blocks or attachments. */
function markupOf(message: SlackMessage): string {
  if (message.text) return message.text;
  const attached = (message.attachments ?? []).map((one) => one.text ?? one.fallback ?? "");
  return [markupOfBlocks(message.blocks ?? []), ...attached].filter((part) => part !== "").join("\n");
}

function fileOf(file: {
  name?: string | undefined;
  mimetype?: string | undefined;
  size?: number | undefined;
}): FileRef {
  return {
    name: file.name ?? "file",
    mime: file.mimetype ?? "application/octet-stream",
    bytes: file.size ?? 0,
  };
}

/** Any message as an event; whether it counts is the caller's to decide. */
export function messageEvent(message: SlackMessage, channel: string, self: Self): MessageEvent {
  const markup = markupOf(message);
  const { people } = namedIn(markup);
  const where = whereOf(message, channel, self);
  return {
    kind: "message",
    where,
    at: instantOf(message.ts),
    author: authorOf(message, self),
    text: markup,
    mentions: people.filter((id) => id !== self.botUser),
    mentionsBot: people.includes(self.botUser),
    files: (message.files ?? []).map(fileOf),
    replyTo: null,
    ...(where.thread === null ? {} : { rootAt: instantOf(where.thread) }),
    forumPost: false,
    title: null,
    ...(message.bot_id === undefined ? {} : { app: message.app_id ?? message.bot_profile?.app_id ?? null }),
  };
}

/**
 * The events one stored message stands for: posted, then edited. Empty for what the bot or Slack itself said.
 * A thread's root that was deleted stays as a `tombstone`.
 */
export function eventsOf(message: SlackMessage, channel: string, self: Self, now: Instant): ChatEvent[] {
  if (isOwn(message, self)) return [];
  if (message.subtype === "tombstone")
    return [{ kind: "deleted", where: whereOf(message, channel, self), at: now }];
  if (!isSpoken(message)) return [];
  const posted = messageEvent(message, channel, self);
  if (!message.edited) return [posted];
  const { where, author, text: markup } = posted;
  return [posted, { kind: "edited", where, at: instantOf(message.edited.ts), author, text: markup }];
}

/** Half of what comes is our own, with all its blocks: told by its author, before the rest is read. */
const authored = z.object({ ts: z.string(), user: text, bot_id: text });

function readMessage(raw: unknown, channel: string, self: Self): Reading {
  const author = authored.safeParse(raw);
  if (author.success && isOwn(author.data, self)) return ignored("our own post");
  const message = slackMessage.safeParse(raw);
  if (!message.success) return ignored("a message without a ts");
  if (!isSpoken(message.data)) return ignored(`subtype ${message.data.subtype}`);
  return { kind: "chat", event: messageEvent(message.data, channel, self) };
}

function asDirect(reading: Reading, direct: boolean): Reading {
  if (!direct || reading.kind !== "chat" || reading.event.kind !== "message") return reading;
  return { kind: "chat", event: { ...reading.event, direct: true } };
}

function readChanged(raw: unknown, channel: string, eventTs: string | undefined, self: Self): Reading {
  const read = changed.safeParse(raw);
  if (!read.success) return ignored("a change without its message");
  const { message, previous_message: before } = read.data;
  if (isOwn(message, self) || (before && isOwn(before, self))) return ignored("our own post");
  const where = whereOf(before?.thread_ts ? before : message, channel, self);
  if (message.subtype === "tombstone")
    return { kind: "chat", event: { kind: "deleted", where, at: instantOf(eventTs ?? message.ts) } };
  if (!isSpoken(message)) return ignored(`subtype ${message.subtype}`);
  // Unfurled links, new replies and pins arrive as changes too, without `edited` or with the text as it was.
  if (!message.edited) return ignored("no edit by a person");
  if (before && markupOf(before) === markupOf(message)) return ignored("the same text");
  return {
    kind: "chat",
    event: {
      kind: "edited",
      where,
      at: instantOf(message.edited.ts),
      author: authorOf(message, self),
      text: markupOf(message),
    },
  };
}

function readDeleted(raw: unknown, channel: string, eventTs: string | undefined, self: Self): Reading {
  const read = deleted.safeParse(raw);
  if (!read.success) return ignored("a deletion without its ts");
  const { deleted_ts: ts, previous_message: before } = read.data;
  if (before && isOwn(before, self)) return ignored("our own post");
  const where = whereOf({ ...before, ts }, channel, self);
  return { kind: "chat", event: { kind: "deleted", where, at: instantOf(eventTs ?? ts) } };
}

function readReaction(raw: unknown, added: boolean, self: Self): Reading {
  const read = reaction.safeParse(raw);
  if (!read.success) return ignored("a reaction to something else than a message");
  const { user, item } = read.data;
  if (user === self.botUser) return ignored("our own reaction");
  const by = authorOf({ ts: item.ts, user }, self);
  // The payload does not say which thread the message stands in.
  const where = whereOf({ ts: item.ts }, item.channel, self);
  const emoji = read.data.reaction.replace(/::skin-tone-\d$/, "");
  const at = instantOf(read.data.event_ts);
  return { kind: "chat", event: { kind: "reaction", where, at, by, emoji, added, target: null } };
}

/** Reads the body of an events delivery. Never throws: what it does not know is ignored, with the reason. */
export function readEvent(body: unknown, self: Self): Reading {
  const outer = envelope.safeParse(body);
  if (!outer.success) return ignored("no event inside");
  const { event, authorizations } = outer.data;
  // An app installed in several workspaces gets the events of all of them at one address; this bot is in one.
  if (companyOf(authorizations?.[0]?.team_id, self) !== null) return ignored("an event of another workspace");
  switch (event.type) {
    case "message": {
      const place = placed.safeParse(event);
      if (!place.success) return ignored("a message without a channel");
      const { channel, channel_type: type, event_ts: eventTs } = place.data;
      // Talks of several people with the bot among them: whose request it would be nobody can tell.
      if (type === "mpim") return ignored("a group's direct message");
      if (event.subtype === "message_changed") return readChanged(event, channel, eventTs, self);
      if (event.subtype === "message_deleted") return readDeleted(event, channel, eventTs, self);
      return asDirect(readMessage(event, channel, self), type === "im");
    }
    // The same message arrives as `message` with the same channel and ts, hence the same seen key.
    case "app_mention":
      return ignored("a mention repeats its message");
    case "reaction_added":
      return readReaction(event, true, self);
    case "reaction_removed":
      return readReaction(event, false, self);
    case "member_joined_channel":
    case "member_left_channel": {
      const read = membership.safeParse(event);
      return read.success ? { kind: "membership", ...read.data } : ignored("a membership without a channel");
    }
    default:
      return ignored(`event ${event.type}`);
  }
}

/** Whose names an event needs before the core may see it. */
export function namesNeeded(event: ChatEvent): { people: string[]; channels: string[] } {
  switch (event.kind) {
    case "message":
    case "edited": {
      const { people, channels } = namedIn(event.text);
      return { people: [event.author.id, ...people], channels };
    }
    case "reaction": {
      const inner = event.target ? namesNeeded(event.target) : { people: [], channels: [] };
      return { people: [event.by.id, ...inner.people], channels: inner.channels };
    }
    case "deleted":
      return { people: [], channels: [] };
    default:
      return event satisfies never;
  }
}

export function named(author: Author, names: Names): Author {
  const name = names.person(author.id) ?? author.name;
  return { ...author, name: name === "" ? author.id : name };
}

export function messageWithNames(event: MessageEvent, names: Names): MessageEvent {
  return { ...event, author: named(event.author, names), text: plainText(event.text, names) };
}

/** The event as the core gets it: markup undone, authors named. */
export function withNames(event: ChatEvent, names: Names): ChatEvent {
  switch (event.kind) {
    case "message":
      return messageWithNames(event, names);
    case "edited":
      return { ...event, author: named(event.author, names), text: plainText(event.text, names) };
    case "reaction": {
      const target = event.target ? messageWithNames(event.target, names) : null;
      return { ...event, by: named(event.by, names), target };
    }
    case "deleted":
      return event;
    default:
      return event satisfies never;
  }
}
