// Rows for the reports. The database aggregates; pure code arranges.
import type { Terms } from "../domain/policy.ts";
import { workingBetween } from "../domain/promises/calendar.ts";
import type { DigestRows, PledgeRow, Praise } from "../domain/reports/digest.ts";
import type { CausedRow, CauseRow, SummaryRows } from "../domain/reports/summary.ts";
import type { Why } from "../domain/request/facts.ts";
import type { RequestView } from "../domain/request/view.ts";
import type { Instant, Tier } from "../domain/words.ts";
import { chancesOf } from "./chances.ts";
import type { Db } from "./db.ts";
import { openRow } from "./open-rows.ts";
import { namedPeople } from "./places.ts";
import { putOffs } from "./reasons.ts";
import { loadViews, queueIds } from "./view.ts";

/** How many open requests a digest looks at; the most pressing come first. */
const OPEN = 500;
const WEEK = 7 * 86_400_000;
/** What customers were promised: our own targets are neither kept nor broken towards anybody. */
const PROMISED = { notIn: ["workaround", "resolution"] };

export interface Scope {
  workspaceId: string;
  teamId: string;
}

/** @param words how a request is called: title and customer, which messages know */
export async function digestRows(
  db: Db,
  scope: Scope,
  window: { from: Instant; to: Instant },
  words: (view: RequestView) => { who: string; title: string },
): Promise<DigestRows> {
  const from = new Date(window.from);
  const to = new Date(window.to);
  const ids = await queueIds(db, [scope.workspaceId], OPEN);
  const views = (await loadViews(db, ids, window.to)).filter(
    (view) => view.state.openedAt < window.to && view.history.length > 0,
  );
  const mine = new Set(await idsOfTeam(db, scope, ids));
  const pledges = await db.pledge.findMany({
    where: {
      workspaceId: scope.workspaceId,
      kind: PROMISED,
      request: { teamId: scope.teamId },
      OR: [
        { state: { in: ["met", "broken"] }, endedAt: { gte: from, lt: to } },
        { state: { in: ["running", "broken"] }, dueAt: { gte: from, lt: to } },
      ],
    },
    select: {
      key: true,
      state: true,
      kind: true,
      startedAt: true,
      dueAt: true,
      endedAt: true,
      byId: true,
      request: {
        select: { ...requestShape, events: { where: { kind: "broken" }, select: { data: true } } },
      },
    },
  });
  const opened = { workspaceId: scope.workspaceId, teamId: scope.teamId, openedAt: { gte: from, lt: to } };
  const [openedCount, closed, before, helped, praise] = await Promise.all([
    db.request.count({ where: opened }),
    db.requestEvent.count({
      where: {
        workspaceId: scope.workspaceId,
        kind: "resolved",
        at: { gte: from, lt: to },
        request: { teamId: scope.teamId },
      },
    }),
    db.pledge.findFirst({
      where: {
        workspaceId: scope.workspaceId,
        kind: PROMISED,
        state: "broken",
        dueAt: { lt: from },
        request: { teamId: scope.teamId },
      },
      orderBy: { dueAt: "desc" },
      select: { dueAt: true },
    }),
    communityOf(db, scope, from, to),
    praiseOf(db, scope, from, to),
  ]);
  const within = (at: Date | null) => at !== null && at >= from && at < to;
  // A promise counts once: kept on the day it was kept, broken on the day it ran out, whenever it was answered.
  const counted = pledges.filter((row) => within(row.state === "met" ? row.endedAt : row.dueAt));
  const names = await customerNames(
    db,
    counted.map((row) => row.request),
  );
  const givers = await namedPeople(
    db,
    counted.flatMap(({ byId }) => byId ?? []),
  );
  const missed = counted.filter((row) => row.state !== "met").map((row) => row.request.id);
  const off = await putOffs(db, missed);
  const slowest = pledges
    .filter((row) => row.kind === "first_answer" && within(row.endedAt))
    .map((row) =>
      workingBetween(
        termsOf(row.request.terms).calendar,
        row.startedAt.getTime(),
        row.endedAt?.getTime() ?? 0,
      ),
    );
  return {
    open: views.filter((view) => mine.has(view.id)).map((view) => openRow(view, words(view), window.to)),
    pledges: counted.map(
      (row): PledgeRow => ({
        number: row.request.number,
        who: names.get(row.request.id) ?? "?",
        kept: row.state === "met",
        dueAt: row.dueAt?.getTime() ?? 0,
        answeredAt: row.endedAt?.getTime() ?? null,
        why: row.state === "met" ? null : whyOf(row),
        putOff: off.get(`${row.request.id} ${row.key}`) ?? null,
        word: row.kind === "commitment" ? (givers.get(row.byId ?? "")?.name ?? "") : null,
      }),
    ),
    opened: openedCount,
    closed,
    slowest: slowest.length === 0 ? null : Math.max(...slowest),
    brokenBefore: before?.dueAt?.getTime() ?? null,
    community: helped,
    praise,
  };
}

