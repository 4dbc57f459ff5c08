import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { clockTime, parseWhen, readWhen, wallTime } from "../../src/domain/promises/moments.ts";

const MADRID = "Europe/Madrid";

function wall(local: string, timezone = MADRID): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(timezone).epochMilliseconds;
}

function local(at: number | null, timezone = MADRID): string | null {
  if (at === null) return null;
  const there = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);
  return there.toPlainDateTime().toString({ smallestUnit: "minute" });
}

/** A Tuesday, 10:30 in Madrid. */
const now = wall("2026-11-24T10:30");

describe("a promise typed in English", () => {
  it.each([
    ["13:00", "2026-11-24T13:00"],
    ["by 3pm", "2026-11-24T15:00"],
    ["I'll come back by three", "2026-11-24T15:00"],
    ["at 3", "2026-11-24T15:00"],
    ["by 11", "2026-11-24T11:00"],
    ["before 12.15", "2026-11-24T12:15"],
    ["by 13:00 I'll have news", "2026-11-24T13:00"],
    ["15.30", "2026-11-24T15:30"],
    ["at 15h", "2026-11-24T15:00"],
    ["in 2h", "2026-11-24T12:30"],
    ["2h", "2026-11-24T12:30"],
    ["1h30", "2026-11-24T12:00"],
    ["15h30", "2026-11-24T15:30"],
    ["by 15h30", "2026-11-24T15:30"],
    ["in 8h30", "2026-11-24T19:00"],
    ["in fifteen minutes", "2026-11-24T10:45"],
    ["24:00", "2026-11-24T23:59"],
    ["by the end of the business day", "2026-11-24T17:00"],
    ["tomorrow at 24:00", "2026-11-25T23:59"],
    ["Nov 30", "2026-11-30T17:00"],
    ["Nov 30 at 10", "2026-11-30T10:00"],
    ["nov 30, 10:00", "2026-11-30T10:00"],
    ["November 30th at 10", "2026-11-30T10:00"],
    ["Dec 3", "2026-12-03T17:00"],
    ["25.11. 14:00", "2026-11-25T14:00"],
    ["in half an hour", "2026-11-24T11:00"],
    ["in 45 min", "2026-11-24T11:15"],
    ["in 2 days", "2026-11-26T10:30"],
    ["tomorrow 15:00", "2026-11-25T15:00"],
    ["tomorrow at 3", "2026-11-25T15:00"],
    ["tomorrow", "2026-11-25T17:00"],
    ["tomorrow morning", "2026-11-25T12:00"],
    ["the day after tomorrow at 9", "2026-11-26T09:00"],
    ["today", "2026-11-24T17:00"],
    ["noon", "2026-11-24T12:00"],
    ["Friday", "2026-11-27T17:00"],
    ["on Friday at 10", "2026-11-27T10:00"],
    ["next Monday 9:30", "2026-11-30T09:30"],
    ["24/12 10:00", "2026-12-24T10:00"],
    ["2026-12-01 10:00", "2026-12-01T10:00"],
    ["before lunch", "2026-11-24T13:00"],
    ["after lunch", "2026-11-24T15:00"],
    ["EOD", "2026-11-24T17:00"],
    ["by the end of the day", "2026-11-24T17:00"],
    ["by Friday EOD", "2026-11-27T17:00"],
    ["COB tomorrow", "2026-11-25T17:00"],
    ["end of the week", "2026-11-27T17:00"],
    ["first thing tomorrow", "2026-11-25T10:00"],
    ["first thing on Monday", "2026-11-30T10:00"],
    ["Monday morning", "2026-11-30T12:00"],
    ["midnight", "2026-11-24T23:59"],
    ["quarter to four", "2026-11-24T15:45"],
    ["half three", "2026-11-24T15:30"],
    ["around 4", "2026-11-24T16:00"],
    ["by 3ish", "2026-11-24T15:00"],
    ["8 in the evening", "2026-11-24T20:00"],
    ["30'", "2026-11-24T11:00"],
    ["2h 30m", "2026-11-24T13:00"],
    ["on the 30th", "2026-11-30T17:00"],
    ["on the 3rd at 9:00", "2026-12-03T09:00"],
    ["3pm CET", "2026-11-24T15:00"],
    ["15:00 UTC", "2026-11-24T16:00"],
    // Before a day is not on it.
    ["before Friday", "2026-11-26T17:00"],
    ["before Friday at 10", "2026-11-27T10:00"],
    // A range is kept by its end.
    ["between 3 and 4", "2026-11-24T16:00"],
    ["3-4pm", "2026-11-24T16:00"],
    ["from 15:00 to 16:00", "2026-11-24T16:00"],
    ["in 2-3 hours", "2026-11-24T13:30"],
    ["in 1 or 2 days", "2026-11-26T10:30"],
  ])("%s", (text, expected) => {
    expect(local(parseWhen(text, now, MADRID, "en"))).toBe(expected);
  });
});

