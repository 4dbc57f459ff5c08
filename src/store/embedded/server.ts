// The server process: found again, started, stopped.
import { execFile, spawn } from "node:child_process";
import { chmod, open, readFile, rename, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { asServer, dataOf } from "./cluster.ts";
import { exists, isCode, type Place, unavailable } from "./place.ts";

const run = promisify(execFile);

const LOG_LIMIT_BYTES = 5_000_000;

/** What postmaster.pid says. `ready`: it takes connections (after crash recovery, before shutting down). */
export interface Postmaster {
  pid: number;
  port: number;
  ready: boolean;
}

/** The server that has this cluster open, or null. A pid file left by a server that is gone is removed. */
export async function runningServer(place: Place): Promise<Postmaster | null> {
  const file = join(dataOf(place), "postmaster.pid");
  const found = await readPidFile(file);
  if (!found || (await isPostgres(found.pid))) return found;
  // Postgres would take any live process with this number for itself, for ever: in a container numbers repeat.
  // A file without a number is one that is being written just now, unless it stays so.
  if (!found.pid) await pause(200);
  const again = await readPidFile(file);
  if (again?.pid === found.pid) await rm(file, { force: true });
  return null;
}

async function readPidFile(file: string): Promise<Postmaster | null> {
  try {
    const [pid, , , port, , , , status] = (await readFile(file, "utf8")).split("\n");
    return { pid: Math.abs(Number(pid)), port: Number(port ?? 0), ready: status?.trim() === "ready" };
  } catch (error) {
    if (isCode(error, "ENOENT")) return null;
    throw error;
  }
}

async function isPostgres(pid: number): Promise<boolean> {
  if (!Number.isSafeInteger(pid) || pid <= 1) return false;
  try {
    const command =
      process.platform === "linux"
        ? ((await readFile(`/proc/${pid}/cmdline`, "utf8")).split("\0")[0] ?? "")
        : (await run("ps", ["-p", String(pid), "-o", "comm="])).stdout.trim();
    return /(^|\/)postgres$/.test(command);
  } catch (error) {
    // Gone meanwhile (ENOENT, ESRCH), or `ps` found nothing (1).
    if (error instanceof Error && "code" in error) return false;
    throw error;
  }
}

/**
 * Starts the server in a session of its own, so that Ctrl-C reaches the bot alone and the database stops after it.
 * @returns null when it serves, otherwise the lines it died with
 */
export async function launch(
  place: Place,
  port: number,
  settings: Readonly<Record<string, string>>,
): Promise<string | null> {
  const log = await openLog(place);
  try {
    const { size } = await log.stat();
    const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const server = spawn(join(place.bin, "postgres"), ["-D", dataOf(place), "-p", String(port), ...flags], {
      ...asServer(place),
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
    });
    server.unref();
    const gone = new Promise<Error | true>((resolve) => {
      server.once("exit", () => resolve(true));
      server.once("error", resolve);
    });
    for (;;) {
      const ended = await Promise.race([gone, pause(10, null)]);
      if (ended instanceof Error) throw unavailable(`${place.bin}/postgres cannot be executed.`, {}, ended);
      if (ended) return await tail(join(place.home, "server.log"), size);
      const now = await readPidFile(join(dataOf(place), "postmaster.pid"));
      if (now?.pid === server.pid && now?.ready) return null;
    }
  } finally {
    await log.close();
  }
}

/** Stops the server: open transactions are rolled back, everything is written. Resolves when it is gone. */
export async function shutDown(place: Place, pid: number): Promise<void> {
  for (let waited = 0; ; waited += 10) {
    if ((await runningServer(place))?.pid !== pid) break;
    // SIGINT: fast; SIGQUIT: at once, recovered from the write-ahead log at the next start.
    if (waited % 10_000 === 0) signal(pid, waited === 0 ? "SIGINT" : "SIGQUIT");
    await pause(10);
  }
  // It takes its pid file away shortly before it ends. A dead process that nobody has waited for looks alive: not for ever.
  for (let waited = 0; waited < 2_000 && signal(pid, 0); waited += 10) await pause(10);
}

/** False: there is no such process. 0 only asks; a number that is now somebody else's does not count. */
function signal(pid: number, name: "SIGINT" | "SIGQUIT" | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if (isCode(error, "ESRCH") || (name === 0 && isCode(error, "EPERM"))) return false;
    throw error;
  }
}

/** A port on loopback that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        if (address && typeof address === "object") resolve(address.port);
        else reject(new TypeError("a listening socket without a port"));
      });
    });
  });
}

async function openLog(place: Place) {
  const file = join(place.home, "server.log");
  if ((await exists(file)) && (await stat(file)).size > LOG_LIMIT_BYTES) await rename(file, `${file}.1`);
  const log = await open(file, "a", 0o600);
  await chmod(file, 0o600);
  return log;
}

async function tail(file: string, from: number): Promise<string> {
  const text = await readFile(file);
  return text.subarray(from).toString("utf8").trim().split("\n").slice(-5).join("\n");
}
