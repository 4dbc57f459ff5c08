// Messages come, change and go: kept in the guild, told to the bot's gateway and to whoever watches.
import type { Happening } from "../world.ts";
import type { AllowedMentions, Upload } from "./check-message.ts";
import type { Json } from "./errors.ts";
import { type Gateway, Intent } from "./gateway.ts";
import {
  type Attachment,
  type Channel,
  type Component,
  type Embed,
  type Emoji,
  Flag,
  type Message,
  MessageType,
  type User,
} from "./model.ts";
import { Permission } from "./permissions.ts";
import type { Reader } from "./plain.ts";
import { isShown, shownMessage } from "./show.ts";
import { snowflakeTime } from "./snowflake.ts";
import type { Guild } from "./state.ts";
import { emojiKey, memberJson, messageEventJson, threadJson, threadMemberJson } from "./wire.ts";

const NOTHING: readonly never[] = Object.freeze([]);

/** What everything in this folder works on: the guild, the bot's connection, the watchers. */
export interface Discord {
  guild: Guild;
  gateway: Gateway;
  timezone: string;
  /** Where uploads are served from, without a trailing slash. */
  filesUrl(): string;
  watchers: Set<(happening: Happening) => void>;
  files: Map<string, Attachment>;
}

export function tell(discord: Discord, happening: Happening): void {
  for (const watcher of discord.watchers) watcher(happening);
}

/** The reader a message is shown to: its only reader, or everybody (the sandbox's zone, a 24-hour clock). */
export function readerOf(discord: Discord, user: User | null): Reader {
  return {
    timezone: user?.timezone ?? discord.timezone,
    locale: user?.locale ?? "en-GB",
    now: discord.guild.clock.now(),
  };
}

/** Tells watchers about a message; costs nothing when nobody watches. */
export function tellMessage(discord: Discord, kind: "posted" | "edited" | "deleted", message: Message): void {
  if (discord.watchers.size === 0 || !isShown(message)) return;
  const reader = readerOf(discord, message.onlyFor ?? message.channel.recipient);
  tell(discord, { kind, message: shownMessage(discord.guild, message, reader) });
}

export interface Post {
  author: User;
  channel: Channel;
  content?: string;
  embeds?: readonly Embed[];
  components?: readonly Component[];
  uploads?: readonly Upload[];
  describe?: (upload: Upload) => string | null;
  flags?: number;
  type?: number;
  reference?: Message | null;
  nonce?: string | number | null;
  /** Null: as a person's client sends, everything mentions. */
  allowedMentions?: AllowedMentions | null;
  interaction?: Message["interaction"];
  onlyFor?: User | null;
  /** The first message of a forum post has the thread's id. */
  id?: string;
}

/** Keeps a new message and tells everybody. All checks were made before. */
export function post(discord: Discord, from: Post): Message {
  const { guild } = discord;
  const { channel, author } = from;
  const content = from.content ?? "";
  const thread = channel.thread;
  const type = from.type ?? (from.reference ? MessageType.reply : MessageType.plain);
  const id = from.id ?? guild.nextId();
  const message: Message = {
    id,
    at: snowflakeTime(id),
    channel,
    author,
    type,
    content,
    flags: from.flags ?? 0,
    embeds: from.embeds ?? NOTHING,
    components: from.components ?? NOTHING,
    attachments: attach(discord, channel, from.uploads ?? NOTHING, from.describe),
    reactions: null,
    ...mentionsOf(discord, from, content),
    editedAt: null,
    nonce: from.nonce ?? null,
    reference: from.reference ?? null,
    thread: null,
    position: thread ? thread.totalSent : null,
    interaction: from.interaction ?? null,
    onlyFor: from.onlyFor ?? null,
    deleted: false,
  };
  guild.keep(message);
  if (thread && !message.onlyFor) countIn(discord, message);
  if (!message.onlyFor) dispatchMessage(discord, "MESSAGE_CREATE", message);
  tellMessage(discord, "posted", message);
  return message;
}

function countIn(discord: Discord, message: Message): void {
  const { channel, author, type } = message;
  const thread = channel.thread;
  if (!thread) return;
  if (type !== MessageType.threadStarter && message.id !== channel.id) {
    thread.messageCount += 1;
    thread.totalSent += 1;
  }
  for (const id of [author.id, ...message.mentions]) joinThread(discord, channel, id);
}

