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

/** The open requests somebody has, what ends first in front. */
export async function openOf(db: Statements, person: PersonId): Promise<readonly RequestId[]> {
  const rows = await db.$queryRaw<{ id: RequestId }[]>`
    SELECT r.id FROM request r
    LEFT JOIN LATERAL (SELECT min(due_at) AS due FROM pledge WHERE request_id = r.id AND ended_at IS NULL) p ON true
    WHERE r.owner_id = ${person}::uuid AND r.status IN ('open', 'waiting')
    ORDER BY p.due NULLS LAST, r.tier, r.number`;
  return rows.map(({ id }) => id);
}

/** What somebody had when they went and others have, or nobody, since: it changed hands between the two instants. */
export async function passedOn(
  db: Statements,
  of: { person: PersonId; from: Instant; until: Instant },
): Promise<readonly RequestId[]> {
  const [from, until] = [new Date(of.from), new Date(of.until)];
  const rows = await db.$queryRaw<{ id: RequestId }[]>`
    WITH moved AS (
      SELECT DISTINCT e.request_id FROM workspace w
      JOIN request_event e ON e.workspace_id = w.id AND e.at > ${from}::timestamptz AND e.at <= ${until}::timestamptz
      WHERE e.kind IN ('owned', 'released')
    )
    SELECT r.id FROM moved
    JOIN request r ON r.id = moved.request_id AND r.owner_id IS DISTINCT FROM ${of.person}::uuid
    JOIN LATERAL (
      SELECT kind, data->>'owner' AS owner FROM request_event
      WHERE request_id = r.id AND kind IN ('owned', 'released') AND at <= ${from}::timestamptz ORDER BY seq DESC LIMIT 1
    ) had ON had.kind = 'owned' AND had.owner = ${of.person}
    ORDER BY r.number`;
  return rows.map(({ id }) => id);
}

export interface Ended {
  id: string;
  workspaceId: string;
  person: PersonId;
  from: Instant;
  until: Instant;
}

/** Absences that have ended and whose end nobody has noticed. */
export async function endedAbsences(db: Statements, now: Instant, limit: number): Promise<readonly Ended[]> {
  return db.$queryRaw<Ended[]>`
    SELECT id, workspace_id AS "workspaceId", person_id AS person, (extract(epoch FROM from_at) * 1000)::float8 AS from,
           (extract(epoch FROM until_at) * 1000)::float8 AS until
    FROM absence WHERE noticed_at IS NULL AND until_at <= ${new Date(now)}::timestamptz ORDER BY until_at LIMIT ${limit}::int`;
}

/** True for the one who notices it first. */
export async function noticeEnd(tx: Statements, id: string, at: Instant): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE absence SET noticed_at = ${new Date(at)}::timestamptz WHERE id = ${id}::uuid AND noticed_at IS NULL`;
  return changed === 1;
}

/** Since when somebody was away without a break up to that absence's end: one absence may have replaced another. */
export async function awaySince(
  tx: Statements,
  { person, from }: Pick<Ended, "person" | "from">,
): Promise<Instant> {
  const [row] = await tx.$queryRaw<{ at: number | null }[]>`
    WITH RECURSIVE before AS (
      SELECT ${new Date(from)}::timestamptz AS from_at
      UNION
      SELECT a.from_at FROM before b JOIN absence a ON a.person_id = ${person}::uuid AND a.from_at < b.from_at
        AND a.until_at >= b.from_at
    )
    SELECT (extract(epoch FROM min(from_at)) * 1000)::float8 AS at FROM before`;
  return row?.at ?? from;
}

/** The open requests that are offered to somebody. */
export async function offeredTo(db: Statements, person: PersonId): Promise<readonly RequestId[]> {
  const rows = await db.$queryRaw<{ id: RequestId }[]>`
    SELECT id FROM request WHERE offered_to = ${person}::uuid AND status IN ('open', 'waiting') ORDER BY number`;
  return rows.map(({ id }) => id);
}
