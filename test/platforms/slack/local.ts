// What the Slack tests share: a log nobody reads and a clock that is the wall's.
import type { Clock } from "../../../src/clock.ts";
import { createLog, type Log } from "../../../src/log.ts";

export const quietLog: Log = createLog("silent");

export const wallClock: Clock = {
  now: () => Date.now(),
  until: (instant, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(0, instant - Date.now()));
      signal.addEventListener("abort", () => {
        clearTimeout(timer);
        resolve();
      });
    }),
};
