// Failures of the network and the vendor, planned by a test: per method, by count or by chance.
import { chanceOf } from "./chance.ts";

export type Fault =
  /** HTTP 429 with Retry-After in seconds. */
  | { kind: "rate_limited"; retryAfterS: number }
  | { kind: "status"; status: number }
  /** The connection is reset before the call is carried out, or after it, the answer being lost. */
  | { kind: "cut"; when: "before" | "after" }
  /** Answers after so many real milliseconds. */
  | { kind: "slow"; ms: number }
  /** HTTP 200 with `ok: false` and this code, nothing being carried out: `internal_error`, `fatal_error`, `ratelimited`. */
  | { kind: "refused"; code: string };

interface Chance {
  method: string;
  fault: Fault;
  share: number;
}

/** Faults for calls to come; give `of` to startLocalSlack as `fault`. Counted ones come before those by chance. */
export class PlannedFaults {
  readonly #planned = new Map<string, Fault[]>();
  readonly #chances: Chance[] = [];
  readonly #next: () => number;
  /** How many calls met a fault. */
  met = 0;

  constructor(seed = 1) {
    this.#next = chanceOf(seed);
  }

  /** The next `times` calls of `method` meet this fault. */
  plan(method: string, fault: Fault, times = 1): void {
    const list = this.#planned.get(method) ?? [];
    this.#planned.set(method, [...list, ...Array.from({ length: times }, () => fault)]);
  }

  /** From now on a share (0 to 1) of the calls of `method`, or of all for `*`, meets this fault. */
  chance(method: string, fault: Fault, share: number): void {
    this.#chances.push({ method, fault, share });
  }

  /** All is well again. */
  clear(): void {
    this.#planned.clear();
    this.#chances.length = 0;
  }

  readonly of = (method: string): Fault | null => {
    const fault =
      this.#planned.get(method)?.shift() ??
      this.#chances.find((one) => (one.method === "*" || one.method === method) && this.#next() < one.share)
        ?.fault ??
      null;
    if (fault) this.met += 1;
    return fault;
  };
}
