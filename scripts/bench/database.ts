// The database of a measurement: the built-in one, durable as in production, with a database for each contestant.
import { chmod, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { startEmbedded } from "../../src/store/embedded.ts";
import { migrate } from "../../src/store/migrate.ts";

export interface BenchDatabase {
  /** A database of its own: migrated for the bot, empty for an echo. */
  create(migrated: boolean): Promise<string>;
  /** What the bot has in its database. */
  counts(url: string): Promise<{ requests: number; messages: number; seen: number }>;
  /** CPU time of the server and its children so far, µs; null where the system does not tell. */
  cpu(): Promise<number | null>;
  close(): Promise<void>;
}

/** Linux counts in hundredths of a second. */
const TICK_US = 10_000;
const silent = { info: () => {}, warn: () => {} };

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "siempre-bench-"));
  // As root the server runs as user `postgres`, who must be able to enter.
  await chmod(folder, 0o755);
  return folder;
}

export async function openDatabase(): Promise<BenchDatabase> {
  const folder = await temporaryFolder();
  const embedded = await startEmbedded({ dataDir: folder, log: silent });
  const admin = await new PrismaPg({ connectionString: embedded.url, max: 1 }).connect();
  let made = 0;
  return {
    async create(migrated) {
      made += 1;
      await admin.underlyingDriver().query(`CREATE DATABASE bench_${made}`);
      const url = new URL(embedded.url);
      url.pathname = `bench_${made}`;
      if (migrated) await migrate(url.href);
      return url.href;
    },
    async counts(url) {
      const look = await new PrismaPg({ connectionString: url, max: 1 }).connect();
      const { rows } = await look.underlyingDriver().query(
        `SELECT (SELECT count(*)::int FROM request) AS requests, (SELECT count(*)::int FROM message) AS messages,
                (SELECT count(*)::int FROM seen_event) AS seen`,
      );
      await look.dispose();
      return rows[0];
    },
    cpu: () => cpuOf(embedded.pid()).catch(() => null),
    async close() {
      await admin.dispose();
      await embedded.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Of a process, its living children and those that have ended; /proc/PID/stat of Linux (man 5 proc). */
async function cpuOf(server: number): Promise<number> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, "utf8").catch(() => "")));
  let ticks = 0;
  for (const [index, stat] of stats.entries()) {
    // The name in brackets may hold anything; after it: state, ppid, …, utime (12th), stime, cutime, cstime.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [own, ended] = [Number(fields[11]) + Number(fields[12]), Number(fields[13]) + Number(fields[14])];
    if (Number(pids[index]) === server) ticks += own + ended;
    else if (Number(fields[1]) === server) ticks += own;
  }
  return ticks * TICK_US;
}
