// A message somebody writes and the requests it could belong to, for the tests of the intake.
import { decideIntake } from "../../src/domain/intake/decide.ts";
import type { Candidate, IntakeContext, IntakeDecision } from "../../src/domain/intake/intake.ts";
import { readMessage } from "../../src/domain/triage/read.ts";
import type { Instant } from "../../src/domain/words.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const NOW: Instant = Date.UTC(2026, 10, 24, 10, 0);

export type Said = Partial<Omit<IntakeContext, "message">> & {
  text?: string;
  message?: Partial<IntakeContext["message"]>;
  thread?: string | null;
};

/** Marta, a customer, writes at top level of a channel in mode `every`, unless said otherwise. */
export function when({
  text = "The export is empty",
  message = {},
  thread = null,
  ...rest
}: Said): IntakeContext {
  const author = rest.author ?? "marta";
  return {
    author,
    role: "customer",
    mode: "every",
    reading: readMessage(text, { files: message.files?.length ?? 0 }),
    joinWithin: 15,
    openingsPerHour: 5,
    candidates: [],
    staffMentioned: [],
    ...rest,
    message: {
      kind: "message",
      where: { platform: "slack", workspace: "W", channel: "C", thread, message: "M9" },
      at: NOW,
      author: {
        platform: "slack",
        workspace: "W",
        id: `U-${author}`,
        name: author,
        bot: false,
        external: false,
        company: null,
        fresh: false,
      },
      text,
      mentions: [],
      mentionsBot: false,
      files: [],
      replyTo: null,
      forumPost: false,
      title: null,
      ...message,
    },
  };
}

export function request(customer = "marta", change: Partial<Candidate> = {}): Candidate {
  const id = change.id ?? `r-${customer}`;
  return {
    id,
    status: "open",
    customer,
    customerExternal: `U-${customer}`,
    root: `root-${id}`,
    thread: `root-${id}`,
    openedAt: NOW - 2 * HOUR,
    customerAt: NOW - 2 * HOUR,
    staffAt: null,
    messages: [`root-${id}`],
    ...change,
  };
}

export const decided = (said: Said): IntakeDecision => decideIntake(when(said));
export const recent = (change: Partial<Candidate> = {}) =>
  request("marta", { customerAt: NOW - 5 * MINUTE, ...change });
export const file = { name: "screen.png", mime: "image/png", bytes: 10 };
