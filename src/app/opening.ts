// Requests opened by hand: from a message with the shortcut, or from "Something else".
import { v7 as uuid } from "uuid";
import type { MessageEvent } from "../domain/events.ts";
import { replay } from "../domain/request/state.ts";
import { answerOpened } from "../messages/answers.ts";
import type { Answer } from "../messages/card.ts";
import { somethingElseForm } from "../messages/forms.ts";
import { refusal } from "../messages/refusals.ts";
import { firstSeen, loadRequest, lockChannel, placeOf } from "../store/load.ts";
import { namedPeople } from "../store/places.ts";
import type { Acting } from "./acting.ts";
import { openByHand } from "./by-hand.ts";
import type { Context } from "./context.ts";
import { open } from "./write.ts";

/** "Track as a request" on a message; on one that belongs to a request already it says which. */
export async function openByShortcut(context: Context, acting: Acting): Promise<Answer> {
  const { call, lang } = acting;
  if (!call.target) return refusal("message_gone", lang);
  const place = await context.places.watched(call.where);
  if (!place) return refusal("not_watched", lang);
  const { opened, known } = await openByHand(context, place, call.target, acting.by, `act:${call.id}`);
  if (opened) return answerOpened({ number: opened.number, already: false, lang });
  if (known === null) return { kind: "nothing" };
  const row = await context.db.request.findUnique({ where: { id: known }, select: { number: true } });
  return row ? answerOpened({ number: row.number, already: true, lang }) : { kind: "nothing" };
}

/** "Something else": asks what, then opens a linked request with those words, in the same thread. */
export async function openLinked(context: Context, acting: Acting): Promise<Answer> {
  const { call, lang, request: id } = acting;
  const words = typeof acting.args.text === "string" ? acting.args.text.trim() : "";
  if (id === null) return refusal("not_a_request", lang);
  if (words === "") return { kind: "modal", modal: somethingElseForm(id, lang) };
  const at = await placeOf(context.db, id);
  const place = at ? await context.places.watched(at) : null;
  if (!at || !place) return refusal("not_watched", lang);
  const now = context.clock.now();
  const known = acting.by.lang ? { known: acting.by.lang } : {};
  const reading = context.triage.read(place.workspaceId, words, known);
  const opened = await context.db.transact(async (tx) => {
    const { live } = await lockChannel(tx, place.channelId);
    if (!(await firstSeen(tx, place.workspaceId, `act:${call.id}`, now))) return null;
    const from = await loadRequest(tx, id);
    if (!from) return null;
    const customer = (await namedPeople(tx, [from.customerId])).get(from.customerId);
    if (!customer) return null;
    const state = replay(from.history);
    // The words were typed into a form: no message carries them, so the row names the interaction instead.
    const message: MessageEvent = {
      kind: "message",
      where: { ...place.ref, thread: from.thread ?? state.root, message: state.root },
      at: now,
      author: { ...call.by, fresh: false },
      text: words,
      mentions: [],
      mentionsBot: false,
      files: [],
      replyTo: null,
      forumPost: false,
      title: null,
    };
    const asker = {
      ...acting.by,
      id: customer.id,
      ref: customer.ref,
      name: customer.name,
      lang: customer.lang,
      timezone: customer.timezone,
    };
    const byHand = acting.by.id === customer.id ? null : acting.by.id;
    const { written } = await open(context, tx, {
      place,
      live: live ?? place.channel.live,
      customer: asker,
      message,
      kept: `form:${uuid()}`,
      reading: { ...reading, kind: "request" },
      byHand,
      linkedTo: id,
      now,
    });
    return { number: await written };
  });
  if (!opened) return { kind: "nothing" };
  const toCustomer = acting.role === "customer";
  return answerOpened({ number: opened.number, already: false, lang, toCustomer });
}
