// Which part of the written promise applies: to a workspace, a channel, a company; and the terms a request is opened with.
import { defaultChannel, defaultTier, defaultWorkspace } from "./defaults.ts";
import type {
  ChannelPolicy,
  CompanyPolicy,
  Policy,
  TeamPolicy,
  Terms,
  TierPromise,
  WorkspacePolicy,
} from "./policy.ts";
import { workingDay } from "./promises/calendar.ts";
import type { ChannelMode, Tier } from "./words.ts";

/** The source of a clock that is to run at night, and does not as long as nobody is known to be woken. */
export const UNTIL_PAGED = "no test page confirmed";

/** A channel as the policy may name it. `name` is null where only the id is known. */
export interface NamedChannel {
  id: string;
  name: string | null;
}

const TIERS = [1, 2, 3, 4, 5] as const satisfies readonly Tier[];
const VALUES = [
  "firstAnswer",
  "nextUpdate",
  "laterUpdate",
  "thirdPartyUpdate",
  "aroundTheClock",
  "workaround",
  "resolution",
  "reminders",
] as const satisfies readonly (keyof TierPromise)[];

/** The entry that names this workspace; else the one for its platform; else the one for all; else the defaults. */
export function workspacePolicyFor(policy: Policy, platform: string, workspaceId: string): WorkspacePolicy {
  const fit = ({ platform: on, id }: WorkspacePolicy): number => {
    if ((on !== null && on !== platform) || (id !== null && id !== workspaceId)) return 0;
    return 1 + (on === null ? 0 : 1) + (id === null ? 0 : 2);
  };
  return bestOf(policy.workspaces, fit) ?? defaultWorkspace;
}

/** Whether the policy's word for a channel (`help`, `#help`, an id) means this one. `*` is not looked at here. */
export function sameChannel(written: string, channel: NamedChannel): boolean {
  if (written === channel.id) return true;
  return channel.name !== null && bare(written) === bare(channel.name);
}

/** How the channel of a direct message with the bot is named: no channel that people make has a space in its name. */
export const DIRECT = "direct message";
/** Minutes: a direct message is one talk, and what follows within a day belongs to what is open. */
const DIRECT_JOINS = 24 * 60;

/**
 * The team that answers in the channel: the one that names it, else the one with `*`; null when none does. Direct messages
 * are answered by the team the policy says, without a word by the first.
 */
export function teamFor(workspace: WorkspacePolicy, channel: NamedChannel): TeamPolicy | null {
  if (channel.name === DIRECT) {
    const named = workspace.directMessages;
    if (named === false) return null;
    return workspace.teams.find(({ name }) => name === named) ?? workspace.teams[0] ?? null;
  }
  return bestOf(workspace.teams, (team) => Math.max(0, ...team.channels.map((each) => fits(each, channel))));
}

/** What the team says of the channel, by id, by name, or by `*`; null when it says nothing: then it is not watched. */
export function channelPolicyFor(team: TeamPolicy, channel: NamedChannel): ChannelPolicy | null {
  if (channel.name === DIRECT) {
    // Whoever may be spoken to in one of the team's channels may be answered here.
    const live = team.channels.some((each) => each.live);
    return { ...defaultChannel, channel: channel.id, mode: "every", live, joinWithin: DIRECT_JOINS };
  }
  return bestOf(team.channels, (each) => fits(each, channel));
}

/** The mode of a channel the policy gives none: `every` in a forum; in a text channel what is usual on the platform. */
export function defaultMode(kind: "text" | "forum", textMode: ChannelMode): ChannelMode {
  return kind === "forum" ? "every" : textMode;
}

/** What tells which company somebody is of: the organisation and groups they carry, and where they wrote. */
export interface Belonging {
  /** The organisation the person belongs to where it is not the workspace's own (Author.company). */
  organisation: string | null;
  /** Ids and names of their groups. */
  groups: readonly string[];
  channel: NamedChannel;
}

/** The company of a customer. What the person carries is surer than where they wrote. */
export function companyFor(workspace: WorkspacePolicy, who: Belonging): CompanyPolicy | null {
  const groups = new Set(who.groups.map(bare));
  return bestOf(workspace.companies, (company) => {
    if (who.organisation !== null && company.slackTeams.includes(who.organisation)) return 3;
    if (company.roles.some((role) => groups.has(bare(role)))) return 2;
    return company.channels.some((written) => sameChannel(written, who.channel)) ? 1 : 0;
  });
}

export interface Place {
  policy: Policy;
  workspace: WorkspacePolicy;
  team: TeamPolicy | null;
  channel: ChannelPolicy | null;
  company: CompanyPolicy | null;
  /** Somebody on call has confirmed that a test page of the team rang. */
  onCallConfirmed: boolean;
}

