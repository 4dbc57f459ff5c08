// What a person does with a request, by whatever surface. Who may was decided before (the gate); what it means is here.

import { isInternal, pledgesOf } from "../promises/pledges.ts";
import type { Instant, PersonId, Tier } from "../words.ts";
import { overdue } from "./breach.ts";
import type { Fact } from "./facts.ts";
import { fact, nothing, type Plan, type Refusal, type Situation } from "./plan.ts";
import { isActive } from "./state.ts";

/** Staff's own line for the customer: its text, the row that keeps it, and until when they promise to write. */
export interface Line {
  id: string;
  text: string;
  until: Instant;
}

/** Whether the bot may say a colleague's own words to the customer, on their tap. */
export function maySay({ live, state }: Situation): boolean {
  return live && state.quiet !== "watch_only";
}

export function refused(why: Refusal, field?: string): Plan {
  return { ...nothing, reply: { kind: "refused", why, ...(field === undefined ? {} : { field }) } };
}

/** Whoever acts on what nobody has, has it. */
export function taking({ state, now }: Situation, by: PersonId): Fact[] {
  return state.owner === null ? [fact({ kind: "owned", owner: by, how: "claimed" }, now, by)] : [];
}

function said(kind: "not_fixed" | "confirmed"): Plan {
  return { ...nothing, reply: { kind } };
}

export function decideClaim(situation: Situation, by: PersonId): Plan {
  const { state, now } = situation;
  if (!isActive(state)) return refused("already_resolved");
  if (state.owner === by) return refused("already_yours");
  return {
    facts: [fact({ kind: "owned", owner: by, how: "claimed" }, now, by)],
    notices: [{ kind: "card" }],
    words: [],
    // Once staff has answered there is nothing left to say back; where the bot is silent nothing can be.
    reply: { kind: "claimed", sayBack: state.answeredAt === null && maySay(situation) },
  };
}

export function decideTier(situation: Situation, by: PersonId, to: Tier): Plan {
  const { state, now, history, terms } = situation;
  if (!isActive(state)) return refused("already_resolved");
  if (state.tier === to && state.tierByPerson) return refused("same_tier");
  const tiered = fact({ kind: "tiered", from: state.tier, to, how: "person", confidence: 1 }, now, by);
  const next = pledgesOf([...history, tiered], terms, now).filter(
    (pledge) => pledge.state === "running" && !isInternal(pledge.kind),
  );
  const due = next.map((pledge) => pledge.dueAt).filter((at) => at !== null);
  return {
    facts: [tiered],
    notices: [{ kind: "card" }],
    words: [],
    reply: { kind: "tiered", due: due.length > 0 ? Math.min(...due) : null },
  };
}

export function decideWait(situation: Situation, by: PersonId): Plan {
  const { state, now } = situation;
  if (state.status === "waiting") return refused("already_waiting");
  if (!isActive(state)) return refused("already_resolved");
  return {
    facts: [...overdue(situation, now), fact({ kind: "waiting" }, now, by)],
    notices: [{ kind: "card" }],
    words: [],
    reply: { kind: "waiting" },
  };
}

/** `note` is the owner's line about what was done; null where they wrote none. */
export function decideResolve(
  situation: Situation,
  by: PersonId,
  note: { id: string; text: string } | null,
): Plan {
  const { state, now, live, history, terms } = situation;
  if (!isActive(state)) return refused("already_resolved");
  const told = live && state.quiet === null;
  const facts: Fact[] = [...overdue(situation, now), ...taking(situation, by)];
  // The closing line answers a customer who still waits. Told nothing, they were not answered, and it counts as neither.
  const owed = pledgesOf(history, terms, now).some(
    ({ kind, endedAt }) => endedAt === null && kind !== "commitment" && !isInternal(kind),
  );
  const waits = owed || state.staffAt === null || state.customerAt > state.staffAt;
  if (told && waits) facts.push(fact({ kind: "answered", message: null, how: "resolved" }, now, by));
  facts.push(fact({ kind: "resolved" }, now, by));
  return {
    facts,
    notices: [
      { kind: "card" },
      ...(told ? [{ kind: "close", words: note?.id ?? null, round: state.reopened } as const] : []),
      { kind: "causes", to: state.owner ?? by, round: state.reopened },
    ],
    // Words nobody will be told are not kept.
    words: note && told ? [{ kind: "line", id: note.id, author: by, text: note.text, at: now }] : [],
    reply: { kind: "resolved", told },
  };
}

export function decideReopen(situation: Situation, by: PersonId, how: "staff" | "not_fixed"): Plan {
  const { state, now } = situation;
  // A customer who says "not fixed" twice, or after they wrote it, is right.
  if (isActive(state)) return how === "not_fixed" ? said("not_fixed") : refused("not_resolved");
  return {
    facts: [fact({ kind: "reopened", how }, now, by)],
    notices: [{ kind: "card" }],
    words: [],
    reply: { kind: how === "staff" ? "reopened" : "not_fixed" },
  };
}

/** "All good". Pressed twice, or after a reopening, it says so instead of closing what is open again. */
export function decideConfirm(situation: Situation, by: PersonId): Plan {
  const { state, now } = situation;
  if (state.status === "closed") return said("confirmed");
  if (state.status !== "resolved") return refused("open_again");
  return {
    facts: [fact({ kind: "confirmed" }, now, by)],
    notices: [{ kind: "card" }],
    words: [],
    reply: { kind: "confirmed" },
  };
}

/** A colleague's words, sent by their tap: an answer, and a promise to write again by `until`. */
export function decideLine(
  situation: Situation,
  by: PersonId,
  line: Line,
  how: "said_back" | "apologised",
): Plan {
  const { state, now } = situation;
  if (!isActive(state)) return refused("already_resolved");
  if (!maySay(situation)) return refused("watch_only");
  if (line.until <= now) return refused("time_past", "by");
  return {
    facts: [
      ...overdue(situation, now),
      ...taking(situation, by),
      fact({ kind: "answered", message: null, how }, now, by),
      fact({ kind: "promised", until: line.until }, now, by),
    ],
    notices: [{ kind: "line", words: line.id, until: line.until }, { kind: "card" }],
    words: [{ kind: "line", id: line.id, author: by, text: line.text, at: now }],
    reply: { kind: "said" },
  };
}

/** "I'm on it" under a reminder: takes it where nobody had it; moves no clock. */
export function decideOnIt(situation: Situation, by: PersonId, pledge: string): Plan {
  if (!isActive(situation.state)) return refused("already_resolved");
  const { now } = situation;
  return {
    facts: [...taking(situation, by), fact({ kind: "on_it", pledge }, now, by)],
    notices: [{ kind: "card" }],
    words: [],
    reply: { kind: "on_it" },
  };
}
