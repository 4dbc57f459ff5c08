// Another policy for a request that is open: an explicit act, shown before it is done, and recorded.
import type { Terms } from "../policy.ts";
import { type Pledge, pledgesOf } from "../promises/pledges.ts";
import type { Instant, PersonId } from "../words.ts";
import { refused } from "./act.ts";
import { overdue } from "./breach.ts";
import type { Fact } from "./facts.ts";
import { fact, nothing, type Plan, type Situation } from "./plan.ts";
import { isActive } from "./state.ts";

/** One promise that would end at another time. Null: it would be without a time, as while it is paused. */
export interface TermsMove {
  pledge: Pledge;
  was: Instant | null;
  now: Instant | null;
}

/**
 * Puts a request under `fresh` terms from `now` on. What it used is kept; what ran out stays broken. Changes nothing where
 * they say what holds already.
 */
export function decideTerms(situation: Situation, by: PersonId, fresh: Terms): Plan {
  const { state, terms } = situation;
  if (!isActive(state)) return refused("already_resolved");
  if (sameTerms(terms, fresh)) return nothing;
  return {
    ...nothing,
    facts: factsOf(situation, by, fresh),
    terms: { ...fresh, before: terms },
    notices: [{ kind: "card" }],
  };
}

/** What decideTerms would move, without doing it. */
export function termsMoves(situation: Situation, fresh: Terms): readonly TermsMove[] {
  const { history, terms, now } = situation;
  const after = pledgesOf([...history, ...factsOf(situation, "", fresh)], { ...fresh, before: terms }, now);
  return pledgesOf(history, terms, now).flatMap((pledge): TermsMove[] => {
    const then = after.find(({ key }) => key === pledge.key);
    if (pledge.endedAt !== null || !then) return [];
    const to = then.state === "void" ? null : then.dueAt;
    return to === pledge.dueAt ? [] : [{ pledge, was: pledge.dueAt, now: to }];
  });
}

function factsOf(situation: Situation, by: PersonId, fresh: Terms): Fact[] {
  return [
    ...overdue(situation, situation.now),
    fact({ kind: "terms", policy: fresh.policy }, situation.now, by),
  ];
}

const NO_PAGES = { promised: false, onCall: false };

/** Whether two terms promise the same; where they came from does not matter. */
export function sameTerms(one: Terms, other: Terms): boolean {
  return meaning(one) === meaning(other);
}

/** The database keeps the keys of JSON in an order of its own, and older terms lack what was added later. */
function meaning({ policy, sources, before, paging = NO_PAGES, ...promised }: Terms): string {
  return JSON.stringify({ ...promised, paging }, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part)
            .filter(([, value]) => value !== null)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : part,
  );
}
