// Prisma's schema engine as WebAssembly: no binary to download, and it reaches the database through our own driver.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type { MigrationDirectory, MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";

type Glue = typeof import("@prisma/schema-engine-wasm/schema_engine_bg");

// What we use of it; TypeScript knows WebAssembly only together with a browser's whole world.
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: object,
  ): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
};

let glue: Promise<Glue> | undefined;

/** An engine on that database. Call `free()` when done; the factory's connections are the caller's to close. */
export async function openEngine(factory: SqlMigrationAwareDriverAdapterFactory): Promise<SchemaEngine> {
  glue ??= load();
  const { SchemaEngine } = await glue;
  return SchemaEngine.new({ datamodels: undefined }, () => {}, bindMigrationAwareSqlAdapterFactory(factory));
}

// The package's own entry imports its .wasm as a module, which Node only does with a warning.
async function load(): Promise<Glue> {
  const name = "@prisma/schema-engine-wasm/schema_engine_bg";
  const loaded = (await import(name)) as Glue & { __wbg_set_wasm(exports: object): void };
  const file = join(dirname(createRequire(import.meta.url).resolve(name)), "schema_engine_bg.wasm");
  const imports = Object.fromEntries(Object.entries(loaded).map(([key, value]) => [key, unkept(key, value)]));
  const { instance } = await WebAssembly.instantiate(await readFile(file), {
    "./schema_engine_bg.js": imports,
  });
  loaded.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return loaded;
}

// The engine never clears the timer (10 s) of its advisory lock; no process should have to stay alive for it.
function unkept(key: string, given: unknown): unknown {
  if (!key.startsWith("__wbg_setTimeout_") || typeof given !== "function") return given;
  return (...args: unknown[]) => {
    const timer: unknown = given(...args);
    if (timer && typeof timer === "object" && "unref" in timer) (timer as NodeJS.Timeout).unref();
    return timer;
  };
}

export interface Migration {
  /** Name of its folder, for example `0001_road`. They are applied in the order of their names. */
  name: string;
  sql: string;
}

/** The engine's own shape of a list of migrations. */
export function migrationList(baseDir: string, migrations: readonly Migration[]): MigrationList {
  const migrationDirectories = migrations.map(
    ({ name, sql }): MigrationDirectory => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } },
    }),
  );
  const lockfile = { path: "migration_lock.toml", content: 'provider = "postgresql"\n' };
  return { baseDir, lockfile, shadowDbInitScript: "", migrationDirectories };
}

/**
 * The SQL that takes an empty database (`before` null), or one made from `before`, to what `after` describes; both
 * are texts of a schema.prisma. Needs no database. An unchanged schema gives only a comment.
 */
export async function difference(before: string | null, after: string): Promise<string> {
  const target = (content: string) => ({
    tag: "schemaDatamodel" as const,
    files: [{ path: "schema.prisma", content }],
  });
  const engine = await openEngine(noDatabase());
  try {
    const { stdout } = await engine.diff({
      from: before === null ? { tag: "empty" } : target(before),
      to: target(after),
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout ?? "";
  } finally {
    engine.free();
  }
}

// The engine asks its driver at once whether the schema `public` exists, and for the server's version; comparing two
// texts asks nothing more.
function noDatabase(): SqlMigrationAwareDriverAdapterFactory {
  const refuse = () => Promise.reject(new Error("comparing schemas needs no database"));
  const adapter: SqlDriverAdapter = {
    provider: "postgres",
    adapterName: "no database",
    getConnectionInfo: () => ({ schemaName: "public", supportsRelationJoins: true }),
    queryRaw: async () => ({
      columnNames: ["exists", "version", "numeric_version"],
      columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
      rows: [[true, "PostgreSQL 18.0", 180_000]],
    }),
    executeRaw: refuse,
    executeScript: refuse,
    startTransaction: refuse,
    dispose: () => Promise.resolve(),
  };
  const connect = () => Promise.resolve(adapter);
  return { provider: "postgres", adapterName: "no database", connect, connectToShadowDb: connect };
}
