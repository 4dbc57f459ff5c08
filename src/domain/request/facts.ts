// The history of a request: facts of ids, kinds and instants, never words or names. Everything else derives from it.
import type { Instant, Lang, PersonId, RequestId, Tier, Urgency } from "../words.ts";

/** Why the bot keeps silent towards the customer of this request. */
export type Quiet = "watch_only" | "fresh_account" | "by_hand" | null;

export type FactBody =
  | {
      kind: "opened";
      message: string;
      tier: Tier;
      confidence: number;
      urgency: Urgency;
      lang: Lang;
      quiet: Quiet;
      /** The colleague who opened it on behalf of the customer, or null. */
      byHand: PersonId | null;
      linkedTo: RequestId | null;
    }
  /** The customer wrote more. */
  | { kind: "said"; message: string }
  /** The customer was polite: moves no clock. */
  | { kind: "courtesy"; message: string }
  | { kind: "edited"; message: string }
  | { kind: "erased"; message: string }
  /** Staff answered the customer. `message` is null for a line the bot said in their name. */
  | { kind: "answered"; message: string | null; how: "wrote" | "said_back" | "apologised" | "resolved" }
  | { kind: "helped"; message: string }
  | { kind: "aside"; message: string }
  | { kind: "acknowledged" }
  | { kind: "tiered"; from: Tier; to: Tier; how: "person" | "rules"; confidence: number }
  | { kind: "felt"; from: Urgency; to: Urgency }
  | { kind: "owned"; owner: PersonId; how: "claimed" | "assigned" }
  | { kind: "promised"; until: Instant }
  | { kind: "waiting" }
  | { kind: "resumed" }
  | { kind: "on_it"; pledge: string }
  | { kind: "warned"; pledge: string; step: number; due: Instant }
  | { kind: "broken"; pledge: string; due: Instant; why: "nobody_owned" | "owner_silent" }
  | { kind: "told_late"; pledge: string }
  | { kind: "resolved" }
  | { kind: "confirmed" }
  | { kind: "reopened"; how: "not_fixed" | "staff" | "wrote" }
  | { kind: "dismissed" };

/** `by` is who did it; null: the bot, or time. */
export type Fact = FactBody & { at: Instant; by: PersonId | null };

export type FactKind = Fact["kind"];
