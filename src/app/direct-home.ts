// Which workspace a direct message is about, where a bot serves several: a talk stays in the one it began in.
import type { ChatEvent } from "../domain/events.ts";
import type { PersonRef } from "../domain/words.ts";
import { talksOf } from "../store/talks.ts";
import type { Context } from "./context.ts";

/**
 * The event as one of the workspace it belongs to: where this message was heard before (an edit, a deletion, history that is
 * read again), else where the person has something open or had within the last day, else where they are a customer, the one
 * the platform named first. Events of channels, and of platforms with one workspace, are returned as they are.
 */
export async function inItsWorkspace(context: Context, event: ChatEvent): Promise<ChatEvent> {
  const { platform, workspace, channel, message } = event.where;
  const port = context.platforms.get(platform);
  const all = port ? await port.workspaces() : [];
  if (all.length < 2) return event;
  const direct = event.kind === "message" && event.direct === true;
  if (event.kind === "message" && !direct) return event;
  const heard = await talksOf(context.db.direct, { platform, channel, message, at: event.at });
  if (!direct && heard.length === 0) return event;
  const known = heard.find((talk) => talk.heard) ?? heard.find((talk) => talk.running);
  if (known) return moved(event, known.workspace);
  if (event.kind !== "message") return event;
  const ids = [workspace, ...all.map(({ id }) => id).filter((id) => id !== workspace)];
  for (const id of ids)
    if (await isCustomer(context, { ...event.author, workspace: id }, channel)) return moved(event, id);
  return event;
}

async function isCustomer(
  context: Context,
  { platform, workspace, id }: PersonRef,
  channel: string,
): Promise<boolean> {
  const home = await context.places.home(platform, workspace);
  const place = await context.places.direct({ platform, workspace, channel });
  const person = home && place ? await context.people.find(platform, workspace, id) : null;
  if (!home || !place || !person) return false;
  return (await context.people.role(person, home, place.team)) === "customer";
}

function moved(event: ChatEvent, workspace: string): ChatEvent {
  if (event.where.workspace === workspace) return event;
  const where = { ...event.where, workspace };
  switch (event.kind) {
    case "message":
    case "edited":
      return { ...event, where, author: { ...event.author, workspace } };
    case "reaction":
      return { ...event, where, by: { ...event.by, workspace } };
    case "deleted":
      return { ...event, where };
    default:
      return event satisfies never;
  }
}
