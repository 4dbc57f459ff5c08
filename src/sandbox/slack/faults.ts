// Failures of the network and the vendor, planned by a test, per method and count.

export type Fault =
  /** HTTP 429 with Retry-After in seconds. */
  | { kind: "rate_limited"; retryAfterS: number }
  | { kind: "status"; status: number }
  /** The connection breaks before the call is carried out, or after it, the answer being lost. */
  | { kind: "cut"; when: "before" | "after" }
  /** Answers after so many real milliseconds. */
  | { kind: "slow"; ms: number };

/** Faults for the next calls of a method; give `of` to startLocalSlack as `fault`. */
export class PlannedFaults {
  readonly #planned = new Map<string, Fault[]>();

  /** The next `times` calls of `method` meet this fault. */
  plan(method: string, fault: Fault, times = 1): void {
    const list = this.#planned.get(method) ?? [];
    this.#planned.set(method, [...list, ...Array.from({ length: times }, () => fault)]);
  }

  readonly of = (method: string): Fault | null => this.#planned.get(method)?.shift() ?? null;
}
