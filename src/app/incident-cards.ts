// What changes in a request may stand on the card of its incident, too: words that were deleted, above all.
import type { FactKind } from "../domain/request/facts.ts";
import type { Plan } from "../domain/request/plan.ts";
import type { RequestId } from "../domain/words.ts";
import type { Statements } from "../store/direct.ts";
import { incidentOf, leaveIncident } from "../store/incidents.ts";
import type { Delivery } from "./context.ts";

const SHOWN: ReadonlySet<FactKind> = new Set([
  "edited",
  "erased",
  "resolved",
  "confirmed",
  "reopened",
  "dismissed",
  "in_incident",
]);

/** The card to be brought up to date after this plan; none for most plans, and for requests of no incident. */
export async function incidentCards(
  tx: Statements,
  request: { id: RequestId; workspaceId: string },
  { facts }: Plan,
): Promise<Delivery[]> {
  if (!facts.some(({ kind }) => SHOWN.has(kind))) return [];
  const incident = await incidentOf(tx, request.id);
  if (facts.some((each) => each.kind === "in_incident" && !each.part)) await leaveIncident(tx, request.id);
  return incident === null ? [] : [{ kind: "incident", workspaceId: request.workspaceId, incident }];
}
