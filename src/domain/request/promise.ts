// Somebody gives their word: the customer hears from them by an instant. Do, or do not.
import { pledgesOf } from "../promises/pledges.ts";
import type { Instant, PersonId } from "../words.ts";
import { maySay, taking } from "./act.ts";
import { overdue } from "./breach.ts";
import type { Fact } from "./facts.ts";
import { fact, nothing, type Plan, type Refusal, type Situation } from "./plan.ts";
import { isActive } from "./state.ts";

export interface Word {
  until: Instant;
  /** A line for the customer, with the row that keeps it; null: they are told nothing. */
  line: { id: string; text: string } | null;
  /** The message in which they gave it, where they wrote it themselves. */
  message: string | null;
}

function refused(why: Refusal, field: string): Plan {
  return { ...nothing, reply: { kind: "refused", why, field } };
}

/** Why the words of a message are not theirs to have tracked: somebody else wrote them, or they were deleted. */
function notTheirs(history: readonly Fact[], message: string, by: PersonId): Refusal | null {
  const about = history.filter((past) => "message" in past && past.message === message);
  if (about.some(({ kind }) => kind === "erased")) return "word_gone";
  return about.some((past) => past.kind === "answered" && past.by === by) ? null : "not_your_word";
}

/**
 * A word given is kept by any answer of staff before its instant, and it is never taken back or moved: a line to the
 * customer with a new time is an answer, so it keeps the old word and gives a new one. Several may be open at once; the
 * same one twice is one.
 */
export function decidePromise(situation: Situation, by: PersonId, word: Word): Plan {
  const { state, now, history, terms } = situation;
  if (!isActive(state)) return { ...nothing, reply: { kind: "refused", why: "already_resolved" } };
  if (word.message !== null) {
    const tracked = history.find((past) => past.kind === "promised" && past.message === word.message);
    const why = notTheirs(history, word.message, by);
    if (why) return { ...nothing, reply: { kind: "refused", why } };
    if (tracked?.kind === "promised")
      return { ...nothing, reply: { kind: "promised", until: tracked.until, told: false } };
  }
  if (word.until <= now) return refused("time_past", "when");
  if (word.line && !maySay(situation)) return refused("watch_only", "note");
  const same = pledgesOf(history, terms, now).some(
    (pledge) => pledge.by === by && pledge.endedAt === null && pledge.dueAt === word.until,
  );
  if (same && !word.line) return refused("promised_already", "when");
  const { line, until } = word;
  return {
    facts: [
      ...overdue(situation, now),
      ...taking(situation, by),
      ...(line ? [fact({ kind: "answered", message: null, how: "promised" }, now, by)] : []),
      fact({ kind: "promised", until, ...(word.message === null ? {} : { message: word.message }) }, now, by),
    ],
    notices: [...(line ? [{ kind: "line", words: line.id, until } as const] : []), { kind: "card" }],
    words: line ? [{ kind: "line", id: line.id, author: by, text: line.text, at: now }] : [],
    reply: { kind: "promised", until, told: line !== null },
  };
}
