// Digests and summaries: a row for each that has come due, then delivered like everything else.
import { v7 as uuid } from "uuid";
import type { Context } from "../app/context.ts";
import type { Home } from "../app/places.ts";
import { digestFor, type ReportOf, summaryFor } from "../app/reports.ts";
import type { TeamPolicy } from "../domain/policy.ts";
import { type Appointment, lastAppointment } from "../domain/promises/schedule.ts";
import type { Instant } from "../domain/words.ts";
import { ensureTeam } from "../store/places.ts";
import { ensurePost } from "./posting.ts";
import { langOf, leadsPlace, toLeadsChannel } from "./recipients.ts";

type Kind = "digest" | "summary";
const DAY = 86_400_000;
const SPAN: Readonly<Record<Kind, number>> = { digest: DAY, summary: 7 * DAY };

function scheduleOf(team: TeamPolicy, kind: Kind): Appointment | null {
  if (kind === "digest") return team.digest;
  return team.summary ? { at: team.summary.at, days: [team.summary.day] } : null;
}

/**
 * Raises every report whose local time has come since the last one. A team seen for the first time starts with the
 * next: nobody wants yesterday's digest from a bot that arrived today.
 */
export async function raiseReports(context: Context): Promise<void> {
  for (const [platform, port] of context.platforms) {
    for (const workspace of await port.workspaces()) {
      const home = await context.places.home(platform, workspace.id);
      if (!home) continue;
      for (const team of home.policy.teams) {
        for (const kind of ["digest", "summary"] as const) {
          try {
            await raise(context, home, team, kind);
          } catch (error) {
            context.log.error(
              { team: team.name, kind, err: error },
              "a report that is due could not be raised; it is tried again shortly",
            );
          }
        }
      }
    }
  }
}

async function raise(context: Context, home: Home, team: TeamPolicy, kind: Kind): Promise<void> {
  const schedule = scheduleOf(team, kind);
  if (!schedule) return;
  const zone = (team.calendar ?? home.policy.calendar).timezone;
  const due = lastAppointment(zone, schedule, context.clock.now());
  if (due === null) return;
  const teamId = await ensureTeam(context.db, home.rowId, team.name);
  const dueAt = new Date(due);
  const last = await context.db.reportRun.findFirst({
    where: { teamId, kind },
    orderBy: { dueAt: "desc" },
    select: { dueAt: true },
  });
  if (last && last.dueAt >= dueAt) return;
  await context.db.transact(async (tx) => {
    // Another process may be raising the same one: the unique key lets one of them win.
    const [run] = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO report_run (id, workspace_id, team_id, kind, due_at, done_at)
      VALUES (${uuid()}::uuid, ${home.rowId}::uuid, ${teamId}::uuid, ${kind}, ${dueAt}::timestamptz,
              ${last ? null : dueAt}::timestamptz)
      ON CONFLICT DO NOTHING RETURNING id`;
    if (run && last) await context.outbox(tx, [{ kind: "report", workspaceId: home.rowId, run: run.id }]);
  });
}

/** The window reaches back to the report before, so that a day the bot was away is in the next one. */
export async function deliverReport(context: Context, wall: () => number, id: string): Promise<void> {
  const run = await context.db.reportRun.findUnique({
    where: { id },
    select: {
      kind: true,
      dueAt: true,
      doneAt: true,
      teamId: true,
      team: { select: { name: true } },
      workspace: true,
    },
  });
  if (!run || run.doneAt) return;
  const kind: Kind = run.kind === "summary" ? "summary" : "digest";
  const home = await context.places.home(run.workspace.platform, run.workspace.externalId);
  const team = home?.policy.teams.find((candidate) => candidate.name === run.team.name);
  const recipient = home && team ? await toLeadsChannel(context, { home, team }) : null;
  if (home && team && recipient) {
    const before = await context.db.reportRun.findFirst({
      where: { teamId: run.teamId, kind, dueAt: { lt: run.dueAt } },
      orderBy: { dueAt: "desc" },
      select: { dueAt: true },
    });
    const to = run.dueAt.getTime();
    const window = { from: fromOf(kind, before?.dueAt.getTime() ?? null, to), to };
    const place = await context.places.named(home, leadsPlace(team));
    const of: ReportOf = { home, team, teamId: run.teamId, staffAlone: place?.private ?? false };
    const reader = { ...recipient.reader, timezone: (team.calendar ?? home.policy.calendar).timezone };
    const card = await (kind === "digest" ? digestFor : summaryFor)(context, of, window, reader);
    await ensurePost(context, wall, {
      workspaceId: home.rowId,
      requestId: null,
      key: `report:${id}`,
      platform: recipient.platform,
      target: recipient.target,
      card: async () => card,
      lang: langOf(recipient),
      live: false,
    });
  }
  await context.db.reportRun.update({ where: { id }, data: { doneAt: new Date(context.clock.now()) } });
}

function fromOf(kind: Kind, before: Instant | null, to: Instant): Instant {
  return before === null || kind === "summary" ? to - SPAN[kind] : Math.min(before, to - SPAN.digest);
}
