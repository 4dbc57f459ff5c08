// Examples for the linker: a line, everything it may belong to, and what is right. The past of an example is the true past
// where people marked it, and what the given linker (or a plain rule) made of it where they did not.
import { LINK_CLUES, NEW_CLUES } from "../../src/domain/intake/clues.ts";
import type { Line } from "../../src/domain/intake/line.ts";
import { LINK_DEFAULTS, type Linker } from "../../src/domain/intake/link.ts";
import { type Entry, Room } from "../../src/domain/intake/room.ts";
import { pairOf, sceneOf } from "../../src/domain/intake/scene.ts";
import type { Gold, Told } from "../eval/intake-rows.ts";

export const LINK_NAMES = Object.keys(LINK_CLUES);
export const NEW_NAMES = Object.keys(NEW_CLUES);
const links = Object.values(LINK_CLUES);
const news = Object.values(NEW_CLUES);

/** A line with its choices, the last of which is "something new"; the zeros among the clues are left out. */
export interface Example {
  /** Where the clues of each choice begin in `at` and `value`; one more than there are choices. */
  from: Uint32Array;
  /** Numbers of clues: those for a link first, then those for something new. */
  at: Uint16Array;
  value: Float32Array;
  /** By choice. */
  right: Uint8Array;
}

export interface Marked extends Told {
  gold: Gold;
}

const HOUR = 3_600_000;

/** Whom it names, else where the author wrote within the hour, else new. */
function byRule(room: Room, { line, names, at }: Entry): string {
  for (const name of names) {
    const named = room.person(name)?.last;
    if (named) return named.conversation;
  }
  const own = room.person(line.author)?.last;
  return own && line.at - own.line.at < HOUR ? own.conversation : `unmarked ${at}`;
}

/** Team members as the marks show them: who talks in many conversations and opens few. */
export function answerers(rows: readonly Marked[]): ReadonlySet<string> {
  const talks = new Map<string, { in: Set<string>; opened: number }>();
  for (const { line, gold } of rows) {
    if (!line || gold.conv === null) continue;
    const person = talks.get(line.author) ?? { in: new Set<string>(), opened: 0 };
    talks.set(line.author, person);
    person.in.add(gold.conv);
    if (gold.start) person.opened += 1;
  }
  const MANY = 5;
  const FEW = 0.2;
  return new Set(
    [...talks].filter(([, t]) => t.in.size >= MANY && t.opened <= FEW * t.in.size).map(([k]) => k),
  );
}

/** @param roles how to know the team: as the rows say, not at all, or the people given */
export function examplesOf(
  rows: readonly Marked[],
  roles: "said" | "unknown" | ReadonlySet<string>,
  unmarked: Linker | null,
): Example[] {
  const room = new Room();
  const examples: Example[] = [];
  for (const { line: told, gold } of rows) {
    if (!told) continue;
    const team = roles === "said" ? told.team : roles === "unknown" ? null : roles.has(told.author);
    const line: Line = { ...told, team };
    if (!gold.scored || gold.conv === null) {
      const entry = room.read(line);
      const talk = unmarked
        ? (unmarked.place(room, line, LINK_DEFAULTS).conversation ?? `unmarked ${entry.at}`)
        : byRule(room, entry);
      room.add(entry, talk);
      continue;
    }
    const entry = room.read(line);
    const conversation = `marked ${gold.conv}`;
    const example = exampleOf(room, entry, conversation, gold.start === true);
    if (example) examples.push(example);
    room.add(entry, conversation);
  }
  return examples;
}

function exampleOf(room: Room, entry: Entry, conversation: string, opens: boolean): Example | null {
  const scene = sceneOf(room, entry);
  // A line that goes on from what nobody marked belongs to some unmarked line.
  const known = room.entries.some((it) => it.conversation === conversation);
  const right = (it: Entry) =>
    !opens && (known ? it.conversation === conversation : it.conversation.startsWith("unmarked"));
  const from = [0];
  const at: number[] = [];
  const value: number[] = [];
  const flags: number[] = [];
  const add = (index: number, clue: number) => {
    if (clue === 0) return;
    at.push(index);
    value.push(clue);
  };
  const close = (isRight: boolean) => {
    flags.push(isRight ? 1 : 0);
    from.push(at.length);
  };
  for (const it of room.entries) {
    const pair = pairOf(scene, it);
    for (let i = 0; i < links.length; i += 1) add(i, links[i]?.(pair) ?? 0);
    close(right(it));
  }
  for (let i = 0; i < news.length; i += 1) add(links.length + i, news[i]?.(scene) ?? 0);
  close(opens);
  if (!flags.includes(1)) return null;
  return {
    from: Uint32Array.from(from),
    at: Uint16Array.from(at),
    value: Float32Array.from(value),
    right: Uint8Array.from(flags),
  };
}