const requestShape = {
  id: true,
  number: true,
  ownerId: true,
  customerId: true,
  tier: true,
  terms: true,
  company: { select: { name: true } },
} as const;

/** As it was recorded when it broke: whoever took the request later is not why. */
function whyOf(row: {
  key: string;
  request: { ownerId: string | null; events: readonly { data: unknown }[] };
}): Why {
  for (const { data } of row.request.events) {
    // Safe: facts of this kind are written by toRow alone.
    const broken = data as { pledge?: string; why?: Why };
    if (broken.pledge === row.key && broken.why) return broken.why;
  }
  return row.request.ownerId === null ? "nobody_owned" : "owner_silent";
}

function termsOf(json: unknown): Terms {
  return json as Terms;
}

async function idsOfTeam(db: Db, scope: Scope, ids: readonly string[]): Promise<string[]> {
  const rows = await db.request.findMany({
    where: { id: { in: [...ids] }, teamId: scope.teamId },
    select: { id: true },
  });
  return rows.map((row) => row.id);
}

async function customerNames(
  db: Db,
  requests: readonly { id: string; customerId: string; company: { name: string } | null }[],
): Promise<Map<string, string>> {
  const people = await db.person.findMany({
    where: { id: { in: [...new Set(requests.map((request) => request.customerId))] } },
    select: { id: true, name: true },
  });
  const names = new Map(people.map((person) => [person.id, person.name]));
  return new Map(
    requests.map((request) => [request.id, request.company?.name ?? names.get(request.customerId) ?? "?"]),
  );
}

async function communityOf(db: Db, scope: Scope, from: Date, to: Date) {
  const rows = await db.$queryRaw<{ opened: bigint; helped: bigint }[]>`
    SELECT count(*) AS opened, count(*) FILTER (WHERE EXISTS (
             SELECT 1 FROM request_event e WHERE e.request_id = r.id AND e.kind = 'helped')) AS helped
    FROM request r
    WHERE r.team_id = ${scope.teamId}::uuid AND r.opened_at >= ${from} AND r.opened_at < ${to}
      AND r.terms #> ARRAY['tiers', r.tier::text, 'firstAnswer'] = 'null'::jsonb`;
  return { opened: Number(rows[0]?.opened ?? 0), answeredByHelpers: Number(rows[0]?.helped ?? 0) };
}

/** Kind words of the window, quoted; "always" is the best kind. What staff deleted or the customer took back is gone. */
async function praiseOf(db: Db, scope: Scope, from: Date, to: Date): Promise<Praise | null> {
  const rows = await db.$queryRaw<(Omit<Praise, "at"> & { at: Date })[]>`
    SELECT CASE WHEN length(m.text) BETWEEN 15 AND 120 AND NOT EXISTS (
             SELECT 1 FROM signal_note leak WHERE leak.request_id = n.request_id AND leak.message = n.message
               AND leak.signal IN ('personal_data', 'security')) THEN m.text ELSE n.quote END AS text,
           coalesce(c.name, p.name) AS who, r.number, o.name AS owner, n.at
    FROM signal_note n
    LEFT JOIN message m ON m.request_id = n.request_id AND m.external_id = n.message
    JOIN request r ON r.id = n.request_id AND r.team_id = ${scope.teamId}::uuid
    JOIN person p ON p.id = r.customer_id
    LEFT JOIN person o ON o.id = r.owner_id
    LEFT JOIN company c ON c.id = r.company_id
    WHERE n.workspace_id = ${scope.workspaceId}::uuid AND n.signal = 'praise' AND n.quote <> ''
      AND n.at >= ${from} AND n.at < ${to}
    ORDER BY (n.quote ~* '(always|siempre)') DESC, length(n.quote) DESC LIMIT 1`;
  const [row] = rows;
  return row ? { ...row, at: row.at.getTime() } : null;
}

