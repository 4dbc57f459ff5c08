// A request as people are shown it.
import { pledgesOf } from "../domain/promises/pledges.ts";
import { standing } from "../domain/request/moved.ts";
import { type RequestState, replay } from "../domain/request/state.ts";
import type { Named, RequestView } from "../domain/request/view.ts";
import type { Instant, PersonId, RequestId } from "../domain/words.ts";
import type { Db } from "./db.ts";
import type { Statements } from "./direct.ts";
import { fromRow } from "./facts.ts";
import type { Prisma } from "./generated/client.ts";
import { asLang } from "./places.ts";
import { termsOf } from "./terms.ts";

const MESSAGES = 20;

interface ViewRow {
  id: string;
  number: number;
  version: number;
  root: string;
  thread: string | null;
  terms: string;
  evidence: unknown;
  customer: string;
  owner: string | null;
  /** Ms since the epoch. */
  ownerAway: number | null;
  offered: string | null;
  platform: string;
  workspace: string;
  channel: string;
  channelName: string;
  live: boolean | null;
  team: string | null;
  company: string | null;
  linked: number | null;
  /** Instants inside are ms since the epoch, as JSON has no dates. */
  events: { kind: string; at: number; byId: string | null; data: Prisma.JsonValue }[] | null;
  messages: MessageRow[] | null;
  putOff: { id: string; by: string; text: string } | null;
  people:
    | { id: string; external: string; name: string; timezone: string | null; lang: string | null }[]
    | null;
}

interface MessageRow {
  id: string;
  external: string | null;
  author: string | null;
  role: string;
  text: string;
  files: unknown;
  at: number;
  erased: boolean;
}

/** Requests with their words and names, in the order of `ids`; unknown ids are left out. `now` decides what is broken. */
export async function loadViews(
  db: Statements,
  ids: readonly RequestId[],
  now: Instant,
): Promise<RequestView[]> {
  if (ids.length === 0) return [];
  const rows = await db.$queryRaw<ViewRow[]>`
    SELECT r.id, r.number, r.version, r.root, r.thread, r.terms::text AS terms, r.evidence, r.customer_id AS customer,
           r.owner_id AS owner,
           (SELECT extract(epoch FROM max(until_at)) * 1000 FROM absence WHERE person_id = r.owner_id
              AND from_at <= ${new Date(now)}::timestamptz AND until_at > ${new Date(now)}::timestamptz)::float8
             AS "ownerAway",
           r.offered_to AS offered,
           w.platform, w.external_id AS workspace, c.external_id AS channel, c.name AS "channelName", c.live,
           t.name AS team, co.name AS company, l.number AS linked, e.events, m.messages, p.people,
           (SELECT jsonb_build_object('id', s.id, 'by', n.name, 'text', s.text) FROM reason s
            JOIN person n ON n.id = s.by_id WHERE s.request_id = r.id ORDER BY s.at DESC LIMIT 1) AS "putOff"
    FROM request r
    JOIN workspace w ON w.id = r.workspace_id
    JOIN channel c ON c.id = r.channel_id
    LEFT JOIN team t ON t.id = r.team_id
    LEFT JOIN company co ON co.id = r.company_id
    LEFT JOIN request l ON l.id = r.linked_to
    LEFT JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('kind', kind, 'at', extract(epoch FROM at) * 1000, 'byId', by_id, 'data', data)
                       ORDER BY seq) AS events
      FROM request_event WHERE request_id = r.id
    ) e ON true
    LEFT JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('id', last.id, 'external', last.external_id, 'author', last.author_id,
                 'role', last.role, 'text', last.text, 'files', last.files, 'at', extract(epoch FROM last.at) * 1000,
                 'erased', last.erased_at IS NOT NULL) ORDER BY last.at) AS messages,
             array_agg(last.author_id) AS authors
      FROM (SELECT * FROM message WHERE request_id = r.id ORDER BY at DESC LIMIT ${MESSAGES}) last
    ) m ON true
    LEFT JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('id', id, 'external', external_id, 'name', name, 'timezone', timezone,
                 'lang', lang)) AS people
      FROM person WHERE id = ANY(m.authors || r.customer_id || r.owner_id || r.offered_to)
    ) p ON true
    WHERE r.id = ANY(${[...ids]}::uuid[])`;
  const views = new Map(rows.map((row) => [row.id, viewOf(row, now)]));
  return ids.flatMap((id) => views.get(id) ?? []);
}

