// Somebody's absence is over, by itself or by their word: cards show it, and they hear what is theirs and what was passed on.
import { SECOND_THOUGHTS } from "../domain/request/absence.ts";
import { awaySince, type Ended, endedAbsences, noticeEnd } from "../store/absences.ts";
import { awayAmong, wakeRequestsOf } from "../store/availability.ts";
import { insertLetters } from "../store/letters.ts";
import type { Context, Delivery } from "./context.ts";

/** Absences looked at in one round. */
const MOST = 100;

/** Each end is noticed once, by whoever sees it first. One that fails keeps no other waiting. */
export async function noticeReturns(context: Context): Promise<void> {
  const now = context.clock.now();
  for (const ended of await endedAbsences(context.db.direct, now, MOST)) {
    try {
      await noticed(context, ended, now);
    } catch (error) {
      context.log.error(
        { person: ended.person, err: error },
        "the end of an absence could not be noticed; it is tried again",
      );
    }
  }
}

async function noticed(context: Context, ended: Ended, now: number): Promise<void> {
  const { id, person, workspaceId, until } = ended;
  await context.db.transact(async (tx) => {
    if (!(await noticeEnd(tx, id, now))) return;
    const cards = (await wakeRequestsOf(tx, person, now)).map(
      (theirs): Delivery => ({
        kind: "notice",
        workspaceId: theirs.workspaceId,
        notice: { kind: "card", request: theirs.id },
      }),
    );
    tx.along(context.outbox(tx, cards));
    if ((await awayAmong(tx, [person], now)).size > 0) return;
    const from = await awaySince(tx, ended);
    // Gone for a moment by mistake, they have missed nothing.
    if (until - from < SECOND_THOUGHTS) return;
    const body = { kind: "returned", from, until } as const;
    await insertLetters(tx, [{ workspaceId, requestId: null, person, body, anyHour: false, until: now }]);
  });
}
