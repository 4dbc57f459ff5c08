// A hundred thousand cases against an oracle that walks step by step and asks the wall clock of Intl: slow, and too plain to
// be wrong in the same way. Every kind of clock change there has been is among its windows.
import Holidays from "date-holidays";
import { describe, expect, test } from "vitest";
import type { Calendar, Span, Terms } from "../../../src/domain/policy.ts";
import { addWorking, isWorking, nextOpening, workingBetween } from "../../../src/domain/promises/calendar.ts";
import { pledgesOf } from "../../../src/domain/promises/pledges.ts";
import type { Fact } from "../../../src/domain/request/facts.ts";
import { provideHolidays } from "../../../src/policy-file/holidays.ts";
import { MARTA, terms } from "../request/desk.ts";

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const DAY = 86_400_000;
const CASES = 100_000;
const CALENDARS = 4;

/** Where the clocks of the world did something, and what; a few days on each side are looked at. */
const windows: readonly (readonly [zone: string, day: string, step: number, region?: string])[] = [
  ["UTC", "2024-02-29", MINUTE], // a leap day
  ["Asia/Kolkata", "2026-12-31", MINUTE], // half an hour off, no changes
  ["Europe/Madrid", "2026-03-29", MINUTE, "ES-MD"], // forwards, in Holy Week
  ["Europe/Madrid", "2026-10-25", MINUTE], // back
  ["America/New_York", "2026-03-08", MINUTE],
  ["America/New_York", "2026-11-01", MINUTE],
  ["Australia/Lord_Howe", "2026-04-05", MINUTE], // half an hour back
  ["Australia/Lord_Howe", "2026-10-04", MINUTE], // half an hour forwards
  ["Pacific/Chatham", "2026-04-05", MINUTE], // 12:45 and 13:45 ahead
  ["Pacific/Apia", "2011-12-30", MINUTE], // a day that never was
  ["Pacific/Kwajalein", "1993-08-21", MINUTE], // another, a whole day's jump
  ["America/Sao_Paulo", "2018-11-04", MINUTE, "BR"], // midnight is skipped, two days after a holiday
  ["America/Sao_Paulo", "2019-02-17", MINUTE], // midnight comes twice
  ["America/Havana", "2026-03-08", MINUTE],
  ["America/Havana", "2026-11-01", MINUTE],
  ["America/St_Johns", "2006-10-29", MINUTE], // back at 0:01, into the day before
  ["America/St_Johns", "2007-03-11", MINUTE],
  ["Africa/Casablanca", "2024-03-10", MINUTE], // back for Ramadan
  ["Africa/Casablanca", "2024-04-14", MINUTE, "MA"], // the end of Ramadan
  ["Africa/Cairo", "2010-08-11", MINUTE], // four changes in a year
  ["Europe/Dublin", "1971-10-31", MINUTE], // winter time is the odd one
  ["Europe/London", "1947-04-13", MINUTE], // double summer time
  ["Antarctica/Troll", "2026-03-29", MINUTE], // two hours at once
  ["Asia/Kathmandu", "1986-01-01", MINUTE], // 5:30 became 5:45
  ["Asia/Pyongyang", "2018-05-05", MINUTE], // half an hour forwards, for good
  ["America/Caracas", "2007-12-09", MINUTE], // half an hour back, for good
  ["Europe/Volgograd", "2020-12-27", MINUTE], // an hour back, for good
  ["Africa/Monrovia", "1972-01-07", MINUTE / 2], // 44 minutes and 30 seconds became none
  ["Europe/Berlin", "2026-12-25", MINUTE, "DE-BY"], // half a holiday before two whole ones
  ["America/Los_Angeles", "2026-11-26", MINUTE, "US-CA"], // Thanksgiving
  ["Asia/Tokyo", "2026-05-04", MINUTE, "JP"], // a week of them
  ["Asia/Shanghai", "2026-02-17", MINUTE, "CN"], // by the moon
  ["Asia/Riyadh", "2026-03-20", MINUTE, "SA"], // from sunset to sunset
  ["Pacific/Auckland", "2027-04-04", MINUTE, "NZ"], // back, a week after Easter
];

/** Small and seeded: the same cases each time, whatever the machine. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What the wall shows at each step of a window: local days since the epoch, and minutes since midnight. */
interface Wall {
  from: number;
  step: number;
  days: Int32Array;
  minutes: Int16Array;
}

