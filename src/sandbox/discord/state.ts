// One guild and everything in it, found by id in constant time. Keeps; tells nobody (posting.ts and threads.ts do).
import type { LocalPerson, WorldClock } from "../world.ts";
import { type Channel, ChannelType, type Message, type Overwrite, type Role, type User } from "./model.ts";
import {
  BOT,
  channelPermissions,
  EVERYONE,
  guildPermissions,
  Permission,
  type PermissionRules,
} from "./permissions.ts";
import { compareIds, isSnowflake, snowflakes, snowflakeTime } from "./snowflake.ts";

const DAY = 86_400_000;

export interface GuildOptions {
  clock: WorldClock;
  id: string;
  name: string;
  botName: string;
  locale: string;
  everyonePermissions?: bigint;
  botPermissions?: bigint;
}

export class Guild implements PermissionRules {
  readonly guild: string;
  readonly name: string;
  readonly locale: string;
  readonly clock: WorldClock;
  readonly nextId: () => string;
  readonly createdAt: number;
  readonly owner: User;
  readonly bot: User;
  readonly users = new Map<string, User>();
  readonly roles = new Map<string, Role>();
  /** Channels, threads and direct channels. */
  readonly channels = new Map<string, Channel>();
  /** Every message ever, ephemeral and deleted ones included. */
  readonly messages = new Map<string, Message>();
  readonly #directs = new Map<string, Channel>();

  constructor(options: GuildOptions) {
    this.guild = options.id;
    this.name = options.name;
    this.locale = options.locale;
    this.clock = options.clock;
    this.nextId = snowflakes(options.clock);
    this.createdAt = options.clock.now() - 365 * DAY;
    this.#addRole(this.guild, "@everyone", options.everyonePermissions ?? EVERYONE, null);
    this.owner = this.#addUser({ id: this.nextId(), name: "Server Owner" });
    this.bot = this.#addUser({ id: this.nextId(), name: options.botName, bot: true });
    const role = this.#addRole(this.nextId(), options.botName, options.botPermissions ?? BOT, this.bot.id);
    this.bot.member?.roles.add(role.id);
  }

  get ownerId(): string {
    return this.owner.id;
  }

  /** Adds or changes a person. Throws when the id is no Discord id, or says another age than `createdAt`. */
  putPerson(person: LocalPerson): { user: User; fresh: boolean; newRoles: Role[] } {
    requireSnowflake("person", person.id);
    if (person.createdAt !== undefined && Math.abs(snowflakeTime(person.id) - person.createdAt) > DAY) {
      throw new Error(
        `the id ${person.id} of ${person.name} says the account is of ${new Date(snowflakeTime(person.id)).toISOString()}, createdAt says ${new Date(person.createdAt).toISOString()}: make the id with snowflakeAt(createdAt)`,
      );
    }
    const fresh = !this.users.get(person.id)?.member;
    const user = this.#addUser(person);
    const newRoles: Role[] = [];
    const roles = new Set<string>();
    for (const name of [...(person.groups ?? []), ...(person.admin ? ["Admin"] : [])]) {
      let role = this.roleNamed(name);
      if (!role) {
        role = this.#addRole(this.nextId(), name, name === "Admin" ? Permission.administrator : 0n, null);
        newRoles.push(role);
      }
      roles.add(role.id);
    }
    if (user.member) user.member.roles = roles;
    return { user, fresh, newRoles };
  }

