// What the bot asks of Discord: intents at the gateway, permissions in a guild. manifests/discord.json and its reasons in
// manifests/discord.md say the same; a test compares them.
import { GatewayDispatchEvents as Dispatch, GatewayIntentBits, PermissionFlagsBits } from "discord.js";

/** https://docs.discord.com/developers/events/gateway#list-of-intents */
export const intents = {
  Guilds: GatewayIntentBits.Guilds,
  GuildMessages: GatewayIntentBits.GuildMessages,
  GuildMessageReactions: GatewayIntentBits.GuildMessageReactions,
  DirectMessages: GatewayIntentBits.DirectMessages,
  MessageContent: GatewayIntentBits.MessageContent,
} as const;

/** https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags */
export const permissions = {
  ViewChannel: PermissionFlagsBits.ViewChannel,
  SendMessages: PermissionFlagsBits.SendMessages,
  SendMessagesInThreads: PermissionFlagsBits.SendMessagesInThreads,
  CreatePublicThreads: PermissionFlagsBits.CreatePublicThreads,
  EmbedLinks: PermissionFlagsBits.EmbedLinks,
  AttachFiles: PermissionFlagsBits.AttachFiles,
  ReadMessageHistory: PermissionFlagsBits.ReadMessageHistory,
  AddReactions: PermissionFlagsBits.AddReactions,
} as const;

export const scopes = ["bot", "applications.commands"] as const;

/** The sum of a table of bits, as Discord's forms want it. */
export function sum(bits: Readonly<Record<string, number | bigint>>): bigint {
  return Object.values(bits).reduce<bigint>((all, bit) => all | BigInt(bit), 0n);
}

/** Dispatches that tell how a guild is made. */
export const atlasEvents = [
  Dispatch.GuildCreate,
  Dispatch.GuildUpdate,
  Dispatch.GuildDelete,
  Dispatch.GuildRoleCreate,
  Dispatch.GuildRoleUpdate,
  Dispatch.GuildRoleDelete,
  Dispatch.ChannelCreate,
  Dispatch.ChannelUpdate,
  Dispatch.ChannelDelete,
  Dispatch.ThreadCreate,
  Dispatch.ThreadUpdate,
  Dispatch.ThreadDelete,
  Dispatch.ThreadListSync,
] as const;

/** Dispatches that tell what people say and do. */
export const heardEvents = [
  Dispatch.MessageCreate,
  Dispatch.MessageUpdate,
  Dispatch.MessageDelete,
  Dispatch.MessageDeleteBulk,
  Dispatch.ThreadDelete,
  Dispatch.MessageReactionAdd,
  Dispatch.MessageReactionRemove,
  Dispatch.InteractionCreate,
] as const;
