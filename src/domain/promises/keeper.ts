// Who has to keep a promise.
import type { Fact } from "../request/facts.ts";
import type { PersonId } from "../words.ts";
import type { Pledge } from "./pledges.ts";

/**
 * Whoever owns the request; but a word given on a request that was never theirs is kept by whoever gave it. What an owner
 * gave their word for passes on with the request. The store asks the same of its rows (`untold`).
 */
export function keeperOf(
  history: readonly Fact[],
  pledge: Pick<Pledge, "by"> | undefined,
  owner: PersonId | null,
): PersonId | null {
  const by = pledge?.by ?? null;
  if (by === null || history.some((fact) => fact.kind === "owned" && fact.owner === by)) return owner;
  return by;
}
