// The bot itself as a contestant: bot.ts with the real adapter, and an ear at the port that counts.
import { setTimeout as sleep } from "node:timers/promises";
import { startBot } from "../../src/bot.ts";
import type { Clock } from "../../src/clock.ts";
import { createLog } from "../../src/log.ts";
import { growWhileThereIsRoom } from "../../src/main/memory.ts";
import type { Platform } from "../../src/platforms/platform.ts";
import { readPolicy } from "../../src/policy-file.ts";
import { type Desk, openDesk, readEntry } from "./contestant.ts";

const entry = readEntry();
const clock: Clock = {
  now: () => Date.now(),
  async until(instant, signal) {
    const left = Math.max(0, Math.min(instant - Date.now(), 2 ** 31 - 1));
    await sleep(left, undefined, { signal }).catch(() => undefined);
  },
};
const log = createLog("warn", { write: (line) => void process.stderr.write(line) });
const { apiUrl, tokens, policy } = entry;
// The vendors' limits are lifted, for every contestant alike: else this would measure them.
// Only the one SDK, as main.ts loads it.
async function connect(): Promise<Platform> {
  if (entry.platform === "slack") {
    const { createSlack } = await import("../../src/platforms/slack/index.ts");
    return createSlack({
      botToken: tokens.bot,
      appToken: tokens.app ?? "",
      apiUrl,
      clock,
      log,
      speed: 100_000,
    });
  }
  const { createDiscord } = await import("../../src/platforms/discord/index.ts");
  return createDiscord({ token: tokens.bot, apiUrl, clock, log, requestsPerSecond: 100_000 });
}

function counted(port: Platform, desk: Desk): Platform {
  return {
    ...port,
    start: (inbound) =>
      port.start({
        ...inbound,
        event: (event) => desk.handling(`${event.kind} ${event.where.message}`, inbound.event(event)),
      }),
  };
}

// As main.ts does for a bot on one platform.
growWhileThereIsRoom();
const started = Promise.withResolvers<Awaited<ReturnType<typeof startBot>>>();
const desk = openDesk({
  pending: async () => (await started.promise).pending(),
  stop: async () => (await started.promise).stop(),
});
started.resolve(
  await startBot({
    databaseUrl: entry.databaseUrl ?? "",
    policy: readPolicy(policy, "bench.yaml"),
    platforms: [counted(await connect(), desk)],
    clock,
    wall: () => Date.now(),
    log,
  }),
);
desk.ready();
