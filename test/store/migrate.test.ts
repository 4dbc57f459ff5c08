import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { afterEach, describe, expect, test } from "vitest";
import { MIGRATIONS_DIR, migrate, readMigrations } from "../../src/store/migrate.ts";
import { difference } from "../../src/store/schema-engine.ts";
import { emptyDatabase, freshDatabase } from "../support/database.ts";

const SCHEMA = fileURLToPath(new URL("../../prisma/schema.prisma", import.meta.url));

type Row = Record<string, unknown>;

async function query(url: string, sql: string): Promise<Row[]> {
  const adapter = await new PrismaPg(url).connect();
  try {
    return (await adapter.underlyingDriver().query<Row>(sql)).rows;
  } finally {
    await adapter.dispose();
  }
}

/** Everything in the schema that a difference could hide in, each as one line of text. */
async function catalog(url: string): Promise<string[]> {
  const rows = await query(
    url,
    `SELECT concat_ws(' ', 'column', table_name, column_name, udt_name, datetime_precision, is_nullable, column_default)
       AS line FROM information_schema.columns WHERE table_schema = 'public'
     UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
     UNION ALL SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
       FROM pg_constraint WHERE connamespace = 'public'::regnamespace
     UNION ALL SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
     UNION ALL SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
     UNION ALL SELECT concat_ws(' ', 'enum', enumtypid::regtype, enumlabel) FROM pg_enum`,
  );
  return rows
    .map(({ line }) => String(line))
    .filter((line) => !line.includes("_prisma_migrations"))
    .sort();
}

describe("the database that the migrations make", () => {
  test("is the one that schema.prisma describes (else: npm run migration -- what_changed)", async () => {
    const [migrated, described] = await Promise.all([freshDatabase(), emptyDatabase()]);
    await query(described.url, await difference(null, await readFile(SCHEMA, "utf8")));
    for (const { name, sql } of await readMigrations()) {
      const byHand = !existsSync(join(MIGRATIONS_DIR, name, "schema.prisma"));
      if (byHand) await query(described.url, sql);
    }
    expect(await catalog(migrated.url)).toEqual(await catalog(described.url));
  });

  test("keeps every table under a workspace", async () => {
    const { url } = await freshDatabase();
    const homeless = await query(
      url,
      `SELECT table_name FROM information_schema.tables AS t
       WHERE table_schema = 'public' AND NOT EXISTS (
         SELECT FROM information_schema.columns AS c WHERE c.table_schema = 'public'
         AND c.table_name = t.table_name AND c.column_name = 'workspace_id' AND c.is_nullable = 'NO')
       ORDER BY 1`,
    );
    expect(homeless.map((row) => row.table_name)).toEqual([
      "_prisma_migrations",
      "policy_change",
      "workspace",
    ]);
  });

  test.each([
    "UPDATE request_event SET kind = 'other'",
    "DELETE FROM request_event",
    "DELETE FROM request_event WHERE false",
    "TRUNCATE request_event",
    "TRUNCATE workspace CASCADE",
  ])("refuses to change history: %s", async (sql) => {
    const { url, drop } = await freshDatabase();
    await expect(query(url, sql)).rejects.toThrow(/request_event is refused: it is append-only/);
    await drop();
  });
});

describe("migrating at start", () => {
  let folder: string | undefined;

  afterEach(async () => {
    if (folder) await rm(folder, { recursive: true, force: true });
    folder = undefined;
  });

  async function migrations(scripts: Record<string, string>): Promise<string> {
    folder ??= await mkdtemp(join(tmpdir(), "siempre-migrations-"));
    for (const [name, sql] of Object.entries(scripts)) {
      await mkdir(join(folder, name), { recursive: true });
      await writeFile(join(folder, name, "migration.sql"), sql);
    }
    return folder;
  }

  test("applies each migration once, also when two bots start together", async () => {
    const { url } = await emptyDatabase();
    const names = (await readMigrations()).map(({ name }) => name);

    const both = await Promise.all([migrate(url), migrate(url)]);

    expect(both.toSorted((a, b) => a.length - b.length)).toEqual([[], names]);
    const rows = await query(url, "SELECT * FROM _prisma_migrations ORDER BY migration_name");
    expect(rows.map((row) => row.migration_name)).toEqual(names);
    for (const row of rows) expect(row).toMatchObject({ applied_steps_count: 1, rolled_back_at: null });
    for (const row of rows) expect(row.finished_at).toBeInstanceOf(Date);
  });

  test("names the migration that failed, leaves nothing of it, and applies it once it is mended", async () => {
    const { url } = await emptyDatabase();
    const dir = await migrations({
      "0001_one": "CREATE TABLE one (id int);",
      "0002_two": "CREATE TABLE two (id int); CREATE TABLE one (id int);",
    });

    await expect(migrate(url, dir)).rejects.toMatchObject({
      code: "migration_failed",
      fields: { migration: "0002_two" },
      message: expect.stringContaining('relation "one" already exists'),
    });
    expect(await query(url, "SELECT to_regclass('two') AS two, to_regclass('one')::text AS one")).toEqual([
      { two: null, one: "one" },
    ]);

    await migrations({ "0002_two": "CREATE TABLE two (id int);" });
    expect(await migrate(url, dir)).toEqual(["0002_two"]);
    expect(await migrate(url, dir)).toEqual([]);
  });

  test("takes up a migration during which the bot was killed", async () => {
    const { url } = await emptyDatabase();
    const dir = await migrations({ "0001_one": "CREATE TABLE one (id int);" });
    await migrate(url, dir);
    // What a death in the middle leaves: begun, its transaction undone.
    await query(
      url,
      "UPDATE _prisma_migrations SET finished_at = NULL, applied_steps_count = 0; DROP TABLE one",
    );

    expect(await migrate(url, dir)).toEqual(["0001_one"]);
    expect(await query(url, "SELECT * FROM one")).toEqual([]);
  });

  test("says so when a migration was changed after it had been applied", async () => {
    const { url } = await emptyDatabase();
    const dir = await migrations({ "0001_one": "CREATE TABLE one (id int);" });
    await migrate(url, dir);
    await migrations({ "0001_one": "CREATE TABLE one (id bigint);" });

    await expect(migrate(url, dir)).rejects.toMatchObject({
      code: "migration_failed",
      fields: { migration: "0001_one" },
      message: expect.stringContaining("was changed after"),
    });
  });

  test("refuses a database that a newer version has migrated", async () => {
    const { url } = await emptyDatabase();
    const dir = await migrations({ "0001_one": "CREATE TABLE one (id int);", "0002_two": "SELECT 1;" });
    await migrate(url, dir);
    await rm(join(dir, "0002_two"), { recursive: true });

    await expect(migrate(url, dir)).rejects.toMatchObject({
      code: "migration_failed",
      fields: { migration: "0002_two" },
      message: expect.stringContaining("newer version"),
    });
  });

  test("says that the database does not answer", async () => {
    const { url } = await emptyDatabase();
    const nowhere = new URL(url);
    nowhere.port = "1";
    await expect(migrate(nowhere.href)).rejects.toMatchObject({
      code: "database_unavailable",
      message: expect.stringContaining("DATABASE_URL"),
    });
  });
});
