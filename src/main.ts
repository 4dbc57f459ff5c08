// Builds everything, starts it, and drains on SIGTERM and SIGINT. The only file that knows all the others, and the
// only one that reads the wall clock.
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { type Bot, startBot } from "./bot.ts";
import { type Config, readConfig } from "./config.ts";
import type { Policy } from "./domain/policy.ts";
import { SiempreError } from "./errors.ts";
import { createLog, type Log } from "./log.ts";
import { growWhileThereIsRoom, keepSmall } from "./main/memory.ts";
import { createWallClock } from "./main/wall-clock.ts";
import { createDoor, type Door } from "./ops/door.ts";
import { healthHandle, type Part } from "./ops/health.ts";
import { createPager } from "./paging/pager.ts";
import { createPagers } from "./paging/pagers.ts";
import type { Platform } from "./platforms/platform.ts";
import { readPolicy } from "./policy-file.ts";
import { openStore } from "./store/client.ts";
import { startEmbedded } from "./store/embedded.ts";
import { migrate } from "./store/migrate.ts";
import { wipe } from "./store/wipe.ts";

const wallClock = createWallClock(
  () => Date.now(),
  () => performance.now(),
);

const HELP = `Siempre: every request in a support channel gets an owner, a promise and an answer, always.

  npm start                             the bot, with the tokens in .env; without tokens, the sandbox
  npm start -- --replay FILE_OR_FOLDER  plays a Slack export, a DiscordChatExporter JSON or a JSONL through the sandbox
                --json FILE             and writes the requests it found
  npm start -- --help
`;

interface Command {
  replay: string | null;
  json: string | null;
  help: boolean;
}

function readCommand(argv: readonly string[]): Command {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        replay: { type: "string" },
        json: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
      strict: true,
    });
    if (values.json !== undefined && values.replay === undefined)
      throw new Error("--json goes with --replay.");
    return { replay: values.replay ?? null, json: values.json ?? null, help: values.help ?? false };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SiempreError("config_invalid", `${why}\n\n${HELP}`, {}, { cause });
  }
}

/** A database to use, and how to let go of it. `fresh` empties it first: for the sandbox alone, which has its own. */
async function openDatabase(
  config: Config,
  log: Log,
  fresh: boolean,
): Promise<{ url: string; close(): Promise<void> }> {
  const embedded =
    config.databaseUrl === null
      ? await startEmbedded({
          dataDir: config.dataDir,
          log,
          onLost: () => process.kill(process.pid, "SIGTERM"),
        })
      : null;
  const url = config.databaseUrl ?? embedded?.url ?? "";
  try {
    if (fresh) {
      const db = openStore(url);
      await wipe(db);
      await db.$disconnect();
    }
    const applied = await migrate(url);
    if (applied.length > 0) log.info({ migrations: applied }, "the database was brought up to date");
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
  return { url, close: async () => embedded?.stop() };
}

async function policyOf(config: Config): Promise<Policy> {
  if (config.policyFile === null) return readPolicy("", "the default policy");
  return readPolicy(await readFile(config.policyFile, "utf8"), config.policyFile);
}

/**
 * `door` is where requests arrive; it is opened when the configuration names a port. Only the SDK of a platform that is
 * connected is loaded: each of them is some thirty megabytes.
 */
async function platformsOf(config: Config, log: Log, door: Door): Promise<Platform[]> {
  const platforms: Platform[] = [];
  const { slack, discord, redisUrl } = config;
  if (slack) {
    const { createSlack } = await import("./platforms/slack/index.ts");
    const { signingSecret, ...rest } = slack;
    const http = signingSecret === null ? null : { signingSecret, mount: door.mount };
    platforms.push(createSlack({ ...rest, http, redisUrl, clock: wallClock, log }));
  }
  if (discord) {
    const { createDiscord } = await import("./platforms/discord/index.ts");
    platforms.push(createDiscord({ ...discord, clock: wallClock, log }));
  }
  return platforms;
}

/** Opens the door, where a port is configured. */
async function listen(door: Door, port: number | null, log: Log): Promise<void> {
  if (port === null) return;
  try {
    log.info({ port: await door.open(port) }, "listening; GET /health says whether all is well");
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const advice = "Set PORT to a free one that this user may open.";
    throw new SiempreError("config_invalid", `The bot cannot listen: ${why}. ${advice}`, { port }, { cause });
  }
}

/** What has to work for the bot to do its work. */
function partsOf(bot: Bot | null, platforms: readonly Platform[], stopping: AbortSignal): Part[] {
  if (stopping.aborted) return [{ name: "bot", trouble: () => "it is stopping" }];
  if (bot === null) return [{ name: "bot", trouble: () => "it is starting" }];
  const { db } = bot.app.context;
  const database = async () => {
    await db.$queryRaw`SELECT 1`;
    return null;
  };
  // Not part of the port: an adapter that knows why nothing can reach it says so.
  const connected = platforms.map((platform) => ({
    name: platform.name,
    trouble: () =>
      "trouble" in platform && typeof platform.trouble === "function" ? platform.trouble() : null,
  }));
  return [{ name: "database", trouble: database }, ...connected];
}

/** The bot with its tokens, until it is told to stop. */
async function runLive(config: Config, log: Log, stopping: AbortSignal): Promise<void> {
  const policy = await policyOf(config);
  const door = createDoor();
  const platforms = await platformsOf(config, log, door);
  let bot: Bot | null = null;
  door.mount(
    "/health",
    healthHandle(() => partsOf(bot, platforms, stopping), log),
  );
  let database: Awaited<ReturnType<typeof openDatabase>> | null = null;
  try {
    await listen(door, config.port, log);
    database = await openDatabase(config, log, false);
    bot = await startBot({
      databaseUrl: database.url,
      policy,
      platforms,
      clock: wallClock,
      pagers: createPagers(
        config.pager && createPager({ ...config.pager, wall: wallClock.now }),
        new Map([...config.pagers].map(([end, its]) => [end, createPager({ ...its, wall: wallClock.now })])),
      ),
      wall: wallClock.now,
      log,
    });
    log.info({ platforms: [...bot.app.context.platforms.keys()] }, "Siempre is ready");
    await wallClock.until(Number.POSITIVE_INFINITY, stopping);
    log.info({}, "stopping: finishing what is under way");
  } finally {
    await bot?.stop();
    await door.close();
    await database?.close();
  }
}

async function main(): Promise<void> {
  const command = readCommand(process.argv.slice(2));
  if (command.help) {
    process.stdout.write(HELP);
    return;
  }
  const config = readConfig();
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      // A second Ctrl-C means it: whatever is not finished is found again at the next start.
      if (stopping.signal.aborted) process.exit(130);
      stopping.abort();
    });
  }
  const sandbox = command.replay !== null || (config.slack === null && config.discord === null);
  if (sandbox || (config.slack && config.discord)) keepSmall();
  else growWhileThereIsRoom();
  if (sandbox) {
    const { runSandbox } = await import("./main/trial.ts");
    await runSandbox({
      config,
      command,
      stopping: stopping.signal,
      real: () => performance.now(),
      wall: wallClock.now,
      openDatabase,
    });
    return;
  }
  await runLive(config, createLog(config.logLevel), stopping.signal);
}

main().catch((error: unknown) => {
  // What the operator can mend is told in words; anything else is ours and keeps its trace.
  const text =
    error instanceof SiempreError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
});
