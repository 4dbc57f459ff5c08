// One bot at a time: a lock that the server holds for a connection, and that therefore ends with the bot, however it
// ends. (Node has no lock on files that would.)
import { setTimeout as pause } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import { SiempreError } from "../../errors.ts";
import { SUPERUSER } from "./cluster.ts";
import type { Place } from "./place.ts";
import type { Postmaster } from "./server.ts";

const DATABASE = "siempre";

// Taken in the maintenance database, where nobody else takes advisory locks.
const MAINTENANCE = "postgres";
const HOLDER_LOCK = 0x51e3b4e;

/** How long a killed bot's session may linger before a held lock means that another bot is alive. */
const LINGER_MS = 1_500;

export interface Held {
  pid: number;
  port: number;
  /** Resolves when the connection that carries the lock has ended. */
  lost: Promise<void>;
  /** Lets go of the lock. */
  close(): Promise<void>;
}

/**
 * Takes the lock of a serving server, and makes the bot's database if it is missing.
 * @throws SiempreError database_in_use; the driver's error when the server does not answer (starting, stopping)
 */
export async function takeHold(place: Place, server: Postmaster, password: string): Promise<Held> {
  const adapter = await new PrismaPg({
    connectionString: urlOf(server.port, password, MAINTENANCE),
    application_name: "siempre holder",
    max: 1,
    idleTimeoutMillis: 0,
  }).connect();
  let letGo = () => {};
  const close = async () => {
    // The pool's end waits for connections that were not given back.
    letGo();
    letGo = () => {};
    await adapter.dispose();
  };
  try {
    const session = await adapter.underlyingDriver().connect();
    letGo = () => session.release(true);
    const lost = new Promise<void>((resolve) => {
      // `on`, not `once`: a connection that breaks reports it twice, and an error unheard ends the process.
      session.on("error", () => resolve());
      session.on("end", () => resolve());
    });
    const lingering = AbortSignal.timeout(LINGER_MS);
    for (;;) {
      const answer = await session.query<{ taken: boolean }>("SELECT pg_try_advisory_lock($1) AS taken", [
        HOLDER_LOCK,
      ]);
      if (answer.rows[0]?.taken) break;
      if (lingering.aborted) throw inUse(place, server);
      await pause(50);
    }
    const known = await session.query("SELECT FROM pg_database WHERE datname = $1", [DATABASE]);
    if (known.rowCount === 0) await session.query(`CREATE DATABASE ${DATABASE}`);
    return { pid: server.pid, port: server.port, lost, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Connection string of a database on the embedded server; contains the password. */
export function urlOf(port: number, password: string, database: string = DATABASE): string {
  return `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
}

function inUse(place: Place, { pid }: Postmaster): SiempreError {
  const message = `Another bot is running on the database in ${place.home}: stop it first, or give this one a data folder of its own.`;
  return new SiempreError("database_in_use", message, { home: place.home, pid });
}
