// Messages that were moved to another request mean nothing in the one they left: their facts stay written, and no longer count.
import type { Fact } from "./facts.ts";

/** Facts that came with a message, and go with it. */
const CARRIED: ReadonlySet<Fact["kind"]> = new Set([
  "said",
  "courtesy",
  "edited",
  "erased",
  "answered",
  "helped",
  "aside",
  "signalled",
  "promised",
]);

const messageOf = (fact: Fact): string | null =>
  CARRIED.has(fact.kind) && "message" in fact ? (fact.message ?? null) : null;

/** Whether the fact only followed from the message after it: the customer's words opened it again. */
function followsFrom(fact: Fact, next: Fact | undefined): boolean {
  const reopens = fact.kind === "resumed" || (fact.kind === "reopened" && fact.how === "wrote");
  return reopens && next?.kind === "said" && next.at === fact.at && next.by === fact.by;
}

/**
 * A history as it counts: without what moved messages had meant before they left. The opening stays, whatever became of its
 * message, for a history begins with it. Most histories hold no such fact and are returned as they are.
 */
export function standing(history: readonly Fact[]): readonly Fact[] {
  if (!history.some((fact) => fact.kind === "moved" && fact.way === "out")) return history;
  const leftAt = new Map<string, number>();
  history.forEach((fact, at) => {
    if (fact.kind === "moved" && fact.way === "out") leftAt.set(fact.message, at);
  });
  const gone = (fact: Fact | undefined, at: number): boolean => {
    const message = fact ? messageOf(fact) : null;
    return message !== null && at < (leftAt.get(message) ?? -1);
  };
  return history.filter((fact, at) => {
    const next = history[at + 1];
    return !gone(fact, at) && !(followsFrom(fact, next) && gone(next, at + 1));
  });
}
