// Brings a database up to the newest migration, as `prisma migrate deploy` would, at every start.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { SiempreError } from "../errors.ts";
import { type Migration, migrationList, openEngine } from "./schema-engine.ts";

export const MIGRATIONS_DIR = fileURLToPath(new URL("../../prisma/migrations/", import.meta.url));

// Ours, so that starts wait for each other as long as it takes. The engine takes Prisma's own lock (72707369) as well,
// on another connection: with the same number we would wait for ourselves.
const MIGRATION_LOCK = 0x51e3b4f;

const NOTHING_EXTERNAL = { externalTables: [], externalEnums: [] };

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
      return await apply(url, folder, migrations);
    } finally {
      // Closing the session lets go of the lock.
      session.release(true);
    }
  } finally {
    await adapter.dispose();
  }
}

async function apply(url: string, folder: string, migrations: readonly Migration[]): Promise<string[]> {
  let failed: { name: string; cause: unknown } | undefined;
  const connections: SqlDriverAdapter[] = [];
  const onFailure = (name: string, cause: unknown) => {
    failed = { name, cause };
  };
  const engine = await openEngine(wholeScripts(url, migrations, connections, onFailure));
  const list = migrationList(folder, migrations);
  try {
    const state = await engine.diagnoseMigrationHistory({
      migrationsList: list,
      optInToShadowDatabase: false,
      filters: NOTHING_EXTERNAL,
    });
    // One that never came through may be mended.
    const edited = state.editedMigrationNames.find((name) => !state.failedMigrationNames.includes(name));
    if (edited) {
      throw failure(
        edited,
        "was changed after this database was made; restore its file, or start with a new database",
      );
    }
    const newer =
      state.history && "unpersistedMigrationNames" in state.history
        ? state.history.unpersistedMigrationNames[0]
        : undefined;
    if (newer)
      throw failure(newer, "is in this database but not in this version of Siempre; start the newer version");
    // Recorded as begun and not as finished: the attempt was undone with its transaction (see wholeScripts).
    for (const migrationName of state.failedMigrationNames)
      await engine.markMigrationRolledBack({ migrationName });
    const result = await engine.applyMigrations({ migrationsList: list, filters: NOTHING_EXTERNAL });
    return result.appliedMigrationNames;
  } catch (error) {
    if (error instanceof SiempreError) throw error;
    if (failed)
      throw failure(failed.name, `failed and changed nothing: ${messageOf(failed.cause)}`, failed.cause);
    throw failure("(none)", `could not be looked for: ${messageOf(error)}`, error);
  } finally {
    engine.free();
    await Promise.all(connections.map((connection) => connection.dispose()));
  }
}

/**
 * The driver adapter for the engine, except that a migration goes to the server as one message: that is one
 * transaction, and keeps function bodies whole. The stock adapter splits at `;`, in the middle of a function too.
 * Connections go to `opened`, since the engine
 * closes none. The migration's own record is completed in that transaction, so that no crash leaves it done and not recorded.
 */
function wholeScripts(
  url: string,
  migrations: readonly Migration[],
  opened: SqlDriverAdapter[],
  onFailure: (name: string, cause: unknown) => void,
): SqlMigrationAwareDriverAdapterFactory {
  const stock = new PrismaPg({ connectionString: url, max: 1, application_name: "siempre migrate" });
  const connect = async () => {
    const adapter = await stock.connect();
    opened.push(adapter);
    adapter.executeScript = async (script) => {
      const name = migrations.find(({ sql }) => sql === script)?.name;
      if (name === undefined) return void (await adapter.underlyingDriver().query(script));
      const record = `UPDATE _prisma_migrations SET finished_at = now() WHERE migration_name = '${name.replaceAll("'", "''")}'`;
      try {
        await adapter
          .underlyingDriver()
          .query(`${script}\n;${record} AND finished_at IS NULL AND rolled_back_at IS NULL`);
      } catch (cause) {
        onFailure(name, cause);
        throw cause;
      }
    };
    return adapter;
  };
  return {
    provider: stock.provider,
    adapterName: stock.adapterName,
    connect,
    connectToShadowDb: () => Promise.reject(new Error("no shadow database: it would be the live one")),
  };
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