/** @param window one week; the week before is counted for comparison */
export async function summaryRows(
  db: Db,
  scope: Scope,
  window: { from: Instant; to: Instant },
): Promise<SummaryRows> {
  const { from, to } = { from: new Date(window.from), to: new Date(window.to) };
  const before = new Date(window.from - WEEK);
  const team = { workspaceId: scope.workspaceId, teamId: scope.teamId };
  const [feedback, causes, opened, openedBefore, done, doneBefore, served, notNow, chances] =
    await Promise.all([
      db.feedback.findMany({
        where: {
          workspaceId: scope.workspaceId,
          at: { gte: from, lt: to },
          request: { teamId: scope.teamId },
        },
        select: {
          causeId: true,
          request: {
            select: {
              ...requestShape,
              pledges: { where: { kind: PROMISED }, select: { startedAt: true, endedAt: true } },
              messages: {
                where: { role: "customer" },
                orderBy: { at: "asc" },
                take: 1,
                select: { text: true },
              },
            },
          },
        },
      }),
      db.cause.findMany({
        where: { workspaceId: scope.workspaceId },
        select: {
          id: true,
          name: true,
          ownerId: true,
          status: true,
          takenAt: true,
          feedback: { where: { at: { gte: before, lt: from } }, select: { requestId: true } },
        },
      }),
      db.request.count({ where: { ...team, openedAt: { gte: from, lt: to } } }),
      db.request.count({ where: { ...team, openedAt: { gte: before, lt: from } } }),
      resolvedIn(db, scope, from, to),
      resolvedIn(db, scope, before, from),
      servedIn(db, scope, from, to),
      db.notNow.findMany({
        where: { workspaceId: scope.workspaceId, at: { gte: before, lt: to } },
        orderBy: { at: "desc" },
        take: 1,
        select: { why: true },
      }),
      chancesOf(db, scope, window),
    ]);
  const names = await customerNames(
    db,
    feedback.map((row) => row.request),
  );
  const owners = await db.person.findMany({
    where: { id: { in: causes.flatMap((cause) => cause.ownerId ?? []) } },
    select: { id: true, name: true },
  });
  const ownerNames = new Map(owners.map((owner) => [owner.id, owner.name]));
  return {
    caused: feedback.map(
      ({ causeId, request }): CausedRow => ({
        cause: causeId,
        who: names.get(request.id) ?? "?",
        tier: request.tier as Tier,
        waited: request.pledges.reduce(
          (sum, pledge) =>
            sum +
            workingBetween(
              termsOf(request.terms).calendar,
              pledge.startedAt.getTime(),
              pledge.endedAt?.getTime() ?? window.to,
            ),
          0,
        ),
        words: request.messages[0]?.text ?? "",
      }),
    ),
    causes: causes.map(
      (cause): CauseRow => ({
        id: cause.id,
        name: cause.name,
        owner: cause.ownerId ? (ownerNames.get(cause.ownerId) ?? null) : null,
        status: cause.status as CauseRow["status"],
        takenAt: cause.takenAt?.getTime() ?? null,
        before: cause.feedback.length,
      }),
    ),
    opened,
    openedBefore,
    resolved: done.resolved,
    inOneGo: done.inOneGo,
    resolvedBefore: doneBefore.resolved,
    inOneGoBefore: doneBefore.inOneGo,
    served,
    notNow: notNow.map((row) => row.why),
    chances,
  };
}

/** Requests resolved in the window; in one go: never reopened, and answered at most once before. */
async function resolvedIn(db: Db, scope: Scope, from: Date, to: Date) {
  const rows = await db.$queryRaw<{ resolved: bigint; inOneGo: bigint }[]>`
    SELECT count(*) AS resolved, count(*) FILTER (WHERE reopened = 0 AND answers <= 1) AS "inOneGo"
    FROM (
      SELECT r.id, count(*) FILTER (WHERE e.kind = 'reopened') AS reopened,
             count(*) FILTER (WHERE e.kind = 'answered' AND e.data ->> 'how' <> 'said_back') AS answers
      FROM request r JOIN request_event e ON e.request_id = r.id
      WHERE r.team_id = ${scope.teamId}::uuid AND r.workspace_id = ${scope.workspaceId}::uuid
        AND EXISTS (SELECT 1 FROM request_event d
                    WHERE d.request_id = r.id AND d.kind = 'resolved' AND d.at >= ${from} AND d.at < ${to})
      GROUP BY r.id
    ) done`;
  return { resolved: Number(rows[0]?.resolved ?? 0), inOneGo: Number(rows[0]?.inOneGo ?? 0) };
}

async function servedIn(db: Db, scope: Scope, from: Date, to: Date) {
  const rows = await db.$queryRaw<{ who: string; requests: bigint; late: bigint }[]>`
    SELECT coalesce(c.name, p.name) AS who, count(DISTINCT r.id) AS requests,
           count(*) FILTER (WHERE g.state = 'broken' AND g.kind NOT IN ('workaround', 'resolution')) AS late
    FROM request r
    JOIN person p ON p.id = r.customer_id
    LEFT JOIN company c ON c.id = r.company_id
    LEFT JOIN pledge g ON g.request_id = r.id
    WHERE r.team_id = ${scope.teamId}::uuid AND r.workspace_id = ${scope.workspaceId}::uuid
      AND r.opened_at >= ${from} AND r.opened_at < ${to}
    GROUP BY 1 ORDER BY late DESC, requests DESC LIMIT 20`;
  return rows.map((row) => ({ who: row.who, requests: Number(row.requests), late: Number(row.late) }));
}
