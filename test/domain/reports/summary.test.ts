// The weekly summary: causes by what they cost, one to take, and what became of those taken.
import { describe, expect, test } from "vitest";
import {
  type CausedRow,
  type CauseRow,
  type SummaryRows,
  summaryOf,
} from "../../../src/domain/reports/summary.ts";
import type { Tier } from "../../../src/domain/words.ts";
import { at, HOUR } from "../request/desk.ts";

const window = { from: at("Mon 9:30") - 168 * HOUR, to: at("Mon 9:30") };

const cause = (id: string, more: Partial<CauseRow> = {}): CauseRow => ({
  id,
  name: id,
  owner: null,
  status: "open",
  takenAt: null,
  before: 0,
  ...more,
});
const caused = (id: string, count: number, tier: Tier, more: Partial<CausedRow> = {}): CausedRow[] =>
  Array.from({ length: count }, (_, index) => ({
    cause: id,
    who: `company ${index}`,
    tier,
    waited: HOUR,
    words: "I clicked everywhere.",
    ...more,
  }));

function summary(rows: Partial<SummaryRows>) {
  return summaryOf(
    {
      caused: [],
      causes: [],
      chances: [],
      opened: 0,
      openedBefore: 0,
      resolved: 0,
      inOneGo: 0,
      resolvedBefore: 0,
      inOneGoBefore: 0,
      served: [],
      notNow: [],
      ...rows,
    },
    window,
  );
}

test("a week without anything says so, and divides by nothing", () => {
  expect(summary({})).toMatchObject({
    costly: [],
    explained: 0,
    inOneGo: null,
    inOneGoBefore: null,
    worst: null,
    suggested: null,
  });
});

describe("what costs most", () => {
  const rows = {
    causes: [cause("csv"), cause("pdf"), cause("money"), cause("taken", { owner: "Marc", status: "taken" })],
    caused: [
      ...caused("csv", 7, 4),
      ...caused("pdf", 5, 4),
      ...caused("money", 3, 2),
      ...caused("taken", 9, 3),
    ],
  };

  test("is ordered by requests, then by how long customers waited", () => {
    expect(summary(rows).costly.map(({ id }) => id)).toEqual(["taken", "csv", "pdf", "money"]);
    const tie = summary({
      causes: [cause("a"), cause("b")],
      caused: [...caused("a", 2, 4), ...caused("b", 2, 4, { waited: 9 * HOUR })],
    });
    expect(tie.costly.map(({ id }) => id)).toEqual(["b", "a"]);
  });

  test("suggests the free cause that weighs most: few requests about money beat many how-tos", () => {
    const { suggested, costly } = summary(rows);
    expect(costly[suggested ?? -1]?.id).toBe("money");
    expect(costly[suggested ?? -1]?.money).toBe(true);
  });

  test("suggests none where each has an owner", () => {
    const taken = { owner: "Marc", status: "taken" } as const;
    expect(summary({ causes: [cause("csv", taken)], caused: caused("csv", 3, 3) }).suggested).toBeNull();
  });

  test("counts companies once, and says which the docs could answer", () => {
    const { costly } = summary({ causes: [cause("pdf")], caused: caused("pdf", 4, 4, { who: "Olmo" }) });
    expect(costly[0]).toMatchObject({ requests: 4, companies: 1, waited: 4 * HOUR, docs: true });
  });

  test("quotes nobody who erased their words, nor a speech", () => {
    const quote = (words: string) =>
      summary({ causes: [cause("pdf")], caused: caused("pdf", 1, 4, { words }) }).costly[0]?.quote;
    expect(quote("")).toBeNull();
    expect(quote("x".repeat(91))).toBeNull();
    expect(quote("I clicked everywhere.")).toBe("I clicked everywhere.");
  });
});

test("what was taken shows arrivals before and since, the latest five, without what was declined", () => {
  const takenAt = (days: number) => window.to - days * 24 * HOUR;
  const { taken } = summary({
    causes: [
      cause("old", { owner: "Marc", status: "taken", takenAt: takenAt(9), before: 4 }),
      cause("new", { owner: "Ana", status: "taken", takenAt: takenAt(2), before: 9 }),
      cause("no", { owner: "Ana", status: "declined", takenAt: takenAt(1) }),
      cause("later", { owner: "Ana", status: "taken", takenAt: window.to + HOUR }),
    ],
    caused: caused("new", 1, 3),
  });
  expect(taken).toEqual([
    { name: "new", owner: "Ana", before: 9, since: 1 },
    { name: "old", owner: "Marc", before: 4, since: 0 },
  ]);
});

test("worst served is whom we were late with; one quiet request is nobody's bad week", () => {
  const served = [
    { who: "Many", requests: 9, late: 0 },
    { who: "Northgate", requests: 4, late: 2 },
  ];
  expect(summary({ served }).worst?.who).toBe("Northgate");
  expect(summary({ served: [{ who: "One", requests: 1, late: 0 }] }).worst).toBeNull();
});

test("shares are whole percent", () => {
  expect(summary({ resolved: 50, inOneGo: 29, resolvedBefore: 3, inOneGoBefore: 1 })).toMatchObject({
    inOneGo: 58,
    inOneGoBefore: 33,
  });
});
