// What was heard in a channel lately, and what was made of it. Words only as long as they tell talks apart.
import type { MessageEvent } from "../domain/events.ts";
import type { IntakeDecision } from "../domain/intake/intake.ts";
import { RECENT_LINES, type RecentLine } from "../domain/intake/talk.ts";
import type { TracedReading } from "../domain/triage/reading.ts";
import type { Instant, PersonId, RequestId } from "../domain/words.ts";
import type { Statements } from "./direct.ts";
import { CURSOR_STEP, RECENT } from "./load.ts";

/** The words of a line are of use to the lines after it for this long, ms. */
const WORDS_FOR = 24 * 3_600_000;
/** Of a line's words only so many characters are kept: more is never read (intake/line.ts). */
const WORDS_AT_MOST = 1_200;
/** How long it can be asked why, ms. */
const KEPT_FOR = 14 * 24 * 3_600_000;

/** A decision as it is kept: kinds and numbers, no words. */
export interface Decided {
  kind: IntakeDecision["kind"];
  why: string | null;
  /** The request it was found to belong to then. */
  request?: RequestId | null;
  /** The talk it was found to go on with, where it was nothing by itself. */
  talk?: string;
  reading: { kind: TracedReading["kind"]; tier: number; confidence: number; source: TracedReading["source"] };
}

export function decidedOf(decision: IntakeDecision, reading: TracedReading): Decided {
  const { kind, tier, confidence, source } = reading;
  return {
    kind: decision.kind,
    why: "why" in decision ? decision.why : null,
    ...(decision.kind === "nothing" && decision.talk !== undefined ? { talk: decision.talk } : {}),
    reading: { kind, tier, confidence, source },
  };
}

export interface HeardMessage {
  workspaceId: string;
  channelId: string;
  event: MessageEvent;
  author: PersonId;
  /** Of the team or a helper. */
  team: boolean;
  request: RequestId | null;
  decided: Decided;
}

/** The words only of what stands at top level and was written by a person. */
function wordsKept({ event }: HeardMessage): string | null {
  return event.where.thread === null && !event.author.bot ? event.text.slice(0, WORDS_AT_MOST) : null;
}

/** Keeps what a message was taken for. */
export async function keepHeard(tx: Statements, heard: HeardMessage): Promise<void> {
  const { event } = heard;
  const text = wordsKept(heard);
  await tx.$executeRaw`
    INSERT INTO heard (channel_id, message, workspace_id, at, author_id, text, mentions, team, request_id, decision)
    VALUES (${heard.channelId}::uuid, ${event.where.message}, ${heard.workspaceId}::uuid,
      ${new Date(event.at)}::timestamptz, ${heard.author}::uuid, ${text},
      ${JSON.stringify(event.mentions.slice(0, 20))}::jsonb, ${heard.team}, ${heard.request}::uuid,
      ${JSON.stringify({ ...heard.decided, request: heard.request })}::jsonb)
    ON CONFLICT (channel_id, message) DO UPDATE
      SET text = excluded.text, request_id = excluded.request_id, decision = excluded.decision`;
}

/**
 * Keeps small talk in one statement that is its own transaction: locks the channel, keeps the seen key and what was heard, and
 * moves the cursor. Where the author has a request in the channel that it might belong to (`candidatesFor`), nothing is written
 * and it resolves to false. Kept before is kept.
 */
export async function keepSmallTalk(
  db: Statements,
  heard: HeardMessage,
  seen: { key: string; at: Instant },
): Promise<boolean> {
  const { event, channelId, workspaceId, author } = heard;
  const at = new Date(event.at);
  const [row] = await db.$queryRaw<{ alone: boolean }[]>`
    WITH place AS MATERIALIZED (
      SELECT id, cursor_at FROM channel WHERE id = ${channelId}::uuid FOR NO KEY UPDATE
    ), alone AS MATERIALIZED (
      SELECT place.* FROM place WHERE NOT EXISTS (
        SELECT FROM request WHERE customer_id = ${author}::uuid AND channel_id = ${channelId}::uuid
          AND (status IN ('open', 'waiting') OR customer_at > ${new Date(event.at - RECENT)}::timestamptz))
    ), seen AS (
      INSERT INTO seen_event (workspace_id, key, at)
      SELECT ${workspaceId}::uuid, ${seen.key}, ${new Date(seen.at)}::timestamptz FROM alone ON CONFLICT DO NOTHING RETURNING 1
    ), passed AS (
      UPDATE channel SET cursor_at = ${at}::timestamptz FROM alone
      WHERE channel.id = alone.id AND EXISTS (SELECT FROM seen)
        AND alone.cursor_at < ${new Date(event.at - CURSOR_STEP)}::timestamptz
    ), kept AS (
      INSERT INTO heard (channel_id, message, workspace_id, at, author_id, text, mentions, team, request_id, decision)
      SELECT ${channelId}::uuid, ${event.where.message}, ${workspaceId}::uuid, ${at}::timestamptz, ${author}::uuid,
        ${wordsKept(heard)}, ${JSON.stringify(event.mentions.slice(0, 20))}::jsonb, ${heard.team}::boolean, NULL,
        ${JSON.stringify({ ...heard.decided, request: null })}::jsonb FROM seen
      ON CONFLICT (channel_id, message) DO UPDATE
        SET text = excluded.text, request_id = excluded.request_id, decision = excluded.decision
    )
    SELECT EXISTS (SELECT FROM alone) AS alone`;
  return row?.alone ?? false;
}

