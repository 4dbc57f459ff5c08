// Applies migrations with Prisma's engine. A process of its own, which migrate.ts starts when there is something to apply: the
// engine is WebAssembly, and a process that has loaded it does not give those 10 MB back, not even from a thread that ended.
import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { type Migration, migrationList, openEngine } from "./schema-engine.ts";

/** What the process is asked. */
export interface Order {
  url: string;
  folder: string;
  migrations: readonly Migration[];
}

/** What it answers, as plain data: an error of a class of ours would not arrive as one. */
export type Outcome = { applied: string[] } | Failure;

export interface Failure {
  /** The name of the migration that could not be applied; "(none)" when it did not come to one. */
  failed: string;
  /** The end of the sentence that begins with its name. */
  why: string;
  /** Stack of the error behind it. */
  cause: string | undefined;
}

const NOTHING_EXTERNAL = { externalTables: [], externalEnums: [] };

async function apply({ url, folder, migrations }: Order): Promise<Outcome> {
  let failed: Failure | undefined;
  const connections: SqlDriverAdapter[] = [];
  const onFailure = (name: string, cause: unknown) => {
    failed = { failed: name, why: `failed and changed nothing: ${messageOf(cause)}`, cause: stackOf(cause) };
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
    if (edited !== undefined) {
      const why = "was changed after this database was made; restore its file, or start with a new database";
      return { failed: edited, why, cause: undefined };
    }
    const newer =
      state.history && "unpersistedMigrationNames" in state.history
        ? state.history.unpersistedMigrationNames[0]
        : undefined;
    if (newer !== undefined) {
      const why = "is in this database but not in this version of Siempre; start the newer version";
      return { failed: newer, why, cause: undefined };
    }
    // Recorded as begun and not as finished: the attempt was undone with its transaction (see wholeScripts).
    for (const migrationName of state.failedMigrationNames)
      await engine.markMigrationRolledBack({ migrationName });
    const result = await engine.applyMigrations({ migrationsList: list, filters: NOTHING_EXTERNAL });
    return { applied: result.appliedMigrationNames };
  } catch (error) {
    const why = `could not be looked for: ${messageOf(error)}`;
    return failed ?? { failed: "(none)", why, cause: stackOf(error) };
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

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack : String(error);
}

// Whoever asked is gone: what is under way is undone with its transaction, and asked for again at the next start.
process.once("disconnect", () => process.exit());
process.once("message", (order: Order) => {
  void apply(order).then((outcome) => process.send?.(outcome));
});
