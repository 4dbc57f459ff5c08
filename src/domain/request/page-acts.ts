// What people do about a page: ask for one, and answer it.
import type { PersonId } from "../words.ts";
import type { Fact } from "./facts.ts";
import { decidePage, isPaging } from "./paging.ts";
import { fact, nothing, type Plan, type Refusal, type Situation } from "./plan.ts";
import { evolve, isActive } from "./state.ts";

function refused(why: Refusal): Plan {
  return { ...nothing, reply: { kind: "refused", why } };
}

/** A person's word: whoever is on call is called now, though nothing was promised. */
export function decidePageNow(situation: Situation, by: PersonId, onCall: readonly PersonId[]): Plan {
  const { state, terms, now } = situation;
  if (!isActive(state)) return refused("already_resolved");
  if (state.tier !== 1) return refused("not_failing");
  if (state.status === "waiting") return refused("already_waiting");
  if (onCall.length === 0) return refused("nobody_on_call");
  if (isPaging(state)) return refused("paging_already");
  const asked = fact({ kind: "page_asked", why: "asked" }, now, by);
  const { facts, notices } = decidePage(evolve(state, asked), terms, onCall, now);
  const to = facts.flatMap((each) => (each.kind === "paged" && each.to !== null ? [each.to] : []))[0];
  if (to === undefined) return refused("nobody_on_call");
  return {
    ...nothing,
    facts: [asked, ...facts],
    notices: [...notices, { kind: "card" }],
    reply: { kind: "paging", to },
  };
}

/** "I have it", under a page: whoever says so owns it, and nobody else is called. */
export function decideHaveIt(situation: Situation, by: PersonId): Plan {
  const { state, now } = situation;
  if (!isActive(state)) return refused("already_resolved");
  // Somebody was faster, and is at work.
  if (state.page.calls.length === 0 && state.owner !== null)
    return refused(state.owner === by ? "already_yours" : "taken");
  const answered = fact({ kind: "page_answered" }, now, by);
  const taken: Fact[] =
    state.owner === by ? [] : [fact({ kind: "owned", owner: by, how: "claimed" }, now, by)];
  return { ...nothing, facts: [answered, ...taken], notices: [{ kind: "card" }], reply: { kind: "have_it" } };
}
