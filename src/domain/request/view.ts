// A request as people are shown it: history folded, names and words joined in. Made by the store, read by messages.
import type { Terms } from "../policy.ts";
import type { Pledge } from "../promises/pledges.ts";
import type { ChannelRef, Instant, Lang, PersonId, PersonRef, RequestId } from "../words.ts";
import type { Fact } from "./facts.ts";
import type { RequestState } from "./state.ts";

/** A person with the name they are called by; erased people have an empty name. */
export interface Named {
  id: PersonId;
  ref: PersonRef;
  name: string;
  timezone: string | null;
  lang: Lang | null;
}

export interface SaidMessage {
  /** The row's id, which a notice names; the platform's id is `id`. */
  row: string;
  id: string;
  author: Named | null;
  role: "customer" | "helper" | "staff";
  text: string;
  files: readonly { name: string }[];
  at: Instant;
  erased: boolean;
}

export interface RequestView {
  id: RequestId;
  number: number;
  /** Which version of the request this is; left out where it was not read back. */
  version?: number;
  state: RequestState;
  history: readonly Fact[];
  pledges: readonly Pledge[];
  terms: Terms;
  customer: Named;
  owner: Named | null;
  /** Until when the owner is away; null while they are there. */
  ownerAway: Instant | null;
  /** To whom it is offered, while nobody has answered. */
  offeredTo: Named | null;
  company: string | null;
  team: string | null;
  /** `live` is what somebody decided with Go live; whether the customer of this request is spoken to is `state.quiet`. */
  channel: ChannelRef & { name: string; live: boolean };
  /** The thread the first message itself stands in: a forum post's own, or the one it was written in; null at top level. */
  rootThread: string | null;
  /** The thread answers go to. */
  thread: string;
  /** Words that decided the tier, as they stood in the message. */
  evidence: readonly string[];
  /** Of the customer and of staff, oldest first; at most the last 20. */
  messages: readonly SaidMessage[];
  /** The last time a reminder of it was put off, by whom and why; null: never. An erased reason is empty. */
  putOff: { pledge: string; until: Instant; by: string; why: string } | null;
  /** The number of the request it was linked from, or null. */
  linkedNumber: number | null;
}
