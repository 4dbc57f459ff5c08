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
}

/** A warning before the end of a promise: when this share (0..1) of its working time is used. */
export interface ReminderStep {
  used: number;
  whom: "owner" | "team" | "lead";
}

/** What was promised, frozen on a request when it opens. Plain JSON. */
export interface Terms {
  /** Identifies the policy it came from: a hash of the file's meaning. */
  policy: string;
  calendar: Calendar;
  tiers: Readonly<Record<Tier, TierPromise>>;
  reminders: readonly ReminderStep[];
  /** Minutes within hours before the acknowledgement is said; 0: at once. Outside hours it is always at once. */
  acknowledgeAfter: number;
  /** Working minutes after a breach before the bot itself says that we are late. */
  grace: WorkingMinutes;
  /** Working minutes a guidance request waits when it feels alarming; null: as the tier says. */
  alarmedGuidance: WorkingMinutes | null;
  /** Where each of the values came from: `company Ferro`, `channel #help`, `team Support`, `workspace`, `default`. */
  sources: Readonly<Record<string, string>>;
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
  digest: { at: string; days: readonly number[] } | null;
  summary: { at: string; day: number } | null;
}

export interface CompanyPolicy {
  name: string;
  channels: readonly string[];
  /** Slack team ids (Slack Connect). */
  slackTeams: readonly string[];
  /** Discord roles, by id or name. */
  roles: readonly string[];
  calendar: Calendar | null;
  promises: Partial<Record<Tier, Partial<TierPromise>>>;
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
  acknowledgeAfter: number;
  grace: WorkingMinutes;
  alarmedGuidance: WorkingMinutes | null;
  /** A link customers may be given outside hours. */
  statusPage: string | null;
  /** Openings per person and hour; what comes beyond joins the latest request. */
  openingsPerHour: number;
}

export interface Policy {
  hash: string;
  workspaces: readonly WorkspacePolicy[];
}
