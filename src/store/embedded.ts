// A real PostgreSQL that needs no installation, started when there is no DATABASE_URL. It outlives a killed bot and
// is adopted by the next one; one bot at a time holds it.
import { setTimeout as pause } from "node:timers/promises";
import { SiempreError } from "../errors.ts";
import { forceToDisk, makeCluster, passwordOf } from "./embedded/cluster.ts";
import { type Held, takeHold, urlOf } from "./embedded/hold.ts";
import { choosePlace, type Place, unavailable } from "./embedded/place.ts";
import { freePort, launch, runningServer, shutDown } from "./embedded/server.ts";

export interface EmbeddedOptions {
  /** Folder of the bot's data; the cluster goes to `postgres` in it. Made when missing. */
  dataDir: string;
  log: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
  /** The database was lost and could not be had back within half a minute: the bot should end. */
  onLost?: (error: unknown) => void;
  /** false: faster, and a power cut may destroy the data. For tests. */
  durable?: boolean;
  /** As root: where data and binaries go which the user `postgres` could not enter where they are. */
  systemDir?: string;
}

export interface Embedded {
  /** Connection string with the password in it: not for logs. */
  url: string;
  /** Process id of the server. */
  pid(): number;
  /** Stops the server, whoever started it; resolves when it is gone. */
  stop(): Promise<void>;
}

const PATIENCE_MS = 30_000;

const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "40",
  shared_buffers: "32MB",
  huge_pages: "off",
  max_wal_size: "256MB",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_logical_replication_workers: "0",
  io_method: "sync",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
  // What people wrote stays out of the log: no statements, no rows quoted in details.
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
};

// Another start was quicker; the port was taken meanwhile; children of a killed server are still leaving.
const PASSING = /postmaster\.pid|Address already in use|shared memory block/;

const UNSAFE = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "100" };

/**
 * Starts the embedded database, or adopts the server that a killed bot left running, and holds it for this process.
 * @throws SiempreError database_in_use when another bot holds it; database_unavailable when it cannot run here
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  if (process.platform === "win32") throw unavailable("it is not supported on Windows outside WSL.");
  const place = await choosePlace(options.dataDir, options.systemDir ?? "/var/lib/siempre");
  const password = await passwordOf(place);
  const made = await makeCluster(place);
  const settings = options.durable === false ? { ...SETTINGS, ...UNSAFE } : SETTINGS;

  let stopped: Promise<void> | undefined;
  let reviving = Promise.resolve();
  const revive = async (lost: Held) => {
    if (stopped) return;
    options.log.warn({ home: place.home }, "the built-in database went away; starting it again");
    try {
      await lost.close();
      current = await hold(lost.port);
      if (current.port !== lost.port) throw unavailable("its port was taken by another program.");
      options.log.info({ home: place.home, pid: current.pid }, "the built-in database is back");
    } catch (error) {
      options.log.warn({ err: error, home: place.home }, "the built-in database is lost");
      options.onLost?.(error);
    }
  };
  const hold = async (port: number): Promise<Held> => {
    const held = await serveAndHold(place, settings, password, port);
    held.lost.then(() => {
      reviving = revive(held);
    });
    return held;
  };
  let current = await hold(await freePort());
  const url = urlOf(current.port, password);
  options.log.info({ home: place.home, pid: current.pid, new: made }, "the built-in database is serving");

  const synced =
    made && options.durable !== false
      ? forceToDisk(place).catch((error: unknown) =>
          options.log.warn({ err: error }, "the new database could not be forced to disk"),
        )
      : Promise.resolve();

  const stop = async () => {
    await synced;
    await reviving;
    // The lock is let go only with the server, so that nobody takes it in between.
    await shutDown(place, current.pid);
    await current.close();
  };
  return {
    url,
    pid: () => current.pid,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** Gets a server to serve and its lock, whatever is found: nothing, a leftover, one starting or one stopping. */
async function serveAndHold(
  place: Place,
  settings: Readonly<Record<string, string>>,
  password: string,
  firstPort: number,
): Promise<Held> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  let port = firstPort;
  let obstacle: unknown;
  while (!patience.aborted) {
    const server = await runningServer(place);
    if (!server) {
      const died = await launch(place, port, settings);
      if (died !== null && !PASSING.test(died)) {
        throw unavailable(`it ended while starting; its last words in ${place.home}/server.log: ${died}`, {
          home: place.home,
        });
      }
      if (died === null) continue;
      obstacle = died;
      if (died.includes("Address already in use")) port = await freePort();
    }
    if (server?.ready) {
      try {
        return await takeHold(place, server, password);
      } catch (error) {
        if (error instanceof SiempreError) throw error;
        obstacle = error;
      }
    }
    await pause(20);
  }
  throw unavailable(
    `its server did not answer for ${PATIENCE_MS / 1000} seconds.`,
    { home: place.home },
    obstacle,
  );
}
