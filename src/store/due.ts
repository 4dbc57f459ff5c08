// What has fallen due: requests to look at, reports to send.
import type { Instant, RequestId } from "../domain/words.ts";
import type { Db } from "./db.ts";
import type { Statements } from "./direct.ts";

export interface Due {
  id: RequestId;
  channelId: string;
  due: Instant;
}

/**
 * Requests whose wake-up has come, without those in `except`. Every workspace has its turn, however much falls due in another;
 * within one the most pressing tier comes first, then what is overdue longest.
 */
export async function dueRequests(
  db: Statements,
  now: Instant,
  limit: number,
  except: readonly RequestId[] = [],
): Promise<readonly Due[]> {
  return db.$queryRaw<Due[]>`
    SELECT id, channel_id AS "channelId", (extract(epoch FROM wake_at) * 1000)::float8 AS due FROM (
      SELECT id, channel_id, tier, wake_at,
             row_number() OVER (PARTITION BY workspace_id ORDER BY tier, wake_at) AS turn
      FROM request WHERE wake_at <= ${new Date(now)}::timestamptz AND id <> ALL(${[...except]}::uuid[])
    ) waiting
    ORDER BY turn, tier, wake_at LIMIT ${limit}::int`;
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