describe("a promise typed in Spanish", () => {
  it.each([
    ["mañana a las 10", "2026-11-25T10:00"],
    ["Mañana a las 10", "2026-11-25T10:00"],
    ["mañana", "2026-11-25T17:00"],
    ["mañana por la mañana", "2026-11-25T12:00"],
    ["mañana por la tarde", "2026-11-25T18:00"],
    ["mañana a las 10 de la mañana", "2026-11-25T10:00"],
    ["a las 11 de la mañana", "2026-11-24T11:00"],
    ["pasado mañana a las 9", "2026-11-26T09:00"],
    ["pasado mañana", "2026-11-26T17:00"],
    ["el viernes a las 10", "2026-11-27T10:00"],
    ["el lunes", "2026-11-30T17:00"],
    ["en 45 min", "2026-11-24T11:15"],
    ["en media hora", "2026-11-24T11:00"],
    ["en hora y media", "2026-11-24T12:00"],
    ["dentro de 2 horas", "2026-11-24T12:30"],
    ["antes de las 13:00", "2026-11-24T13:00"],
    ["a las 13h", "2026-11-24T13:00"],
    ["a las 3", "2026-11-24T15:00"],
    ["a las tres y media", "2026-11-24T15:30"],
    ["a las 5 menos cuarto", "2026-11-24T16:45"],
    ["a las 3 de la tarde", "2026-11-24T15:00"],
    ["esta tarde", "2026-11-24T18:00"],
    ["a mediodía", "2026-11-24T12:00"],
    ["24 de diciembre a las 10", "2026-12-24T10:00"],
    ["antes de comer", "2026-11-24T14:00"],
    ["después de comer", "2026-11-24T16:00"],
    ["a última hora", "2026-11-24T17:00"],
    ["al final del día", "2026-11-24T17:00"],
    ["a finales de semana", "2026-11-27T17:00"],
    ["mañana a primera hora", "2026-11-25T10:00"],
    ["mañana temprano", "2026-11-25T10:00"],
    ["a media mañana", "2026-11-24T12:00"],
    ["a medianoche", "2026-11-24T23:59"],
    ["sobre las 4", "2026-11-24T16:00"],
    ["hasta las 18h", "2026-11-24T18:00"],
    ["15:00h", "2026-11-24T15:00"],
    ["en un par de horas", "2026-11-24T12:30"],
    ["en 10 minutitos", "2026-11-24T10:40"],
    ["en media horita", "2026-11-24T11:00"],
    ["el lunes que viene a las 9", "2026-11-30T09:00"],
    ["el viernes que viene a las 10:30", "2026-11-27T10:30"],
    ["el próximo viernes", "2026-11-27T17:00"],
    ["mar 1 dic, 10:00", "2026-12-01T10:00"],
    ["el martes que viene a las 9", "2026-12-01T09:00"],
    ["a las 15h30", "2026-11-24T15:30"],
    ["15h30", "2026-11-24T15:30"],
    ["en 1h30", "2026-11-24T12:00"],
    ["en quince minutos", "2026-11-24T10:45"],
    ["en cuarenta y cinco minutos", "2026-11-24T11:15"],
    ["a las 24:00", "2026-11-24T23:59"],
    ["el día 30", "2026-11-30T17:00"],
    ["el 1 de diciembre a las 9", "2026-12-01T09:00"],
    ["antes del viernes", "2026-11-26T17:00"],
    ["entre las 3 y las 4", "2026-11-24T16:00"],
    ["de 15:00 a 16:00", "2026-11-24T16:00"],
    ["15-16h", "2026-11-24T16:00"],
    ["en 2 o 3 horas", "2026-11-24T13:30"],
  ])("%s", (text, expected) => {
    expect(local(parseWhen(text, now, MADRID, "es"))).toBe(expected);
  });

  it("is understood whatever language we expected", () => {
    expect(local(parseWhen("mañana a las 10", now, MADRID, "en"))).toBe("2026-11-25T10:00");
    expect(local(parseWhen("tomorrow 15:00", now, MADRID, "es"))).toBe("2026-11-25T15:00");
  });
});