function wallOf(zone: string, day: string, step: number): Wall {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    ...{ year: "numeric", month: "numeric", day: "numeric" },
    ...{ hour: "numeric", minute: "numeric", second: "numeric" },
  });
  const localAt = (instant: number): number => {
    const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
    for (const { type, value } of format.formatToParts(instant)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  };
  const from = Date.parse(`${day}T00:00:00Z`) - 16 * DAY;
  const count = (32 * DAY) / step;
  const wall: Wall = { from, step, days: new Int32Array(count), minutes: new Int16Array(count) };
  // Between two quarters of an hour that are equally far from UTC nothing changed; else each step is asked.
  let offset = localAt(from) - from;
  for (let quarter = 0; quarter * QUARTER < 32 * DAY; quarter++) {
    const start = from + quarter * QUARTER;
    const next = localAt(start + QUARTER) - start - QUARTER;
    for (let index = (start - from) / step; index < (start + QUARTER - from) / step; index++) {
      const instant = from + index * step;
      const local = next === offset ? instant + offset : localAt(instant);
      wall.days[index] = Math.floor(local / DAY);
      wall.minutes[index] = Math.floor((local - Math.floor(local / DAY) * DAY) / MINUTE);
    }
    offset = next;
  }
  return wall;
}

/** Asked of date-holidays day by day, at noon of a wall that is UTC's: another way than the calendar's own. */
function holidaysOf(region: string): (day: number) => boolean {
  const rules = new Holidays(...(region.split("-") as [string, string]));
  rules.setTimezone("UTC");
  const asked = new Map<number, boolean>();
  return (day) => {
    const known = asked.get(day);
    if (known !== undefined) return known;
    const found = rules.isHoliday(new Date(day * DAY + DAY / 2));
    const off = found !== false && found.some(({ type }) => type === "public" || type === "bank");
    asked.set(day, off);
    return off;
  };
}

/** Whether the calendar is open, at each step of the wall. */
function openAt(wall: Wall, calendar: Calendar): Uint8Array {
  const own = new Set(calendar.holidays.days.map((day) => Date.parse(`${day}T00:00:00Z`) / DAY));
  const { region } = calendar.holidays;
  const holiday = region === null ? () => false : holidaysOf(region);
  const off = { has: (day: number) => own.has(day) || holiday(day) };
  return Uint8Array.from(wall.days, (day, index) => {
    const date = new Date(day * DAY).getUTCDay();
    const spans = calendar.hours[(date === 0 ? 7 : date) as 1];
    const minute = wall.minutes[index] ?? 0;
    return !off.has(day) && spans.some(({ from, to }) => from <= minute && minute < to) ? 1 : 0;
  });
}

/** Walks from an instant until so much working time has passed, in ms, stepwise; null at the edge of the window. */
function walk({ from, step }: Wall, open: Uint8Array, at: number, ms: number): number | null {
  let left = Math.abs(ms);
  const forwards = ms > 0;
  let index = forwards ? Math.floor((at - from) / step) : Math.ceil((at - from) / step) - 1;
  for (; index >= 0 && index < open.length; index += forwards ? 1 : -1) {
    const [start, end] = [from + index * step, from + (index + 1) * step];
    if (open[index] === 0) continue;
    const here = forwards ? end - Math.max(start, at) : Math.min(end, at) - start;
    if (left <= here) return forwards ? Math.max(start, at) + left : Math.min(end, at) - left;
    left -= here;
  }
  return null;
}

function count({ from, step }: Wall, open: Uint8Array, begin: number, end: number): number {
  let total = 0;
  for (let index = Math.floor((begin - from) / step); from + index * step < end; index++) {
    const [start, finish] = [from + index * step, from + (index + 1) * step];
    if (open[index] === 1) total += Math.min(finish, end) - Math.max(start, begin);
  }
  return total;
}

/** Hours as nobody would write them: none to three spans a day, odd minutes, up to midnight, some days off. */
function calendarOf(zone: string, day: string, region: string | null, roll: () => number): Calendar {
  const between = (low: number, high: number) => low + Math.floor(roll() * (high - low + 1));
  const spansOf = (): Span[] => {
    const kind = roll();
    if (kind < 0.15) return [];
    if (kind < 0.25) return [{ from: 0, to: 1440 }];
    if (kind < 0.35) return [{ from: between(0, 1439), to: 1440 }];
    if (kind < 0.45) return [{ from: 0, to: between(1, 180) }];
    const marks = Array.from({ length: 2 * between(1, 3) }, () => between(0, 1440)).sort((a, b) => a - b);
    const spans: Span[] = [];
    for (let index = 0; index + 1 < marks.length; index += 2) {
      const [from = 0, to = 0] = [marks[index], marks[index + 1]];
      if (from < to) spans.push({ from, to });
    }
    return spans;
  };
  const hours = {
    1: spansOf(),
    2: spansOf(),
    3: spansOf(),
    4: spansOf(),
    5: spansOf(),
    6: spansOf(),
    7: spansOf(),
  };
  if (Object.values(hours).every((spans) => spans.length === 0)) hours[3] = [{ from: 540, to: 1080 }];
  const noon = Date.parse(`${day}T00:00:00Z`);
  const days = Array.from({ length: between(0, 3) }, () =>
    new Date(noon + between(-6, 6) * DAY).toISOString().slice(0, 10),
  );
  return { timezone: zone, hours, holidays: { region, days } };
}

