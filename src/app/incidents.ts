// What staff does with an incident: all its requests change in one transaction, and everything to be told is born in it.
import { v7 as uuid } from "uuid";
import type { IncidentState } from "../domain/incidents/incident.ts";
import { isAtLeast } from "../domain/people/roles.ts";
import { decideResolve } from "../domain/request/act.ts";
import { nothing, type Plan, type Situation } from "../domain/request/plan.ts";
import { isActive } from "../domain/request/state.ts";
import { decideInIncident, decideTold, isWithdrawn } from "../domain/request/telling.ts";
import type { Instant } from "../domain/words.ts";
import type { Answer } from "../messages/card.ts";
import { incidentAnswer, resolveAllForm, updateForm } from "../messages/incidents.ts";
import { refusal } from "../messages/refusals.ts";
import type { Transaction } from "../store/direct.ts";
import { decideOn, loadIncident, lockTeam, noteTold } from "../store/incidents.ts";
import { firstSeen, placeOf } from "../store/load.ts";
import type { Acting } from "./acting.ts";
import type { Context } from "./context.ts";
import { apply, mustLoad, situationOf } from "./write.ts";

export async function actOnIncident(context: Context, acting: Acting): Promise<Answer> {
  const { act, args, lang } = acting;
  const incident = await within(context, acting, String(args.incident ?? ""));
  if (!incident) return refusal("not_allowed", lang);
  const said = (value: unknown) => (typeof value === "string" ? value.trim() : "");
  const asks = acting.call.surface === "button";
  switch (act.name) {
    case "confirm_incident":
      return confirm(context, acting, incident);
    case "dismiss_incident":
      return dismiss(context, acting, incident);
    case "update_everyone": {
      const line = said(args.line);
      if (line === "") return { kind: "modal", modal: updateForm(incident, lang) };
      return tellEveryone(context, acting, incident, line);
    }
    case "resolve_all":
      if (asks) return { kind: "modal", modal: resolveAllForm(incident, lang) };
      return resolveEvery(context, acting, incident, said(args.note));
    default:
      throw new Error(`"${act.name}" is no act about incidents.`);
  }
}

/** The incident, if its workspace may be seen from here and the one who acts is staff of its team. */
async function within(context: Context, acting: Acting, id: string): Promise<IncidentState | null> {
  const incident = await loadIncident(context.db.direct, id);
  const home = acting.reach.find(({ rowId }) => rowId === incident?.workspaceId);
  const team = home?.policy.teams.find(({ name }) => name === incident?.team);
  if (!incident || !home || !team) return null;
  return isAtLeast(await context.people.role(acting.by, home, team), "staff") ? incident : null;
}

/** Runs `work` once for this interaction, with the incidents of the team locked. Null: it was done before. */
async function once<T>(
  context: Context,
  acting: Acting,
  { id, workspaceId, teamId }: IncidentState,
  work: (tx: Transaction, incident: IncidentState, now: Instant) => Promise<T>,
): Promise<T | null> {
  const now = context.clock.now();
  return context.db.transact(async (tx) => {
    await lockTeam(tx, teamId);
    if (!(await firstSeen(tx, workspaceId, `act:${acting.call.id}`, now))) return null;
    const incident = await loadIncident(tx, id);
    if (!incident) return null;
    const done = await work(tx, incident, now);
    await context.outbox(tx, [{ kind: "incident", workspaceId, incident: id }]);
    return done;
  });
}

/** Decides about each request of an incident that is still open, and commits it. Resolves to the plans, in order. */
async function forEach(
  context: Context,
  tx: Transaction,
  incident: IncidentState,
  now: Instant,
  decide: (situation: Situation) => Plan,
): Promise<Plan[]> {
  const plans: Plan[] = [];
  for (const id of incident.requests) {
    const place = await placeOf(context.db, id);
    if (!place) continue;
    const request = await mustLoad(tx, id);
    const rules = await context.places.rules(place);
    const [channel] = await tx.$queryRaw<{ live: boolean | null }[]>`
      SELECT live FROM channel WHERE id = ${place.channelId}::uuid`;
    const situation = situationOf(request, now, channel?.live ?? rules?.live ?? false);
    if (!isActive(situation.state)) continue;
    const plan = decide(situation);
    await apply(context, tx, request, { channel: place.channel, thread: null }, plan, now);
    plans.push(plan);
  }
  return plans;
}

async function confirm(context: Context, acting: Acting, seen: IncidentState): Promise<Answer> {
  const { by, lang } = acting;
  const done = await once(context, acting, seen, async (tx, incident, now) => {
    const change = {
      id: incident.id,
      from: ["proposed", "dismissed"],
      to: "open",
      by: by.id,
      at: now,
    } as const;
    if (!(await decideOn(tx, change))) return { kind: "already", incident } as const;
    const part = { id: incident.id, first: incident.firstNumber };
    await forEach(context, tx, incident, now, (situation) => decideInIncident(situation, part, by.id, now));
    return { kind: "confirmed", incident } as const;
  });
  return done ? incidentAnswer({ ...done, lang }) : { kind: "nothing" };
}

async function dismiss(context: Context, acting: Acting, seen: IncidentState): Promise<Answer> {
  const { by, lang } = acting;
  const done = await once(context, acting, seen, async (tx, incident, now) => {
    const change = { id: incident.id, from: ["proposed"], to: "dismissed", by: by.id, at: now } as const;
    return { kind: (await decideOn(tx, change)) ? "dismissed" : "already", incident } as const;
  });
  return done ? incidentAnswer({ ...done, lang }) : { kind: "nothing" };
}

/** One line, each customer in their own thread; it counts as an answer to each of them. */
async function tellEveryone(
  context: Context,
  acting: Acting,
  seen: IncidentState,
  text: string,
): Promise<Answer> {
  const { by, lang } = acting;
  const done = await once(context, acting, seen, async (tx, incident, now) => {
    if (incident.status !== "open") return { kind: "not_open", incident } as const;
    const plans = await forEach(context, tx, incident, now, (situation) =>
      isWithdrawn(situation.history) ? nothing : decideTold(situation, by.id, { id: uuid(), text }),
    );
    const count = plans.filter(({ reply }) => reply.kind === "told").length;
    const silent = plans.filter(({ reply }) => reply.kind === "refused").length;
    await noteTold(tx, { id: incident.id, count, at: now });
    return { kind: "told", incident, count, silent } as const;
  });
  return done ? incidentAnswer({ ...done, lang }) : { kind: "nothing" };
}

async function resolveEvery(
  context: Context,
  acting: Acting,
  seen: IncidentState,
  note: string,
): Promise<Answer> {
  const { by, lang } = acting;
  const done = await once(context, acting, seen, async (tx, incident, now) => {
    const change = { id: incident.id, from: ["open"], to: "resolved", by: by.id, at: now } as const;
    if (!(await decideOn(tx, change))) return { kind: "not_open", incident } as const;
    let asked = false;
    const plans = await forEach(context, tx, incident, now, (situation) => {
      const plan = decideResolve(situation, by.id, note === "" ? null : { id: uuid(), text: note });
      // One incident has one cause: it is asked for once, not for every report.
      const gone = isWithdrawn(situation.history);
      const notices = plan.notices.filter(({ kind }) =>
        kind === "causes" ? !asked : kind !== "close" || !gone,
      );
      asked ||= plan.notices.some(({ kind }) => kind === "causes");
      return { ...plan, notices };
    });
    return { kind: "resolved", incident, count: plans.length } as const;
  });
  return done ? incidentAnswer({ ...done, lang }) : { kind: "nothing" };
}
