import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import {
  type Availability,
  awayAt,
  endOfDay,
  isAvailable,
  lastPresent,
  nextAvailable,
} from "../../../src/domain/people/availability.ts";
import { ownHours } from "../../../src/domain/people/written-hours.ts";
import type { Calendar } from "../../../src/domain/policy.ts";

const HOUR = 3_600_000;

function madrid(time: string): number {
  return Temporal.PlainDateTime.from(time.replace(" ", "T")).toZonedDateTime("Europe/Madrid")
    .epochMilliseconds;
}

function works(written: string, timezone = "Europe/Madrid"): Calendar {
  const read = ownHours(written);
  if ("fault" in read) throw new Error(read.fault);
  return { timezone, hours: read.value.hours, holidays: { region: null, days: [] } };
}

const MARC: Availability = {
  calendar: works("mon-fri 9-14, 15-18"),
  absences: [{ from: madrid("2026-11-25 12:00"), until: madrid("2026-11-30 09:00"), backup: null }],
};

describe("somebody who works nine to two and three to six, and is away from Wednesday noon", () => {
  test("is there in the morning and not at lunch", () => {
    expect(isAvailable(MARC, madrid("2026-11-24 10:00"))).toBe(true);
    expect(isAvailable(MARC, madrid("2026-11-24 14:00"))).toBe(false);
    expect(nextAvailable(MARC, madrid("2026-11-24 14:00"))).toBe(madrid("2026-11-24 15:00"));
  });

  test("goes home at six, and on the day they leave at noon", () => {
    expect(endOfDay(MARC, madrid("2026-11-24 10:00"))).toBe(madrid("2026-11-24 18:00"));
    expect(endOfDay(MARC, madrid("2026-11-24 23:00"))).toBe(madrid("2026-11-24 18:00"));
    expect(endOfDay(MARC, madrid("2026-11-25 10:00"))).toBe(madrid("2026-11-25 12:00"));
    expect(endOfDay(MARC, madrid("2026-11-26 10:00"))).toBeNull();
  });

  test("is away until Monday morning, and back by itself", () => {
    expect(awayAt(MARC, madrid("2026-11-26 10:00"))?.until).toBe(madrid("2026-11-30 09:00"));
    expect(nextAvailable(MARC, madrid("2026-11-25 13:00"))).toBe(madrid("2026-11-30 09:00"));
    expect(awayAt(MARC, madrid("2026-11-30 09:00"))).toBeNull();
    expect(isAvailable(MARC, madrid("2026-11-30 09:00"))).toBe(true);
  });

  test("was last there on Wednesday morning, seen from Thursday", () => {
    expect(lastPresent(MARC, madrid("2026-11-24 17:00"), madrid("2026-11-26 10:00"))).toEqual({
      start: madrid("2026-11-25 09:00"),
      end: madrid("2026-11-25 12:00"),
    });
    expect(lastPresent(MARC, madrid("2026-11-25 12:30"), madrid("2026-11-26 10:00"))).toBeNull();
  });
});

test("a day ends at midnight for whoever works until then, on the day of a clock change too", () => {
  const late: Availability = { calendar: works("every day 16-24"), absences: [] };
  const end = endOfDay(late, madrid("2026-10-25 12:00"));
  expect(end).toBe(madrid("2026-10-26 00:00"));
});

test("nobody waits for whoever never works", () => {
  const never: Availability = {
    calendar: { ...MARC.calendar, hours: works("mon 9-10").hours },
    absences: [{ from: 0, until: madrid("2030-01-01 00:00"), backup: null }],
  };
  expect(nextAvailable(never, madrid("2026-11-24 10:00"))).toBeNull();
});

test("what is next and what was last agree with a walk from quarter to quarter of an hour", () => {
  const from = madrid("2026-10-20 00:00");
  const quarter = HOUR / 4;
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 14 * 96 }),
      fc.array(fc.tuple(fc.integer({ min: 0, max: 14 * 96 }), fc.integer({ min: 1, max: 96 })), {
        maxLength: 3,
      }),
      (start, gone) => {
        const someone: Availability = {
          calendar: works("mon-thu 9-14, 15-18; sat 10-13"),
          absences: gone.map(([at, long]) => ({
            from: from + at * quarter,
            until: from + (at + long) * quarter,
            backup: null,
          })),
        };
        const at = from + start * quarter;
        let next = at;
        while (!isAvailable(someone, next)) next += quarter;
        expect(nextAvailable(someone, at)).toBe(next);
        let last = at - quarter;
        while (last >= from && !isAvailable(someone, last)) last -= quarter;
        expect(lastPresent(someone, from, at)?.end ?? null).toBe(last < from ? null : last + quarter);
      },
    ),
  );
});

describe("hours as people type them", () => {
  test.each([
    ["mon-fri 9-14, 15-18 Europe/Madrid", "9-14 15-18", "Europe/Madrid"],
    ["9:30-14", "9.5-14", null],
    ["lun-vie 9-14", "9-14", null],
    ["mié: 10-12; mon,tue 9-10 UTC", "10-12", "UTC"],
    ["always", "0-24", null],
  ])("%s", (written, wednesday, timezone) => {
    const read = ownHours(written);
    if ("fault" in read) throw new Error(read.fault);
    const shown = read.value.hours[3].map(({ from, to }) => `${from / 60}-${to / 60}`).join(" ");
    expect([shown, read.value.timezone]).toEqual([wednesday, timezone]);
  });

  test.each(["", "soon", "mon-fri", "mon 14-9", "mon 9-12; mon 13-14", "9-14 Europe/Madird", "mon-fri 9-25"])(
    "cannot be read: %s",
    (written) => {
      expect(ownHours(written)).toHaveProperty("fault");
    },
  );
});
