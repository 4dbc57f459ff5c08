// Workspaces, teams, channels, companies and people: the rows behind what the platforms and the policy name.

import { v7 as uuid } from "uuid";
import type { Named } from "../domain/request/view.ts";
import type { Instant, Lang, PersonRef } from "../domain/words.ts";
import type { Db } from "./db.ts";
import type { Statements } from "./direct.ts";
import { RECENT } from "./load.ts";

/** The one row a statement returns. */
function idOf(rows: readonly { id: string }[]): string {
  const [row] = rows;
  if (!row) throw new Error("An upsert returned no row.");
  return row.id;
}

// Written by hand: Prisma's upsert may look first and insert then, and two at once collide.

export async function ensureWorkspace(
  db: Statements,
  workspace: { platform: string; id: string; name: string },
): Promise<string> {
  return idOf(
    await db.$queryRaw`
    INSERT INTO workspace (id, platform, external_id, name)
    VALUES (${uuid()}::uuid, ${workspace.platform}, ${workspace.id}, ${workspace.name})
    ON CONFLICT (platform, external_id) DO UPDATE SET name = excluded.name RETURNING id`,
  );
}

export async function ensureChannel(
  db: Statements,
  workspaceId: string,
  channel: { id: string; name: string },
): Promise<string> {
  return idOf(
    await db.$queryRaw`
    INSERT INTO channel (id, workspace_id, external_id, name)
    VALUES (${uuid()}::uuid, ${workspaceId}::uuid, ${channel.id}, ${channel.name})
    ON CONFLICT (workspace_id, external_id) DO UPDATE SET name = excluded.name RETURNING id`,
  );
}

/** The name a channel was last known by; null where nothing was ever kept of it. */
export async function channelName(
  db: Statements,
  workspaceId: string,
  channel: string,
): Promise<string | null> {
  const [row] = await db.$queryRaw<{ name: string }[]>`
    SELECT name FROM channel WHERE workspace_id = ${workspaceId}::uuid AND external_id = ${channel}`;
  return row?.name ?? null;
}

export async function ensureTeam(db: Statements, workspaceId: string, name: string): Promise<string> {
  return idOf(
    await db.$queryRaw`
    INSERT INTO team (id, workspace_id, name) VALUES (${uuid()}::uuid, ${workspaceId}::uuid, ${name})
    ON CONFLICT (workspace_id, name) DO UPDATE SET name = excluded.name RETURNING id`,
  );
}

export async function ensureCompany(db: Statements, workspaceId: string, name: string): Promise<string> {
  return idOf(
    await db.$queryRaw`
    INSERT INTO company (id, workspace_id, name) VALUES (${uuid()}::uuid, ${workspaceId}::uuid, ${name})
    ON CONFLICT (workspace_id, name) DO UPDATE SET name = excluded.name RETURNING id`,
  );
}

/** Language and zone are kept where the platform does not tell them this time. */
export async function ensurePerson(
  db: Statements,
  workspaceId: string,
  person: { id: string; name: string; timezone?: string | null; lang?: Lang | null },
  at: Instant,
): Promise<string> {
  return idOf(
    await db.$queryRaw`
    INSERT INTO person (id, workspace_id, external_id, name, lang, timezone, seen_at)
    VALUES (${uuid()}::uuid, ${workspaceId}::uuid, ${person.id}, ${person.name}, ${person.lang ?? null},
            ${person.timezone ?? null}, ${new Date(at)}::timestamptz)
    ON CONFLICT (workspace_id, external_id) DO UPDATE SET name = excluded.name, seen_at = excluded.seen_at,
      lang = coalesce(excluded.lang, person.lang), timezone = coalesce(excluded.timezone, person.timezone)
    RETURNING id`,
  );
}

