// What is to be told to people about promises, gathered into one message for each.
import { v7 as uuid } from "uuid";
import type { ReminderStep } from "../domain/policy.ts";
import type { ChannelRef, Instant, PersonId, RequestId, Tier } from "../domain/words.ts";
import type { Statements } from "./direct.ts";

export interface Reminder {
  id: string;
  workspaceId: string;
  requestId: RequestId;
  kind: "warning" | "breach";
  pledge: string;
  due: Instant;
  /** When it was to be told. */
  at: Instant;
  whom: ReminderStep["whom"];
  how: NonNullable<ReminderStep["how"]>;
  tier: Tier;
  /** Whoever has it is told at any hour. */
  anyHour: boolean;
}

/** One that nobody was told of yet, with what decides whom. */
export interface Untold extends Reminder {
  /** Whoever has to keep it (domain/promises/keeper.ts). */
  ownerId: PersonId | null;
  channel: ChannelRef & { name: string };
}

/** Where a bundle goes, and for whom it is. */
export interface Address {
  platform: string;
  target:
    | { kind: "direct"; workspace: string; person: string }
    | { kind: "channel"; workspace: string; channel: string };
  /** The person it is for, in private or by name; null: whoever reads the channel. */
  person: PersonId | null;
}

export interface BundleRow {
  id: string;
  workspaceId: string;
  platform: string;
  workspace: string;
  address: Address;
  lines: readonly BundledLine[];
}

export interface BundledLine
  extends Pick<Reminder, "requestId" | "kind" | "pledge" | "due" | "at" | "whom" | "tier"> {
  /** Who had to keep it when it was gathered, and who has to now. */
  ownerId: PersonId | null;
  keeper: PersonId | null;
}

/** One that is there already stays as it is. */
export async function insertReminders(tx: Statements, reminders: readonly Reminder[]): Promise<void> {
  if (reminders.length === 0) return;
  const rows = reminders.map(({ due, at, ...rest }) => ({ ...rest, due: new Date(due), at: new Date(at) }));
  await tx.$executeRaw`
    INSERT INTO reminder (id, workspace_id, request_id, kind, pledge, due_at, planned_at, whom, how, tier, any_hour)
    SELECT id, "workspaceId", "requestId", kind, pledge, due, at, whom, how, tier, "anyHour"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS reminder (id uuid, "workspaceId" uuid, "requestId" uuid, kind text, pledge text, due timestamptz, at timestamptz,
                   whom text, how text, tier int, "anyHour" boolean)
    ON CONFLICT DO NOTHING`;
}

/**
 * What nobody was told of yet and may be told now in a workspace, the most pressing first, at most `limit`. `whose`: only what
 * is for owners ("owners"), or for this one.
 */
export async function untold(
  db: Statements,
  workspaceId: string,
  now: Instant,
  limit: number,
  whose: "owners" | { owner: PersonId } | null = null,
): Promise<readonly Untold[]> {
  const owner = typeof whose === "object" ? (whose?.owner ?? null) : null;
  const rows = await db.$queryRaw<
    (Untold & { platform: string; workspace: string; external: string; name: string })[]
  >`
    SELECT * FROM (
    SELECT r.id, r.workspace_id AS "workspaceId", r.request_id AS "requestId", r.kind, r.pledge,
           (extract(epoch FROM r.due_at) * 1000)::float8 AS due, (extract(epoch FROM r.planned_at) * 1000)::float8 AS at,
           r.whom, r.how, r.tier, r.any_hour AS "anyHour",
           CASE WHEN p.by_id IS NOT NULL AND NOT EXISTS (
             SELECT FROM request_event e
             WHERE e.request_id = r.request_id AND e.kind = 'owned' AND e.data->>'owner' = p.by_id::text
           ) THEN p.by_id ELSE q.owner_id END AS "ownerId",
           w.platform, w.external_id AS workspace, c.external_id AS external, c.name
    FROM reminder r
    JOIN request q ON q.id = r.request_id
    LEFT JOIN pledge p ON p.request_id = r.request_id AND p.key = r.pledge
    JOIN workspace w ON w.id = r.workspace_id
    JOIN channel c ON c.id = q.channel_id
    WHERE r.workspace_id = ${workspaceId}::uuid AND r.gathered_at IS NULL
      AND (r.held_until IS NULL OR r.held_until <= ${new Date(now)}::timestamptz)
      AND (r.whom = 'owner' OR ${whose === null}::boolean)
    ) waiting
    WHERE ${owner}::uuid IS NULL OR "ownerId" = ${owner}::uuid
    ORDER BY tier, due LIMIT ${limit}::int`;
  return rows.map(({ platform, workspace, external, name, ...row }) => ({
    ...row,
    channel: { platform, workspace, channel: external, name },
  }));
}

/** When the next of those that wait may be told, after `after`; null: none waits. */
export async function nextHeld(db: Statements, after: Instant): Promise<Instant | null> {
  const [row] = await db.$queryRaw<{ at: number | null }[]>`
    SELECT (extract(epoch FROM min(held_until)) * 1000)::float8 AS at FROM reminder
    WHERE gathered_at IS NULL AND held_until > ${new Date(after)}::timestamptz`;
  return row?.at ?? null;
}