  #addUser(person: LocalPerson): User {
    const known = this.users.get(person.id);
    const now = this.clock.now();
    const facts = {
      name: person.name,
      bot: person.bot ?? false,
      timezone: person.timezone ?? null,
      locale: person.locale ?? null,
      directClosed: person.directClosed ?? false,
    };
    if (known) {
      known.member ??= { roles: new Set(), joinedAt: now };
      return Object.assign(known, facts);
    }
    const joinedAt = person.createdAt ?? now - 365 * DAY;
    const user: User = { id: person.id, ...facts, member: { roles: new Set(), joinedAt } };
    this.users.set(user.id, user);
    return user;
  }

  #addRole(id: string, name: string, permissions: bigint, managedBy: string | null): Role {
    const role: Role = { id, name, permissions, position: this.roles.size, managedBy };
    this.roles.set(id, role);
    return role;
  }

  roleNamed(name: string): Role | null {
    for (const role of this.roles.values()) if (role.name === name) return role;
    return null;
  }

  /** Adds a channel, thread or direct channel as it is. */
  addChannel(
    channel: Pick<Channel, "id" | "type" | "name"> & Partial<Omit<Channel, "log" | "threads">>,
  ): Channel {
    requireSnowflake("channel", channel.id);
    const made: Channel = {
      parent: null,
      position: this.channels.size,
      topic: null,
      overwrites: [],
      tags: [],
      requireTag: false,
      lastMessageId: null,
      thread: null,
      recipient: null,
      ...channel,
      log: [],
      threads: new Set(),
    };
    this.channels.set(made.id, made);
    made.parent?.threads.add(made);
    return made;
  }

  /** The direct channel between the bot and a person; always the same one. */
  directWith(user: User): Channel {
    const known = this.#directs.get(user.id);
    if (known) return known;
    const made = this.addChannel({ id: this.nextId(), type: ChannelType.direct, name: "", recipient: user });
    this.#directs.set(user.id, made);
    return made;
  }

  removeChannel(channel: Channel): void {
    this.channels.delete(channel.id);
    channel.parent?.threads.delete(channel);
    for (const message of channel.log) message.deleted = true;
  }

  keep(message: Message): void {
    this.messages.set(message.id, message);
    if (message.onlyFor) return;
    message.channel.log.push(message);
    message.channel.lastMessageId = message.id;
  }

  permissions(user: User, channel: Channel): bigint {
    if (channel.recipient) {
      if (user === this.bot) return EVERYONE;
      if (channel.recipient !== user) return 0n;
      // Who shares no guild with the bot any more reads what was said, and says nothing.
      return user.member ? EVERYONE : Permission.viewChannel | Permission.readMessageHistory;
    }
    return channelPermissions(this, user, channel);
  }

  guildPermissions(user: User): bigint {
    return guildPermissions(this, user);
  }

  can(user: User, channel: Channel, permission: bigint): boolean {
    return (this.permissions(user, channel) & permission) === permission;
  }

  /** Whether this person sees this message at all. */
  sees(user: User, message: Message): boolean {
    if (message.deleted || (message.onlyFor && message.onlyFor !== user)) return false;
    return this.can(user, message.channel, Permission.viewChannel);
  }

  *threads(): Iterable<Channel> {
    for (const channel of this.channels.values()) if (channel.thread) yield channel;
  }

  *guildChannels(): Iterable<Channel> {
    for (const channel of this.channels.values()) {
      if (!channel.thread && !channel.recipient) yield channel;
    }
  }
}

/** Overwrites that let only these members (and the bot, if it may) see a private channel. */
export function overwritesFor(
  guild: Guild,
  channel: { private: boolean; members?: readonly string[]; bot?: boolean },
): Overwrite[] {
  const view = Permission.viewChannel;
  const bot = guild.bot.id;
  if (!channel.private) {
    return channel.bot === false ? [{ id: bot, type: 1, allow: 0n, deny: view }] : [];
  }
  const members = [...(channel.members ?? []), ...(channel.bot === false ? [] : [bot])];
  return [
    { id: guild.guild, type: 0, allow: 0n, deny: view },
    ...[...new Set(members)].map((id): Overwrite => ({ id, type: 1, allow: view, deny: 0n })),
  ];
}

/** The place in `log` of the first message whose id is not older than `id`. */
export function placeOf(log: readonly Message[], id: string): number {
  let low = 0;
  let high = log.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = log[middle];
    if (at && compareIds(at.id, id) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function requireSnowflake(what: string, id: string): void {
  if (!isSnowflake(id)) {
    throw new Error(
      `${what} id ${JSON.stringify(id)} is no Discord id: ids are up to 20 digits (snowflakeAt makes one)`,
    );
  }
}
