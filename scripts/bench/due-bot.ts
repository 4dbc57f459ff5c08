// The bot whose promises fall due, as a process of its own on both local platforms, at the vendors' own pace. Tells when it is
// ready, when each message about promises was handed to its platform, and what it has used.
import { setTimeout as sleep } from "node:timers/promises";
import { startBot } from "../../src/bot.ts";
import type { Clock } from "../../src/clock.ts";
import { createLog } from "../../src/log.ts";
import { createDiscord } from "../../src/platforms/discord/index.ts";
import type { Platform } from "../../src/platforms/platform.ts";
import { createSlack } from "../../src/platforms/slack/index.ts";
import { readPolicy } from "../../src/policy-file.ts";

interface World {
  apiUrl: string;
  tokens: { bot: string; app: string | null };
}

export interface DueEntry {
  databaseUrl: string;
  policy: string;
  slack: World;
  discord: World;
}

export type FromDueBot =
  | { ready: true }
  /** A bundle went to its platform; epoch ms. */
  | { handed: string; at: number }
  /** CPU time so far, µs. */
  | { cpu: number };
export type ToDueBot = "cpu" | "stop";

const entry = JSON.parse(process.argv[2] ?? "{}") as DueEntry;
const tell = (message: FromDueBot) => void process.send?.(message);
const clock: Clock = {
  now: () => Date.now(),
  async until(instant, signal) {
    const left = Math.max(0, Math.min(instant - Date.now(), 2 ** 31 - 1));
    await sleep(left, undefined, { signal }).catch(() => undefined);
  },
};
const log = createLog("warn", { write: (line) => void process.stderr.write(line) });

function heard(port: Platform): Platform {
  return {
    ...port,
    ensure(request) {
      const bundle = /:bundle:([^:]+)/.exec(request.key)?.[1];
      if (bundle !== undefined) tell({ handed: bundle, at: Date.now() });
      return port.ensure(request);
    },
  };
}

const { slack, discord } = entry;
const bot = await startBot({
  databaseUrl: entry.databaseUrl,
  policy: readPolicy(entry.policy, "bench.yaml"),
  platforms: [
    createSlack({
      ...{ botToken: slack.tokens.bot, appToken: slack.tokens.app ?? "", apiUrl: slack.apiUrl, clock, log },
    }),
    createDiscord({ token: discord.tokens.bot, apiUrl: discord.apiUrl, clock, log }),
  ].map(heard),
  clock,
  wall: () => Date.now(),
  log,
});
process.on("message", (message: ToDueBot) => {
  const { user, system } = process.cpuUsage();
  if (message === "cpu") tell({ cpu: user + system });
  else void bot.stop().then(() => process.exit(0));
});
// The bench is gone: nobody will ask any more.
process.on("disconnect", () => process.exit(1));
tell({ ready: true });
