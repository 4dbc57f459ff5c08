// The history of a request: facts of ids, kinds and instants, never words or names. Everything else derives from it.
import type { CustomerSignal } from "../triage/customer-signals.ts";
import type { Source } from "../triage/reading.ts";
import type { Instant, Lang, PersonId, RequestId, Tier, Urgency } from "../words.ts";

/** Why the bot keeps silent towards the customer of this request. */
export type Quiet = "watch_only" | "fresh_account" | "by_hand" | null;

/** Why somebody on call is woken: the customer was promised it, it was reported twice, or a person said so. */
export type PageReason = "promised" | "second_report" | "asked";

/** How staff answered: in chat, by a line the bot said in their name, or `elsewhere` (by phone, by mail). */
export type Answered =
  | "wrote"
  | "said_back"
  | "apologised"
  | "promised"
  | "resolved"
  | "told"
  | "workaround"
  | "elsewhere";

/** Why a promise was broken, as things stood when it ran out. */
export type Why = "nobody_owned" | "third_party" | "handed_over" | "owner_silent";

/** What a person says a message is. */
export type Verdict = "request" | "not_request" | "joined" | "split";

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
      /** What decided the tier, and the likeliest ones; absent in histories of before. */
      source?: Source | undefined;
      among?: readonly Tier[] | undefined;
      /** The language the customer wrote in (ISO 639-1, `und`), also one we do not speak. */
      language?: string | undefined;
    }
  /** The customer wrote more. */
  | { kind: "said"; message: string }
  /** The customer was polite: moves no clock. */
  | { kind: "courtesy"; message: string }
  | { kind: "edited"; message: string }
  | { kind: "erased"; message: string }
  /** Staff answered the customer. `message` is null for a line the bot said in their name. */
  | { kind: "answered"; message: string | null; how: Answered }
  | { kind: "helped"; message: string }
  | { kind: "aside"; message: string }
  | { kind: "acknowledged" }
  | {
      kind: "tiered";
      from: Tier;
      to: Tier;
      how: "person" | "rules";
      confidence: number;
      source?: Source | undefined;
      among?: readonly Tier[] | undefined;
    }
  | { kind: "felt"; from: Urgency; to: Urgency }
  /** Staff gave the customer something to get on with meanwhile. */
  | { kind: "workaround" }
  /** The customer said whether the workaround helped. */
  | { kind: "relieved"; helped: boolean }
  /** It went to engineering or to a third party, or came back. Pauses nothing: the customer waits for us. */
  | { kind: "third_party"; on: boolean }
  /** Other terms hold from here on (`policy`: the hash they came with); those before are kept with the request. */
  | { kind: "terms"; policy: string }
  /** Whoever did it gave their word to write by `until`. `message`: where they said so, if they wrote it themselves. */
  | { kind: "promised"; until: Instant; message?: string }
  | {
      kind: "owned";
      owner: PersonId;
      how: "claimed" | "assigned" | "handed_over" | "by_policy";
      why?: "away";
    }
  /** The owner gave it back: nobody has it. */
  | { kind: "released"; why: "given_back" | "away" }
  /**
   * Offered to somebody, who answers by `until`; until then the owner stays responsible. `brief` names a row of words; `from`: when
   * they work next, where that was not at once.
   */
  | { kind: "handover_offered"; to: PersonId; brief: string | null; until: Instant; from?: Instant }
  | { kind: "handover_reminded" }
  | { kind: "handover_accepted"; from: PersonId }
  | { kind: "handover_declined"; to: PersonId; how: "said" | "lapsed" | "withdrawn" | "away" }
  /** The policy would have given it to somebody, and nobody was there. */
  | { kind: "nobody_free" }
  /** Somebody on call was called; null: nobody is left to call. */
  | { kind: "paged"; to: PersonId | null; why: PageReason }
  | { kind: "page_asked"; why: Exclude<PageReason, "promised"> }
  /** Somebody showed that they are there, by whatever they did. */
  | { kind: "page_answered" }
  | { kind: "waiting" }
  | { kind: "resumed" }
  | { kind: "on_it"; pledge: string }
  /** `time` counts how often the step was told before; absent: it is the first. */
  | { kind: "warned"; pledge: string; step: number; due: Instant; time?: number }
  /** Its reminders are put off; `why` names the row that keeps the reason. */
  | { kind: "snoozed"; pledge: string; until: Instant; why: string }
  | { kind: "broken"; pledge: string; due: Instant; why: Why }
  | { kind: "told_late"; pledge: string }
  | { kind: "resolved" }
  | { kind: "confirmed" }
  | { kind: "reopened"; how: "not_fixed" | "staff" | "wrote" }
  | { kind: "dismissed" }
  /**
   * Another contact about the same problem. `of`: the earlier request, over or elsewhere; null: this one, still open. `count`
   * counts all contacts, this one and the first included; `earlier` are the numbers of the requests before, oldest first.
   */
  | { kind: "repeated"; of: RequestId | null; count: number; earlier: readonly number[] }
  /** Something was recognised in a message; its words are kept apart, where they can be erased. */
  | { kind: "signalled"; signal: CustomerSignal; message: string }
  /** Staff took such a note back: from here on it is neither shown nor counted. */
  | { kind: "note_deleted"; signal: CustomerSignal }
  /** Whoever handled a complaint was reminded to look in, some days after it was closed. */
  | { kind: "looked_in" }
  /** Somebody follows up the chance that was noted, by then. */
  | { kind: "follow_up"; who: PersonId; until: Instant }
  /** Its day came, and they were reminded. */
  | { kind: "follow_up_due" }
  /** A person corrected what a message was taken for. */
  | { kind: "corrected"; message: string; verdict: Verdict }
  /** A message went to another request (`out`; null: to none), or came from one. What it had meant here no longer counts. */
  | { kind: "moved"; message: string; way: "in" | "out"; other: RequestId | null }
  /** It became part of an incident, or was taken out of it. `first` is the number of the incident's first request. */
  | { kind: "in_incident"; incident: string; first: number; part: boolean };

/** `by` is who did it; null: the bot, or time. */
export type Fact = FactBody & { at: Instant; by: PersonId | null };

export type FactKind = Fact["kind"];
