// What the gateway has told about guilds: roles, channels and which thread belongs to which channel. Our own small map
// instead of the SDK's caches, so that what is kept is known and memory stays flat.
import { GatewayDispatchEvents as Dispatch } from "discord.js";
import { REMEMBERED } from "./limits.ts";
import {
  type ChannelPayload,
  channelSchema,
  guildDeletedSchema,
  guildSchema,
  guildUpdateSchema,
  roleDeletedSchema,
  roleEventSchema,
  type ThreadPayload,
  threadDeletedSchema,
  threadListSchema,
  threadSchema,
} from "./payloads.ts";
import type { GuildRules, RoleRules } from "./permissions.ts";
import { Recent } from "./recent.ts";

/** Channel types: https://docs.discord.com/developers/resources/channel#channel-object-channel-types */
const TEXT = new Set([0, 5]);
const FORUM = new Set([15, 16]);
const THREAD = new Set([10, 11, 12]);

export interface Channel {
  id: string;
  guild: string;
  name: string;
  kind: "text" | "forum";
  position: number;
  overwrites: ChannelPayload["permission_overwrites"];
}

export interface Thread {
  id: string;
  guild: string;
  parent: string;
  name: string;
}

export interface Guild extends GuildRules {
  name: string;
  roles: Map<string, RoleRules>;
  channels: Map<string, Channel>;
  /** The roles Discord made for the bot itself: people mention them by mistake for the bot. */
  ownRoles: Set<string>;
}

/** Where a raw channel id lies in our model: a channel, or a thread of one. */
export interface Place {
  guild: string;
  channel: string;
  /** Null at the top level. */
  thread: Thread | null;
  forum: boolean;
  /** A direct message; `guild` is then the one the person is answered for. */
  direct?: boolean;
}

export class Atlas {
  /** The bot's user id; known once READY has come. */
  self = "";
  readonly guilds = new Map<string, Guild>();
  readonly #threads = new Recent<Thread>(REMEMBERED);

  channel(guild: string, id: string): Channel | undefined {
    return this.guilds.get(guild)?.channels.get(id);
  }

  thread(id: string): Thread | undefined {
    return this.#threads.get(id);
  }

  /** Undefined: not known, or no place we watch (a voice channel, say). */
  place(id: string): Place | undefined {
    const thread = this.#threads.get(id);
    for (const guild of this.guilds.values()) {
      const channel = guild.channels.get(thread?.parent ?? id);
      if (channel) {
        return {
          guild: guild.id,
          channel: channel.id,
          thread: thread ?? null,
          forum: channel.kind === "forum",
        };
      }
    }
    return undefined;
  }

  /** Keeps a channel or thread as REST or the gateway describes it. False: neither of the kinds we know. */
  learn(raw: unknown, guildId?: string): boolean {
    const type = (raw as { type?: unknown } | null)?.type;
    if (typeof type !== "number") return false;
    if (THREAD.has(type)) return this.learnThread(raw, guildId);
    const channel = channelSchema.safeParse(raw);
    return channel.success && this.#addChannel(channel.data, guildId);
  }

  /** Keeps a thread, and nothing else: interactions describe other channels too thinly to keep. */
  learnThread(raw: unknown, guildId?: string): boolean {
    const thread = threadSchema.safeParse(raw);
    return thread.success && THREAD.has(thread.data.type) && this.#addThread(thread.data, guildId);
  }

  /** Takes in one dispatch of the gateway; what is not about guilds changes nothing. */
  apply(name: string, raw: unknown): void {
    switch (name) {
      case Dispatch.GuildCreate: {
        const guild = guildSchema.safeParse(raw);
        if (guild.success) this.#addGuild(guild.data);
        return;
      }
      case Dispatch.GuildUpdate: {
        const update = guildUpdateSchema.safeParse(raw);
        const guild = update.success ? this.guilds.get(update.data.id) : undefined;
        if (guild && update.success)
          Object.assign(guild, { name: update.data.name, owner: update.data.owner_id });
        return;
      }
      case Dispatch.GuildDelete: {
        const gone = guildDeletedSchema.safeParse(raw);
        // `unavailable` is an outage: we are still in that guild.
        if (gone.success && !gone.data.unavailable) this.guilds.delete(gone.data.id);
        return;
      }
      case Dispatch.GuildRoleCreate:
      case Dispatch.GuildRoleUpdate: {
        const event = roleEventSchema.safeParse(raw);
        if (event.success)
          this.guilds.get(event.data.guild_id)?.roles.set(event.data.role.id, event.data.role);
        return;
      }
      case Dispatch.GuildRoleDelete: {
        const event = roleDeletedSchema.safeParse(raw);
        if (event.success) this.guilds.get(event.data.guild_id)?.roles.delete(event.data.role_id);
        return;
      }
      case Dispatch.ChannelCreate:
      case Dispatch.ChannelUpdate:
      case Dispatch.ThreadCreate:
      case Dispatch.ThreadUpdate:
        this.learn(raw);
        return;
      case Dispatch.ThreadListSync: {
        const sync = threadListSchema.safeParse(raw);
        if (sync.success) for (const thread of sync.data.threads) this.#addThread(thread, sync.data.guild_id);
        return;
      }
      case Dispatch.ChannelDelete: {
        const channel = channelSchema.safeParse(raw);
        if (channel.success) this.guilds.get(channel.data.guild_id ?? "")?.channels.delete(channel.data.id);
        return;
      }
      case Dispatch.ThreadDelete: {
        const thread = threadDeletedSchema.safeParse(raw);
        if (thread.success) this.#threads.delete(thread.data.id);
        return;
      }
    }
  }

  #addGuild(raw: ReturnType<typeof guildSchema.parse>): void {
    const guild: Guild = {
      id: raw.id,
      name: raw.name,
      owner: raw.owner_id,
      roles: new Map(raw.roles.map((role) => [role.id, role])),
      channels: new Map(),
      ownRoles: new Set(raw.roles.filter((role) => role.tags?.bot_id === this.self).map((role) => role.id)),
    };
    this.guilds.set(guild.id, guild);
    for (const channel of raw.channels) this.#addChannel(channel, guild.id);
    for (const thread of raw.threads) this.#addThread(thread, guild.id);
  }

  #addChannel(raw: ChannelPayload, guildId?: string): boolean {
    const guild = this.guilds.get(raw.guild_id ?? guildId ?? "");
    if (!guild || !(TEXT.has(raw.type) || FORUM.has(raw.type))) return false;
    guild.channels.set(raw.id, {
      id: raw.id,
      guild: guild.id,
      name: raw.name,
      kind: FORUM.has(raw.type) ? "forum" : "text",
      position: raw.position,
      overwrites: raw.permission_overwrites,
    });
    return true;
  }

  #addThread(raw: ThreadPayload, guildId?: string): boolean {
    const guild = raw.guild_id ?? guildId;
    if (!guild || !raw.parent_id) return false;
    this.#threads.set(raw.id, { id: raw.id, guild, parent: raw.parent_id, name: raw.name });
    return true;
  }
}
