// The digest as a lead wants it: what needs a hand first, every breach once, nobody ranked.
import { describe, expect, test } from "vitest";
import {
  type DigestRows,
  digestOf,
  type OpenRow,
  type PledgeRow,
} from "../../../src/domain/reports/digest.ts";
import { at, HOUR } from "../request/desk.ts";

const window = { from: at("Mon 9:00"), to: at("9:00"), endOfDay: at("Wed 0:00") };
const DAY = 24 * HOUR;

function row(number: number, more: Partial<OpenRow> = {}): OpenRow {
  return {
    id: `r${number}`,
    number,
    who: "Ferro Bikes",
    title: "Charged twice",
    owner: "Ana",
    tier: 3,
    waitsOnCustomer: false,
    community: false,
    waitingSince: null,
    due: null,
    ...more,
  };
}

const due = (time: string, broken = false): OpenRow["due"] => ({
  kind: "first_answer",
  at: at(time),
  broken,
});
const pledge = (kept: boolean, time: string, more: Partial<PledgeRow> = {}): PledgeRow => ({
  number: 1,
  who: "Olmo",
  kept,
  dueAt: at(time),
  answeredAt: null,
  why: kept ? null : "owner_silent",
  word: null,
  putOff: null,
  ...more,
});

function digest(rows: Partial<DigestRows>) {
  return digestOf(
    {
      open: [],
      pledges: [],
      opened: 0,
      closed: 0,
      slowest: null,
      brokenBefore: null,
      community: { opened: 0, answeredByHelpers: 0 },
      praise: null,
      ...rows,
    },
    window,
  );
}

const numbers = (rows: readonly OpenRow[]) => rows.map(({ number }) => number);

describe("what needs a hand", () => {
  test("is what nobody has and is due today, and what is broken, the earliest first", () => {
    const { needs } = digest({
      open: [
        row(1, { owner: null, due: due("10:30") }),
        row(2, { due: due("8:00", true) }),
        row(3, { due: due("10:00") }),
        row(4, { owner: null, due: due("Wed 10:00") }),
        row(5, { owner: null }),
      ],
    });
    expect(numbers(needs)).toEqual([2, 1]);
  });

  test("is not what waits on the customer, nor what a community asks", () => {
    const { needs } = digest({
      open: [
        row(1, { owner: null, due: due("10:30"), waitsOnCustomer: true }),
        row(2, { owner: null, due: due("10:30"), community: true }),
      ],
    });
    expect(needs).toEqual([]);
  });

  test("at the same instant is the more important first", () => {
    const { needs } = digest({
      open: [
        row(1, { owner: null, due: due("10:30"), tier: 4 }),
        row(2, { owner: null, due: due("10:30"), tier: 1 }),
      ],
    });
    expect(numbers(needs)).toEqual([2, 1]);
  });

  test("beyond five is counted, never dropped in silence", () => {
    const open = Array.from({ length: 8 }, (_, index) => row(index, { owner: null, due: due("10:30") }));
    const { needs, needsMore, alsoDue } = digest({ open });
    expect(needs).toHaveLength(5);
    expect(needsMore).toBe(3);
    expect(alsoDue).toEqual([]);
  });
});

test("also due today are counted by owner, with the next of them", () => {
  const { alsoDue, nextDue } = digest({
    open: [
      row(1, { owner: "Lucía", due: due("14:00") }),
      row(2, { due: due("13:00") }),
      row(3, { due: due("15:00") }),
      row(4, { due: due("Wed 9:30") }),
    ],
  });
  expect(alsoDue).toEqual([
    { owner: "Ana", count: 2 },
    { owner: "Lucía", count: 1 },
  ]);
  expect(nextDue).toBe(at("13:00"));
});

test("waiting longest on us are those who wait a day or more, three at most, none of them named above", () => {
  const since = (days: number) => window.to - days * DAY;
  const { waitingLongest } = digest({
    open: [
      row(1, { waitingSince: since(2) }),
      row(2, { waitingSince: since(5) }),
      row(3, { waitingSince: since(0.9) }),
      row(4, { waitingSince: since(9), due: due("8:00", true) }),
      row(5, { waitingSince: since(3) }),
      row(6, { waitingSince: since(4) }),
    ],
  });
  expect(numbers(waitingLongest)).toEqual([2, 6, 5]);
});

describe("promises", () => {
  test("are counted kept of promised, and a streak in whole days", () => {
    const { kept, promised, streak, broken } = digest({
      pledges: [pledge(true, "Mon 10:00"), pledge(true, "Mon 11:00"), pledge(false, "Mon 15:30")],
      brokenBefore: window.from - 6.4 * DAY,
    });
    expect({ kept, promised, streak, broken: broken.length }).toEqual({
      kept: 2,
      promised: 3,
      streak: 6,
      broken: 1,
    });
  });

  test("that broke are counted by their cause, the most frequent first; a word is its giver's, whoever has the request", () => {
    const broke = (why: PledgeRow["why"], more: Partial<PledgeRow> = {}) =>
      pledge(false, "Mon 15:30", { why, ...more });
    const { brokenBy } = digest({
      pledges: [
        broke("handed_over"),
        broke("nobody_owned"),
        broke("owner_silent"),
        broke("nobody_owned"),
        broke("nobody_owned", { word: "Ana" }),
        broke(null),
        broke("third_party", { dueAt: at("Mon 8:30") }),
        pledge(true, "Mon 12:00"),
      ],
    });
    expect(brokenBy).toEqual([
      { why: "owner_silent", count: 3 },
      { why: "nobody_owned", count: 2 },
      { why: "handed_over", count: 1 },
    ]);
  });

  test("broken in the window before and answered in this one are not told twice", () => {
    const { broken, promised } = digest({
      pledges: [pledge(false, "Mon 8:30", { answeredAt: at("Mon 9:30") })],
    });
    expect({ broken, promised }).toEqual({ broken: [], promised: 0 });
  });
});

test("a community has a line only where there is one", () => {
  expect(digest({ open: [row(1)] }).community).toBeNull();
  const { community, openNow } = digest({
    open: [row(1), row(2, { community: true, waitingSince: window.to - 2 * DAY })],
    community: { opened: 11, answeredByHelpers: 8 },
  });
  expect(community).toEqual({ opened: 11, answeredByHelpers: 8, waitingOverDay: 1 });
  expect(openNow).toBe(1);
});

test("counts the words people gave apart from what the tiers promised", () => {
  const { words, kept, promised } = digest({
    pledges: [
      pledge(true, "Mon 12:00", { word: "Ana" }),
      pledge(false, "Mon 15:00", { word: "Marc" }),
      pledge(true, "Mon 16:00"),
    ],
  });
  expect([words, kept, promised]).toEqual([{ kept: 1, given: 2 }, 2, 3]);
});
