// The card of an incident, in its team's channel: one post, kept up to date.
import { linkTo } from "../app/asking.ts";
import type { Context } from "../app/context.ts";
import type { IncidentState } from "../domain/incidents/incident.ts";
import type { Card } from "../messages/card.ts";
import { incidentCard } from "../messages/incidents.ts";
import { loadIncident } from "../store/incidents.ts";
import { namedPeople } from "../store/places.ts";
import { loadViews } from "../store/view.ts";
import { ensurePost } from "./posting.ts";
import { langOf, type Recipient, toTeam } from "./recipients.ts";

/** How many requests the card is made from; it shows a few and counts the rest. */
const READ = 12;

export async function deliverIncident(context: Context, wall: () => number, id: string): Promise<void> {
  const incident = await loadIncident(context.db.direct, id);
  const home = incident ? await context.places.home(incident.platform, incident.workspace) : null;
  const team = home?.policy.teams.find(({ name }) => name === incident?.team);
  const recipient = home && team ? await toTeam(context, { home, team }) : null;
  if (!incident || !recipient) return;
  await ensurePost(context, wall, {
    workspaceId: incident.workspaceId,
    requestId: null,
    key: `incident:${id}`,
    platform: recipient.platform,
    target: recipient.target,
    card: async (first) =>
      // Whoever changes it meanwhile brings the post up to date after us.
      cardOf(
        context,
        first ? incident : ((await loadIncident(context.db.direct, id)) ?? incident),
        recipient,
      ),
    lang: langOf(recipient),
    live: true,
  });
}

async function cardOf(context: Context, incident: IncidentState, { reader }: Recipient): Promise<Card> {
  const views = await loadViews(context.db.direct, incident.requests.slice(0, READ), context.clock.now());
  const first = views[0];
  const people = await namedPeople(context.db, incident.decidedBy ? [incident.decidedBy] : []);
  return incidentCard(
    {
      incident,
      views,
      decidedBy: (incident.decidedBy && people.get(incident.decidedBy)) || null,
      link: first ? await linkTo(context, first) : null,
    },
    reader,
  );
}