describe("what is no promise", () => {
  it.each([
    ["9:00", "past"],
    ["this morning at 9", "past"],
    ["yesterday at 10", "past"],
    ["2 hours ago", "past"],
    ["last Friday", "past"],
    ["24 Nov 9:00", "past"],
    ["23 November", "past"],
    ["2025-11-24 10:00", "past"],
    ["a las 9", "past"],
    ["a las nueve y media", "past"],
    ["ayer", "past"],
    ["anteayer por la tarde", "past"],
    ["hace 2 horas", "past"],
    ["el viernes pasado", "past"],
    ["in 300 days", "far"],
    ["2027-11-24 10:00", "far"],
    ["", "none"],
    ["soon", "none"],
    ["asap", "none"],
    ["now", "none"],
    ["right now", "none"],
    ["when I can", "none"],
    ["in a few hours", "none"],
    ["next week", "none"],
    ["en un rato", "none"],
    ["en unas horas", "none"],
    ["más tarde", "none"],
    ["luego", "none"],
    ["ahora mismo", "none"],
    ["cuanto antes", "none"],
    ["la semana que viene", "none"],
    ["4 invoices", "none"],
    ["friday 25:00", "none"],
    ["el viernes a las 24:30", "none"],
    ["tomorrow 9:75", "none"],
    ["in 2 working days", "none"],
    ["en 2 días laborables", "none"],
    ["dentro de tres días hábiles", "none"],
  ] as const)("%j is told apart: %s", (text, kind) => {
    for (const lang of ["en", "es"] as const) expect(readWhen(text, now, MADRID, lang).kind).toBe(kind);
  });

  it.each([
    "",
    "soon",
    "as soon as I can",
    "9:00",
    "yesterday at 10",
    "2 hours ago",
    "24 Nov 9:00",
    "en breve",
  ])("%j gives no time", (text) => {
    expect(parseWhen(text, now, MADRID, "en")).toBeNull();
  });

  it("any text at all gives a time ahead or none, and never fails", () => {
    const words = fc.constantFrom(
      "mañana",
      "at",
      "3",
      "pm",
      "13:00",
      "viernes",
      "in",
      "2h",
      "30/02",
      "99:99",
      "€",
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(words).map((list) => list.join(" ")),
    );
    fc.assert(
      fc.property(text, fc.constantFrom("en" as const, "es" as const), (typed, lang) => {
        const at = parseWhen(typed, now, MADRID, lang);
        if (at !== null) expect(at).toBeGreaterThan(now);
      }),
    );
  });
});

describe("the speaker's own clock", () => {
  it("decides what 13:00 is", () => {
    expect(parseWhen("13:00", now, "America/New_York", "en")).toBe(
      wall("2026-11-24T13:00", "America/New_York"),
    );
  });

  it("in the evening, a morning hour is tomorrow's", () => {
    expect(local(parseWhen("by 9:00", wall("2026-11-24T19:00"), MADRID, "en"))).toBe("2026-11-25T09:00");
  });

  it("today's weekday with an hour still ahead is today", () => {
    expect(local(parseWhen("martes a las 17:00", now, MADRID, "es"))).toBe("2026-11-24T17:00");
  });

  it("after a night on which the clocks change, ten is ten and two hours are two hours", () => {
    const saturday = wall("2026-03-28T23:30");

    expect(local(parseWhen("tomorrow at 10:00", saturday, MADRID, "en"))).toBe("2026-03-29T10:00");
    expect((parseWhen("in 4 hours", saturday, MADRID, "en") ?? 0) - saturday).toBe(4 * 3_600_000);
  });
});

describe("a time as people read it", () => {
  it("is only the clock on the same day", () => {
    expect(wallTime(wall("2026-11-24T13:00"), now, MADRID, "en")).toBe("13:00");
    expect(wallTime(wall("2026-11-24T09:05"), now, MADRID, "es")).toBe("9:05");
    expect(clockTime(wall("2026-11-24T00:00"), MADRID)).toBe("0:00");
  });

  it("names the day otherwise", () => {
    expect(wallTime(wall("2026-11-24T10:30"), wall("2026-11-23T10:30"), MADRID, "en")).toBe(
      "Tue 24 Nov, 10:30",
    );
    expect(wallTime(wall("2026-11-24T10:30"), wall("2026-11-23T10:30"), MADRID, "es")).toBe(
      "mar 24 nov, 10:30",
    );
  });

  it("takes the day from the reader's zone, not from UTC", () => {
    const lateEvening = wall("2026-11-24T23:30");
    expect(wallTime(wall("2026-11-25T00:15"), lateEvening, MADRID, "en")).toBe("Wed 25 Nov, 0:15");
    expect(wallTime(wall("2026-11-25T00:15"), lateEvening, "UTC", "en")).toBe("23:15");
  });
});
