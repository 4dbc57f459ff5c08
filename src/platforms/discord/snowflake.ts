// Discord ids carry their time: milliseconds since 2015, shifted by 22 bits.
import type { Instant } from "../../domain/words.ts";

const EPOCH = 1_420_070_400_000n;

/** When the thing with this id was made; 0 for what is no id. */
export function snowflakeTime(id: string): Instant {
  return /^\d{1,20}$/.test(id) ? Number((BigInt(id) >> 22n) + EPOCH) : 0;
}

/** The least id of that instant. */
export function snowflakeAt(at: Instant): bigint {
  const since = BigInt(Math.max(0, Math.floor(at))) - EPOCH;
  return since <= 0n ? 0n : since << 22n;
}

/** Compares ids by age. */
export function byAge(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
