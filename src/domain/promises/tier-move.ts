// What a change of tier did to the promise that was running: told on the card, so that nobody finds it moved without a word.
import type { Terms } from "../policy.ts";
import type { Fact } from "../request/facts.ts";
import type { Instant, Tier } from "../words.ts";
import { isInternal, type Pledge, pledgesOf } from "./pledges.ts";

export interface TierMove {
  from: Tier;
  was: Instant;
  /** Null: the new tier promises nothing of the kind. */
  now: Instant | null;
}

/** What the last change of tier did to what the customer was promised, while that promise is still open; null for nothing. */
export function tierMove(
  history: readonly Fact[],
  terms: Terms,
  pledges: readonly Pledge[],
): TierMove | null {
  const index = history.findLastIndex((fact) => fact.kind === "tiered");
  const tiered = history[index];
  if (tiered?.kind !== "tiered" || tiered.from === tiered.to) return null;
  const before = running(pledgesOf(history.slice(0, index), terms, tiered.at));
  if (before?.dueAt == null) return null;
  const after = pledgesOf(history.slice(0, index + 1), terms, tiered.at).find(
    ({ key }) => key === before.key,
  );
  const current = pledges.find(({ key }) => key === before.key);
  if (after?.state === "void") return { from: tiered.from, was: before.dueAt, now: null };
  if (!after || after.dueAt === before.dueAt) return null;
  return current?.endedAt === null ? { from: tiered.from, was: before.dueAt, now: after.dueAt } : null;
}

function running(pledges: readonly Pledge[]): Pledge | undefined {
  return pledges.find(({ kind, state }) => state === "running" && kind !== "commitment" && !isInternal(kind));
}
