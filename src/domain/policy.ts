// The written promise (DESIGN idea 13) as the core reads it. policy-file.ts makes it from YAML, with defaults.
import type { ChannelMode, Lang, Tier, WorkingMinutes } from "./words.ts";

/** Monday is 1, Sunday 7 (ISO 8601). Minutes since local midnight; `to` may be 1440. Spans of a day do not overlap. */
export interface Span {
  from: number;
  to: number;
}

export interface Calendar {
  /** IANA zone. */
  timezone: string;
  hours: Readonly<Record<1 | 2 | 3 | 4 | 5 | 6 | 7, readonly Span[]>>;
  holidays: {
    /** date-holidays codes, e.g. `ES`, `ES-MD`, `US-CA`; null for none. */
    region: string | null;
    /** Own days off, ISO dates. */
    days: readonly string[];
  };
}

export interface TierPromise {
  /** Working minutes to the first answer of a person; null: no promise. */
  firstAnswer: WorkingMinutes | null;
  /** Working minutes to the next answer after the customer wrote again; null: no promise. */
  nextUpdate: WorkingMinutes | null;
  /** The clock also runs outside working hours. */
  aroundTheClock: boolean;
  // Below: absent on terms that were frozen before there were such; then as null.
  /** The next update of a request that has been open for `after` working minutes; null: as ever. */
  laterUpdate?: { after: WorkingMinutes; minutes: WorkingMinutes } | null;
  /** Working minutes to the next update while it is with engineering or a third party; null: as ever. */
  thirdPartyUpdate?: WorkingMinutes | null;
  /** Internal, never shown to customers: working minutes until a workaround helped; null: no such target. */
  workaround?: WorkingMinutes | null;
  /** Internal, never shown to customers: working minutes until it is resolved; null: no such target. */
  resolution?: WorkingMinutes | null;
  /** The ladder of this tier; without it, that of all tiers. */
  reminders?: readonly ReminderStep[];
}

/** When a step of the ladder comes: at this share (0..1) of the time promised; so many working minutes before its end, or after. */
export type ReminderMoment = { used: number } | { before: WorkingMinutes } | { after: WorkingMinutes };

/** A step of the ladder: when, whom, how, and how often. */
export type ReminderStep = ReminderMoment & {
  whom: "owner" | "backup" | "on-call" | "team" | "lead";
  /** In private (`direct`, where nothing is said) or in the team channel, by name. */
  how?: "direct" | "channel";
  /** Told again each time so many working minutes have passed. */
  every?: WorkingMinutes;
  /** Until when it is told again: the end of the promise (where nothing is said), an answer, or so many times in all. */
  until?: "end" | "answered" | number;
};

/** What was promised, frozen on a request when it opens. Plain JSON. */
export interface Terms {
  /** Identifies the policy it came from: a hash of the file's meaning. */
  policy: string;
  calendar: Calendar;
  tiers: Readonly<Record<Tier, TierPromise>>;
  reminders: readonly ReminderStep[];
  /** The hours of the people who answer, where the promise is counted in others; absent: the same. */
  staffCalendar?: Calendar;
  /** Minutes within hours before the acknowledgement is said; 0: at once. Outside hours it is always at once. */
  acknowledgeAfter: number;
  /** Working minutes after a breach before the bot itself says that we are late. */
  grace: WorkingMinutes;
  /** Working minutes a guidance request waits when it feels alarming; null: as the tier says. */
  alarmedGuidance: WorkingMinutes | null;
  /** Absent in terms frozen before there were pages. */
  paging?: {
    /** The company was promised that somebody is woken. */
    promised: boolean;
    /** The team has a rota. */
    onCall: boolean;
  };
  /** Whether the policy gives it to somebody. Absent in terms frozen before it could. */
  assigns?: boolean;
  /** Where each of the values came from: `company Ferro`, `channel #help`, `team Support`, `workspace`, `default`. */
  sources: Readonly<Record<string, string>>;
  /** What held before an explicit change of the policy: replaying needs it. Absent where nothing was ever changed. */
  before?: Terms;
}

/** Names people by platform id or by the name of a group (Slack user group handle, Discord role). */
export interface Selector {
  ids: readonly string[];
  groups: readonly string[];
}

export interface ChannelPolicy {
  /** A channel id, or a name with or without `#`; `*` for every other channel the bot is in. */
  channel: string;
  mode: ChannelMode | null;
  /** false: watch only. */
  live: boolean;
  promises: Partial<Record<Tier, Partial<TierPromise>>>;
  /** Minutes within which messages of the same person at top level belong together. */
  joinWithin: number;
  /** 0..1, how likely something new must be before it opens (intake); null: the usual. Lower opens more. */
  opensFrom: number | null;
  /** Openings per person and hour in this channel; null: as in the workspace. */
  openingsPerHour: number | null;
  /** null: as the team says. */
  assign: Assignment | null;
}

