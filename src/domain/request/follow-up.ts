// Who follows up a chance that was noted, and by when: kept apart from who has the request (DESIGN idea 15).
import type { Instant, PersonId } from "../words.ts";
import { fact, nothing, type Plan, type Situation } from "./plan.ts";

/** Asks when, before somebody follows it up; `to` null: whoever asked. */
export function askFollowUp({ state }: Situation, to: PersonId | null): Plan {
  const gone = !state.signals.has("opportunity");
  return {
    ...nothing,
    reply: gone ? { kind: "refused", why: "note_gone" } : { kind: "ask_follow_up", who: to },
  };
}

/** From now on it is theirs. Whoever was given it by somebody else hears of it with the words that told. */
export function decideFollowUp(
  situation: Situation,
  by: PersonId,
  { to, until }: { to: PersonId; until: Instant },
): Plan {
  const { state, now } = situation;
  if (!state.signals.has("opportunity")) return askFollowUp(situation, to);
  const given = to === by ? [] : [{ kind: "signal", signal: "opportunity", to, at: now } as const];
  return {
    ...nothing,
    facts: [fact({ kind: "follow_up", who: to, until }, now, by)],
    notices: [{ kind: "note_changed", signal: "opportunity", at: now }, ...given],
    reply: { kind: "follow_up", to, until },
  };
}
