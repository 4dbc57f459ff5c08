// Things that are good for a while: triggers, response addresses.

/** Keeps values for a span of real time. */
export class Timed<T> {
  readonly #items = new Map<string, T>();
  readonly #timers = new Set<NodeJS.Timeout>();

  put(id: string, value: T, ms: number): void {
    this.#items.set(id, value);
    const timer = setTimeout(() => {
      this.#items.delete(id);
      this.#timers.delete(timer);
    }, ms);
    timer.unref();
    this.#timers.add(timer);
  }

  get(id: string): T | undefined {
    return this.#items.get(id);
  }

  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#items.clear();
  }
}
