import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { onCallAt, turnAt } from "../../src/domain/people/rota.ts";
import type { Rota } from "../../src/domain/policy.ts";

const weekly: Rota = {
  people: ["ana", "marc", "lucia"],
  every: "week",
  at: 9 * 60,
  day: 1,
  since: "2026-11-02",
  timezone: "Europe/Madrid",
  cover: [],
  saysTitle: false,
};
const daily: Rota = { ...weekly, every: "day" };

function wall(local: string, timezone = "Europe/Madrid"): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(timezone).epochMilliseconds;
}

describe("a weekly rota with handover on Monday at nine", () => {
  it("gives the first person the first week, and the others in order behind them", () => {
    expect(onCallAt(weekly, wall("2026-11-04T03:00"))).toEqual(["ana", "marc", "lucia"]);
    expect(onCallAt(weekly, wall("2026-11-11T03:00"))).toEqual(["marc", "lucia", "ana"]);
  });

  it("changes at the handover, to the millisecond", () => {
    const handover = wall("2026-11-09T09:00");
    expect(onCallAt(weekly, handover - 1)[0]).toBe("ana");
    expect(onCallAt(weekly, handover)[0]).toBe("marc");
  });

  it("begins with the person whose week holds the date it counts from, whatever day that is", () => {
    const midweek = { ...weekly, since: "2026-11-05" };
    expect(turnAt(midweek, wall("2026-11-05T12:00"))).toEqual({
      people: ["ana", "marc", "lucia"],
      from: wall("2026-11-02T09:00"),
      until: wall("2026-11-09T09:00"),
    });
  });

  it("is still at nine after the clocks have changed", () => {
    const since = { ...weekly, since: "2026-10-19" };
    const turn = turnAt(since, wall("2026-10-25T12:00"));
    expect(turn.until).toBe(wall("2026-10-26T09:00"));
    expect(turn.until - turn.from).toBe((7 * 24 + 1) * 3_600_000);
  });
});

describe("a daily rota", () => {
  it("hands over in an hour the clock skips when that hour would have been", () => {
    const early = { ...daily, at: 2 * 60 + 30, since: "2026-03-28" };
    expect(turnAt(early, wall("2026-03-28T12:00")).until).toBe(wall("2026-03-29T03:30"));
  });

  it("goes on backwards before its first day, so that nobody's absence begins with it", () => {
    expect(onCallAt(daily, wall("2026-11-01T12:00"))[0]).toBe("lucia");
  });
});

describe("cover", () => {
  const covered = { ...weekly, cover: [{ person: "lucia", from: "2026-11-04", to: "2026-11-05" }] };

  it("calls whoever stands in first, and whom they relieve last", () => {
    expect(onCallAt(covered, wall("2026-11-04T08:59"))).toEqual(["ana", "marc", "lucia"]);
    expect(onCallAt(covered, wall("2026-11-04T09:00"))).toEqual(["lucia", "marc", "ana"]);
    expect(onCallAt(covered, wall("2026-11-06T08:59"))).toEqual(["lucia", "marc", "ana"]);
    expect(onCallAt(covered, wall("2026-11-06T09:00"))).toEqual(["ana", "marc", "lucia"]);
  });

  it("says until when it holds, and until when the turn holds before it", () => {
    expect(turnAt(covered, wall("2026-11-03T12:00")).until).toBe(wall("2026-11-04T09:00"));
    expect(turnAt(covered, wall("2026-11-04T12:00")).until).toBe(wall("2026-11-06T09:00"));
  });

  it("by somebody of another team adds them, by whoever has the turn changes nothing", () => {
    const other = { ...weekly, cover: [{ person: "olga", from: "2026-11-04", to: "2026-11-04" }] };
    expect(onCallAt(other, wall("2026-11-04T12:00"))).toEqual(["olga", "marc", "lucia", "ana"]);
    const own = { ...weekly, cover: [{ person: "ana", from: "2026-11-04", to: "2026-11-04" }] };
    expect(onCallAt(own, wall("2026-11-04T12:00"))).toEqual(["ana", "marc", "lucia"]);
  });
});

describe("whatever the zone, the handover and the number of people", () => {
  const zones = [
    "Europe/Madrid",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "UTC",
  ];
  const rotas = fc.record({
    people: fc.integer({ min: 1, max: 6 }).map((count) => Array.from({ length: count }, (_, i) => `p${i}`)),
    every: fc.constantFrom("day" as const, "week" as const),
    at: fc.integer({ min: 0, max: 1439 }),
    day: fc.integer({ min: 1, max: 7 }),
    since: fc
      .integer({ min: 0, max: 4000 })
      .map((days) => Temporal.PlainDate.from("2020-01-01").add({ days }).toString()),
    timezone: fc.constantFrom(...zones),
    cover: fc.constant([]),
    saysTitle: fc.constant(false),
  });
  const instants = fc.integer({ min: Date.UTC(2011, 0), max: Date.UTC(2032, 0) });

  it("a turn begins where the one before ended: no gap, no overlap", () => {
    fc.assert(
      fc.property(rotas, instants, (rota, at) => {
        const turn = turnAt(rota, at);
        expect(turn.from).toBeLessThanOrEqual(at);
        expect(turn.until).toBeGreaterThan(at);
        expect(turnAt(rota, turn.from)).toEqual(turn);
        expect(turnAt(rota, turn.until).from).toBe(turn.until);
        expect(turnAt(rota, turn.from - 1).until).toBe(turn.from);
      }),
    );
  });

  it("everyone gets their turn, in order, and everybody else is behind them", () => {
    fc.assert(
      fc.property(rotas, instants, (rota, at) => {
        const turns: string[] = [];
        let turn = turnAt(rota, at);
        for (let count = 0; count < rota.people.length; count++) {
          expect(turn.people.toSorted()).toEqual(rota.people.toSorted());
          turns.push(turn.people[0] ?? "");
          turn = turnAt(rota, turn.until);
        }
        expect(turns).toEqual(turnAt(rota, at).people);
      }),
    );
  });

  it("handovers show the same time on the wall, but for the hour a clock skips", () => {
    fc.assert(
      fc.property(rotas, instants, (rota, at) => {
        const { from } = turnAt(rota, at);
        const shown = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(rota.timezone);
        const minutes = shown.hour * 60 + shown.minute;
        const skipped = shown.startOfDay().hoursInDay < 24;
        if (!skipped) expect(minutes).toBe(rota.at);
        if (rota.every === "week" && !skipped) expect(shown.dayOfWeek).toBe(rota.day);
      }),
    );
  });
});
