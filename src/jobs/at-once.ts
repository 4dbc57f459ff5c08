// What was just decided is delivered at once, by the process that decided it, without a way through the queue's table.
// Its job is there all the same, and due a little later: whoever dies halfway leaves it to the next worker.
import { setTimeout as after } from "node:timers/promises";
import { type Delivery, type Known, nothingKnown } from "../app/context.ts";
import type { Log } from "../log.ts";

export interface Job {
  id: string;
  delivery: Delivery;
  /** What is said in one place about one request is said in the order it was decided. */
  group: string;
  /** A person waits for these words: what keeps a card fresh waits a moment for them. */
  spoken: boolean;
}

export interface AtOnce {
  /** Whether it may be delivered at once: nothing of its group waits in the queue, and not too much is under way. */
  takes(group: string): boolean;
  /** Delivers jobs that were born together, what is spoken first. Returns before they are. */
  begin(jobs: readonly Job[], known: Known): void;
  /** The queue has jobs of this group: what follows must not overtake them. */
  queued(group: string): void;
  /** A worker of this process does a job of the queue, in its group's turn. */
  inTurn<T>(group: string, work: () => Promise<T>): Promise<T>;
  /** Takes no more, and resolves when what is under way is done. */
  stop(): Promise<void>;
}

/** Deliveries under way at a time; what comes beyond goes through the queue. */
const MOST = 100;
/** How long what nobody waits for gives way, at most, ms. */
const GIVE_WAY_MS = 100;
/** Delivered jobs are reported to the queue together, after this long, ms. */
const SETTLE_MS = 100;
/** How long, at least, a group that went through the queue goes on doing so, ms. */
const QUEUED_MS = 30_000;

export function createAtOnce(parts: {
  /** `known` is one for all that was born together: what one has read, the others need not. */
  deliver(delivery: Delivery, known: Known): Promise<void>;
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
    await after(SETTLE_MS);
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

  async function run(job: Job, known: Known): Promise<void> {
    const waits = turns.has(job.group);
    try {
      // What was read before it had to wait is old.
      await inTurn(job.group, () =>
        parts.deliver(job.delivery, waits ? { ...nothingKnown(), held: known.held } : known),
      );
    } catch (error) {
      await parts.later(job, error);
    }
    done.push(job.id);
    settling ??= settle();
  }

  return {
    inTurn,
    takes: (group) => !stopped && underWay.size < MOST && !behind[0].has(group) && !behind[1].has(group),
    begin(jobs, known) {
      const track = (work: Promise<void>) => {
        const running = work.catch((error: unknown) =>
          log.warn({ err: error }, "a delivery could not be put off; it comes again by itself"),
        );
        underWay.add(running);
        void running.then(() => underWay.delete(running));
        return running;
      };
      const said = jobs.filter(({ spoken }) => spoken).map((job) => track(run(job, known)));
      const given = said.length > 0 ? Promise.race([Promise.all(said), after(GIVE_WAY_MS)]) : null;
      for (const job of jobs)
        if (!job.spoken) track(given ? given.then(() => run(job, known)) : run(job, known));
    },
    queued: (group) => void behind[0].add(group),
    async stop() {
      stopped = true;
      clearInterval(aging);
      while (underWay.size > 0) await Promise.all(underWay);
      await settling;
    },
  };
}
