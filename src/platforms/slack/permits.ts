// Who may call Slack now: a bucket of permits for each key. In one process it is arithmetic (limiter); shared through Redis
// it is Bottleneck, whose answer takes some timer ticks and a third of a millisecond of CPU even when nothing has to wait.
import Bottleneck from "bottleneck";
import { TokenBucket } from "limiter";
import { SiempreError } from "../../errors.ts";
import { PACES, type Pace, type PaceName, REDIS_TICK_MS } from "./limits.ts";

/** Keys whose permits are counted at once; the longest unused begin anew. At Slack's pace so many cannot all be in use. */
const MAX_KEYS = 5_000;

export interface Permits {
  /** Takes a permit of this key if there is one to be had without asking anybody. */
  now(pace: PaceName, key: string): boolean;
  /** Resolves when the limits let one more call of this key begin, in the order asked. */
  later(pace: PaceName, key: string): Promise<void>;
  close(): Promise<void>;
}

/** Permits of this process alone. `speed`: how many times faster than the paces. */
export function ownPermits(speed: number): Permits {
  const buckets = new Map<string, TokenBucket>();

  function bucketOf(name: PaceName, key: string): TokenBucket {
    const known = buckets.get(key);
    if (known) {
      // The newest at the end.
      buckets.delete(key);
      buckets.set(key, known);
      return known;
    }
    const { burst, refill, everyMs } = PACES[name];
    const made = new TokenBucket({
      bucketSize: burst * speed,
      tokensPerInterval: refill * speed,
      interval: everyMs,
    });
    made.content = made.bucketSize;
    buckets.set(key, made);
    const oldest = buckets.size > MAX_KEYS ? buckets.keys().next() : null;
    if (oldest && !oldest.done) buckets.delete(oldest.value);
    return made;
  }

  return {
    now: (pace, key) => bucketOf(pace, key).tryRemoveTokens(1),
    async later(pace, key) {
      await bucketOf(pace, key).removeTokens(1);
    },
    async close() {},
  };
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

function settings(pace: Pace, speed: number): Bottleneck.ConstructorOptions {
  const ticks = Math.ceil(REDIS_TICK_MS / pace.everyMs);
  return {
    reservoir: pace.burst * speed,
    reservoirIncreaseAmount: pace.refill * speed * ticks,
    reservoirIncreaseInterval: pace.everyMs * ticks,
    reservoirIncreaseMaximum: Math.max(pace.burst, pace.refill * ticks) * speed,
    maxConcurrent: null,
  };
}

/** Permits that several processes share. `id` names them in Redis: processes with the same token have the same. */
export function sharedPermits(redisUrl: string, id: string, speed: number): Permits {
  const connection = redisConnection(redisUrl);
  const groupOf = (name: PaceName) =>
    new Bottleneck.Group({
      id: `siempre-slack-${id}-${name}`,
      ...settings(PACES[name], speed),
      connection,
      timeout: 10 * 60_000,
    });
  const groups: Readonly<Record<PaceName, Bottleneck.Group>> = {
    posting: groupOf("posting"),
    tier2: groupOf("tier2"),
    tier3: groupOf("tier3"),
    tier4: groupOf("tier4"),
  };
  return {
    now: () => false,
    // Bottleneck's own promise waits for some ticks more, until the job is booked out again.
    later: (pace, key) =>
      new Promise((granted, failed) => {
        groups[pace]
          .key(key)
          .schedule(async () => granted())
          .catch(failed);
      }),
    async close() {
      await connection.disconnect(false);
    },
  };
}
