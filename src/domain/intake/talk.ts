// What the channel's last lines say about a message at top level: which request's talk it goes on with, if any.
import type { RequestId } from "../words.ts";
import type { Candidate, IntakeContext } from "./intake.ts";
import { type Line, shapeOf } from "./line.ts";
import { LINK_DEFAULTS, linker, type Placing, type Reason } from "./link.ts";
import { type Entry, Room } from "./room.ts";

/** A line of the channel that came before, and the request it belongs to. */
export interface RecentLine {
  line: Line;
  request: RequestId | null;
}

/** More of the past than this changes hardly anything, and a room of it is built in well under a millisecond. */
export const RECENT_LINES = 50;

export interface Likely {
  /** The request of this channel the message most likely belongs to; null where none of the talks is a request's. */
  request: Candidate | null;
  /** 0..1, that it belongs there. */
  share: number;
  /** 0..1, that it begins something new. */
  fresh: number;
}

function lineOf({ message, role }: Pick<IntakeContext, "message" | "role">): Line {
  const { author, at, text, mentions, where, replyTo } = message;
  return {
    id: where.message,
    author: author.id,
    name: author.name,
    at,
    text,
    mentions,
    thread: where.thread,
    replyTo,
    team: role !== "customer",
  };
}

/** What belongs to no request ("@marta try a reload", said by a peer) is still part of the talk with whom it names. */
function talkOfNamed(room: Room, { names }: Entry): string | undefined {
  for (const name of names) {
    const last = room.person(name)?.last;
    if (last) return last.conversation;
  }
  return undefined;
}

function placed(context: IntakeContext, recent: readonly RecentLine[]): { room: Room; placing: Placing } {
  const room = new Room();
  const { at, where } = context.message;
  for (const { line, request } of recent.slice(-RECENT_LINES)) {
    if (line.at > at || line.id === where.message) continue;
    const entry = room.read(line);
    room.add(entry, request ?? talkOfNamed(room, entry) ?? `line ${line.id}`);
  }
  const settings = { opensFrom: context.opensFrom ?? LINK_DEFAULTS.opensFrom };
  return { room, placing: linker.place(room, lineOf(context), settings) };
}

/** Null where nobody told what was written before. Pure. */
export function likelyTalk(context: IntakeContext): Likely | null {
  const { recent, candidates } = context;
  if (recent === undefined || recent.length === 0) return null;
  const { placing } = placed(context, recent);
  const best = placing.talks[0];
  const request = candidates.find(({ id }) => id === best?.conversation) ?? null;
  return { request, share: best?.share ?? 0, fresh: placing.fresh };
}

const TOO = new Set(["same", "too", "also", "mismo", "misma", "igual", "también", "tambien"]);
const HERE = new Set(["here", "aquí", "aqui", "acá"]);

/** What a problem is at the most (words.ts); behind it come guidance and feedback. */
const PROBLEM_TIER = 3;

/**
 * For whom somebody writes at top level: `own`, their own trouble, be it the same as another's; `asks`, a question that is
 * not about what somebody else does; `anybody`, neither.
 */
export function speaksFor({
  message,
  reading,
}: Pick<IntakeContext, "message" | "reading">): "own" | "asks" | "anybody" {
  const { first, question, problem, second, anyone, greeting, tokens } = shapeOf(message.text);
  const here = tokens.some((token) => HERE.has(token));
  if (tokens.some((token) => TOO.has(token)) && (first || problem || here)) return "own";
  if (first && reading.kind === "request" && reading.tier <= PROBLEM_TIER) return "own";
  // "Which version do you use?" asks somebody about theirs; "why does it return 502?" need not.
  return question && (first || anyone || greeting || !second) ? "asks" : "anybody";
}

/**
 * Which clues weighed most, for *Why?*: towards the likeliest earlier line (`of` is its id), or towards something new (null).
 * Empty where nobody told what was written before, or where a thread or a reply decided.
 */
export function whyTalk(context: IntakeContext): { of: string | null; reasons: readonly Reason[] } {
  const { recent } = context;
  if (recent === undefined || recent.length === 0) return { of: null, reasons: [] };
  const { room, placing } = placed(context, recent);
  const best = placing.talks[0];
  if (placing.talks.length === 0) return { of: null, reasons: [] };
  const of = placing.conversation === null ? null : (best?.line ?? null);
  return { of, reasons: linker.reasons(room, placing.entry, of) };
}
