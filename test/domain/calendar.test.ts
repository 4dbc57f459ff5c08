import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import type { Calendar, Span } from "../../src/domain/policy.ts";
import {
  addWorking,
  closingTime,
  isWorking,
  nextOpening,
  workingBetween,
  workingDay,
} from "../../src/domain/promises/calendar.ts";
import { isHoliday, isKnownRegion } from "../../src/domain/promises/holidays.ts";
import { provideHolidays } from "../../src/policy-file/holidays.ts";

provideHolidays();

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Week = Calendar["hours"];

function week(workdays: readonly Span[], weekend: readonly Span[] = []): Week {
  return { 1: workdays, 2: workdays, 3: workdays, 4: workdays, 5: workdays, 6: weekend, 7: weekend };
}

function span(from: string, to: string): Span {
  const minutes = (text: string) => {
    const [hour = 0, minute = 0] = text.split(":").map(Number);
    return hour * 60 + minute;
  };
  return { from: minutes(from), to: minutes(to) };
}

function calendar(timezone: string, hours: Week, holidays: Partial<Calendar["holidays"]> = {}): Calendar {
  return { timezone, hours, holidays: { region: null, days: [], ...holidays } };
}

/** The instant at which the wall of the zone shows this time. */
function wall(timezone: string, local: string): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(timezone).epochMilliseconds;
}

const madrid = calendar("Europe/Madrid", week([span("9:00", "14:00"), span("15:00", "18:00")]), {
  region: "ES-MD",
});
const office = calendar("Europe/Madrid", week([span("9:00", "18:00")]));
const always = calendar("UTC", week([span("0:00", "24:00")], [span("0:00", "24:00")]));
const closed = calendar("UTC", week([]));

describe("a deadline in working time", () => {
  it.each([
    ["within the morning", "2026-11-24T10:00", 120, "2026-11-24T12:00"],
    ["over lunch", "2026-11-24T13:30", 60, "2026-11-24T15:30"],
    ["overnight", "2026-11-24T17:30", 60, "2026-11-25T09:30"],
    ["over the weekend", "2026-11-27T17:30", 60, "2026-11-30T09:30"],
    ["asked in the night", "2026-11-25T03:10", 15, "2026-11-25T09:15"],
    ["asked on Sunday", "2026-11-29T12:00", 480, "2026-11-30T18:00"],
    ["over the Constitution's day, a holiday moved to Monday", "2026-12-04T17:00", 120, "2026-12-09T10:00"],
    ["over a national and a local holiday in a row", "2026-04-30T17:00", 120, "2026-05-04T10:00"],
  ])("lands right when it is %s", (_, from, minutes, expected) => {
    const due = addWorking(madrid, wall("Europe/Madrid", from), minutes);

    expect(new Date(due).toISOString()).toBe(new Date(wall("Europe/Madrid", expected)).toISOString());
  });

  it("that runs out as the doors close is due then, not when they open again", () => {
    const due = addWorking(madrid, wall("Europe/Madrid", "2026-11-24T13:00"), 60);

    expect(due).toBe(wall("Europe/Madrid", "2026-11-24T14:00"));
  });

  it("keeps the milliseconds of its beginning", () => {
    const from = wall("Europe/Madrid", "2026-11-24T13:30") + 1_234;

    expect(addWorking(madrid, from, 60)).toBe(wall("Europe/Madrid", "2026-11-24T15:30") + 1_234);
  });

  it("of no minutes is the instant itself, even at night", () => {
    const night = wall("Europe/Madrid", "2026-11-24T03:00");

    expect(addWorking(madrid, night, 0)).toBe(night);
    expect(addWorking(closed, night, 0)).toBe(night);
  });

  it("counted backwards finds when to remind", () => {
    const due = wall("Europe/Madrid", "2026-11-25T09:30");

    expect(addWorking(madrid, due, -60)).toBe(wall("Europe/Madrid", "2026-11-24T17:30"));
    expect(addWorking(madrid, wall("Europe/Madrid", "2026-11-25T12:00"), -180)).toBe(
      wall("Europe/Madrid", "2026-11-25T09:00"),
    );
  });

  it("skips the company's own days off", () => {
    const own = calendar("Europe/Madrid", madrid.hours, { days: ["2026-11-25"] });

    expect(addWorking(own, wall("Europe/Madrid", "2026-11-24T17:30"), 60)).toBe(
      wall("Europe/Madrid", "2026-11-26T09:30"),
    );
  });

  it("runs through midnight where a span ends at 24:00 and the next day begins at 0:00", () => {
    const from = wall("UTC", "2026-11-24T23:50");

    expect(addWorking(always, from, 20)).toBe(from + 20 * MINUTE);
    const late = calendar("UTC", week([span("20:00", "24:00")]));
    expect(addWorking(late, from, 20)).toBe(wall("UTC", "2026-11-25T20:10"));
  });

  it("in a calendar without hours is an error that names the zone, not an endless loop", () => {
    expect(() => addWorking(closed, 0, 15)).toThrow(/UTC has no working hours/);
    expect(() => addWorking(closed, 0, -15)).toThrow(RangeError);
    expect(() => workingDay(closed)).toThrow(RangeError);
    expect(nextOpening(closed, 0)).toBeNull();
    expect(closingTime(closed, 0)).toBeNull();
    expect(workingBetween(closed, 0, 30 * DAY)).toBe(0);
  });
});

