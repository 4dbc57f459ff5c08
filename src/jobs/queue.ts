// The queue is the hands; the sweep over our own due columns is the truth. Jobs are born in the state's transaction.
import { PgBoss } from "pg-boss";
import { v5, v7 } from "uuid";
import type { Delivery } from "../app/context.ts";
import { noticeKey } from "../domain/request/notices.ts";
import { retryAfterMs } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Statements } from "../store/direct.ts";

const QUEUE = "deliver";
const DEAD = "undeliverable";
/** Names our jobs among all UUIDs, so that a notice always becomes the same job. */
const NAMESPACE = "5d9bd7a2-6c0c-4b7b-9d0a-5b6b2f6f4f10";
/** What a person waits for comes before what keeps a card fresh. */
const PRIORITY = { spoken: 10, card: 0 } as const;

export interface Queue {
  put(tx: Statements, deliveries: readonly Delivery[]): Promise<void>;
  /** Starts working; each delivery is retried with growing pauses until it succeeds or can never succeed. */
  work(deliver: (delivery: Delivery) => Promise<void>): Promise<void>;
  /** Stops taking jobs and waits for those under way, at most `ms`. */
  stop(ms: number): Promise<void>;
  /** How many deliveries are waiting or under way. */
  pending(): Promise<number>;
}

/** @param url the database's connection string; a secret */
export async function startQueue(url: string, log: Log): Promise<Queue> {
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

  async function put(tx: Statements, deliveries: readonly Delivery[]): Promise<void> {
    if (deliveries.length === 0) return;
    const jobs = deliveries.map((delivery) => ({
      id: jobId(delivery),
      data: delivery,
      groupId: placeOf(delivery),
      priority:
        delivery.kind === "notice" && delivery.notice.kind === "card" ? PRIORITY.card : PRIORITY.spoken,
    }));
    await tx.$queryRawUnsafe(insertion, JSON.stringify(jobs));
  }

  return {
    put,
    async work(deliver) {
      await boss.work<Delivery>(
        QUEUE,
        {
          localConcurrency: 6,
          // What is said about one request in one place is said in the order it was decided.
          localGroupConcurrency: 1,
          notifyPollingIntervalSeconds: 0.5,
          pollingIntervalSeconds: 0.5,
        },
        async ([job]) => {
          if (!job) return;
          try {
            await deliver(job.data);
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
    },
    async stop(ms) {
      await boss.stop({ graceful: true, timeout: ms });
    },
    async pending() {
      // Asked of the table itself: the library's own statistics are up to a minute old.
      const { rows } = await boss
        .getDb()
        .executeSql("SELECT count(*)::int AS n FROM pgboss.job WHERE name = $1 AND state < 'completed'", [
          QUEUE,
        ]);
      const [row] = rows as { n: number }[];
      return row?.n ?? 0;
    },
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
  const card = delivery.kind === "notice" && delivery.notice.kind === "card";
  return {
    group: { id: delivery.kind === "notice" ? delivery.notice.request : delivery.run },
    priority: card ? PRIORITY.card : PRIORITY.spoken,
  };
}

/** Equal notices are one job. A card is brought up to date after each change, so each change has its own. */
function jobId(delivery: Delivery): string {
  if (delivery.kind === "report") return v5(`report:${delivery.run}`, NAMESPACE);
  return delivery.notice.kind === "card" ? v7() : v5(noticeKey(delivery.notice), NAMESPACE);
}

/** The reaction, the card and the words of a request stand in different places: none of them waits for another. */
function placeOf(delivery: Delivery): string {
  if (delivery.kind === "report") return delivery.run;
  const { kind, request } = delivery.notice;
  return kind === "card" || kind === "eyes" ? `${request}:${kind}` : request;
}
