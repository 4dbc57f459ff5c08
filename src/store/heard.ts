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

/** The beginning of a text; a sign that does not fit whole is not kept by half. */
function cut(text: string): string {
  return text.slice(0, WORDS_AT_MOST).toWellFormed();
}

/** The words only of what stands at top level and was written by a person. */
function wordsKept({ event }: HeardMessage): string | null {
  return event.where.thread === null && !event.author.bot ? cut(event.text) : null;
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

/** A line that is small talk by itself, and the key under which it was seen. */
export interface SmallTalk {
  heard: HeardMessage;
  seen: { key: string; at: Instant };
}

/**
 * Keeps small talk in one statement that is its own transaction, at most one line of each channel: locks the channels, keeps the
 * seen keys and what was heard, and moves the cursors. Where the author has a request in the channel that a line might belong
 * to (`candidatesFor`), nothing of it is written and it resolves to false in its place. Kept before is kept.
 */
export async function keepSmallTalk(
  db: Statements,
  lines: readonly SmallTalk[],
): Promise<readonly boolean[]> {
  const said = lines.map(({ heard, seen }, n) => ({
    ...{ n, channel: heard.channelId, workspace: heard.workspaceId, author: heard.author, team: heard.team },
    ...{ key: seen.key, seen: new Date(seen.at), at: new Date(heard.event.at) },
    ...{ lately: new Date(heard.event.at - RECENT), step: new Date(heard.event.at - CURSOR_STEP) },
    ...{ message: heard.event.where.message, words: wordsKept(heard) },
    ...{ mentions: heard.event.mentions.slice(0, 20), decision: { ...heard.decided, request: null } },
  }));
  const alone = await db.$queryRaw<{ n: number }[]>`
    WITH said AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(said)}::jsonb) AS said (n int, channel uuid, workspace uuid, author uuid,
        team boolean, key text, seen timestamptz, at timestamptz, lately timestamptz, step timestamptz, message text,
        words text, mentions jsonb, decision jsonb)
    ), place AS MATERIALIZED (
      SELECT id, cursor_at FROM channel WHERE id IN (SELECT channel FROM said) ORDER BY id FOR NO KEY UPDATE
    ), alone AS MATERIALIZED (
      SELECT said.*, place.cursor_at FROM place JOIN said ON said.channel = place.id WHERE NOT EXISTS (
        SELECT FROM request WHERE customer_id = said.author AND channel_id = said.channel
          AND (status IN ('open', 'waiting') OR customer_at > said.lately))
    ), seen AS (
      INSERT INTO seen_event (workspace_id, key, at) SELECT workspace, key, seen FROM alone
      ON CONFLICT DO NOTHING RETURNING workspace_id, key
    ), fresh AS MATERIALIZED (
      SELECT alone.* FROM alone JOIN seen ON seen.workspace_id = alone.workspace AND seen.key = alone.key
    ), passed AS (
      UPDATE channel SET cursor_at = fresh.at FROM fresh WHERE channel.id = fresh.channel AND fresh.cursor_at < fresh.step
    ), kept AS (
      INSERT INTO heard (channel_id, message, workspace_id, at, author_id, text, mentions, team, request_id, decision)
      SELECT channel, message, workspace, at, author, words, mentions, team, NULL, decision FROM fresh
      ON CONFLICT (channel_id, message) DO UPDATE
        SET text = excluded.text, request_id = excluded.request_id, decision = excluded.decision
    )
    SELECT n FROM alone`;
  const kept = new Set(alone.map(({ n }) => n));
  return lines.map((_, n) => kept.has(n));
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
    UPDATE heard SET text = ${text === null ? null : cut(text)}
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
