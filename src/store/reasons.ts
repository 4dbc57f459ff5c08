// Why reminders were put off: the last word about each promise, with the name of whoever said it.
import type { RequestId } from "../domain/words.ts";
import type { Statements } from "./direct.ts";

export interface PutOff {
  by: string;
  /** Empty once erased. */
  why: string;
}

/** By request and promise, `${request} ${pledge}`. */
export async function putOffs(
  db: Statements,
  requests: readonly RequestId[],
): Promise<ReadonlyMap<string, PutOff>> {
  if (requests.length === 0) return new Map();
  const rows = await db.$queryRaw<(PutOff & { request: string; pledge: string })[]>`
    SELECT DISTINCT ON (e.request_id, e.data->>'pledge') e.request_id AS request, e.data->>'pledge' AS pledge,
           p.name AS by, coalesce(r.text, '') AS why
    FROM request_event e JOIN person p ON p.id = e.by_id
    LEFT JOIN reason r ON r.id = (e.data->>'why')::uuid
    WHERE e.kind = 'snoozed' AND e.request_id = ANY(${[...new Set(requests)]}::uuid[])
    ORDER BY e.request_id, e.data->>'pledge', e.seq DESC`;
  return new Map(rows.map(({ request, pledge, by, why }) => [`${request} ${pledge}`, { by, why }]));
}
