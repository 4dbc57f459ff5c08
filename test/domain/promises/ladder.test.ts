// The ladder: when each step comes, for whom it moves, and that it always leaves time to act.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Availability, isAvailable } from "../../../src/domain/people/availability.ts";
import { ownHours } from "../../../src/domain/people/written-hours.ts";
import type { Calendar, ReminderStep, Terms } from "../../../src/domain/policy.ts";
import { workingBetween } from "../../../src/domain/promises/calendar.ts";
import { stepAt } from "../../../src/domain/promises/ladder.ts";
import { type Pledge, pledgesOf } from "../../../src/domain/promises/pledges.ts";
import { alarmsOf, wakeAt } from "../../../src/domain/promises/reminders.ts";
import { decideSnooze, pressing } from "../../../src/domain/request/snooze.ts";
import { replay } from "../../../src/domain/request/state.ts";
import { decideTick } from "../../../src/domain/request/tick.ts";
import { ANA, at, type Desk, desk, MINUTE, terms, when } from "../request/desk.ts";

const REASON = "00000000-0000-7000-8000-0000000000ff";

function hours(written: string): Calendar {
  const read = ownHours(written);
  if ("fault" in read) throw new Error(read.fault);
  return { ...terms.calendar, hours: read.value.hours };
}

const works = (written: string, absences: Availability["absences"] = []): Availability => ({
  calendar: hours(written),
  absences,
});

function ladder(...reminders: ReminderStep[]): Terms {
  return { ...terms, reminders };
}

/** A request of tier 3 (four hours), Ana's since a minute after it opened. */
function owned(time: string, its: Terms): Desk {
  const it = desk(time, { tier: 3, terms: its });
  it.claims(`10:01`);
  return it;
}

/** What is told until then, as the sweep would: when, which step, to whom. */
function told(it: Desk, until: string, owner: Availability | null = null): string[] {
  const said: string[] = [];
  for (let spins = 0; spins < 300; spins += 1) {
    const state = replay(it.history);
    const wake = wakeAt(state, pledgesOf(it.history, it.terms, at(until)), it.terms, owner);
    if (wake === null || wake > at(until)) return said;
    const plan = decideTick({ ...it.situation(wake), owner });
    it.history = [...it.history, ...plan.facts];
    for (const notice of plan.notices)
      if (notice.kind === "reminder") said.push(`${when(wake)} ${notice.step} ${notice.to}`);
  }
  throw new Error("The sweep would never sleep again.");
}

describe("the steps of a ladder", () => {
  test("come at a share of the time, so long before the end, and after it", () => {
    const it = owned(
      "10:00",
      ladder({ used: 0.5, whom: "owner" }, { before: 45, whom: "lead" }, { after: 60, whom: "team" }),
    );
    expect(told(it, "17:00")).toEqual(["Tue 12:00 0 owner", "Tue 13:15 1 lead", "Tue 15:00 2 team"]);
  });

  test("are told again until the end, so many times, or until somebody answers", () => {
    const end = owned("10:00", ladder({ before: 60, whom: "owner", every: 20 }));
    expect(told(end, "17:00")).toEqual(["Tue 13:00 0 owner", "Tue 13:20 0 owner", "Tue 13:40 0 owner"]);
    const twice = owned("10:00", ladder({ before: 60, whom: "owner", every: 20, until: 2 }));
    expect(told(twice, "17:00")).toHaveLength(2);
    const answered = owned("10:00", ladder({ after: 30, whom: "lead", every: 60, until: "answered" }));
    expect(told(answered, "16:00")).toEqual(["Tue 14:30 0 lead", "Tue 15:30 0 lead"]);
    answered.answers("16:05");
    expect(told(answered, "17:59")).toEqual([]);
  });

  test("before the end that are told until somebody answers go on after it", () => {
    const it = owned("10:00", ladder({ before: 60, whom: "owner", every: 45, until: "answered" }));
    expect(told(it, "15:40")).toEqual([
      "Tue 13:00 0 owner",
      "Tue 13:45 0 owner",
      "Tue 14:30 0 owner",
      "Tue 15:15 0 owner",
    ]);
    it.answers("15:41");
    expect(told(it, "17:59")).toEqual([]);
  });

  test("“I'm on it” settles what would be told again", () => {
    const it = owned("10:00", ladder({ before: 60, whom: "owner", every: 20 }));
    expect(told(it, "13:05")).toHaveLength(1);
    it.onIt("13:06");
    expect(told(it, "13:59")).toEqual([]);
  });

  test("of a tier replace those of all tiers", () => {
    const own = { ...terms.tiers[3], reminders: [{ before: 60, whom: "on-call" }] as const };
    const it = owned("10:00", { ...terms, tiers: { ...terms.tiers, 3: own } });
    expect(told(it, "13:59")).toEqual(["Tue 13:00 0 on-call"]);
  });

  test("frozen by an older version still hold", () => {
    const frozen: unknown = JSON.parse(JSON.stringify([{ used: 0.75, whom: "owner" }]));
    const it = owned("10:00", { ...terms, reminders: frozen as Terms["reminders"] });
    expect(told(it, "13:59")).toEqual(["Tue 13:00 0 owner"]);
  });

  test("of repetitions missed while nobody looked only the last is told", () => {
    const it = owned("10:00", ladder({ used: 0.25, whom: "owner", every: 10 }));
    const plan = it.ticks("13:05");
    expect(plan.notices.filter(({ kind }) => kind === "reminder")).toHaveLength(1);
    expect(told(it, "13:09")).toEqual([]);
    expect(told(it, "13:10")).toEqual(["Tue 13:10 0 owner"]);
  });
});

