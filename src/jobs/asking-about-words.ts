// The question about a word somebody gave in a message: to them alone, beside their words where the platform can.
import type { Context } from "../app/context.ts";
import type { Notice } from "../domain/request/notices.ts";
import { isActive } from "../domain/request/state.ts";
import type { Card } from "../messages/card.ts";
import { wordQuestion } from "../messages/commitments.ts";
import { namedPeople } from "../store/places.ts";
import { type Recipient, type Surroundings, toPerson } from "./recipients.ts";

/** Null when there is nothing left to ask: the message is gone, the request is over, the word is tracked. */
export async function wordAsked(
  context: Context,
  notice: Extract<Notice, { kind: "word" }>,
  { view, home }: Surroundings,
): Promise<{ recipient: Recipient; card: Card } | null> {
  const { message, thread, until, to } = notice;
  const said = view.messages.find(({ id, erased }) => id === message && !erased);
  const tracked = view.history.some((fact) => fact.kind === "promised" && fact.message === message);
  const by = (await namedPeople(context.db, [to])).get(to);
  if (!said || !by || tracked || !isActive(view.state)) return null;
  const person = toPerson(context, home, by);
  const { workspace, channel } = view.channel;
  const recipient: Recipient = {
    ...person,
    target: { kind: "only", workspace, channel, thread, person: by.ref.id },
  };
  return { recipient, card: wordQuestion(view, { message, said: said.text, by, until }, person.reader) };
}
