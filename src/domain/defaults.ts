// What holds where the policy file says nothing (DESIGN section 2). policy.example.yaml explains each value in plain words.
import type {
  Calendar,
  ChannelPolicy,
  ReminderStep,
  TeamPolicy,
  TierPromise,
  WorkspacePolicy,
} from "./policy.ts";
import type { Tier } from "./words.ts";

const HOUR = 60;
/** A working day of the default hours, as promises/calendar.ts counts it: never more than eight hours. */
const WORKING_DAY = 8 * HOUR;
const nineToSix = [{ from: 9 * HOUR, to: 18 * HOUR }];

/** The zone is UTC because a guess at anybody's zone would be a promise an hour off; the file should name it. */
export const defaultCalendar: Calendar = {
  timezone: "UTC",
  hours: { 1: nineToSix, 2: nineToSix, 3: nineToSix, 4: nineToSix, 5: nineToSix, 6: [], 7: [] },
  holidays: { region: null, days: [] },
};

export const defaultTiers: Readonly<Record<Tier, TierPromise>> = {
  1: { firstAnswer: 15, nextUpdate: 30, aroundTheClock: false },
  2: { firstAnswer: 2 * HOUR, nextUpdate: WORKING_DAY, aroundTheClock: false },
  3: { firstAnswer: 4 * HOUR, nextUpdate: 2 * WORKING_DAY, aroundTheClock: false },
  4: { firstAnswer: 8 * HOUR, nextUpdate: 2 * WORKING_DAY, aroundTheClock: false },
  5: { firstAnswer: 3 * WORKING_DAY, nextUpdate: null, aroundTheClock: false },
};

export const defaultReminders: readonly ReminderStep[] = [{ used: 0.75, whom: "owner" }];

/** Every channel the bot is in, watch only, in the mode its kind has by default. */
export const defaultChannel: ChannelPolicy = {
  channel: "*",
  mode: null,
  live: false,
  promises: {},
  joinWithin: 10,
};

export const defaultTeam: TeamPolicy = {
  name: "Support",
  channels: [defaultChannel],
  teamChannel: { channel: "support-team", platform: null, workspace: null },
  leadsChannel: null,
  leads: { ids: [], groups: [] },
  calendar: null,
  promises: {},
  digest: { at: "9:00", days: [1, 2, 3, 4, 5] },
  summary: { at: "9:30", day: 1 },
};

export const defaultWorkspace: WorkspacePolicy = {
  platform: null,
  id: null,
  lang: "en",
  staff: { ids: [], groups: [] },
  helpers: { ids: [], groups: [] },
  leads: { ids: [], groups: [] },
  admins: { ids: [], groups: [] },
  staffReadTeamChannel: true,
  teams: [defaultTeam],
  companies: [],
  calendar: defaultCalendar,
  tiers: defaultTiers,
  reminders: defaultReminders,
  acknowledgeAfter: 2,
  grace: 15,
  alarmedGuidance: 4 * HOUR,
  statusPage: null,
  openingsPerHour: 5,
};
