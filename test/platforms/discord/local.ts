// What the Discord tests share: the wall's clock, a silent log, and an adapter on a local Discord.
import type { Clock } from "../../../src/clock.ts";
import { createLog, type Log } from "../../../src/log.ts";
import { createDiscord } from "../../../src/platforms/discord/index.ts";
import type { Platform } from "../../../src/platforms/platform.ts";

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

export const quietLog: Log = createLog(process.env.TEST_LOG ?? "silent");

export function adapter(world: { apiUrl: string; tokens: { bot: string } }, log: Log = quietLog): Platform {
  return createDiscord({ token: world.tokens.bot, apiUrl: world.apiUrl, clock: wallClock, log });
}
