// An owner is away for long: what customers are owed meanwhile goes to somebody who is there.
import { describe, expect, test } from "vitest";
import type { Availability } from "../../../src/domain/people/availability.ts";
import { decideAbsence } from "../../../src/domain/request/absence.ts";
import { replay } from "../../../src/domain/request/state.ts";
import { ANA, at, type Desk, desk, LUIS, type Time, terms } from "./desk.ts";

const DAY = 480;

describe("a long absence", () => {
  const away = (from: Time, until: Time): Availability => ({
    calendar: terms.calendar,
    absences: [{ from: at(from), until: at(until), backup: LUIS }],
  });
  const decided = (
    it: Desk,
    time: Time,
    availability: Availability,
    to: string | null = LUIS,
    longer: number | null = DAY,
  ) => decideAbsence(it.situation(at(time)), { owner: ANA, availability, longer }, to);
  const anas = () => {
    const it = desk("10:00", { tier: 2 });
    it.claims("10:05");
    return it;
  };

  test("moves what is owed meanwhile to the backup, with its cause; no clock moves", () => {
    const it = anas();
    const before = it.pledges("10:30");
    const plan = decided(it, "10:20", away("10:10", "Thu 9:00"));
    expect(plan.facts).toEqual([
      { kind: "owned", owner: LUIS, how: "handed_over", why: "away", at: at("10:20"), by: null },
    ]);
    expect(plan.notices).toEqual([
      { kind: "card" },
      { kind: "stand_in", together: true, to: LUIS, from: ANA, at: at("10:20"), until: at("Thu 9:00") },
    ]);
    it.history = [...it.history, ...plan.facts];
    expect(it.pledges("10:30")).toEqual(before);
    expect(replay(it.history).owner).toBe(LUIS);
    // Looked at again, it is nobody's who is away.
    expect(decided(it, "10:21", away("10:10", "Thu 9:00")).facts).toEqual([]);
  });

  test("is told to the customer by name only when they know the one who had it", () => {
    const it = anas();
    it.promises("10:06", "Wed 12:00");
    expect(decided(it, "10:20", away("10:10", "Thu 9:00")).notices).toContainEqual({
      kind: "new_owner",
      to: LUIS,
      from: ANA,
      at: at("10:20"),
      knows: false,
    });
    it.live = false;
    expect(decided(it, "10:20", away("10:10", "Thu 9:00")).notices.map(({ kind }) => kind)).toEqual([
      "card",
      "stand_in",
    ]);
  });

  test("without anybody to stand in gives it back to the team, and says so", () => {
    const plan = decided(anas(), "10:20", away("10:10", "Thu 9:00"), null);
    expect(plan.facts).toMatchObject([{ kind: "released", why: "away" }]);
    expect(plan.notices).toContainEqual({ kind: "released", by: ANA, at: at("10:20"), away: true });
  });

  test.each<[string, (it: Desk) => unknown, Time, Availability, number | null]>([
    ["one of a working day or less", () => null, "10:20", away("10:10", "Wed 9:10"), DAY],
    ["one of a minute ago: it may be a mistake", () => null, "10:19", away("10:10", "Thu 9:00"), DAY],
    ["one that is over", () => null, "Thu 9:00", away("10:10", "Thu 9:00"), DAY],
    ["where the policy says never", () => null, "10:20", away("10:10", "Thu 9:00"), null],
    ["what is owed nothing meanwhile", (it) => it.answers("10:07"), "10:20", away("10:10", "Thu 9:00"), DAY],
    ["what waits on the customer", (it) => it.waits("10:07"), "10:20", away("10:10", "Thu 9:00"), DAY],
    ["what is resolved", (it) => it.resolves("10:07"), "10:20", away("10:10", "Thu 9:00"), DAY],
    ["a colleague's", (it) => it.assigns("10:07", LUIS, LUIS), "10:20", away("10:10", "Thu 9:00"), DAY],
    [
      "what somebody was asked to take",
      (it) => it.hands("10:07", ANA, LUIS),
      "10:20",
      away("10:10", "Thu 9:00"),
      DAY,
    ],
  ])("leaves alone %s", (_what, before, time, availability, longer) => {
    const it = anas();
    before(it);
    expect(decided(it, time, availability, LUIS, longer)).toMatchObject({ facts: [], notices: [] });
  });

  test("moves what waited on the customer once they have written, and it falls due", () => {
    const it = anas();
    it.answers("10:07");
    it.waits("10:08");
    const availability = away("10:10", "Fri 9:00");
    expect(decided(it, "10:20", availability).facts).toEqual([]);
    it.says("Wed 10:00");
    expect(decided(it, "Wed 10:01", availability).facts).toMatchObject([{ kind: "owned", owner: LUIS }]);
  });
});
