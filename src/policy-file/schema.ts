// The shape of the policy file. What each key means is told in policy.example.yaml; what holds without it in domain/defaults.ts.
import { z } from "zod";
import {
  nearest,
  quote,
  type Read,
  spans,
  timezone,
  type Weekday,
  weekdays,
} from "../domain/people/written-hours.ts";
import type { Span } from "../domain/policy.ts";
import { checkAssign } from "./assign.ts";
import { days, storm } from "./intake-words.ts";
import { reminder } from "./reminder-words.ts";
import { checkRota, cover, day, handover, person } from "./rota.ts";
import { updates } from "./updates.ts";
import { appointment, dates, duration, minutes, region, selector, share } from "./words.ts";
import { canonical } from "./yaml.ts";

/** One phrase, read by `read`. */
function phrase<T>(read: (text: string) => Read<T>) {
  return z.string({ error: () => "should be one short text" }).transform((text, context): T => {
    const result = read(text.trim());
    if ("value" in result) return result.value;
    context.addIssue(result.fault);
    return z.NEVER;
  });
}

/** One phrase, or several: `a` is the same as `[a]`. */
function list<T extends z.ZodType>(item: T) {
  return z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item, { error: () => "should be a list" }),
  );
}

/**
 * Settings under a key. Keys may be written in any of canonical()'s ways; an unknown one is a fault. The message of that
 * issue has one line for each unknown key, in their order.
 */
function table<S extends z.ZodRawShape>(shape: S) {
  const known = Object.keys(shape);
  const strict = z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== "unrecognized_keys") return "should have settings under it";
      return issue.keys.map((key) => unknownKey(key, known)).join("\n");
    },
  });
  return z.preprocess((value, context) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const renamed: Record<string, unknown> = {};
    for (const [key, its] of Object.entries(value)) {
      const name = canonical(key);
      if (name in renamed) context.addIssue({ code: "custom", path: [key], message: "is written twice" });
      renamed[name] = its;
    }
    return renamed;
  }, strict);
}

function unknownKey(key: string, known: readonly string[]): string {
  const near = nearest(key, known);
  if (near) return `is not a setting; did you mean "${spoken(near)}"?`;
  return `is not a setting here; there are ${known.map(spoken).join(", ")}`;
}

/** `firstAnswer` as people write it: `first answer`. */
function spoken(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/(\D)(\d)$/, "$1 $2");
}

function oneOf<const W extends string>(...words: readonly W[]) {
  return phrase<W>((text) => {
    const found = words.find((word) => word === text.toLowerCase());
    return found ? { value: found } : { fault: `${quote(text)} is not one of ${words.join(", ")}` };
  });
}

const name = z
  .string({ error: () => "needs a name, as one short text" })
  .trim()
  .min(1, { error: () => "needs a name" });
const yesOrNo = z.union([z.boolean(), oneOf("yes", "no").transform((word) => word === "yes")], {
  error: () => "should be yes or no",
});
const id = phrase((text) =>
  /^[\w-]{1,64}$/.test(text) ? { value: text } : { fault: `${quote(text)} is not an id` },
);
const people = list(name).transform(selector);

