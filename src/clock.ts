import type { Instant } from "./domain/words.ts";

/** Time as an argument. Only main.ts makes one from the wall clock; tests and the sandbox bring their own. */
export interface Clock {
  now(): Instant;
  /** Resolves when the clock has reached `instant`, or at once when `signal` is aborted. Never rejects. */
  until(instant: Instant, signal: AbortSignal): Promise<void>;
}
