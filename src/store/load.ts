// Reading under the lock: what a decision needs, and no more.
import type { Candidate } from "../domain/intake/intake.ts";
import type { Terms } from "../domain/policy.ts";
import type { Fact } from "../domain/request/facts.ts";
import { standing } from "../domain/request/moved.ts";
import type { Instant, PersonId, RequestId } from "../domain/words.ts";
import type { Db } from "./db.ts";
import type { Statements } from "./direct.ts";
import { type EventRow, fromRow } from "./facts.ts";
import { termsOf } from "./terms.ts";

const HOUR = 3_600_000;
/** How long after its last word a request that is over can still be answered, joined or reopened by chance. */
export const RECENT = 72 * HOUR;
const CANDIDATES = 50;

/** What people decided about a channel; null: nobody did, the policy holds. */
export interface LockedChannel {
  live: boolean | null;
  joinWithin: number | null;
  opensFrom: number | null;
}

const UNDECIDED: LockedChannel = { live: null, joinWithin: null, opensFrom: null };

/**
 * Locks a channel until the transaction ends, so that two first messages never open two requests, and tells what was
 * decided about it. The row lock is the lock (decision 0003).
 */
export async function lockChannel(tx: Statements, channelId: string): Promise<LockedChannel> {
  const rows = await tx.$queryRaw<LockedChannel[]>`
    SELECT live, join_within AS "joinWithin", opens_from AS "opensFrom" FROM channel
    WHERE id = ${channelId}::uuid FOR NO KEY UPDATE`;
  return rows[0] ?? UNDECIDED;
}

