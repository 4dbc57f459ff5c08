// Whom the policy gives a request to, decided in the transaction that needs it.
import { assignRuleFor, chooseOwner } from "../domain/people/assignment.ts";
import { awayAt, isAvailable } from "../domain/people/availability.ts";
import { onCallAt } from "../domain/people/rota.ts";
import type { Terms } from "../domain/policy.ts";
import type { Assigned } from "../domain/request/assigning.ts";
import type { Instant, PersonId, Tier } from "../domain/words.ts";
import { keepTurn, turnsOf } from "../store/assigning.ts";
import { availabilityOf } from "../store/availability.ts";
import type { Transaction } from "../store/direct.ts";
import type { Context } from "./context.ts";
import { homeOf, type Place } from "./places.ts";

export interface Wanted {
  tier: Tier;
  terms: Terms;
  /** Nobody is given what they asked for themselves. */
  customer: PersonId;
  now: Instant;
}

/** Null: the policy leaves it to people. Otherwise the team is locked until the transaction ends. */
export async function assigneeFor(
  context: Context,
  tx: Transaction,
  place: Place,
  { tier, terms, customer, now }: Wanted,
): Promise<Assigned | null> {
  const { team, teamId, workspaceId, workspace } = place;
  const standing = assignRuleFor(team, place.channel, tier);
  if (!standing) return null;
  const { how, people } = standing.rule;
  const named = how === "on_call" ? (team.onCall ? onCallAt(team.onCall, now) : []) : people;
  const rows = await context.roster.rows(homeOf(place), team, named);
  const ids = named.flatMap((id) => rows.get(id) ?? []).filter((id) => id !== customer);
  const rule = { teamId, workspaceId, key: standing.key };
  const { last, open } = await turnsOf(tx, rule, ids);
  const available = await availabilityOf(tx, ids, () => team.calendar ?? workspace.calendar);
  // Who is on call for what runs day and night is there day and night.
  const dayAndNight = how === "on_call" && terms.tiers[tier].aroundTheClock;
  const candidates = ids.map((id) => {
    const its = available.get(id);
    const present = its !== undefined && (dayAndNight ? awayAt(its, now) === null : isAvailable(its, now));
    return { id, present, open: open.get(id) ?? 0 };
  });
  const to = chooseOwner(how, candidates, last);
  if (to === null) return "nobody";
  await keepTurn(tx, rule, to);
  return { to };
}
