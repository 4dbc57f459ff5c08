// A request that is open at the end of a report's window, as the digest reads it.
import type { PledgeKind } from "../domain/promises/pledges.ts";
import type { OpenRow } from "../domain/reports/digest.ts";
import { countsOf } from "../domain/request/counts.ts";
import type { RequestView } from "../domain/request/view.ts";
import type { Instant } from "../domain/words.ts";

/** @param at the end of the window, which decides what is broken */
export function openRow(view: RequestView, named: { who: string; title: string }, at: Instant): OpenRow {
  const { state, terms } = view;
  const due = view.pledges
    .filter((pledge) => pledge.endedAt === null && pledge.dueAt !== null)
    .sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))[0];
  const oursToSay = state.status === "open" && (state.staffAt === null || state.customerAt > state.staffAt);
  return {
    id: view.id,
    number: view.number,
    ...named,
    owner: view.owner?.name ?? null,
    tier: state.tier,
    waitsOnCustomer: state.status === "waiting",
    community: terms.tiers[state.tier].firstAnswer === null,
    // Since the first message nobody has answered: asking again does not make the wait shorter.
    waitingSince: oursToSay ? (countsOf(view.history, terms).waitsSince ?? state.customerAt) : null,
    due: due?.dueAt != null ? { kind: due.kind as PledgeKind, at: due.dueAt, broken: due.dueAt <= at } : null,
  };
}
