// Slack's rate limits for each method, as buckets that refill: a tier's calls a minute may come at once, then steadily.
// https://docs.slack.dev/apis/web-api/rate-limits; the tiers are rate-limit-tiers.json (its origin stands beside it).
import tiers from "./rate-limit-tiers.json" with { type: "json" };

/** Calls a minute. */
const PER_MINUTE: Readonly<Record<string, number>> = { Tier1: 1, Tier2: 20, Tier3: 50, Tier4: 100 };
/** chat.postMessage: about one a second in each channel; the burst Slack lets pass is not published. */
const POSTING = { burst: 10, perSecond: 1 };

interface Bucket {
  left: number;
  /** When `left` was counted, real ms. */
  at: number;
}

export class RateLimits {
  readonly #speed: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  /** `speed`: how many times more is allowed than Slack does. `now`: real ms, of any origin. */
  constructor(speed: number, now: () => number) {
    this.#speed = speed;
    this.#now = now;
  }

  /** Counts a call. Null when it is within the limits, else the whole seconds to wait (Retry-After). */
  take(method: string, channel: string | null): number | null {
    const limit = limitOf(method);
    if (limit === null) return null;
    const key = limit.perChannel ? `${method} ${channel ?? ""}` : method;
    const now = this.#now();
    const burst = limit.burst * this.#speed;
    const perMs = (limit.perSecond * this.#speed) / 1000;
    const bucket = this.#buckets.get(key) ?? { left: burst, at: now };
    const left = Math.min(burst, bucket.left + (now - bucket.at) * perMs);
    const allowed = left >= 1;
    this.#buckets.set(key, { left: allowed ? left - 1 : left, at: now });
    return allowed ? null : Math.max(1, Math.ceil((1 - left) / perMs / 1000));
  }
}

function limitOf(method: string): { burst: number; perSecond: number; perChannel: boolean } | null {
  if (method === "chat.postMessage") return { ...POSTING, perChannel: true };
  const tier: string | undefined = Object.entries(tiers).find(([name]) => name === method)?.[1];
  const perMinute = PER_MINUTE[tier ?? ""];
  return perMinute === undefined ? null : { burst: perMinute, perSecond: perMinute / 60, perChannel: false };
}
