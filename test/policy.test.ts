import { describe, expect, it } from "vitest";
import { defaultTiers, defaultWorkspace } from "../src/domain/defaults.ts";
import { channelPolicyFor, companyFor, teamFor, termsFor, workspacePolicyFor } from "../src/domain/terms.ts";
import { readPolicy } from "../src/policy-file.ts";
import { example, faults, general } from "./support/policy.ts";

describe("an empty policy file", () => {
  it.each(["", "\n", "# only a comment\n", "teams:\npromises:\n"])("%j is the defaults", (text) => {
    expect(readPolicy(text, "policy.yaml").workspaces).toEqual([defaultWorkspace]);
  });

  it("promises the numbers of the design", () => {
    expect(general("").tiers).toEqual(defaultTiers);
    expect(defaultTiers[2]).toMatchObject({ firstAnswer: 120, nextUpdate: 480, aroundTheClock: false });
    expect(defaultTiers[1].laterUpdate).toEqual({ minutes: 60, after: 120 });
    expect(defaultTiers[3].thirdPartyUpdate).toBe(5 * 480);
    expect(defaultTiers[5]).toMatchObject({ firstAnswer: 1440, nextUpdate: null, aroundTheClock: false });
  });

  it("means the same as the lines that spell it out in policy.example.yaml", () => {
    const spelled = example
      .split("\n")
      .filter((line) => line.startsWith("#| "))
      .map((line) => line.slice(3))
      .join("\n");

    expect(spelled).toContain("promises:");
    expect(readPolicy(spelled, "spelled out").workspaces).toEqual([defaultWorkspace]);
    expect(readPolicy(spelled, "spelled out").hash).toBe(readPolicy("", "empty").hash);
  });
});

describe("the example", () => {
  const policy = readPolicy(example, "policy.example.yaml");
  const slack = workspacePolicyFor(policy, "slack", "T0OLIVAR");

  it("is valid, and every kind of setting is in it", () => {
    const keys = [
      "language",
      "timezone",
      "hours",
      "holidays",
      "staff",
      "helpers",
      "leads",
      "admins",
      "promises",
    ];
    const more = [
      "alarmed guidance",
      "reminders",
      "acknowledge after",
      "grace",
      "openings per hour",
      "ask below",
      "ask about given words",
      "detect",
      "status page",
    ];
    for (const key of [...keys, ...more, "teams", "companies", "workspaces"]) {
      expect(example).toMatch(new RegExp(`^${key}:`, "m"));
    }
  });

  it("gives Ferro Bikes its own promise in every channel", () => {
    const channel = { id: "C9", name: "facturas" };
    const team = teamFor(slack, channel);
    const company = companyFor(slack, { organisation: "T0FERRO", groups: [], channel });
    const terms = termsFor({
      onCallConfirmed: true,
      policy,
      workspace: slack,
      team,
      channel: team && channelPolicyFor(team, channel),
      company,
    });

    expect(team?.name).toBe("Facturación");
    expect(terms.tiers[1].firstAnswer).toBe(10);
    expect(terms.tiers[2].firstAnswer).toBe(60);
    expect(terms.tiers[4].firstAnswer).toBe(120);
    expect(terms.calendar).toMatchObject({ timezone: "Europe/Madrid", holidays: { region: "ES-MD" } });
    expect(terms.calendar.hours[1]).toEqual([{ from: 540, to: 840 }]);
    expect(terms.sources).toMatchObject({
      "tiers.4.firstAnswer": "company Ferro Bikes",
      calendar: "team Facturación",
    });
  });

  it("promises nothing in the community", () => {
    const community = workspacePolicyFor(policy, "discord", "112233445566778899");

    expect(community.teams[0]?.promises[1]).toEqual({
      firstAnswer: null,
      nextUpdate: null,
      laterUpdate: null,
    });
    expect(community.reminders).toEqual(defaultWorkspace.reminders);
  });
});

