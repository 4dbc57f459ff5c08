// Direct messages with a bot of several workspaces: in which of them a talk is known.
import { DIRECT } from "../domain/terms.ts";
import type { Instant } from "../domain/words.ts";
import type { Statements } from "./direct.ts";

const DAY = 24 * 3_600_000;

export interface KnownTalk {
  /** The platform's id of the workspace. */
  workspace: string;
  /** This very message was heard in it. */
  heard: boolean;
  /** A request of the talk is open, or its customer wrote within the last day. */
  running: boolean;
}

/** The workspaces that know this channel of direct messages, the one used last first. */
export async function talksOf(
  db: Statements,
  of: { platform: string; channel: string; message: string; at: Instant },
): Promise<readonly KnownTalk[]> {
  return db.$queryRaw<KnownTalk[]>`
    SELECT w.external_id AS workspace,
      EXISTS (SELECT FROM heard h WHERE h.channel_id = c.id AND h.message = ${of.message}) AS heard,
      EXISTS (SELECT FROM request r WHERE r.channel_id = c.id AND (r.status IN ('open', 'waiting')
        OR r.customer_at > ${new Date(of.at - DAY)}::timestamptz)) AS running
    FROM channel c JOIN workspace w ON w.id = c.workspace_id
    WHERE w.platform = ${of.platform} AND c.external_id = ${of.channel} AND c.name = ${DIRECT}
    ORDER BY c.cursor_at DESC NULLS LAST`;
}
