// The real bot as a process of its own, so that a test can kill it: `node bot-process.ts '{…BotProcess}'`. Prints one
// line when it is ready; each line it reads is a number of ms its time jumps ahead; SIGTERM stops it as main.ts does.
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { startBot } from "../../src/bot.ts";
import type { Clock } from "../../src/clock.ts";
import { createLog } from "../../src/log.ts";
import { createDiscord } from "../../src/platforms/discord/index.ts";
import { createSlack } from "../../src/platforms/slack/index.ts";
import { readPolicy } from "../../src/policy-file.ts";

export interface BotProcess {
  platform: "slack" | "discord";
  apiUrl: string;
  tokens: { bot: string; app: string | null };
  databaseUrl: string;
  policy: string;
  /** Added to the machine's time, ms. */
  offset: number;
}

const options = JSON.parse(process.argv[2] ?? "{}") as BotProcess;
let { offset } = options;
createInterface({ input: process.stdin }).on("line", (line) => {
  offset += Number(line);
});
const clock: Clock = {
  now: () => Date.now() + offset,
  async until(instant, signal) {
    // In short steps: time may jump.
    while (!signal.aborted && clock.now() < instant)
      await sleep(Math.min(instant - clock.now(), 100), undefined, { signal }).catch(() => undefined);
  },
};
const log = createLog("info", { write: (line) => void process.stderr.write(line) });
const { apiUrl, tokens } = options;
const platform =
  options.platform === "slack"
    ? createSlack({ botToken: tokens.bot, appToken: tokens.app ?? "", apiUrl, clock, log, speed: 1000 })
    : createDiscord({ token: tokens.bot, apiUrl, clock, log });
const bot = await startBot({
  databaseUrl: options.databaseUrl,
  policy: readPolicy(options.policy, "process.yaml"),
  platforms: [platform],
  clock,
  wall: () => Date.now(),
  log,
});
process.on("SIGTERM", () => {
  void bot.stop().then(() => process.exit(0));
});
process.stdout.write("ready\n");
