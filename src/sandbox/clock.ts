// The sandbox's own time: it runs fast, it can jump, and whoever waits for an instant is woken by both.
// The same shape as the bot's Clock, which it never imports.

export interface SandboxClock {
  /** Milliseconds since the epoch; whole, and never less than before. */
  now(): number;
  /** Resolves when the clock has reached `instant`, or at once when `signal` is aborted. Never rejects. */
  until(instant: number, signal: AbortSignal): Promise<void>;
}

export interface FastClock extends SandboxClock {
  /** Sandbox time per real time, from now on; 0 stands still. Throws RangeError for anything else than 0 or more. */
  setSpeed(speed: number): void;
  /** Goes forward to `instant` and wakes whoever waited for it or for less. Backwards is ignored: time has passed. */
  jumpTo(instant: number): void;
}

/** A clock for tests: it moves only when told. */
export interface ManualClock extends SandboxClock {
  advance(ms: number): void;
  advanceTo(instant: number): void;
}

/** A timer is looked at again at least this often, real ms: Node's own limit is 24 days, and machines sleep. */
const LONGEST_TIMER = 60_000;

interface Waiter {
  instant: number;
  wake(): void;
}

/** Whoever waits, and the waking of those whose instant has come, earliest first. */
class Waiters {
  readonly #waiting = new Set<Waiter>();

  /** The earliest instant anybody waits for; Infinity for none. */
  get next(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const { instant } of this.#waiting) next = Math.min(next, instant);
    return next;
  }

  wait(instant: number, signal: AbortSignal, left: () => void): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#waiting.delete(waiter);
        signal.removeEventListener("abort", aborted);
        resolve();
      };
      const aborted = () => {
        done();
        left();
      };
      const waiter: Waiter = { instant, wake: done };
      this.#waiting.add(waiter);
      signal.addEventListener("abort", aborted, { once: true });
    });
  }

  wakeThrough(now: number): void {
    const due = [...this.#waiting].filter(({ instant }) => instant <= now);
    for (const waiter of due.sort((a, b) => a.instant - b.instant)) waiter.wake();
  }
}

/**
 * A clock that begins at `start` (epoch ms) and runs `speed` times as fast as `real` (ms of any origin). A real clock that
 * is set back does not set this one back.
 */
export function createFastClock(options: { start: number; speed: number; real: () => number }): FastClock {
  const { real } = options;
  const waiters = new Waiters();
  let speed = checked(options.speed);
  /** The sandbox instant that goes with the real instant `from`. */
  let base = options.start;
  let from = real();
  let last = Math.floor(options.start);
  let timer: NodeJS.Timeout | undefined;

  function exact(): number {
    return base + Math.max(0, real() - from) * speed;
  }

  function now(): number {
    last = Math.max(last, Math.floor(exact()));
    return last;
  }

  function rebase(to: number): void {
    base = to;
    from = real();
    last = Math.max(last, Math.floor(to));
    arm();
  }

  function arm(): void {
    clearTimeout(timer);
    waiters.wakeThrough(now());
    const { next } = waiters;
    if (speed === 0 || next === Number.POSITIVE_INFINITY) return;
    const left = (next - now()) / speed;
    timer = setTimeout(arm, Math.min(Math.max(1, Math.ceil(left)), LONGEST_TIMER));
  }

  return {
    now,
    async until(instant, signal) {
      if (signal.aborted || instant <= now()) return;
      const woken = waiters.wait(instant, signal, arm);
      arm();
      await woken;
    },
    setSpeed(wanted) {
      const at = exact();
      speed = checked(wanted);
      rebase(at);
    },
    jumpTo(instant) {
      if (Number.isFinite(instant) && instant > now()) rebase(instant);
    },
  };
}

/** A clock that stands at `start` (epoch ms) until a test moves it. */
export function createManualClock(start: number): ManualClock {
  const waiters = new Waiters();
  let at = start;
  const advanceTo = (instant: number) => {
    at = Math.max(at, instant);
    waiters.wakeThrough(at);
  };
  return {
    now: () => at,
    async until(instant, signal) {
      if (!signal.aborted && instant > at) await waiters.wait(instant, signal, () => undefined);
    },
    advance: (ms) => advanceTo(at + ms),
    advanceTo,
  };
}

function checked(speed: number): number {
  if (Number.isFinite(speed) && speed >= 0) return speed;
  throw new RangeError(`A clock cannot run at ${speed} times real time: give a number of 0 or more.`);
}
