import type { Database } from "./db.ts";

/**
 * Throws away everything in the database. Only for the sandbox, whose database is its own and begins anew each time:
 * a trial shows request #1, not the leftovers of the last one.
 */
export async function wipe(db: Database): Promise<void> {
  await db.$executeRawUnsafe("DROP SCHEMA IF EXISTS pgboss CASCADE");
  await db.$executeRawUnsafe("DROP SCHEMA public CASCADE");
  await db.$executeRawUnsafe("CREATE SCHEMA public");
}
