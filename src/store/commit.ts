// Writing: everything one decision made, in the caller's one transaction.
import type { Availability } from "../domain/people/availability.ts";
import type { Terms } from "../domain/policy.ts";
import { type Pledge, pledgesOf } from "../domain/promises/pledges.ts";
import { wakeAt } from "../domain/promises/reminders.ts";
import { countsOf } from "../domain/request/counts.ts";
import type { Fact } from "../domain/request/facts.ts";
import { standing } from "../domain/request/moved.ts";
import { type RequestState, replay } from "../domain/request/state.ts";
import type { Instant, RequestId } from "../domain/words.ts";
import { SiempreError } from "../errors.ts";
import { ownerOf } from "./availability.ts";
import { codeOf, type Statements, type Transaction } from "./direct.ts";
import { toRow } from "./facts.ts";
import type { LoadedRequest } from "./load.ts";
import { type MessageRow, messageRows } from "./words.ts";

export interface NewRequest {
  id: RequestId;
  workspaceId: string;
  channelId: string;
  teamId: string | null;
  companyId: string | null;
  customerId: string;
  thread: string | null;
  terms: Terms;
  evidence: readonly string[];
  linkedTo: RequestId | null;
}

export interface Inserted {
  /** When the core must look at it. */
  wake: Instant | null;
  /** Resolves to its number once it is written. */
  written: Promise<number>;
}

/**
 * Writes a new request with its first facts, its promises and the message it came from, in one statement: each one more
 * would cost as much as all it writes. The statement has been made when this returns. It takes the workspace's next number;
 * gaps appear where a transaction is rolled back.
 */
export function insertRequest(
  tx: Transaction,
  request: NewRequest,
  facts: readonly Fact[],
  now: Instant,
  message: MessageRow | null = null,
): Inserted {
  const state = replay(facts);
  const pledges = pledgesOf(facts, request.terms, now);
  // Born with an owner it is looked at at once: when they work is not known here.
  const wake = state.owner === null ? wakeAt(state, pledges, request.terms) : now;
  const { status, tier, urgency, lang, ownerId, customerAt, closedAt } = projection(state);
  const { contacts, waitedMs, waitsSince } = countsOf(facts, request.terms);
  const numbered = tx.$queryRaw<{ number: number }[]>`
    WITH next AS (
      UPDATE workspace SET next_number = next_number + 1 WHERE id = ${request.workspaceId}::uuid
      RETURNING next_number - 1 AS number
    ), opened AS (
    INSERT INTO request (id, workspace_id, number, channel_id, team_id, company_id, customer_id, owner_id, status, tier,
      urgency, lang, root, thread, opened_at, closed_at, customer_at, wake_at, terms, evidence, linked_to, contacts,
      waited_ms, waits_since, updated_at)
    SELECT ${request.id}::uuid, ${request.workspaceId}::uuid, next.number, ${request.channelId}::uuid,
      ${request.teamId}::uuid, ${request.companyId}::uuid, ${request.customerId}::uuid, ${ownerId}::uuid, ${status},
      ${tier}::int, ${urgency}, ${lang}, ${state.root}, ${request.thread}, ${new Date(state.openedAt)}::timestamptz,
      ${closedAt}::timestamptz, ${customerAt}::timestamptz, ${asDate(wake)}::timestamptz,
      ${JSON.stringify(request.terms)}::jsonb, ${JSON.stringify(request.evidence)}::jsonb, ${request.linkedTo}::uuid, ${contacts}::int,
      ${waitedMs}::bigint, ${asDate(waitsSince)}::timestamptz, now()
    FROM next RETURNING number
    ), facts AS (
    INSERT INTO request_event (workspace_id, request_id, seq, kind, at, by_id, data)
    SELECT ${request.workspaceId}::uuid, ${request.id}::uuid, seq, kind, at, by_id, data
    FROM jsonb_to_recordset(${factRows(facts, 0)}::jsonb)
      AS fact (seq int, kind text, at timestamptz, by_id uuid, data jsonb)
    ), pledges AS (
    INSERT INTO pledge (request_id, workspace_id, key, kind, state, started_at, due_at, ended_at, by_id)
    SELECT ${request.id}::uuid, ${request.workspaceId}::uuid, key, kind, state, started_at, due_at, ended_at, by_id
    FROM jsonb_to_recordset(${pledgeRows(pledges)}::jsonb)
      AS pledge (key text, kind text, state text, started_at timestamptz, due_at timestamptz, ended_at timestamptz,
                 by_id uuid)
    ), words AS (
    INSERT INTO message (id, workspace_id, request_id, channel, thread, external_id, author_id, role, text, files, at)
    SELECT id, ${request.workspaceId}::uuid, ${request.id}::uuid, channel, thread, external_id, author_id, role, text,
      files, at
    FROM jsonb_to_recordset(${messageRows(message ? [message] : [])}::jsonb)
      AS message (id uuid, channel text, thread text, external_id text, author_id uuid, role text, text text,
                  files jsonb, at timestamptz)
    ON CONFLICT DO NOTHING
    ) SELECT number FROM opened`;
  const written = numbered.then(([row]) => {
    if (!row) throw new Error(`Workspace ${request.workspaceId} is gone.`);
    return row.number;
  });
  return { wake, written };
}