describe("when the clocks change", () => {
  const nights = calendar("Europe/Madrid", week([span("0:00", "6:00")], [span("0:00", "6:00")]));

  it("in spring, the hour that is skipped is not working time", () => {
    const midnight = wall("Europe/Madrid", "2026-03-29T00:00");

    expect(workingBetween(nights, midnight, midnight + 20 * HOUR)).toBe(5 * HOUR);
    expect(addWorking(nights, midnight, 180)).toBe(wall("Europe/Madrid", "2026-03-29T04:00"));
  });

  it("in autumn, the hour that comes twice counts twice", () => {
    const midnight = wall("Europe/Madrid", "2026-10-25T00:00");

    expect(workingBetween(nights, midnight, midnight + 20 * HOUR)).toBe(7 * HOUR);
    expect(addWorking(nights, midnight, 240)).toBe(wall("Europe/Madrid", "2026-10-25T03:00"));
  });

  it("opening hours stay at nine on the wall, in winter and in summer", () => {
    const friday = wall("Europe/Madrid", "2026-03-27T18:00");

    expect(nextOpening(office, friday)).toBe(wall("Europe/Madrid", "2026-03-30T09:00"));
    expect(new Date(wall("Europe/Madrid", "2026-03-30T09:00")).toISOString()).toBe(
      "2026-03-30T07:00:00.000Z",
    );
  });

  it("a day that a country skipped has no hours: Samoa had no 30 December 2011", () => {
    const apia = calendar("Pacific/Apia", week([span("9:00", "17:00")], [span("9:00", "17:00")]));

    const thursdayEvening = wall("Pacific/Apia", "2011-12-29T16:00");
    expect(addWorking(apia, thursdayEvening, 120)).toBe(wall("Pacific/Apia", "2011-12-31T10:00"));
  });

  it("a clock set back over midnight gives minutes of the old day between those of the new", () => {
    // St John's went from 00:01 on the 7th back to 23:01 on the 6th.
    const stJohns = calendar("America/St_Johns", week([], [span("0:00", "24:00")]));
    const day = wall("America/St_Johns", "2010-11-06T00:00");

    expect(workingBetween(stJohns, day, day + 3 * DAY)).toBe(49 * HOUR);
  });
});

describe("opening and closing", () => {
  it("opens on the minute and is closed on the closing minute", () => {
    expect(isWorking(madrid, wall("Europe/Madrid", "2026-11-24T09:00"))).toBe(true);
    expect(isWorking(madrid, wall("Europe/Madrid", "2026-11-24T09:00") - 1)).toBe(false);
    expect(isWorking(madrid, wall("Europe/Madrid", "2026-11-24T14:00"))).toBe(false);
    expect(isWorking(madrid, wall("Europe/Madrid", "2026-11-24T14:00") - 1)).toBe(true);
  });

  it("the next opening while open is now", () => {
    const now = wall("Europe/Madrid", "2026-11-24T10:07");

    expect(nextOpening(madrid, now)).toBe(now);
  });

  it("the next opening at 3:10 is 9:00", () => {
    expect(nextOpening(madrid, wall("Europe/Madrid", "2026-11-24T03:10"))).toBe(
      wall("Europe/Madrid", "2026-11-24T09:00"),
    );
  });

  it("closes for lunch, in the evening, and behind midnight of UTC in California", () => {
    const pacific = calendar("America/Los_Angeles", week([span("9:00", "17:00")]));

    expect(closingTime(madrid, wall("Europe/Madrid", "2026-11-24T10:00"))).toBe(
      wall("Europe/Madrid", "2026-11-24T14:00"),
    );
    expect(closingTime(pacific, wall("America/Los_Angeles", "2026-11-24T10:00"))).toBe(
      wall("America/Los_Angeles", "2026-11-24T17:00"),
    );
    expect(closingTime(madrid, wall("Europe/Madrid", "2026-11-24T14:30"))).toBeNull();
  });
});

describe("one working day", () => {
  it("is eight hours with a lunch break, the morning of a half-day team, and never more than eight hours", () => {
    expect(workingDay(madrid)).toBe(480);
    expect(workingDay(office)).toBe(480);
    expect(workingDay(always)).toBe(480);
    expect(workingDay(calendar("UTC", week([span("9:00", "14:00")])))).toBe(300);
  });
});

describe("holidays", () => {
  it("knows regions by the codes people write and refuses others", () => {
    expect(["ES", "ES-MD", "US-CA", "DE-BY-A"].map(isKnownRegion)).toEqual([true, true, true, true]);
    expect(["XX", "ES-ZZ", "Spain", "", "ES-MD-Q", "DE-BY-A-1"].map(isKnownRegion)).toEqual(
      new Array(6).fill(false),
    );
  });

  it("counts whole days off, not observances and not half days", () => {
    const day = (iso: string) => Date.parse(`${iso}T00:00:00Z`) / DAY;

    expect(isHoliday("ES-MD", day("2026-05-02"))).toBe(true);
    expect(isHoliday("ES-CT", day("2026-05-02"))).toBe(false);
    expect(isHoliday("ES", day("2026-03-19"))).toBe(false);
    expect(isHoliday("DE-BY", day("2026-12-24"))).toBe(false);
    expect(isHoliday("TR", day("2026-03-21"))).toBe(true);
  });
});

