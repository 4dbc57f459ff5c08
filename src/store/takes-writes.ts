import type { Direct } from "./direct.ts";

/** Whether the database can be reached and takes writes: a server that only reads refuses the lock. Never rejects. */
export async function takesWrites(db: Direct): Promise<boolean> {
  try {
    await db.transact((tx) => tx.$queryRaw`SELECT 1 FROM channel LIMIT 1 FOR KEY SHARE`);
    return true;
  } catch {
    // Whoever asks has the failure that made them ask.
    return false;
  }
}