describe("who is on call", () => {
  const team = (lines: string) => `teams:\n  - on call:\n${lines.replace(/^/gm, "      ")}`;

  it("is read in the zone of the team, weekly from Monday at nine where nothing else is said", () => {
    const zone = "timezone: Europe/Madrid\n";
    expect(general(`${zone}${team("people: [U0LUCIA, U0MARC]")}`).teams[0]?.onCall).toEqual({
      people: ["U0LUCIA", "U0MARC"],
      every: "week",
      at: 540,
      day: 1,
      since: "2024-01-01",
      timezone: "Europe/Madrid",
      cover: [],
      saysTitle: false,
    });
    const daily = 'people: "112233445566778899"\nrotation: daily\nhandover: 8:30\nsince: 2026-03-01';
    expect(general(`${zone}${team(daily)}`).teams[0]?.onCall).toMatchObject({
      people: ["112233445566778899"],
      every: "day",
      at: 510,
      since: "2026-03-01",
    });
    const covered = team("people: [U0LUCIA]\nhandover: fri 18:00\ncover: U0MARC 2026-12-24 to 2026-12-26");
    expect(general(covered).teams[0]?.onCall).toMatchObject({
      day: 5,
      at: 1080,
      cover: [{ person: "U0MARC", from: "2026-12-24", to: "2026-12-26" }],
    });
  });

  it.each([
    ["people: [ana]", '3 teams.0.on call.people.0: "ana" is not a person\'s id'],
    ["people: []", "teams.0.on call.people: needs somebody to call"],
    ["people: [U0LUCIA, U0LUCIA]", "teams.0.on call.people.1: has a turn already"],
    ["people: U0LUCIA\nhandover: noon", '"noon" is not a handover such as "monday 9:00"'],
    ["people: U0LUCIA\nhandover: mon-fri 9:00", "is not a handover"],
    ["people: U0LUCIA\nrotation: daily\nhandover: mon 9:00", "names a day, but the rotation is daily"],
    ["people: U0LUCIA\nsince: yesterday", '"yesterday" is not a day such as 2026-01-05'],
    ["people: U0LUCIA\ncover: U0MARC whenever", "is not a cover such as"],
    [
      "people: U0LUCIA\ncover: [U0MARC 2026-12-24 to 2026-12-26, U0LUCIA 2026-12-26]",
      "teams.0.on call.cover.1: is covered by U0MARC already",
    ],
  ])("refuses %j", (lines, fault) => {
    expect(faults(team(lines)).join("\n")).toContain(fault);
  });
});

describe("what wakes people", () => {
  it("is named by the team, else by its workspace, else it is that of the whole bot", () => {
    const { teams } = general(
      "pager: Night desk\nteams:\n  - { name: One, channels: one, team channel: t1, pager: billing }\n  - { name: Two, channels: two, team channel: t2 }",
    );
    expect(teams.map(({ pager }) => pager)).toEqual(["billing", "Night desk"]);
    expect(general("pager: night desk").teams.map(({ pager }) => pager)).toEqual(["night desk"]);
    expect(general("").teams.map(({ pager }) => pager)).toEqual([null]);
  });

  it("is named and nothing more: an address does not belong in the policy", () => {
    expect(faults("pager: https://events.pagerduty.com/x").join("\n")).toContain(
      "its address stands in the environment",
    );
  });
});

describe("who is given a request", () => {
  it("is read for the team, its tiers and its channels; a tier takes the people named above it", () => {
    const [team] = general(`
teams:
  - on call: { people: U0LUCIA }
    channels:
      - name: help
        assign: { how: by hand }
    assign:
      people: [U0LUCIA, U0MARC]
      tiers:
        money: { how: least loaded }
        1: { how: on call }
        real problem: { people: U0MARC }
`).teams;
    expect(team?.assign).toEqual({
      rule: { how: "round_robin", people: ["U0LUCIA", "U0MARC"] },
      tiers: {
        1: { how: "on_call", people: ["U0LUCIA", "U0MARC"] },
        2: { how: "least_loaded", people: ["U0LUCIA", "U0MARC"] },
        3: { how: "round_robin", people: ["U0MARC"] },
      },
    });
    expect(team?.channels[0]?.assign).toEqual({ rule: { how: "by_hand", people: [] }, tiers: {} });
  });

  it.each([
    ["assign: { how: on call }", 'goes by who is on call, and this team has no "on call"'],
    ["assign: { how: round robin }", "teams.0.assign: names no people to choose from"],
    ["assign: { people: ana }", '"ana" is not a person\'s id'],
    [
      "assign: { how: alphabetically, people: U0LUCIA }",
      "is not one of round robin, least loaded, on call, by hand",
    ],
    ["assign: {}", "says neither how nor to whom"],
    [
      "channels: [{ name: help, assign: { tiers: { money: { how: least loaded } } } }]",
      "teams.0.channels.0.assign: names no people to choose from",
    ],
  ])("refuses %j", (line, fault) => {
    expect(faults(`teams:\n  - ${line}`).join("\n")).toContain(fault);
  });
});

