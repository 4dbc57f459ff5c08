// A plan is everything that will happen, as data: read it, test it, commit it whole.
import type { Terms } from "../policy.ts";
import type { Instant, PersonId, RequestId } from "../words.ts";
import type { Fact, FactBody } from "./facts.ts";
import type { NoticeBody } from "./notices.ts";
import type { RequestState } from "./state.ts";

/** Words to keep beside the history, where they can be erased. */
export type Words =
  | { kind: "line"; id: string; author: PersonId; text: string; at: Instant }
  | { kind: "edit"; message: string; text: string; at: Instant }
  | { kind: "erase"; message: string; at: Instant }
  /** The words that decided the tier, where later words changed it. */
  | { kind: "evidence"; words: readonly string[] };

/** What whoever acted is told at once; worded by messages/answers. */
export type Reply =
  | { kind: "nothing" }
  | { kind: "claimed"; sayBack: boolean }
  | { kind: "assigned"; to: PersonId }
  | { kind: "tiered"; due: Instant | null }
  | { kind: "waiting" }
  | { kind: "ask_resolution" }
  | { kind: "resolved"; told: boolean }
  | { kind: "reopened" }
  | { kind: "said" }
  | { kind: "on_it" }
  | { kind: "confirmed" }
  | { kind: "not_fixed" }
  | { kind: "ask_something_else" }
  | { kind: "opened_other"; number: number }
  | { kind: "draft_apology" }
  | { kind: "choose_owner" }
  /** It cannot be done now; `why` is a sentence in messages/answers. */
  | { kind: "refused"; why: Refusal; field?: string };

export type Refusal =
  | "already_yours"
  /** Somebody was faster. Taking over is a thing of its own: assigning it to oneself. */
  | "taken"
  | "already_resolved"
  | "not_resolved"
  /** To a customer who presses "All good" on what is open again. */
  | "open_again"
  | "already_waiting"
  | "same_tier"
  | "not_a_time"
  | "time_past"
  | "not_staff"
  | "watch_only";

export interface Plan {
  facts: readonly Fact[];
  notices: readonly NoticeBody[];
  words: readonly Words[];
  reply: Reply;
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
}

export const nothing: Plan = { facts: [], notices: [], words: [], reply: { kind: "nothing" } };

/** A fact of now. */
export function fact(body: FactBody, at: Instant, by: PersonId | null): Fact {
  return { ...body, at, by };
}
