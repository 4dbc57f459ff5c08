// The words of what was recognised in messages: private to staff, erasable.
import type { CustomerSignal } from "../domain/triage/customer-signals.ts";
import type { RequestId } from "../domain/words.ts";
import type { Statements } from "./direct.ts";

/** The newest words of that kind in the request: "" where the customer took them back, null where the note was deleted. */
export async function noteOf(
  db: Statements,
  request: RequestId,
  signal: CustomerSignal,
): Promise<string | null> {
  const rows = await db.$queryRaw<{ quote: string }[]>`
    SELECT quote FROM signal_note WHERE request_id = ${request}::uuid AND signal = ${signal}
    ORDER BY quote = '', at DESC LIMIT 1`;
  return rows[0]?.quote ?? null;
}

/** Where posts of ours stand whose key begins so. */
export async function postsNamed(
  db: Statements,
  workspaceId: string,
  beginning: string,
): Promise<
  readonly {
    key: string;
    platform: string;
    workspace: string;
    channel: string;
    message: string;
    at: number;
  }[]
> {
  const rows = await db.$queryRaw<
    { key: string; platform: string; workspace: string; channel: string; message: string; at: Date | null }[]
  >`
    SELECT key, platform, place AS workspace, channel, message, posted_at AS at FROM post
    WHERE workspace_id = ${workspaceId}::uuid AND message IS NOT NULL AND starts_with(key, ${beginning})`;
  return rows.map((row) => ({ ...row, at: row.at?.getTime() ?? 0 }));
}
