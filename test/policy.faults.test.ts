// What is wrong in a policy file is said with its line, all at once.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { example, faults } from "./support/policy.ts";

describe("a file that is wrong", () => {
  it("is refused with every fault at once, each with its path and line", () => {
    expect(
      faults(`timezone: Europe/Madird
langage: en
hours:
  mon-fry: 9-14
  sat: 14:00-9:00
holidays: { region: ES-XX, days: [2026-02-30] }
teams:
  - name: A
    channels:
      - help
      - #hash
      - name: bugs
        mode: evry
        promises: { 2: { first anwser: 2 h }, 3: { first answer: 15 } }
    team channel: help
    summary: mon-fri 9:00
  - name: a
    channels: "#bugs"
companies:
  - slack teams: T1
reminders: at 75% tell everyone
acknowledge after: 1 working day
promises:
  2: { next update: 1 day }
  money: { next update: 1 h }
workspaces:
  - teams: []
  - platform: slak`),
    ).toEqual([
      `policy.yaml:1 timezone: "Europe/Madird" is not a time zone such as Europe/Madrid; did you mean Europe/Madrid?`,
      `policy.yaml:2 langage: is not a setting; did you mean "language"?`,
      `policy.yaml:4 hours.mon-fry: "mon-fry" is not a day such as mon, mon-fri or every day`,
      `policy.yaml:5 hours.sat: "14:00-9:00" ends before it begins; over midnight, write 22:00-24:00 and 0:00-6:00 on the next day`,
      `policy.yaml:6 holidays.region: "ES-XX" is not a region whose holidays are known, such as ES, ES-MD, US-CA or none`,
      `policy.yaml:6 holidays.days.0: "2026-02-30" is not a day such as 2026-12-24, or "2026-12-24 to 2026-12-31"`,
      `policy.yaml:10 teams.0.channels.0: "help" is the team's own channel; customers cannot be answered there`,
      `policy.yaml:11 teams.0.channels.1.name: is empty: write the name, or "#name" in quotes (a bare # begins a comment)`,
      `policy.yaml:13 teams.0.channels.2.mode: "evry" is not one of every, mention, manual, off`,
      `policy.yaml:14 teams.0.channels.2.promises.2.first anwser: is not a setting; did you mean "first answer"?`,
      `policy.yaml:14 teams.0.channels.2.promises.3.first answer: "15" is not a length of time such as 15 min, 2 h, 1 working day or none`,
      `policy.yaml:16 teams.0.summary: "mon-fri 9:00" names several days; the summary is weekly, such as "monday 9:30"`,
      `policy.yaml:17 teams.1.name: is the name of a team above`,
      `policy.yaml:18 teams.1.channels.0: "bugs" is with team A already`,
      `policy.yaml:20 companies.0.name: needs a name, as one short text`,
      `policy.yaml:21 reminders.0: "at 75% tell everyone" is not a reminder such as "at 75% tell owner" or "30 min before tell lead" (owner, backup, on-call, team or lead; it may end with "every 15 min until answered", "every 15 min 3 times")`,
      `policy.yaml:22 acknowledge after: "1 working day" should be in minutes or hours, such as 2 min, or "at once"`,
      `policy.yaml:24 promises.2.next update: "1 day" could mean two things: write "1 working day" or hours`,
      `policy.yaml:25 promises.money: is the same as "2", which is written too`,
      `policy.yaml:27 workspaces.0: names no workspace: give it a platform, an id or both; what holds for all stands at the top of the file`,
      `policy.yaml:28 workspaces.1.platform: "slak" is not one of slack, discord`,
    ]);
  });

  it.each([
    ["staff: @support", `policy.yaml:1 a value that begins with @ must stand in quotes, such as "@support"`],
    ["just words", "policy.yaml:1 should have settings under it"],
    [
      "hours: { mon: closed }",
      "policy.yaml:1 hours: there are no working hours at all, so no promise could ever be kept",
    ],
    [
      "teams:\n  - name: Support\n    hours:\n      mon-fri: closed",
      "policy.yaml:3 teams.0.hours: there are no working hours at all, so no promise could ever be kept",
    ],
    [
      "holidays:\n  days: 2026-01-01 to 2029-12-31",
      "policy.yaml:2 holidays.days: leave no working hours for over two years, so no promise could be kept",
    ],
    [
      "companies:\n  - name: Ferro\n    timezone: Asia/Kolkata\n    holidays:\n      days: [2026-01-01 to 2028-12-31]",
      "policy.yaml:5 companies.0.holidays.days: leave no working hours for over two years, so no promise could be kept",
    ],
    ["hours: { fri: '9-12, 11-14' }", `policy.yaml:1 hours.fri: the spans of "9-12, 11-14" overlap`],
    [
      "teams:\n  - name: Support\n  - name: B",
      `policy.yaml:3 teams.1: everything else is with team Support already`,
    ],
    ["teams:\n  - name: A\n  - name: B\n    channels: b\n", null],
    ["grace: 5 min\ngrace: 6 min", "policy.yaml:2 Map keys must be unique"],
    [
      "grace: 400 days",
      `policy.yaml:1 grace: "400 days" could mean two things: write "400 working days" or hours`,
    ],
    ["ask below: 0.6", `policy.yaml:1 ask below: "0.6" is not a share such as 60%`],
    ["detect: anger", `policy.yaml:1 detect.0: "anger" is not one of heat, leaving, opportunity`],
    ["openings per hour: 0", `policy.yaml:1 openings per hour: "0" is not a whole number of 1 or more`],
    [
      "status page: ftp://x",
      `policy.yaml:1 status page: "ftp://x" is not an address such as https://status.example.com`,
    ],
    ['" ": 1', /^policy.yaml:1 " ": is not a setting here; there are language, /],
    ["openings per hour: 5\nopeningsPerHour: 6", "policy.yaml:2 openingsPerHour: is written twice"],
  ])("%j", (yaml, expected) => {
    expect(faults(yaml)).toEqual(
      expected === null ? [] : [typeof expected === "string" ? expected : expect.stringMatching(expected)],
    );
  });

  it("however wrong, never fails in another way than by naming its lines", () => {
    const lines = example.split("\n").filter((line) => !line.startsWith("#"));
    const word = fc.constantFrom(
      "teams",
      "- ",
      ": ",
      "[",
      "null",
      "1",
      "&a",
      "*a",
      "9:00",
      "@x",
      "|",
      "promises",
      "!!int",
    );
    const damaged = fc
      .tuple(
        fc.nat({ max: lines.length - 1 }),
        fc.array(word).map((words) => words.join("")),
        fc.nat({ max: 12 }),
      )
      .map(([at, text, indent]) => lines.toSpliced(at, 1, " ".repeat(indent) + text).join("\n"));
    fc.assert(
      fc.property(fc.oneof(damaged, fc.string(), fc.json()), (yaml) => {
        for (const line of faults(yaml)) expect(line).toMatch(/^policy\.yaml:\d+ \S/);
      }),
      { numRuns: 200 },
    );
  });
});
