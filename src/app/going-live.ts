// Go live: from now on the bot may speak to customers in a channel.
import { isAtLeast } from "../domain/people/roles.ts";
import { wentLive } from "../messages/answers.ts";
import type { Answer } from "../messages/card.ts";
import { refusal } from "../messages/refusals.ts";
import { goLive } from "../store/places.ts";
import type { Acting } from "./acting.ts";
import type { Context } from "./context.ts";
import type { Home, Place } from "./places.ts";

/** Requests opened before stay quiet: nobody gets a late acknowledgement for something weeks old. */
export async function goLiveIn(context: Context, acting: Acting): Promise<Answer> {
  const { lang } = acting;
  const channel = String(acting.args.channel ?? "");
  const { place, home } = await placeIn(context, acting.reach, channel);
  if (!place || !home) return refusal("not_watched", lang);
  // The gate knew the team of the place it was pressed in; the channel may be another team's.
  if (!isAtLeast(await context.people.role(acting.by, home, place.team), "lead"))
    return refusal("leads_only", lang);
  const changed = await goLive(context.db, place.channelId, acting.by.id, context.clock.now());
  context.log.info({ channel, by: acting.by.id, changed }, "channel is live");
  return { kind: "card", card: wentLive({ channel: place.info.name, changed, lang }) };
}

/** The watched channel of that id in one of the workspaces; ids of channels are unique on their platform. */
async function placeIn(
  context: Context,
  homes: readonly Home[],
  channel: string,
): Promise<{ place: Place | null; home: Home | null }> {
  for (const home of homes) {
    const place = await context.places.watched({ platform: home.platform, workspace: home.id, channel });
    if (place) return { place, home };
  }
  return { place: null, home: null };
}
