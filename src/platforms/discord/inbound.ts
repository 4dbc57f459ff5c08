// Dispatches and stored messages → ChatEvents. Pure: whoever calls has already found the place. Null means: not ours to hear.
import type { Author, DeletedEvent, EditedEvent, MessageEvent, ReactionEvent } from "../../domain/events.ts";
import type { FileRef, Instant, MessageRef } from "../../domain/words.ts";
import type { Place } from "./atlas.ts";
import { shortName } from "./emoji.ts";
import { FRESH_ACCOUNT_MS, FRESH_MEMBER_MS } from "./limits.ts";
import type { MemberPayload, MessagePayload, ReactionPayload, UserPayload } from "./payloads.ts";
import { type Names, plainText } from "./plain.ts";
import { snowflakeTime } from "./snowflake.ts";

/** A person's own words: a message, or a reply to one. Every other type is the system's, or an answer to a command. */
const SPOKEN = new Set([0, 19]);
/** An app's answer to a command somebody used: a form of another app, if the policy allows that app. */
const ANSWER = 20;
/** message_reference.type of a forwarded message. */
const FORWARD = 1;

/** What the conversion needs to know of the world around a payload. */
export interface Around {
  /** The bot's user id. */
  self: string;
  /** The roles Discord made for the bot: mentioning one is mentioning it. */
  ownRoles: ReadonlySet<string>;
  roleName(id: string): string | null;
  channelName(id: string): string | null;
}

/** Where a message stands. A thread is not a channel of ours: it is the thread of its parent. */
export function refOf(place: Place, message: string): MessageRef {
  return {
    platform: "discord",
    workspace: place.guild,
    channel: place.channel,
    thread: place.thread?.id ?? null,
    message,
  };
}

export function authorOf(
  workspace: string,
  user: UserPayload,
  member: MemberPayload | undefined,
  at: Instant,
  bot = user.bot,
): Author {
  const joined = member?.joined_at ?? null;
  return {
    platform: "discord",
    workspace,
    id: user.id,
    name: nameOf(user, member),
    bot,
    external: false,
    company: null,
    fresh:
      at - snowflakeTime(user.id) < FRESH_ACCOUNT_MS || (joined !== null && at - joined < FRESH_MEMBER_MS),
  };
}

/** The name shown in that guild. */
export function nameOf(user: UserPayload, member: MemberPayload | undefined): string {
  return member?.nick ?? user.global_name ?? user.username;
}

/** A message somebody wrote; null for our own, and for the system's. */
export function messageEvent(raw: MessagePayload, place: Place, around: Around): MessageEvent | null {
  const spoken = SPOKEN.has(raw.type) || (raw.type === ANSWER && raw.author.bot);
  if (!spoken || raw.author.id === around.self) return null;
  const at = raw.timestamp ?? snowflakeTime(raw.id);
  const { text, mentions, mentionsBot } = read(raw, around);
  const forumPost = place.forum && place.thread?.id === raw.id;
  const replyTo =
    raw.message_reference && raw.message_reference.type !== FORWARD ? raw.message_reference.message_id : null;
  const root = place.thread && place.thread.id !== raw.id ? place.thread.id : replyTo;
  return {
    kind: "message",
    where: refOf(place, raw.id),
    at,
    author: messageAuthor(raw, place, at),
    text,
    mentions,
    mentionsBot,
    files: filesOf(raw),
    replyTo,
    ...(root ? { rootAt: snowflakeTime(root) } : {}),
    forumPost,
    title: forumPost ? (place.thread?.name ?? null) : null,
    ...(place.direct ? { direct: true } : {}),
    ...(isApp(raw) ? { app: raw.application_id, madeFor: raw.interaction_metadata?.user.id ?? null } : {}),
  };
}

/** An edit of a text. Null when nothing was edited: a link that unfolds, a pin or a new thread also arrive as updates. */
export function editedEvent(raw: MessagePayload, place: Place, around: Around): EditedEvent | null {
  if (raw.edited_timestamp === null) return null;
  if (!SPOKEN.has(raw.type) || raw.author.id === around.self) return null;
  return {
    kind: "edited",
    where: refOf(place, raw.id),
    at: raw.edited_timestamp,
    author: messageAuthor(raw, place, raw.timestamp ?? raw.edited_timestamp),
    text: read(raw, around).text,
  };
}

/** Deletions carry no time of their own: `at` is when we heard of it. */
export function deletedEvent(place: Place, message: string, at: Instant): DeletedEvent {
  return { kind: "deleted", where: refOf(place, message), at };
}

/** A reaction of somebody else; `name` is what they were called last, for removals do not say. */
export function reactionEvent(
  raw: ReactionPayload,
  place: Place,
  added: boolean,
  at: Instant,
  around: Around,
  name: string | null,
): ReactionEvent | null {
  if (raw.user_id === around.self) return null;
  const user = raw.member?.user ?? {
    id: raw.user_id,
    username: name ?? raw.user_id,
    global_name: null,
    bot: false,
  };
  return {
    kind: "reaction",
    where: refOf(place, raw.message_id),
    at,
    by: authorOf(place.guild, user, raw.member, at),
    emoji: shortName(raw.emoji),
    added,
    target: null,
  };
}

/** Webhooks speak for integrations, whatever name and picture they wear. */
function messageAuthor(raw: MessagePayload, place: Place, at: Instant): Author {
  return authorOf(place.guild, raw.author, raw.member, at, isApp(raw));
}

function isApp(raw: MessagePayload): boolean {
  return raw.author.bot || raw.webhook_id !== null;
}

/** Apps say in embeds what people say in words; of people's own they are only unfolded links. */
function embedded(raw: MessagePayload): string[] {
  if (!isApp(raw)) return [];
  return raw.embeds.flatMap(({ title, description, fields }) => [
    ...(title ? [title] : []),
    ...(description ? [description] : []),
    ...fields.map(({ name, value }) => `${name}: ${value}`),
  ]);
}

function filesOf(raw: MessagePayload): FileRef[] {
  const forwarded = raw.message_snapshots.flatMap((snapshot) => snapshot.message.attachments);
  return [...raw.attachments, ...forwarded].map((file) => ({
    name: file.filename,
    mime: file.content_type ?? "application/octet-stream",
    bytes: file.size,
  }));
}

function read(
  raw: MessagePayload,
  around: Around,
): { text: string; mentions: string[]; mentionsBot: boolean } {
  const people = new Map(
    [...raw.mentions, ...raw.message_snapshots.flatMap((snapshot) => snapshot.message.mentions)].map(
      (user) => [user.id, nameOf(user, user.member)],
    ),
  );
  const names: Names = {
    user: (id) => people.get(id) ?? null,
    role: (id) => around.roleName(id),
    channel: (id) => around.channelName(id),
  };
  const own = plainText([raw.content, ...embedded(raw)].filter((part) => part !== "").join("\n"), names);
  const forwarded = raw.message_snapshots.map((snapshot) => plainText(snapshot.message.content, names).text);
  return {
    text: [own.text, ...forwarded].filter((part) => part !== "").join("\n"),
    mentions: own.mentions,
    mentionsBot: own.mentions.includes(around.self) || own.roles.some((role) => around.ownRoles.has(role)),
  };
}
