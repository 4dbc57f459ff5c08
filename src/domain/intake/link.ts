// Which conversation of a channel a new line belongs to: one softmax over "something new" and every line of the window,
// summed by conversation. Pure and online: nothing after the line is ever looked at. Where the platform itself says what
// a line belongs to (a thread, a reply), nothing is guessed.
import { type Clues, LINK_CLUES, NEW_CLUES } from "./clues.ts";
import type { Line } from "./line.ts";
import type { Entry, Room } from "./room.ts";
import { type Pair, pairOf, type Scene, sceneOf } from "./scene.ts";
import { LINK_WEIGHTS, NEW_WEIGHTS } from "./weights.ts";

/** Weights by the name of the clue; a clue without one counts nothing. */
export interface Weights {
  link: Readonly<Record<string, number>>;
  fresh: Readonly<Record<string, number>>;
}

export interface LinkSettings {
  /** 0..1: something new begins when it is at least so likely. Lower opens more. */
  opensFrom: number;
}

/** As measured; see docs/evaluation.md. */
export const LINK_DEFAULTS: LinkSettings = { opensFrom: 0.5 };

export interface Talk {
  conversation: string;
  /** 0..1: how likely the line belongs to it. */
  share: number;
  /** The line of it that speaks for it most. */
  line: string;
}

/** Why a line was put where it was: a clue and how much it weighed. */
export interface Reason {
  clue: string;
  weight: number;
}

export interface Placing {
  /** What the line says, to be added to the room once it is decided where it belongs. */
  entry: Entry;
  /** Where it belongs; null: it begins something new. */
  conversation: string | null;
  /** 0..1: how likely it begins something new. */
  fresh: number;
  /** Likeliest first; empty where thread or reply decided. */
  talks: readonly Talk[];
}

export interface Linker {
  /** Decides where a line belongs. Changes nothing: call `room.add(placing.entry, …)` with what was decided. */
  place(room: Room, line: Line, settings: LinkSettings): Placing;
  /** The clues that weighed most for that line belonging to an earlier one, or (null) for something new. */
  reasons(room: Room, entry: Entry, earlier: string | null): readonly Reason[];
}

type Weighed<Seen> = readonly { clue: string; of: (seen: Seen) => number; weight: number }[];

function weighed<Seen>(clues: Clues<Seen>, weights: Readonly<Record<string, number>>): Weighed<Seen> {
  return Object.entries(clues).flatMap(([clue, of]) => {
    const weight = weights[clue] ?? 0;
    return weight === 0 ? [] : [{ clue, of, weight }];
  });
}

function sum<Seen>(clues: Weighed<Seen>, seen: Seen): number {
  let total = 0;
  for (const { of, weight } of clues) total += weight * of(seen);
  return total;
}

const REASONS = 5;

function strongest<Seen>(clues: Weighed<Seen>, seen: Seen): readonly Reason[] {
  return clues
    .map(({ clue, of, weight }) => ({ clue, weight: weight * of(seen) }))
    .filter(({ weight }) => weight !== 0)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, REASONS);
}

/** The line the platform itself says this one belongs to. */
function said(room: Room, { thread, replyTo }: Line): Entry | undefined {
  if (thread === null && replyTo === null) return undefined;
  return room.entries.findLast(
    ({ line }) => line.id === replyTo || (thread !== null && (line.thread === thread || line.id === thread)),
  );
}

export function linkerOf(weights: Weights): Linker {
  const links: Weighed<Pair> = weighed(LINK_CLUES, weights.link);
  const news: Weighed<Scene> = weighed(NEW_CLUES, weights.fresh);

  function talksOf(room: Room, scene: Scene): { fresh: number; talks: Talk[] } {
    const scores = room.entries.map((it) => sum(links, pairOf(scene, it)));
    const forNew = sum(news, scene);
    const highest = Math.max(forNew, ...scores);
    const freshMass = Math.exp(forNew - highest);
    let total = freshMass;
    const byTalk = new Map<string, { mass: number; most: number; line: string }>();
    room.entries.forEach((it, at) => {
      const mass = Math.exp((scores[at] ?? 0) - highest);
      total += mass;
      const talk = byTalk.get(it.conversation) ?? { mass: 0, most: -1, line: it.line.id };
      talk.mass += mass;
      if (mass > talk.most) {
        talk.most = mass;
        talk.line = it.line.id;
      }
      byTalk.set(it.conversation, talk);
    });
    const talks = [...byTalk].map(([conversation, { mass, line }]) => ({
      conversation,
      share: mass / total,
      line,
    }));
    return { fresh: freshMass / total, talks: talks.sort((a, b) => b.share - a.share) };
  }

  return {
    place(room, line, { opensFrom }) {
      const entry = room.read(line);
      const certain = said(room, line);
      if (certain) return { entry, conversation: certain.conversation, fresh: 0, talks: [] };
      const { fresh, talks } = talksOf(room, sceneOf(room, entry));
      const best = talks[0];
      return { entry, conversation: best && fresh < opensFrom ? best.conversation : null, fresh, talks };
    },
    reasons(room, entry, earlier) {
      const scene = sceneOf(room, entry);
      if (earlier === null) return strongest(news, scene);
      const it = room.entries.find(({ line }) => line.id === earlier);
      return it ? strongest(links, pairOf(scene, it)) : [];
    },
  };
}

/** With the weights that were trained (weights.ts). */
export const linker: Linker = linkerOf({ link: LINK_WEIGHTS, fresh: NEW_WEIGHTS });