/** What is written of a request whose history has become this one, whose owner works then. */
export function becomes(
  request: LoadedRequest,
  history: readonly Fact[],
  {
    state,
    terms,
    owner,
    now,
  }: { state: RequestState; terms: Terms; owner: Availability | null; now: Instant },
) {
  const pledges = pledgesOf(history, terms, now);
  const wake = wakeAt(state, pledges, terms, owner);
  return { wake, pledges, ...projection(state), ...countsOf(history, request.terms) };
}

/** PostgreSQL's code for a division by zero. */
const NOTHING_CHANGED = "22012";

/**
 * Adds facts to a request, and messages that are not kept yet. The transaction fails with version_conflict when somebody else
 * did since it was loaded: load and decide anew. The statement has been made when this resolves, to its wake-up.
 */
export async function appendFacts(
  tx: Transaction,
  request: LoadedRequest,
  { facts, messages = [] }: { facts: readonly Fact[]; messages?: readonly MessageRow[] },
  now: Instant,
  terms: Terms = request.terms,
): Promise<Instant | null> {
  const history = standing([...request.history, ...facts]);
  const state = replay(history);
  const owner = await ownerOf(tx, state, terms);
  const { wake, pledges, ...its } = becomes(request, history, { state, terms, owner, now });
  const changed = tx.$queryRaw`
    WITH changed AS (
    UPDATE request SET status = ${its.status}, tier = ${its.tier}::int, urgency = ${its.urgency}, lang = ${its.lang},
      owner_id = ${its.ownerId}::uuid, customer_at = ${its.customerAt}::timestamptz, closed_at = ${its.closedAt}::timestamptz,
      wake_at = ${asDate(wake)}::timestamptz, offered_to = ${its.offeredTo}::uuid,
      handovers = ${its.handovers}::int, contacts = ${its.contacts}::int, waited_ms = ${its.waitedMs}::bigint,
      waits_since = ${asDate(its.waitsSince)}::timestamptz, version = version + 1, updated_at = now()
    WHERE id = ${request.id}::uuid AND version = ${request.version}::int RETURNING id, workspace_id
    ), facts AS (
    INSERT INTO request_event (workspace_id, request_id, seq, kind, at, by_id, data)
    SELECT changed.workspace_id, changed.id, seq, kind, at, by_id, data
    FROM changed, jsonb_to_recordset(${factRows(facts, request.written)}::jsonb)
      AS fact (seq int, kind text, at timestamptz, by_id uuid, data jsonb)
    ), gone AS (
    DELETE FROM pledge USING changed
    WHERE request_id = changed.id AND key <> ALL(${pledges.map(({ key }) => key)}::text[])
    ), pledges AS (
    INSERT INTO pledge AS kept (request_id, workspace_id, key, kind, state, started_at, due_at, ended_at, by_id)
    SELECT changed.id, changed.workspace_id, key, kind, state, started_at, due_at, ended_at, by_id
    FROM changed, jsonb_to_recordset(${pledgeRows(pledges)}::jsonb)
      AS pledge (key text, kind text, state text, started_at timestamptz, due_at timestamptz, ended_at timestamptz,
                 by_id uuid)
    ON CONFLICT (request_id, key) DO UPDATE SET kind = excluded.kind, state = excluded.state,
      started_at = excluded.started_at, due_at = excluded.due_at, ended_at = excluded.ended_at, by_id = excluded.by_id
    WHERE (kept.kind, kept.state, kept.started_at, kept.due_at, kept.ended_at, kept.by_id) IS DISTINCT FROM
      (excluded.kind, excluded.state, excluded.started_at, excluded.due_at, excluded.ended_at, excluded.by_id)
    ), words AS (
    INSERT INTO message (id, workspace_id, request_id, channel, thread, external_id, author_id, role, text, files, at)
    SELECT message.id, changed.workspace_id, changed.id, channel, thread, external_id, author_id, role, text, files, at
    FROM changed, jsonb_to_recordset(${messageRows(messages)}::jsonb)
      AS message (id uuid, channel text, thread text, external_id text, author_id uuid, role text, text text,
                  files jsonb, at timestamptz)
    ON CONFLICT DO NOTHING
    ) SELECT 1 / count(*)::int AS written FROM changed`;
  // To wait for the answer would be a round trip of its own: the statement fails by itself, and all that follows with it.
  tx.along(
    changed.catch((error: unknown) => {
      if (codeOf(error) !== NOTHING_CHANGED) throw error;
      const message = `Request #${request.number} changed while it was being decided.`;
      throw new SiempreError("version_conflict", message, { request: request.id });
    }),
  );
  if (terms !== request.terms) {
    tx.along(
      tx.$executeRaw`UPDATE request SET terms = ${JSON.stringify(terms)}::jsonb WHERE id = ${request.id}::uuid`,
    );
  }
  return wake;
}

