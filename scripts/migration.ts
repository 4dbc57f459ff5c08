// Writes a migration from the change of prisma/schema.prisma. It needs no database.
//
//   npm run migration -- add_surveys      a new folder prisma/migrations/000N_add_surveys
//   npm run migration -- --again          rewrites the newest one written here, while it is not released
//
// Each written migration keeps the schema.prisma it leads to beside it, and the next one starts there. A folder
// without schema.prisma is written by hand (triggers, partial indexes) and never touched by this script.
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { MIGRATIONS_DIR, readMigrations } from "../src/store/migrate.ts";
import { difference } from "../src/store/schema-engine.ts";

const [argument] = process.argv.slice(2);
if (!argument || (argument !== "--again" && !/^[a-z][a-z0-9_]*$/.test(argument))) {
  console.error("Say what it does in lower case (npm run migration -- add_surveys), or --again.");
  process.exit(2);
}

const all = (await readMigrations()).map(({ name }) => name);
const written = all.filter((name) => existsSync(join(MIGRATIONS_DIR, name, "schema.prisma")));
const again = argument === "--again" ? written.pop() : undefined;
if (argument === "--again" && !again) {
  console.error("There is no migration to rewrite yet: give it a name.");
  process.exit(2);
}

const number = Math.max(0, ...all.map((name) => Number.parseInt(name, 10) || 0)) + 1;
const name = again ?? `${String(number).padStart(4, "0")}_${argument}`;
const previous = written.at(-1);
const before = previous ? await readFile(join(MIGRATIONS_DIR, previous, "schema.prisma"), "utf8") : null;
const schema = await readFile(fileURLToPath(new URL("../prisma/schema.prisma", import.meta.url)), "utf8");

const sql = await difference(before, schema);
if (/^-- This is an empty migration\.?\s*$/.test(sql.trim())) {
  console.log("prisma/schema.prisma has not changed: nothing to write.");
} else {
  const folder = join(MIGRATIONS_DIR, name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "migration.sql"), sql);
  await writeFile(join(folder, "schema.prisma"), schema);
  console.log(`Wrote prisma/migrations/${name}.`);
}
