// `/siempre triage report`: the last eight weeks of the workspace.
import { triageReportOf } from "../domain/reports/triage.ts";
import type { Answer } from "../messages/card.ts";
import { triageReportCard } from "../messages/triage-report.ts";
import { triagedRows } from "../store/triage-report.ts";
import type { Acting } from "./acting.ts";
import type { Context } from "./context.ts";

const WEEKS = 8 * 7 * 24 * 3_600_000;

export async function triageReport(context: Context, acting: Acting): Promise<Answer> {
  const now = context.clock.now();
  const rows = await triagedRows(context.db.direct, acting.home.rowId, now - WEEKS);
  const timezone = acting.by.timezone ?? acting.home.policy.calendar.timezone;
  return {
    kind: "card",
    card: triageReportCard(triageReportOf(rows, now), { lang: acting.lang, now, timezone }),
  };
}
