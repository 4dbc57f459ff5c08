import { describe, expect, it } from "vitest";
import { defaultCalendar, defaultChannel, defaultTeam, defaultWorkspace } from "../../src/domain/defaults.ts";
import type { CompanyPolicy, Policy, TeamPolicy, WorkspacePolicy } from "../../src/domain/policy.ts";
import {
  channelPolicyFor,
  companyFor,
  defaultMode,
  sameChannel,
  teamFor,
  termsFor,
  workspacePolicyFor,
} from "../../src/domain/terms.ts";

const help = { id: "C1", name: "help" };
const billing = { id: "C2", name: "billing" };
const other = { id: "C3", name: "random" };

const spain = { ...defaultCalendar, timezone: "Europe/Madrid" };
const india = { ...defaultCalendar, timezone: "Asia/Kolkata" };

const billingTeam: TeamPolicy = {
  ...defaultTeam,
  name: "Billing",
  calendar: spain,
  channels: [{ ...defaultChannel, channel: "#billing", live: true, promises: { 2: { firstAnswer: 60 } } }],
  promises: { 2: { firstAnswer: 90, nextUpdate: 240 }, 5: { firstAnswer: null } },
};
const ferro: CompanyPolicy = {
  name: "Ferro",
  channels: ["ferro-shared"],
  contact: null,
  slackTeams: ["T0FERRO"],
  roles: ["@Ferro"],
  calendar: null,
  promises: { 1: { firstAnswer: 10, aroundTheClock: true } },
  page: false,
};
const olmo: CompanyPolicy = {
  ...ferro,
  name: "Olmo",
  channels: ["billing"],
  slackTeams: [],
  roles: [],
  calendar: india,
};
const workspace: WorkspacePolicy = {
  ...defaultWorkspace,
  teams: [defaultTeam, billingTeam],
  companies: [ferro, olmo],
  grace: 30,
};
const policy: Policy = { hash: "h", workspaces: [workspace] };

describe("which workspace's promise", () => {
  it("is the one that names it, then its platform's, then the one for all, then the defaults", () => {
    const named = { ...workspace, platform: "slack", id: "T1" };
    const slack = { ...workspace, platform: "slack" };
    const all: Policy = { hash: "h", workspaces: [workspace, slack, named] };

    expect(workspacePolicyFor(all, "slack", "T1")).toBe(named);
    expect(workspacePolicyFor(all, "slack", "T2")).toBe(slack);
    expect(workspacePolicyFor(all, "discord", "T1")).toBe(workspace);
    expect(workspacePolicyFor({ hash: "h", workspaces: [named] }, "discord", "9")).toBe(defaultWorkspace);
  });
});

describe("who answers in a channel", () => {
  it("is the team that names it by name or id, whatever stands before it; the * team has the rest", () => {
    expect(teamFor(workspace, billing)?.name).toBe("Billing");
    expect(teamFor(workspace, other)?.name).toBe("Support");
    const byId = { ...billingTeam, channels: [{ ...defaultChannel, channel: "C3" }] };
    expect(teamFor({ ...workspace, teams: [defaultTeam, byId] }, other)).toBe(byId);
  });

  it("is nobody where no team names it and none has *", () => {
    expect(teamFor({ ...workspace, teams: [billingTeam] }, help)).toBeNull();
    expect(channelPolicyFor(billingTeam, help)).toBeNull();
  });

  it("a channel's own line wins over *", () => {
    const team = {
      ...defaultTeam,
      channels: [defaultChannel, { ...defaultChannel, channel: "help", live: true }],
    };

    expect(channelPolicyFor(team, help)?.live).toBe(true);
    expect(channelPolicyFor(team, other)?.live).toBe(false);
  });

  it("names are the same with or without # and in any case; a channel without a name has only its id", () => {
    expect(sameChannel("#Help", help)).toBe(true);
    expect(sameChannel("C1", help)).toBe(true);
    expect(sameChannel("*", help)).toBe(false);
    expect(sameChannel("help", { id: "C1", name: null })).toBe(false);
  });
});

