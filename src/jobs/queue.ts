// The queue is the hands; the sweep over our own due columns is the truth. Jobs are born in the state's transaction.
import { setTimeout as sleep } from "node:timers/promises";
import { PgBoss } from "pg-boss";
import { v5, v7 } from "uuid";
import { type Delivery, type Known, nothingKnown } from "../app/context.ts";
import { noticeKey } from "../domain/request/notices.ts";
import { retryAfterMs } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Direct, Transaction } from "../store/direct.ts";
import { holdNewPosts } from "../store/posts.ts";
import { type AtOnce, createAtOnce, type Job } from "./at-once.ts";

const QUEUE = "deliver";
const DEAD = "undeliverable";
/** Names our jobs among all UUIDs, so that a notice always becomes the same job. */
const NAMESPACE = "5d9bd7a2-6c0c-4b7b-9d0a-5b6b2f6f4f10";
/** What a person waits for comes before what keeps a card fresh. */
const PRIORITY = { spoken: 10, eyes: 5, card: 0 } as const;
/**
 * Workers for what people wait for, and for what keeps cards fresh: those wait for a platform's pace most of the time, and
 * after a storm of broken promises there are thousands.
 */
const HANDS = { spoken: 6, cards: 2 } as const;
/** Of so many cards that change in one transaction none is delivered at once: those places are for words. */
const MANY_CARDS = 10;
/** What is delivered at once comes through the queue, too, unless it is done in this time, s: the process may have died. */
const AT_ONCE_S = 10;
/** How often a queue that was not empty at the start is looked at again, ms. */
const EMPTY_EVERY_MS = 500;

export interface Queue {
  /** The statement has been made when this returns; what can be delivered at once is, as soon as it is committed. */
  put(tx: Transaction, deliveries: readonly Delivery[], known?: Known): Promise<void>;
  /**
   * Starts working; each delivery is retried with growing pauses until it succeeds or can never succeed. `prepare` is called for
   * what will be said at once, before its transaction is committed: nothing may be said yet, and perhaps never. Must not throw.
   */
  work(deliver: Deliver, prepare?: (delivery: Delivery, known: Known) => void): Promise<void>;
  /** Stops taking jobs and waits for those under way, at most `ms`. */
  stop(ms: number): Promise<void>;
  /** How many deliveries are waiting or under way. */
  pending(): Promise<number>;
}

export type Deliver = (delivery: Delivery, known: Known) => Promise<void>;

/**
 * @param url the database's connection string; a secret
 * @param direct the same database: what is asked of the queue often is prepared there, where the library's own way is planned anew
 * each time
 * @param wall real time, ms
 */