describe("a working day", () => {
  it("is as long as the days of the calendar that counts it, where none is longer than eight hours", () => {
    const workspace = general(`
hours: { mon-fri: 9:00-14:00 }
promises: { real problem: { next update: 2 working days } }
teams:
  - promises: { 4: { first answer: 1 working day } }
    hours: { mon-sun: 9:00-12:00 }
companies:
  - name: Ferro
    hours: always
    promises: { 4: { first answer: 1 working day } }
`);

    expect(workspace.tiers[3].nextUpdate).toBe(600);
    expect(workspace.tiers[2].nextUpdate).toBe(300);
    expect(workspace.tiers[4].firstAnswer).toBe(480);
    expect(workspace.teams[0]?.promises[4]?.firstAnswer).toBe(180);
    expect(workspace.companies[0]?.promises[4]?.firstAnswer).toBe(480);
  });
});

describe("what people write", () => {
  it("reads hours, days off and times in the ways they are said", () => {
    const { calendar, teams } = general(`
timezone: America/New_York
hours:
  monday: 9-12:30, 13:30 to 17:00
  tue, thu: [10:00-12:00, "14:00-24:00"]
  weekend: closed
holidays: { region: us-ca, days: 2026-12-30 to 2027-01-02 }
teams: [{ digest: mon-thu 8:05, summary: none }]
`);

    expect(calendar.hours[1]).toEqual([
      { from: 540, to: 750 },
      { from: 810, to: 1020 },
    ]);
    expect(calendar.hours[2]).toEqual(calendar.hours[4]);
    expect(calendar.hours[4]?.[1]).toEqual({ from: 840, to: 1440 });
    expect(calendar.hours[6]).toEqual([]);
    expect(calendar.holidays.region).toBe("US-CA");
    expect(calendar.holidays.days).toEqual(["2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02"]);
    expect(teams[0]?.digest).toEqual({ at: "8:05", days: [1, 2, 3, 4] });
    expect(teams[0]?.summary).toBeNull();
  });

  it("keeps every digit of a Discord id, with or without quotes", () => {
    const { staff, teams } = general(`
staff: [112233445566778899, "@soporte", Moderators, U0ANA123]
teams: [{ channels: [998877665544332211] }]
`);

    expect(staff).toEqual({ ids: ["112233445566778899", "U0ANA123"], groups: ["soporte", "Moderators"] });
    expect(teams[0]?.channels[0]?.channel).toBe("998877665544332211");
  });

  it("whoever reads the team channel is staff only where nobody is named", () => {
    expect(general("staff: '@soporte'").staffReadTeamChannel).toBe(false);
    expect(general("staff: []").staffReadTeamChannel).toBe(true);
  });

  it("keys may be written in plain words, in camel case or with underscores", () => {
    const hash = (yaml: string) => readPolicy(yaml, "p").hash;

    expect(hash("acknowledge after: 5 min")).toBe(hash("acknowledgeAfter: 5 min"));
    expect(hash("acknowledge after: 5 min")).toBe(hash("Acknowledge_After: 0 h 5 min"));
  });

  it("the hash follows the meaning, not the text", () => {
    const hash = (yaml: string) => readPolicy(yaml, "p").hash;
    const two = "grace: 20 min\nlanguage: es";

    expect(hash("# hello\nlanguage: es\n\ngrace: 20 min # twenty")).toBe(hash(two));
    expect(hash("grace: 15 min")).toBe(hash(""));
    expect(hash("grace: 21 min\nlanguage: es")).not.toBe(hash(two));
    expect(hash(two)).toMatch(/^[0-9a-f]{64}$/);
  });

  it("an alias repeats a part of the file", () => {
    const { tiers } = general("promises:\n  2: &quick { first answer: 1 h }\n  3: *quick");

    expect(tiers[3].firstAnswer).toBe(60);
  });

  it("aliases of aliases cannot blow the file up", () => {
    const lines = ["a: &a0 [x, x, x, x, x, x, x, x, x, x]"];
    for (let i = 1; i < 9; i++) lines.push(`b${i}: &a${i} [${new Array(10).fill(`*a${i - 1}`).join(", ")}]`);

    expect(faults(lines.join("\n")).join()).toMatch(/aliases make the file too large/);
  });
});