/** The same for several channels, by id. Locked in one order, so that two who lock several do not wait for each other. */
export async function lockChannels(
  tx: Statements,
  channelIds: readonly string[],
): Promise<ReadonlyMap<string, LockedChannel>> {
  const rows = await tx.$queryRaw<(LockedChannel & { id: string })[]>`
    SELECT id, live, join_within AS "joinWithin", opens_from AS "opensFrom" FROM channel
    WHERE id = ANY(${[...new Set(channelIds)]}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  return new Map(rows.map(({ id, ...locked }) => [id, locked]));
}

/** The cursor of a channel follows its messages in steps of this, ms: reading again overlaps by far more. */
export const CURSOR_STEP = 60_000;

/**
 * Locks a channel and keeps the seen key (`firstSeen`), in this order, in one statement. With `passing` the channel's cursor
 * follows to there: it passes only what is committed, since both commit together, and never goes back.
 */
export async function lockAndSee(
  tx: Statements,
  place: { workspaceId: string; channelId: string },
  seen: { key: string; at: Instant },
  passing: Instant | null,
): Promise<LockedChannel & { first: boolean }> {
  const to = passing === null ? null : new Date(passing);
  const rows = await tx.$queryRaw<(LockedChannel & { first: boolean })[]>`
    WITH place AS MATERIALIZED (
      SELECT id, cursor_at, live, join_within, opens_from FROM channel
      WHERE id = ${place.channelId}::uuid FOR NO KEY UPDATE
    ), seen AS (
      INSERT INTO seen_event (workspace_id, key, at)
      SELECT ${place.workspaceId}::uuid, ${seen.key}, ${new Date(seen.at)}::timestamptz FROM place
      ON CONFLICT DO NOTHING RETURNING 1
    ), passed AS (
      UPDATE channel SET cursor_at = ${to}::timestamptz FROM place
      WHERE channel.id = place.id AND EXISTS (SELECT FROM seen)
        AND place.cursor_at < ${to === null ? null : new Date(to.getTime() - CURSOR_STEP)}::timestamptz
    )
    SELECT live, join_within AS "joinWithin", opens_from AS "opensFrom", EXISTS (SELECT FROM seen) AS first FROM place`;
  return rows[0] ?? { ...UNDECIDED, first: false };
}

/** True the first time this key is seen in the workspace; the memory commits with the rest of the transaction. */
export async function firstSeen(
  tx: Statements,
  workspaceId: string,
  key: string,
  at: Instant,
): Promise<boolean> {
  const inserted = await tx.$executeRaw`
    INSERT INTO seen_event (workspace_id, key, at) VALUES (${workspaceId}::uuid, ${key}, ${new Date(at)}::timestamptz)
    ON CONFLICT DO NOTHING`;
  return inserted === 1;
}

type CandidateJson = Omit<Candidate, "messages"> & { messages: string[] | null };

const EVENTS = `
  (SELECT jsonb_agg(jsonb_build_object('kind', kind, 'at', extract(epoch FROM at) * 1000, 'byId', by_id,
            'data', data) ORDER BY seq) FROM request_event WHERE request_id = r.id)`;

/**
 * Candidates as one value, not as rows: a crowded channel has fifty of them, and messages are many. `$1` is the channel.
 * `more` are further keys with their values.
 */
const candidates = (requests: string, ids = "null", more = "") => `
  SELECT json_agg(json_build_object('id', r.id, 'status', r.status, 'customer', r.customer_id,
           'customerExternal', p.external_id, 'root', r.root, 'thread', r.thread,
           'openedAt', extract(epoch FROM r.opened_at) * 1000, 'customerAt', extract(epoch FROM r.customer_at) * 1000,
           'staffAt', extract(epoch FROM
             (SELECT max(at) FROM message WHERE request_id = r.id AND role = 'staff')) * 1000,
           'messages', ${ids}${more}) ORDER BY r.customer_at DESC) AS found
  FROM (
    SELECT * FROM request WHERE channel_id = $1::uuid AND ${requests} ORDER BY customer_at DESC LIMIT ${CANDIDATES}
  ) r JOIN person p ON p.id = r.customer_id`;

const LATELY = "(status IN ('open', 'waiting') OR customer_at > $2::timestamptz)";
const IN_CHANNEL = candidates(LATELY);
const OF_CUSTOMER = candidates(`${LATELY} AND customer_id = $3::uuid`);
const IN_THREAD = candidates(
  `id IN (SELECT id FROM request WHERE channel_id = $1::uuid AND root = $2
          UNION SELECT id FROM request WHERE channel_id = $1::uuid AND thread = $2
          UNION SELECT request_id FROM message WHERE workspace_id = $3::uuid AND channel = $4 AND external_id = $2)`,
  `(SELECT json_agg(external_id ORDER BY at) FROM message
    WHERE request_id = r.id AND role = 'customer' AND external_id IS NOT NULL)`,
  `, 'loaded', json_build_object('id', r.id, 'workspaceId', r.workspace_id, 'channelId', r.channel_id, 'number', r.number,
     'version', r.version, 'teamId', r.team_id, 'customerId', r.customer_id, 'thread', r.thread, 'terms', r.terms,
     'events', ${EVENTS})`,
);

async function candidatesBy<T = unknown>(
  tx: Statements,
  text: string,
  ...values: unknown[]
): Promise<(Candidate & T)[]> {
  const [row] = await tx.$queryRawUnsafe<{ found: (CandidateJson & T)[] | null }[]>(text, ...values);
  return (row?.found ?? []).map((one) => ({ ...one, messages: one.messages ?? [] }));
}

/** What a message may belong to. */
export interface Near {
  candidates: readonly Candidate[];
  /** One of them as `loadRequest` would give it; null where it was not read along. Throws where this version cannot read it. */
  loaded(id: RequestId): LoadedRequest | null;
}

/** Requests that stand in this thread, or that the message replied to (`thread`, too) belongs to: it most likely goes on there. */
export async function candidatesIn(
  tx: Statements,
  of: { workspaceId: string; channelId: string; channel: string; thread: string },
): Promise<Near> {
  const found = await candidatesBy<{ loaded: RequestRow }>(
    tx,
    ...[IN_THREAD, of.channelId, of.thread, of.workspaceId, of.channel],
  );
  const rows = new Map(found.map(({ id, loaded }) => [id, loaded]));
  return {
    candidates: found.map(({ loaded: _, ...candidate }) => candidate),
    loaded(id) {
      const row = rows.get(id);
      return row ? loadedOf(row) : null;
    },
  };
}

/** Requests of the channel that are open, or ended in the last days, the latest first; all, or those of one customer. */
export function candidatesFor(
  tx: Statements,
  channelId: string,
  now: Instant,
  customer: PersonId | null = null,
): Promise<readonly Candidate[]> {
  const since = new Date(now - RECENT);
  return customer === null
    ? candidatesBy(tx, IN_CHANNEL, channelId, since)
    : candidatesBy(tx, OF_CUSTOMER, channelId, since, customer);
}

export interface LoadedRequest {
  id: RequestId;
  workspaceId: string;
  channelId: string;
  number: number;
  version: number;
  teamId: string | null;
  customerId: string;
  /** The thread the customer wrote in, where it is not under the first message. */
  thread: string | null;
  terms: Terms;
  /** As it counts (request/moved.ts). */
  history: readonly Fact[];
  /** How many facts are written, those that no longer count included. */
  written: number;
}

interface RequestRow extends Omit<LoadedRequest, "history" | "written"> {
  events: (Omit<EventRow, "at"> & { at: number })[] | null;
}

/** A request with its whole history, or null. */
export async function loadRequest(tx: Statements, id: RequestId): Promise<LoadedRequest | null> {
  const [row] = await tx.$queryRaw<RequestRow[]>`
    SELECT r.id, r.workspace_id AS "workspaceId", r.channel_id AS "channelId", r.number, r.version,
           r.team_id AS "teamId", r.customer_id AS "customerId", r.thread, r.terms,
           (SELECT jsonb_agg(jsonb_build_object('kind', kind, 'at', extract(epoch FROM at) * 1000, 'byId', by_id,
                     'data', data) ORDER BY seq) FROM request_event WHERE request_id = r.id) AS events
    FROM request r WHERE r.id = ${id}::uuid`;
  return row ? loadedOf(row) : null;
}

/**
 * Those of the requests that are still to wake until `until`, locked, for a decision about each. One whose row somebody else
 * holds is left out; `unread` are those with a history this version cannot read. Equal terms are one object, which saves
 * reading them, and computing with their hours, again and again.
 */
export async function loadDue(
  tx: Statements,
  ids: readonly RequestId[],
  until: Instant,
): Promise<{ requests: readonly LoadedRequest[]; unread: readonly { id: RequestId; error: unknown }[] }> {
  const rows = await tx.$queryRaw<(Omit<RequestRow, "terms"> & { terms: string })[]>`
    SELECT r.id, r.workspace_id AS "workspaceId", r.channel_id AS "channelId", r.number, r.version,
           r.team_id AS "teamId", r.customer_id AS "customerId", r.thread, r.terms::text AS terms,
           (SELECT jsonb_agg(jsonb_build_object('kind', kind, 'at', extract(epoch FROM at) * 1000, 'byId', by_id,
                     'data', data) ORDER BY seq) FROM request_event WHERE request_id = r.id) AS events
    FROM request r WHERE r.id = ANY(${[...ids]}::uuid[]) AND r.wake_at <= ${new Date(until)}::timestamptz
    FOR NO KEY UPDATE OF r SKIP LOCKED`;
  const requests: LoadedRequest[] = [];
  const unread: { id: RequestId; error: unknown }[] = [];
  for (const row of rows) {
    const terms = termsOf(row.terms);
    try {
      requests.push(loadedOf({ ...row, terms }));
    } catch (error) {
      unread.push({ id: row.id, error });
    }
  }
  return { requests, unread };
}

function loadedOf({ events, ...row }: RequestRow): LoadedRequest {
  return {
    ...row,
    history: standing((events ?? []).map(({ at, ...event }) => fromRow({ ...event, at: new Date(at) }))),
    written: events?.length ?? 0,
  };
}

/** Where a request stands, to lock its channel before it is loaded. */
export async function placeOf(
  db: Db,
  id: RequestId,
): Promise<{
  workspaceId: string;
  channelId: string;
  platform: string;
  workspace: string;
  channel: string;
} | null> {
  const row = await db.request.findUnique({
    where: { id },
    select: {
      workspaceId: true,
      channelId: true,
      workspace: { select: { platform: true, externalId: true } },
      channel: { select: { externalId: true } },
    },
  });
  return row
    ? {
        workspaceId: row.workspaceId,
        channelId: row.channelId,
        platform: row.workspace.platform,
        workspace: row.workspace.externalId,
        channel: row.channel.externalId,
      }
    : null;
}

/** The request with this number, or null. */
export async function byNumber(db: Db, workspaceId: string, number: number): Promise<RequestId | null> {
  const row = await db.request.findUnique({
    where: { workspaceId_number: { workspaceId, number } },
    select: { id: true },
  });
  return row?.id ?? null;
}

/** The request a message belongs to: written in it, posted by us about it, or standing in its thread. */
export async function byMessage(
  db: Db,
  workspaceId: string,
  where: { platform: string; workspace: string; channel: string; thread: string | null; message: string },
): Promise<RequestId | null> {
  const message = await db.message.findUnique({
    where: {
      workspaceId_channel_externalId: { workspaceId, channel: where.channel, externalId: where.message },
    },
    select: { requestId: true },
  });
  if (message?.requestId) return message.requestId;
  const post = await db.post.findFirst({
    where: {
      platform: where.platform,
      place: where.workspace,
      channel: { in: [where.channel, ...(where.thread ? [where.thread] : [])] },
      message: where.message,
      requestId: { not: null },
    },
    select: { requestId: true },
  });
  if (post?.requestId) return post.requestId;
  const thread = where.thread ?? where.message;
  // People may have moved the message the thread hangs under.
  const above = await db.message.findFirst({
    where: { workspaceId, channel: where.channel, externalId: thread, requestId: { not: null } },
    select: { requestId: true },
  });
  if (above?.requestId) return above.requestId;
  const request = await db.request.findFirst({
    where: {
      workspaceId,
      channel: { externalId: where.channel },
      OR: [{ root: thread }, { thread }],
    },
    orderBy: { openedAt: "desc" },
    select: { id: true },
  });
  return request?.id ?? null;
}
