// Chances that were noted, for the weekly summary.
import type { Chance } from "../domain/reports/summary.ts";
import type { Instant } from "../domain/words.ts";
import type { Statements } from "./direct.ts";

const WEEK = 7 * 86_400_000;
/** What nobody took for so long, ms, is no chance any more. */
const FORGOTTEN_AFTER = 4 * WEEK;
const MOST = 20;

interface ChanceRow extends Omit<Chance, "follows"> {
  owner: string | null;
  until: number | null;
}

/** Those noted in the window, those nobody has yet, and those whose day is not over; one for each request, free ones first. */
export async function chancesOf(
  db: Pick<Statements, "$queryRaw">,
  scope: { workspaceId: string; teamId: string },
  window: { from: Instant; to: Instant },
): Promise<Chance[]> {
  const [from, to] = [new Date(window.from), new Date(window.to)];
  const since = new Date(window.to - FORGOTTEN_AFTER);
  const rows = await db.$queryRaw<ChanceRow[]>`
    SELECT * FROM (
      SELECT DISTINCT ON (r.id) r.id AS request, r.number, coalesce(c.name, p.name) AS who, n.quote, n.at,
             r.status IN ('open', 'waiting') AS first, o.name AS owner, (f.data ->> 'until')::float8 AS until
      FROM signal_note n
      JOIN request r ON r.id = n.request_id AND r.team_id = ${scope.teamId}::uuid
      JOIN person p ON p.id = r.customer_id
      LEFT JOIN company c ON c.id = r.company_id
      LEFT JOIN LATERAL (
        SELECT e.data FROM request_event e WHERE e.request_id = r.id AND e.kind = 'follow_up' AND e.at < ${to}
        ORDER BY e.seq DESC LIMIT 1) f ON true
      LEFT JOIN person o ON o.id = (f.data ->> 'who')::uuid
      WHERE n.workspace_id = ${scope.workspaceId}::uuid AND n.signal = 'opportunity' AND n.at < ${to}
        AND (n.at >= ${from} OR (f.data IS NULL AND n.at >= ${since})
             OR (f.data ->> 'until')::float8 >= ${window.from}::float8)
      ORDER BY r.id, n.quote = '', n.at DESC
    ) chances ORDER BY owner IS NOT NULL, until, at DESC LIMIT ${MOST}::int`;
  return rows.map(({ request, number, who, quote, first, owner, until }) => ({
    ...{ request, number, who, quote, first },
    follows: owner === null || until === null ? null : { name: owner, until },
  }));
}
