// Forms and integrations that the policy allows: what they post is what the person who filled them in said.
import type { MessageEvent } from "../domain/events.ts";
import { DIRECT } from "../domain/terms.ts";
import type { Context } from "./context.ts";
import type { Known } from "./people.ts";
import type { Place } from "./places.ts";

/** More mentions than this in one post are a list of people, not whoever filled it in. */
const MOST_MENTIONED = 5;

/**
 * The message as the person said it who filled in the form: the one the platform names, else the first customer the post
 * mentions. Where it names nobody, the form itself is the customer. Any other bot's post stays a bot's.
 */
export async function asSaid(context: Context, place: Place, event: MessageEvent): Promise<MessageEvent> {
  // In a direct message a thread is no place of its own: all of it is one talk with one person.
  if (place.info.name === DIRECT) return { ...event, where: { ...event.where, thread: null } };
  if (!event.author.bot || !isAllowed(place, event)) return event;
  const person = await filledInBy(context, place, event);
  const author = person
    ? {
        ...event.author,
        ...person.ref,
        name: person.name,
        company: person.company,
        external: person.company !== null,
      }
    : event.author;
  // Whom a form names it speaks for, or about: never to.
  return { ...event, author: { ...author, bot: false }, mentions: [], mentionsBot: true };
}

function isAllowed({ workspace }: Place, { author, app }: MessageEvent): boolean {
  const name = author.name.trim().toLowerCase();
  return workspace.allowBots.some(
    (allowed) => allowed === author.id || allowed === app || allowed.trim().toLowerCase() === name,
  );
}

async function filledInBy(context: Context, place: Place, event: MessageEvent): Promise<Known | null> {
  const { platform, workspace } = place.ref;
  const home = await context.places.home(platform, workspace);
  const ids = [...(event.madeFor ? [event.madeFor] : []), ...event.mentions].slice(0, MOST_MENTIONED);
  for (const id of ids) {
    const person = await context.people.find(platform, workspace, id);
    if (!person || person.bot || !home) continue;
    if ((await context.people.role(person, home, place.team)) === "customer") return person;
  }
  return null;
}
