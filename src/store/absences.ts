// Requests whose owners are away, and colleagues who have had requests lately.
import type { Instant, PersonId, RequestId } from "../domain/words.ts";
import type { Statements } from "./direct.ts";

export interface Left {
  id: RequestId;
  number: number;
  owner: PersonId;
  backup: PersonId | null;
}

/**
 * Open requests that owe something before their owner is back, offered to nobody; only those whose owner has been away since
 * `since`, and with `owner` or `workspaceId` only theirs. The earliest promise comes first.
 */
export async function leftBehind(
  db: Statements,
  at: { since: Instant; now: Instant; owner: PersonId | null; workspaceId?: string | null; limit: number },
): Promise<readonly Left[]> {
  const workspaceId = at.workspaceId ?? null;
  return db.$queryRaw<Left[]>`
    SELECT r.id, r.number, r.owner_id AS owner, a.backup_id AS backup
    FROM absence a
    JOIN request r ON r.owner_id = a.person_id AND r.status IN ('open', 'waiting') AND r.offered_to IS NULL
    JOIN LATERAL (
      SELECT min(due_at) AS due FROM pledge
      WHERE request_id = r.id AND ended_at IS NULL AND due_at < a.until_at
    ) p ON p.due IS NOT NULL
    WHERE a.from_at <= ${new Date(at.since)}::timestamptz AND a.until_at > ${new Date(at.now)}::timestamptz
      AND (${at.owner}::uuid IS NULL OR r.owner_id = ${at.owner}::uuid)
      AND (${workspaceId}::uuid IS NULL OR r.workspace_id = ${workspaceId}::uuid)
    ORDER BY p.due LIMIT ${at.limit}::int`;
}

/** Colleagues who had requests of a team since then, whoever has the fewest open ones first. */
export async function recentOwners(
  db: Statements,
  of: { workspaceId: string; team: string | null; since: Instant },
): Promise<readonly PersonId[]> {
  const rows = await db.$queryRaw<{ owner: PersonId }[]>`
    SELECT r.owner_id AS owner FROM request r LEFT JOIN team t ON t.id = r.team_id
    WHERE r.workspace_id = ${of.workspaceId}::uuid AND r.owner_id IS NOT NULL
      AND r.updated_at > ${new Date(of.since)}::timestamptz AND (${of.team}::text IS NULL OR t.name = ${of.team})
    GROUP BY r.owner_id
    ORDER BY count(*) FILTER (WHERE r.status IN ('open', 'waiting')), r.owner_id`;
  return rows.map(({ owner }) => owner);
}
