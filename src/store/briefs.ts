// What one owner wrote for the next. Words, so a row that can be erased.
import type { RequestId } from "../domain/words.ts";
import type { Statements } from "./direct.ts";

/** The words of a brief, or null: erased, or never written. */
export async function briefText(db: Statements, id: string): Promise<string | null> {
  const rows = await db.$queryRaw<{ text: string }[]>`
    SELECT text FROM brief WHERE id = ${id}::uuid AND erased_at IS NULL`;
  return rows[0]?.text || null;
}

/** The newest brief of a request that can still be read, or null. */
export async function lastBrief(db: Statements, request: RequestId): Promise<string | null> {
  const rows = await db.$queryRaw<{ text: string }[]>`
    SELECT text FROM brief WHERE request_id = ${request}::uuid AND erased_at IS NULL ORDER BY at DESC LIMIT 1`;
  return rows[0]?.text || null;
}
