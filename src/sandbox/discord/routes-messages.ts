// Messages and reactions. https://docs.discord.com/developers/resources/message
import { checkMessage } from "./check-message.ts";
import { invalidForm, refuse } from "./errors.ts";
import { applyEdit } from "./interactions.ts";
import {
  type Channel,
  ChannelType,
  type Emoji,
  isSystem,
  type Message,
  MessageType,
  type User,
} from "./model.ts";
import { Permission as P } from "./permissions.ts";
import { type Discord, post, react, remove } from "./posting.ts";
import type { Call, Router } from "./router.ts";
import { isSnowflake } from "./snowflake.ts";
import { placeOf } from "./state.ts";
import { wake } from "./threads.ts";
import { emojiKey, messageJson, userJson } from "./wire.ts";

export interface RestContext {
  discord: Discord;
  /** Whether the application may read message content at all. */
  content: boolean;
  /** Nonces of the last minutes, with their messages. */
  nonces: Map<string, Message>;
  /** How many edits of old messages a channel takes, within how many real ms; null: any number. */
  oldEdits: { count: number; perMs: number } | null;
  /** Edits of old messages within the last `perMs`, by channel. */
  editing: Map<Channel, number>;
  /** Threads that may be open at a time. */
  activeThreads: number;
}

const NONCE_LIFE_MS = 5 * 60_000;
const OLD_MS = 60 * 60_000;
/** Bulk delete takes no messages older than two weeks. */
const PURGED_WITHIN_MS = 14 * 24 * 60 * 60_000;

export function messageRoutes(router: Router, context: RestContext): void {
  const { discord } = context;
  const { guild } = discord;
  const json = (message: Message): unknown =>
    messageJson(guild, message, {
      content: context.content || message.author === guild.bot || message.channel.recipient !== null,
    });

  router.add("GET", "/channels/:channel/messages", (call) => {
    const channel = visibleChannel(discord, call);
    if (channel.type === ChannelType.forum) throw refuse.notATextChannel();
    if (!guild.can(guild.bot, channel, P.readMessageHistory)) return [];
    return page(channel, call.query).map(json);
  });
  router.add("GET", "/channels/:channel/messages/:message", (call) => {
    const channel = visibleChannel(discord, call);
    demand(discord, channel, P.readMessageHistory);
    return json(messageIn(discord, channel, call));
  });
  router.add("POST", "/channels/:channel/messages", (call) => json(create(context, call)));
  router.add("PATCH", "/channels/:channel/messages/:message", (call) => {
    const channel = visibleChannel(discord, call);
    const message = messageIn(discord, channel, call);
    if (message.author !== guild.bot) throw refuse.notTheAuthor();
    if (isSystem(message)) throw refuse.systemMessage();
    refuseArchived(channel);
    spendOldEdit(context, message);
    demandExtras(discord, channel, call);
    applyEdit(discord, message, call.body, call.uploads);
    return json(message);
  });
  router.add("DELETE", "/channels/:channel/messages/:message", (call) => {
    const channel = visibleChannel(discord, call);
    const message = messageIn(discord, channel, call);
    if (message.author !== guild.bot) demandModerator(discord, channel);
    if (!isDeletable(message)) throw refuse.systemMessage();
    refuseArchived(channel);
    remove(discord, channel, [message]);
  });
  router.add("POST", "/channels/:channel/messages/bulk-delete", (call) => {
    const channel = visibleChannel(discord, call);
    demandModerator(discord, channel);
    const ids = Array.isArray(call.body.messages) ? call.body.messages.map(String) : [];
    if (ids.length < 2 || ids.length > 100) throw refuse.bulkCount();
    const messages = ids.flatMap((id) => guild.messages.get(id) ?? []);
    const there = messages.filter((message) => message.channel === channel && !message.deleted);
    if (!there.every(isDeletable)) throw refuse.systemMessage();
    if (there.some(({ at }) => guild.clock.now() - at > PURGED_WITHIN_MS)) throw refuse.tooOldToPurge();
    remove(discord, channel, there);
  });
  router.add("POST", "/channels/:channel/typing", (call) => {
    const channel = visibleChannel(discord, call);
    demandSend(discord, channel);
  });
  reactionRoutes(router, discord);
}

/**
 * 30046. Discord tells no numbers; measured by others: bursts in one channel meet it (about three within twenty seconds),
 * an edit every ten seconds for an hour does not.
 */
