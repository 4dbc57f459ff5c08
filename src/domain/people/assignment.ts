// Who is given a request by policy. Only people who are there now; nobody there is an answer, too.
import type { AssignRule, ChannelPolicy, TeamPolicy } from "../policy.ts";
import type { PersonId, Tier } from "../words.ts";

export interface Standing {
  rule: AssignRule;
  /** Names the rule within its team: each has a round of its own. */
  key: string;
}

/** What holds for a request of that tier: what the channel says, else what the team says; for the tier before in general. */
export function assignRuleFor(team: TeamPolicy, channel: ChannelPolicy, tier: Tier): Standing | null {
  const said = assignSaid(team, channel, tier);
  return said === null || said.rule.how === "by_hand" ? null : { rule: said.rule, key: said.key };
}

/** The same as it is written, "by hand" included; null where nobody wrote anything. */
export function assignSaid(
  team: TeamPolicy,
  channel: ChannelPolicy | null,
  tier: Tier,
): (Standing & { by: "channel" | "team" }) | null {
  const places = [
    { says: channel?.assign, by: "channel", key: `channel ${channel?.channel}` },
    { says: team.assign, by: "team", key: "team" },
  ] as const;
  for (const { says, by, key } of places) {
    const rule = says?.tiers[tier];
    if (rule) return { rule, by, key: `${key}, tier ${tier}` };
    if (says?.rule) return { rule: says.rule, by, key };
  }
  return null;
}

export interface Candidate {
  id: PersonId;
  /** Within their hours and not away. */
  present: boolean;
  /** Open requests that are theirs now. */
  open: number;
}

/**
 * Who gets the next request, or null: nobody is there. `candidates` in the policy's order (for the rota: who is called first);
 * `last` is who got the one before. Equal load goes round.
 */
export function chooseOwner(
  how: AssignRule["how"],
  candidates: readonly Candidate[],
  last: PersonId | null,
): PersonId | null {
  const after = candidates.findIndex(({ id }) => id === last) + 1;
  const round = [...candidates.slice(after), ...candidates.slice(0, after)].filter(({ present }) => present);
  switch (how) {
    case "by_hand":
      return null;
    case "round_robin":
      return round[0]?.id ?? null;
    case "least_loaded":
      return round.toSorted((one, other) => one.open - other.open)[0]?.id ?? null;
    case "on_call":
      return candidates.find(({ present }) => present)?.id ?? null;
    default:
      return how satisfies never;
  }
}
