// What a bot under measurement tells the bench: that it is ready, how many messages it is done with, what it used.
import { setTimeout as sleep } from "node:timers/promises";
import { LRUCache } from "lru-cache";

/** What a contestant is started with, as JSON in its first argument. */
export interface Entry {
  platform: "slack" | "discord";
  apiUrl: string;
  tokens: { bot: string; app: string | null };
  /** null: an echo bot that writes nothing. */
  databaseUrl: string | null;
  policy: string;
  /** On Discord an echo answers with a reply, which is one request; or as the bot does in a thread, which is two. */
  inThread: boolean;
}

export interface Usage {
  /** CPU time of the process so far, µs. */
  cpu: number;
  /** Resident set and heap in use, bytes. */
  rss: number;
  heap: number;
  /** What was decided and is not delivered yet. */
  pending: number;
  /** From an event's arrival at the port to its commit, ms; since `forget`. */
  commits: number[];
}

export type FromContestant = { ready: true } | { handled: number } | { usage: Usage };
export type ToContestant = "usage" | "forget" | "stop";

/** The other end of the pipe to the bench. */
export interface Desk {
  ready(): void;
  /** Tracks the work on one message, by its id: the bench counts how many are done, each once. Rejections are the caller's. */
  handling<T>(message: string, work: Promise<T>): Promise<T>;
}

/** How long counts are gathered before the bench is told, ms. */
const GATHER_MS = 2;
/** Of so many messages it knows that it is done with them: many times those under way. */
const LATELY = 2_000;
/** A contestant keeps no more of its times than this between two questions. */
const MOST_TIMES = 50_000;

export function readEntry(): Entry {
  return JSON.parse(process.argv[2] ?? "{}") as Entry;
}

export function openDesk(parts: { pending(): Promise<number>; stop(): Promise<void> }): Desk {
  let handled = 0;
  const came = new LRUCache<string, true>({ max: LATELY });
  let telling = false;
  let commits: number[] = [];
  const tell = (message: FromContestant) => void process.send?.(message);

  async function tellHandled(): Promise<void> {
    if (telling) return;
    telling = true;
    await sleep(GATHER_MS);
    telling = false;
    tell({ handled });
  }

  async function usage(): Promise<Usage> {
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed } = process.memoryUsage();
    return { cpu: user + system, rss, heap: heapUsed, pending: await parts.pending(), commits };
  }

  process.on("message", (message: ToContestant) => {
    if (message === "usage") void usage().then((used) => tell({ usage: used }));
    else if (message === "forget") commits = [];
    else void parts.stop().then(() => process.exit(0));
  });
  // The bench is gone: nobody will ask any more.
  process.on("disconnect", () => process.exit(1));

  return {
    ready: () => tell({ ready: true }),
    async handling(message, work) {
      const begun = performance.now();
      // What fails comes again, and what takes long may come twice: else the bench would believe the contestant ahead.
      const done = await work;
      if (commits.length < MOST_TIMES) commits.push(performance.now() - begun);
      if (!came.has(message)) {
        came.set(message, true);
        handled += 1;
        void tellHandled();
      }
      return done;
    },
  };
}