function spendOldEdit(context: RestContext, message: Message): void {
  const { oldEdits, editing, discord } = context;
  if (!oldEdits || discord.guild.clock.now() - message.at <= OLD_MS) return;
  const spent = editing.get(message.channel) ?? 0;
  if (spent >= oldEdits.count) throw refuse.oldEdits(oldEdits.perMs);
  editing.set(message.channel, spent + 1);
  setTimeout(
    () => editing.set(message.channel, (editing.get(message.channel) ?? 1) - 1),
    oldEdits.perMs,
  ).unref();
}

/** Embeds and files need permissions of their own. */
function demandExtras(discord: Discord, channel: Channel, call: Call): void {
  const { embeds, tts } = call.body;
  if (call.uploads.length > 0) demand(discord, channel, P.attachFiles);
  if (Array.isArray(embeds) && embeds.length > 0) demand(discord, channel, P.embedLinks);
  if (tts === true) demand(discord, channel, P.sendTtsMessages);
}

function reactionRoutes(router: Router, discord: Discord): void {
  const { guild } = discord;
  const base = "/channels/:channel/messages/:message/reactions/:emoji";
  const target = (call: Call): { message: Message; emoji: Emoji } => {
    const channel = visibleChannel(discord, call);
    const emoji = parseEmoji(call.params.emoji ?? "");
    demand(discord, channel, P.readMessageHistory);
    return { message: messageIn(discord, channel, call), emoji };
  };
  router.add("PUT", `${base}/@me`, (call) => {
    const { message, emoji } = target(call);
    refuseArchived(message.channel);
    if (!message.reactions?.has(emojiKey(emoji))) demand(discord, message.channel, P.addReactions);
    react(discord, message, guild.bot, emoji, true);
  });
  router.add("DELETE", `${base}/@me`, (call) => {
    const { message, emoji } = target(call);
    refuseArchived(message.channel);
    react(discord, message, guild.bot, emoji, false);
  });
  router.add("DELETE", `${base}/:user`, (call) => {
    const { message, emoji } = target(call);
    demandModerator(discord, message.channel);
    const user = guild.users.get(call.params.user ?? "");
    if (!user) throw refuse.unknownUser();
    react(discord, message, user, emoji, false);
  });
  router.add("GET", base, (call) => {
    const { message, emoji } = target(call);
    const users = message.reactions?.get(emojiKey(emoji))?.users ?? [];
    return [...users]
      .map((id) => guild.users.get(id))
      .filter((user) => user !== undefined)
      .map(userJson);
  });
}

function create(context: RestContext, call: Call): Message {
  const { discord, nonces } = context;
  const { guild } = discord;
  const channel = visibleChannel(discord, call);
  if (channel.type === ChannelType.forum) throw refuse.notATextChannel();
  demandSend(discord, channel);
  if (channel.recipient && !channel.recipient.member) throw refuse.noMutualGuild();
  if (channel.recipient?.directClosed) throw refuse.cannotSendToUser();
  const body = checkMessage(call.body, call.uploads);
  demandExtras(discord, channel, call);
  const reference = body.replyTo === null || body.isForward ? null : referenced(discord, channel, body);
  // "Another message by the same author with the same nonce": whatever the channel.
  const key = body.enforceNonce && body.nonce !== null ? String(body.nonce) : null;
  if (key !== null) {
    const now = guild.clock.now();
    const known = nonces.get(key);
    if (known && now - known.at <= NONCE_LIFE_MS) return known;
    for (const [old, message] of nonces) {
      if (now - message.at <= NONCE_LIFE_MS) break;
      nonces.delete(old);
    }
  }
  wake(discord, channel, guild.bot);
  const described = new Map(body.attachments?.map((each) => [each.id, each.description]));
  const message = post(discord, {
    author: guild.bot,
    channel,
    content: body.content ?? "",
    embeds: body.embeds ?? [],
    components: body.components ?? [],
    uploads: body.uploads,
    describe: (upload) => described.get(upload.index) ?? null,
    flags: (body.flags ?? 0) & ~64,
    reference,
    nonce: body.nonce,
    allowedMentions: body.allowedMentions,
  });
  if (key !== null) nonces.set(key, message);
  return message;
}

