// The plain rule to compare with: who names somebody joins that person's conversation; the same person within a time joins
// their own; whoever writes shortly after anybody joins that; otherwise it is new.
import { bare } from "../../src/domain/intake/line.ts";
import type { Prediction } from "./intake-follow.ts";
import type { Told } from "./intake-rows.ts";

/** Seconds. */
export interface RuleWindows {
  own: number;
  anybody: number;
}

const HOUR = 3_600;

/** The windows the benchmark's README found best for each place. */
export function windowsOf(file: string): RuleWindows {
  if (file.startsWith("gitter")) return { own: 6 * HOUR, anybody: 300 };
  if (file.startsWith("twitter")) return { own: HOUR / 2, anybody: 120 };
  return { own: HOUR, anybody: file.startsWith("slack") ? 300 : 0 };
}

export function byPlainRule(told: readonly Told[], { own, anybody }: RuleWindows): Prediction[] {
  const last = new Map<string, { conv: string; at: number }>();
  let before: { conv: string; at: number } | null = null;
  return told.map(({ row, line }) => {
    const { stream, idx } = row;
    if (!line) return { stream, idx, conv: `${idx}`, start: false };
    const at = line.at / 1_000;
    const me = bare(line.name);
    const within = (key: string) => {
      const known = last.get(key);
      return known && at - known.at <= own ? known.conv : undefined;
    };
    const named = line.text
      .split(/\s+/u)
      .map(bare)
      .filter((token) => token !== me);
    const joined =
      named.map(within).find((conv) => conv !== undefined) ??
      within(me) ??
      (before && anybody > 0 && at - before.at <= anybody ? before.conv : undefined);
    const conv = joined ?? `${idx}`;
    before = { conv, at };
    last.set(me, before);
    return { stream, idx, conv, start: joined === undefined };
  });
}
