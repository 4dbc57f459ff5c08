// The guild's things in the shapes that Discord sends (openapi.json; the gateway documentation).
import type { Json } from "./errors.ts";
import type { Attachment, Channel, Emoji, InteractionTrace, Message, Role, User } from "./model.ts";
import type { Guild } from "./state.ts";

export const iso = (at: number): string => new Date(at).toISOString().replace("Z", "000+00:00");

/** Made once for each user, since it stands in every message; `forgetUser` when somebody changes. */
const users = new WeakMap<User, Json>();
const members = new WeakMap<User, Json>();

export function forgetUser(user: User): void {
  users.delete(user);
  members.delete(user);
}

export function userJson(user: User): Json {
  const known = users.get(user);
  if (known) return known;
  const json: Json = {
    id: user.id,
    username: user.name.toLowerCase().replaceAll(/[^\p{L}\p{N}_.]+/gu, "_"),
    global_name: user.bot ? null : user.name,
    discriminator: user.bot ? "0000" : "0",
    avatar: null,
    banner: null,
    accent_color: null,
    avatar_decoration_data: null,
    collectibles: null,
    primary_guild: null,
    public_flags: 0,
    flags: 0,
  };
  // Bots keep their name as it is; `bot` is only there when it is true.
  if (user.bot) Object.assign(json, { username: user.name, bot: true });
  users.set(user, json);
  return json;
}

/** A member without the user, as it stands beside an author. */
export function partialMemberJson(user: User): Json {
  const known = members.get(user);
  if (known) return known;
  const json: Json = {
    nick: null,
    avatar: null,
    banner: null,
    roles: [...(user.member?.roles ?? [])],
    joined_at: iso(user.member?.joinedAt ?? 0),
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    communication_disabled_until: null,
  };
  members.set(user, json);
  return json;
}

/** A member among what an interaction resolves: without the user, and without what only voice needs. */
export function resolvedMemberJson(user: User, permissions: bigint): Json {
  const { deaf: _deaf, mute: _mute, ...member } = partialMemberJson(user);
  return { ...member, permissions: permissions.toString() };
}

export function memberJson(user: User): Json {
  return { ...partialMemberJson(user), user: userJson(user) };
}

export function roleJson(role: Role): Json {
  return {
    id: role.id,
    name: role.name,
    permissions: role.permissions.toString(),
    position: role.position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: role.managedBy !== null,
    mentionable: role.managedBy === null,
    icon: null,
    unicode_emoji: null,
    flags: 0,
    ...(role.managedBy ? { tags: { bot_id: role.managedBy } } : {}),
  };
}

export function channelJson(guild: Guild, channel: Channel): Json {
  if (channel.thread) return threadJson(guild, channel);
  if (channel.recipient) {
    return {
      id: channel.id,
      type: channel.type,
      last_message_id: channel.lastMessageId,
      flags: 0,
      recipients: [userJson(channel.recipient)],
    };
  }
  const json: Json = {
    id: channel.id,
    type: channel.type,
    guild_id: guild.guild,
    name: channel.name,
    position: channel.position,
    parent_id: null,
    topic: channel.topic,
    nsfw: false,
    rate_limit_per_user: 0,
    last_message_id: channel.lastMessageId,
    flags: channel.requireTag ? 1 << 4 : 0,
    permission_overwrites: channel.overwrites.map((o) => ({
      id: o.id,
      type: o.type,
      allow: o.allow.toString(),
      deny: o.deny.toString(),
    })),
  };
  if (channel.type === 15) {
    Object.assign(json, {
      available_tags: channel.tags.map((tag) => ({
        id: tag.id,
        name: tag.name,
        moderated: false,
        emoji_id: null,
        emoji_name: null,
      })),
      default_reaction_emoji: null,
      default_sort_order: null,
      default_forum_layout: 0,
    });
  }
  return json;
}

export function threadJson(guild: Guild, channel: Channel): Json {
  const thread = channel.thread;
  if (!thread) throw new Error(`channel ${channel.id} is no thread`);
  const mine = thread.members.get(guild.bot.id);
  return {
    id: channel.id,
    type: channel.type,
    guild_id: guild.guild,
    parent_id: channel.parent?.id ?? null,
    owner_id: thread.owner,
    name: channel.name,
    last_message_id: channel.lastMessageId,
    rate_limit_per_user: 0,
    bitrate: 64_000,
    user_limit: 0,
    rtc_region: null,
    flags: 0,
    message_count: thread.messageCount,
    member_count: Math.min(50, thread.members.size),
    total_message_sent: thread.totalSent,
    thread_metadata: {
      archived: thread.archived,
      archive_timestamp: iso(thread.archivedAt),
      auto_archive_duration: thread.autoArchiveMinutes,
      locked: thread.locked,
      create_timestamp: iso(thread.createdAt),
      ...(channel.type === 12 ? { invitable: thread.invitable } : {}),
    },
    ...(channel.parent?.type === 15 ? { applied_tags: thread.tags } : {}),
    ...(mine === undefined ? {} : { member: threadMemberJson(channel, guild.bot.id, mine) }),
  };
}

