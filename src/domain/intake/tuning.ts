// Which settings fit a channel better than those it has: by what the team made of its messages, corrections above all.
import type { IntakeSettings, Replayed } from "./replay.ts";

/** What the team made of the same messages. */
export interface Made {
  /** The opening message of the request each message belongs to; null: people said it is none. Others are not in it. */
  belongs: ReadonlyMap<string, string | null>;
  /** Messages that people moved, dismissed or opened by hand. */
  corrected: ReadonlySet<string>;
}

export interface Score {
  settings: IntakeSettings;
  opened: number;
  joined: number;
  /** Messages for which it decides as the team has it now. */
  agreed: number;
  /** Corrections that would have been needed all the same. */
  needed: number;
}

/** Minutes. */
const WINDOWS = [5, 10, 15, 25, 40, 60] as const;
const STRICTNESS = [0.3, null, 0.7] as const;
/** Below so many messages to compare with, chance speaks louder than any setting. */
export const ENOUGH = 8;

/** What is tried: every window as strict as now, then every strictness with the window of now. */
export function settingsToTry(now: IntakeSettings): IntakeSettings[] {
  const windows = WINDOWS.filter((joinWithin) => joinWithin !== now.joinWithin).map((joinWithin) => ({
    ...now,
    joinWithin,
  }));
  const strictness = STRICTNESS.filter((opensFrom) => opensFrom !== now.opensFrom).map((opensFrom) => ({
    ...now,
    opensFrom,
  }));
  return [now, ...windows, ...strictness];
}

export function scoreOf(settings: IntakeSettings, replayed: Replayed, made: Made): Score {
  const agrees = (message: string, root: string | null) => (replayed.belongs.get(message) ?? null) === root;
  let agreed = 0;
  let needed = 0;
  for (const [message, root] of made.belongs) {
    const same = agrees(message, root);
    if (same) agreed += 1;
    else if (made.corrected.has(message)) needed += 1;
  }
  return { settings, opened: replayed.opened, joined: replayed.joined, agreed, needed };
}

/**
 * The best of the others, or null where none is better than what holds now: fewer corrections, then more agreement, never
 * less of either; of equals the one that changes least.
 */
export function betterThan(now: Score, others: readonly Score[], compared: number): Score | null {
  if (compared < ENOUGH) return null;
  const better = others.filter(
    ({ agreed, needed }) =>
      agreed >= now.agreed && needed <= now.needed && (agreed > now.agreed || needed < now.needed),
  );
  const change = ({ settings }: Score) =>
    Math.abs(Math.log(Math.max(1, settings.joinWithin) / Math.max(1, now.settings.joinWithin))) +
    (settings.opensFrom === now.settings.opensFrom ? 0 : 1);
  return (
    better.sort(
      (one, other) => one.needed - other.needed || other.agreed - one.agreed || change(one) - change(other),
    )[0] ?? null
  );
}
