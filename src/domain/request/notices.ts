// A notice is a meaning to be told to somebody. It carries ids; the words are found when it is delivered.
import type { ReminderStep } from "../policy.ts";
import type { CustomerSignal } from "../triage/customer-signals.ts";
import type { Instant, PersonId, RequestId } from "../words.ts";

export type NoticeBody =
  /** The 👀 under the customer's message. */
  | { kind: "eyes"; message: string }
  /** The request's card in the team channel, brought up to date. */
  | { kind: "card" }
  | { kind: "acknowledge" }
  /** A warning of the ladder, to be gathered with what else falls due for the same person. `at` is when it was to be told. */
  | {
      kind: "reminder";
      pledge: string;
      step: number;
      time: number;
      due: Instant;
      at: Instant;
      to: ReminderStep["whom"];
      how: NonNullable<ReminderStep["how"]>;
    }
  | { kind: "breach"; pledge: string; due: Instant; to: "owner" | "team" | "lead" }
  /** The bot says once, plainly, that we are late. */
  | { kind: "late"; pledge: string; due: Instant }
  /** Staff's own words, said by the bot on their tap. `words` names the Message row that keeps them; `until` when more comes. */
  | { kind: "line"; words: string; until: Instant | null }
  /** Whether to track the word somebody gave in a message; `until` null: they named no clear time. */
  | { kind: "word"; message: string; thread: string | null; to: PersonId; until: Instant | null }
  /** "Anything else?", with the owner's line about what was done, where they wrote one. */
  | { kind: "close"; words: string | null; round: number }
  /** "Does that help for now?", with the owner's line, where they sent one. `round` counts the workarounds. */
  | { kind: "workaround"; words: string | null; round: number }
  /** "What change would have made this impossible?" */
  | { kind: "causes"; to: PersonId; round: number }
  /** To whoever is called, in a direct message; the pager is a delivery of its own, so that neither waits for the other. */
  | { kind: "page"; to: PersonId; at: Instant }
  | { kind: "pager"; to: PersonId; at: Instant }
  /** The call of that instant needs no answer any more. */
  | { kind: "pager_answered"; at: Instant }
  /** The message to whoever was called, brought up to date: somebody is there. */
  | { kind: "page_taken"; to: PersonId; at: Instant }
  /** Nobody is left to call: to the team channel and the leads. */
  | { kind: "page_unanswered"; at: Instant }
  /** Nobody of those the policy would give it to is there: to whom the ladder tells next. Absent: to the team channel. */
  | { kind: "nobody_free"; to?: "team" | "on-call" | "lead" }
  /** Somebody was given a request, by a colleague or by the policy (`by` null). */
  | { kind: "given"; to: PersonId; by: PersonId | null; at: Instant; brief?: string; together?: true }
  /**
   * To whom it is offered: the brief, what is owed, yes or no. `again`: unanswered so far. `together`: in one message with what else
   * they are to hear at that moment.
   */
  | { kind: "handover"; to: PersonId; at: Instant; again: boolean; together?: true }
  /** To its owner: what became of an offer, or that somebody else has it. `who`: the other side. */
  | {
      kind: "ownership";
      to: PersonId;
      who: PersonId | null;
      at: Instant;
      what: OwnershipNews;
      together?: true;
    }
  /** To the team: an offer came to nothing, and its owner is not there before something is owed. */
  | { kind: "still_theirs"; owner: PersonId; who: PersonId | null; at: Instant; back: Instant }
  /** To the customer, once: who has it now. `knows`: they were told about the case. */
  | { kind: "new_owner"; to: PersonId; from: PersonId; at: Instant; knows: boolean }
  /** To the team: nobody has it any more, and something is owed soon. */
  | { kind: "released"; by: PersonId; at: Instant; away?: true }
  /** Somebody has it because its owner, `from`, is away until then. */
  | { kind: "stand_in"; to: PersonId; from: PersonId; at: Instant; until: Instant; together: true }
  /** Something was recognised in the customer's words: to the owner, or (null) to the team. */
  | { kind: "signal"; signal: CustomerSignal; to: PersonId | null; at: Instant }
  /** To a colleague who answered in a heated thread: one voice. */
  | { kind: "one_voice"; to: PersonId }
  /** A complaint was closed some days ago. */
  | { kind: "look_in"; to: PersonId | null; at: Instant }
  /** To whoever follows up a chance: today. */
  | { kind: "follow_up"; to: PersonId; at: Instant }
  /** What was told of it goes, too. */
  | { kind: "note_gone"; signal: CustomerSignal; at: Instant }
  /** The words behind it changed, or who follows it up: where it was told, it is brought up to date. */
  | { kind: "note_changed"; signal: CustomerSignal; at: Instant }
  /** It was no request: what the customer was shown of it is taken back, unless somebody has answered. */
  | { kind: "withdraw"; message: string; at: Instant }
  /** To the lead, once: it was passed around, or the customer came a third time. */
  | { kind: "too_many"; what: "handovers" | "contacts" };

export type OwnershipNews = "offered" | "accepted" | "declined" | "lapsed" | "taken_over" | "reassigned";

export type Notice = NoticeBody & { request: RequestId };

/** The same notice always has the same key; it names the job and the post. At most 200 characters. */
export function noticeKey(notice: Notice): string {
  const { request } = notice;
  switch (notice.kind) {
    case "eyes":
      return `${request}:eyes:${notice.message}`;
    case "card":
    case "acknowledge":
      return `${request}:${notice.kind}`;
    case "reminder":
      return `${request}:reminder:${notice.pledge}:${notice.step}:${notice.time}:${notice.due}:${notice.to}`;
    case "breach":
      return `${request}:breach:${notice.pledge}:${notice.due}:${notice.to}`;
    case "late":
      return `${request}:late:${notice.pledge}`;
    case "line":
      return `${request}:line:${notice.words}`;
    case "word":
      return `${request}:word:${notice.message}`;
    case "close":
      return `${request}:close:${notice.round}`;
    case "workaround":
      return `${request}:workaround:${notice.round}`;
    case "causes":
      return `${request}:causes:${notice.round}`;
    case "nobody_free":
      return `${request}:nobody_free`;
    case "page":
    case "pager":
    case "pager_answered":
    case "page_unanswered":
      return `${request}:${notice.kind}:${notice.at}`;
    // The same post as the call.
    case "page_taken":
      return `${request}:page:${notice.at}`;
    case "given":
      return `${request}:given:${notice.to}:${notice.at}`;
    case "handover":
      return `${request}:handover:${notice.to}:${notice.at}${notice.again ? ":again" : ""}`;
    case "ownership":
      return `${request}:ownership:${notice.what}:${notice.to}:${notice.at}`;
    case "still_theirs":
      return `${request}:still_theirs:${notice.at}`;
    case "new_owner":
      return `${request}:new_owner:${notice.to}:${notice.at}`;
    case "stand_in":
      return `${request}:stand_in:${notice.to}:${notice.at}`;
    case "signal":
      return `${request}:signal:${notice.signal}:${notice.to ?? "team"}:${notice.at}`;
    case "one_voice":
      return `${request}:one_voice:${notice.to}`;
    case "look_in":
    case "follow_up":
      return `${request}:${notice.kind}:${notice.at}`;
    case "note_gone":
    case "note_changed":
      return `${request}:${notice.kind}:${notice.signal}:${notice.at}`;
    case "withdraw":
      return `${request}:withdraw:${notice.at}`;
    case "too_many":
      return `${request}:too_many:${notice.what}`;
    case "released":
      return `${request}:released:${notice.at}`;
    default:
      return notice satisfies never;
  }
}