interface LineRow {
  message: string;
  at: Date;
  author: string;
  name: string;
  text: string;
  mentions: string[];
  team: boolean;
  request: RequestId | null;
  talk: string | null;
}

/** The last lines of a channel at top level before `at`, oldest first, with the request each belongs to. */
export async function recentLines(
  tx: Statements,
  channelId: string,
  at: Instant,
): Promise<readonly RecentLine[]> {
  const rows = await tx.$queryRaw<LineRow[]>`
    SELECT h.message, h.at, p.external_id AS author, p.name, h.text, h.mentions, h.team, h.request_id AS request,
           h.decision ->> 'talk' AS talk
    FROM (
      SELECT * FROM heard
      WHERE channel_id = ${channelId}::uuid AND text IS NOT NULL AND at <= ${new Date(at)}::timestamptz
        AND at > ${new Date(at - WORDS_FOR)}::timestamptz
      ORDER BY at DESC LIMIT ${RECENT_LINES}::int
    ) h JOIN person p ON p.id = h.author_id ORDER BY h.at`;
  return rows.map((row) => ({
    line: {
      id: row.message,
      author: row.author,
      name: row.name,
      at: row.at.getTime(),
      text: row.text,
      mentions: row.mentions,
      thread: null,
      replyTo: null,
      team: row.team,
    },
    request: row.request,
    ...(row.talk === null ? {} : { talk: row.talk }),
  }));
}

/** What a message was taken for; null where it was not heard, or is forgotten. */
export async function heardOf(
  db: Statements,
  channelId: string,
  message: string,
): Promise<{ decided: Decided; request: RequestId | null } | null> {
  const [row] = await db.$queryRaw<{ decided: Decided; request: RequestId | null }[]>`
    SELECT decision AS decided, request_id AS request FROM heard
    WHERE channel_id = ${channelId}::uuid AND message = ${message}`;
  return row ?? null;
}

/** The words of a line changed (`text`) or are gone (null). */
export async function rewordHeard(
  db: Statements,
  channelId: string,
  message: string,
  text: string | null,
): Promise<void> {
  await db.$executeRaw`
    UPDATE heard SET text = ${text?.slice(0, WORDS_AT_MOST) ?? null}
    WHERE channel_id = ${channelId}::uuid AND message = ${message} AND text IS NOT NULL`;
  if (text !== null) return;
  // What somebody takes back teaches nothing any more.
  await db.$executeRaw`
    WITH gone AS (
      DELETE FROM example WHERE channel_id = ${channelId}::uuid AND message = ${message} RETURNING workspace_id
    )
    UPDATE workspace SET learned = learned + 1 WHERE id IN (SELECT workspace_id FROM gone)`;
}

/** Forgets words nobody will compare with any more, and rows nobody will ask about. Returns how many rows went. */
export async function forgetHeard(db: Statements, now: Instant): Promise<number> {
  await db.$executeRaw`
    UPDATE heard SET text = NULL
    WHERE text IS NOT NULL AND (channel_id, message) IN (
      SELECT channel_id, message FROM (
        SELECT channel_id, message, at, row_number() OVER (PARTITION BY channel_id ORDER BY at DESC) AS age
        FROM heard WHERE text IS NOT NULL
      ) line WHERE age > ${RECENT_LINES * 2}::int OR at < ${new Date(now - WORDS_FOR)}::timestamptz
    )`;
  return db.$executeRaw`DELETE FROM heard WHERE at < ${new Date(now - KEPT_FOR)}::timestamptz`;
}
