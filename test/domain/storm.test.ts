import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decideStorm,
  type KnownIncident,
  type Looking,
  type Report,
} from "../../src/domain/incidents/storm.ts";
import type { Tier } from "../../src/domain/words.ts";

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 10, 24, 10, 0);

const LOGIN = ["Nobody can log in", "I can't log in since 9", "No puedo entrar en mi cuenta"];
const EXPORT = [
  "The export fails with an error for me",
  "I cannot export the October file",
  "My CSV export fails, error 17",
  "Export is broken again",
];

const report = (words: string, tier: Tier, minutesAgo = 0, customer = words): Report => ({
  request: `r-${customer}-${minutesAgo}`,
  number: 100 - minutesAgo,
  customer,
  tier,
  openedAt: NOW - minutesAgo * MINUTE,
  words,
});

const looking = (mine: Report, others: readonly Report[], change: Partial<Looking> = {}): Looking => ({
  report: mine,
  others,
  incidents: [],
  storm: { customers: 3, within: 30 },
  stormOfTier1: { customers: 2, within: 30 },
  ...change,
});

const at = (words: readonly string[], index: number): string => words[index] ?? "";

describe("the same trouble of several customers", () => {
  it("is proposed at the third report within half an hour, the first one named", () => {
    const [one, two, three] = [
      report(at(EXPORT, 0), 3, 20),
      report(at(EXPORT, 1), 3, 10),
      report(at(EXPORT, 2), 3),
    ] as const;
    expect(decideStorm(looking(two, [one]))).toEqual({ kind: "nothing" });
    expect(decideStorm(looking(three, [two, one]))).toEqual({
      kind: "propose",
      requests: [one.request, two.request, three.request],
      first: one.request,
      tier: 3,
    });
  });

  it("is proposed at the second when everything is failing, in whatever language", () => {
    const decision = decideStorm(looking(report(at(LOGIN, 2), 1), [report("Login is down", 1, 5)]));
    expect(decision).toMatchObject({ kind: "propose", tier: 1 });
  });

  it.each<[string, Report[]]>([
    [
      "one customer says it three times",
      [report(at(EXPORT, 0), 3, 5, "olmo"), report(at(EXPORT, 1), 3, 9, "olmo")],
    ],
    [
      "they are about different things",
      [report("I was charged twice", 2, 5), report("Search is slow", 3, 9)],
    ],
    ["they are hours apart", [report(at(EXPORT, 0), 3, 45), report(at(EXPORT, 1), 3, 31)]],
    ["they ask how to", [report("How do I export?", 4, 5), report("Where is the export?", 4, 9)]],
    ["the words were deleted", [report("", 3, 5, "a"), report("", 3, 6, "b")]],
  ])("is not proposed when %s", (_, others) => {
    expect(decideStorm(looking(report(at(EXPORT, 2), 3), others))).toEqual({ kind: "nothing" });
  });

  it("is not proposed where the policy says none", () => {
    const others = [report(at(EXPORT, 0), 3, 5), report(at(EXPORT, 1), 3, 9)];
    const off = looking(report(at(EXPORT, 2), 3), others, { storm: null, stormOfTier1: null });
    expect(decideStorm(off)).toEqual({ kind: "nothing" });
  });
});

describe("a report about what is an incident already", () => {
  const incident = (status: KnownIncident["status"], minutesAgo: number): KnownIncident => ({
    id: "i1",
    status,
    lastAt: NOW - minutesAgo * MINUTE,
    reports: [report(at(EXPORT, 0), 3, minutesAgo + 20), report(at(EXPORT, 1), 3, minutesAgo)],
  });
  const looks = (known: KnownIncident, words = at(EXPORT, 3)) =>
    decideStorm(looking(report(words, 3), [], { incidents: [known] }));

  it("joins it, for a day once it is confirmed", () => {
    expect(looks(incident("proposed", 10))).toEqual({ kind: "join", incident: "i1" });
    expect(looks(incident("open", 600))).toEqual({ kind: "join", incident: "i1" });
    expect(looks(incident("open", 24 * 60 + 1))).toEqual({ kind: "nothing" });
    expect(looks(incident("proposed", 40))).toEqual({ kind: "nothing" });
  });

  it("does not join when it is about something else", () => {
    expect(looks(incident("open", 10), "I was charged twice for November")).toEqual({ kind: "nothing" });
  });

  it("is left alone when staff said that those are not related", () => {
    const others = [report(at(EXPORT, 2), 3, 3), report("the export is failing", 3, 4)];
    const again = looking(report(at(EXPORT, 3), 3), others, { incidents: [incident("dismissed", 10)] });
    expect(decideStorm(again)).toEqual({ kind: "nothing" });
  });
});

it("whoever is looked at last, the same reports become the same incident", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...EXPORT, ...LOGIN], { minLength: 3 }), fc.nat(), (words, turn) => {
      const reports = words.map((each, index) => report(each, LOGIN.includes(each) ? 1 : 3, index));
      const mine = reports[turn % reports.length];
      if (!mine) return;
      const decision = decideStorm(
        looking(
          mine,
          reports.filter((each) => each !== mine),
        ),
      );
      const kin = reports.filter((each) => EXPORT.includes(each.words) === EXPORT.includes(mine.words));
      if (decision.kind !== "propose") {
        expect(kin.length).toBeLessThan(3);
        return;
      }
      expect(new Set(decision.requests)).toEqual(new Set(kin.map(({ request }) => request)));
    }),
  );
});
