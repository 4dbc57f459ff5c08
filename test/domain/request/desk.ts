// One request at a support desk in Madrid (9:00 to 18:00, Monday to Friday), played through the decide functions.
// Times are written as people say them: "10:05" is Tuesday 24 November 2026, "Wed 9:00" the day after.
import { defaultTiers } from "../../../src/domain/defaults.ts";
import type { Terms } from "../../../src/domain/policy.ts";
import { type Pledge, pledgesOf } from "../../../src/domain/promises/pledges.ts";
import { wakeAt } from "../../../src/domain/promises/reminders.ts";
import {
  decideClaim,
  decideConfirm,
  decideLine,
  decideOnIt,
  decideReopen,
  decideResolve,
  decideTier,
  decideWait,
} from "../../../src/domain/request/act.ts";
import {
  decideAnswered,
  decideCourtesy,
  decideEdited,
  decideErased,
  decideOverheard,
  decideSaid,
} from "../../../src/domain/request/chat.ts";
import { decideAnsweredElsewhere, decideThirdParty } from "../../../src/domain/request/elsewhere.ts";
import type { Fact } from "../../../src/domain/request/facts.ts";
import { decideOpen, type Opening } from "../../../src/domain/request/open.ts";
import {
  decideAccept,
  decideAssign,
  decideDecline,
  decideHandover,
  decideRelease,
} from "../../../src/domain/request/ownership.ts";
import type { Plan, Situation } from "../../../src/domain/request/plan.ts";
import { replay } from "../../../src/domain/request/state.ts";
import { decideTerms } from "../../../src/domain/request/terms.ts";
import { decideTick } from "../../../src/domain/request/tick.ts";
import { decideRelieved, decideWorkaround } from "../../../src/domain/request/workaround.ts";
import type { Reading } from "../../../src/domain/triage/reading.ts";
import type { Instant, Role, Tier, Urgency } from "../../../src/domain/words.ts";

export const MARTA = "00000000-0000-7000-8000-00000000000a";
export const ANA = "00000000-0000-7000-8000-00000000000b";
export const LUIS = "00000000-0000-7000-8000-00000000000c";
export const HUGO = "00000000-0000-7000-8000-00000000000d";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
const DAYS: Readonly<Record<string, number>> = {
  Mon: 23,
  Tue: 24,
  Wed: 25,
  Thu: 26,
  Fri: 27,
  Sat: 28,
  Sun: 29,
};

/** "10:05", "Wed 9:00": Madrid is an hour ahead of UTC in November. An instant stays what it is. */
export function at(time: Time): Instant {
  if (typeof time === "number") return time;
  const [, day = "Tue", hour = "0", minute = "0"] = /^(?:(\w{3}) )?(\d{1,2}):(\d{2})$/.exec(time) ?? [];
  return Date.UTC(2026, 10, DAYS[day] ?? 24, Number(hour) - 1, Number(minute));
}

/** The other way, for readable failures: "Tue 10:05". */
export function when(instant: Instant | null | undefined): string | null {
  if (instant === null || instant === undefined) return null;
  const local = new Date(instant + HOUR);
  const day = Object.entries(DAYS).find(([, date]) => date === local.getUTCDate())?.[0] ?? String(local);
  return `${day} ${local.getUTCHours()}:${String(local.getUTCMinutes()).padStart(2, "0")}`;
}

const nineToSix = [{ from: 540, to: 1080 }];

export const terms: Terms = {
  policy: "test",
  calendar: {
    timezone: "Europe/Madrid",
    hours: { 1: nineToSix, 2: nineToSix, 3: nineToSix, 4: nineToSix, 5: nineToSix, 6: [], 7: [] },
    holidays: { region: null, days: [] },
  },
  tiers: defaultTiers,
  reminders: [{ used: 0.75, whom: "owner" }],
  acknowledgeAfter: 2,
  grace: 15,
  alarmedGuidance: 240,
  sources: {},
};

export function reading(tier: Tier = 3, urgency: Urgency = "calm", confidence = 0.9): Reading {
  return {
    kind: "request",
    tier,
    confidence,
    evidence: [],
    topic: null,
    urgency,
    urgencyEvidence: [],
    lang: "en",
    langConfidence: 1,
  };
}

/** A time as people write it, or an instant. */
export type Time = string | Instant;

export interface Desk {
  history: Fact[];
  terms: Terms;
  live: boolean;
  /** What the last decision said would happen. */
  plan: Plan;
  situation(now: Instant): Situation;
  pledges(time: Time): Pledge[];
  pledge(key: string, time: Time): Pledge | undefined;
  wakes(time: Time): string | null;
  /** The kinds of notice of the last plan. */
  told(): string[];
  facts(): string[];
  says(time: Time, as?: Reading): Plan;
  thanks(time: Time): Plan;
  answers(time: Time, by?: string): Plan;
  helps(time: Time): Plan;
  aside(time: Time): Plan;
  edits(time: Time, as: Reading | null): Plan;
  erases(time: Time): Plan;
  claims(time: Time, by?: string): Plan;
  assigns(time: Time, by: string, to: string, staff?: boolean): Plan;
  hands(time: Time, by: string, to: string, brief?: string): Plan;
  accepts(time: Time, by: string, offered?: Instant | null): Plan;
  declines(time: Time, by: string, offered?: Instant | null): Plan;
  releases(time: Time, by: string, role?: Role): Plan;
  tiers(time: Time, to: Tier): Plan;
  waits(time: Time): Plan;
  answersElsewhere(time: Time, by?: string): Plan;
  thirdParty(time: Time, on?: boolean): Plan;
  /** `text` null: staff wrote it in the thread and marks it. */
  givesWorkaround(time: Time, text?: string | null): Plan;
  relieved(time: Time, helped: boolean): Plan;
  thanksForHelp(time: Time): Plan;
  applies(time: Time, fresh: Terms): Plan;
  resolves(time: Time, note?: string, by?: string): Plan;
  reopens(time: Time, how: "staff" | "not_fixed"): Plan;
  confirms(time: Time): Plan;
  promises(time: Time, until: Time, how?: "said_back" | "apologised"): Plan;
  onIt(time: Time, pledge?: string, by?: string): Plan;
  ticks(time: Time): Plan;
  /** Lets time pass: ticks at each wake-up until then, as the sweep would. */
  passes(until: Time): Plan[];
}

