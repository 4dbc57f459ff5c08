// What has fallen due: requests to look at, reports to send.
import type { ChannelRef, Instant, PersonId, RequestId } from "../domain/words.ts";
import type { Db } from "./db.ts";
import type { Statements } from "./direct.ts";

/** A workspace with its place on its platform. */
export interface Pending {
  workspaceId: string;
  platform: string;
}

export interface Due {
  id: RequestId;
  channelId: string;
  channel: ChannelRef;
}

/** Workspaces in which a request wakes or somebody is to be told something, the most pressing first. */
export async function pendingWorkspaces(db: Statements, now: Instant): Promise<readonly Pending[]> {
  return db.$queryRaw`
    SELECT w.id AS "workspaceId", w.platform FROM (
      SELECT workspace_id, tier, wake_at AS at FROM request WHERE wake_at <= ${new Date(now)}::timestamptz
      UNION ALL
      SELECT workspace_id, tier, due_at FROM reminder
      WHERE gathered_at IS NULL AND (held_until IS NULL OR held_until <= ${new Date(now)}::timestamptz)
    ) waiting JOIN workspace w ON w.id = waiting.workspace_id
    GROUP BY w.id ORDER BY min(tier), min(at)`;
}

/** Requests of a workspace whose wake-up has come, without those in `except`: the most pressing tier first, then what is overdue longest. */
export async function dueRequests(
  db: Statements,
  workspaceId: string,
  now: Instant,
  limit: number,
  except: readonly RequestId[] = [],
): Promise<readonly Due[]> {
  return asDue(
    await db.$queryRaw`
    SELECT r.id, r.channel_id AS "channelId", w.platform, w.external_id AS workspace, c.external_id AS channel
    FROM (
      SELECT id, channel_id, workspace_id, tier, wake_at FROM request
      WHERE workspace_id = ${workspaceId}::uuid AND wake_at <= ${new Date(now)}::timestamptz
        AND NOT EXISTS (SELECT FROM unnest(${[...except]}::uuid[]) AS done (id) WHERE done.id = request.id)
      ORDER BY tier, wake_at, id LIMIT ${limit}::int
    ) r JOIN workspace w ON w.id = r.workspace_id JOIN channel c ON c.id = r.channel_id
    ORDER BY r.tier, r.wake_at, r.id`,
  );
}

/** Requests that wake until `until`, of this owner or, with null, of nobody; the most pressing first. */
export async function wakingSoon(
  db: Statements,
  workspaceId: string,
  owner: PersonId | null,
  until: Instant,
): Promise<readonly Due[]> {
  return asDue(
    await db.$queryRaw`
    SELECT r.id, r.channel_id AS "channelId", w.platform, w.external_id AS workspace, c.external_id AS channel
    FROM request r JOIN workspace w ON w.id = r.workspace_id JOIN channel c ON c.id = r.channel_id
    WHERE r.workspace_id = ${workspaceId}::uuid AND r.wake_at <= ${new Date(until)}::timestamptz
      AND r.owner_id IS NOT DISTINCT FROM ${owner}::uuid
    ORDER BY r.tier, r.wake_at, r.id`,
  );
}

function asDue(rows: readonly (Pick<Due, "id" | "channelId"> & ChannelRef)[]): Due[] {
  return rows.map(({ id, channelId, ...channel }) => ({ id, channelId, channel }));
}

/** The first instant after `after` at which a request wakes, or null. */
export async function nextWake(db: Db, after: Instant): Promise<Instant | null> {
  const row = await db.request.findFirst({
    where: { wakeAt: { gt: new Date(after) } },
    orderBy: { wakeAt: "asc" },
    select: { wakeAt: true },
  });
  return row?.wakeAt?.getTime() ?? null;
}

/** Old seen keys are of no use once history is no longer read that far back. Returns how many went. */
export async function forgetSeen(db: Db, before: Instant): Promise<number> {
  const gone = await db.seenEvent.deleteMany({ where: { at: { lt: new Date(before) } } });
  return gone.count;
}
