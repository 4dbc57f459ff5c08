// Whom a message mentions, and who they are to its channel.
import type { MessageEvent } from "../domain/events.ts";
import type { PersonId } from "../domain/words.ts";
import type { Context } from "./context.ts";
import type { Place } from "./places.ts";

/** Which of the people mentioned are staff or helpers: whoever writes to them writes to us. */
export async function mentionedStaff(
  context: Context,
  place: Place,
  event: MessageEvent,
  matters: boolean,
): Promise<readonly PersonId[]> {
  if (event.mentions.length === 0) return [];
  if (!matters && event.mentions.length > 20) return [];
  const home = await context.places.home(event.where.platform, event.where.workspace);
  if (!home) return [];
  const staff = await Promise.all(
    event.mentions.slice(0, 20).map(async (id) => {
      const person = await context.people.find(event.where.platform, event.where.workspace, id);
      const role = person ? await context.people.role(person, home, place.team) : "customer";
      return role === "customer" ? null : id;
    }),
  );
  return staff.filter((id) => id !== null);
}