/**
 * What is promised there. For each value by itself holds what the company was promised, then the channel, the team, the
 * workspace. `sources` says for each (`calendar`, `tiers.2.firstAnswer`, `grace`) where it came from; a workspace's value
 * that equals the default is called `default`. Tier 1 runs around the clock only once it is known that somebody is woken.
 */
export function termsFor(place: Place): Terms {
  const key = place.channel ?? place.workspace;
  const last = lately.get(key);
  if (last && SAME.every((part) => last.place[part] === place[part])) return last.terms;
  const terms = composed(place);
  lately.set(key, { place, terms });
  return terms;
}

/** What was promised last in each channel: most requests there are promised the same. */
const lately = new WeakMap<object, { place: Place; terms: Terms }>();
const SAME: readonly (keyof Place)[] = [
  "policy",
  "workspace",
  "team",
  "channel",
  "company",
  "onCallConfirmed",
];

function composed({ policy, workspace, team, channel, company, onCallConfirmed }: Place): Terms {
  const sources: Record<string, string> = {};
  const own = <K extends "calendar" | "reminders" | "acknowledgeAfter" | "grace" | "alarmedGuidance">(
    key: K,
  ) => {
    sources[key] = same(workspace[key], defaultWorkspace[key]) ? "default" : "workspace";
    return workspace[key];
  };
  const named = [
    company && { source: `company ${company.name}`, says: company },
    channel && {
      source: channel.channel === "*" ? "other channels" : `channel ${hash(channel.channel)}`,
      says: channel,
    },
    team && { source: `team ${team.name}`, says: team },
  ].filter((each) => each !== null);

  const tier = (number: Tier): TierPromise => {
    const promise: TierPromise = { ...workspace.tiers[number] };
    const usual = defaultTier(number, workingDay(workspace.calendar));
    for (const value of VALUES) {
      const key = `tiers.${number}.${value}`;
      const from = named.find(({ says }) => says.promises[number]?.[value] !== undefined);
      // What nobody set has no source.
      if (
        !from &&
        promise[value] == null &&
        usual[value] == null &&
        value !== "firstAnswer" &&
        value !== "nextUpdate"
      )
        continue;
      sources[key] = same(promise[value] ?? null, usual[value] ?? null) ? "default" : "workspace";
      if (!from) continue;
      Object.assign(promise, { [value]: from.says.promises[number]?.[value] });
      sources[key] = from.source;
    }
    if (number === 1 && !onCallConfirmed && promise.aroundTheClock) {
      promise.aroundTheClock = false;
      sources["tiers.1.aroundTheClock"] = UNTIL_PAGED;
    }
    return promise;
  };
  const [one, two, three, four, five] = TIERS.map(tier) as [
    TierPromise,
    TierPromise,
    TierPromise,
    TierPromise,
    TierPromise,
  ];

  sources["paging.promised"] = company?.page ? `company ${company.name}` : "default";
  sources["paging.onCall"] = team?.onCall ? `team ${team.name}` : "default";
  const staff = team?.calendar ?? workspace.calendar;
  let calendar = own("calendar");
  for (const { source, says } of named.toReversed()) {
    if (!("calendar" in says) || says.calendar === null) continue;
    calendar = says.calendar;
    sources.calendar = source;
  }
  return {
    policy: policy.hash,
    calendar,
    tiers: { 1: one, 2: two, 3: three, 4: four, 5: five },
    reminders: own("reminders"),
    ...(same(staff, calendar) ? {} : { staffCalendar: staff }),
    acknowledgeAfter: own("acknowledgeAfter"),
    grace: own("grace"),
    alarmedGuidance: own("alarmedGuidance"),
    paging: { promised: company?.page ?? false, onCall: (team?.onCall ?? null) !== null },
    assigns: (channel?.assign ?? team?.assign ?? null) !== null,
    sources,
  };
}

function fits(policy: ChannelPolicy, channel: NamedChannel): number {
  if (policy.channel === channel.id) return 3;
  if (sameChannel(policy.channel, channel)) return 2;
  return policy.channel === "*" ? 1 : 0;
}

/** The first with the highest rank above 0. */
function bestOf<T>(candidates: readonly T[], rank: (candidate: T) => number): T | null {
  let best: { candidate: T; rank: number } | null = null;
  for (const candidate of candidates) {
    const its = rank(candidate);
    if (its > (best?.rank ?? 0)) best = { candidate, rank: its };
  }
  return best?.candidate ?? null;
}

/** Names compare without their sign and without case: `#Help` is `help`, `@Ferro` is `ferro`. */
function bare(name: string): string {
  return name.replace(/^[#@]/, "").toLowerCase();
}

function hash(channel: string): string {
  return `#${channel.replace(/^#/, "")}`;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
