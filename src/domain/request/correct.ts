// What a person's correction means: a message was no request, or belongs to another one.
import type { Instant, PersonId, RequestId } from "../words.ts";
import type { Fact, Verdict } from "./facts.ts";
import { fact, nothing, type Plan, type Situation } from "./plan.ts";
import { isActive } from "./state.ts";

/** A message that is moved, as it is kept. */
export interface Moved {
  message: string;
  role: "customer" | "helper" | "staff";
  author: PersonId;
  at: Instant;
}

/**
 * These messages leave for `to` (null: they belong to none). Without its first message a request is none: it is dismissed
 * without a word, and what its customer was shown of it is taken back.
 */
export function decideMovedOut(
  { state, now }: Situation,
  by: PersonId,
  moved: readonly Moved[],
  { to, verdict }: { to: RequestId | null; verdict: Verdict },
): Plan {
  const facts: Fact[] = moved.flatMap(({ message }) => [
    fact({ kind: "corrected", message, verdict }, now, by),
    fact({ kind: "moved", message, way: "out", other: to }, now, by),
  ]);
  const whole = moved.some(({ message }) => message === state.root);
  if (!whole) return { ...nothing, facts, notices: [{ kind: "card" }] };
  facts.push(fact({ kind: "dismissed" }, now, by));
  return {
    ...nothing,
    facts,
    notices: [{ kind: "withdraw", message: state.root, at: now }, { kind: "card" }],
  };
}

/** They come from elsewhere, each with the time it was written at: clocks run from then. */
export function decideMovedIn(
  { state, now }: Situation,
  by: PersonId,
  moved: readonly Moved[],
  from: RequestId | null,
): Plan {
  const facts = moved.map(({ message }) => fact({ kind: "moved", message, way: "in", other: from }, now, by));
  const ended = state.resolvedAt ?? state.closedAt ?? Number.NEGATIVE_INFINITY;
  const asks = moved.some(({ role, at }) => role === "customer" && at > ended);
  if (!isActive(state) && asks) facts.push(fact({ kind: "reopened", how: "staff" }, now, by));
  facts.push(...moved.map(meant));
  return { ...nothing, facts, notices: [{ kind: "card" }] };
}

function meant({ message, role, author, at }: Moved): Fact {
  switch (role) {
    case "customer":
      return fact({ kind: "said", message }, at, author);
    case "helper":
      return fact({ kind: "helped", message }, at, author);
    case "staff":
      return fact({ kind: "answered", message, how: "wrote" }, at, author);
    default:
      return role satisfies never;
  }
}
