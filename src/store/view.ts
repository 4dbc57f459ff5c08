// A request as people are shown it.
import type { Terms } from "../domain/policy.ts";
import { pledgesOf } from "../domain/promises/pledges.ts";
import { replay } from "../domain/request/state.ts";
import type { RequestView, SaidMessage } from "../domain/request/view.ts";
import type { Instant, PersonId, RequestId } from "../domain/words.ts";
import type { Db } from "./db.ts";
import { fromRow } from "./facts.ts";
import { namedPeople } from "./places.ts";

const MESSAGES = 20;

const shape = {
  workspace: { select: { platform: true, externalId: true } },
  channel: { select: { externalId: true, name: true, live: true } },
  team: { select: { name: true } },
  company: { select: { name: true } },
  events: { orderBy: { seq: "asc" }, select: { kind: true, at: true, byId: true, data: true } },
  messages: { orderBy: { at: "desc" }, take: MESSAGES },
} as const;

/** Requests with their words and names, in the order of `ids`; unknown ids are left out. `now` decides what is broken. */
export async function loadViews(db: Db, ids: readonly RequestId[], now: Instant): Promise<RequestView[]> {
  const rows = await db.request.findMany({ where: { id: { in: [...ids] } }, include: shape });
  const people = await namedPeople(
    db,
    rows.flatMap((row) => [
      row.customerId,
      ...(row.ownerId ? [row.ownerId] : []),
      ...row.messages.flatMap((message) => (message.authorId ? [message.authorId] : [])),
    ]),
  );
  const linked = await db.request.findMany({
    where: { id: { in: rows.flatMap((row) => (row.linkedTo ? [row.linkedTo] : [])) } },
    select: { id: true, number: true },
  });
  const numbers = new Map(linked.map((row) => [row.id, row.number]));
  const views = new Map(
    rows.map((row) => {
      const history = row.events.map(fromRow);
      const terms = row.terms as unknown as Terms;
      const unknown = (id: PersonId) => ({
        id,
        ref: { platform: row.workspace.platform, workspace: row.workspace.externalId, id: "" },
        name: "",
        timezone: null,
        lang: null,
      });
      const messages = row.messages
        .map(
          (message): SaidMessage => ({
            row: message.id,
            id: message.externalId ?? message.id,
            author: message.authorId ? (people.get(message.authorId) ?? null) : null,
            role: message.role === "customer" || message.role === "helper" ? message.role : "staff",
            text: message.text,
            files: Array.isArray(message.files) ? message.files.map(fileName) : [],
            at: message.at.getTime(),
            erased: message.erasedAt !== null,
          }),
        )
        .reverse();
      const view: RequestView = {
        id: row.id,
        number: row.number,
        state: replay(history),
        history,
        pledges: pledgesOf(history, terms, now),
        terms,
        customer: people.get(row.customerId) ?? unknown(row.customerId),
        owner: row.ownerId ? (people.get(row.ownerId) ?? unknown(row.ownerId)) : null,
        company: row.company?.name ?? null,
        team: row.team?.name ?? null,
        channel: {
          platform: row.workspace.platform,
          workspace: row.workspace.externalId,
          channel: row.channel.externalId,
          name: row.channel.name,
          live: row.channel.live ?? false,
        },
        rootThread: row.thread,
        thread: row.thread ?? row.root,
        evidence: Array.isArray(row.evidence) ? row.evidence.filter((word) => typeof word === "string") : [],
        messages,
        linkedNumber: row.linkedTo ? (numbers.get(row.linkedTo) ?? null) : null,
      };
      return [row.id, view] as const;
    }),
  );
  return ids.flatMap((id) => views.get(id) ?? []);
}

export async function loadView(db: Db, id: RequestId, now: Instant): Promise<RequestView | null> {
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

function fileName(file: unknown): { name: string } {
  const name = typeof file === "object" && file !== null && "name" in file ? file.name : null;
  return { name: typeof name === "string" ? name : "" };
}
