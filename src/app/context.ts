// What the application is made of; main.ts fills it in.
import type { Clock } from "../clock.ts";
import type { Policy } from "../domain/policy.ts";
import type { Notice } from "../domain/request/notices.ts";
import type { RequestView } from "../domain/request/view.ts";
import type { Instant, RequestId } from "../domain/words.ts";
import type { Log } from "../log.ts";
import type { Platform } from "../platforms/platform.ts";
import type { Database } from "../store/db.ts";
import type { Transaction } from "../store/direct.ts";
import type { Progress } from "./catching-up.ts";
import type { People } from "./people.ts";
import type { Places } from "./places.ts";

/** Something to be delivered by the queue; born in the transaction that made it necessary. */
export type Delivery =
  | { kind: "notice"; workspaceId: string; notice: Notice }
  | { kind: "report"; workspaceId: string; run: string };

/** Requests as they stand, by id: shared by what is delivered at the same moment. */
export type Known = Map<RequestId, Promise<RequestView | null>>;

export interface Parts {
  db: Database;
  policy: Policy;
  platforms: ReadonlyMap<string, Platform>;
  clock: Clock;
  log: Log;
  /**
   * Puts deliveries into the queue, in the given transaction. The statement has been made when this returns. `known` need
   * not be read by whoever delivers at once.
   */
  outbox(tx: Transaction, deliveries: readonly Delivery[], known?: Known): Promise<void>;
  /** Tells the sweep that something wakes at `at`, perhaps sooner than it knew. */
  wake(at: Instant | null): void;
}

export interface Context extends Parts {
  places: Places;
  people: People;
  progress: Progress;
}
