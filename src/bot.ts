// One running bot: platforms, application, queue and sweep, joined. main.ts and the journeys start the same one.
import { withWellFormedWords } from "./app/well-formed.ts";
import { type App, createApp } from "./app.ts";
import type { Clock } from "./clock.ts";
import type { Policy } from "./domain/policy.ts";
import type { TriageModel } from "./domain/triage/model.ts";
import { deliver, prepare } from "./jobs/deliver.ts";
import { startQueue } from "./jobs/queue.ts";
import { createSweep, type Sweep } from "./jobs/sweep.ts";
import type { Log } from "./log.ts";
import { loadTriageModel } from "./model-file.ts";
import { checkPagers, createPagers, type Pagers } from "./paging/pagers.ts";
import type { Inbound, Platform } from "./platforms/platform.ts";
import { openStore } from "./store/client.ts";
import { recordPolicy } from "./store/policy.ts";

export interface BotOptions {
  /** A migrated database; a secret. */
  databaseUrl: string;
  policy: Policy;
  platforms: readonly Platform[];
  clock: Clock;
  /** What wakes whoever is on call; without it nothing does. */
  pagers?: Pagers;
  /** Real time, ms: leases and retries follow it, whatever the clock of the bot does. */
  wall(): number;
  log: Log;
}

export interface Bot {
  readonly app: App;
  readonly sweep: Sweep;
  /** How many deliveries are waiting or under way. */
  pending(): Promise<number>;
  /** Stops receiving, finishes what it holds (deliveries at most 10 s), and closes everything. Twice is once. */
  stop(): Promise<void>;
}

/** How long deliveries under way may take to finish, ms. */
const DRAIN = 10_000;
/** How long live events wait for what was said before them, ms; Slack wants its acknowledgement within 3 s. */
const HOLD = 2_000;

/**
 * Resolves when every platform is connected and history since the last run has been read. When one cannot start, what
 * was started is stopped again and its error is thrown.
 */
export async function startBot(options: BotOptions): Promise<Bot> {
  const { clock, log, policy, pagers = createPagers(null) } = options;
  const teams = policy.workspaces.flatMap((workspace) => workspace.teams);
  checkPagers(pagers, teams);
  const db = openStore(options.databaseUrl, {
    onIdleError: (error) =>
      log.warn({ err: error }, "a connection to the database was lost; the next query opens another"),
  });
  const ports = options.platforms.map(withWellFormedWords);
  const platforms = new Map(ports.map((platform) => [platform.name, platform]));
  const queue = await startQueue(options.databaseUrl, db, options.wall, log);
  const app = createApp({
    db,
    policy,
    platforms,
    clock,
    pagers,
    log,
    model: modelOr(log),
    outbox: queue.put,
    wake: (at) => sweep.wake(at),
  });
  const sweep: Sweep = createSweep(app);

  let stopping = false;
  let stopped: Promise<void> | undefined;
  async function stop(): Promise<void> {
    // In this order: history is left for the next start, nothing new comes in, what came in is committed, what was decided
    // is said, then the rest.
    stopping = true;
    app.halt();
    await Promise.allSettled(ports.map((platform) => halt(platform, log)));
    await sweep.stop();
    await app.idle();
    await queue.stop(DRAIN);
    await db.$disconnect();
  }

  const bot: Bot = {
    app,
    sweep,
    pending: queue.pending,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
  try {
    if (await recordPolicy(db, policy, clock.now()))
      log.info({ policy: policy.hash.slice(0, 12) }, "the policy changed; recorded");
    if (teams.some(({ onCall, pager }) => onCall !== null && pagers.of(pager) === null))
      log.warn(
        "the policy says who is on call, but nothing would wake them: set PAGE_URL or PAGE_KEY (docs/paging.md)",
      );
    const connected = await Promise.all(ports.map((platform) => connect(app, platform, log)));
    await queue.work(
      (delivery, known) => deliver(app.context, options.wall, delivery, known),
      (delivery, known) => prepare(app.context, delivery, known),
    );
    // What was answered while the bot was away must not be told as broken: the sweep waits for the whole history.
    // A stop breaks the reading off, and then nothing may be told at all.
    void Promise.all(connected.map(({ read }) => read)).then(() => (stopping ? undefined : sweep.run()));
  } catch (error) {
    await bot.stop();
    throw error;
  }
  return bot;
}

/** The model that comes with this version; without it the readable rules of triage still work. */
function modelOr(log: Log): TriageModel | null {
  try {
    return loadTriageModel();
  } catch (error) {
    log.error({ err: error }, "the triage model cannot be used; messages are read by the rules alone");
    return null;
  }
}

/**
 * Connects a platform and reads what was missed. Live events wait for the first reading (at most HOLD): what was said
 * first is decided first. Gaps reported while one is being read lead to one more reading, not to many.
 */
async function connect(app: App, platform: Platform, log: Log): Promise<{ read: Promise<void> }> {
  const name = platform.name;
  let reading: Promise<void> | null = null;
  let again = false;
  const read = async () => {
    try {
      const handled = await app.catchUp(name);
      log.info({ platform: name, handled }, "history read since the last message seen");
    } catch (error) {
      log.error({ platform: name, err: error }, "history could not be read; it is tried again shortly");
    }
  };
  const readOnce = (): Promise<void> => {
    if (reading) {
      again = true;
      return reading;
    }
    reading = read().finally(() => {
      reading = null;
      const more = again;
      again = false;
      if (more) void readOnce();
    });
    return reading;
  };
  let started = false;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const inbound: Inbound = {
    event: async (event) => {
      await opened;
      await app.event(event);
    },
    act: (call) => app.act(call),
    gap: () => {
      app.missed(name);
      // What an adapter reports while it starts is what is read below.
      if (started) void readOnce();
    },
  };
  await platform.start(inbound);
  started = true;
  const timer = setTimeout(open, HOLD);
  const first = readOnce().then(() => {
    clearTimeout(timer);
    open();
  });
  await opened;
  return { read: first };
}

async function halt(platform: Platform, log: Log): Promise<void> {
  try {
    await platform.stop();
  } catch (error) {
    log.warn({ platform: platform.name, err: error }, "the platform did not stop cleanly");
  }
}
