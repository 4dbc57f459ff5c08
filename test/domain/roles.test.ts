import { describe, expect, it } from "vitest";
import { defaultTeam, defaultWorkspace } from "../../src/domain/defaults.ts";
import { isAtLeast, roleFor, type Standing } from "../../src/domain/people/roles.ts";
import type { TeamPolicy, WorkspacePolicy } from "../../src/domain/policy.ts";

const nobody: Standing = { ids: ["U1"], groups: [], admin: false, bot: false, readsTeamChannel: false };
const workspace: WorkspacePolicy = {
  ...defaultWorkspace,
  staff: { ids: ["USTAFF"], groups: ["support"] },
  helpers: { ids: ["UHELP"], groups: ["Volunteers"] },
  leads: { ids: ["ULEAD"], groups: [] },
  admins: { ids: ["UADMIN"], groups: ["owners"] },
  staffReadTeamChannel: false,
};
const team: TeamPolicy = { ...defaultTeam, leads: { ids: [], groups: ["team-leads"] } };

function role(person: Partial<Standing>, policy = workspace, of: TeamPolicy | null = team) {
  return roleFor({ ...nobody, ...person }, policy, of);
}

describe("who somebody is", () => {
  it("is a customer unless the policy says otherwise", () => {
    expect(role({})).toBe("customer");
    expect(role({}, workspace, null)).toBe("customer");
  });

  it("follows ids, group names in any case and with their @, and group ids", () => {
    expect(role({ ids: ["USTAFF"] })).toBe("staff");
    expect(role({ groups: ["@Support"] })).toBe("staff");
    expect(role({ groups: ["volunteers"] })).toBe("helper");
    expect(role({ groups: ["S0GROUP"] }, { ...workspace, staff: { ids: ["S0GROUP"], groups: [] } })).toBe(
      "staff",
    );
  });

  it("is the highest of what applies", () => {
    expect(role({ ids: ["ULEAD"], groups: ["support", "volunteers"] })).toBe("lead");
    expect(role({ groups: ["volunteers", "support"] })).toBe("staff");
    expect(role({ ids: ["ULEAD"], groups: ["owners"] })).toBe("admin");
    expect(role({ admin: true })).toBe("admin");
  });

  it("a team's lead leads that team only", () => {
    expect(role({ groups: ["team-leads"] })).toBe("lead");
    expect(role({ groups: ["team-leads"] }, workspace, defaultTeam)).toBe("customer");
    expect(role({ groups: ["team-leads"] }, workspace, null)).toBe("customer");
  });

  it("whoever reads the team channel is staff, where the policy names nobody", () => {
    expect(role({ readsTeamChannel: true }, defaultWorkspace)).toBe("staff");
    expect(role({ readsTeamChannel: true })).toBe("customer");
  });

  it("a bot may do nothing, whatever groups it is in", () => {
    expect(role({ bot: true, admin: true, groups: ["support"], readsTeamChannel: true })).toBe("customer");
  });
});

describe("what somebody may do", () => {
  it("includes what those below them may do, and nothing above", () => {
    expect(isAtLeast("lead", "staff")).toBe(true);
    expect(isAtLeast("staff", "staff")).toBe(true);
    expect(isAtLeast("helper", "staff")).toBe(false);
    expect(isAtLeast("customer", "helper")).toBe(false);
  });
});
