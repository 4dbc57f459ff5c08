// A channel's past once more through the same intake, under other settings: what would have opened, what would have joined.
// Nothing is committed. A generator, so that whoever runs it may breathe between messages.
import type { MessageEvent } from "../events.ts";
import type { Reading } from "../triage/reading.ts";
import type { ChannelMode, Instant, Role } from "../words.ts";
import { decideIntake } from "./decide.ts";
import type { Candidate } from "./intake.ts";
import { lineOf, RECENT_LINES, type RecentLine } from "./talk.ts";

export interface IntakeSettings {
  /** Minutes within which messages of one person belong together. */
  joinWithin: number;
  /** How likely something new must be before it opens; null: the usual. */
  opensFrom: number | null;
}

/** A message of the past, with what the bot would know of it. */
export interface PastMessage {
  message: MessageEvent;
  role: Role;
  reading: Reading;
  staffMentioned: readonly string[];
}

export interface Past {
  /** Oldest first. */
  messages: readonly PastMessage[];
  mode: ChannelMode;
  openingsPerHour: number;
  /** When requests really ended, by the message they opened with. */
  ended: ReadonlyMap<string, Instant>;
}

export interface Replayed {
  opened: number;
  joined: number;
  /** The opening message of the request each customer's message at top level belongs to; null: to none. */
  belongs: ReadonlyMap<string, string | null>;
}

const RECENT = 72 * 3_600_000;
const CANDIDATES = 50;

/** Yields after each message. */
export function* replayIntake(past: Past, settings: IntakeSettings): Generator<undefined, Replayed> {
  const requests: Candidate[] = [];
  const recent: RecentLine[] = [];
  const belongs = new Map<string, string | null>();
  let opened = 0;
  let joined = 0;
  for (const { message, role, reading, staffMentioned } of past.messages) {
    const author = message.author.id;
    const at = message.at;
    const decision = decideIntake({
      message,
      author,
      role,
      mode: past.mode,
      reading,
      joinWithin: settings.joinWithin,
      openingsPerHour: past.openingsPerHour,
      candidates: candidatesAt(requests, past.ended, at),
      staffMentioned,
      recent: message.where.thread === null ? recent.slice(-RECENT_LINES) : [],
      ...(settings.opensFrom === null ? {} : { opensFrom: settings.opensFrom }),
    });
    const root =
      decision.kind === "open" ? message.where.message : "request" in decision ? decision.request : null;
    if (decision.kind === "open") {
      opened += 1;
      requests.unshift(begun(message));
    } else if (decision.kind === "join") {
      joined += 1;
      change(requests, decision.request, ({ messages, ...rest }) => ({
        ...rest,
        customerAt: at,
        messages: [...messages, message.where.message],
      }));
    } else if (decision.kind === "answer") {
      change(requests, decision.request, (request) => ({ ...request, staffAt: at }));
    }
    if (message.where.thread === null) {
      const talk = decision.kind === "nothing" ? (decision.talk ?? null) : null;
      recent.push({ line: lineOf({ message, role }), request: root, talk });
      if (role === "customer" && !message.author.bot)
        belongs.set(
          message.where.message,
          decision.kind === "open" || decision.kind === "join" ? root : null,
        );
    }
    yield;
  }
  return { opened, joined, belongs };
}

function candidatesAt(
  requests: readonly Candidate[],
  ended: ReadonlyMap<string, Instant>,
  at: Instant,
): Candidate[] {
  return requests
    .filter(({ customerAt }) => at - customerAt < RECENT)
    .slice(0, CANDIDATES)
    .map((request) => {
      const over = ended.get(request.id);
      return over !== undefined && over <= at ? { ...request, status: "resolved" } : request;
    });
}

function begun({ where, at, author }: MessageEvent): Candidate {
  return {
    id: where.message,
    status: "open",
    customer: author.id,
    customerExternal: author.id,
    root: where.message,
    thread: where.thread,
    openedAt: at,
    customerAt: at,
    staffAt: null,
    messages: [where.message],
  };
}

function change(requests: Candidate[], id: string, to: (request: Candidate) => Candidate): void {
  const index = requests.findIndex((request) => request.id === id);
  const found = requests[index];
  if (found) requests[index] = to(found);
}
