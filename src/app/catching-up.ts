// After a gap (restart, lost session, silence): history since the cursor goes through the same path as live events.
import type { ChatEvent } from "../domain/events.ts";
import { cursors } from "../store/places.ts";
import type { Context } from "./context.ts";

/** Reads overlap the cursor by this much, ms: messages commit out of order, and clocks differ. The seen key makes it safe. */
const OVERLAP = 10 * 60_000;
/** How far back a gap is read at most, ms: an answer to a week-old question is a person's to give. */
const FURTHEST = 7 * 24 * 3_600_000;

/**
 * Reads every watched channel of a platform. A channel without a cursor begins now: what was said before the bot came
 * is not ours to answer. Resolves to the number of events handled; one unreadable channel does not stop the others.
 */
export async function catchUp(
  context: Context,
  platform: string,
  handle: (event: ChatEvent) => Promise<void>,
): Promise<number> {
  const port = context.platforms.get(platform);
  if (!port) return 0;
  let handled = 0;
  for (const workspace of await port.workspaces()) {
    const home = await context.places.home(platform, workspace.id);
    if (!home) continue;
    const places = await context.places.all(platform, workspace.id);
    const known = new Map((await cursors(context.db, home.rowId)).map((cursor) => [cursor.channel, cursor]));
    for (const place of places) {
      const cursor = known.get(place.ref.channel);
      const now = context.clock.now();
      if (!cursor?.since) {
        await context.db.channel.update({
          where: { id: place.channelId },
          data: { cursorAt: new Date(now) },
        });
        continue;
      }
      const since = Math.max(cursor.since - OVERLAP, now - FURTHEST);
      try {
        for await (const event of port.history(workspace.id, place.ref.channel, since, cursor.threads)) {
          await handle(event);
          handled += 1;
        }
      } catch (cause) {
        context.log.warn(
          { channel: place.ref.channel, err: cause },
          "history could not be read; it is tried again at the next gap",
        );
      }
    }
  }
  return handled;
}
