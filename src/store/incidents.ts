// Incidents: what hangs together, and who has said so. A team's row is the lock: of two reports one is looked at first.
import { v7 as uuid } from "uuid";
import type { IncidentState } from "../domain/incidents/incident.ts";
import type { KnownIncident, Report } from "../domain/incidents/storm.ts";
import type { Instant, PersonId, RequestId, Tier } from "../domain/words.ts";
import type { Statements } from "./direct.ts";

/** More reports than this at a time need no comparing with each other to be seen as one trouble. */
const COMPARED = 200;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Locks the incidents of a team until the transaction ends. */
export async function lockTeam(tx: Statements, teamId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM team WHERE id = ${teamId}::uuid FOR NO KEY UPDATE`;
}

interface ReportRow {
  request: RequestId;
  number: number;
  customer: PersonId;
  tier: Tier;
  openedAt: Date;
  words: string | null;
}

const reportOf = ({ openedAt, words, ...row }: ReportRow): Report => ({
  ...row,
  openedAt: openedAt.getTime(),
  words: words ?? "",
});

/** Requests of a team still open, opened between the two instants, that belong to no incident. */
export async function looseReports(
  tx: Statements,
  of: { teamId: string; from: Instant; to: Instant },
): Promise<readonly Report[]> {
  const rows = await tx.$queryRaw<ReportRow[]>`
    SELECT r.id AS request, r.number, r.customer_id AS customer, r.tier, r.opened_at AS "openedAt", first.text AS words
    FROM request r
    LEFT JOIN LATERAL (
      SELECT text FROM message WHERE request_id = r.id AND role = 'customer' AND erased_at IS NULL AND text <> ''
      ORDER BY at LIMIT 1
    ) first ON true
    WHERE r.team_id = ${of.teamId}::uuid AND r.status IN ('open', 'waiting')
      AND r.opened_at BETWEEN ${new Date(of.from)}::timestamptz AND ${new Date(of.to)}::timestamptz
      AND NOT EXISTS (SELECT FROM incident_request WHERE request_id = r.id)
    ORDER BY r.opened_at DESC LIMIT ${COMPARED}::int`;
  return rows.map(reportOf);
}

/** A team's incidents that are not over and had a report since, the latest first, each with its first reports. */
export async function knownIncidents(
  tx: Statements,
  teamId: string,
  since: Instant,
): Promise<readonly KnownIncident[]> {
  const rows = await tx.$queryRaw<
    (ReportRow & { incident: string; status: KnownIncident["status"]; lastAt: Date })[]
  >`
    SELECT i.id AS incident, i.status, i.last_at AS "lastAt", r.id AS request, r.number, r.customer_id AS customer,
           r.tier, r.opened_at AS "openedAt", first.text AS words
    FROM incident i
    JOIN LATERAL (SELECT * FROM incident_request WHERE incident_id = i.id ORDER BY at LIMIT 20) part ON true
    JOIN request r ON r.id = part.request_id
    LEFT JOIN LATERAL (
      SELECT text FROM message WHERE request_id = r.id AND role = 'customer' AND erased_at IS NULL AND text <> ''
      ORDER BY at LIMIT 1
    ) first ON true
    WHERE i.team_id = ${teamId}::uuid AND i.status <> 'resolved' AND i.last_at > ${new Date(since)}::timestamptz
    ORDER BY i.last_at DESC, i.id, r.opened_at, r.number`;
  const known = new Map<string, KnownIncident & { reports: Report[] }>();
  for (const { incident, status, lastAt, ...report } of rows) {
    const one = known.get(incident) ?? { id: incident, status, lastAt: lastAt.getTime(), reports: [] };
    one.reports.push(reportOf(report));
    known.set(incident, one);
  }
  return [...known.values()];
}

export async function proposeIncident(
  tx: Statements,
  incident: {
    workspaceId: string;
    teamId: string;
    tier: Tier;
    first: RequestId;
    requests: readonly RequestId[];
    at: Instant;
  },
): Promise<string> {
  const id = uuid();
  const at = new Date(incident.at);
  await tx.$executeRaw`
    INSERT INTO incident (id, workspace_id, team_id, tier, first_id, proposed_at, last_at)
    VALUES (${id}::uuid, ${incident.workspaceId}::uuid, ${incident.teamId}::uuid, ${incident.tier}::int,
            ${incident.first}::uuid, ${at}::timestamptz, ${at}::timestamptz)`;
  for (const request of incident.requests) await joinIncident(tx, { id, ...incident, request });
  return id;
}

/** False where it is part of one already. */
export async function joinIncident(
  tx: Statements,
  part: { id: string; workspaceId: string; request: RequestId; at: Instant },
): Promise<boolean> {
  const at = new Date(part.at);
  const joined = await tx.$executeRaw`
    INSERT INTO incident_request (request_id, workspace_id, incident_id, at)
    VALUES (${part.request}::uuid, ${part.workspaceId}::uuid, ${part.id}::uuid, ${at}::timestamptz)
    ON CONFLICT DO NOTHING`;
  await tx.$executeRaw`
    UPDATE incident SET last_at = greatest(last_at, ${at}::timestamptz) WHERE id = ${part.id}::uuid`;
  return joined === 1;
}

/** The incident as it stands, or null; its requests oldest first. */
export async function loadIncident(db: Statements, id: string): Promise<IncidentState | null> {
  if (!UUID.test(id)) return null;
  const [row] = await db.$queryRaw<
    (Omit<IncidentState, "proposedAt" | "lastAt" | "decidedAt" | "toldAt"> & {
      proposedAt: Date;
      lastAt: Date;
      decidedAt: Date | null;
      toldAt: Date | null;
    })[]
  >`
    SELECT i.id, i.workspace_id AS "workspaceId", i.team_id AS "teamId", t.name AS team, w.platform,
           w.external_id AS workspace, i.status, i.tier, i.first_id AS first, f.number AS "firstNumber",
           i.proposed_at AS "proposedAt", i.last_at AS "lastAt", i.decided_by AS "decidedBy",
           i.decided_at AS "decidedAt", i.told_at AS "toldAt", i.told,
           (SELECT array_agg(p.request_id ORDER BY r.opened_at, r.number) FROM incident_request p
            JOIN request r ON r.id = p.request_id WHERE p.incident_id = i.id) AS requests,
           (SELECT count(DISTINCT r.customer_id)::int FROM incident_request p
            JOIN request r ON r.id = p.request_id WHERE p.incident_id = i.id) AS customers
    FROM incident i
    JOIN team t ON t.id = i.team_id
    JOIN workspace w ON w.id = i.workspace_id
    JOIN request f ON f.id = i.first_id
    WHERE i.id = ${id}::uuid`;
  if (!row) return null;
  return {
    ...row,
    proposedAt: row.proposedAt.getTime(),
    lastAt: row.lastAt.getTime(),
    decidedAt: row.decidedAt?.getTime() ?? null,
    toldAt: row.toldAt?.getTime() ?? null,
  };
}

/** Moves it on; false where somebody was faster. */
export async function decideOn(
  tx: Statements,
  change: {
    id: string;
    from: readonly IncidentState["status"][];
    to: IncidentState["status"];
    by: PersonId;
    at: Instant;
  },
): Promise<boolean> {
  const ended = change.to === "resolved" ? new Date(change.at) : null;
  const changed = await tx.$executeRaw`
    UPDATE incident SET status = ${change.to}, ended_at = ${ended}::timestamptz,
      decided_by = CASE WHEN ${change.to} = 'resolved' THEN decided_by ELSE ${change.by}::uuid END,
      decided_at = CASE WHEN ${change.to} = 'resolved' THEN decided_at ELSE ${new Date(change.at)}::timestamptz END
    WHERE id = ${change.id}::uuid AND status = ANY(${[...change.from]}::text[])`;
  return changed === 1;
}

export async function noteTold(
  tx: Statements,
  told: { id: string; count: number; at: Instant },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE incident SET told_at = ${new Date(told.at)}::timestamptz, told = ${told.count}::int
    WHERE id = ${told.id}::uuid`;
}

/** The incident a request is part of, or null. */
export async function incidentOf(tx: Statements, request: RequestId): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ incident: string }[]>`
    SELECT incident_id AS incident FROM incident_request WHERE request_id = ${request}::uuid`;
  return row?.incident ?? null;
}

export async function leaveIncident(tx: Statements, request: RequestId): Promise<void> {
  await tx.$executeRaw`DELETE FROM incident_request WHERE request_id = ${request}::uuid`;
}
