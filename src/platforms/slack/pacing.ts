// Keeps our calls under Slack's limits before Slack has to say so. One limiter for each method (and channel, where Slack
// counts so); with Redis, several processes share them.
import Bottleneck from "bottleneck";
import { SiempreError } from "../../errors.ts";
import { rateLimited } from "./faults.ts";
import { PACES, type Pace, type PaceName, REDIS_TICK_MS } from "./limits.ts";
import { METHODS, type Method, type MethodFacts } from "./methods.ts";

/** Keys for which a permit is kept ahead; the longest unused lose theirs first. */
const MAX_AHEAD = 5_000;

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

/**
 * Bottleneck's connection to Redis. Throws config_invalid when its client, the npm package ioredis, is not installed:
 * Bottleneck asks for it only at run time.
 */
function redisConnection(url: string): Bottleneck.IORedisConnection {
  try {
    const { hostname, port, username, password, pathname, protocol } = new URL(url);
    const clientOptions = {
      host: hostname,
      port: port === "" ? 6379 : Number(port),
      ...(username === "" ? {} : { username: decodeURIComponent(username) }),
      ...(password === "" ? {} : { password: decodeURIComponent(password) }),
      ...(pathname.length > 1 ? { db: Number(pathname.slice(1)) } : {}),
      ...(protocol === "rediss:" ? { tls: {} } : {}),
    };
    return new Bottleneck.IORedisConnection({ clientOptions });
  } catch (cause) {
    throw new SiempreError(
      "config_invalid",
      "REDIS_URL is set, but the limits cannot be shared through it: either it is no redis:// address or the npm package ioredis is missing. Correct it, run `npm install ioredis`, or unset REDIS_URL if one process is enough.",
      { variable: "REDIS_URL" },
      { cause },
    );
  }
}

function settings(pace: Pace, speed: number, shared: boolean): Bottleneck.ConstructorOptions {
  const ticks = shared ? Math.ceil(REDIS_TICK_MS / pace.everyMs) : 1;
  // Where a permit is kept ahead, it is one of the burst: no more than the rest is refilled.
  const kept = shared ? 0 : 1;
  return {
    reservoir: pace.burst * speed,
    reservoirIncreaseAmount: pace.refill * speed * ticks,
    reservoirIncreaseInterval: pace.everyMs * ticks,
    reservoirIncreaseMaximum: Math.max(pace.burst - kept, pace.refill * ticks) * speed,
    maxConcurrent: null,
  };
}

export function createPacing(options: PacingOptions): Pacing {
  const connection = options.redisUrl === null ? null : redisConnection(options.redisUrl);
  const shared = connection === null ? {} : { connection, timeout: 10 * 60_000 };
  const groupOf = (name: PaceName) =>
    new Bottleneck.Group({
      id: `siempre-slack-${options.id}-${name}`,
      ...settings(PACES[name], options.speed, connection !== null),
      ...shared,
    });
  const groups: Readonly<Record<PaceName, Bottleneck.Group>> = {
    posting: groupOf("posting"),
    tier2: groupOf("tier2"),
    tier3: groupOf("tier3"),
    tier4: groupOf("tier4"),
  };
  // Paused keys with what they wait for. The entry leaves by a timer, so that no clock has to be read.
  const paused = new Map<string, { waitMs: number; timer: NodeJS.Timeout }>();
  // Calls of each key that were asked for and have not begun. Bottleneck's own count lags behind by some ticks.
  const waiting = new Map<string, number>();
  // Permits asked for before anybody needs them, one for each key.
  const ahead = new Map<string, Promise<void>>();
  const keyOf = (method: Method, channel: string | null) => {
    const facts: MethodFacts = METHODS[method];
    return facts.perChannel && channel !== null ? `${method}:${channel}` : method;
  };

  /** Resolves when the limits let one more call of this key begin. */
  function ask(pace: PaceName, key: string): Promise<void> {
    // Bottleneck's own promise waits for some ticks more, until the job is booked out again.
    return new Promise((granted, failed) => {
      groups[pace]
        .key(key)
        .schedule(async () => granted())
        .catch(failed);
    });
  }

  /**
   * The next permit of a key is asked for ahead: Bottleneck's answer takes some three milliseconds even when nothing has
   * to wait, and the words a customer waits for should not. Not with Redis, where each process would keep one to itself.
   */
  function permit(pace: PaceName, key: string): Promise<void> {
    if (connection !== null) return ask(pace, key);
    const mine = ahead.get(key) ?? ask(pace, key);
    const next = ask(pace, key);
    next.catch(() => ahead.delete(key));
    ahead.delete(key);
    ahead.set(key, next);
    const oldest = ahead.size > MAX_AHEAD ? ahead.keys().next() : null;
    if (oldest && !oldest.done) ahead.delete(oldest.value);
    return mine;
  }

  return {
    async run(method, channel, call) {
      const facts: MethodFacts = METHODS[method];
      const key = keyOf(method, channel);
      const unlessPaused = () => {
        const pause = paused.get(key);
        return pause ? Promise.reject(rateLimited(method, pause.waitMs)) : call();
      };
      if (facts.pace === null || paused.has(key)) return await unlessPaused();
      const pace = PACES[facts.pace];
      const before = waiting.get(key) ?? 0;
      if (before >= pace.queue * options.speed)
        throw rateLimited(method, Math.ceil((pace.queue / pace.refill) * pace.everyMs));
      waiting.set(key, before + 1);
      // A limiter that never lets the call begin can only be one in a Redis that does not answer. Given up, it does not
      // begin later either: the job will be tried again.
      let timer: NodeJS.Timeout | undefined;
      const tooLong = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(stuck(method)), options.stuckMs);
      });
      try {
        await Promise.race([permit(facts.pace, key), tooLong]);
      } finally {
        // From here on the call's own deadline counts.
        clearTimeout(timer);
        const now = (waiting.get(key) ?? 1) - 1;
        if (now === 0) waiting.delete(key);
        else waiting.set(key, now);
      }
      return await unlessPaused();
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
      await connection?.disconnect(false);
    },
  };
}
