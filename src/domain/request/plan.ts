// A plan is everything that will happen, as data: read it, test it, commit it whole.
import type { Availability } from "../people/availability.ts";

import type { Terms } from "../policy.ts";
import type { CustomerSignal } from "../triage/customer-signals.ts";
import type { Instant, PersonId, RequestId } from "../words.ts";
import type { Fact, FactBody } from "./facts.ts";
import type { NoticeBody } from "./notices.ts";
import type { RequestState } from "./state.ts";

/** Words to keep beside the history, where they can be erased. */
export type Words =
  | { kind: "line"; id: string; author: PersonId; text: string; at: Instant }
  | { kind: "edit"; message: string; text: string; at: Instant }
  | { kind: "erase"; message: string; at: Instant }
  /** Why something was put off. */
  | { kind: "reason"; id: string; author: PersonId; text: string; at: Instant }
  /** The words that decided the tier, where later words changed it. */
  | { kind: "evidence"; words: readonly string[] }
  /** The words of something recognised in a message, private to staff. */
  | { kind: "note"; message: string; signal: CustomerSignal; quote: string; at: Instant }
  | { kind: "forget_note"; signal: CustomerSignal }
  /** The message was edited: what of it now carries the signal; "" where nothing does any more. */
  | { kind: "requote"; message: string; signal: CustomerSignal; quote: string }
  /** What the next owner should know. */
  | { kind: "brief"; id: string; author: PersonId | null; to: PersonId; text: string; at: Instant };

/** What whoever acted is told at once; worded by messages/answers. */
export type Reply =
  | { kind: "nothing" }
  | { kind: "claimed"; sayBack: boolean }
  /** `from`: when they hear of it, where that is not now. */
  | { kind: "assigned"; to: PersonId; from?: Instant }
  /** To be handed over, it needs a brief first. */
  | { kind: "ask_brief"; to: PersonId }
  | { kind: "offered"; to: PersonId; owner: PersonId; until: Instant; from?: Instant }
  | { kind: "accepted"; told: boolean }
  | { kind: "declined" }
  | { kind: "withdrawn" }
  | { kind: "released" }
  | { kind: "tiered"; due: Instant | null }
  | { kind: "waiting" }
  | { kind: "ask_resolution" }
  | { kind: "note_deleted" }
  /** Asks by when a chance is followed up; `who` null: by whoever asked. */
  | { kind: "ask_follow_up"; who: PersonId | null }
  | { kind: "follow_up"; to: PersonId; until: Instant }
  | { kind: "ask_answer" }
  | { kind: "told" }
  | { kind: "left_incident" }
  | { kind: "resolved"; told: boolean }
  | { kind: "reopened" }
  | { kind: "said" }
  /** `told`: a line went to the customer with it. */
  | { kind: "promised"; until: Instant; told: boolean }
  | { kind: "on_it" }
  /** Somebody on call is being called. */
  | { kind: "paging"; to: PersonId }
  | { kind: "have_it" }
  /** Asks until when a reminder is put off, and why. */
  | { kind: "ask_snooze"; pledge: string }
  | { kind: "snoozed"; until: Instant }
  | { kind: "confirmed" }
  | { kind: "not_fixed" }
  | { kind: "ask_something_else" }
  | { kind: "opened_other"; number: number }
  | { kind: "answered_elsewhere" }
  | { kind: "ask_workaround" }
  | { kind: "workaround" }
  | { kind: "relieved"; helped: boolean }
  | { kind: "third_party"; on: boolean }
  | { kind: "draft_apology" }
  | { kind: "choose_owner" }
  /** It cannot be done now; `why` is a sentence in messages/answers. */
  | { kind: "refused"; why: Refusal; field?: string };

export type Refusal =
  /** The note was deleted already. */
  | "note_gone"
  | "already_yours"
  /** Somebody was faster. Taking over is a thing of its own: assigning it to oneself. */
  | "taken"
  | "already_resolved"
  | "not_resolved"
  /** To a customer who presses "All good" on what is open again. */
  | "open_again"
  | "already_waiting"
  | "already_third_party"
  | "not_third_party"
  | "same_tier"
  | "not_a_time"
  | "time_past"
  | "time_far"
  | "promised_already"
  /** Only whoever gave their word can have it tracked. */
  | "not_your_word"
  | "word_gone"
  /** A reminder is put off until before the promise ends, never beyond. */
  | "after_the_end"
  | "nothing_runs"
  | "no_incident"
  | "not_staff"
  | "not_yours"
  /** The offer was withdrawn, answered, or fell back. */
  | "offer_over"
  | "receiver_away"
  | "offer_not_to_you"
  | "brief_too_long"
  /** Only for tier 1 is anybody woken. */
  | "not_failing"
  | "nobody_on_call"
  | "paging_already"
  | "watch_only";

export interface Plan {
  facts: readonly Fact[];
  notices: readonly NoticeBody[];
  words: readonly Words[];
  reply: Reply;
  /** What holds for the request from now on, where that was changed; a fact `terms` stands among the facts. */
  terms?: Terms;
}

/** What a decision about an existing request may know. */
export interface Situation {
  id: RequestId;
  state: RequestState;
  history: readonly Fact[];
  terms: Terms;
  now: Instant;
  /** Whether the channel is live now. */
  live: boolean;
  /** When the owner works; absent where time does not decide. */
  owner?: Availability | null;
}

export const nothing: Plan = { facts: [], notices: [], words: [], reply: { kind: "nothing" } };

/** A fact of now. */
export function fact(body: FactBody, at: Instant, by: PersonId | null): Fact {
  return { ...body, at, by };
}