test("told early because of another, a promise is not told again early: its repetition comes in its time", () => {
  const it = owned("10:00", ladder({ before: 60, whom: "owner", every: 10 }));
  const ahead = (time: string) => {
    const plan = decideTick(it.situation(at(time)), [], 10 * MINUTE);
    it.history = [...it.history, ...plan.facts];
    return plan.notices.filter(({ kind }) => kind === "reminder").length;
  };
  expect(ahead("12:52")).toBe(1);
  expect(ahead("12:52")).toBe(0);
  expect(told(it, "13:09")).toEqual([]);
  expect(told(it, "13:10")).toEqual(["Tue 13:10 0 owner"]);
  // Nor does it pull its own next time forward.
  expect(ahead("13:10")).toBe(0);
  expect(told(it, "13:20")).toEqual(["Tue 13:20 0 owner"]);
});

test("whatever a policy says, a warning leaves half an hour, or a fifth of the time promised", () => {
  const moments = fc.oneof(
    fc.record({ used: fc.double({ min: 0.01, max: 0.99, noNaN: true }) }),
    fc.record({ before: fc.integer({ min: 1, max: 10_000 }) }),
  );
  fc.assert(
    fc.property(moments, fc.integer({ min: 1, max: 5_000 }), (moment, target) => {
      const startedAt = at("10:00");
      const its = { ...terms, tiers: { ...terms.tiers, 3: { ...terms.tiers[3], firstAnswer: target } } };
      const [pledge] = pledgesOf(desk("10:00", { tier: 3, terms: its }).history, its, startedAt);
      const told = pledge ? stepAt(pledge, { ...moment, whom: "owner" }, 0, its, 3) : null;
      if (!pledge?.dueAt || told === null) throw new Error("It is promised, and warned of.");
      const left = workingBetween(terms.calendar, told, pledge.dueAt) / MINUTE;
      expect(left).toBeGreaterThanOrEqual(Math.min(30, target / 5) - 1e-3);
      expect(told).toBeGreaterThanOrEqual(startedAt);
    }),
  );
});

describe("outside somebody's hours", () => {
  test("what would fall there comes before they go", () => {
    expect(told(owned("10:00", terms), "13:59", works("mon-fri 9-11"))).toEqual(["Tue 10:45 0 owner"]);
    expect(told(owned("10:00", terms), "13:59", works("mon-fri 9-12:30, 14-18"))).toEqual([
      "Tue 12:15 0 owner",
    ]);
  });

  test("where they were not there at all it comes when they do; never there, it stays where it is", () => {
    expect(told(owned("10:00", terms), "13:59", works("mon-fri 13:30-18"))).toEqual(["Tue 13:30 0 owner"]);
    expect(told(owned("10:00", terms), "13:59", works("sat 9-10"))).toEqual(["Tue 13:00 0 owner"]);
  });

  test("somebody who is away is not waited for: it comes in its time, for whoever stands in", () => {
    const away = works("mon-fri 9-18", [{ from: at("12:00"), until: at("Fri 9:00"), backup: null }]);
    expect(told(owned("10:00", terms), "13:59", away)).toEqual(["Tue 13:00 0 owner"]);
  });

  test("a first tier around the clock is told at any hour", () => {
    const day = { ...terms.tiers[1], firstAnswer: 60, aroundTheClock: true };
    const it = desk("Tue 20:00", { tier: 1, terms: { ...terms, tiers: { ...terms.tiers, 1: day } } });
    it.claims("20:01");
    expect(told(it, "20:59", works("mon-fri 9-18"))).toEqual(["Tue 20:45 0 owner"]);
  });

  test("whatever the hours: told while they work, or where no hour of theirs was left before the end", () => {
    const spans = ["mon-fri 9-11", "mon-fri 12-20", "tue 6-9; wed 9-18", "mon-fri 9-14, 15-18", "sat 9-10"];
    fc.assert(
      fc.property(fc.constantFrom(...spans), fc.integer({ min: 0, max: 23 * 60 }), (written, minute) => {
        const it = desk(at("0:00") + minute * MINUTE, { tier: 3, terms });
        it.claims(at("0:00") + minute * MINUTE);
        const owner = works(written);
        const [pledge] = it.pledges(at("0:00") + minute * MINUTE);
        const warn = alarmsOf(replay(it.history), it.pledges(at("0:00")), it.terms, owner).find(
          ({ kind }) => kind === "warn",
        );
        if (!pledge?.dueAt || !warn) throw new Error("It is promised, and warned of.");
        expect(warn.at).toBeLessThan(pledge.dueAt);
        const some = everyMinute(pledge).some((at) => isAvailable(owner, at));
        expect(isAvailable(owner, warn.at)).toBe(some);
      }),
      { numRuns: 50 },
    );
  });
});

