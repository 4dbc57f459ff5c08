// What a choice by policy must know, read under the team's lock: of two requests at one moment the second sees the first.
import type { PersonId } from "../domain/words.ts";
import type { Statements } from "./direct.ts";

export interface Turns {
  /** Who was given the one before by this rule. */
  last: PersonId | null;
  /** Open requests each of the people has now; who has none is left out. */
  open: ReadonlyMap<PersonId, number>;
}

/** Locks the team until the transaction ends. */
export async function turnsOf(
  tx: Statements,
  rule: { teamId: string; key: string },
  people: readonly PersonId[],
): Promise<Turns> {
  await tx.$queryRaw`SELECT id FROM team WHERE id = ${rule.teamId}::uuid FOR NO KEY UPDATE`;
  const [turn] = await tx.$queryRaw<{ last: PersonId }[]>`
    SELECT person_id AS last FROM assign_turn WHERE team_id = ${rule.teamId}::uuid AND rule = ${rule.key}`;
  const counted = await tx.$queryRaw<{ owner: PersonId; open: number }[]>`
    SELECT owner_id AS owner, count(*)::int AS open FROM request
    WHERE owner_id = ANY(${[...people]}::uuid[]) AND status IN ('open', 'waiting') GROUP BY owner_id`;
  return { last: turn?.last ?? null, open: new Map(counted.map(({ owner, open }) => [owner, open])) };
}

/** Whoever it is now had the turn. */
export async function keepTurn(
  tx: Statements,
  rule: { teamId: string; workspaceId: string; key: string },
  person: PersonId,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO assign_turn (team_id, workspace_id, rule, person_id)
    VALUES (${rule.teamId}::uuid, ${rule.workspaceId}::uuid, ${rule.key}, ${person}::uuid)
    ON CONFLICT (team_id, rule) DO UPDATE SET person_id = excluded.person_id`;
}
