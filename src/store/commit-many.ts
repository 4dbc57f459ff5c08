// Writing many decisions at once: a storm of promises that fall due costs a few statements, not some for each.

import type { Availability } from "../domain/people/availability.ts";
import { pledgesOf } from "../domain/promises/pledges.ts";
import { wakeAt } from "../domain/promises/reminders.ts";
import type { Fact } from "../domain/request/facts.ts";
import { standing } from "../domain/request/moved.ts";
import { type RequestState, replay } from "../domain/request/state.ts";
import type { Instant, RequestId } from "../domain/words.ts";
import { asDate, becomes, pledgeRow } from "./commit.ts";
import type { Transaction } from "./direct.ts";
import { toRow } from "./facts.ts";
import type { LoadedRequest } from "./load.ts";

type OwnerOf = (state: RequestState, terms: LoadedRequest["terms"]) => Availability | null;

/**
 * Adds facts to several requests. Whatever somebody else changed since it was loaded is left alone, and keeps no other from
 * being written. Resolves to the wake-ups of those that were written.
 */
export async function appendToMany(
  tx: Transaction,
  additions: readonly { request: LoadedRequest; facts: readonly Fact[] }[],
  ownerOf: OwnerOf,
  now: Instant,
): Promise<ReadonlyMap<RequestId, Instant | null>> {
  if (additions.length === 0) return new Map();
  const all = additions.map(({ request, facts }) => {
    const history = standing([...request.history, ...facts]);
    const state = replay(history);
    const { terms } = request;
    const its = becomes(request, history, { state, terms, owner: ownerOf(state, terms), now });
    return { request, facts, its };
  });
  const rows = all.map(({ request: { id, version }, its }) => ({
    ...{ id, version, status: its.status, tier: its.tier, urgency: its.urgency, lang: its.lang },
    ...{
      owner_id: its.ownerId,
      offered_to: its.offeredTo,
      customer_at: its.customerAt,
      closed_at: its.closedAt,
    },
    ...{ wake_at: asDate(its.wake), handovers: its.handovers, contacts: its.contacts },
    ...{ waited_ms: its.waitedMs, waits_since: asDate(its.waitsSince) },
  }));
  const changed = await tx.$queryRaw<{ id: RequestId }[]>`
    UPDATE request r SET status = its.status, tier = its.tier, urgency = its.urgency, lang = its.lang,
      owner_id = its.owner_id, customer_at = its.customer_at, closed_at = its.closed_at, wake_at = its.wake_at,
      offered_to = its.offered_to, handovers = its.handovers, contacts = its.contacts, waited_ms = its.waited_ms,
      waits_since = its.waits_since, version = r.version + 1, updated_at = now()
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS its (id uuid, version int, status text, tier int, urgency text, lang text, owner_id uuid, offered_to uuid,
              customer_at timestamptz, closed_at timestamptz, wake_at timestamptz, handovers int, contacts int,
              waited_ms bigint, waits_since timestamptz)
    WHERE r.id = its.id AND r.version = its.version RETURNING r.id`;
  const mine = new Set(changed.map(({ id }) => id));
  const written = all.filter(({ request }) => mine.has(request.id));
  const ids = [...mine];
  const facts = written.flatMap(({ request: { id, workspaceId, written: first }, facts }) =>
    facts.map((fact, index) => ({ request: id, workspace: workspaceId, ...toRow(fact, first + index) })),
  );
  const pledges = written.flatMap(({ request: { id, workspaceId }, its }) =>
    its.pledges.map((pledge) => ({ request: id, workspace: workspaceId, ...pledgeRow(pledge) })),
  );
  const writes = [
    tx.$executeRaw`DELETE FROM pledge WHERE request_id = ANY(${ids}::uuid[])`,
    tx.$executeRaw`
      INSERT INTO request_event (workspace_id, request_id, seq, kind, at, by_id, data)
      SELECT workspace, request, seq, kind, at, by_id, data FROM jsonb_to_recordset(${JSON.stringify(facts)}::jsonb)
        AS fact (workspace uuid, request uuid, seq int, kind text, at timestamptz, by_id uuid, data jsonb)`,
    tx.$executeRaw`
      INSERT INTO pledge (request_id, workspace_id, key, kind, state, started_at, due_at, ended_at, by_id)
      SELECT request, workspace, key, kind, state, started_at, due_at, ended_at, by_id
      FROM jsonb_to_recordset(${JSON.stringify(pledges)}::jsonb)
        AS pledge (request uuid, workspace uuid, key text, kind text, state text, started_at timestamptz,
                   due_at timestamptz, ended_at timestamptz, by_id uuid)`,
  ];
  tx.along(Promise.all(writes));
  return new Map(written.map(({ request, its }) => [request.id, its.wake]));
}

/** Computes the wake-ups of several requests anew, without changing anything else. */
export async function rewakeMany(
  tx: Transaction,
  requests: readonly LoadedRequest[],
  ownerOf: OwnerOf,
  now: Instant,
): Promise<void> {
  if (requests.length === 0) return;
  const rows = requests.map(({ id, version, history, terms }) => {
    const state = replay(history);
    const at = wakeAt(state, pledgesOf(history, terms, now), terms, ownerOf(state, terms));
    // An alarm that is due and yet leads to nothing would wake it at once again.
    return { id, version, wake_at: asDate(at !== null && at <= now ? null : at) };
  });
  await tx.$executeRaw`
    UPDATE request r SET wake_at = its.wake_at, updated_at = now()
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS its (id uuid, version int, wake_at timestamptz)
    WHERE r.id = its.id AND r.version = its.version`;
}
