// Who and what there is in the workspace: people, their groups, channels and their members. Remembered for minutes.
import { z } from "zod";
import type { Clock } from "../../clock.ts";
import type { ChannelInfo, ChatEvent } from "../../domain/events.ts";
import type { Lang } from "../../domain/words.ts";
import type { Log } from "../../log.ts";
import type { Profile } from "../platform.ts";
import type { Calls } from "./calls.ts";
import { slackCode } from "./faults.ts";
import { companyOf, namesNeeded, type Self } from "./inbound.ts";
import * as limits from "./limits.ts";
import type { Names } from "./plain.ts";
import { type Remembered, remember } from "./remembered.ts";

const text = z.string().optional().catch(undefined);
const flag = z.boolean().catch(false);
const cursor = z.object({ next_cursor: text }).optional().catch(undefined);

const userAnswer = z.object({
  user: z.object({
    id: z.string(),
    team_id: text,
    name: text,
    real_name: text,
    is_bot: flag,
    is_admin: flag,
    is_owner: flag,
    is_stranger: flag,
    tz: text,
    locale: text,
    profile: z.object({ display_name: text, real_name: text }).optional().catch(undefined),
  }),
});
const groupsAnswer = z.object({
  usergroups: z.array(
    z.object({ id: z.string(), handle: text, users: z.array(z.string()).optional().catch(undefined) }),
  ),
});
const membersAnswer = z.object({ members: z.array(z.string()), response_metadata: cursor });
const slackChannel = z.object({
  id: z.string(),
  name: text,
  is_private: flag,
  is_ext_shared: flag,
  is_pending_ext_shared: flag,
  is_member: flag,
});
const directsAnswer = z.object({
  channels: z.array(
    z.object({ id: z.string(), user: text, created: z.number().catch(0), is_user_deleted: flag }),
  ),
  response_metadata: cursor,
});
const channelsAnswer = z.object({ channels: z.array(slackChannel), response_metadata: cursor });
const channelAnswer = z.object({ channel: z.object({ name: text }) });

/** Slack's own voice; it talks with every app. */
const SLACKBOT = "USLACKBOT";

export interface Directory {
  profile(person: string): Promise<Profile | null>;
  /** The same without groups, and null when it cannot be found out quickly: for deliveries, which cannot wait. */
  profileInTime(person: string): Promise<Profile | null>;
  channels(): Promise<ChannelInfo[]>;
  /** The channels of direct messages with the bot, the newest first; none where the app may not list them. */
  directs(): Promise<readonly string[]>;
  isMember(channel: string, person: string): Promise<boolean>;
  /** Somebody joined or left. */
  membershipChanged(channel: string): void;
  /** The names an event needs; what cannot be found out in time stays unknown, so that the event is not held up. */
  namesFor(events: readonly ChatEvent[]): Promise<Names>;
}

function langOf(locale: string | undefined): Lang | null {
  const lang = locale?.slice(0, 2).toLowerCase();
  return lang === "es" || lang === "en" ? lang : null;
}

/** Resolves with the value or, after `ms` or a failure, with null. */
async function within<T>(ms: number, value: Promise<T>, failed: (error: unknown) => void): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([value, late]);
  } catch (error) {
    failed(error);
    return null;
  } finally {
    clearTimeout(timer);
  }
}

