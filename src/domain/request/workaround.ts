// Something to get on with meanwhile. Giving it is an answer; only the customer can say that it helped.
import type { PersonId } from "../words.ts";
import { decideReopen, maySay, refused, taking } from "./act.ts";
import { overdue } from "./breach.ts";
import { fact, nothing, type Plan, type Situation } from "./plan.ts";
import { awaitsRelief, isActive } from "./state.ts";

/** Staff gives a workaround: with `line` the bot says it in their name; without, they wrote it themselves. Either way the customer is asked. */
export function decideWorkaround(
  situation: Situation,
  by: PersonId,
  line: { id: string; text: string } | null,
): Plan {
  const { state, now } = situation;
  if (!isActive(state)) return refused("already_resolved");
  if (!maySay(situation)) return refused("watch_only");
  return {
    facts: [
      ...overdue(situation, now),
      ...taking(situation, by),
      ...(line ? [fact({ kind: "answered", message: null, how: "workaround" }, now, by)] : []),
      fact({ kind: "workaround" }, now, by),
    ],
    notices: [
      { kind: "workaround", words: line?.id ?? null, round: state.workarounds + 1 },
      { kind: "card" },
    ],
    words: line ? [{ kind: "line", id: line.id, author: by, text: line.text, at: now }] : [],
    reply: { kind: "workaround" },
  };
}

/**
 * "It helped", "Not yet". "It helped" pressed again, or after the end, thanks and changes nothing; "Not yet" after the end
 * reopens, for whoever says so is not helped.
 */
export function decideRelieved(situation: Situation, by: PersonId, helped: boolean): Plan {
  const { state, now } = situation;
  const reply = { kind: "relieved", helped } as const;
  if (!helped && !isActive(state)) return decideReopen(situation, by, "not_fixed");
  if (helped && !awaitsRelief(state)) return { ...nothing, reply };
  return {
    facts: [
      ...overdue(situation, now),
      // Who says "not yet" has written to us: the clock is ours again.
      ...(!helped && state.status === "waiting" ? [fact({ kind: "resumed" }, now, by)] : []),
      fact({ kind: "relieved", helped }, now, by),
    ],
    notices: [{ kind: "card" }],
    words: [],
    reply,
  };
}
