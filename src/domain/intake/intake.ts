// Which message opens a request, which joins one, which answers one, which is neither. Pure; only what came before counts.
import type { MessageEvent } from "../events.ts";
import type { AnyReading } from "../triage/reading.ts";
import type { ChannelMode, Instant, PersonId, RequestId, Role } from "../words.ts";
import type { RecentLine } from "./talk.ts";

/** A request of the channel the message may belong to. */
export interface Candidate {
  id: RequestId;
  status: "open" | "waiting" | "resolved" | "closed" | "dismissed";
  customer: PersonId;
  /** Platform id of the customer, to recognise mentions. */
  customerExternal: string;
  root: string;
  thread: string | null;
  openedAt: Instant;
  /** When the customer last wrote in it. */
  customerAt: Instant;
  /** When staff last answered in it, or null. */
  staffAt: Instant | null;
  /** Ids of the messages that belong to it and were written by its customer, newest last; for reply references. */
  messages: readonly string[];
}

export interface IntakeContext {
  message: MessageEvent;
  author: PersonId;
  role: Role;
  mode: ChannelMode;
  reading: AnyReading;
  /** Minutes within which top-level messages of the same person belong together. */
  joinWithin: number;
  openingsPerHour: number;
  /** Requests of this channel that are open, or ended in the last days, newest first; at most 50. */
  candidates: readonly Candidate[];
  /** Ids of the people mentioned who are staff. */
  staffMentioned: readonly string[];
  /**
   * The channel's last lines before this one, oldest first, with the request each belongs to; authors and mentions by
   * platform id, as in the message. Without them only threads, replies, mentions and windows decide.
   */
  recent?: readonly RecentLine[];
  /** Strictness of the channel, 0..1: opens when it is at least so likely that something new begins. Lower opens more. */
  opensFrom?: number;
}

export type IntakeDecision =
  /** `flood`: joined because this person opened too many; `same_talk`: the channel's last lines say so. */
  | { kind: "open" }
  | { kind: "join"; request: RequestId; why: "thread" | "reply" | "same_person" | "same_talk" | "flood" }
  /** Staff answered the customer. */
  | { kind: "answer"; request: RequestId; why: "thread" | "reply" | "mention" | "only_one" | "same_talk" }
  /** A helper (volunteer, moderator) or another customer wrote to the customer. */
  | { kind: "help"; request: RequestId }
  /** Staff to staff inside a request: neither an answer nor silence broken. */
  | { kind: "aside"; request: RequestId }
  /** The customer's bare thanks or greeting inside a request: kept, moves no clock. */
  | { kind: "courtesy"; request: RequestId }
  | {
      kind: "nothing";
      why: "off" | "bot" | "staff" | "greeting" | "thanks" | "chatter" | "mode" | "empty" | "colleagues";
      /** The talk of the channel's last lines it goes on with all the same: what comes next may go on with that. */
      talk?: string;
    };