export function createDirectory(options: { calls: Calls; self: Self; clock: Clock; log: Log }): Directory {
  const { calls, self, clock, log } = options;

  const groups = remember(clock, limits.GROUPS_TTL_MS, 1, async () => {
    const byPerson = new Map<string, string[]>();
    try {
      const answer = await calls.call("usergroups.list", { include_users: true }, groupsAnswer);
      for (const group of answer.usergroups)
        for (const person of group.users ?? []) {
          const names = group.handle ? [group.id, group.handle] : [group.id];
          byPerson.set(person, [...(byPerson.get(person) ?? []), ...names]);
        }
    } catch (error) {
      // Free plans have no user groups, and say so by an error of their own.
      const code = slackCode(error);
      if (code !== "paid_teams_only" && code !== "plan_upgrade_required") throw error;
      log.info({ code }, "This Slack plan has no user groups; people are known by id only.");
    }
    return byPerson;
  });

  const profiles = remember<Profile | null>(
    clock,
    limits.PROFILE_TTL_MS,
    limits.MAX_PROFILES,
    async (person) => {
      try {
        const { user } = await calls.call("users.info", { user: person, include_locale: true }, userAnswer);
        const company = companyOf(user.team_id, self);
        return {
          platform: "slack",
          workspace: self.workspace,
          id: user.id,
          name:
            user.profile?.display_name || user.profile?.real_name || user.real_name || user.name || user.id,
          bot: user.is_bot || user.id === "USLACKBOT",
          external: company !== null || user.is_stranger,
          company,
          fresh: false,
          timezone: user.tz ?? null,
          lang: langOf(user.locale),
          groups: [],
          admin: user.is_admin || user.is_owner,
        };
      } catch (error) {
        const code = slackCode(error);
        if (code === "user_not_found" || code === "user_not_visible") return null;
        throw error;
      }
    },
  );

  const channelNames = remember<string | null>(
    clock,
    limits.PROFILE_TTL_MS,
    limits.MAX_PROFILES,
    async (channel) => {
      try {
        const answer = await calls.call("conversations.info", { channel }, channelAnswer);
        return answer.channel.name ?? null;
      } catch (error) {
        if (slackCode(error) === "channel_not_found") return null;
        throw error;
      }
    },
  );

  const members = remember<ReadonlySet<string>>(
    clock,
    limits.MEMBERS_TTL_MS,
    limits.MAX_MEMBER_LISTS,
    async (channel) => {
      const found = new Set<string>();
      let next: string | undefined;
      try {
        do {
          const args = { channel, limit: limits.MEMBERS_PAGE, ...(next ? { cursor: next } : {}) };
          const page = await calls.call("conversations.members", args, membersAnswer);
          for (const member of page.members) found.add(member);
          next = page.response_metadata?.next_cursor;
        } while (next);
      } catch (error) {
        // A channel the bot cannot see is read by nobody as far as it knows.
        const code = slackCode(error);
        if (code !== "channel_not_found" && code !== "not_in_channel") throw error;
      }
      return found;
    },
  );

  const failed = (error: unknown) => log.debug({ error }, "A name could not be found out; its id is shown.");

  return {
    profileInTime: (person) => within(limits.NAMES_MS, profiles.get(person), failed),

    async profile(person) {
      const found = await profiles.get(person);
      if (found === null) return null;
      return { ...found, groups: (await groups.get("")).get(person) ?? [] };
    },

    async channels() {
      const found: ChannelInfo[] = [];
      let next: string | undefined;
      do {
        const args = {
          types: "public_channel,private_channel",
          exclude_archived: true,
          limit: limits.PAGE,
          ...(next ? { cursor: next } : {}),
        };
        const page = await calls.call("conversations.list", args, channelsAnswer);
        for (const channel of page.channels)
          found.push({
            platform: "slack",
            workspace: self.workspace,
            channel: channel.id,
            name: channel.name ?? channel.id,
            kind: "text",
            private: channel.is_private,
            shared: channel.is_ext_shared || channel.is_pending_ext_shared,
            member: channel.is_member,
          });
        next = page.response_metadata?.next_cursor;
      } while (next);
      return found;
    },

    async directs() {
      const found: z.infer<typeof directsAnswer>["channels"] = [];
      let next: string | undefined;
      try {
        do {
          const args = { types: "im", limit: limits.PAGE, ...(next ? { cursor: next } : {}) };
          const page = await calls.call("conversations.list", args, directsAnswer);
          found.push(...page.channels);
          next = page.response_metadata?.next_cursor;
        } while (next);
      } catch (error) {
        // An app installed before the scope was asked for: what is written in known talks is read all the same.
        if (slackCode(error) !== "missing_scope") throw error;
        log.warn(
          "The Slack app lacks im:read: a first direct message sent while the bot was away is not found.",
        );
      }
      return found
        .filter(({ is_user_deleted: gone, user }) => !gone && user !== SLACKBOT)
        .sort((one, other) => other.created - one.created)
        .map(({ id }) => id);
    },

    async isMember(channel, person) {
      return (await members.get(channel)).has(person);
    },

    membershipChanged(channel) {
      members.forget(channel);
    },

    async namesFor(events) {
      const wantedPeople = new Set<string>();
      const wantedChannels = new Set<string>();
      for (const event of events) {
        const needed = namesNeeded(event);
        for (const id of needed.people) wantedPeople.add(id);
        for (const id of needed.channels) wantedChannels.add(id);
      }
      const known = new Map<string, string>();
      const learning: Promise<void>[] = [];
      function learn<T>(id: string, from: Remembered<T>, nameOf: (found: T) => string | null): void {
        const note = (found: T | null) => {
          const name = found === null ? null : nameOf(found);
          if (name !== null) known.set(id, name);
        };
        // Mostly it is at hand: no timer then.
        const found = from.known(id);
        if (found !== undefined) note(found);
        else learning.push(within(limits.NAMES_MS, from.get(id), failed).then(note));
      }
      for (const id of wantedPeople)
        if (/^[UW]/.test(id)) learn(id, profiles, (profile) => profile?.name ?? null);
      for (const id of wantedChannels) learn(id, channelNames, (name) => name);
      if (learning.length > 0) await Promise.all(learning);
      const name = (id: string) => known.get(id) ?? null;
      return { person: name, channel: name };
    },
  };
}
