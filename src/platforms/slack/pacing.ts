// Keeps our calls under Slack's limits before Slack has to say so. One limiter for each method (and channel, where Slack
// counts so); with Redis, several processes share them.
import Bottleneck from "bottleneck";
import { SiempreError } from "../../errors.ts";
import { rateLimited } from "./faults.ts";
import { PACES, type Pace, type PaceName, REDIS_TICK_MS } from "./limits.ts";
import { METHODS, type Method, type MethodFacts } from "./methods.ts";

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
  return {
    reservoir: pace.burst * speed,
    reservoirIncreaseAmount: pace.refill * speed * ticks,
    reservoirIncreaseInterval: pace.everyMs * ticks,
    reservoirIncreaseMaximum: Math.max(pace.burst, pace.refill * ticks) * speed,
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
  const keyOf = (method: Method, channel: string | null) => {
    const facts: MethodFacts = METHODS[method];
    return facts.perChannel && channel !== null ? `${method}:${channel}` : method;
  };

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
      const begun = () => {
        const now = (waiting.get(key) ?? 1) - 1;
        if (now === 0) waiting.delete(key);
        else waiting.set(key, now);
      };
      // A limiter that never lets the call begin can only be one in a Redis that does not answer. Given up, it must not
      // begin later either: the job will be tried again.
      let givenUp = false;
      let timer: NodeJS.Timeout | undefined;
      const tooLong = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          givenUp = true;
          begun();
          reject(stuck(method));
        }, options.stuckMs);
      });
      const scheduled = groups[facts.pace].key(key).schedule(() => {
        if (givenUp) return Promise.reject(stuck(method));
        // From here on the call's own deadline counts.
        clearTimeout(timer);
        begun();
        return unlessPaused();
      });
      try {
        return await Promise.race([scheduled, tooLong]);
      } finally {
        clearTimeout(timer);
      }
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
