// A request as it stands the moment it was opened, made from what opened it: reading it back would say the same.
import type { MessageEvent } from "../domain/events.ts";
import type { Terms } from "../domain/policy.ts";
import { pledgesOf } from "../domain/promises/pledges.ts";
import type { Fact } from "../domain/request/facts.ts";
import { replay } from "../domain/request/state.ts";
import type { Named, RequestView } from "../domain/request/view.ts";
import type { Instant, RequestId } from "../domain/words.ts";
import type { Known } from "./people.ts";
import type { Place } from "./places.ts";

export function justOpened(opened: {
  id: RequestId;
  number: number;
  place: Place;
  live: boolean;
  customer: Known;
  company: string | null;
  terms: Terms;
  evidence: readonly string[];
  facts: readonly Fact[];
  message: MessageEvent;
  /** The message's row, and its words as they are kept. */
  row: string;
  text: string;
  now: Instant;
}): RequestView {
  const { id, number, place, terms, facts, message } = opened;
  const { id: person, ref, name, timezone, lang } = opened.customer;
  const customer: Named = { id: person, ref, name, timezone, lang };
  const state = replay(facts);
  return {
    id,
    number,
    state,
    history: facts,
    pledges: pledgesOf(facts, terms, opened.now),
    terms,
    customer,
    owner: null,
    ownerAway: null,
    offeredTo: null,
    putOff: null,
    company: opened.company,
    team: place.team.name,
    channel: { ...place.ref, name: place.info.name, live: opened.live },
    rootThread: message.where.thread,
    thread: message.where.thread ?? state.root,
    evidence: opened.evidence,
    messages: [
      {
        row: opened.row,
        id: message.where.message,
        author: customer,
        role: "customer",
        text: opened.text,
        files: message.files.map((file) => ({ name: file.name })),
        at: message.at,
        erased: false,
      },
    ],
    linkedNumber: null,
  };
}
