// Go live: from now on the bot may speak to customers in a channel.
import { wentLive } from "../messages/answers.ts";
import type { Answer } from "../messages/card.ts";
import { refusal } from "../messages/refusals.ts";
import { goLive } from "../store/places.ts";
import type { Acting } from "./acting.ts";
import type { Context } from "./context.ts";

/** Requests opened before stay quiet: nobody gets a late acknowledgement for something weeks old. */
export async function goLiveIn(context: Context, acting: Acting): Promise<Answer> {
  const { lang, home } = acting;
  const channel = String(acting.args.channel ?? "");
  const place = await context.places.watched({ platform: home.platform, workspace: home.id, channel });
  if (!place) return refusal("not_watched", lang);
  const changed = await goLive(context.db, place.channelId, acting.by.id, context.clock.now());
  context.log.info({ channel, by: acting.by.id, changed }, "channel is live");
  return { kind: "card", card: wentLive({ channel: place.info.name, changed, lang }) };
}
