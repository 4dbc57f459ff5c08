// Reports about a team: rows of a window, arranged and worded.
import type { TeamPolicy } from "../domain/policy.ts";
import { endOfDay } from "../domain/reports/day.ts";
import { digestOf } from "../domain/reports/digest.ts";
import { summaryOf } from "../domain/reports/summary.ts";
import type { Instant } from "../domain/words.ts";
import type { Card } from "../messages/card.ts";
import type { Reader } from "../messages/inline.ts";
import { digestCard, summaryCard } from "../messages/reports.ts";
import { customerName, titleFor } from "../messages/request-card.ts";
import { ensureTeam } from "../store/places.ts";
import { digestRows, summaryRows } from "../store/reports.ts";
import type { Acting } from "./acting.ts";
import type { Context } from "./context.ts";
import type { Home } from "./places.ts";

export interface ReportOf {
  home: Home;
  team: TeamPolicy;
  teamId: string;
  /** Whether customers cannot read what is reported. */
  staffAlone: boolean;
}

/** The digest of a window that ends at `to`. */
export async function digestFor(
  context: Context,
  { home, team, teamId }: ReportOf,
  window: { from: Instant; to: Instant },
  reader: Reader,
): Promise<Card> {
  const zone = (team.calendar ?? home.policy.calendar).timezone;
  const rows = await digestRows(context.db, { workspaceId: home.rowId, teamId }, window, (view) => ({
    who: customerName(view),
    title: titleFor(view),
  }));
  return digestCard(digestOf(rows, { ...window, endOfDay: endOfDay(window.to, zone) }), team.name, reader);
}

/** The summary of the week that ends at `to`. */
export async function summaryFor(
  context: Context,
  { home, team, teamId, staffAlone }: ReportOf,
  window: { from: Instant; to: Instant },
  reader: Reader,
): Promise<Card> {
  const rows = await summaryRows(context.db, { workspaceId: home.rowId, teamId }, window);
  const shown = staffAlone ? rows : { ...rows, chances: [] };
  return summaryCard(summaryOf(shown, window), { id: teamId, name: team.name }, reader);
}

const DAY = 86_400_000;

/** `/digest now`: the last day, seen by whoever asked. */
export async function digestNow(context: Context, acting: Acting, reader: Reader): Promise<Card> {
  const { home, team } = acting;
  const teamId = await ensureTeam(context.db, home.rowId, team.name);
  const to = reader.now;
  return digestFor(context, { home, team, teamId, staffAlone: true }, { from: to - DAY, to }, reader);
}
