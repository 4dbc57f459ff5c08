// From what is written to what holds: defaults filled in, working days turned into minutes of the calendar that applies.
import { defaultCalendar, defaultChannel, defaultTeam, defaultWorkspace } from "../domain/defaults.ts";
import type {
  Calendar,
  ChannelPolicy,
  CompanyPolicy,
  TeamPolicy,
  TierPromise,
  WorkspacePolicy,
} from "../domain/policy.ts";
import { workingDay } from "../domain/promises/calendar.ts";
import type { Tier } from "../domain/words.ts";
import {
  tierKeys,
  type WrittenCalendar,
  type WrittenCompany,
  type WrittenPromises,
  type WrittenSettings,
  type WrittenTeam,
  type WrittenWorkspace,
} from "./schema.ts";
import type { Duration } from "./words.ts";

type Promises = Partial<Record<Tier, Partial<TierPromise>>>;

const NOBODY = { ids: [], groups: [] };
const TIERS = [1, 2, 3, 4, 5] as const satisfies readonly Tier[];

/** The defaults that are counted in working days; with shorter days they are shorter (domain/defaults.ts has the table). */
const inWorkingDays: Readonly<Record<Tier, Partial<Record<"firstAnswer" | "nextUpdate", number>>>> = {
  1: {},
  2: { nextUpdate: 1 },
  3: { nextUpdate: 2 },
  4: { nextUpdate: 2 },
  5: { firstAnswer: 3 },
};

export function resolveWorkspace(written: WrittenSettings | WrittenWorkspace): WorkspacePolicy {
  const calendar = calendarFrom(written, defaultCalendar) ?? defaultCalendar;
  const own = promisesFrom(written.promises, calendar);
  const staff = written.staff ?? NOBODY;
  const tier = (number: Tier): TierPromise => {
    const promise = { ...defaultWorkspace.tiers[number] };
    const { firstAnswer, nextUpdate } = inWorkingDays[number];
    if (firstAnswer !== undefined) promise.firstAnswer = firstAnswer * workingDay(calendar);
    if (nextUpdate !== undefined) promise.nextUpdate = nextUpdate * workingDay(calendar);
    return { ...promise, ...own[number] };
  };
  return {
    platform: "platform" in written ? (written.platform ?? null) : null,
    id: "id" in written ? (written.id ?? null) : null,
    lang: written.language ?? defaultWorkspace.lang,
    staff,
    helpers: written.helpers ?? NOBODY,
    leads: written.leads ?? NOBODY,
    admins: written.admins ?? NOBODY,
    staffReadTeamChannel: staff.ids.length + staff.groups.length === 0,
    teams: written.teams?.map((team) => teamFrom(team, calendar)) ?? defaultWorkspace.teams,
    companies: written.companies?.map((company) => companyFrom(company, calendar)) ?? [],
    calendar,
    tiers: { 1: tier(1), 2: tier(2), 3: tier(3), 4: tier(4), 5: tier(5) },
    reminders: written.reminders ?? defaultWorkspace.reminders,
    acknowledgeAfter: written.acknowledgeAfter ?? defaultWorkspace.acknowledgeAfter,
    grace: written.grace ?? defaultWorkspace.grace,
    alarmedGuidance:
      written.alarmedGuidance === undefined
        ? defaultWorkspace.alarmedGuidance
        : minutesOf(written.alarmedGuidance, calendar),
    statusPage: written.statusPage ?? null,
    openingsPerHour: written.openingsPerHour ?? defaultWorkspace.openingsPerHour,
  };
}

function teamFrom(written: WrittenTeam, workspace: Calendar): TeamPolicy {
  const calendar = calendarFrom(written, workspace);
  const counted = calendar ?? workspace;
  const digest = written.digest === undefined ? defaultTeam.digest : written.digest;
  const summary = written.summary === undefined ? defaultTeam.summary : weekly(written.summary);
  return {
    name: written.name ?? defaultTeam.name,
    channels: written.channels?.map((channel) => channelFrom(channel, counted)) ?? defaultTeam.channels,
    teamChannel: {
      channel: written.teamChannel?.name ?? defaultTeam.teamChannel.channel,
      platform: written.teamChannel?.platform ?? null,
      workspace: written.teamChannel?.workspace ?? null,
    },
    leadsChannel: written.leadsChannel ?? null,
    leads: written.leads ?? NOBODY,
    calendar,
    promises: promisesFrom(written.promises, counted),
    digest,
    summary,
  };
}

function weekly(written: { at: string; days: readonly number[] } | null): TeamPolicy["summary"] {
  const day = written?.days[0];
  return written && day !== undefined ? { at: written.at, day } : null;
}

function channelFrom(
  written: NonNullable<WrittenTeam["channels"]>[number],
  calendar: Calendar,
): ChannelPolicy {
  return {
    channel: written.name,
    mode: written.mode ?? defaultChannel.mode,
    live: written.live ?? defaultChannel.live,
    promises: promisesFrom(written.promises, calendar),
    joinWithin: written.joinWithin ?? defaultChannel.joinWithin,
  };
}

function companyFrom(written: WrittenCompany, workspace: Calendar): CompanyPolicy {
  const calendar = calendarFrom(written, workspace);
  return {
    name: written.name,
    channels: written.channels ?? [],
    slackTeams: written.slackTeams ?? [],
    roles: written.discordRoles ?? [],
    calendar,
    promises: promisesFrom(written.promises, calendar ?? workspace),
  };
}

/** A calendar of its own where anything of it is written; what is not written is as in the calendar above. */
function calendarFrom(written: WrittenCalendar, above: Calendar): Calendar | null {
  const { timezone, hours, holidays } = written;
  if (timezone === undefined && hours === undefined && holidays === undefined) return null;
  return {
    timezone: timezone ?? above.timezone,
    hours: hours ?? above.hours,
    holidays: {
      region: holidays?.region === undefined ? above.holidays.region : holidays.region,
      days: holidays?.days ? [...new Set(holidays.days.flat())].sort() : above.holidays.days,
    },
  };
}

function promisesFrom(written: WrittenPromises, calendar: Calendar): Promises {
  const promises: Promises = {};
  for (const tier of TIERS) {
    for (const key of tierKeys[tier]) {
      const its = written?.[key];
      if (!its) continue;
      const { firstAnswer, nextUpdate, aroundTheClock } = its;
      promises[tier] = {
        ...promises[tier],
        ...(firstAnswer === undefined ? {} : { firstAnswer: minutesOf(firstAnswer, calendar) }),
        ...(nextUpdate === undefined ? {} : { nextUpdate: minutesOf(nextUpdate, calendar) }),
        ...(aroundTheClock === undefined ? {} : { aroundTheClock }),
      };
    }
  }
  return promises;
}

function minutesOf(duration: Duration | null, calendar: Calendar): number | null {
  if (duration === null) return null;
  const days = duration.workingDays > 0 ? duration.workingDays * workingDay(calendar) : 0;
  return Math.round(duration.minutes + days);
}