/** So many customers with the same problem within so many minutes are proposed as one incident. */
export interface StormPolicy {
  customers: number;
  within: number;
}

/** Somebody stands in for whoever would be called first, from one ISO date to another, both included. */
export interface Cover {
  person: string;
  from: string;
  to: string;
}

/** Who is called when it cannot wait (people/rota.ts). */
export interface Rota {
  /** Platform ids, in the order of their turns; nobody twice. */
  people: readonly string[];
  every: "day" | "week";
  /** Minutes since midnight on the wall at which turns change, and for weekly ones the day; Monday is 1. */
  at: number;
  day: number;
  /** The ISO date on which the first person has the turn. */
  since: string;
  /** IANA zone. */
  timezone: string;
  cover: readonly Cover[];
  /** Whether a page carries the request's title: words of the customer that then leave the house. */
  saysTitle: boolean;
}

/** What is told of customers only where a lead turned it on: judgements about people (DESIGN, manner). */
export type Detected = "heat" | "leaving" | "opportunity";
/** Who is given a request when it opens (people/assignment.ts). `people` by platform id, in order; for the rota none. */
export interface AssignRule {
  how: "round_robin" | "least_loaded" | "on_call" | "by_hand";
  people: readonly string[];
}

export interface Assignment {
  rule: AssignRule | null;
  /** For a tier, before the rule in general. */
  tiers: Partial<Record<Tier, AssignRule>>;
}

export interface TeamPolicy {
  name: string;
  channels: readonly ChannelPolicy[];
  /** Where cards are shown; `workspace` (platform and id) when it lies in another one. */
  teamChannel: { channel: string; platform: string | null; workspace: string | null };
  /** Where digest and summary go; null: the team channel. */
  leadsChannel: string | null;
  leads: Selector;
  calendar: Calendar | null;
  promises: Partial<Record<Tier, Partial<TierPromise>>>;
  /** null: as the workspace says. */
  detect: readonly Detected[] | null;
  digest: { at: string; days: readonly number[] } | null;
  summary: { at: string; day: number } | null;
  /** null: nobody is on call. */
  onCall: Rota | null;
  /** The name of what wakes its people, set up in the environment; null: that of the whole bot. */
  pager: string | null;
  /** null: people take what they can. */
  assign: Assignment | null;
}

export interface CompanyPolicy {
  name: string;
  channels: readonly string[];
  /** The contact on our side: a person's id on their platform, or null. */
  contact: string | null;
  /** Slack team ids (Slack Connect). */
  slackTeams: readonly string[];
  /** Discord roles, by id or name. */
  roles: readonly string[];
  calendar: Calendar | null;
  promises: Partial<Record<Tier, Partial<TierPromise>>>;
  /** Promised that somebody on call is woken when everything is failing. */
  page: boolean;
}

export interface WorkspacePolicy {
  /** null: any workspace of any platform that no other entry names. */
  platform: string | null;
  id: string | null;
  lang: Lang;
  staff: Selector;
  helpers: Selector;
  leads: Selector;
  admins: Selector;
  /** Whoever can read the team channel counts as staff (the default when `staff` names nobody). */
  staffReadTeamChannel: boolean;
  teams: readonly TeamPolicy[];
  companies: readonly CompanyPolicy[];
  calendar: Calendar;
  tiers: Readonly<Record<Tier, TierPromise>>;
  reminders: readonly ReminderStep[];
  /** Minutes: what falls due so soon after a reminder is told with it. */
  gatherReminders: number;
  acknowledgeAfter: number;
  grace: WorkingMinutes;
  alarmedGuidance: WorkingMinutes | null;
  /** At the end of their day people are asked to hand over what is owed before they are back. */
  shiftHandover: boolean;
  /** Who is away for more working time than this leaves what is owed meanwhile to somebody else; null: never. */
  longAbsence: WorkingMinutes | null;
  /** A link customers may be given outside hours. */
  statusPage: string | null;
  /** Openings per person and hour; what comes beyond joins the latest request. */
  openingsPerHour: number;
  /** Days within which the same problem of the same customer counts as a repeat contact; null: never. */
  repeatWithin: number | null;
  /** null: storms are not proposed. */
  storm: StormPolicy | null;
  /** The same where everything is failing (tier 1). */
  stormOfTier1: StormPolicy | null;
  /** Bots whose posts may be requests, by id or name: forms and integrations. */
  allowBots: readonly string[];
  /** Who answers direct messages to the bot: a team's name; null: the first team; false: nobody. */
  directMessages: string | null | false;
  /** 0..1: below this confidence in the tier the card asks the team. */
  askBelow: number;
  /** Whoever of us gives their word in a message ("back by three") is asked whether to track it. */
  askAboutGivenWords: boolean;
  detect: readonly Detected[];
}

export interface Policy {
  hash: string;
  workspaces: readonly WorkspacePolicy[];
}
