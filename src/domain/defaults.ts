// What holds where the policy file says nothing (DESIGN section 2). policy.example.yaml explains each value in plain words.
import type {
  Calendar,
  ChannelPolicy,
  ReminderStep,
  TeamPolicy,
  TierPromise,
  WorkspacePolicy,
} from "./policy.ts";
import type { Tier, WorkingMinutes } from "./words.ts";

const HOUR = 60;
/** A working day of the default hours, as promises/calendar.ts counts it: never more than eight hours. */
const WORKING_DAY = 8 * HOUR;
const WEEK = 5 * WORKING_DAY;
const nineToSix = [{ from: 9 * HOUR, to: 18 * HOUR }];

/** The zone is UTC because a guess at anybody's zone would be a promise an hour off; the file should name it. */
export const defaultCalendar: Calendar = {
  timezone: "UTC",
  hours: { 1: nineToSix, 2: nineToSix, 3: nineToSix, 4: nineToSix, 5: nineToSix, 6: [], 7: [] },
  holidays: { region: null, days: [] },
};

/** What a tier does without unless it says so. */
const nothingMore = {
  laterUpdate: null,
  thirdPartyUpdate: null,
  aroundTheClock: false,
  workaround: null,
  resolution: null,
};

export const defaultTiers: Readonly<Record<Tier, TierPromise>> = {
  1: { ...nothingMore, firstAnswer: 15, nextUpdate: 30, laterUpdate: { minutes: HOUR, after: 2 * HOUR } },
  2: { ...nothingMore, firstAnswer: 2 * HOUR, nextUpdate: WORKING_DAY },
  3: { ...nothingMore, firstAnswer: 4 * HOUR, nextUpdate: 2 * WORKING_DAY, thirdPartyUpdate: WEEK },
  4: { ...nothingMore, firstAnswer: 8 * HOUR, nextUpdate: 2 * WORKING_DAY },
  5: { ...nothingMore, firstAnswer: 3 * WORKING_DAY, nextUpdate: null },
};

/** The defaults that are counted in working days: with shorter days they are shorter. */
const inWorkingDays: Readonly<
  Record<Tier, Partial<Record<"firstAnswer" | "nextUpdate" | "thirdPartyUpdate", number>>>
> = {
  1: {},
  2: { nextUpdate: 1 },
  3: { nextUpdate: 2, thirdPartyUpdate: 5 },
  4: { nextUpdate: 2 },
  5: { firstAnswer: 3 },
};

/** What a tier promises where nothing is written, in a calendar whose working day has so many minutes. */
export function defaultTier(tier: Tier, workingDay: WorkingMinutes): TierPromise {
  const promise = { ...defaultTiers[tier] };
  const { firstAnswer, nextUpdate, thirdPartyUpdate } = inWorkingDays[tier];
  if (firstAnswer !== undefined) promise.firstAnswer = firstAnswer * workingDay;
  if (nextUpdate !== undefined) promise.nextUpdate = nextUpdate * workingDay;
  if (thirdPartyUpdate !== undefined) promise.thirdPartyUpdate = thirdPartyUpdate * workingDay;
  return promise;
}

export const defaultReminders: readonly ReminderStep[] = [{ used: 0.75, whom: "owner" }];

/** Every channel the bot is in, watch only, in the mode its kind has by default. */
export const defaultChannel: ChannelPolicy = {
  channel: "*",
  mode: null,
  live: false,
  promises: {},
  joinWithin: 10,
  opensFrom: null,
  openingsPerHour: null,
  assign: null,
};

export const defaultTeam: TeamPolicy = {
  name: "Support",
  channels: [defaultChannel],
  teamChannel: { channel: "support-team", platform: null, workspace: null },
  leadsChannel: null,
  leads: { ids: [], groups: [] },
  calendar: null,
  promises: {},
  detect: null,
  digest: { at: "9:00", days: [1, 2, 3, 4, 5] },
  summary: { at: "9:30", day: 1 },
  onCall: null,
  pager: null,
  assign: null,
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
  gatherReminders: 10,
  acknowledgeAfter: 2,
  grace: 15,
  alarmedGuidance: 4 * HOUR,
  shiftHandover: false,
  longAbsence: WORKING_DAY,
  statusPage: null,
  openingsPerHour: 5,
  repeatWithin: 14,
  storm: { customers: 3, within: 30 },
  stormOfTier1: { customers: 2, within: 30 },
  allowBots: [],
  directMessages: null,
  askBelow: 0.6,
  askAboutGivenWords: true,
  detect: [],
};
