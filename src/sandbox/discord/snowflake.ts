// Ids as Discord makes them: time in the high bits, so that ids sort by time and tell when things were made.
import type { WorldClock } from "../world.ts";

const EPOCH = 1_420_070_400_000;

/** The smallest id of the instant `at` (ms), plus `n`: for people and channels that need an id of a certain age. */
export function snowflakeAt(at: number, n = 0): string {
  return ((BigInt(Math.max(0, Math.floor(at) - EPOCH)) << 22n) + BigInt(n)).toString();
}

/** When the id was made, ms since the Unix epoch. */
export function snowflakeTime(id: string): number {
  return Number(BigInt(id) >> 22n) + EPOCH;
}

export function isSnowflake(value: unknown): value is string {
  return typeof value === "string" && /^\d{1,20}$/.test(value);
}

/** Sorts ids by age: negative when `a` is older. Ids are numbers too large for JavaScript's own. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** Makes ids that always increase, even when the clock stands still or goes back. */
export function snowflakes(clock: WorldClock): () => string {
  let last = 0n;
  return () => {
    const first = BigInt(Math.max(0, Math.floor(clock.now()) - EPOCH)) << 22n;
    last = first > last ? first : last + 1n;
    return last.toString();
  };
}
