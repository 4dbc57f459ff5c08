// What the gateway says of the guild and its members when a bot arrives or asks.
import type { Json } from "./errors.ts";
import { Intent } from "./gateway.ts";
import type { Discord } from "./posting.ts";
import { applicationFlags } from "./routes-guild.ts";
import type { Session } from "./session.ts";
import { channelJson, guildJson, iso, memberJson, threadJson, userJson } from "./wire.ts";

export function readyJson(
  discord: Discord,
  session: Session,
  options: { url: string; disallowedIntents: number },
): Json {
  const { bot, guild } = discord.guild;
  return {
    v: 10,
    user: { ...userJson(bot), mfa_enabled: false, verified: true, email: null },
    guilds: [{ id: guild, unavailable: true }],
    session_id: session.id,
    resume_gateway_url: options.url,
    application: { id: bot.id, flags: applicationFlags(options.disallowedIntents) },
    shard: [0, 1],
  };
}

/** The guild as it is now. Without the presence intent, the bot is the only member told of. */
export function guildCreateJson(discord: Discord, session: Session): Json {
  const { guild } = discord;
  const everybody = session.intents & Intent.guildPresences && session.intents & Intent.guildMembers;
  const members = [...guild.users.values()].filter(
    (user) => user.member && (everybody || user === guild.bot),
  );
  return {
    ...guildJson(guild),
    joined_at: iso(guild.bot.member?.joinedAt ?? guild.createdAt),
    large: false,
    unavailable: false,
    member_count: [...guild.users.values()].filter(({ member }) => member).length,
    voice_states: [],
    members: members.map(memberJson),
    channels: [...guild.guildChannels()].map((channel) => channelJson(guild, channel)),
    threads: [...guild.threads()]
      .filter((channel) => !channel.thread?.archived && guild.permissions(guild.bot, channel) !== 0n)
      .map((channel) => threadJson(guild, channel)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** Answers op 8, at most 1,000 members a chunk. */
export function memberChunks(discord: Discord, request: Json, session: Session): Json[] {
  const { guild } = discord;
  const ids = request.user_ids;
  const wanted = ids === undefined ? null : new Set((Array.isArray(ids) ? ids : [ids]).map(String));
  const query = typeof request.query === "string" ? request.query.toLowerCase() : "";
  const limit =
    typeof request.limit === "number" && request.limit > 0 ? request.limit : Number.MAX_SAFE_INTEGER;
  // Asking for everybody is for those with the privileged intent.
  const mayAll = wanted !== null || query !== "" || (session.intents & Intent.guildMembers) !== 0;
  const found = [...guild.users.values()]
    .filter((user) => user.member && mayAll)
    .filter((user) => (wanted ? wanted.has(user.id) : user.name.toLowerCase().startsWith(query)))
    .slice(0, limit);
  const count = Math.max(1, Math.ceil(found.length / 1000));
  return Array.from({ length: count }, (_, index) => ({
    guild_id: guild.guild,
    members: found.slice(index * 1000, index * 1000 + 1000).map(memberJson),
    chunk_index: index,
    chunk_count: count,
    ...(wanted ? { not_found: [...wanted].filter((id) => !guild.users.get(id)?.member) } : {}),
    ...(request.nonce === undefined ? {} : { nonce: request.nonce }),
  }));
}
