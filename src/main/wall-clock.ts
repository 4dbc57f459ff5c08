import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../clock.ts";
import type { Instant } from "../domain/words.ts";

/** The longest a timer may run in Node, ms. */
const LONGEST_TIMER = 2_147_483_647;

/**
 * The clock on a machine's wall, which people and time servers set. `wall` is what it shows, epoch ms; `steady` ms of any
 * origin that never go back.
 */
export function createWallClock(wall: () => Instant, steady: () => number): Clock {
  return {
    now: wall,
    async until(instant, signal) {
      const end = steady() + (instant - wall());
      while (!signal.aborted) {
        const left = Math.min(instant - wall(), end - steady());
        if (left <= 0) return;
        // Aborting is an ordinary way for the waiting to end.
        await sleep(Math.min(left, LONGEST_TIMER), undefined, { signal }).catch(() => undefined);
      }
    },
  };
}