function referenced(
  discord: Discord,
  channel: Channel,
  body: { replyTo: string | null; failIfNotExists: boolean },
): Message | null {
  demand(discord, channel, P.readMessageHistory, refuse.noHistory);
  const found = discord.guild.messages.get(body.replyTo ?? "");
  if (found && found.channel === channel && !found.deleted && !found.onlyFor) {
    if (!isSystem(found)) return found;
    const code = "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE";
    throw invalidForm(["message_reference"], code, "Cannot reply to a system message");
  }
  if (!body.failIfNotExists) return null;
  throw invalidForm(["message_reference"], "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message");
}

/** Newest first, as Discord pages; `after` gives the oldest of what follows. */
function page(channel: Channel, query: URLSearchParams): Message[] {
  const limit = Number(query.get("limit") ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw invalidForm(["limit"], "NUMBER_TYPE_MAX", "int value should be less than or equal to 100.");
  }
  const at = (name: string): number | null => {
    const id = query.get(name);
    if (id === null) return null;
    if (!isSnowflake(id)) {
      throw invalidForm([name], "NUMBER_TYPE_COERCE", `Value "${id}" is not snowflake.`);
    }
    return placeOf(channel.log, id);
  };
  const { log } = channel;
  const around = at("around");
  if (around !== null) {
    const older = take(log, around - 1, -1, Math.floor(limit / 2));
    return [...take(log, around, 1, limit - older.length).reverse(), ...older];
  }
  const after = at("after");
  if (after !== null) {
    const start = log[after]?.id === query.get("after") ? after + 1 : after;
    return take(log, start, 1, limit).reverse();
  }
  return take(log, (at("before") ?? log.length) - 1, -1, limit);
}

function take(log: readonly Message[], start: number, step: 1 | -1, limit: number): Message[] {
  const found: Message[] = [];
  for (let index = start; found.length < limit && index >= 0 && index < log.length; index += step) {
    const message = log[index];
    if (message && !message.deleted) found.push(message);
  }
  return found;
}

/** The channel of the route, if the bot may see it: 10003 or 50001 otherwise. */
export function visibleChannel(discord: Discord, call: Call): Channel {
  const id = call.params.channel ?? "";
  if (!isSnowflake(id)) {
    throw invalidForm(["channel_id"], "NUMBER_TYPE_COERCE", `Value "${id}" is not snowflake.`);
  }
  const channel = discord.guild.channels.get(id);
  if (!channel) throw refuse.unknownChannel();
  demand(discord, channel, P.viewChannel, refuse.missingAccess);
  return channel;
}

export function messageIn(discord: Discord, channel: Channel, call: Call): Message {
  const message = discord.guild.messages.get(call.params.message ?? "");
  if (!message || message.channel !== channel || message.deleted || message.onlyFor) {
    throw refuse.unknownMessage();
  }
  return message;
}

export function demand(
  discord: Discord,
  channel: Channel,
  permission: bigint,
  refusal: () => Error = refuse.missingPermissions,
  user: User = discord.guild.bot,
): void {
  if (!discord.guild.can(user, channel, permission)) throw refusal();
}

/** The right over what others wrote, which nobody has in a direct channel (50003, whatever the permissions). */
function demandModerator(discord: Discord, channel: Channel): void {
  if (channel.recipient) throw refuse.notOnDirect();
  demand(discord, channel, P.manageMessages);
}

/** By the table of message types: of ours only the one that stands for a thread's root cannot be deleted. */
function isDeletable({ type }: Message): boolean {
  return type !== MessageType.threadStarter;
}

function demandSend(discord: Discord, channel: Channel): void {
  demand(discord, channel, channel.thread ? P.sendMessagesInThreads : P.sendMessages);
}

function refuseArchived(channel: Channel): void {
  if (channel.thread?.archived) throw refuse.archived();
}

/** `👀` or `name:id`; anything else is 10014. */
function parseEmoji(text: string): Emoji {
  const custom = /^(\w{2,32}):(\d{1,20})$/.exec(text);
  if (custom) return { id: custom[2] ?? null, name: custom[1] ?? "" };
  if (!/^(?:\p{RGI_Emoji}|\p{Extended_Pictographic}\uFE0F?|[\d#*]\uFE0F?\u20E3)$/v.test(text))
    throw refuse.unknownEmoji();
  return { id: null, name: text };
}