/** They wait until then. */
export async function holdReminders(db: Statements, ids: readonly string[], until: Instant): Promise<void> {
  await db.$executeRaw`
    UPDATE reminder SET held_until = ${new Date(until)}::timestamptz
    WHERE id = ANY(${[...ids]}::uuid[]) AND gathered_at IS NULL`;
}

/** Whoever was told something since `since` and up to `now`, with when they were told last. */
export async function toldSince(
  db: Statements,
  workspaceId: string,
  since: Instant,
  now: Instant,
): Promise<readonly { address: Address; at: Instant }[]> {
  return db.$queryRaw`
    SELECT address, (extract(epoch FROM max(at)) * 1000)::float8 AS at FROM bundle
    WHERE workspace_id = ${workspaceId}::uuid AND at > ${new Date(since)}::timestamptz
      AND at <= ${new Date(now)}::timestamptz
    GROUP BY address`;
}

/** Takes reminders for the caller's bundles; of two who gather at once each takes what the other has not. */
export async function takeReminders(
  tx: Statements,
  ids: readonly string[],
  at: Instant,
): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE reminder SET gathered_at = ${new Date(at)}::timestamptz
    WHERE gathered_at IS NULL AND id IN (
      SELECT id FROM reminder WHERE id = ANY(${[...ids]}::uuid[]) ORDER BY id FOR UPDATE)
    RETURNING id`;
  return new Set(rows.map(({ id }) => id));
}

/** The statement has been made when this returns. */
export function insertBundle(
  tx: Statements,
  bundle: {
    workspaceId: string;
    address: Address;
    at: Instant;
    lines: readonly Pick<Untold, "id" | "ownerId">[];
  },
): { id: string; written: Promise<unknown> } {
  const id = uuid();
  const lines = bundle.lines.map(({ id: reminder, ownerId }) => ({ reminder, owner: ownerId }));
  const written = tx.$executeRaw`
    WITH made AS (
      INSERT INTO bundle (id, workspace_id, address, at)
      VALUES (${id}::uuid, ${bundle.workspaceId}::uuid, ${JSON.stringify(bundle.address)}::jsonb,
              ${new Date(bundle.at)}::timestamptz) RETURNING id
    )
    INSERT INTO bundle_line (workspace_id, bundle_id, reminder_id, owner_id)
    SELECT ${bundle.workspaceId}::uuid, made.id, line.reminder, line.owner FROM made,
      jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS line (reminder uuid, owner uuid)`;
  return { id, written };
}

/**
 * A bundle with the lines that are still so at `now`: the promise is unkept and due then, whoever had it has it, and it was not
 * put off. The same is asked of a view where there is one (jobs/bundles.ts).
 */
export async function loadBundle(db: Statements, id: string, now: Instant): Promise<BundleRow | null> {
  const [row] = await db.$queryRaw<BundleRow[]>`
    SELECT b.id, b.workspace_id AS "workspaceId", w.platform, w.external_id AS workspace, b.address,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('requestId', r.request_id, 'kind', r.kind, 'pledge', r.pledge,
                     'due', extract(epoch FROM r.due_at) * 1000, 'at', extract(epoch FROM r.planned_at) * 1000,
                     'whom', r.whom, 'tier', r.tier, 'ownerId', l.owner_id, 'keeper', k.id)
                     ORDER BY r.kind, r.tier, r.due_at), '[]')
            FROM bundle_line l
            -- Each line by its keys, whatever the planner thinks of tables that have grown in the last minute.
            CROSS JOIN LATERAL (SELECT * FROM reminder WHERE id = l.reminder_id OFFSET 0) r
            CROSS JOIN LATERAL (SELECT owner_id FROM request
              WHERE id = r.request_id AND status IN ('open', 'waiting') OFFSET 0) q
            CROSS JOIN LATERAL (SELECT by_id FROM pledge
              WHERE request_id = r.request_id AND key = r.pledge AND ended_at IS NULL AND due_at = r.due_at OFFSET 0) p
            CROSS JOIN LATERAL (SELECT CASE WHEN p.by_id IS NOT NULL AND NOT EXISTS (
                SELECT FROM request_event e
                WHERE e.request_id = r.request_id AND e.kind = 'owned' AND e.data->>'owner' = p.by_id::text
              ) THEN p.by_id ELSE q.owner_id END AS id OFFSET 0) k
            WHERE l.bundle_id = b.id AND (r.whom <> 'owner' OR k.id IS NOT DISTINCT FROM l.owner_id)
              AND (r.kind = 'breach' OR coalesce((
                SELECT (e.data->>'until')::float8 FROM request_event e
                WHERE e.request_id = r.request_id AND e.kind = 'snoozed' AND e.data->>'pledge' = r.pledge
                ORDER BY e.seq DESC LIMIT 1), 0) <= ${now}::float8)) AS lines
    FROM bundle b JOIN workspace w ON w.id = b.workspace_id WHERE b.id = ${id}::uuid`;
  return row ?? null;
}
