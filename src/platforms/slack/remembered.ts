// A bounded memory of answers that age: what the directory asks Slack for, once for everybody who waits.
import type { Clock } from "../../clock.ts";

export interface Remembered<T> {
  /** The value under `key`, asked for when unknown or too old. A failure is not remembered. */
  get(key: string): Promise<T>;
  /** The same where it is at hand, without a promise; undefined where somebody would have to wait. */
  known(key: string): T | undefined;
  forget(key: string): void;
}

interface Entry<T> {
  value: Promise<T>;
  /** Undefined until it has come. */
  settled?: T;
  until: number;
}

/** At most `max` entries, each believed for `ttlMs`; the oldest goes first. Several askers at once share one question. */
export function remember<T>(
  clock: Clock,
  ttlMs: number,
  max: number,
  ask: (key: string) => Promise<T>,
): Remembered<T> {
  const entries = new Map<string, Entry<T>>();
  return {
    get(key) {
      const known = entries.get(key);
      if (known && known.until > clock.now()) return known.value;
      const entry: Entry<T> = { value: ask(key), until: clock.now() + ttlMs };
      entries.delete(key);
      entries.set(key, entry);
      const oldest = entries.size > max ? entries.keys().next() : null;
      if (oldest && !oldest.done) entries.delete(oldest.value);
      entry.value.then(
        (settled) => {
          entry.settled = settled;
        },
        () => {
          // The asker hears of it; here it only must not be remembered.
          if (entries.get(key) === entry) entries.delete(key);
        },
      );
      return entry.value;
    },
    known(key) {
      const entry = entries.get(key);
      return entry && entry.until > clock.now() ? entry.settled : undefined;
    },
    forget(key) {
      entries.delete(key);
    },
  };
}
