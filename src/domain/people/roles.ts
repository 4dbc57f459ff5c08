// Who somebody is to a team: decided by the written promise, never by the platform.
import type { Selector, TeamPolicy, WorkspacePolicy } from "../policy.ts";
import type { Role } from "../words.ts";

/** What is known of a person where they act. */
export interface Standing {
  /** Their ids: usually one; a person linked across platforms has several. */
  ids: readonly string[];
  /** Ids and names of their groups (Slack user groups, Discord roles). */
  groups: readonly string[];
  /** An administrator or owner of the workspace itself. */
  admin: boolean;
  /** Another bot or an integration. */
  bot: boolean;
  /** Whether they can read the team's own channel. */
  readsTeamChannel: boolean;
}

const ranks: readonly Role[] = ["customer", "helper", "staff", "lead", "admin"];

/**
 * The highest role that applies: admin, lead, staff, helper, else customer. A lead of the team is a lead in its channels
 * only; without a team (a channel nobody answers in) the workspace's selectors still count. A bot has no role: it counts as a
 * customer, so that it may do nothing.
 */
export function roleFor(person: Standing, workspace: WorkspacePolicy, team: TeamPolicy | null): Role {
  if (person.bot) return "customer";
  if (person.admin || selects(workspace.admins, person)) return "admin";
  if (selects(workspace.leads, person) || (team && selects(team.leads, person))) return "lead";
  if (selects(workspace.staff, person)) return "staff";
  if (workspace.staffReadTeamChannel && person.readsTeamChannel) return "staff";
  if (selects(workspace.helpers, person)) return "helper";
  return "customer";
}

/** Whether `role` may do what needs at least `least`. */
export function isAtLeast(role: Role, least: Role): boolean {
  return ranks.indexOf(role) >= ranks.indexOf(least);
}

/** Whether the selector names the person by id, or a group of theirs by id or name (`@support` is `Support`). */
export function selects(selector: Selector, person: Pick<Standing, "ids" | "groups">): boolean {
  if (selector.ids.some((id) => person.ids.includes(id))) return true;
  const groups = new Set(person.groups.map(bare));
  return (
    selector.ids.some((id) => groups.has(bare(id))) ||
    selector.groups.some((group) => groups.has(bare(group)))
  );
}

function bare(group: string): string {
  return group.replace(/^@/, "").toLowerCase();
}
