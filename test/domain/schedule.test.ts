import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { lastAppointment, nextAppointment } from "../../src/domain/promises/schedule.ts";

const MADRID = "Europe/Madrid";
const digest = { at: "9:00", days: [1, 2, 3, 4, 5] };
const summary = { at: "9:30", days: [1] };

function wall(local: string, timezone = MADRID): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(timezone).epochMilliseconds;
}

describe("the digest at 9:00 from Monday to Friday", () => {
  it("comes today before nine, tomorrow from nine on, and on Monday after Friday's", () => {
    expect(nextAppointment(MADRID, digest, wall("2026-11-24T08:59"))).toBe(wall("2026-11-24T09:00"));
    expect(nextAppointment(MADRID, digest, wall("2026-11-24T09:00"))).toBe(wall("2026-11-25T09:00"));
    expect(nextAppointment(MADRID, digest, wall("2026-11-27T09:00"))).toBe(wall("2026-11-30T09:00"));
  });

  it("stays at nine on the wall when the clocks change", () => {
    const sunday = { at: "9:00", days: [7] };
    const week = (nextAppointment(MADRID, sunday, wall("2026-03-22T09:00")) ?? 0) - wall("2026-03-22T09:00");

    expect(week).toBe((7 * 24 - 1) * 3_600_000);
  });

  it("that was missed is the last one before now, the same instant however late one asks", () => {
    expect(lastAppointment(MADRID, digest, wall("2026-11-24T09:00"))).toBe(wall("2026-11-24T09:00"));
    expect(lastAppointment(MADRID, digest, wall("2026-11-24T08:59"))).toBe(wall("2026-11-23T09:00"));
    expect(lastAppointment(MADRID, summary, wall("2026-11-29T23:00"))).toBe(wall("2026-11-23T09:30"));
  });
});

describe("odd days", () => {
  it("an hour the clock skips is told an hour later, one that comes twice is told once", () => {
    const early = { at: "2:30", days: [7] };

    expect(nextAppointment(MADRID, early, wall("2026-03-29T00:00"))).toBe(wall("2026-03-29T03:30"));
    const once = nextAppointment(MADRID, early, wall("2026-10-25T00:00")) ?? 0;
    expect(nextAppointment(MADRID, early, once)).toBe(wall("2026-11-01T02:30"));
  });

  it("no days is never, and a time that does not exist is an error", () => {
    expect(nextAppointment(MADRID, { at: "9:00", days: [] }, 0)).toBeNull();
    expect(() => nextAppointment(MADRID, { at: "25:00", days: [1] }, 0)).toThrow(RangeError);
  });

  it("in every zone, walking from one to the next forwards and backwards meets the same instants", () => {
    const zones = ["Europe/Madrid", "America/Santiago", "Pacific/Apia", "Australia/Lord_Howe", "UTC"];
    const anyTime = fc.integer({ min: Date.UTC(2011, 0, 1), max: Date.UTC(2027, 0, 1) });
    const anyHour = fc.integer({ min: 0, max: 1439 }).map((m) => `${Math.floor(m / 60)}:${m % 60}`);
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), anyHour, days, anyTime, (zone, at, on, now) => {
        const next = nextAppointment(zone, { at, days: on }, now);
        if (next === null) throw new Error("there is always a next one");
        expect(next).toBeGreaterThan(now);
        expect(lastAppointment(zone, { at, days: on }, next)).toBe(next);
        expect(lastAppointment(zone, { at, days: on }, next - 1) ?? 0).toBeLessThanOrEqual(now);
      }),
      { numRuns: 300 },
    );
  });
});
