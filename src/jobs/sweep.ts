// The sweep: looks at what has fallen due, in our own columns. Downtime only delays; nothing is skipped.

import { reassignAbsent } from "../app/absences.ts";
import { inTurns } from "../app/fairly.ts";
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
    lookedAt = clock.now();
    // Nobody could be told where the platform is not connected: there it stays due until it is.
    const pending = await pendingWorkspaces(db.direct, lookedAt);
    const connected = pending.filter(({ platform }) => platforms.has(platform));
    // What was looked at and is due all the same waits for the next look, instead of keeping the others waiting.
    const seen = new Map(connected.map(({ workspaceId }) => [workspaceId, new Set<RequestId>()]));
    await inTurns(connected, async ({ workspaceId }) => {
      try {
        const done = seen.get(workspaceId) ?? new Set();
        const due = await dueRequests(db.direct, workspaceId, clock.now(), TURN, [...done]);
        for (const { id } of due) done.add(id);
        await app.ticks(due, clock.now());
        looked += due.length;
        if (stopping.signal.aborted) return false;
        // Owners need not wait until everything that fell due was looked at.
        const more = due.length === TURN;
        if (!more) await reassignAbsent(app.context, workspaceId);
        return (await gather(app, workspaceId, more ? "owners" : "all")) || more;
      } catch (error) {
        log.error(
          { workspace: workspaceId, err: error },
          "what fell due could not be looked at; it is tried again",
        );
        return false;
      }
    });
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

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      interrupt = new AbortController();
      planned = clock.now() + AT_LEAST;
      try {
        await once();
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
      if (stopping.signal.aborted) return;
      await clock.until(planned, AbortSignal.any([stopping.signal, interrupt.signal]));
    }
  }

  return {
    once,
    wake(at) {
      if (at !== null && at < planned) interrupt.abort();
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