/** Makes somebody a member of a thread; the bot is told only of itself. */
export function joinThread(discord: Discord, channel: Channel, user: string): void {
  const { guild, gateway } = discord;
  if (!channel.thread || channel.thread.members.has(user)) return;
  const now = guild.clock.now();
  const { members } = channel.thread;
  members.set(user, now);
  if (user !== guild.bot.id) return;
  if (channel.type === 12) {
    gateway.dispatch("THREAD_CREATE", Intent.guilds, () => threadJson(guild, channel));
  }
  gateway.dispatch("THREAD_MEMBERS_UPDATE", Intent.guilds, () => ({
    id: channel.id,
    guild_id: guild.guild,
    member_count: Math.min(50, members.size),
    added_members: [
      { ...threadMemberJson(channel, user, now), member: memberJson(guild.bot), presence: null },
    ],
  }));
}

function attach(
  discord: Discord,
  channel: Channel,
  uploads: readonly Upload[],
  describe?: (upload: Upload) => string | null,
): readonly Attachment[] {
  if (uploads.length === 0) return NOTHING;
  return uploads.map((upload) => {
    const id = discord.guild.nextId();
    const made: Attachment = {
      id,
      filename: upload.name,
      size: upload.bytes.byteLength,
      contentType: upload.mime,
      description: describe?.(upload) ?? null,
      url: `${discord.filesUrl()}/${channel.id}/${id}/${encodeURIComponent(upload.name)}`,
      bytes: upload.bytes,
    };
    discord.files.set(id, made);
    return made;
  });
}