let messages = 0;
const nextMessage = () => `m${++messages}`;

/** A request opened by Marta at `time`, in a live channel unless said otherwise. */
export function desk(
  time: Time,
  more: Partial<Opening> & { tier?: Tier; urgency?: Urgency; read?: string } = {},
): Desk {
  const { tier, urgency, read, ...opening } = more;
  const plan = decideOpen({
    customer: MARTA,
    message: nextMessage(),
    at: at(time),
    now: at(read ?? time),
    reading: reading(tier, urgency),
    terms,
    live: true,
    suspicious: false,
    byHand: null,
    linkedTo: null,
    ...opening,
  });
  const follow = (next: Plan): Plan => {
    self.plan = next;
    self.history = [...self.history, ...next.facts];
    if (next.terms) self.terms = next.terms;
    return next;
  };
  const said = (time: Time, by: string) => ({ message: nextMessage(), at: at(time), by });
  const now = (time: Time) => self.situation(at(time));
  const self: Desk = {
    history: [...plan.facts],
    terms: opening.terms ?? terms,
    live: opening.live ?? true,
    plan,
    situation: (now) => ({
      id: "00000000-0000-7000-8000-000000000001",
      state: replay(self.history),
      history: self.history,
      terms: self.terms,
      now,
      live: self.live,
    }),
    pledges: (time) => pledgesOf(self.history, self.terms, at(time)),
    pledge: (key, time) => self.pledges(time).find((pledge) => pledge.key === key),
    wakes: (time) => when(wakeAt(replay(self.history), self.pledges(time), self.terms)),
    told: () => self.plan.notices.map(({ kind }) => kind),
    facts: () => self.plan.facts.map(({ kind }) => kind),
    says: (time, as = reading()) => follow(decideSaid(now(time), { ...said(time, MARTA), reading: as })),
    thanks: (time) => follow(decideCourtesy(now(time), said(time, MARTA))),
    answers: (time, by = ANA) => follow(decideAnswered(now(time), said(time, by))),
    helps: (time) => follow(decideOverheard({ kind: "helped", ...said(time, HUGO) })),
    aside: (time) => follow(decideOverheard({ kind: "aside", ...said(time, ANA) })),
    edits: (time, as) =>
      follow(decideEdited(now(time), { ...said(time, MARTA), text: "edited", reading: as })),
    erases: (time) => follow(decideErased(now(time), said(time, MARTA))),
    claims: (time, by = ANA) => follow(decideClaim(now(time), by)),
    assigns: (time, by, to, staff = true) =>
      follow(decideAssign(now(time), by, { id: to, staff, away: false })),
    hands: (time, by, to, text = "Charged twice. News promised by noon.") =>
      follow(decideHandover(now(time), by, { id: to, staff: true, away: false }, { id: "brief-1", text })),
    accepts: (time, by, offered = null) => follow(decideAccept(now(time), by, offered)),
    declines: (time, by, offered = null) => follow(decideDecline(now(time), by, offered)),
    releases: (time, by, role = "staff") => follow(decideRelease(now(time), by, role)),
    tiers: (time, to) => follow(decideTier(now(time), ANA, to)),
    waits: (time) => follow(decideWait(now(time), ANA)),
    answersElsewhere: (time, by = ANA) => follow(decideAnsweredElsewhere(now(time), by)),
    thirdParty: (time, on = true) => follow(decideThirdParty(now(time), ANA, on)),
    givesWorkaround: (time, text = "Use the list view.") =>
      follow(decideWorkaround(now(time), ANA, text === null ? null : { id: "line-3", text })),
    relieved: (time, helped) => follow(decideRelieved(now(time), MARTA, helped)),
    thanksForHelp: (time) => follow(decideCourtesy(now(time), { ...said(time, MARTA), helped: true })),
    applies: (time, fresh) => follow(decideTerms(now(time), ANA, fresh)),
    resolves: (time, note, by = ANA) =>
      follow(decideResolve(now(time), by, note === undefined ? null : { id: "line-1", text: note })),
    reopens: (time, how) => follow(decideReopen(now(time), how === "staff" ? ANA : MARTA, how)),
    confirms: (time) => follow(decideConfirm(now(time), MARTA)),
    promises: (time, until, how = "said_back") =>
      follow(decideLine(now(time), ANA, { id: "line-2", text: "I have this.", until: at(until) }, how)),
    onIt: (time, pledge = "first_answer", by = ANA) => follow(decideOnIt(now(time), by, pledge)),
    ticks: (time) => follow(decideTick(now(time))),
    passes: (until) => {
      const plans: Plan[] = [];
      for (let spins = 0; ; spins += 1) {
        if (spins > 50) throw new Error("The sweep would never sleep again.");
        const wake = wakeAt(replay(self.history), pledgesOf(self.history, self.terms, at(until)), self.terms);
        if (wake === null || wake > at(until)) return plans;
        plans.push(follow(decideTick(self.situation(wake))));
      }
    },
  };
  return self;
}
