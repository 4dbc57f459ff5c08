// From what is written to what holds: defaults filled in, working days turned into minutes of the calendar that applies.
import {
  defaultCalendar,
  defaultChannel,
  defaultTeam,
  defaultTier,
  defaultWorkspace,
} from "../domain/defaults.ts";
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
import { assignmentFrom } from "./assign.ts";
import { rotaFrom } from "./rota.ts";
import {
  tierKeys,
  type WrittenCalendar,
  type WrittenCompany,
  type WrittenPromises,
  type WrittenSettings,
  type WrittenTeam,
  type WrittenWorkspace,
} from "./schema.ts";
import type { Updates } from "./updates.ts";
import type { Duration } from "./words.ts";

type Promises = Partial<Record<Tier, Partial<TierPromise>>>;

const NOBODY = { ids: [], groups: [] };
const TIERS = [1, 2, 3, 4, 5] as const satisfies readonly Tier[];

export function resolveWorkspace(written: WrittenSettings | WrittenWorkspace): WorkspacePolicy {
  const calendar = calendarFrom(written, defaultCalendar) ?? defaultCalendar;
  const own = promisesFrom(written.promises, calendar);
  const staff = written.staff ?? NOBODY;
  const tier = (number: Tier): TierPromise => ({
    ...defaultTier(number, workingDay(calendar)),
    ...own[number],
  });
  return {
    platform: "platform" in written ? (written.platform ?? null) : null,
    id: "id" in written ? (written.id ?? null) : null,
    lang: written.language ?? defaultWorkspace.lang,
    staff,
    helpers: written.helpers ?? NOBODY,
    leads: written.leads ?? NOBODY,
    admins: written.admins ?? NOBODY,
    staffReadTeamChannel: staff.ids.length + staff.groups.length === 0,
    teams: (written.teams?.map((team) => teamFrom(team, calendar)) ?? defaultWorkspace.teams).map((team) => ({
      ...team,
      pager: team.pager ?? written.pager ?? null,
    })),
    companies: written.companies?.map((company) => companyFrom(company, calendar)) ?? [],
    calendar,
    tiers: { 1: tier(1), 2: tier(2), 3: tier(3), 4: tier(4), 5: tier(5) },
    reminders: written.reminders ?? defaultWorkspace.reminders,
    gatherReminders: written.gatherReminders ?? defaultWorkspace.gatherReminders,
    acknowledgeAfter: written.acknowledgeAfter ?? defaultWorkspace.acknowledgeAfter,
    grace: written.grace ?? defaultWorkspace.grace,
    alarmedGuidance:
      written.alarmedGuidance === undefined
        ? defaultWorkspace.alarmedGuidance
        : minutesOf(written.alarmedGuidance, calendar),
    shiftHandover: written.shiftHandover ?? defaultWorkspace.shiftHandover,
    longAbsence:
      written.longAbsence === undefined ? workingDay(calendar) : minutesOf(written.longAbsence, calendar),
    statusPage: written.statusPage ?? null,
    openingsPerHour: written.openingsPerHour ?? defaultWorkspace.openingsPerHour,
    ...intakeFrom(written),
    askBelow: written.askBelow ?? defaultWorkspace.askBelow,
    askAboutGivenWords: written.askAboutGivenWords ?? defaultWorkspace.askAboutGivenWords,
    detect: written.detect ?? defaultWorkspace.detect,
  };
}

/** `none` is a decision, and not the same as nothing written. */
function intakeFrom(
  written: WrittenSettings | WrittenWorkspace,
): Pick<WorkspacePolicy, "repeatWithin" | "storm" | "stormOfTier1" | "allowBots" | "directMessages"> {
  const { repeatWithin, storm, stormOfTier1, allowBots, directMessages } = written;
  return {
    repeatWithin: repeatWithin === undefined ? defaultWorkspace.repeatWithin : repeatWithin,
    storm: storm === undefined ? defaultWorkspace.storm : storm,
    // "storm: none" means none of either kind, unless the other is written.
    stormOfTier1:
      stormOfTier1 === undefined ? (storm === null ? null : defaultWorkspace.stormOfTier1) : stormOfTier1,
    allowBots: allowBots ?? defaultWorkspace.allowBots,
    directMessages: /^(off|none|no)$/i.test(directMessages ?? "") ? false : (directMessages ?? null),
  };
}

/** How likely something new must be before it opens. */
const OPENS = { easily: 0.3, usual: null, rarely: 0.7 } as const;

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
    detect: written.detect ?? null,
    digest,
    summary,
    onCall: written.onCall ? rotaFrom(written.onCall, counted.timezone) : null,
    pager: written.pager ?? null,
    assign: assignmentFrom(written.assign),
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
    opensFrom: OPENS[written.opens ?? "usual"],
    openingsPerHour: written.openingsPerHour ?? defaultChannel.openingsPerHour,
    assign: assignmentFrom(written.assign),
  };
}

function companyFrom(written: WrittenCompany, workspace: Calendar): CompanyPolicy {
  const calendar = calendarFrom(written, workspace);
  return {
    name: written.name,
    channels: written.channels ?? [],
    contact: written.contact ?? null,
    slackTeams: written.slackTeams ?? [],
    roles: written.discordRoles ?? [],
    calendar,
    promises: promisesFrom(written.promises, calendar ?? workspace),
    page: written.page ?? false,
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
      const { firstAnswer, nextUpdate, withEngineering, aroundTheClock, workaround, resolution } = its;
      const { reminders } = its;
      const minutes = (length: Duration | null) => minutesOf(length, calendar);
      promises[tier] = {
        ...promises[tier],
        ...(firstAnswer === undefined ? {} : { firstAnswer: minutes(firstAnswer) }),
        ...(nextUpdate === undefined ? {} : updatesFrom(nextUpdate, calendar)),
        ...(withEngineering === undefined ? {} : { thirdPartyUpdate: minutes(withEngineering) }),
        ...(aroundTheClock === undefined ? {} : { aroundTheClock }),
        ...(workaround === undefined ? {} : { workaround: minutes(workaround) }),
        ...(resolution === undefined ? {} : { resolution: minutes(resolution) }),
        ...(reminders === undefined ? {} : { reminders }),
      };
    }
  }
  return promises;
}

/** Whoever writes one next update means it for as long as the request is open; only "then … after …" says otherwise. */
function updatesFrom(written: Updates, calendar: Calendar): Pick<TierPromise, "nextUpdate" | "laterUpdate"> {
  const { length, later } = written;
  return {
    nextUpdate: minutesOf(length, calendar),
    laterUpdate: later && {
      minutes: lengthOf(later.length, calendar),
      after: lengthOf(later.after, calendar),
    },
  };
}

function minutesOf(duration: Duration | null, calendar: Calendar): number | null {
  return duration === null ? null : lengthOf(duration, calendar);
}

function lengthOf(duration: Duration, calendar: Calendar): number {
  const days = duration.workingDays > 0 ? duration.workingDays * workingDay(calendar) : 0;
  return Math.round(duration.minutes + days);
}