/** Computes a request's wake-up anew, without changing anything else. */
export async function rewake(tx: Transaction, request: LoadedRequest, now: Instant): Promise<void> {
  const pledges = pledgesOf(request.history, request.terms, now);
  const state = replay(request.history);
  const at = wakeAt(state, pledges, request.terms, await ownerOf(tx, state, request.terms));
  // An alarm that is due and yet leads to nothing would wake it at once again.
  const next = at !== null && at <= now ? null : at;
  await tx.$executeRaw`
    UPDATE request SET wake_at = ${asDate(next)}::timestamptz, updated_at = now() WHERE id = ${request.id}::uuid`;
}

const factRows = (facts: readonly Fact[], first: number) =>
  JSON.stringify(facts.map((fact, index) => toRow(fact, first + index)));

const pledgeRows = (pledges: readonly Pledge[]) => JSON.stringify(pledges.map(pledgeRow));

export function pledgeRow({ key, kind, state, startedAt, dueAt, endedAt, by }: Pledge) {
  return {
    ...{ key, kind, state, by_id: by },
    ...{ started_at: new Date(startedAt), due_at: asDate(dueAt), ended_at: asDate(endedAt) },
  };
}

/** The cursor passes only committed messages, and never goes back. */
export async function passCursor(tx: Statements, channelId: string, at: Instant): Promise<void> {
  await tx.$executeRaw`
    UPDATE channel SET cursor_at = ${new Date(at)}::timestamptz
    WHERE id = ${channelId}::uuid AND (cursor_at IS NULL OR cursor_at < ${new Date(at)}::timestamptz)`;
}

/** Sets the cursor of a channel that has none. True when it had none. */
export async function beginCursor(tx: Statements, channelId: string, at: Instant): Promise<boolean> {
  const begun = await tx.$executeRaw`
    UPDATE channel SET cursor_at = ${new Date(at)}::timestamptz WHERE id = ${channelId}::uuid AND cursor_at IS NULL`;
  return begun === 1;
}

function projection(state: RequestState) {
  return {
    status: state.status,
    tier: state.tier,
    urgency: state.urgency,
    lang: state.lang,
    ownerId: state.owner,
    offeredTo: state.offer?.to ?? null,
    customerAt: new Date(state.customerAt),
    closedAt: asDate(state.closedAt),
  };
}

export function asDate(at: Instant | null): Date | null {
  return at === null ? null : new Date(at);
}