function viewOf(row: ViewRow, now: Instant): RequestView {
  const { platform, workspace } = row;
  const terms = termsOf(row.terms);
  const people = new Map(
    (row.people ?? []).map(({ external, lang, ...person }): [PersonId, Named] => [
      person.id,
      { ...person, lang: asLang(lang), ref: { platform, workspace, id: external } },
    ]),
  );
  const personOf = (id: PersonId): Named =>
    people.get(id) ?? { id, ref: { platform, workspace, id: "" }, name: "", timezone: null, lang: null };
  const written = (row.events ?? []).map(({ at, ...event }) => fromRow({ ...event, at: new Date(at) }));
  const history = standing(written);
  const state = replay(history);
  return {
    id: row.id,
    number: row.number,
    version: row.version,
    state,
    history,
    pledges: pledgesOf(history, terms, now),
    terms,
    customer: personOf(row.customer),
    owner: row.owner ? personOf(row.owner) : null,
    ownerAway: row.ownerAway,
    offeredTo: row.offered ? personOf(row.offered) : null,
    company: row.company,
    team: row.team,
    channel: { platform, workspace, channel: row.channel, name: row.channelName, live: row.live ?? false },
    rootThread: row.thread,
    thread: row.thread ?? row.root,
    evidence: Array.isArray(row.evidence) ? row.evidence.filter((word) => typeof word === "string") : [],
    messages: (row.messages ?? []).map((message) => ({
      row: message.id,
      id: message.external ?? message.id,
      author: message.author ? (people.get(message.author) ?? null) : null,
      role: message.role === "customer" || message.role === "helper" ? message.role : "staff",
      text: message.text,
      files: Array.isArray(message.files) ? message.files.map(fileName) : [],
      at: message.at,
      erased: message.erased,
    })),
    putOff: putOffOf(state, row.putOff),
    linkedNumber: row.linked,
  };
}

function putOffOf(state: RequestState, reason: ViewRow["putOff"]): RequestView["putOff"] {
  const found = [...state.snoozed].find(([, { why }]) => why === reason?.id);
  if (!found || !reason) return null;
  const [pledge, { until }] = found;
  return { pledge, until, by: reason.by, why: reason.text };
}

export async function loadView(db: Statements, id: RequestId, now: Instant): Promise<RequestView | null> {
  return (await loadViews(db, [id], now))[0] ?? null;
}

/** The open requests of a workspace, the promise that ends first in front; those without one follow by age. */
export async function queueIds(db: Db, workspaceIds: readonly string[], limit: number): Promise<RequestId[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT r.id FROM request r
    LEFT JOIN LATERAL (
      SELECT min(due_at) AS due FROM pledge p
      WHERE p.request_id = r.id AND p.ended_at IS NULL AND p.state IN ('running', 'broken')
    ) d ON true
    WHERE r.workspace_id = ANY(${[...workspaceIds]}::uuid[]) AND r.status IN ('open', 'waiting')
    ORDER BY d.due NULLS LAST, r.tier, r.opened_at LIMIT ${limit}`;
  return rows.map((row) => row.id);
}

/** The open requests of a workspace whose ids come after that one, in the order of their ids; at most `limit`. */
export async function openAfter(
  db: Statements,
  workspaceId: string,
  after: RequestId | null,
  limit: number,
): Promise<RequestId[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM request WHERE workspace_id = ${workspaceId}::uuid AND status IN ('open', 'waiting')
      AND (${after}::uuid IS NULL OR id > ${after}::uuid)
    ORDER BY id LIMIT ${limit}::int`;
  return rows.map((row) => row.id);
}

function fileName(file: unknown): { name: string } {
  const name = typeof file === "object" && file !== null && "name" in file ? file.name : null;
  return { name: typeof name === "string" ? name : "" };
}
