// Brings a database up to the newest migration, as `prisma migrate deploy` would, at every start.
import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { PrismaPg } from "@prisma/adapter-pg";
import { SiempreError } from "../errors.ts";
import type { Order, Outcome } from "./migration-engine.ts";
import type { Migration } from "./schema-engine.ts";

export const MIGRATIONS_DIR = fileURLToPath(new URL("../../prisma/migrations/", import.meta.url));

// Ours, so that starts wait for each other as long as it takes. The engine takes Prisma's own lock (72707369) as well,
// on another connection: with the same number we would wait for ourselves.
const MIGRATION_LOCK = 0x51e3b4f;

interface Session {
  query<Row>(sql: string, values?: unknown[]): Promise<{ rows: Row[] }>;
}

/** The migrations of a folder, in order. */
export async function readMigrations(folder: string = MIGRATIONS_DIR): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names
      .sort()
      .map(async (name) => ({ name, sql: await readFile(join(folder, name, "migration.sql"), "utf8") })),
  );
}

/**
 * Applies what is missing; each migration wholly or not at all. Processes that start together take turns.
 * @returns the names of the migrations it applied
 * @throws SiempreError migration_failed, with the migration's name; database_unavailable
 */
export async function migrate(url: string, folder: string = MIGRATIONS_DIR): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const adapter = await new PrismaPg({
    connectionString: url,
    max: 1,
    application_name: "siempre migrate",
  }).connect();
  const pool = adapter.underlyingDriver();
  try {
    const session = await pool.connect().catch((cause: unknown) => {
      throw new SiempreError(
        "database_unavailable",
        `The database does not answer: ${messageOf(cause)}. Check DATABASE_URL and that the server is running.`,
        {},
        { cause },
      );
    });
    // A connection that breaks also fails the query under way; unheard here it would end the process.
    session.on("error", () => {});
    try {
      await session.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
      if (await isCurrent(session, migrations)) return [];
      return await applyElsewhere({ url, folder, migrations });
    } finally {
      // Closing the session lets go of the lock.
      session.release(true);
    }
  } finally {
    await adapter.dispose();
  }
}

/** Whether every migration is there as it is here, and nothing else. In doubt false: the engine then says what is wrong. */
async function isCurrent(session: Session, migrations: readonly Migration[]): Promise<boolean> {
  const { rows: found } = await session.query<{ there: boolean }>(
    "SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS there",
  );
  if (!found[0]?.there) return false;
  const { rows } = await session.query<{ line: string }>(
    `SELECT concat_ws(' ', migration_name, checksum, CASE WHEN finished_at IS NULL THEN 'unfinished' END) AS line
     FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  const here = migrations.map(({ name, sql }) => `${name} ${createHash("sha256").update(sql).digest("hex")}`);
  return isDeepStrictEqual(rows.map(({ line }) => line).sort(), here.sort());
}

/** Has the engine apply what is missing, in a process of its own (migration-engine.ts says why). */
async function applyElsewhere(order: Order): Promise<string[]> {
  const other = fork(fileURLToPath(new URL("./migration-engine.ts", import.meta.url)), {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ended = once(other, "exit").then(([code, signal]) => {
    throw failure("(none)", `could not be looked for: the process that does ended with ${code ?? signal}`);
  });
  // It ends after its answer as well.
  ended.catch(() => {});
  other.send(order);
  const [outcome] = (await Promise.race([once(other, "message"), ended])) as [Outcome];
  other.disconnect();
  if ("applied" in outcome) return outcome.applied;
  throw failure(outcome.failed, outcome.why, outcome.cause);
}

function failure(migration: string, what: string, cause?: unknown): SiempreError {
  const options = cause === undefined ? {} : { cause };
  return new SiempreError(
    "migration_failed",
    `The database migration ${migration} ${what}.`,
    { migration },
    options,
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
