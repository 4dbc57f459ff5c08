// Messages moved between requests by a person's hand, and the examples kept of what people said.
import { v7 as uuid } from "uuid";
import type { Moved } from "../domain/request/correct.ts";
import type { Verdict } from "../domain/request/facts.ts";
import type { Said } from "../domain/triage/silence.ts";
import type { Instant, PersonId, RequestId } from "../domain/words.ts";
import type { Statements } from "./direct.ts";

interface MovedRow extends Omit<Moved, "at"> {
  at: Date;
  text: string;
}

/** The messages of a request that stand on the platform, oldest first. */
export async function messagesOf(
  tx: Statements,
  request: RequestId,
): Promise<readonly (Moved & { text: string })[]> {
  const rows = await tx.$queryRaw<MovedRow[]>`
    SELECT external_id AS message, role, author_id AS author, at, text FROM message
    WHERE request_id = ${request}::uuid AND external_id IS NOT NULL AND author_id IS NOT NULL ORDER BY at`;
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}

/** From here on they belong to that request, or (null) to none. */
export async function moveMessages(
  tx: Statements,
  place: { workspaceId: string; channelId: string; channel: string },
  messages: readonly string[],
  to: RequestId | null,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE message SET request_id = ${to}::uuid
    WHERE workspace_id = ${place.workspaceId}::uuid AND channel = ${place.channel}
      AND external_id = ANY(${[...messages]}::text[])`;
  await tx.$executeRaw`
    UPDATE heard SET request_id = ${to}::uuid
    WHERE channel_id = ${place.channelId}::uuid AND message = ANY(${[...messages]}::text[])`;
}

export interface NewExample {
  workspaceId: string;
  channelId: string;
  message: string;
  request: RequestId | null;
  text: string;
  verdict: Verdict | "tier";
  /** The tier it is; 0: no request; null: it says nothing of that. */
  tier: number | null;
  by: PersonId;
  at: Instant;
}

/** Keeps what a person said of a message; the last word counts. Everybody who learns from it notices by the count. */
export async function keepExample(tx: Statements, example: NewExample): Promise<void> {
  if (example.text.trim() === "") return;
  await tx.$executeRaw`
    INSERT INTO example (id, workspace_id, channel_id, message, request_id, text, verdict, tier, by_id, at)
    VALUES (${uuid()}::uuid, ${example.workspaceId}::uuid, ${example.channelId}::uuid, ${example.message},
      ${example.request}::uuid, ${example.text.slice(0, 2_000)}, ${example.verdict}, ${example.tier}::int,
      ${example.by}::uuid, ${new Date(example.at)}::timestamptz)
    ON CONFLICT (workspace_id, channel_id, message) DO UPDATE
      SET request_id = excluded.request_id, text = excluded.text, verdict = excluded.verdict,
          tier = coalesce(excluded.tier, example.tier), by_id = excluded.by_id, at = excluded.at`;
  await tx.$executeRaw`UPDATE workspace SET learned = learned + 1 WHERE id = ${example.workspaceId}::uuid`;
}

/** Forgets what was learned from a request. Returns how much that was. */
export async function forgetExamples(
  tx: Statements,
  workspaceId: string,
  request: RequestId,
): Promise<number> {
  const gone = await tx.$executeRaw`
    DELETE FROM example WHERE workspace_id = ${workspaceId}::uuid AND request_id = ${request}::uuid`;
  if (gone > 0)
    await tx.$executeRaw`UPDATE workspace SET learned = learned + 1 WHERE id = ${workspaceId}::uuid`;
  return gone;
}

/** How many examples a workspace learns from; the latest count. */
const LEARNED_FROM = 500;

/** Counts what was learned and forgotten: as long as it is the same, so are the examples. */
export async function learnedVersion(db: Statements, workspaceId: string): Promise<number> {
  const [row] = await db.$queryRaw<{ learned: number }[]>`
    SELECT learned FROM workspace WHERE id = ${workspaceId}::uuid`;
  return row?.learned ?? 0;
}

/** What people of the workspace said messages are, and who of whose, oldest first. */
export async function examplesOf(
  db: Statements,
  workspaceId: string,
): Promise<readonly (Said & { text: string; tier: number })[]> {
  const rows = await db.$queryRaw<(Said & { text: string; tier: number })[]>`
    SELECT e.text, e.tier, e.by_id AS by, e.channel_id AS channel, m.author_id AS author, r.number
    FROM example e LEFT JOIN channel c ON c.id = e.channel_id
      LEFT JOIN message m ON m.workspace_id = e.workspace_id AND m.channel = c.external_id AND m.external_id = e.message
      LEFT JOIN request r ON r.id = e.request_id
    WHERE e.workspace_id = ${workspaceId}::uuid AND e.tier IS NOT NULL
    ORDER BY e.at DESC, e.id DESC LIMIT ${LEARNED_FROM}::int`;
  return rows.toReversed();
}
