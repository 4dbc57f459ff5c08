// Requests of tier 1 that belong together: several reports of one failure.
import { TOGETHER } from "../domain/request/paging.ts";
import type { Instant, RequestId } from "../domain/words.ts";
import type { Statements } from "./direct.ts";

/**
 * Whether a request of tier 1 is the second report of a failure: another one of its team came shortly before, and so far
 * neither was anybody woken for it nor has anybody of us shown themselves. Locks the team until the transaction ends: of two
 * reports at one moment the later one must see the earlier.
 */
export async function isSecondReport(
  tx: Statements,
  request: { id: RequestId | null; workspaceId: string; teamId: string },
  now: Instant,
): Promise<boolean> {
  await tx.$queryRaw`SELECT id FROM team WHERE id = ${request.teamId}::uuid FOR NO KEY UPDATE`;
  const since = new Date(now - TOGETHER);
  const [found] = await tx.$queryRaw<{ others: number; attended: boolean | null }[]>`
    SELECT count(*)::int AS others, bool_or(EXISTS (
      SELECT 1 FROM request_event e
      WHERE e.request_id = r.id AND e.by_id IS DISTINCT FROM r.customer_id
        AND (e.kind IN ('paged', 'page_asked', 'page_answered', 'answered', 'on_it')
             OR (e.kind = 'owned' AND e.by_id::text = e.data->>'owner'))
    )) AS attended
    FROM request r
    WHERE r.workspace_id = ${request.workspaceId}::uuid AND r.team_id = ${request.teamId}::uuid AND r.tier = 1 AND r.status IN ('open', 'waiting')
      AND r.opened_at > ${since}::timestamptz AND r.id IS DISTINCT FROM ${request.id}::uuid`;
  return found !== undefined && found.others > 0 && found.attended !== true;
}
