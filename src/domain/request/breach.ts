// Promises that ran out: each is recorded once, with why.
import { pledgesOf } from "../promises/pledges.ts";
import type { Instant, PersonId } from "../words.ts";
import type { Fact, Why } from "./facts.ts";
import { fact, type Situation } from "./plan.ts";

/** Promises that ran out before `at` and were not yet recorded: an answer that comes late must not hide the breach. */
export function overdue({ history, terms, state }: Situation, at: Instant): Fact[] {
  return pledgesOf(history, terms, at).flatMap((pledge) =>
    pledge.endedAt === null && pledge.dueAt !== null && pledge.dueAt <= at && !state.broken.has(pledge.key)
      ? [brokenFact(history, { ...pledge, dueAt: pledge.dueAt }, at)]
      : [],
  );
}

/** The record of a breach. */
export function brokenFact(
  history: readonly Fact[],
  pledge: { key: string; startedAt: Instant; dueAt: Instant },
  at: Instant,
): Fact {
  const why = whyBroken(history, pledge.startedAt, pledge.dueAt);
  return fact({ kind: "broken", pledge: pledge.key, due: pledge.dueAt, why }, at, null);
}

/**
 * Why, as things stood when the promise ran out and not when somebody noticed: nobody had it; it lay with engineering or a
 * third party; it went from one colleague to another while the promise ran; whoever had it did not answer.
 */
function whyBroken(history: readonly Fact[], startedAt: Instant, due: Instant): Why {
  let owner: PersonId | null = null;
  let last: PersonId | null = null;
  let handedOver = false;
  let thirdParty = false;
  for (const each of history) {
    if (each.at > due) continue;
    if (each.kind === "owned") {
      if (last !== null && last !== each.owner && each.at >= startedAt) handedOver = true;
      owner = each.owner;
      last = owner;
    }
    if (each.kind === "released") owner = null;
    if (each.kind === "third_party") thirdParty = each.on;
  }
  if (owner === null) return "nobody_owned";
  if (thirdParty) return "third_party";
  return handedOver ? "handed_over" : "owner_silent";
}
