// Who may do what where, computed from roles and overwrites in Discord's own order.
// https://docs.discord.com/developers/topics/permissions#permission-overwrites

export const Permission = {
  administrator: 1n << 3n,
  manageGuild: 1n << 5n,
  viewChannel: 1n << 10n,
} as const;

const ALL = (1n << 64n) - 1n;

export interface RoleRules {
  id: string;
  name: string;
  permissions: bigint;
}

/** `kind` 0: a role; 1: a member. */
export interface Overwrite {
  id: string;
  kind: number;
  allow: bigint;
  deny: bigint;
}

export interface GuildRules {
  id: string;
  owner: string;
  roles: ReadonlyMap<string, RoleRules>;
}

export interface Standing {
  id: string;
  roles: readonly string[];
}

/** What a member may do in the guild as a whole. */
export function guildPermissions(guild: GuildRules, member: Standing): bigint {
  if (member.id === guild.owner) return ALL;
  // The role @everyone has the guild's own id.
  let bits = guild.roles.get(guild.id)?.permissions ?? 0n;
  for (const role of member.roles) bits |= guild.roles.get(role)?.permissions ?? 0n;
  return bits & Permission.administrator ? ALL : bits;
}

/** What a member may do in a channel; a thread has the permissions of its parent. */
export function channelPermissions(
  guild: GuildRules,
  overwrites: readonly Overwrite[],
  member: Standing,
): bigint {
  const base = guildPermissions(guild, member);
  if (base === ALL) return base;
  let bits = base;
  let allow = 0n;
  let deny = 0n;
  for (const rule of overwrites) {
    if (rule.id === guild.id) bits = (bits & ~rule.deny) | rule.allow;
    else if (rule.kind === 0 && member.roles.includes(rule.id)) {
      allow |= rule.allow;
      deny |= rule.deny;
    }
  }
  bits = (bits & ~deny) | allow;
  const own = overwrites.find((rule) => rule.kind === 1 && rule.id === member.id);
  return own ? (bits & ~own.deny) | own.allow : bits;
}

/** Whether @everyone is kept from seeing the channel. */
export function isPrivate(guild: GuildRules, overwrites: readonly Overwrite[]): boolean {
  return (channelPermissions(guild, overwrites, { id: "", roles: [] }) & Permission.viewChannel) === 0n;
}

export function canView(guild: GuildRules, overwrites: readonly Overwrite[], member: Standing): boolean {
  return (channelPermissions(guild, overwrites, member) & Permission.viewChannel) !== 0n;
}
