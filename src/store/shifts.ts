// The ends of people's days: who owes something before they are back, asked about once.
import type { Instant, PersonId, RequestId } from "../domain/words.ts";
import type { Statements } from "./direct.ts";

export interface Owing {
  owner: PersonId;
  /** The platform ids of the channel of one of their requests: whose team's hours they keep. */
  channel: string;
  channelName: string;
}

/** Who has open requests that owe something, in a workspace; each with a channel of the most pressing one. */
export async function peopleOwing(db: Statements, workspaceId: string): Promise<readonly Owing[]> {
  return db.$queryRaw<Owing[]>`
    SELECT DISTINCT ON (r.owner_id) r.owner_id AS owner, c.external_id AS channel, c.name AS "channelName"
    FROM request r
    JOIN channel c ON c.id = r.channel_id
    JOIN pledge p ON p.request_id = r.id AND p.ended_at IS NULL AND p.due_at IS NOT NULL
    WHERE r.workspace_id = ${workspaceId}::uuid AND r.status IN ('open', 'waiting') AND r.owner_id IS NOT NULL
    ORDER BY r.owner_id, p.due_at`;
}

/**
 * The open requests of somebody that owe something before then (null: all of them) and are offered to nobody, the earliest
 * first.
 */
export async function owedBy(
  db: Statements,
  of: { workspaceId: string; owner: PersonId; before: Instant | null },
): Promise<readonly RequestId[]> {
  const rows = await db.$queryRaw<{ id: RequestId }[]>`
    SELECT r.id FROM request r
    JOIN LATERAL (SELECT min(due_at) AS due FROM pledge WHERE request_id = r.id AND ended_at IS NULL) p
      ON ${of.before === null}::boolean OR p.due < ${of.before === null ? null : new Date(of.before)}::timestamptz
    WHERE r.workspace_id = ${of.workspaceId}::uuid AND r.owner_id = ${of.owner}::uuid
      AND r.status IN ('open', 'waiting') AND r.offered_to IS NULL
    ORDER BY p.due NULLS LAST, r.number`;
  return rows.map(({ id }) => id);
}

export interface Shift {
  id: string;
  workspaceId: string;
  person: PersonId;
  to: PersonId;
  endsAt: Instant;
  backAt: Instant;
}

/** Whether this end of a day was asked about already. */
export async function isRaised(db: Statements, person: PersonId, endsAt: Instant): Promise<boolean> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM shift_end WHERE person_id = ${person}::uuid AND ends_at = ${new Date(endsAt)}::timestamptz`;
  return rows.length > 0;
}

/** True for the one who writes it first: another process may be asking about the same end. */
export async function raiseShift(tx: Statements, shift: Shift): Promise<boolean> {
  const inserted = await tx.$executeRaw`
    INSERT INTO shift_end (id, workspace_id, person_id, to_id, ends_at, back_at)
    VALUES (${shift.id}::uuid, ${shift.workspaceId}::uuid, ${shift.person}::uuid, ${shift.to}::uuid,
            ${new Date(shift.endsAt)}::timestamptz, ${new Date(shift.backAt)}::timestamptz)
    ON CONFLICT DO NOTHING`;
  return inserted === 1;
}

export async function shiftOf(db: Statements, id: string): Promise<Shift | null> {
  const [row] = await db.$queryRaw<(Omit<Shift, "endsAt" | "backAt"> & { endsAt: Date; backAt: Date })[]>`
    SELECT id, workspace_id AS "workspaceId", person_id AS person, to_id AS "to", ends_at AS "endsAt",
           back_at AS "backAt"
    FROM shift_end WHERE id = ${id}::uuid`;
  return row ? { ...row, endsAt: row.endsAt.getTime(), backAt: row.backAt.getTime() } : null;
}
