// Requests as triage read them and as people corrected them, for the report.
import type { TriagedRow } from "../domain/reports/triage.ts";
import type { Instant } from "../domain/words.ts";
import type { Statements } from "./direct.ts";

interface Row {
  openedAt: Date;
  tier: number;
  source: string | null;
  from: number | null;
  to: number | null;
  none: boolean;
}

/** Requests of the workspace opened since then. */
export async function triagedRows(
  db: Statements,
  workspaceId: string,
  since: Instant,
): Promise<readonly TriagedRow[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT r.opened_at AS "openedAt", (o.data ->> 'tier')::int AS tier, o.data ->> 'source' AS source,
           first.from AS from, last.to AS to, EXISTS (
             SELECT 1 FROM request_event n WHERE n.request_id = r.id AND n.kind = 'corrected'
               AND n.data ->> 'verdict' = 'not_request' AND n.data ->> 'message' = r.root) AS none
    FROM request r
    JOIN request_event o ON o.request_id = r.id AND o.seq = 0
    LEFT JOIN LATERAL (
      SELECT (data ->> 'from')::int AS from FROM request_event
      WHERE request_id = r.id AND kind = 'tiered' AND data ->> 'how' = 'person' ORDER BY seq LIMIT 1
    ) first ON true
    LEFT JOIN LATERAL (
      SELECT (data ->> 'to')::int AS to FROM request_event
      WHERE request_id = r.id AND kind = 'tiered' AND data ->> 'how' = 'person' ORDER BY seq DESC LIMIT 1
    ) last ON true
    WHERE r.workspace_id = ${workspaceId}::uuid AND r.opened_at > ${new Date(since)}::timestamptz`;
  return rows.map((row) => ({
    openedAt: row.openedAt.getTime(),
    read: asTier(row.from ?? row.tier),
    source: row.source === "model" ? "model" : "rule",
    chosen: row.none ? 0 : row.to === null ? null : asTier(row.to),
  }));
}

function asTier(number: number): TriagedRow["read"] {
  return number === 1 || number === 2 || number === 3 || number === 5 ? number : 4;
}
