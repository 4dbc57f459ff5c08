// Whether pages of a team are known to wake somebody.
import type { Instant, PersonId } from "../domain/words.ts";
import type { Statements } from "./direct.ts";

export interface Confirmed {
  at: Instant;
  by: PersonId | null;
}

/** When somebody last confirmed that a test page of the team rang, or null: never. */
export async function pageConfirmed(tx: Statements, teamId: string): Promise<Confirmed | null> {
  const [row] = await tx.$queryRaw<{ at: Date | null; by: PersonId | null }[]>`
    SELECT page_confirmed_at AS at, page_confirmed_by AS by FROM team WHERE id = ${teamId}::uuid`;
  return row?.at ? { at: row.at.getTime(), by: row.by } : null;
}

/** Somebody heard a test page. Resolves to the team's name, or null: no such team in these workspaces. */
export async function confirmPage(
  tx: Statements,
  team: { id: string; workspaceIds: readonly string[] },
  by: PersonId,
  at: Instant,
): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ name: string }[]>`
    UPDATE team SET page_confirmed_at = ${new Date(at)}::timestamptz, page_confirmed_by = ${by}::uuid
    WHERE id = ${team.id}::uuid AND workspace_id = ANY(${[...team.workspaceIds]}::uuid[]) RETURNING name`;
  return row?.name ?? null;
}
