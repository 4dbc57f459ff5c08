// What happened outside the chat, or lies with others: it is told to us, and recorded.
import type { PersonId } from "../words.ts";
import { refused, taking } from "./act.ts";
import { overdue } from "./breach.ts";
import { fact, type Plan, type Situation } from "./plan.ts";
import { isActive } from "./state.ts";

/** Answered by phone, by mail, in person: as good as an answer in the thread. Nothing is said to the customer. */
export function decideAnsweredElsewhere(situation: Situation, by: PersonId): Plan {
  const { state, now } = situation;
  if (!isActive(state)) return refused("already_resolved");
  return {
    facts: [
      ...overdue(situation, now),
      ...taking(situation, by),
      fact({ kind: "answered", message: null, how: "elsewhere" }, now, by),
    ],
    notices: [{ kind: "card" }],
    words: [],
    reply: { kind: "answered_elsewhere" },
  };
}

/** It is with engineering or a third party, or back with us. No clock pauses for it: the customer waits for us all the same. */
export function decideThirdParty(situation: Situation, by: PersonId, on: boolean): Plan {
  const { state, now } = situation;
  if (!isActive(state)) return refused("already_resolved");
  if (on === (state.thirdPartySince !== null)) {
    return refused(on ? "already_third_party" : "not_third_party");
  }
  return {
    facts: [...overdue(situation, now), fact({ kind: "third_party", on }, now, by)],
    notices: [{ kind: "card" }],
    words: [],
    reply: { kind: "third_party", on },
  };
}
