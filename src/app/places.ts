// What a channel is to us: whom it belongs to, how it is watched, and the rows behind it.
import { LRUCache } from "lru-cache";
import type { ChannelInfo } from "../domain/events.ts";
import type { ChannelPolicy, Policy, TeamPolicy, WorkspacePolicy } from "../domain/policy.ts";
import {
  channelPolicyFor,
  DIRECT,
  defaultMode,
  sameChannel,
  teamFor,
  workspacePolicyFor,
} from "../domain/terms.ts";
import type { ChannelMode, ChannelRef } from "../domain/words.ts";
import type { Platform } from "../platforms/platform.ts";
import type { Database } from "../store/db.ts";
import { channelName, ensureChannel, ensureTeam, ensureWorkspace } from "../store/places.ts";
import { createDirects } from "./directs.ts";

export interface Place {
  ref: ChannelRef;
  info: ChannelInfo;
  workspaceId: string;
  channelId: string;
  workspace: WorkspacePolicy;
  team: TeamPolicy;
  teamId: string;
  channel: ChannelPolicy;
  mode: ChannelMode;
}

/** A workspace with the row behind it and the policy that holds in it. */
export interface Home {
  platform: string;
  id: string;
  rowId: string;
  policy: WorkspacePolicy;
}

/** The workspace a channel lies in. */
export function homeOf({ ref, workspaceId, workspace }: Place): Home {
  return { platform: ref.platform, id: ref.workspace, rowId: workspaceId, policy: workspace };
}

export interface Places {
  /** The workspace, or null when its platform is not connected. */
  home(platform: string, workspace: string): Promise<Home | null>;
  /** A watched channel; null for a team's own channel, one no team watches, and mode `off`. */
  watched(ref: ChannelRef): Promise<Place | null>;
  /**
   * What holds for a channel that was watched once, also while it is not seen: archived, or the bot was put out of it. Its
   * requests are neither silent nor without a team for that. Null where no team has it any more.
   */
  rules(ref: ChannelRef): Promise<{ team: TeamPolicy; live: boolean } | null>;
  /** The direct messages of somebody with the bot, which are theirs alone; null where the policy wants none. */
  direct(ref: ChannelRef): Promise<Place | null>;
  /** Every watched channel of a workspace, direct messages that were used before included. */
  all(platform: string, workspace: string): Promise<readonly Place[]>;
  /** Direct messages that were never heard before, as far as the platform lists them; null where the policy wants none. */
  newDirects(platform: string, workspace: string): Promise<readonly Place[] | null>;
  /** The channel a policy names by id or name, perhaps in another workspace; null when the bot cannot see it. */
  named(
    home: Home,
    named: { channel: string; platform: string | null; workspace: string | null },
  ): Promise<ChannelInfo | null>;
  /** The same without asking the platform: null, too, where it was not asked yet. */
  namedBefore(home: Home, named: Parameters<Places["named"]>[1]): ChannelInfo | null;
  /** The workspaces whose requests may be seen and changed from this one: itself, and those whose team channel lies here. */
  reach(platform: string, workspace: string): Promise<readonly Home[]>;
}

interface Seen {
  info: ReadonlyMap<string, ChannelInfo>;
  at: number;
}

/** How long a list of channels is trusted, ms; an unknown channel is looked up anew, at most every few seconds. */
const FRESH = 10 * 60_000;
const SOON = 5_000;
/** How many talks nobody knew are read at once: each costs a call, and the sweep waits for them. */
const NEW_AT_ONCE = 100;

