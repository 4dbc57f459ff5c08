// An incident as its row and its requests tell it.
import type { Instant, PersonId, RequestId, Tier } from "../words.ts";

export interface IncidentState {
  id: string;
  workspaceId: string;
  teamId: string;
  team: string;
  platform: string;
  /** The platform's id of the workspace. */
  workspace: string;
  status: "proposed" | "open" | "dismissed" | "resolved";
  tier: Tier;
  /** The request of the first report, and its number. */
  first: RequestId;
  firstNumber: number;
  proposedAt: Instant;
  lastAt: Instant;
  /** Who said whether it is one, and when. */
  decidedBy: PersonId | null;
  decidedAt: Instant | null;
  /** The last update to everyone, and how many customers it went to. */
  toldAt: Instant | null;
  told: number;
  /** Oldest first. */
  requests: readonly RequestId[];
  customers: number;
}