export async function startQueue(
  url: string,
  { direct }: Pick<Direct, "direct">,
  wall: () => number,
  log: Log,
): Promise<Queue> {
  const boss = new PgBoss({
    connectionString: url,
    application_name: "siempre-queue",
    schema: "pgboss",
    max: 4,
    useListenNotify: true,
    // A killed worker's job runs again after about 11 s; with the defaults it would be 15 minutes (DESIGN, stack).
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
    schedule: false,
  });
  boss.on("error", (error) => log.error({ err: error }, "the queue reports an error"));
  boss.on("warning", (warning) => log.debug({ warning: warning.message }, "the queue warns"));
  await boss.start();
  await boss.createQueue(DEAD, { retentionSeconds: 30 * 86_400 });
  const options = {
    notify: true,
    deadLetter: DEAD,
    // With the pauses below about two days: a platform that is down so long only delays.
    retryLimit: 600,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 300,
    heartbeatSeconds: 10,
    expireInSeconds: 120,
    deleteAfterSeconds: 3_600,
  };
  await boss.createQueue(QUEUE, options);
  // The queue may be there already, made by a version with other numbers.
  await boss.updateQueue(QUEUE, options);

  const insertion = await insertionOf(boss);
  const kept = {
    executeSql: async (text: string, values: unknown[] = []) => ({
      rows: await direct.$queryRawUnsafe<unknown[]>(text, ...values),
    }),
  };
  const stopping = new AbortController();
  let atOnce: AtOnce | null = null;
  let prepared: (delivery: Delivery, known: Known) => void = () => undefined;
  let empty = false;

  async function put(
    tx: Transaction,
    deliveries: readonly Delivery[],
    known: Known = nothingKnown(),
  ): Promise<void> {
    if (deliveries.length === 0) return;
    const born = deliveries.map((delivery): Job => {
      const spoken = priorityOf(delivery) >= PRIORITY.spoken;
      return { id: jobId(delivery), delivery, group: placeOf(delivery), spoken };
    });
    const many = born.filter(({ spoken }) => !spoken).length > MANY_CARDS;
    const now = born.filter(
      ({ group, spoken }) => empty && (spoken || !many) && (atOnce?.takes(group) ?? false),
    );
    for (const job of born) if (!now.includes(job)) atOnce?.queued(job.group);
    const jobs = born.map((job) => ({
      id: job.id,
      data: job.delivery,
      groupId: job.group,
      priority: priorityOf(job.delivery),
      ...(now.includes(job) ? { startAfter: AT_ONCE_S } : {}),
    }));
    hold(tx, now, known);
    tx.after(() => atOnce?.begin(now, known));
    await tx.$queryRawUnsafe(insertion, JSON.stringify(jobs));
    // Only now: whoever puts them says what is known of them after the statement has been made.
    for (const { delivery, spoken } of now) if (spoken) prepared(delivery, known);
  }

  /** Whoever delivers at once is the post's one writer from its birth on: no round trip of its own. */
  function hold(tx: Transaction, jobs: readonly Job[], { posts, held }: Known): void {
    const mine = jobs.flatMap(({ delivery }) =>
      delivery.kind === "notice" ? (posts.get(noticeKey(delivery.notice)) ?? []) : [],
    );
    if (mine.length === 0) return;
    const taken = holdNewPosts(tx, mine, wall());
    tx.along(taken);
    for (const { key } of mine) {
      const one = taken.then((all) => all.get(key) ?? null);
      // The transaction tells of it.
      one.catch(() => undefined);
      held.set(key, one);
    }
  }

  /** Lets what failed come again: after the pause a platform asks for, else soon. */
  async function later({ delivery }: Job, error: unknown): Promise<void> {
    const wait = retryAfterMs(error) ?? 1_000;
    await boss.send(QUEUE, delivery, { ...optionsOf(delivery), startAfter: Math.ceil(wait / 1000) });
  }

  async function pending(): Promise<number> {
    // Asked of the table itself: the library's own statistics are up to a minute old.
    const { rows } = await boss
      .getDb()
      .executeSql("SELECT count(*)::int AS n FROM pgboss.job WHERE name = $1 AND state < 'completed'", [
        QUEUE,
      ]);
    const [row] = rows as { n: number }[];
    return row?.n ?? 0;
  }

  /** What an earlier process left behind comes first. */
  async function whenEmpty(): Promise<void> {
    while (!stopping.signal.aborted && (await pending()) > 0)
      await sleep(EMPTY_EVERY_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    empty = true;
  }

  return {
    put,
    async work(deliver, prepare) {
      if (prepare) prepared = prepare;
      const here = createAtOnce({
        deliver,
        settle: async (ids) =>
          void (await boss.complete(QUEUE, [...ids], undefined, { includeQueued: true, db: kept })),
        later,
        log,
      });
      atOnce = here;
      whenEmpty().catch((error: unknown) =>
        log.warn({ err: error }, "the queue could not be looked at; everything goes through it"),
      );
      const hand = async (which: { minPriority?: number; maxPriority?: number }) => {
        const worker: string = await boss.work<Delivery>(
          QUEUE,
          {
            ...which,
            // What is said about one request in one place is said in the order it was decided.
            localGroupConcurrency: 1,
            notifyPollingIntervalSeconds: 1,
            pollingIntervalSeconds: 0.5,
          },
          async ([job]) => {
            if (!job) return;
            // Where there was one there may be more, and the library would look again in half a second: its own bursts go
            // by a count of the queue that is up to a minute old. Each worker is started by itself, so that this wakes no other.
            boss.notifyWorker(worker);
            try {
              await here.inTurn(placeOf(job.data), () => deliver(job.data, nothingKnown()));
            } catch (error) {
              const wait = retryAfterMs(error);
              if (wait === null) throw error;
              // Waiting as long as a platform asks must not hold a worker: the job comes again by itself.
              await boss.send(QUEUE, job.data, {
                ...optionsOf(job.data),
                startAfter: Math.ceil(wait / 1000),
              });
            }
          },
        );
      };
      for (let n = 0; n < HANDS.spoken; n += 1) await hand({ minPriority: PRIORITY.eyes });
      for (let n = 0; n < HANDS.cards; n += 1) await hand({ maxPriority: PRIORITY.eyes - 1 });
    },
    async stop(ms) {
      stopping.abort();
      await Promise.race([atOnce?.stop(), sleep(ms, undefined, { ref: false })]);
      await boss.stop({ graceful: true, timeout: ms });
    },
    pending,
  };
}

/**
 * The statement with which the library puts jobs into the queue, its jobs as JSON its only parameter: in a decision's own
 * transaction it must be made at once, which the library's method does not promise.
 */
async function insertionOf(boss: PgBoss): Promise<string> {
  let statement = "";
  const listen = {
    async executeSql(text: string) {
      statement = text;
      return { rows: [] };
    },
  };
  await boss.insert(QUEUE, [], { db: listen });
  return statement;
}

function optionsOf(delivery: Delivery): { group: { id: string }; priority: number } {
  return { group: { id: placeOf(delivery) }, priority: priorityOf(delivery) };
}

function priorityOf(delivery: Delivery): number {
  if (delivery.kind === "incident" || delivery.kind === "look" || delivery.kind === "tuning")
    return PRIORITY.card;
  if (delivery.kind === "apply_policy") return PRIORITY.card;
  // The first tier comes before the fifth.
  if (delivery.kind === "bundle") return PRIORITY.spoken + 5 - delivery.tier;
  const kind = delivery.kind === "notice" ? delivery.notice.kind : delivery.kind;
  return kind === "card" || kind === "eyes" ? PRIORITY[kind] : PRIORITY.spoken;
}

/** Equal notices are one job. A card is brought up to date after each change, so each change has its own. */
function jobId(delivery: Delivery): string {
  if (delivery.kind === "report") return v5(`report:${delivery.run}`, NAMESPACE);
  if (delivery.kind === "shift") return v5(`shift:${delivery.shift}`, NAMESPACE);
  if (delivery.kind === "incident") return v7();
  if (delivery.kind === "tuning") return v5(`tuning:${delivery.id}`, NAMESPACE);
  if (delivery.kind === "look") return v5(`look:${delivery.request}:${delivery.at}`, NAMESPACE);
  if (delivery.kind === "apply_policy")
    return v5(`apply_policy:${delivery.go.id}:${delivery.go.after}`, NAMESPACE);
  if (delivery.kind === "page_test")
    return v5(`page_test:${delivery.test.id}:${delivery.test.by}`, NAMESPACE);
  if (delivery.kind === "bundle") return v5(`bundle:${delivery.bundle}`, NAMESPACE);
  if (delivery.kind === "letter") return v5(`letter:${delivery.message}`, NAMESPACE);
  // A call's message is brought up to date under its own name.
  if (delivery.notice.kind === "page_taken") return v7();
  return delivery.notice.kind === "card" ? v7() : v5(noticeKey(delivery.notice), NAMESPACE);
}

/** The reaction, the card and the words of a request stand in different places: none of them waits for another. */
function placeOf(delivery: Delivery): string {
  if (delivery.kind === "report") return delivery.run;
  if (delivery.kind === "shift") return delivery.shift;
  if (delivery.kind === "incident") return delivery.incident;
  if (delivery.kind === "tuning") return `tuning:${delivery.id}`;
  if (delivery.kind === "look") return `${delivery.request}:look`;
  if (delivery.kind === "apply_policy") return `apply_policy:${delivery.go.id}`;
  if (delivery.kind === "page_test") return `${delivery.test.id}:${delivery.test.by}`;
  // What one person is told comes in order.
  if (delivery.kind === "bundle" || delivery.kind === "letter") return delivery.place;
  const { kind, request } = delivery.notice;
  if (kind === "card" || kind === "eyes") return `${request}:${kind}`;
  return kind === "pager" || kind === "pager_answered" ? `${request}:pager` : request;
}
