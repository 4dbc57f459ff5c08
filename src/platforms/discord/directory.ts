// Who is who and who may read what: guilds, channels, members.
import { Routes } from "discord.js";
import type { Clock } from "../../clock.ts";
import type { ChannelInfo } from "../../domain/events.ts";
import type { Instant } from "../../domain/words.ts";
import type { Profile, Workspace } from "../platform.ts";
import type { Api } from "./api.ts";
import type { Atlas } from "./atlas.ts";
import { Code, codeOf } from "./faults.ts";
import { authorOf } from "./inbound.ts";
import { MEMBER_TTL_MS, REMEMBERED } from "./limits.ts";
import { type FullMember, fullMemberSchema } from "./payloads.ts";
import { canView, guildPermissions, isPrivate, Permission } from "./permissions.ts";
import { Recent } from "./recent.ts";

export class Directory {
  readonly #api: Api;
  readonly #atlas: Atlas;
  readonly #clock: Clock;
  readonly #members = new Recent<{ member: FullMember | null; at: Instant }>(REMEMBERED);

  constructor(api: Api, atlas: Atlas, clock: Clock) {
    this.#api = api;
    this.#atlas = atlas;
    this.#clock = clock;
  }

  workspaces(): Workspace[] {
    return [...this.#atlas.guilds.values()].map(({ id, name }) => ({ id, name }));
  }

  /** See Platform.channels. Text, announcement and forum channels, in the guild's own order. */
  async channels(workspace: string): Promise<ChannelInfo[]> {
    const guild = this.#atlas.guilds.get(workspace);
    if (!guild) return [];
    const self = await this.#member(workspace, this.#atlas.self);
    return [...guild.channels.values()]
      .sort((a, b) => a.position - b.position)
      .map((channel) => {
        const hidden = isPrivate(guild, channel.overwrites);
        return {
          platform: "discord",
          workspace,
          channel: channel.id,
          name: channel.name,
          kind: channel.kind,
          private: hidden,
          shared: !hidden,
          member: self !== null && canView(guild, channel.overwrites, standing(self)),
        };
      });
  }

  /** See Platform.profile. Null for somebody who is not in the guild any more. */
  async profile(workspace: string, person: string): Promise<Profile | null> {
    const guild = this.#atlas.guilds.get(workspace);
    const member = guild ? await this.#member(workspace, person) : null;
    if (!guild || !member) return null;
    const may = guildPermissions(guild, standing(member));
    const names = member.roles.flatMap((role) => guild.roles.get(role)?.name ?? []);
    return {
      ...authorOf(workspace, member.user, member, this.#clock.now()),
      timezone: null,
      lang: null,
      groups: [...member.roles, ...names],
      admin: (may & (Permission.administrator | Permission.manageGuild)) !== 0n,
    };
  }

  /** See Platform.canRead. A thread is read by whoever reads its channel. */
  async canRead(workspace: string, channel: string, person: string): Promise<boolean> {
    const guild = this.#atlas.guilds.get(workspace);
    const at = this.#atlas.place(channel);
    const rules = guild?.channels.get(at?.channel ?? channel);
    const member = guild && rules ? await this.#member(workspace, person) : null;
    return guild !== undefined && rules !== undefined && member !== null
      ? canView(guild, rules.overwrites, standing(member))
      : false;
  }

  async #member(workspace: string, person: string): Promise<FullMember | null> {
    const key = `${workspace} ${person}`;
    const known = this.#members.get(key);
    const age = known ? this.#clock.now() - known.at : Number.POSITIVE_INFINITY;
    // A clock that was set back must not keep a member for ever.
    if (known && age >= 0 && age < MEMBER_TTL_MS) return known.member;
    const member = await this.#fetch(workspace, person);
    this.#members.set(key, { member, at: this.#clock.now() });
    return member;
  }

  async #fetch(workspace: string, person: string): Promise<FullMember | null> {
    if (!/^\d{1,20}$/.test(person)) return null;
    try {
      return await this.#api.read(
        fullMemberSchema,
        "get",
        Routes.guildMember(workspace, person),
        "looking up a member",
      );
    } catch (error) {
      const code = codeOf(error);
      if (code === Code.unknownMember || code === Code.unknownUser) return null;
      throw error;
    }
  }
}

function standing(member: FullMember): { id: string; roles: readonly string[] } {
  return { id: member.user.id, roles: member.roles };
}
