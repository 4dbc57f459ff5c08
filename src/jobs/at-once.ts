// What was just decided is delivered at once, by the process that decided it, without a way through the queue's table.
// Its job is there all the same, and due a little later: whoever dies halfway leaves it to the next worker.
import type { Delivery } from "../app/context.ts";
import type { Log } from "../log.ts";

export interface Job {
  id: string;
  delivery: Delivery;
  /** What is said in one place about one request is said in the order it was decided. */
  group: string;
}

export interface AtOnce {
  /** Whether it may be delivered at once: nothing of its group waits in the queue, and not too much is under way. */
  takes(group: string): boolean;
  /** Delivers jobs that were born together, the first of each group's turn first. Returns before they are. */
  begin(jobs: readonly Job[]): void;
  /** The queue has jobs of this group: what follows must not overtake them. */
  queued(group: string): void;
  /** A worker of this process does a job of the queue, in its group's turn. */
  inTurn<T>(group: string, work: () => Promise<T>): Promise<T>;
  /** Takes no more, and resolves when what is under way is done. */
  stop(): Promise<void>;
}

/** Deliveries under way at a time; what comes beyond goes through the queue. */
const MOST = 24;
/** Delivered jobs are reported to the queue together, after this long, ms. */
const SETTLE_MS = 15;
/** How long, at least, a group that went through the queue does so, unless its job is worked here, ms. */
const QUEUED_MS = 30_000;

export function createAtOnce(parts: {
  /** `together` is one map for all that was born together: what one has read, the others need not. */
  deliver(delivery: Delivery, together: Map<string, unknown>): Promise<void>;
  /** Ends jobs that are delivered. */
  settle(ids: readonly string[]): Promise<void>;
  /** Lets a job that failed come again. */
  later(job: Job, error: unknown): Promise<void>;
  log: Log;
}): AtOnce {
  const { log } = parts;
  const turns = new Map<string, Promise<unknown>>();
  const underWay = new Set<Promise<void>>();
  let behind: [Set<string>, Set<string>] = [new Set(), new Set()];
  let done: string[] = [];
  let settling: Promise<void> | null = null;
  let stopped = false;
  const aging = setInterval(() => {
    behind = [new Set(), behind[0]];
  }, QUEUED_MS).unref();

  function inTurn<T>(group: string, work: () => Promise<T>): Promise<T> {
    const before = turns.get(group);
    const mine = before ? before.then(work, work) : work();
    turns.set(group, mine);
    const leave = () => {
      if (turns.get(group) === mine) turns.delete(group);
    };
    mine.then(leave, leave);
    return mine;
  }

  async function settle(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    settling = null;
    const ids = done;
    done = [];
    try {
      await parts.settle(ids);
    } catch (error) {
      // They come again; a post that stands is left alone.
      log.warn({ err: error, jobs: ids.length }, "what was delivered could not be marked as delivered");
    }
  }

  async function run(job: Job, together: Map<string, unknown>): Promise<void> {
    const waits = turns.has(job.group);
    try {
      // What was read before it had to wait is old.
      await inTurn(job.group, () => parts.deliver(job.delivery, waits ? new Map() : together));
    } catch (error) {
      await parts.later(job, error);
    }
    done.push(job.id);
    settling ??= settle();
    await settling;
  }

  return {
    inTurn,
    takes: (group) => !stopped && underWay.size < MOST && !behind[0].has(group) && !behind[1].has(group),
    begin(jobs) {
      const together = new Map<string, unknown>();
      for (const job of jobs) {
        const running = run(job, together).catch((error: unknown) =>
          log.warn({ err: error }, "a delivery could not be put off; it comes again by itself"),
        );
        underWay.add(running);
        void running.then(() => underWay.delete(running));
      }
    },
    queued: (group) => void behind[0].add(group),
    async stop() {
      stopped = true;
      clearInterval(aging);
      await Promise.all(underWay);
    },
  };
}
