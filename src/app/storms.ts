// After a request opened, or turned out worse: is it one of several about the same? Comes from the queue, so that nothing
// waits for it and nothing is forgotten; asked twice, it answers the same.
import { decideStorm } from "../domain/incidents/storm.ts";
import { decideInIncident } from "../domain/request/telling.ts";
import { teamFor } from "../domain/terms.ts";
import type { RequestId } from "../domain/words.ts";
import type { Transaction } from "../store/direct.ts";
import {
  joinIncident,
  knownIncidents,
  loadIncident,
  lockTeam,
  looseReports,
  proposeIncident,
} from "../store/incidents.ts";
import { placeOf } from "../store/load.ts";
import type { Context, Delivery } from "./context.ts";
import { apply, mustLoad, situationOf } from "./write.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Proposes an incident, or lets the request join one. Both show on the incident's card in the team channel. */
export async function lookAround(context: Context, request: RequestId): Promise<void> {
  const place = await placeOf(context.db, request);
  const home = place ? await context.places.home(place.platform, place.workspace) : null;
  const row = await context.db.request.findUnique({
    where: { id: request },
    select: { teamId: true, openedAt: true, channel: { select: { externalId: true, name: true } } },
  });
  if (!place || !home || !row?.teamId) return;
  if (!teamFor(home.policy, { id: row.channel.externalId, name: row.channel.name })) return;
  const { storm, stormOfTier1 } = home.policy;
  const around = Math.max(storm?.within ?? 0, stormOfTier1?.within ?? 0) * MINUTE;
  if (around === 0) return;
  const { teamId } = row;
  const openedAt = row.openedAt.getTime();
  await context.db.transact(async (tx) => {
    await lockTeam(tx, teamId);
    const loose = await looseReports(tx, { teamId, from: openedAt - around, to: openedAt + around });
    const report = loose.find((each) => each.request === request);
    // It is over, or part of an incident: the other one of two looks was faster.
    if (!report) return;
    const decision = decideStorm({
      report,
      others: loose.filter((each) => each !== report),
      incidents: await knownIncidents(tx, teamId, openedAt - DAY - around),
      storm,
      stormOfTier1,
    });
    const { workspaceId } = place;
    switch (decision.kind) {
      case "nothing":
        return;
      case "propose": {
        const at = Math.max(
          openedAt,
          ...loose.filter(({ request: id }) => decision.requests.includes(id)).map((each) => each.openedAt),
        );
        const incident = await proposeIncident(tx, { workspaceId, teamId, at, ...decision });
        return context.outbox(tx, [{ kind: "incident", workspaceId, incident }]);
      }
      case "join":
        return join(context, tx, { ...place, request, incident: decision.incident, openedAt });
      default:
        decision satisfies never;
    }
  });
}

async function join(
  context: Context,
  tx: Transaction,
  part: {
    workspaceId: string;
    channel: string;
    request: RequestId;
    incident: string;
    openedAt: number;
  },
): Promise<void> {
  const { workspaceId, incident: id, request } = part;
  await joinIncident(tx, { id, workspaceId, request, at: part.openedAt });
  const incident = await loadIncident(tx, id);
  if (incident?.status === "open") {
    const loaded = await mustLoad(tx, request);
    const now = context.clock.now();
    const plan = decideInIncident(
      situationOf(loaded, now, true),
      { id, first: incident.firstNumber },
      null,
      now,
    );
    await apply(context, tx, loaded, { channel: part.channel, thread: null }, plan, now);
  }
  const card: Delivery = { kind: "incident", workspaceId, incident: id };
  await context.outbox(tx, [card]);
}
