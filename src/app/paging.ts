// What every decision about a request may mean for whoever is on call.
import { answeringPage } from "../domain/request/paging.ts";
import { fact, type Plan } from "../domain/request/plan.ts";
import { replay } from "../domain/request/state.ts";
import type { Instant } from "../domain/words.ts";
import type { Transaction } from "../store/direct.ts";
import { isSecondReport } from "../store/failing.ts";
import type { LoadedRequest } from "../store/load.ts";

/**
 * The same plan, and what follows for a page: whatever shows that somebody of us is there has answered it, and a request
 * that turns out to be failing may be the second report of a failure.
 */
export async function concerningPages(
  tx: Transaction,
  request: LoadedRequest,
  plan: Plan,
  now: Instant,
): Promise<Plan> {
  const { history, terms, teamId } = request;
  const rose = plan.facts.some((each) => each.kind === "tiered" && each.to === 1 && each.from !== 1);
  if (
    rose &&
    terms.paging?.onCall &&
    teamId !== null &&
    (await isSecondReport(tx, { ...request, teamId }, now))
  ) {
    const asked = fact({ kind: "page_asked", why: "second_report" }, now, null);
    return { ...plan, facts: [...plan.facts, asked] };
  }
  if (!history.some(({ kind }) => kind === "paged")) return plan;
  return answeringPage({ state: replay(history) }, plan);
}