/** A promise that was paused up to four times: what the pledges say, and what walking gives. Null at the edge of the window. */
function paused(wall: Wall, open: Uint8Array, calendar: Calendar, opened: number, roll: () => number) {
  const target = 1 + Math.floor(roll() * 900);
  const pauses: (readonly [from: number, to: number])[] = [];
  for (let since = opened, left = 1 + Math.floor(roll() * 4); left > 0; left--) {
    const from = since + Math.floor(roll() * 2 * DAY);
    since = from + Math.floor(roll() * 2 * DAY);
    pauses.push([from, since]);
  }
  // While it runs it uses working time; the first end that no pause comes before is the end.
  let left = target * MINUTE;
  let since = opened;
  let expected = walk(wall, open, since, left);
  for (const [from, to] of pauses) {
    if (expected === null || expected <= from) break;
    left -= count(wall, open, since, from);
    since = to;
    expected = walk(wall, open, since, left);
  }
  const of: Terms = {
    ...terms,
    calendar,
    tiers: { ...terms.tiers, 3: { ...terms.tiers[3], firstAnswer: target } },
  };
  const plain = { message: "m1", confidence: 1, urgency: "calm", lang: "en", quiet: null } as const;
  const history: Fact[] = [
    { kind: "opened", ...plain, tier: 3, byHand: null, linkedTo: null, at: opened, by: MARTA },
    ...pauses.flatMap(([from, to]): Fact[] => [
      { kind: "waiting", at: from, by: MARTA },
      { kind: "resumed", at: to, by: MARTA },
    ]),
  ];
  const [pledge] = pledgesOf(history, of, pauses.at(-1)?.[1] ?? opened);
  return expected === null ? null : { expected, got: pledge?.dueAt };
}

provideHolidays();

describe("the calendar agrees with an oracle that walks step by step", () => {
  const each = Math.ceil(CASES / windows.length / CALENDARS);
  let compared = 0;

  const places = windows.map(([zone, day, step, region = null]) => ({ zone, day, step, region }));
  test.each(places)("in $zone around $day", ({ zone, day, step, region }) => {
    const roll = dice(Date.parse(`${day}T00:00:00Z`) / DAY + zone.length);
    const wall = wallOf(zone, day, step);
    const middle = wall.from + 16 * DAY;
    for (let made = 0; made < CALENDARS; made++) {
      const calendar = calendarOf(zone, day, made % 2 === 0 ? region : null, roll);
      const open = openAt(wall, calendar);
      let done = 0;
      for (let tries = 0; done < each && tries < 3 * each; tries++) {
        const whole = roll() < 0.5;
        const at =
          middle +
          (whole ? Math.floor((roll() - 0.5) * 4 * 1440) * MINUTE : Math.floor((roll() - 0.5) * 4 * DAY));
        const what = () => ({ at: new Date(at).toISOString(), calendar });
        const kind = tries % 10;
        if (kind < 6) {
          const minutes = Math.floor((roll() - 0.4) * 2000);
          const expected = minutes === 0 ? at : walk(wall, open, at, minutes * MINUTE);
          if (expected === null) continue;
          const got = addWorking(calendar, at, minutes);
          if (got !== expected)
            expect({ got, minutes, ...what() }).toEqual({ got: expected, minutes, ...what() });
        } else if (kind < 8) {
          const to = at + Math.floor((roll() - 0.5) * 6 * DAY);
          const expected = Math.sign(to - at) * count(wall, open, Math.min(at, to), Math.max(at, to));
          const got = workingBetween(calendar, at, to);
          if (got !== expected && got + expected !== 0)
            expect({ got, to, ...what() }).toEqual({ got: expected, to, ...what() });
        } else if (kind === 8) {
          const expected = paused(wall, open, calendar, at, roll);
          if (expected === null) continue;
          if (expected.got !== expected.expected)
            expect({ ...expected, ...what() }).toEqual({ ...expected, got: expected.expected });
        } else {
          const index = Math.floor((at - wall.from) / wall.step);
          const opens = open.indexOf(1, index);
          if (opens < 0) continue;
          expect([isWorking(calendar, at), nextOpening(calendar, at)]).toEqual([
            open[index] === 1,
            opens === index ? at : wall.from + opens * wall.step,
          ]);
        }
        done += 1;
      }
      compared += done;
    }
  });

  test("on a hundred thousand cases", () => {
    expect(compared).toBeGreaterThanOrEqual(CASES);
  });
});