/** People by row id, with the platform's way of naming them. Unknown ids are left out. */
export async function namedPeople(db: Statements, ids: readonly string[]): Promise<Map<string, Named>> {
  const rows = await db.$queryRaw<(Omit<Named, "ref"> & PersonRef & { row: string })[]>`
    SELECT p.id AS row, p.name, p.timezone, p.lang, p.external_id AS id, w.platform, w.external_id AS workspace
    FROM person p JOIN workspace w ON w.id = p.workspace_id WHERE p.id = ANY(${[...new Set(ids)]}::uuid[])`;
  return new Map(
    rows.map(({ row, name, timezone, lang, ...ref }) => [
      row,
      { id: row, name, timezone, lang: asLang(lang), ref },
    ]),
  );
}

export function asLang(value: string | null): Lang | null {
  return value === "en" || value === "es" ? value : null;
}

/** What somebody decided about a channel: `live` null means nobody did, the policy holds. */
export async function channelDecision(db: Db, channelId: string): Promise<{ live: boolean | null }> {
  const row = await db.channel.findUniqueOrThrow({ where: { id: channelId }, select: { live: true } });
  return row;
}

export async function goLive(db: Db, channelId: string, by: string, at: Instant): Promise<boolean> {
  const changed = await db.channel.updateMany({
    where: { id: channelId, OR: [{ live: null }, { live: false }] },
    data: { live: true, liveBy: by, liveAt: new Date(at) },
  });
  return changed.count === 1;
}

/**
 * Since when direct messages of a workspace are listened to, or null where that begins now (`from`). Where they are not (`wanted`
 * false) it is forgotten, so that what is written meanwhile is left alone for good.
 */
export async function directsSince(
  db: Statements,
  workspaceId: string,
  wanted: boolean,
  from: Instant,
): Promise<Instant | null> {
  const [row] = await db.$queryRaw<{ since: Date | null }[]>`
    UPDATE workspace w SET directs_since =
      CASE WHEN ${wanted}::boolean THEN coalesce(w.directs_since, ${new Date(from)}::timestamptz) END
    FROM (SELECT id, directs_since AS since FROM workspace WHERE id = ${workspaceId}::uuid FOR NO KEY UPDATE) before
    WHERE w.id = before.id RETURNING before.since`;
  return wanted ? (row?.since?.getTime() ?? null) : null;
}

/** How many requests of a channel are followed over a gap, and how many threads besides those they stand in. */
const FOLLOWED = 200;

/**
 * Channels with history to read after a gap: since when, and which threads are still open in them. A request that runs has
 * its own thread and one under each message that belongs to it by now, wherever that began: of those the latest 200. So has
 * one that ended in the days before the gap: who is told that it was none may write on.
 */
export async function cursors(
  db: Statements,
  workspaceId: string,
): Promise<readonly { channel: string; since: Instant | null; threads: readonly string[] }[]> {
  const rows = await db.$queryRaw<{ channel: string; since: Date | null; threads: string[] }[]>`
    SELECT c.external_id AS channel, c.cursor_at AS since, ARRAY(
      WITH followed AS MATERIALIZED (
        -- Of a request whose every message was deleted no thread is left to read.
        SELECT r.id, coalesce(r.thread, r.root) AS thread FROM request r
        WHERE r.channel_id = c.id
          AND (r.status IN ('open', 'waiting', 'resolved')
            OR r.customer_at > c.cursor_at - ${RECENT / 1000}::int * interval '1 second')
          AND EXISTS (SELECT FROM message WHERE request_id = r.id AND erased_at IS NULL)
        ORDER BY r.status IN ('open', 'waiting', 'resolved') DESC, r.customer_at DESC LIMIT ${FOLLOWED}::int
      )
      SELECT thread FROM followed
      UNION
      SELECT thread FROM (
        SELECT coalesce(m.thread, m.external_id) AS thread
        FROM followed JOIN message m ON m.request_id = followed.id
        WHERE m.channel = c.external_id AND m.external_id IS NOT NULL AND m.erased_at IS NULL
          AND coalesce(m.thread, m.external_id) NOT IN (SELECT thread FROM followed)
        GROUP BY 1 ORDER BY max(m.at) DESC LIMIT ${FOLLOWED}::int
      ) besides
    ) AS threads
    FROM channel c WHERE c.workspace_id = ${workspaceId}::uuid`;
  return rows.map((row) => ({ ...row, since: row.since?.getTime() ?? null }));
}
