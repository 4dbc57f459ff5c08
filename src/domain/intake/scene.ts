// A new line against one earlier line, with everything the clues ask about worked out once.
import type { Conversation, Entry, Person, Room } from "./room.ts";
import { WINDOW } from "./room.ts";

export const MINUTE = 60;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** A conversation nobody wrote in for this long is not going on. */
const ACTIVE = 15 * MINUTE;
/** What "never before" counts as, in seconds. */
const NEVER = 7 * DAY;
/** Added to a gap before it is compared with the pace of the channel, so that a second is not infinitely little. */
const JITTER = 5;

export const on = (yes: boolean): number => (yes ? 1 : 0);

/** Of a gap in seconds: 0 at once, 1 after ten minutes, 2.7 after a day. */
export const slow = (gap: number): number => Math.log1p(gap / 30) / 3;

/** A gap against the pace of the channel: 0 when usual, positive when long. */
export const byPace = (gap: number, pace: number): number => Math.log((gap + JITTER) / pace) / 3;

const secondsBetween = (from: Entry, to: Entry): number => Math.max(0, (to.line.at - from.line.at) / 1_000);

/** A new line in its room, before it is placed. */
export interface Scene {
  room: Room;
  entry: Entry;
  topics: ReadonlySet<string>;
  author: Person | undefined;
  /** The author's line before this one. */
  own: Entry | null;
  /** Seconds since it. */
  ownGap: number;
  /** The last line of somebody else that names the author. */
  call: Entry | null;
  /** Seconds since it, when it came after the author's last line; null otherwise. */
  callGap: number | null;
  before: Entry | undefined;
  /** Seconds since anybody wrote. */
  quiet: number;
  /** Conversations going on. */
  active: number;
}

export function sceneOf(room: Room, entry: Entry): Scene {
  const author = room.person(entry.line.author);
  const own = author?.last ?? null;
  const call = author?.lastNamedBy ?? null;
  const before = room.entries.at(-1);
  let active = 0;
  for (const { last } of room.conversations.values()) if (secondsBetween(last, entry) <= ACTIVE) active += 1;
  return {
    room,
    entry,
    topics: new Set(entry.shape.topics),
    author,
    own,
    ownGap: own ? secondsBetween(own, entry) : NEVER,
    call,
    callGap: call !== null && (own === null || call.at > own.at) ? secondsBetween(call, entry) : null,
    before,
    quiet: before ? secondsBetween(before, entry) : NEVER,
    active,
  };
}

/** The new line (`scene.entry`) and one earlier line it may belong to (`it`). */
export interface Pair {
  scene: Scene;
  it: Entry;
  /** Seconds between them. */
  gap: number;
  /** Lines between them. */
  between: number;
  same: boolean;
  /** `it` is the last line its author wrote. */
  itsLast: boolean;
  conversation: Conversation | undefined;
  /** The author's last line in that conversation. */
  mine: Entry | undefined;
  /** The new line names the author of `it`. */
  calls: boolean;
  callsFirst: boolean;
  /** Names somebody of that conversation. */
  callsMember: boolean;
  /** Names people, but not the author of `it`. */
  callsAnother: boolean;
  /** `it` names the author of the new line. */
  calledBy: boolean;
  itCallsAnother: boolean;
  sameTarget: boolean;
  /** Weight of the words in common, by how rare they are in the window; 0 for none. */
  common: number;
  rarest: number;
}

export function pairOf(scene: Scene, it: Entry): Pair {
  const { room, entry, topics } = scene;
  const { line, names, toStart } = entry;
  const conversation = room.conversations.get(it.conversation);
  let words = 0;
  let rarest = 0;
  for (const word of it.shape.topics) {
    if (!topics.has(word)) continue;
    const weight = Math.log((WINDOW + 1) / (room.lines(word) + 0.5));
    words += weight;
    if (weight > rarest) rarest = weight;
  }
  const calls = names.includes(it.line.author);
  const calledBy = it.names.includes(line.author);
  return {
    scene,
    it,
    gap: secondsBetween(it, entry),
    between: entry.at - it.at - 1,
    same: it.line.author === line.author,
    itsLast: room.person(it.line.author)?.last === it,
    conversation,
    mine: conversation?.people.get(line.author),
    calls,
    callsFirst: calls && toStart && names[0] === it.line.author,
    callsMember: conversation !== undefined && names.some((name) => conversation.people.has(name)),
    callsAnother: names.length > 0 && !calls,
    calledBy,
    itCallsAnother: it.names.length > 0 && !calledBy,
    sameTarget: it.names.some((name) => names.includes(name)),
    common: Math.log1p(words) / 2,
    rarest: rarest / 4,
  };
}

/** Seconds since the author last wrote in the conversation; null when never. */
export function sinceMine({ mine, scene }: Pair): number | null {
  return mine === undefined ? null : secondsBetween(mine, scene.entry);
}