function everyMinute(pledge: Pledge): number[] {
  const found: number[] = [];
  for (let now = pledge.startedAt; now < (pledge.dueAt ?? now); now += MINUTE) found.push(now);
  return found;
}

describe("a reminder that is put off", () => {
  const snooze = (it: Desk, now: string, until: string) => {
    const situation = it.situation(at(now));
    const plan = decideSnooze(situation, ANA, pressing(situation, null), at(until), {
      id: REASON,
      text: "x",
    });
    it.history = [...it.history, ...plan.facts];
    return plan;
  };

  test("comes back then, and only then", () => {
    const it = owned("10:00", ladder({ before: 60, whom: "owner", every: 10 }));
    expect(told(it, "13:00")).toEqual(["Tue 13:00 0 owner"]);
    expect(snooze(it, "13:02", "13:40").reply).toEqual({ kind: "snoozed", until: at("13:40") });
    expect(told(it, "13:39")).toEqual([]);
    expect(told(it, "13:45")).toHaveLength(1);
  });

  test("is one promise's alone", () => {
    const it = owned("10:00", terms);
    it.promises("10:30", "17:00");
    it.says("11:00");
    snooze(it, "11:05", "12:00");
    const state = replay(it.history);
    expect([...state.snoozed.keys()]).toEqual(["commitment:1"]);
  });

  test("never beyond the end, and not where nothing is promised", () => {
    const it = owned("10:00", terms);
    expect(snooze(it, "13:02", "14:00").reply).toMatchObject({ kind: "refused", why: "after_the_end" });
    expect(snooze(it, "13:02", "13:01").reply).toMatchObject({ kind: "refused", why: "time_past" });
    it.answers("13:05");
    expect(snooze(it, "13:06", "13:30").reply).toMatchObject({ kind: "refused", why: "nothing_runs" });
  });
});

describe("a hostile clock", () => {
  test("that slept for a day tells the breach, not the warnings before it", () => {
    const it = owned("10:00", ladder({ used: 0.5, whom: "owner", every: 10 }, { before: 40, whom: "lead" }));
    const kinds = it.ticks("Wed 10:00").notices.map(({ kind }) => kind);
    expect(kinds).not.toContain("reminder");
    expect(kinds.filter((kind) => kind === "breach")).toHaveLength(2);
    expect(told(it, "Wed 10:01")).toEqual([]);
  });

  test("that jumps back an hour tells nothing twice", () => {
    const it = owned("10:00", ladder({ before: 60, whom: "owner", every: 10 }));
    expect(told(it, "13:20")).toHaveLength(3);
    const before = it.history.length;
    for (let now = at("12:20"); now <= at("13:20"); now += MINUTE) it.ticks(now);
    expect(it.history.slice(before)).toEqual([]);
    expect(told(it, "13:30")).toEqual(["Tue 13:30 0 owner"]);
  });

  test("however it jumps, each step is told at most once for an end, and none after the clock stopped", () => {
    const jumps = fc.array(fc.integer({ min: -120, max: 300 }), { minLength: 1, maxLength: 25 });
    fc.assert(
      fc.property(jumps, fc.integer({ min: 0, max: 24 }), (minutes, answered) => {
        const it = owned(
          "10:00",
          ladder(
            { used: 0.25, whom: "owner", every: 30 },
            { before: 40, whom: "lead" },
            { after: 10, whom: "team" },
          ),
        );
        let now = at("10:02");
        const keys: string[] = [];
        for (const [index, by] of minutes.entries()) {
          now = Math.max(at("10:02"), now + by * MINUTE);
          if (index === answered) it.answers(now);
          const plan = it.ticks(now);
          for (const notice of plan.notices) {
            if (notice.kind !== "reminder") continue;
            keys.push(`${notice.step}:${notice.time}:${notice.due}`);
            expect(index < answered).toBe(true);
          }
        }
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});
