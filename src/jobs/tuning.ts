// What /siempre tune found, delivered to the lead who asked. Reading weeks of history takes its time, so it is a job.
import type { Context, Delivery } from "../app/context.ts";
import type { Place } from "../app/places.ts";
import { measureTuning, WEEKS } from "../app/tuning.ts";
import { isPassing } from "../errors.ts";
import type { Card } from "../messages/card.ts";
import type { Reader } from "../messages/inline.ts";
import { tuningCard, unreadableCard } from "../messages/tuning.ts";
import { namedPeople } from "../store/places.ts";
import { ensurePost } from "./posting.ts";
import { langOf, toPerson } from "./recipients.ts";

export async function deliverTuning(
  context: Context,
  wall: () => number,
  job: Extract<Delivery, { kind: "tuning" }>,
): Promise<void> {
  const row = await context.db.workspace.findUnique({ where: { id: job.workspaceId } });
  const home = row ? await context.places.home(row.platform, row.externalId) : null;
  const place = home
    ? await context.places.watched({ platform: home.platform, workspace: home.id, channel: job.channel })
    : null;
  const person = (await namedPeople(context.db, [job.by])).get(job.by);
  if (!home || !place || !person) return;
  const recipient = toPerson(context, home, person);
  await ensurePost(context, wall, {
    workspaceId: job.workspaceId,
    requestId: null,
    key: `tuning:${job.id}`,
    platform: recipient.platform,
    target: recipient.target,
    card: () => cardFor(context, place, recipient.reader),
    lang: langOf(recipient),
    live: false,
  });
}

async function cardFor(context: Context, place: Place, reader: Reader): Promise<Card> {
  try {
    const found = await measureTuning(context, place);
    const { made, override } = found;
    const by = override.tunedBy
      ? (await namedPeople(context.db, [override.tunedBy])).get(override.tunedBy)
      : null;
    const tuned = override.joinWithin !== null && override.tunedAt !== null;
    return tuningCard(
      {
        ...found,
        channel: { id: place.ref.channel, name: place.info.name },
        weeks: WEEKS,
        team: {
          messages: found.messages,
          requests: made.requests,
          joined: made.joined,
          answered: made.answered,
          corrected: made.corrected,
        },
        override: tuned ? { by: by ?? null, at: override.tunedAt ?? 0 } : null,
      },
      reader,
    );
  } catch (error) {
    if (isPassing(error)) throw error;
    context.log.warn({ channel: place.ref.channel, err: error }, "history could not be read for tuning");
    return unreadableCard(place.info.name, reader.lang);
  }
}
