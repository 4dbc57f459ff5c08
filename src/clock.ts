import type { Instant } from "./domain/words.ts";

/** Time as an argument. Only main.ts makes one from the wall clock; tests and the sandbox bring their own. */
export interface Clock {
  now(): Instant;
  /**
   * Resolves when the clock has reached `instant`, or at once when `signal` is aborted. Never rejects. A clock that is set back
   * meanwhile keeps nobody waiting: it also resolves once as much time has really passed as was left.
   */
  until(instant: Instant, signal: AbortSignal): Promise<void>;
}
