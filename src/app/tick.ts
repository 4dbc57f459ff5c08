// Time reached a request's wake-up: the same path as everything else.
import { assignAt } from "../domain/request/assigning.ts";
import { decideTick } from "../domain/request/tick.ts";
import type { RequestId } from "../domain/words.ts";
import { ownerOf } from "../store/availability.ts";
import { rewake } from "../store/commit.ts";
import { loadRequest, lockChannel, placeOf } from "../store/load.ts";
import { assigneeFor } from "./assigning.ts";
import type { Context } from "./context.ts";
import { apply, situationOf } from "./write.ts";

/**
 * Looks at a request whose wake-up has come and commits what falls due. Two sweeps at once are harmless: the second
 * finds nothing due. A wake-up that leads to nothing is moved on, so that it cannot come round for ever. `ahead`, ms: see decideTick.
 */
export async function handleTick(context: Context, id: RequestId, ahead = 0): Promise<void> {
  const at = await placeOf(context.db, id);
  // Nobody could be told: it stays due until its platform is connected again.
  if (!at || !context.platforms.has(at.platform)) return;
  const place = await context.places.watched(at);
  const now = context.clock.now();
  const home = await context.places.home(at.platform, at.workspace);
  const rules = await context.places.rules(at);
  const onCall = rules && home ? await context.roster.onCall(home, rules.team, now) : [];
  await context.db.transact(async (tx) => {
    const { live } = await lockChannel(tx, at.channelId);
    const request = await loadRequest(tx, id);
    if (!request) return;
    const situation = situationOf(request, now, live ?? rules?.live ?? false);
    const owner = await ownerOf(tx, situation.state, request.terms);
    const { state, terms } = situation;
    const assign = assignAt(state, terms);
    const assigned =
      place && assign !== null && assign <= now
        ? await assigneeFor(context, tx, place, { ...state, terms, now })
        : null;
    const plan = decideTick({ ...situation, owner }, onCall, ahead, assigned ?? "nobody");
    if (plan.facts.length > 0) {
      await apply(context, tx, request, { channel: at.channel, thread: null }, plan, now);
    } else {
      await rewake(tx, request, now);
    }
  });
}
