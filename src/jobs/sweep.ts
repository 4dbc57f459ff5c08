// The sweep: looks at what has fallen due, in our own columns. Downtime only delays; nothing is skipped.

import { reassignAbsent } from "../app/absences.ts";
import { sideBySide } from "../app/fairly.ts";
import { noticeReturns } from "../app/returns.ts";
import { raiseShifts } from "../app/shifts.ts";
import type { App } from "../app.ts";
import type { Instant, RequestId } from "../domain/words.ts";
import { forgetDrafts } from "../store/drafts.ts";
import { dueRequests, forgetSeen, nextWake, pendingWorkspaces } from "../store/due.ts";
import { forgetHeard } from "../store/heard.ts";
import { nextLetter } from "../store/letters.ts";
import { nextHeld } from "../store/reminders.ts";
import { gather } from "./gathering.ts";
import { gatherLetters } from "./letters.ts";
import { raiseReports } from "./reporting.ts";

/** It looks at least this often, ms, whatever it believes to know. */
const AT_LEAST = 30_000;
/** Where something fell due, the next look begins no sooner after this one, ms: in a storm a look at many costs as much as at one. */
const APART = 500;
/** Requests of one workspace that are looked at before the others have their turn. */
const TURN = 200;
/** Seen keys are kept longer than history is ever read back, ms. */
const SEEN_FOR = 14 * 24 * 3_600_000;
/** How long what was typed into a refused form is kept, ms. */
const DRAFTS_FOR = 24 * 3_600_000;
const FORGET_EVERY = 3_600_000;

export interface Sweep {
  /** Something wakes at `at`: look then, if that is sooner than planned. */
  wake(at: Instant | null): void;
  /** Looks once, now. Resolves to how many requests were looked at. */
  once(): Promise<number>;
  /** Runs until stop. */
  run(): Promise<void>;
  stop(): Promise<void>;
}

export function createSweep(app: App): Sweep {
  const { clock, log, db, platforms } = app.context;
  const stopping = new AbortController();
  let interrupt = new AbortController();
  let planned: Instant = Number.POSITIVE_INFINITY;
  let forgotAt: Instant = 0;
  /** Everything due until then was looked at. */
  let lookedAt: Instant = 0;
  let running: Promise<void> = Promise.resolve();
  let looking: Promise<number> = Promise.resolve(0);

  /** One after the other: a second look beside the first would not see what that one is about to write. */
  function once(): Promise<number> {
    const mine = looking.then(look, look);
    looking = mine;
    return mine;
  }

  async function look(): Promise<number> {
    let looked = 0;
    await app.catchUpAgain();
    // What was looked at and is due all the same waits for the next look, instead of keeping the others waiting.
    const seen = new Set<RequestId>();
    // In rounds: whoever has much to do waits for the others, those that have something to do only by now included.
    for (let more = true; more && !stopping.signal.aborted; ) {
      more = false;
      lookedAt = clock.now();
      const pending = await pendingWorkspaces(db.direct, lookedAt);
      // Nobody could be told where the platform is not connected: there it stays due until it is.
      const connected = pending.filter(({ platform }) => platforms.has(platform));
      await sideBySide(connected, async ({ workspaceId }) => {
        const turn = await lookIn(workspaceId, seen);
        looked += turn.looked;
        more ||= turn.more;
      });
    }
    if (stopping.signal.aborted) return looked;
    // Where nothing fell due there may be somebody away all the same.
    await reassignAbsent(app.context, null);
    await noticeReturns(app.context);
    await raiseShifts(app.context);
    await gatherLetters(app);
    await raiseReports(app.context);
    if (clock.now() - forgotAt > FORGET_EVERY) {
      forgotAt = clock.now();
      await forgetSeen(db, forgotAt - SEEN_FOR);
      await forgetDrafts(db, forgotAt - DRAFTS_FOR);
      await forgetHeard(db.direct, forgotAt);
    }
    return looked;
  }

  /** One turn of a workspace: what is most pressing of what fell due, and of what is to be told. */
  async function lookIn(
    workspaceId: string,
    seen: Set<RequestId>,
  ): Promise<{ looked: number; more: boolean }> {
    try {
      const now = clock.now();
      const due = await dueRequests(db.direct, workspaceId, now, TURN, [...seen]);
      for (const { id } of due) seen.add(id);
      await app.ticks(due, now);
      if (stopping.signal.aborted) return { looked: due.length, more: false };
      // Owners need not wait until everything that fell due was looked at; leads and channels hear it all at once afterwards.
      const more = due.length === TURN;
      if (!more) await reassignAbsent(app.context, workspaceId);
      const untold = await gather(app, workspaceId, more ? "owners" : "all");
      return { looked: due.length, more: more || untold };
    } catch (error) {
      log.error(
        { workspace: workspaceId, err: error },
        "what fell due could not be looked at; it is tried again",
      );
      return { looked: 0, more: false };
    }
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      const begun = clock.now();
      let earliest = begun;
      planned = begun + AT_LEAST;
      try {
        if ((await once()) > 0) earliest = begun + APART;
        // What fell due while it looked is looked at now; what was looked at and is due all the same failed, and waits for the
        // next round instead of spinning.
        for (const next of [
          await nextWake(db, lookedAt),
          await nextHeld(db.direct, lookedAt),
          await nextLetter(db.direct, lookedAt),
        ])
          if (next !== null) planned = Math.min(planned, next);
      } catch (error) {
        log.error({ err: error }, "the sweep failed; it looks again shortly");
      }
      // Interrupted, it has a new plan; otherwise it looks, whatever the clock says by then: it may have jumped back.
      do {
        interrupt = new AbortController();
        const at = Math.min(Math.max(planned, earliest), clock.now() + AT_LEAST);
        await clock.until(at, AbortSignal.any([stopping.signal, interrupt.signal]));
      } while (interrupt.signal.aborted && !stopping.signal.aborted);
    }
  }

  return {
    once,
    wake(at) {
      if (at === null || at >= planned) return;
      planned = at;
      interrupt.abort();
    },
    run() {
      running = loop();
      return running;
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
