// Who may do what where: roles, then the channel's overwrites, in Discord's own order.
import type { Channel, Role, User } from "./model.ts";

/** https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags */
export const Permission = {
  kickMembers: 1n << 1n,
  administrator: 1n << 3n,
  manageChannels: 1n << 4n,
  manageGuild: 1n << 5n,
  addReactions: 1n << 6n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  sendTtsMessages: 1n << 12n,
  manageMessages: 1n << 13n,
  embedLinks: 1n << 14n,
  attachFiles: 1n << 15n,
  readMessageHistory: 1n << 16n,
  mentionEveryone: 1n << 17n,
  useExternalEmojis: 1n << 18n,
  changeNickname: 1n << 26n,
  manageRoles: 1n << 28n,
  useApplicationCommands: 1n << 31n,
  manageThreads: 1n << 34n,
  createPublicThreads: 1n << 35n,
  createPrivateThreads: 1n << 36n,
  sendMessagesInThreads: 1n << 38n,
} as const;

const P = Permission;
export const ALL_PERMISSIONS = (1n << 53n) - 1n;

/** What everybody may do in a new guild. */
export const EVERYONE =
  P.addReactions |
  P.viewChannel |
  P.sendMessages |
  P.embedLinks |
  P.attachFiles |
  P.readMessageHistory |
  P.useExternalEmojis |
  P.changeNickname |
  P.useApplicationCommands |
  P.createPublicThreads |
  P.sendMessagesInThreads;

/** What a support bot is usually installed with. */
export const BOT =
  P.viewChannel |
  P.sendMessages |
  P.sendMessagesInThreads |
  P.createPublicThreads |
  P.createPrivateThreads |
  P.manageThreads |
  P.embedLinks |
  P.attachFiles |
  P.readMessageHistory |
  P.addReactions;

export interface PermissionRules {
  guild: string;
  ownerId: string;
  roles: ReadonlyMap<string, Role>;
}

/** The permissions of a member in the whole guild. */
export function guildPermissions(rules: PermissionRules, user: User): bigint {
  if (!user.member) return 0n;
  if (user.id === rules.ownerId) return ALL_PERMISSIONS;
  let bits = rules.roles.get(rules.guild)?.permissions ?? 0n;
  for (const id of user.member.roles) bits |= rules.roles.get(id)?.permissions ?? 0n;
  return bits & P.administrator ? ALL_PERMISSIONS : bits;
}

/** The permissions of a user in a channel; a thread has those of its parent. Without the right to see it: none. */
export function channelPermissions(rules: PermissionRules, user: User, channel: Channel): bigint {
  if (channel.recipient) return ALL_PERMISSIONS;
  const place = channel.parent ?? channel;
  let bits = guildPermissions(rules, user);
  if (bits === ALL_PERMISSIONS || !user.member) return bits;
  let allow = 0n;
  let deny = 0n;
  let own: { allow: bigint; deny: bigint } | null = null;
  for (const overwrite of place.overwrites) {
    if (overwrite.id === rules.guild) bits = (bits & ~overwrite.deny) | overwrite.allow;
    else if (overwrite.type === 0 && user.member.roles.has(overwrite.id)) {
      allow |= overwrite.allow;
      deny |= overwrite.deny;
    } else if (overwrite.type === 1 && overwrite.id === user.id) own = overwrite;
  }
  bits = (bits & ~deny) | allow;
  if (own) bits = (bits & ~own.deny) | own.allow;
  if (!(bits & P.viewChannel)) return 0n;
  if (channel.type === 12 && !(bits & P.manageThreads) && !channel.thread?.members.has(user.id)) return 0n;
  return bits;
}
