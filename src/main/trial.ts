// The sandbox run: the same bot, on a local Slack and a local Discord, with a clock that runs fast. Part of main.

import { createWriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Bot, startBot } from "../bot.ts";
import type { Config } from "../config.ts";
import { SiempreError } from "../errors.ts";
import { createLog, type Log } from "../log.ts";
import { createDiscord } from "../platforms/discord/index.ts";
import type { Platform } from "../platforms/platform.ts";
import { createSlack } from "../platforms/slack/index.ts";
import { readPolicy } from "../policy-file.ts";
import { createFastClock, type FastClock } from "../sandbox/clock.ts";
import { playMorning } from "../sandbox/morning.ts";
import { readReplay } from "../sandbox/replay/read.ts";
import { ReplayError } from "../sandbox/replay/replay.ts";
import { startReplay } from "../sandbox/replay-player.ts";
import { startSandbox } from "../sandbox/sandbox.ts";
import type { LocalPlatform } from "../sandbox/world.ts";
import { nextWake } from "../store/due.ts";
import { foundRequests, outcomeOf } from "./outcome.ts";

export interface Trial {
  config: Config;
  command: { replay: string | null; json: string | null };
  stopping: AbortSignal;
  /** Monotonic real time, ms. */
  real(): number;
  /** The wall clock, ms. */
  wall(): number;
  openDatabase(config: Config, log: Log, fresh: boolean): Promise<{ url: string; close(): Promise<void> }>;
}

/** Slack allows one message a second; on a clock that runs sixty times faster that would be one a minute. */
const SPEED = 1_000;

/** Plays the morning, or a replay, and stays up until told to stop. */
export async function runSandbox(trial: Trial): Promise<void> {
  const { config } = trial;
  await mkdir(config.dataDir, { recursive: true });
  const logFile = join(config.dataDir, "sandbox.log");
  const stream = createWriteStream(logFile);
  const log = createLog(config.logLevel, { write: (line) => void stream.write(line) });
  const own: Config = { ...config, databaseUrl: null, dataDir: join(config.dataDir, "sandbox") };
  const database = await trial.openDatabase(own, log, true);
  try {
    if (trial.command.replay === null) await morning(trial, database.url, log);
    else await replay(trial, trial.command.replay, database.url, log);
  } finally {
    await database.close();
    await new Promise((resolve) => stream.end(resolve));
  }
}

function connect(local: LocalPlatform, clock: FastClock, log: Log): Platform {
  if (local.name === "slack") {
    const { bot, app } = local.tokens;
    return createSlack({
      botToken: bot,
      appToken: app ?? "",
      apiUrl: local.apiUrl,
      clock,
      log,
      speed: SPEED,
    });
  }
  return createDiscord({ token: local.tokens.bot, apiUrl: local.apiUrl, clock, log });
}

function wantsColor(config: Config): boolean {
  return config.color === "always" || (config.color === "auto" && process.stdout.isTTY);
}

async function morning(trial: Trial, databaseUrl: string, log: Log): Promise<void> {
  const { config, stopping } = trial;
  const write = (text: string) => void process.stdout.write(text);
  const sandbox = await startSandbox({
    real: trial.real,
    color: wantsColor(config),
    width: () => process.stdout.columns ?? 100,
    write,
  });
  let bot: Bot | null = null;
  try {
    bot = await startBot({
      databaseUrl,
      policy: readPolicy(sandbox.policy, "the sandbox's policy"),
      platforms: [connect(sandbox.slack, sandbox.clock, log), connect(sandbox.discord, sandbox.clock, log)],
      clock: sandbox.clock,
      wall: trial.wall,
      log,
    });
    await playMorning({ ...sandbox, stopping });
    await sandbox.clock.until(Number.POSITIVE_INFINITY, stopping);
  } finally {
    await bot?.stop();
    await sandbox.stop();
  }
}

async function replay(trial: Trial, path: string, databaseUrl: string, log: Log): Promise<void> {
  const { config, command, stopping } = trial;
  const read = await readReplay(path).catch((cause: unknown) => {
    if (cause instanceof ReplayError) {
      throw new SiempreError(
        "replay_unreadable",
        `The replay cannot be read. ${cause.message}`,
        {},
        { cause },
      );
    }
    throw cause;
  });
  const clock = createFastClock({
    start: (read.messages[0]?.at ?? trial.wall()) - 60_000,
    speed: 1,
    real: trial.real,
  });
  const stage = await startReplay({ replay: read, clock, progress: process.stderr.isTTY && !config.isCI });
  let bot: Bot | null = null;
  try {
    bot = await startBot({
      databaseUrl,
      policy: readPolicy(stage.policy, "the replay's policy"),
      platforms: [connect(stage.local, clock, log)],
      clock,
      wall: trial.wall,
      log,
    });
    const running = bot;
    const played = await stage.play({
      stopping,
      due: () => nextWake(running.app.context.db, 0),
      settled: async () => {
        await running.app.idle();
        await running.sweep.once();
      },
    });
    const outcome = await outcomeOf(running.app.context, stage.local);
    process.stdout.write(`${outcome}\n\n${played.told}\n`);
    if (command.json !== null) {
      const requests = await foundRequests(running.app.context, stage.local);
      await writeFile(command.json, `${JSON.stringify(requests, null, 2)}\n`);
      process.stdout.write(`${requests.length} requests written to ${command.json}\n`);
    }
  } finally {
    await bot?.stop();
    await stage.stop();
  }
}