// The oracle walks minute by minute and asks the wall clock: slow, and too plain to be wrong in the same way.
describe("for any calendar, zone and instant", () => {
  const zones = [
    { zone: "Europe/Madrid", around: ["2026-03-29", "2026-10-25"] },
    { zone: "America/New_York", around: ["2026-03-08", "2026-11-01"] },
    { zone: "Australia/Lord_Howe", around: ["2026-04-05", "2026-10-04"] },
    { zone: "Africa/Casablanca", around: ["2026-02-15", "2026-03-22"] },
    { zone: "Asia/Kolkata", around: ["2026-06-01"] },
    { zone: "America/Santiago", around: ["2026-04-05", "2026-09-06"] },
    { zone: "Pacific/Apia", around: ["2011-12-30", "2012-04-01"] },
    { zone: "America/St_Johns", around: ["2010-11-07", "2026-03-08"] },
    { zone: "UTC", around: ["2026-02-28"] },
  ];

  function wallIsOpen(cal: Calendar, at: number): boolean {
    const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(cal.timezone);
    if (cal.holidays.days.includes(local.toPlainDate().toString())) return false;
    const spans = cal.hours[local.dayOfWeek as 1 | 2 | 3 | 4 | 5 | 6 | 7];
    const minute = local.hour * 60 + local.minute;
    return spans.some(({ from, to }) => from <= minute && minute < to);
  }

  const spans = fc
    .uniqueArray(fc.integer({ min: 0, max: 48 }), { minLength: 0, maxLength: 6 })
    .map((marks) => {
      const sorted = marks.toSorted((one, other) => one - other);
      const found: Span[] = [];
      for (let i = 0; i + 1 < sorted.length; i += 2) {
        found.push({ from: (sorted[i] ?? 0) * 30, to: (sorted[i + 1] ?? 0) * 30 });
      }
      return found;
    });
  const situation = fc
    .constantFrom(...zones)
    .chain(({ zone, around }) =>
      fc.record({
        zone: fc.constant(zone),
        near: fc.constantFrom(...around),
        days: fc.tuple(spans, spans, spans, spans, spans, spans, spans),
        off: fc.boolean(),
        startMinute: fc.integer({ min: -2 * 1440, max: 1440 }),
        restMs: fc.integer({ min: 0, max: MINUTE - 1 }),
        minutes: fc.integer({ min: 1, max: 900 }),
      }),
    )
    .map(({ zone, near, days, off, startMinute, restMs, minutes }) => {
      const [mon, tue, wed, thu, fri, sat, sun] = days;
      const cal = calendar(
        zone,
        { 1: mon, 2: tue, 3: wed, 4: thu, 5: fri, 6: sat, 7: sun },
        { days: off ? [near] : [] },
      );
      return { cal, minute: Date.parse(`${near}T00:00:00Z`) + startMinute * MINUTE, restMs, minutes };
    });

  const HORIZON = 3 * 1440;

  it("addWorking and workingBetween agree with walking minute by minute, and undo each other", () => {
    fc.assert(
      fc.property(situation, ({ cal, minute, restMs, minutes }) => {
        let worked = 0;
        let expected: number | null = null;
        for (let step = 0; step < HORIZON && expected === null; step++) {
          const at = minute + step * MINUTE;
          expect(isWorking(cal, at)).toBe(wallIsOpen(cal, at));
          if (wallIsOpen(cal, at)) worked++;
          if (worked === minutes) expected = at + MINUTE;
        }
        const end = expected ?? minute + HORIZON * MINUTE;
        expect(workingBetween(cal, minute, end)).toBe(worked * MINUTE);
        expect(workingBetween(cal, end, minute)).toBe(0 - worked * MINUTE);
        if (expected === null) return;
        expect(addWorking(cal, minute, minutes)).toBe(expected);

        // From within a minute: what is owed has passed, to the millisecond, and not before.
        const from = minute + restMs;
        const due = addWorking(cal, from, minutes);
        expect(workingBetween(cal, from, due)).toBe(minutes * MINUTE);
        expect(workingBetween(cal, from, due - 1)).toBeLessThan(minutes * MINUTE);
        const back = addWorking(cal, due, -minutes);
        expect(workingBetween(cal, back, due)).toBe(minutes * MINUTE);
        expect(back).toBeGreaterThanOrEqual(from);
        const opening = nextOpening(cal, from);
        if (opening !== null) {
          expect(isWorking(cal, opening)).toBe(true);
          expect(workingBetween(cal, from, opening)).toBe(0);
        }
        const closing = closingTime(cal, from);
        if (closing !== null) expect(workingBetween(cal, from, closing)).toBe(closing - from);
        if (closing !== null) expect(isWorking(cal, closing)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});