export function createPlaces(parts: {
  db: Database;
  policy: Policy;
  platforms: ReadonlyMap<string, Platform>;
  now(): number;
}): Places {
  const { db, policy, platforms, now } = parts;
  const homes = new Map<string, Promise<Home>>();
  const channels = new Map<string, Seen>();
  const places = new LRUCache<string, Place>({ max: 5_000 });
  const directs = createDirects(db);

  async function home(platform: string, workspace: string): Promise<Home | null> {
    const port = platforms.get(platform);
    if (!port) return null;
    const key = `${platform}:${workspace}`;
    const found = homes.get(key);
    if (found) return found;
    const name = (await port.workspaces()).find((known) => known.id === workspace)?.name;
    if (name === undefined) return null;
    const made = ensureWorkspace(db, { platform, id: workspace, name }).then((rowId) => ({
      platform,
      id: workspace,
      rowId,
      policy: workspacePolicyFor(policy, platform, workspace),
    }));
    homes.set(key, made);
    made.catch(() => homes.delete(key));
    return made;
  }

  async function list(
    platform: string,
    workspace: string,
    want?: string,
  ): Promise<ReadonlyMap<string, ChannelInfo>> {
    const key = `${platform}:${workspace}`;
    const seen = channels.get(key);
    const age = seen ? now() - seen.at : Number.POSITIVE_INFINITY;
    if (seen && age < FRESH && (want === undefined || seen.info.has(want) || age < SOON)) return seen.info;
    const port = platforms.get(platform);
    if (!port) return new Map();
    const info = new Map((await port.channels(workspace)).map((channel) => [channel.channel, channel]));
    channels.set(key, { info, at: now() });
    return info;
  }

  async function watched(ref: ChannelRef): Promise<Place | null> {
    const key = `${ref.platform}:${ref.workspace}:${ref.channel}`;
    const known = places.get(key);
    if (known) return known;
    const where = await home(ref.platform, ref.workspace);
    if (where && (await directs.has(where, ref.channel))) return direct(ref);
    const info = where ? (await list(ref.platform, ref.workspace, ref.channel)).get(ref.channel) : undefined;
    if (!where || !info || (await isOwn(info))) return null;
    const team = teamFor(where.policy, { id: info.channel, name: info.name });
    const channel = team ? channelPolicyFor(team, { id: info.channel, name: info.name }) : null;
    if (!team || !channel) return null;
    const port = platforms.get(ref.platform);
    const mode = channel.mode ?? defaultMode(info.kind, port?.capabilities.textMode ?? "manual");
    if (mode === "off") return null;
    const [channelId, teamId] = await Promise.all([
      ensureChannel(db, where.rowId, { id: info.channel, name: info.name }),
      ensureTeam(db, where.rowId, team.name),
    ]);
    const place: Place = {
      ref: { platform: ref.platform, workspace: ref.workspace, channel: ref.channel },
      info,
      workspaceId: where.rowId,
      channelId,
      workspace: where.policy,
      team,
      teamId,
      channel,
      mode,
    };
    places.set(key, place);
    return place;
  }

  async function rules(ref: ChannelRef): Promise<{ team: TeamPolicy; live: boolean } | null> {
    const place = await watched(ref);
    if (place) return { team: place.team, live: place.channel.live };
    const where = await home(ref.platform, ref.workspace);
    const name = where ? await channelName(db, where.rowId, ref.channel) : null;
    if (!where || name === null) return null;
    const team = teamFor(where.policy, { id: ref.channel, name });
    const channel = team ? channelPolicyFor(team, { id: ref.channel, name }) : null;
    return team && channel && channel.mode !== "off" ? { team, live: channel.live } : null;
  }

  async function direct(ref: ChannelRef): Promise<Place | null> {
    const where = await home(ref.platform, ref.workspace);
    const named = { id: ref.channel, name: DIRECT };
    const team = where ? teamFor(where.policy, named) : null;
    const channel = team ? channelPolicyFor(team, named) : null;
    if (!where || !team || !channel) return null;
    const channelId = await directs.ensure(where, ref.channel);
    const teamId = await directs.team(where, team.name);
    const { platform, workspace } = ref;
    return {
      ref: { platform, workspace, channel: ref.channel },
      info: { ...ref, name: DIRECT, kind: "text", private: true, shared: false, member: true },
      workspaceId: where.rowId,
      channelId,
      workspace: where.policy,
      team,
      teamId,
      channel: channel.live ? channel : { ...channel, live: await directs.anyLive(where) },
      mode: "every",
    };
  }

  /** A team's or the leads' own channel, of this workspace or of one that keeps its team channel here: never a customer's. */
  async function isOwn(info: ChannelInfo): Promise<boolean> {
    for (const workspace of policy.workspaces) {
      for (const team of workspace.teams) {
        const at = team.teamChannel;
        const here =
          (at.workspace === null || at.workspace === info.workspace) &&
          (at.platform === null || at.platform === info.platform);
        if (here && sameChannel(at.channel, { id: info.channel, name: info.name })) return true;
        if (team.leadsChannel && sameChannel(team.leadsChannel, { id: info.channel, name: info.name }))
          return true;
      }
    }
    return false;
  }

  return {
    home,
    watched,
    rules,
    direct,
    async all(platform, workspace) {
      const info = await list(platform, workspace);
      const where = await home(platform, workspace);
      const found = await Promise.all([
        ...[...info.values()].filter((channel) => channel.member).map(watched),
        ...(where ? await directs.all(where) : []).map((channel) => direct({ platform, workspace, channel })),
      ]);
      return found.filter((place) => place !== null);
    },
    async newDirects(platform, workspace) {
      const where = await home(platform, workspace);
      const port = platforms.get(platform);
      if (!where || !port || !teamFor(where.policy, { id: "", name: DIRECT })) return null;
      const found: Place[] = [];
      for (const channel of await port.directs(workspace)) {
        if (found.length >= NEW_AT_ONCE) break;
        if (await directs.has(where, channel)) continue;
        const place = await direct({ platform, workspace, channel });
        if (place) found.push(place);
      }
      return found;
    },
    named: async (at, named) =>
      channelNamed(named.channel, await list(named.platform ?? at.platform, named.workspace ?? at.id)),
    namedBefore(at, named) {
      const seen = channels.get(`${named.platform ?? at.platform}:${named.workspace ?? at.id}`);
      return seen ? channelNamed(named.channel, seen.info) : null;
    },
    async reach(platform, workspace) {
      const reached: Home[] = [];
      const own = await home(platform, workspace);
      if (own) reached.push(own);
      for (const [name, port] of platforms) {
        for (const other of await port.workspaces()) {
          if (name === platform && other.id === workspace) continue;
          const far = await home(name, other.id);
          const linked = far?.policy.teams.some(
            ({ teamChannel }) =>
              teamChannel.workspace === workspace && (teamChannel.platform ?? name) === platform,
          );
          if (far && linked) reached.push(far);
        }
      }
      return reached;
    },
  };
}

/** Channels found by the name a policy gives them, for as long as the list they were found in. */
const found = new WeakMap<ReadonlyMap<string, ChannelInfo>, Map<string, ChannelInfo | null>>();

/** Asked with every message, of lists that may be thousands long. */
function channelNamed(name: string, among: ReadonlyMap<string, ChannelInfo>): ChannelInfo | null {
  const known = found.get(among) ?? new Map<string, ChannelInfo | null>();
  const before = known.get(name);
  if (before !== undefined) return before;
  let channel: ChannelInfo | null = null;
  for (const info of among.values()) {
    if (!sameChannel(name, { id: info.channel, name: info.name })) continue;
    channel = info;
    break;
  }
  found.set(among, known.set(name, channel));
  return channel;
}
