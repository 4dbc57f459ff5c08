// Who is on call, and whether that wakes anybody: a test page, heard and confirmed.
import { v7 as uuid } from "uuid";
import { isAtLeast } from "../domain/people/roles.ts";
import { turnAt } from "../domain/people/rota.ts";
import type { Answer } from "../messages/card.ts";
import type { Reader } from "../messages/inline.ts";
import { onCallCard, onCallSaid } from "../messages/on-call.ts";
import { refusal } from "../messages/refusals.ts";
import { sentences } from "../messages/text/sentences.ts";
import { firstSeen } from "../store/load.ts";
import { confirmPage, pageConfirmed } from "../store/on-call.ts";
import { ensureTeam, namedPeople } from "../store/places.ts";
import type { Acting } from "./acting.ts";
import type { Context, Delivery, PageTest } from "./context.ts";

/** `/siempre oncall show`. */
export async function showOnCall(context: Context, acting: Acting, reader: Reader): Promise<Answer> {
  const { home, team, lang } = acting;
  if (team.onCall === null) return { kind: "error", text: sentences(lang).refusals.nobody_on_call };
  const turn = turnAt(team.onCall, reader.now);
  const after = turnAt(team.onCall, turn.until);
  const ids = [...turn.people, ...after.people];
  const rows = await context.roster.rows(home, team, ids);
  const named = await namedPeople(context.db, [...rows.values()]);
  const nameOf = (id: string | undefined) => named.get(rows.get(id ?? "") ?? "")?.name ?? id ?? "";
  const confirmed = await pageConfirmed(context.db, await ensureTeam(context.db, home.rowId, team.name));
  const by = confirmed?.by ? (await namedPeople(context.db, [confirmed.by])).get(confirmed.by) : undefined;
  const card = onCallCard(
    {
      team: team.name,
      now: nameOf(turn.people[0]),
      until: turn.until,
      behind: turn.people.slice(1).map(nameOf),
      next: nameOf(after.people[0]),
      confirmed: confirmed && { at: confirmed.at, by: by?.name ?? "" },
      rings: context.pagers.of(team.pager) !== null,
    },
    reader,
  );
  return { kind: "card", card };
}

/** `/siempre oncall test`, and the button under it. */
export async function actOnCall(context: Context, acting: Acting, reader: Reader): Promise<Answer> {
  return acting.act.name === "page_rang" ? heard(context, acting, reader) : testPage(context, acting, reader);
}

async function testPage(context: Context, acting: Acting, reader: Reader): Promise<Answer> {
  const { home, team, by, call, lang } = acting;
  const onCall = await context.roster.onCall(home, team, reader.now);
  const [to] = onCall;
  if (to === undefined) return { kind: "error", text: sentences(lang).refusals.nobody_on_call };
  if (!isAtLeast(acting.role, "lead") && !onCall.includes(by.id)) return refusal("leads_only", lang);
  // A direct message alone wakes nobody: confirmed by it, tier 1 would be promised at night in vain.
  if (context.pagers.of(team.pager) === null) return onCallSaid("noPager", reader);
  const row = await ensureTeam(context.db, home.rowId, team.name);
  const test: Omit<PageTest, "by"> = { id: uuid(), team: { row, name: team.name }, to, at: reader.now };
  const deliveries = (["pager", "direct"] as const).map(
    (way): Delivery => ({ kind: "page_test", workspaceId: home.rowId, test: { ...test, by: way } }),
  );
  await context.db.transact(async (tx) => {
    if (await firstSeen(tx, home.rowId, `act:${call.id}`, reader.now)) await context.outbox(tx, deliveries);
  });
  const name = (await namedPeople(context.db, [to])).get(to)?.name ?? "";
  return onCallSaid("testSent", reader, name);
}

/** "It rang", pressed by whoever was called. */
async function heard(context: Context, acting: Acting, reader: Reader): Promise<Answer> {
  const { by, call, home, reach, lang } = acting;
  const id = String(acting.args.team ?? "");
  if (!UUID.test(id)) return refusal("not_allowed", lang);
  // What is promised at night must not hang on the word of somebody whose bed is far from the pager.
  if (!(await isOnRota(context, acting, id))) return onCallSaid("notOnRota", reader);
  const team = await context.db.transact(async (tx) => {
    await firstSeen(tx, home.rowId, `act:${call.id}`, reader.now);
    return confirmPage(tx, { id, workspaceIds: reach.map(({ rowId }) => rowId) }, by.id, reader.now);
  });
  if (team === null) return refusal("not_allowed", lang);
  context.log.info({ team, by: by.id }, "a test page was heard");
  return onCallSaid("heard", reader, team);
}

/** Whether whoever acts stands on the rota of that team, or covers in it. */
async function isOnRota(context: Context, { by, reach }: Acting, teamId: string): Promise<boolean> {
  const row = await context.db.team.findUnique({ where: { id: teamId } });
  const home = reach.find(({ rowId }) => rowId === row?.workspaceId);
  const team = home?.policy.teams.find(({ name }) => name === row?.name);
  if (!home || !team?.onCall) return false;
  const { people, cover } = team.onCall;
  const rows = await context.roster.rows(home, team, [...people, ...cover.map(({ person }) => person)]);
  return [...rows.values()].includes(by.id);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
