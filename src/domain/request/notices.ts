// A notice is a meaning to be told to somebody. It carries ids; the words are found when it is delivered.
import type { Instant, PersonId, RequestId } from "../words.ts";

export type NoticeBody =
  /** The 👀 under the customer's message. */
  | { kind: "eyes"; message: string }
  /** The request's card in the team channel, brought up to date. */
  | { kind: "card" }
  | { kind: "acknowledge" }
  | { kind: "reminder"; pledge: string; step: number; due: Instant; to: "owner" | "team" | "lead" }
  | { kind: "breach"; pledge: string; due: Instant; to: "owner" | "team" | "lead" }
  /** The bot says once, plainly, that we are late. */
  | { kind: "late"; pledge: string; due: Instant }
  /** Staff's own words, said by the bot on their tap. `words` names the Message row that keeps them. */
  | { kind: "line"; words: string; until: Instant }
  /** "Anything else?", with the owner's line about what was done, where they wrote one. */
  | { kind: "close"; words: string | null; round: number }
  /** "What change would have made this impossible?" */
  | { kind: "causes"; to: PersonId; round: number }
  /** Somebody was given a request by a colleague. */
  | { kind: "given"; to: PersonId; by: PersonId | null; at: Instant };

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
      return `${request}:reminder:${notice.pledge}:${notice.step}:${notice.due}:${notice.to}`;
    case "breach":
      return `${request}:breach:${notice.pledge}:${notice.due}:${notice.to}`;
    case "late":
      return `${request}:late:${notice.pledge}`;
    case "line":
      return `${request}:line:${notice.words}`;
    case "close":
      return `${request}:close:${notice.round}`;
    case "causes":
      return `${request}:causes:${notice.round}`;
    case "given":
      return `${request}:given:${notice.to}:${notice.at}`;
    default:
      return notice satisfies never;
  }
}
