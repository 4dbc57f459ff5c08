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
  /**
   * Where it belongs to no request: the talk it was found to go on with when it came (`Likely.talk`), null for something new.
   * Left out where nobody looked (needs.ts): then it is looked for now, among the lines before it.
   */
  talk?: string | null;
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
  /** The talk it most likely goes on with, a request's or not; null where something new is likelier. */
  talk: string | null;
}

/** A message as the linker sees it. */
export function lineOf({ message, role }: Pick<IntakeContext, "message" | "role">): Line {
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

/** What placing a message among the channel's lines looks at. */
type Seen = Pick<IntakeContext, "message" | "role" | "recent" | "opensFrom">;

/** What belongs to no request ("@marta try a reload", said by a peer) is still part of the talk with whom it names. */
function talkOfNamed(room: Room, { names }: Entry): string | undefined {
  for (const name of names) {
    const last = room.person(name)?.last;
    if (last) return last.conversation;
  }
  return undefined;
}

function placed(context: Seen, recent: readonly RecentLine[]): { room: Room; placing: Placing } {
  const room = new Room();
  const { at, where } = context.message;
  const settings = { opensFrom: context.opensFrom ?? LINK_DEFAULTS.opensFrom };
  for (const { line, request, talk } of recent.slice(-RECENT_LINES)) {
    if (line.at > at || line.id === where.message) continue;
    const entry = room.read(line);
    const named = request ?? talkOfNamed(room, entry);
    const goesOnWith =
      talk === undefined ? () => linker.place(room, line, settings).conversation : () => talk;
    room.add(entry, named ?? goesOnWith() ?? `line ${line.id}`);
  }
  return { room, placing: linker.place(room, lineOf(context), settings) };
}

/** Null where nobody told what was written before. Pure. */
export function likelyTalk(context: IntakeContext): Likely | null {
  const { recent, candidates } = context;
  if (recent === undefined || recent.length === 0) return null;
  const { placing } = placed(context, recent);
  const best = placing.talks[0];
  const request = candidates.find(({ id }) => id === best?.conversation) ?? null;
  return { request, share: best?.share ?? 0, fresh: placing.fresh, talk: placing.conversation };
}

const TOO = new Set(["same", "too", "also", "mismo", "misma", "igual", "también", "tambien"]);
const HERE = new Set(["here", "aquí", "aqui", "acá"]);

/** What a problem is at the most (words.ts); behind it come guidance and feedback. */
const PROBLEM_TIER = 3;
/** So sure a reading is trouble even where nobody says whose: "charged twice for November". */
const PLAINLY = 0.8;

/**
 * For whom somebody writes at top level: `own`, their own trouble, be it the same as another's; `asks`, a question that is
 * not about what somebody else does; `anybody`, neither.
 */
export function speaksFor({
  message,
  reading,
}: Pick<IntakeContext, "message" | "reading">): "own" | "asks" | "anybody" {
  const { first, question, problem, second, tokens } = shapeOf(message.text);
  const here = tokens.some((token) => HERE.has(token));
  if (tokens.some((token) => TOO.has(token)) && (first || problem || here)) return "own";
  // "The export fails" is their own trouble, whoever wrote just before; "your token has expired" tells another of theirs.
  const trouble = first || (!second && (problem || reading.tier === 1 || reading.confidence > PLAINLY));
  if (reading.kind === "request" && reading.tier <= PROBLEM_TIER && trouble) return "own";
  // "I want to cancel" asks for oneself, whatever the tier; "I think you need a token" need not.
  if (reading.kind === "request" && first && !second) return "own";
  // "Which version do you use?" asks somebody about theirs; whatever else is asked may be a request.
  return question && (first || !second) ? "asks" : "anybody";
}

/** How people begin when they go on with what they said. */
const GOES_ON = new Set(
  "also and still plus again too besides y e también tambien además ademas sigue seguimos aún aun todavía todavia otra".split(
    " ",
  ),
);
/** So many words that carry a topic make a need of their own. */
const OWN_TOPIC = 2;

/**
 * Whether the message asks for something that nothing said in the request was about: who writes again after a while may
 * need something else, and two needs in one card are one too few. "Any news?" and "also …" do not stand alone.
 */
export function standsAlone(
  { message, reading, recent = [] }: Pick<IntakeContext, "message" | "reading" | "recent">,
  request: RequestId,
): boolean {
  const { topics, tokens } = shapeOf(message.text);
  if (reading.kind !== "request" || topics.length < OWN_TOPIC) return false;
  if (tokens.slice(0, 2).some((token) => GOES_ON.has(token))) return false;
  const said = new Set(
    recent.flatMap(({ line, request: of }) => (of === request ? shapeOf(line.text).topics : [])),
  );
  return said.size > 0 && !topics.some((word) => said.has(word));
}

/**
 * Which clues weighed most, for *Why?*: towards the likeliest earlier line (`of` is its id), or towards something new (null).
 * Empty where nobody told what was written before, or where a thread or a reply decided.
 */
export function whyTalk(context: Seen): { of: string | null; reasons: readonly Reason[] } {
  const { recent } = context;
  if (recent === undefined || recent.length === 0) return { of: null, reasons: [] };
  const { room, placing } = placed(context, recent);
  const best = placing.talks[0];
  if (placing.talks.length === 0) return { of: null, reasons: [] };
  const of = placing.conversation === null ? null : (best?.line ?? null);
  return { of, reasons: linker.reasons(room, placing.entry, of) };
}
