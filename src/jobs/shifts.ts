// "Your day ends at 18:00": delivered once, to whose day it is.
import type { Context } from "../app/context.ts";
import { owedOf } from "../app/shifts.ts";
import { shiftCard } from "../messages/shifts.ts";
import { namedPeople } from "../store/places.ts";
import { shiftOf } from "../store/shifts.ts";
import { loadViews } from "../store/view.ts";
import { ensurePost } from "./posting.ts";
import { langOf, toPerson } from "./recipients.ts";

/** Nothing where all of it was answered meanwhile, or their day is over: they are not there to read it. */
export async function deliverShift(context: Context, wall: () => number, id: string): Promise<void> {
  const shift = await shiftOf(context.db.direct, id);
  const now = context.clock.now();
  if (!shift || shift.endsAt <= now) return;
  const views = await loadViews(context.db.direct, await owedOf(context, shift), now);
  const open = (await owedOf(context, shift, "open")).length;
  const [first] = views;
  const people = await namedPeople(context.db.direct, [shift.person, shift.to]);
  const [person, to] = [people.get(shift.person), people.get(shift.to)];
  const home = first && (await context.places.home(first.channel.platform, first.channel.workspace));
  if (!home || !person || !to) return;
  const recipient = toPerson(context, home, person);
  await ensurePost(context, wall, {
    workspaceId: shift.workspaceId,
    requestId: null,
    key: `shift:${id}`,
    platform: recipient.platform,
    target: recipient.target,
    card: async () => shiftCard(views, { shift, to: to.name, open }, recipient.reader),
    lang: langOf(recipient),
    live: false,
  });
}
