// What has fallen due: requests to look at, reports to send.
import type { Instant, RequestId } from "../domain/words.ts";
import type { Db } from "./db.ts";

/** Requests whose wake-up has come, the longest overdue first, without those in `except`. */
export async function dueRequests(
  db: Db,
  now: Instant,
  limit: number,
  except: readonly RequestId[] = [],
): Promise<readonly { id: RequestId; due: Instant }[]> {
  const rows = await db.request.findMany({
    where: { wakeAt: { lte: new Date(now) }, id: { notIn: [...except] } },
    orderBy: { wakeAt: "asc" },
    take: limit,
    select: { id: true, wakeAt: true },
  });
  return rows.flatMap((row) => (row.wakeAt ? [{ id: row.id, due: row.wakeAt.getTime() }] : []));
}

/** The next instant at which a request wakes, or null. */
export async function nextWake(db: Db): Promise<Instant | null> {
  const row = await db.request.findFirst({
    where: { wakeAt: { not: null } },
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
