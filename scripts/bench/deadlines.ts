// How many deadlines one core computes in a second: working time by itself, and whole requests with their clocks.
import { defaultTiers } from "../../src/domain/defaults.ts";
import type { Calendar, Terms } from "../../src/domain/policy.ts";
import { addWorking, workingBetween } from "../../src/domain/promises/calendar.ts";
import { pledgesOf } from "../../src/domain/promises/pledges.ts";
import type { Fact } from "../../src/domain/request/facts.ts";
import { provideHolidays } from "../../src/policy-file/holidays.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
const FROM = Date.UTC(2026, 0, 1);
const ZONES = ["Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"];
const REGIONS = ["ES-MD", "US-NY", "AU-NSW", "IN", "GB"];
/** How long each is measured, ms of CPU time. */
const LONG = 2_000;

export interface Rate {
  what: string;
  /** For each second of CPU time: beside other work the clock on the wall means little. */
  each: number;
}

/** Calendars as a support desk with many companies has them: zones, lunch breaks, holidays, days off. */
function calendars(): readonly Calendar[] {
  return Array.from({ length: 40 }, (_, index): Calendar => {
    const start = 480 + (index % 5) * 30;
    const day = [
      { from: start, to: start + 300 },
      { from: start + 360, to: start + 540 },
    ];
    const weekend = index % 7 === 0 ? day : [];
    return {
      timezone: ZONES[index % ZONES.length] ?? "UTC",
      hours: { 1: day, 2: day, 3: day, 4: day, 5: day.slice(0, 1), 6: weekend, 7: [] },
      holidays: { region: REGIONS[index % REGIONS.length] ?? null, days: ["2026-12-24", "2026-12-31"] },
    };
  });
}

/** Of some hundred thousand answers; `make` gets a number that never repeats soon. */
function rate(what: string, make: (turn: number) => number): Rate {
  for (let turn = 0; turn < 20_000; turn++) make(turn);
  let done = 0;
  let sum = 0;
  const begun = process.cpuUsage();
  for (;;) {
    for (let turn = 0; turn < 5_000; turn++) sum += make(done + turn);
    done += 5_000;
    const { user, system } = process.cpuUsage(begun);
    const spent = (user + system) / 1_000;
    if (spent >= LONG) {
      if (!Number.isFinite(sum)) throw new Error("A deadline was no number.");
      return { what, each: (done / spent) * 1_000 };
    }
  }
}

/** A request as most are: asked, answered, asked again while it waited, another tier, resolved and reopened. */
function historyAt(opened: number): Fact[] {
  const at = (minutes: number) => opened + minutes * MINUTE;
  const plain = { message: "m1", confidence: 1, urgency: "calm", lang: "en", quiet: null } as const;
  return [
    { kind: "opened", ...plain, tier: 3, byHand: null, linkedTo: null, at: at(0), by: "marta" },
    { kind: "acknowledged", at: at(2), by: null },
    { kind: "owned", owner: "ana", how: "claimed", at: at(12), by: "ana" },
    { kind: "tiered", from: 3, to: 2, how: "person", confidence: 1, at: at(13), by: "ana" },
    { kind: "answered", message: "m2", how: "wrote", at: at(40), by: "ana" },
    { kind: "waiting", at: at(41), by: "ana" },
    { kind: "resumed", at: at(300), by: "marta" },
    { kind: "said", message: "m3", at: at(300), by: "marta" },
    { kind: "answered", message: "m4", how: "wrote", at: at(420), by: "ana" },
    { kind: "resolved", at: at(430), by: "ana" },
    { kind: "reopened", how: "not_fixed", at: at(1_600), by: "marta" },
  ];
}

export function deadlineRates(): readonly Rate[] {
  provideHolidays();
  const all = calendars();
  const calendarFor = (turn: number) => all[turn % all.length] ?? all[0];
  /** Any minute of two years. */
  const instant = (turn: number) => FROM + ((turn * 7_919 * MINUTE) % (730 * DAY));
  const amounts = [15, 60, 240, 480, 960, 1_440];
  const terms = all.map(
    (calendar): Terms => ({
      policy: "bench",
      calendar,
      tiers: { ...defaultTiers, 2: { ...defaultTiers[2], workaround: 480, resolution: 2_400 } },
      reminders: [],
      acknowledgeAfter: 2,
      grace: 15,
      alarmedGuidance: 240,
      sources: {},
    }),
  );
  const histories = Array.from({ length: 500 }, (_, turn) => historyAt(instant(turn)));
  const first = all[0];
  if (!first) return [];
  return [
    rate("deadlines (working time added to an instant, 40 calendars, two years)", (turn) =>
      addWorking(calendarFor(turn) ?? first, instant(turn), amounts[turn % amounts.length] ?? 15),
    ),
    rate("counted back (a lead time before an end)", (turn) =>
      addWorking(calendarFor(turn) ?? first, instant(turn), -(amounts[turn % amounts.length] ?? 15)),
    ),
    rate("working time between two instants, up to ten days", (turn) =>
      workingBetween(calendarFor(turn) ?? first, instant(turn), instant(turn) + (turn % 14_400) * MINUTE),
    ),
    rate("whole requests (eleven facts, five promises)", (turn) => {
      const of = terms[turn % terms.length];
      const history = histories[turn % histories.length];
      if (!of || !history) return 0;
      return pledgesOf(history, of, FROM).length;
    }),
  ];
}
