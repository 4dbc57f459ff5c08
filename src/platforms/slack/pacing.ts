// Keeps our calls under Slack's limits before Slack has to say so: one bucket of permits for each method (and channel, where
// Slack counts so); with Redis, several processes share them.
import { SiempreError } from "../../errors.ts";
import { rateLimited } from "./faults.ts";
import { PACES, type PaceName } from "./limits.ts";
import { METHODS, type Method, type MethodFacts } from "./methods.ts";
import { ownPermits, sharedPermits } from "./permits.ts";

export interface Pacing {
  /**
   * Runs `call` when the limits allow. Rejects with platform_rate_limited, without calling, while Slack's own
   * Retry-After for this key lasts or when too many wait already: a job is put back rather than a worker held.
   */
  run<T>(method: Method, channel: string | null, call: () => Promise<T>): Promise<T>;
  /** Slack said 429: nothing under this key is called for so long. */
  pause(method: Method, channel: string | null, waitMs: number): void;
  close(): Promise<void>;
}

export interface PacingOptions {
  /** Names the limits in Redis: processes with the same token share them. */
  id: string;
  redisUrl: string | null;
  /** How many times faster than Slack allows; 1 except against a local server. */
  speed: number;
  /** How long a call may wait to begin before it is given up with platform_unavailable. */
  stuckMs: number;
}

function stuck(method: string): SiempreError {
  return new SiempreError(
    "platform_unavailable",
    `${method} could not begin: the limits shared through REDIS_URL do not answer. Check that Redis runs; it will be tried again.`,
    { method, variable: "REDIS_URL" },
  );
}

export function createPacing(options: PacingOptions): Pacing {
  const { id, redisUrl, speed } = options;
  const permits = redisUrl === null ? ownPermits(speed) : sharedPermits(redisUrl, id, speed);
  // Paused keys with what they wait for. The entry leaves by a timer, so that no clock has to be read.
  const paused = new Map<string, { waitMs: number; timer: NodeJS.Timeout }>();
  // Calls of each key that were asked for and have not begun.
  const waiting = new Map<string, number>();
  const keyOf = (method: Method, channel: string | null) => {
    const facts: MethodFacts = METHODS[method];
    return facts.perChannel && channel !== null ? `${method}:${channel}` : method;
  };

  /** Resolves when a call of this key may begin. Rejects when too many wait already, or when nothing comes for too long. */
  async function turn(method: Method, name: PaceName, key: string): Promise<void> {
    const pace = PACES[name];
    const before = waiting.get(key) ?? 0;
    if (before >= pace.queue * speed)
      throw rateLimited(method, Math.ceil((pace.queue / pace.refill) * pace.everyMs));
    waiting.set(key, before + 1);
    // A limiter that never lets the call begin can only be one in a Redis that does not answer. Given up, it does not
    // begin later either: the job will be tried again.
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(stuck(method)), options.stuckMs);
    });
    try {
      await Promise.race([permits.later(name, key), tooLong]);
    } finally {
      // From here on the call's own deadline counts.
      clearTimeout(timer);
      const now = (waiting.get(key) ?? 1) - 1;
      if (now === 0) waiting.delete(key);
      else waiting.set(key, now);
    }
  }

  return {
    async run(method, channel, call) {
      const facts: MethodFacts = METHODS[method];
      const key = keyOf(method, channel);
      const { pace } = facts;
      // Nobody overtakes those who wait.
      const free = pace === null || paused.has(key) || (!waiting.has(key) && permits.now(pace, key));
      if (!free) await turn(method, pace, key);
      const pause = paused.get(key);
      if (pause) throw rateLimited(method, pause.waitMs);
      return await call();
    },

    pause(method, channel, waitMs) {
      const key = keyOf(method, channel);
      clearTimeout(paused.get(key)?.timer);
      const timer = setTimeout(() => paused.delete(key), waitMs);
      timer.unref();
      paused.set(key, { waitMs, timer });
    },

    async close() {
      for (const { timer } of paused.values()) clearTimeout(timer);
      paused.clear();
      await permits.close();
    },
  };
}