describe("a channel the policy gives no mode", () => {
  it("takes every message in a forum, and what is usual on the platform in a text channel", () => {
    expect(defaultMode("forum", "manual")).toBe("every");
    expect(defaultMode("text", "manual")).toBe("manual");
    expect(defaultMode("text", "every")).toBe("every");
  });
});

describe("which company a customer belongs to", () => {
  const who = { organisation: null, groups: [], channel: other };

  it("is told by their organisation, their role, or the channel, the surer first", () => {
    expect(companyFor(workspace, who)).toBeNull();
    expect(companyFor(workspace, { ...who, organisation: "T0FERRO" })?.name).toBe("Ferro");
    expect(companyFor(workspace, { ...who, groups: ["111", "ferro"] })?.name).toBe("Ferro");
    expect(companyFor(workspace, { ...who, channel: billing })?.name).toBe("Olmo");
    expect(companyFor(workspace, { ...who, groups: ["ferro"], channel: billing })?.name).toBe("Ferro");
  });
});

describe("the terms of a request", () => {
  const channel = channelPolicyFor(billingTeam, billing);

  it("take each value from the nearest place that says it: company, channel, team, workspace", () => {
    const terms = termsFor({
      policy,
      workspace,
      team: billingTeam,
      channel,
      company: ferro,
      onCallConfirmed: true,
    });

    expect(terms.tiers[1]).toMatchObject({ firstAnswer: 10, nextUpdate: 30, aroundTheClock: true });
    expect(terms.tiers[2]).toMatchObject({ firstAnswer: 60, nextUpdate: 240, aroundTheClock: false });
    expect(terms.tiers[5].firstAnswer).toBeNull();
    expect(terms.calendar).toBe(spain);
    expect(terms.sources).toMatchObject({
      "tiers.1.firstAnswer": "company Ferro",
      "tiers.1.nextUpdate": "default",
      "tiers.2.firstAnswer": "channel #billing",
      "tiers.2.nextUpdate": "team Billing",
      "tiers.5.firstAnswer": "team Billing",
      calendar: "team Billing",
      grace: "workspace",
      reminders: "default",
    });
  });

  it("run on the company's own hours where it has some", () => {
    const terms = termsFor({
      policy,
      workspace,
      team: billingTeam,
      channel,
      company: olmo,
      onCallConfirmed: true,
    });

    expect(terms.calendar).toBe(india);
    expect(terms.sources.calendar).toBe("company Olmo");
  });

  it("of an empty policy are the defaults, every value with its source", () => {
    const terms = termsFor({
      onCallConfirmed: true,
      policy,
      workspace: defaultWorkspace,
      team: defaultTeam,
      channel: null,
      company: null,
    });

    expect(new Set(Object.values(terms.sources))).toEqual(new Set(["default"]));
    expect(Object.keys(terms.sources)).toHaveLength(5 * 3 + 2 + 5 + 2);
    expect(terms).toMatchObject({ policy: "h", acknowledgeAfter: 2, grace: 15, alarmedGuidance: 240 });
  });

  it("survive being stored as JSON", () => {
    const terms = termsFor({
      policy,
      workspace,
      team: billingTeam,
      channel,
      company: ferro,
      onCallConfirmed: true,
    });

    expect(JSON.parse(JSON.stringify(terms))).toEqual(terms);
  });
});

it("promises by whom it is asked for, also right after somebody else in the same channel", () => {
  const channel = billingTeam.channels[0] ?? null;
  const at = { policy, workspace, team: billingTeam, channel, company: null, onCallConfirmed: false };
  const alone = termsFor(at);
  const theirs = termsFor({ ...at, company: ferro });
  expect(alone.tiers[1].firstAnswer).not.toBe(10);
  expect(theirs.tiers[1]).toMatchObject({ firstAnswer: 10, aroundTheClock: false });
  expect(termsFor({ ...at, company: ferro, onCallConfirmed: true }).tiers[1].aroundTheClock).toBe(true);
  expect(termsFor({ ...at, policy: { ...policy, hash: "another" } }).policy).toBe("another");
  expect(termsFor(at)).toEqual(alone);
});
