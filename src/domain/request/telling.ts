// Staff's own words, said by the bot to a customer without a promise of when more comes: an answer, or one update to all
// customers of an incident.
import type { Instant, PersonId } from "../words.ts";
import { refused, taking } from "./act.ts";
import { overdue } from "./breach.ts";
import type { Fact } from "./facts.ts";
import { fact, nothing, type Plan, type Situation } from "./plan.ts";
import { isActive } from "./state.ts";

/**
 * One line to one customer, as an answer of `by`. The words are said as they were written, never translated. Refused where
 * the request is over, or the bot may not speak.
 */
export function decideTold(situation: Situation, by: PersonId, line: { id: string; text: string }): Plan {
  const { state, now, live } = situation;
  if (!isActive(state)) return refused("already_resolved");
  if (!live || state.quiet === "watch_only") return refused("watch_only");
  return {
    facts: [
      ...overdue(situation, now),
      ...taking(situation, by),
      fact({ kind: "answered", message: null, how: "told" }, now, by),
    ],
    notices: [{ kind: "line", words: line.id, until: null }, { kind: "card" }],
    words: [{ kind: "line", id: line.id, author: by, text: line.text, at: now }],
    reply: { kind: "told" },
  };
}

/** Whether the customer has deleted all they wrote: there is no place left to answer in, and nobody who waits. */
export function isWithdrawn(history: readonly Fact[]): boolean {
  const standing = new Set<string>();
  for (const each of history) {
    if (each.kind === "opened" || each.kind === "said") standing.add(each.message);
    if (each.kind === "erased") standing.delete(each.message);
  }
  return standing.size === 0;
}

/** A colleague takes it out of its incident: updates to everyone do not reach it any more. */
export function decideLeave({ state, now }: Situation, by: PersonId): Plan {
  const { incident } = state;
  if (incident === null) return refused("no_incident");
  const body = { kind: "in_incident", incident: incident.id, first: incident.first, part: false } as const;
  return {
    ...nothing,
    facts: [fact(body, now, by)],
    notices: [{ kind: "card" }],
    reply: { kind: "left_incident" },
  };
}

/** It became part of a confirmed incident; `by` null: by itself, as a later report. */
export function decideInIncident(
  { state }: Pick<Situation, "state">,
  incident: { id: string; first: number },
  by: PersonId | null,
  at: Instant,
): Plan {
  if (state.incident !== null) return nothing;
  const body = { kind: "in_incident", incident: incident.id, first: incident.first, part: true } as const;
  return { ...nothing, facts: [fact(body, at, by)], notices: [{ kind: "card" }] };
}