/** Who is mentioned: what is written, as far as `allowed_mentions` lets it, and the author of a message replied to. */
function mentionsOf(
  discord: Discord,
  from: Pick<Post, "author" | "channel" | "allowedMentions" | "reference">,
  content: string,
): Pick<Message, "mentions" | "mentionRoles" | "mentionEveryone"> {
  const { guild } = discord;
  const allowed = from.allowedMentions ?? null;
  const replied = from.reference?.author.id;
  const mentionsReplied = replied !== undefined && (allowed === null || allowed.repliedUser);
  if (!content.includes("<@") && !content.includes("@")) {
    return {
      mentions: mentionsReplied ? [replied] : NOTHING,
      mentionRoles: NOTHING,
      mentionEveryone: false,
    };
  }
  const bare = content.replaceAll(/```[\s\S]*?```|`[^`\n]+`|\\[^0-9A-Za-z\s]/g, " ");
  const may = (kind: "users" | "roles", id: string): boolean =>
    allowed === null || allowed.parse.includes(kind) || allowed[kind].includes(id);
  const users = new Set<string>();
  for (const [, id = ""] of bare.matchAll(/<@!?(\d+)>/g)) {
    if (guild.users.has(id) && may("users", id)) users.add(id);
  }
  if (mentionsReplied) users.add(replied);
  const roles = new Set<string>();
  for (const [, id = ""] of bare.matchAll(/<@&(\d+)>/g)) {
    if (guild.roles.has(id) && may("roles", id)) roles.add(id);
  }
  const everyone =
    /@(everyone|here)\b/.test(bare) &&
    (allowed === null || allowed.parse.includes("everyone")) &&
    guild.can(from.author, from.channel, Permission.mentionEveryone);
  return { mentions: [...users], mentionRoles: [...roles], mentionEveryone: everyone };
}

export interface Change {
  content?: string | undefined;
  embeds?: readonly Embed[] | undefined;
  components?: readonly Component[] | undefined;
  flags?: number | undefined;
  /** The attachments that stay. */
  keep?: readonly Attachment[] | undefined;
  uploads?: readonly Upload[] | undefined;
  allowedMentions?: AllowedMentions | null;
  /** False for changes Discord makes itself, such as an embed of a link. */
  marksEdited?: boolean;
}

/** Changes a message and tells everybody. A loading answer becomes a posted one. */
export function change(discord: Discord, message: Message, to: Change): void {
  const wasLoading = (message.flags & Flag.loading) !== 0;
  message.flags &= ~Flag.loading;
  if (to.content !== undefined) {
    message.content = to.content;
    const from = {
      author: message.author,
      channel: message.channel,
      reference: message.reference,
      allowedMentions: to.allowedMentions ?? null,
    };
    Object.assign(message, mentionsOf(discord, from, to.content));
  }
  if (to.embeds) message.embeds = to.embeds;
  if (to.components) message.components = to.components;
  if (to.flags !== undefined) {
    const mine = Flag.suppressEmbeds | Flag.componentsV2;
    message.flags = (message.flags & ~Flag.suppressEmbeds) | (to.flags & mine);
  }
  if (to.keep || to.uploads?.length) {
    const added = attach(discord, message.channel, to.uploads ?? NOTHING);
    message.attachments = [...(to.keep ?? message.attachments), ...added];
  }
  if (to.marksEdited !== false && !wasLoading) message.editedAt = discord.guild.clock.now();
  if (!message.onlyFor) dispatchMessage(discord, "MESSAGE_UPDATE", message);
  tellMessage(discord, wasLoading ? "posted" : "edited", message);
}

/** Deletes messages of one channel; more than one at a time is one MESSAGE_DELETE_BULK. */
export function remove(discord: Discord, channel: Channel, messages: readonly Message[]): void {
  const { guild, gateway } = discord;
  const open = messages.filter((message) => !message.onlyFor);
  for (const message of messages) {
    message.deleted = true;
    for (const { id } of message.attachments) discord.files.delete(id);
    if (channel.thread && message.id !== channel.id) channel.thread.messageCount -= 1;
  }
  const where = { channel_id: channel.id, ...(channel.recipient ? {} : { guild_id: guild.guild }) };
  if (open.length === 1 && canSee(discord, channel)) {
    const only = open[0];
    gateway.dispatch("MESSAGE_DELETE", intentOf(channel), () => ({ id: only?.id, ...where }));
  } else if (open.length > 1 && canSee(discord, channel)) {
    gateway.dispatch("MESSAGE_DELETE_BULK", intentOf(channel), () => ({
      ids: open.map(({ id }) => id),
      ...where,
    }));
  }
  for (const message of messages) tellMessage(discord, "deleted", message);
}

/** Adds or takes a reaction; false when it already was so. */
export function react(discord: Discord, message: Message, user: User, emoji: Emoji, added: boolean): boolean {
  const { guild, gateway } = discord;
  const { channel } = message;
  const key = emojiKey(emoji);
  message.reactions ??= new Map();
  const known = message.reactions.get(key);
  if (added === (known?.users.has(user.id) ?? false)) return false;
  if (added) {
    const reaction = known ?? { emoji, users: new Set<string>() };
    reaction.users.add(user.id);
    message.reactions.set(key, reaction);
  } else if (known) {
    known.users.delete(user.id);
    if (known.users.size === 0) message.reactions.delete(key);
  }
  const intent = channel.recipient ? Intent.directMessageReactions : Intent.guildMessageReactions;
  if (canSee(discord, channel)) {
    gateway.dispatch(added ? "MESSAGE_REACTION_ADD" : "MESSAGE_REACTION_REMOVE", intent, () => {
      const json: Json = {
        user_id: user.id,
        channel_id: channel.id,
        message_id: message.id,
        emoji,
        burst: false,
        type: 0,
      };
      if (!channel.recipient) json.guild_id = guild.guild;
      if (!added) return json;
      json.message_author_id = message.author.id;
      if (!channel.recipient) json.member = memberJson(user);
      return json;
    });
  }
  const place = channel.parent ?? channel;
  tell(discord, { kind: "reacted", channel: place.id, message: message.id, by: user.id, emoji: key, added });
  return true;
}

function intentOf(channel: Channel): number {
  return channel.recipient ? Intent.directMessages : Intent.guildMessages;
}

export function canSee(discord: Discord, channel: Channel): boolean {
  return discord.guild.can(discord.guild.bot, channel, Permission.viewChannel);
}

/** Sends a message event; without the content intent, only what is the bot's own or meant for it can be read. */
export function dispatchMessage(
  discord: Discord,
  t: "MESSAGE_CREATE" | "MESSAGE_UPDATE",
  message: Message,
): void {
  const { guild, gateway } = discord;
  const { channel } = message;
  if (!canSee(discord, channel)) return;
  const concernsBot =
    message.author === guild.bot || channel.recipient !== null || message.mentions.includes(guild.bot.id);
  gateway.dispatch(t, intentOf(channel), (content) =>
    messageEventJson(guild, message, { content: content || concernsBot }),
  );
}
