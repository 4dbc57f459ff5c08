// What a replay found: the queue, the digest and the summary as text, and every request as data. Part of main.
import type { Context } from "../app/context.ts";
import { digestFor, summaryFor } from "../app/reports.ts";
import { cardText } from "../messages/as-text.ts";
import type { Reader } from "../messages/inline.ts";
import { queueCard } from "../messages/lists.ts";
import { customerName, titleFor } from "../messages/request-card.ts";
import { ensureTeam } from "../store/places.ts";
import { loadViews, queueIds } from "../store/view.ts";

const DAY = 86_400_000;
const QUEUE_SHOWN = 20;

interface Local {
  name: string;
  workspace: string;
}

/** Queue, digest of the last day and summary of the last week, as a lead would have read them at the end. */
export async function outcomeOf(context: Context, local: Local): Promise<string> {
  const home = await context.places.home(local.name, local.workspace);
  const team = home?.policy.teams[0];
  if (!home || !team) return "Nothing was found.";
  const now = context.clock.now();
  const reader: Reader = { now, timezone: home.policy.calendar.timezone, lang: home.policy.lang };
  const teamId = await ensureTeam(context.db, home.rowId, team.name);
  const of = { home, team, teamId, staffAlone: true };
  const ids = await queueIds(context.db, [home.rowId], 10_000);
  const views = await loadViews(context.db, ids.slice(0, QUEUE_SHOWN), now);
  const queue = queueCard(views, { ...reader, more: ids.length - views.length });
  const digest = await digestFor(context, of, { from: now - DAY, to: now }, reader);
  const summary = await summaryFor(context, of, { from: now - 7 * DAY, to: now }, reader);
  return [queue, digest, summary].map(cardText).join(`\n\n${"─".repeat(60)}\n\n`);
}

/** Every request of the replay, the first opened first. */
export async function foundRequests(context: Context, local: Local): Promise<object[]> {
  const home = await context.places.home(local.name, local.workspace);
  if (!home) return [];
  const rows = await context.db.request.findMany({
    where: { workspaceId: home.rowId },
    orderBy: { number: "asc" },
    select: { id: true },
  });
  const views = await loadViews(
    context.db,
    rows.map((row) => row.id),
    context.clock.now(),
  );
  return views.map((view) => ({
    number: view.number,
    channel: view.channel.name,
    customer: customerName(view),
    title: titleFor(view),
    openedAt: new Date(view.state.openedAt).toISOString(),
    tier: view.state.tier,
    confidence: view.state.confidence,
    evidence: view.evidence,
    urgency: view.state.urgency,
    lang: view.state.lang,
    status: view.state.status,
    owner: view.owner?.name ?? null,
    firstAnswerAt: view.state.answeredAt === null ? null : new Date(view.state.answeredAt).toISOString(),
    promises: view.pledges.map(({ key, state, dueAt }) => ({
      key,
      state,
      dueAt: dueAt === null ? null : new Date(dueAt).toISOString(),
    })),
    messages: view.messages.map(({ role, text, at, author }) => ({
      at: new Date(at).toISOString(),
      role,
      author: author?.name ?? "",
      text,
    })),
  }));
}
