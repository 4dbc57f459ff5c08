// The sweep: looks at what has fallen due, in our own columns. Downtime only delays; nothing is skipped.

import { reassignAbsent } from "../app/absences.ts";
import { raiseShifts } from "../app/shifts.ts";
import type { App } from "../app.ts";
import type { Instant, RequestId } from "../domain/words.ts";
import { forgetDrafts } from "../store/drafts.ts";
import { type Due, dueRequests, forgetSeen, nextWake } from "../store/due.ts";
import { forgetHeard } from "../store/heard.ts";
import { nextHeld } from "../store/reminders.ts";
import { eachPlace } from "./fairly.ts";
import { gather } from "./gathering.ts";
import { raiseReports } from "./reporting.ts";

/** It looks at least this often, ms, whatever it believes to know. */
const AT_LEAST = 30_000;
const BATCH = 200;
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
  const { clock, log, db } = app.context;
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
    // What was looked at and is due all the same waits for the next round, instead of keeping the others waiting.
    const seen = new Set<RequestId>();
    for (;;) {
      lookedAt = clock.now();
      const due = await dueRequests(db.direct, lookedAt, BATCH, [...seen]);
      for (const { id } of due) seen.add(id);
      await eachPlace(due, lookAt);
      looked += due.length;
      if (stopping.signal.aborted) return looked;
      if (due.length < BATCH) break;
      // Owners need not wait until everything that fell due was looked at.
      await gather(app, "people");
    }
    await reassignAbsent(app.context);
    await gather(app, "all");
    await raiseShifts(app.context);
    await raiseReports(app.context);
    if (clock.now() - forgotAt > FORGET_EVERY) {
      forgotAt = clock.now();
      await forgetSeen(db, forgotAt - SEEN_FOR);
      await forgetDrafts(db, forgotAt - DRAFTS_FOR);
      await forgetHeard(db.direct, forgotAt);
    }
    return looked;
  }

  async function lookAt({ id, due }: Due): Promise<void> {
    if (stopping.signal.aborted) return;
    try {
      await app.tick({ kind: "tick", request: id, due });
    } catch (error) {
      // One request that cannot be looked at must not keep the others waiting; it stays due.
      log.error(
        { request: id, err: error },
        "a request that fell due could not be looked at; it is tried again",
      );
    }
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      interrupt = new AbortController();
      planned = clock.now() + AT_LEAST;
      try {
        await once();
        // What fell due while it looked is looked at now; what was looked at and is due all the same failed, and waits for the
        // next round instead of spinning.
        for (const next of [await nextWake(db, lookedAt), await nextHeld(db.direct, lookedAt)])
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
