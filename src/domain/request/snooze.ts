// A reminder is put off, with a reason. The promise stays as it is: only what is said about it waits.
import { type Pledge, pledgesOf } from "../promises/pledges.ts";
import type { Instant, PersonId } from "../words.ts";
import { fact, nothing, type Plan, type Refusal, type Situation } from "./plan.ts";
import { isActive } from "./state.ts";

/** The promise that presses most: the one named, else the one that ends first; null where nothing runs. */
export function pressing(situation: Situation, key: string | null): Pledge | null {
  const { history, terms, now } = situation;
  const open = pledgesOf(history, terms, now).filter(
    (pledge) => pledge.endedAt === null && pledge.dueAt !== null,
  );
  const named = open.find((pledge) => pledge.key === key);
  return named ?? open.sort((one, other) => (one.dueAt ?? 0) - (other.dueAt ?? 0))[0] ?? null;
}

/** `why` names the row that will keep the reason. Not beyond the end: a promise must not run out in silence. */
export function decideSnooze(
  situation: Situation,
  by: PersonId,
  pledge: Pledge | null,
  until: Instant,
  why: { id: string; text: string },
): Plan {
  const { state, now } = situation;
  if (!isActive(state)) return refused("already_resolved");
  if (pledge?.dueAt === undefined || pledge.dueAt === null) return refused("nothing_runs");
  if (until <= now) return refused("time_past");
  if (pledge.state === "running" && until >= pledge.dueAt) return refused("after_the_end");
  return {
    facts: [fact({ kind: "snoozed", pledge: pledge.key, until, why: why.id }, now, by)],
    notices: [{ kind: "card" }],
    words: [{ kind: "reason", id: why.id, author: by, text: why.text, at: now }],
    reply: { kind: "snoozed", until },
  };
}

function refused(why: Refusal): Plan {
  const field = why === "time_past" || why === "after_the_end" ? { field: "until" } : {};
  return { ...nothing, reply: { kind: "refused", why, ...field } };
}
