// A request is given to somebody by policy: when it opens, and again when it comes back to nobody.
import type { Terms } from "../policy.ts";
import { nextOpening } from "../promises/calendar.ts";
import { ladderOf } from "../promises/ladder.ts";
import type { Instant, PersonId, Tier } from "../words.ts";
import type { Fact } from "./facts.ts";
import type { NoticeBody } from "./notices.ts";
import { fact } from "./plan.ts";
import type { RequestState } from "./state.ts";

/** Whom the policy gives it to. */
export type Assigned = { to: PersonId } | "nobody";

/** Somebody is looked for again after this long, and not before the team is there, ms. */
const AGAIN_AFTER = 30 * 60_000;

/** Since when it is to be given to somebody, and whether nobody was there then; null: it is not. */
export type Unassigned = { at: Instant; tried: boolean } | null;

/** One fact later. `owner` is who has it after the fact. */
export function unassignedAfter(before: Unassigned, fact: Fact, owner: PersonId | null): Unassigned {
  if (owner !== null) return null;
  switch (fact.kind) {
    case "nobody_free":
      return { at: fact.at, tried: true };
    // Whoever gives it back has decided that for now; who is gone for long has not.
    case "released":
      return fact.why === "away" ? { at: fact.at, tried: false } : before;
    case "reopened":
      return { at: fact.at, tried: false };
    default:
      return before;
  }
}

/** When somebody is to be looked for, or null: the policy gives it to nobody, or somebody has it. */
export function assignAt(state: RequestState, terms: Terms): Instant | null {
  const { unassigned } = state;
  if (!terms.assigns || unassigned === null || state.owner !== null) return null;
  return unassigned.tried ? nextOpening(terms.calendar, unassigned.at + AGAIN_AFTER) : unassigned.at;
}

/** Whom the ladder tells next where nobody has it: the first of its steps before the end that is for somebody else; else the team. */
export function nextStep(terms: Terms, tier: Tier): "team" | "on-call" | "lead" {
  for (const { whom, ...when } of ladderOf(terms, tier))
    if (!("after" in when) && whom !== "owner" && whom !== "backup") return whom;
  return "team";
}

/** It is theirs, and they are told; or nobody is there, and the next step of the ladder comes now instead of at its time. */
export function decideAssigned(
  assigned: Assigned,
  { terms, tier, now }: { terms: Terms; tier: Tier; now: Instant },
): { facts: Fact[]; notices: NoticeBody[] } {
  if (assigned === "nobody") {
    return {
      facts: [fact({ kind: "nobody_free" }, now, null)],
      notices: [{ kind: "nobody_free", to: nextStep(terms, tier) }],
    };
  }
  return {
    facts: [fact({ kind: "owned", owner: assigned.to, how: "by_policy" }, now, null)],
    notices: [{ kind: "given", to: assigned.to, by: null, at: now }],
  };
}
