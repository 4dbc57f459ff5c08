// What the application is made of; main.ts fills it in.
import type { Clock } from "../clock.ts";
import type { Policy } from "../domain/policy.ts";
import type { Notice } from "../domain/request/notices.ts";
import type { RequestView } from "../domain/request/view.ts";
import type { TriageModel } from "../domain/triage/model.ts";
import type { Instant, PersonId, RequestId, Tier } from "../domain/words.ts";
import type { Log } from "../log.ts";
import type { Pagers } from "../paging/pagers.ts";
import type { Platform } from "../platforms/platform.ts";
import type { Database } from "../store/db.ts";
import type { Transaction } from "../store/direct.ts";
import type { HeldPost, NewPost } from "../store/posts.ts";
import type { Progress } from "./catching-up.ts";
import type { People } from "./people.ts";
import type { Places } from "./places.ts";
import type { Roster } from "./roster.ts";
import type { KeepSmallTalk } from "./small-talk.ts";
import type { Triage } from "./triage.ts";

/** Something to be delivered by the queue; born in the transaction that made it necessary. */
export type Delivery =
  | { kind: "notice"; workspaceId: string; notice: Notice }
  | { kind: "report"; workspaceId: string; run: string }
  /** Somebody's day ends, and something of theirs is owed before they are back. */
  | { kind: "shift"; workspaceId: string; shift: string }
  /** An incident's card, brought up to date. */
  | { kind: "incident"; workspaceId: string; incident: string }
  /** Nothing to post yet: whether this request, as of `at`, is one of several about the same. */
  | { kind: "look"; workspaceId: string; request: RequestId; at: Instant }
  /** What `/siempre tune` found, on its way to the lead who asked; \`id\` is the interaction's. */
  | { kind: "tuning"; workspaceId: string; id: string; channel: string; by: PersonId }
  | { kind: "page_test"; workspaceId: string; test: PageTest }
  /** Another policy is being put on what is open, go by go. */
  | { kind: "apply_policy"; workspaceId: string; go: ApplyGo }
  /** What waited for one person, in one message; `place` as below. */
  | { kind: "letter"; workspaceId: string; message: string; place: string }
  /** `place`: what is said there is said in order; `tier`: of the most pressing promise in it. */
  | { kind: "bundle"; workspaceId: string; bundle: string; place: string; tier: Tier };

/** The next go of a policy that a lead applies: the open requests after that one. `done` counts those changed so far. */
export interface ApplyGo {
  /** Of the press that began it. */
  id: string;
  by: PersonId;
  /** The policy that was shown, by its hash. */
  policy: string;
  after: RequestId;
  done: number;
}

/** A test page on its way to somebody: through the pager, and beside it a message in which they say that it rang. */
export interface PageTest {
  id: string;
  team: { row: string; name: string };
  to: PersonId;
  at: Instant;
  by: "pager" | "direct";
}

/** What was born together is delivered at the same moment, and shares what is known of it. */
export interface Known {
  /** Requests as they stand, by id. */
  views: Map<RequestId, Promise<RequestView | null>>;
  /** New posts, by key: what of them is delivered at once is held for it in the very transaction. */
  posts: ReadonlyMap<string, NewPost>;
  /** Posts held so, by key. */
  held: Map<string, Promise<HeldPost | null>>;
}

export function nothingKnown(): Known {
  return { views: new Map(), posts: new Map(), held: new Map() };
}

export interface Parts {
  db: Database;
  policy: Policy;
  platforms: ReadonlyMap<string, Platform>;
  clock: Clock;
  /** What wakes whoever is on call. */
  pagers: Pagers;
  log: Log;
  /** Null: the readable rules of triage decide alone. */
  model: TriageModel | null;
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
  roster: Roster;
  progress: Progress;
  triage: Triage;
  keepSmallTalk: KeepSmallTalk;
}