export function threadMemberJson(channel: Channel, user: string, joinedAt: number): Json {
  return { id: channel.id, user_id: user, join_timestamp: iso(joinedAt), flags: 0 };
}

export function emojiKey(emoji: Emoji): string {
  return emoji.id ? `${emoji.name}:${emoji.id}` : emoji.name;
}

export function attachmentJson(attachment: Attachment): Json {
  return {
    id: attachment.id,
    filename: attachment.filename,
    size: attachment.size,
    url: attachment.url,
    proxy_url: attachment.url,
    content_type: attachment.contentType,
    ...(attachment.description === null ? {} : { description: attachment.description }),
  };
}

export interface MessageView {
  /** Without the right to read content, text, embeds, components and attachments arrive empty. */
  content: boolean;
  /** The referenced message is written out one level deep, and without its reactions. */
  reference?: boolean;
}

/** A message as REST answers it. */
export function messageJson(guild: Guild, message: Message, view: MessageView): Json {
  const open = view.content;
  const json: Json = {
    id: message.id,
    channel_id: message.channel.id,
    type: message.type,
    author: userJson(message.author),
    content: open ? message.content : "",
    timestamp: iso(message.at),
    edited_timestamp: message.editedAt === null ? null : iso(message.editedAt),
    tts: false,
    mention_everyone: message.mentionEveryone,
    mentions: usersOf(guild, message.mentions).map(userJson),
    mention_roles: message.mentionRoles,
    attachments: open ? message.attachments.map(attachmentJson) : [],
    embeds: open ? message.embeds : [],
    components: open ? message.components : [],
    pinned: false,
    flags: message.flags,
  };
  if (message.nonce !== null) json.nonce = message.nonce;
  if (message.position !== null) json.position = message.position;
  if (message.reactions?.size && view.reference !== false) json.reactions = reactionsJson(guild, message);
  if (message.thread) json.thread = threadJson(guild, message.thread);
  const referenced = message.reference;
  if (referenced) {
    json.message_reference = {
      type: 0,
      channel_id: referenced.channel.id,
      ...(referenced.channel.recipient ? {} : { guild_id: guild.guild }),
      message_id: referenced.id,
    };
    if (view.reference !== false) {
      json.referenced_message = referenced.deleted
        ? null
        : messageJson(guild, referenced, { ...view, reference: false });
    }
  }
  if (message.interaction) {
    json.application_id = guild.bot.id;
    json.webhook_id = guild.bot.id;
    json.interaction_metadata = traceJson(message.interaction, message.channel.recipient ? "0" : guild.guild);
  }
  return json;
}

function traceJson(trace: InteractionTrace, owner: string): Json {
  const { id, type, user, target, interacted, trigger, original } = trace;
  return {
    id,
    type,
    user: userJson(user),
    authorizing_integration_owners: { "0": owner },
    ...(original === null ? {} : { original_response_message_id: original }),
    ...(target === null ? {} : { target_message_id: target }),
    ...(interacted === null ? {} : { interacted_message_id: interacted }),
    ...(trigger === null ? {} : { triggering_interaction_metadata: traceJson(trigger, owner) }),
  };
}

/** A message as the gateway sends it: with the guild and the members beside the users. */
export function messageEventJson(guild: Guild, message: Message, view: MessageView): Json {
  const json = messageJson(guild, message, view);
  json.channel_type = message.channel.type;
  if (message.channel.recipient) return json;
  json.guild_id = guild.guild;
  json.member = partialMemberJson(message.author);
  json.mentions = usersOf(guild, message.mentions).map((user) => ({
    ...userJson(user),
    member: partialMemberJson(user),
  }));
  return json;
}

export function usersOf(guild: Guild, ids: readonly string[]): User[] {
  return ids.map((id) => guild.users.get(id)).filter((user) => user !== undefined);
}

function reactionsJson(guild: Guild, message: Message): Json[] {
  const list: Json[] = [];
  for (const { emoji, users } of message.reactions?.values() ?? []) {
    list.push({
      emoji,
      count: users.size,
      count_details: { burst: 0, normal: users.size },
      burst_colors: [],
      me_burst: false,
      me: users.has(guild.bot.id),
    });
  }
  return list;
}

export function guildJson(guild: Guild): Json {
  return {
    id: guild.guild,
    name: guild.name,
    icon: null,
    description: null,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: ["COMMUNITY"],
    banner: null,
    owner_id: guild.ownerId,
    application_id: null,
    region: "deprecated",
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 1,
    roles: [...guild.roles.values()].map(roleJson),
    default_message_notifications: 1,
    mfa_level: 0,
    explicit_content_filter: 2,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: guild.locale,
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    emojis: [],
    stickers: [],
    incidents_data: null,
  };
}