/** A channel by name or id; `everything else` is every channel no other line names. */
const channelName = z
  .string({ error: () => 'is empty: write the name, or "#name" in quotes (a bare # begins a comment)' })
  .transform((text, context) => {
    const plain = text.trim().replace(/^#/, "");
    if (plain === "*" || plain.toLowerCase() === "everything else") return "*";
    if (/^[\p{L}\p{M}\p{N}\p{S}_.-]{1,100}$/u.test(plain)) return plain;
    context.addIssue(`${quote(text)} is not a channel name or id, or "everything else"`);
    return z.NEVER;
  });

const hoursAsWritten = z.union([z.string(), z.record(z.string(), z.unknown())], {
  error: () => 'should be days with their hours, such as mon-fri: 9:00-18:00, or "always"',
});
const hours = hoursAsWritten.transform((value, context) => {
  const week: Record<Weekday, readonly Span[]> = {
    1: [],
    2: [],
    3: [],
    4: [],
    5: [],
    6: [],
    7: [],
  };
  if (typeof value === "string") {
    if (!/^(always|24\/7)$/i.test(value)) context.addIssue('should be days with their hours, or "always"');
    for (const day of [1, 2, 3, 4, 5, 6, 7] as const) week[day] = [{ from: 0, to: 1440 }];
    return week;
  }
  const seen = new Set<Weekday>();
  let faults = 0;
  for (const [key, written] of Object.entries(value)) {
    const fault = (message: string) => {
      faults++;
      context.addIssue({ code: "custom", path: [key], message });
    };
    const days = weekdays(key);
    if ("fault" in days) {
      fault(days.fault);
      continue;
    }
    const read = spans(
      Array.isArray(written) ? written.join(", ") : typeof written === "string" ? written : "",
    );
    if ("fault" in read) fault(read.fault);
    else for (const day of days.value) week[day] = read.value;
    if (days.value.some((day) => seen.has(day))) fault("a day of these has its hours already");
    for (const day of days.value) seen.add(day);
  }
  if (faults === 0 && Object.values(week).every((day) => day.length === 0)) {
    context.addIssue("there are no working hours at all, so no promise could ever be kept");
  }
  return week;
});

const calendar = {
  timezone: phrase(timezone).optional(),
  hours: hours.optional(),
  holidays: table({ region: phrase(region).optional(), days: list(phrase(dates)).optional() }).optional(),
};

const promise = table({
  firstAnswer: phrase(duration).optional(),
  nextUpdate: phrase(updates).optional(),
  withEngineering: phrase(duration).optional(),
  aroundTheClock: yesOrNo.optional(),
  workaround: phrase(duration).optional(),
  resolution: phrase(duration).optional(),
  reminders: list(phrase(reminder)).optional(),
}).optional();

/** The tiers by number and by name, as canonical() writes them. */
export const tierKeys = {
  1: ["1", "tier1", "everythingIsFailing"],
  2: ["2", "tier2", "money"],
  3: ["3", "tier3", "realProblem"],
  4: ["4", "tier4", "guidance"],
  5: ["5", "tier5", "feedback"],
} as const;

type TierKey = (typeof tierKeys)[1 | 2 | 3 | 4 | 5][number];
const byTier = Object.fromEntries(
  Object.values(tierKeys).flatMap((keys) => keys.map((key) => [key, promise])),
);
const promises = table(byTier as Record<TierKey, typeof promise>).optional();

const openings = phrase((text) =>
  /^[1-9]\d{0,3}$/.test(text)
    ? { value: Number(text) }
    : { fault: `${quote(text)} is not a whole number of 1 or more` },
);

const assignRule = {
  how: oneOf("round robin", "least loaded", "on call", "by hand").optional(),
  people: list(phrase(person)).optional(),
};
const ruleOfTier = table(assignRule).optional();
const rulesByTier = Object.fromEntries(
  Object.values(tierKeys).flatMap((keys) => keys.map((key) => [key, ruleOfTier])),
);
const assign = table({
  ...assignRule,
  tiers: table(rulesByTier as Record<TierKey, typeof ruleOfTier>).optional(),
}).optional();

const channel = z.preprocess(
  (value) => (typeof value === "object" && value !== null ? value : { name: value }),
  table({
    name: channelName,
    mode: oneOf("every", "mention", "manual", "off").optional(),
    live: yesOrNo.optional(),
    joinWithin: phrase(minutes).optional(),
    opens: oneOf("easily", "usual", "rarely").optional(),
    openingsPerHour: openings.optional(),
    promises,
    assign,
  }),
);

const onCall = table({
  people: list(phrase(person)),
  rotation: oneOf("daily", "weekly").optional(),
  handover: phrase(handover).optional(),
  since: phrase(day).optional(),
  cover: list(phrase(cover)).optional(),
  sayTitle: yesOrNo.optional(),
}).superRefine(checkRota);

/** What wakes people, by name: its address and its secrets stand in the environment, never here. */
const pager = phrase((text) =>
  /^[a-z][a-z0-9 _-]{0,29}$/i.test(text)
    ? { value: text }
    : {
        fault: `${quote(text)} is not the name of a pager such as "night desk": its address stands in the environment`,
      },
).optional();

const detect = z
  .preprocess((value) => (value === "nothing" ? [] : value), list(oneOf("heat", "leaving", "opportunity")))
  .optional();

const team = table({
  name: name.optional(),
  channels: list(channel).optional(),
  teamChannel: z
    .preprocess(
      (value) => (typeof value === "string" ? { name: value } : value),
      table({ name: channelName, platform: oneOf("slack", "discord").optional(), workspace: id.optional() }),
    )
    .optional(),
  leadsChannel: channelName.optional(),
  leads: people.optional(),
  digest: phrase(appointment).optional(),
  summary: phrase((text) => {
    const read = appointment(text);
    if ("fault" in read || read.value === null || read.value.days.length === 1) return read;
    return { fault: `${quote(text)} names several days; the summary is weekly, such as "monday 9:30"` };
  }).optional(),
  onCall: onCall.optional(),
  pager,
  detect,
  assign,
  ...calendar,
  promises,
}).superRefine(checkAssign);

const company = table({
  name,
  channels: list(channelName).optional(),
  contact: phrase(person).optional(),
  slackTeams: list(id).optional(),
  discordRoles: list(name.transform((role) => role.replace(/^@/, ""))).optional(),
  page: yesOrNo.optional(),
  ...calendar,
  promises,
});

const settings = {
  language: oneOf("en", "es").optional(),
  ...calendar,
  staff: people.optional(),
  helpers: people.optional(),
  leads: people.optional(),
  admins: people.optional(),
  teams: list(team).optional(),
  companies: list(company).optional(),
  promises,
  reminders: list(phrase(reminder)).optional(),
  gatherReminders: phrase(minutes).optional(),
  acknowledgeAfter: phrase(minutes).optional(),
  grace: phrase(minutes).optional(),
  alarmedGuidance: phrase(duration).optional(),
  shiftHandover: yesOrNo.optional(),
  longAbsence: phrase(duration).optional(),
  pager,
  statusPage: phrase((text) =>
    URL.canParse(text) && /^https?:/.test(text)
      ? { value: text }
      : { fault: `${quote(text)} is not an address such as https://status.example.com` },
  ).optional(),
  openingsPerHour: openings.optional(),
  repeatWithin: phrase(days).optional(),
  storm: phrase(storm).optional(),
  stormOfTier1: phrase(storm).optional(),
  allowBots: list(name).optional(),
  directMessages: name.optional(),
  askBelow: phrase(share).optional(),
  askAboutGivenWords: yesOrNo.optional(),
  detect,
};

const settingsOnly = table(settings);
const workspace = table({ platform: oneOf("slack", "discord").optional(), id: id.optional(), ...settings });

export const policyFile = table({ ...settings, workspaces: list(workspace).optional() });

export type WrittenSettings = z.output<typeof settingsOnly>;
export type WrittenWorkspace = z.output<typeof workspace>;
export type WrittenTeam = z.output<typeof team>;
export type WrittenAssign = z.output<typeof assign>;
export type WrittenOnCall = z.output<typeof onCall>;
export type WrittenCompany = z.output<typeof company>;
export type WrittenPromises = z.output<typeof promises>;
export type WrittenCalendar = Pick<WrittenSettings, "timezone" | "hours" | "holidays">;
