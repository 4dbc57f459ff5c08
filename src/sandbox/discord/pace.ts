// How much Discord takes from one bot: requests a second in all, and refused ones before the address is banned.
// https://docs.discord.com/developers/topics/rate-limits

export interface PaceOptions {
  /** Requests a second in all, answers to interactions apart. Discord: 50. */
  perSecond: number;
  /** Answers of 401, 403 and 429 within so many real ms, then none at all until they are over. Discord: 10,000 in 10 min. */
  refused: { count: number; perMs: number };
  /** Real ms, of any origin. */
  now(): number;
}

export class Pace {
  readonly #options: PaceOptions;
  /** Requests that may still come at once, as of `#at`. */
  #left: number;
  #at: number;
  #refused: { since: number; count: number } = { since: 0, count: 0 };

  constructor(options: PaceOptions) {
    this.#options = options;
    this.#at = options.now();
    this.#left = this.#most();
  }

  /** Two seconds' worth at once: the bot's seconds need not be ours. */
  #most(): number {
    return this.#options.perSecond * 2;
  }

  /** Counts a request. Null when it may pass, else the ms to wait. */
  take(): number | null {
    const { perSecond } = this.#options;
    const now = this.#options.now();
    this.#left = Math.min(this.#most(), this.#left + ((now - this.#at) * perSecond) / 1000);
    this.#at = now;
    if (this.#left < 1) return Math.ceil(((1 - this.#left) * 1000) / perSecond);
    this.#left -= 1;
    return null;
  }

  /** Counts an answer by its status. */
  answered(status: number): void {
    if (status !== 401 && status !== 403 && status !== 429) return;
    const now = this.#options.now();
    const { since, count } = this.#refused;
    if (count === 0 || now - since > this.#options.refused.perMs) this.#refused = { since: now, count: 0 };
    this.#refused.count += 1;
  }

  /** The ms for which nothing is answered any more, or null. */
  banned(): number | null {
    const { count, perMs } = this.#options.refused;
    const left = this.#refused.since + perMs - this.#options.now();
    return this.#refused.count >= count && left > 0 ? left : null;
  }
}
