// What waits to be told to people in private, and the messages it was gathered into.
import { v5 } from "uuid";
import type { LetterBody } from "../domain/request/letters.ts";
import { noticeKey } from "../domain/request/notices.ts";
import type { Instant, PersonId, RequestId } from "../domain/words.ts";
import type { Statements } from "./direct.ts";

/** Names our letters among all UUIDs, so that the same for the same person is one. */
const NAMESPACE = "f0c7a4c4-54a5-4a1e-9d3e-3d2f7a1d9b60";

export interface Letter {
  id: string;
  workspaceId: string;
  requestId: RequestId | null;
  person: PersonId;
  body: LetterBody;
  /** Told at any hour. */
  anyHour: boolean;
  /** Not before then. */
  until: Instant;
}

/** One that waits, with the channel of its request: whose team's hours count. */
export interface Waiting extends Letter {
  channel: { platform: string; workspace: string; channel: string; name: string } | null;
  platform: string;
  workspace: string;
}

export function letterId(body: LetterBody, person: PersonId): string {
  const key = body.kind === "returned" ? `returned:${body.until}` : noticeKey(body);
  return v5(`${key}:${person}`, NAMESPACE);
}

/** One that is there already stays as it is. */
export async function insertLetters(tx: Statements, letters: readonly Omit<Letter, "id">[]): Promise<void> {
  if (letters.length === 0) return;
  const rows = letters.map(({ until, ...rest }) => ({
    ...rest,
    id: letterId(rest.body, rest.person),
    until: new Date(until),
  }));
  await tx.$executeRaw`
    INSERT INTO letter (id, workspace_id, request_id, person_id, body, any_hour, held_until)
    SELECT id, "workspaceId", "requestId", person, body, "anyHour", until
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS letter (id uuid, "workspaceId" uuid, "requestId" uuid, person uuid, body jsonb, "anyHour" boolean, until timestamptz)
    ON CONFLICT DO NOTHING`;
}

/** What may be told now, the oldest first; at most `limit`. */
export async function waitingLetters(
  db: Statements,
  now: Instant,
  limit: number,
): Promise<readonly Waiting[]> {
  const rows = await db.$queryRaw<
    (Omit<Waiting, "channel"> & { external: string | null; name: string | null })[]
  >`
    SELECT l.id, l.workspace_id AS "workspaceId", l.request_id AS "requestId", l.person_id AS person, l.body,
           l.any_hour AS "anyHour", (extract(epoch FROM l.held_until) * 1000)::float8 AS until,
           w.platform, w.external_id AS workspace, c.external_id AS external, c.name
    FROM letter l
    JOIN workspace w ON w.id = l.workspace_id
    LEFT JOIN request q ON q.id = l.request_id
    LEFT JOIN channel c ON c.id = q.channel_id
    WHERE l.gathered_at IS NULL AND l.held_until <= ${new Date(now)}::timestamptz
    ORDER BY l.held_until, l.id LIMIT ${limit}::int`;
  return rows.map(({ external, name, ...row }) => ({
    ...row,
    channel:
      external === null
        ? null
        : { platform: row.platform, workspace: row.workspace, channel: external, name: name ?? "" },
  }));
}

/** When the next of those that wait may be told, after `after`; null: none waits. */
export async function nextLetter(db: Statements, after: Instant): Promise<Instant | null> {
  const [row] = await db.$queryRaw<{ at: number | null }[]>`
    SELECT (extract(epoch FROM min(held_until)) * 1000)::float8 AS at FROM letter
    WHERE gathered_at IS NULL AND held_until > ${new Date(after)}::timestamptz`;
  return row?.at ?? null;
}

/** They wait until then. */
export async function holdLetters(tx: Statements, ids: readonly string[], until: Instant): Promise<void> {
  await tx.$executeRaw`
    UPDATE letter SET held_until = ${new Date(until)}::timestamptz
    WHERE id = ANY(${[...ids]}::uuid[]) AND gathered_at IS NULL`;
}

/** What waits for somebody is looked at anew: when they work has changed. */
export async function wakeLettersOf(tx: Statements, person: PersonId, at: Instant): Promise<void> {
  await tx.$executeRaw`
    UPDATE letter SET held_until = ${new Date(at)}::timestamptz
    WHERE person_id = ${person}::uuid AND gathered_at IS NULL`;
}

/** Takes letters for one message; of two who gather at once each takes what the other has not. Resolves to how many. */
export async function takeLetters(
  tx: Statements,
  ids: readonly string[],
  message: string,
  at: Instant,
): Promise<number> {
  return tx.$executeRaw`
    UPDATE letter SET gathered_at = ${new Date(at)}::timestamptz, message_id = ${message}::uuid
    WHERE gathered_at IS NULL AND id IN (
      SELECT id FROM letter WHERE id = ANY(${[...ids]}::uuid[]) ORDER BY id FOR UPDATE)`;
}

/** A message that could not be told while they were there waits again, all of it. */
export async function putBack(db: Statements, message: string, until: Instant): Promise<void> {
  await db.$executeRaw`
    UPDATE letter SET gathered_at = NULL, message_id = NULL, held_until = ${new Date(until)}::timestamptz
    WHERE message_id = ${message}::uuid`;
}

/** What was gathered into a message, in the order it came; empty: there is no such message. */
export async function lettersIn(db: Statements, message: string): Promise<readonly Letter[]> {
  return db.$queryRaw<Letter[]>`
    SELECT l.id, l.workspace_id AS "workspaceId", l.request_id AS "requestId", l.person_id AS person, l.body,
           l.any_hour AS "anyHour", (extract(epoch FROM l.held_until) * 1000)::float8 AS until
    FROM letter l LEFT JOIN request q ON q.id = l.request_id
    WHERE l.message_id = ${message}::uuid ORDER BY q.tier, q.number, l.id`;
}
