// An interaction as the gateway sends it, and as the messages that answer it remember it.
import type { Json } from "./errors.ts";
import type { Interaction } from "./interactions.ts";
import { type InteractionTrace, InteractionType, MessageType } from "./model.ts";
import type { Discord } from "./posting.ts";
import { channelJson, memberJson, messageJson, userJson } from "./wire.ts";

/** The type of the message that answers. */
export function messageType(interaction: Interaction): number {
  if (interaction.type === InteractionType.command) {
    return interaction.command?.type === 1 ? MessageType.command : MessageType.contextCommand;
  }
  return interaction.source ? MessageType.reply : MessageType.plain;
}

/** Which interaction this is, for the messages that answer it. */
export function traceOf(interaction: Interaction): InteractionTrace {
  const { id, type, user, command, source, trigger, original } = interaction;
  return {
    id,
    type,
    user,
    target: command?.target ?? null,
    interacted: type === InteractionType.component ? (source?.id ?? null) : null,
    trigger: trigger ?? null,
    original: original && original !== source ? original.id : null,
  };
}

/** `d` of INTERACTION_CREATE. */
export function interactionJson(discord: Discord, interaction: Interaction): Json {
  const { guild } = discord;
  const { user, channel, source } = interaction;
  const direct = channel.recipient !== null;
  const permissions = guild.permissions(user, channel).toString();
  const json: Json = {
    id: interaction.id,
    application_id: guild.bot.id,
    type: interaction.type,
    token: interaction.token,
    version: 1,
    data: interaction.data,
    channel_id: channel.id,
    channel: { ...channelJson(guild, channel), permissions },
    locale: user.locale ?? "en-US",
    app_permissions: guild.permissions(guild.bot, channel).toString(),
    authorizing_integration_owners: { "0": direct ? "0" : guild.guild },
    context: direct ? 1 : 0,
    entitlements: [],
    attachment_size_limit: 10 * 1024 * 1024,
  };
  if (source) json.message = messageJson(guild, source, { content: true });
  if (direct) json.user = userJson(user);
  else {
    json.guild_id = guild.guild;
    json.guild_locale = guild.locale;
    json.guild = { id: guild.guild, locale: guild.locale, features: ["COMMUNITY"] };
    json.member = { ...memberJson(user), permissions };
  }
  return json;
}
