import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createFastClock, createManualClock } from "../../src/sandbox/clock.ts";

const START = Date.UTC(2026, 10, 24, 7, 55);
const never = new AbortController().signal;

/** Whether a promise has resolved by now, without waiting for it. */
function watch(promise: Promise<void>): { done: boolean } {
  const seen = { done: false };
  promise.then(() => {
    seen.done = true;
  });
  return seen;
}

describe("the fast clock", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const real = () => Date.now();

  test("an hour passes in a minute at sixty times real time", async () => {
    const clock = createFastClock({ start: START, speed: 60, real });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(clock.now()).toBe(START + 3_600_000);
  });

  test("whoever waits is woken when the clock gets there, and not before", async () => {
    const clock = createFastClock({ start: START, speed: 60, real });
    const waited = watch(clock.until(START + 3_600_000, never));
    await vi.advanceTimersByTimeAsync(59_900);
    expect(waited.done).toBe(false);
    await vi.advanceTimersByTimeAsync(101);
    expect(waited.done).toBe(true);
  });

  test("an instant that has passed is not waited for", async () => {
    const clock = createFastClock({ start: START, speed: 0, real });
    await clock.until(START, never);
    await clock.until(START - 1, never);
  });

  test("waiting ends quietly when it is called off, at once when it was already", async () => {
    const clock = createFastClock({ start: START, speed: 1, real });
    const calling = new AbortController();
    const waited = clock.until(START + 1_000, calling.signal);
    calling.abort();
    await expect(waited).resolves.toBeUndefined();
    await expect(clock.until(START + 1_000, calling.signal)).resolves.toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("a jump wakes everybody it passes, the earliest first, and leaves the others waiting", async () => {
    const clock = createFastClock({ start: START, speed: 1, real });
    const woken: string[] = [];
    clock.until(START + 7_200_000, never).then(() => woken.push("second"));
    clock.until(START + 3_600_000, never).then(() => woken.push("first"));
    const later = watch(clock.until(START + 90_000_000, never));
    clock.jumpTo(START + 7_200_000);
    await vi.advanceTimersByTimeAsync(0);
    expect(woken).toEqual(["first", "second"]);
    expect(later.done).toBe(false);
    expect(clock.now()).toBe(START + 7_200_000);
  });

  test("a jump backwards changes nothing", () => {
    const clock = createFastClock({ start: START, speed: 1, real });
    clock.jumpTo(START - 1);
    clock.jumpTo(Number.NaN);
    expect(clock.now()).toBe(START);
  });

  test("a new speed holds from now on, also for whoever waits already", async () => {
    const clock = createFastClock({ start: START, speed: 1, real });
    const waited = watch(clock.until(START + 60_000, never));
    await vi.advanceTimersByTimeAsync(30_000);
    clock.setSpeed(30);
    await vi.advanceTimersByTimeAsync(999);
    expect(waited.done).toBe(false);
    await vi.advanceTimersByTimeAsync(2);
    expect(waited.done).toBe(true);
  });

  test("a clock that stands still wakes nobody until it is set going", async () => {
    const clock = createFastClock({ start: START, speed: 0, real });
    const waited = watch(clock.until(START + 1_000, never));
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(waited.done).toBe(false);
    clock.setSpeed(1);
    await vi.advanceTimersByTimeAsync(1_001);
    expect(waited.done).toBe(true);
  });

  test("waiting for months keeps no timer longer than Node can hold", async () => {
    const timers = vi.spyOn(globalThis, "setTimeout");
    const clock = createFastClock({ start: START, speed: 1, real });
    const waited = watch(clock.until(START + 30 * 86_400_000, never));
    await vi.advanceTimersByTimeAsync(29 * 86_400_000);
    expect(waited.done).toBe(false);
    await vi.advanceTimersByTimeAsync(86_400_001);
    expect(waited.done).toBe(true);
    for (const [, ms] of timers.mock.calls) expect(ms).toBeLessThanOrEqual(60_000);
  });

  test("speeds that make no sense are refused", () => {
    expect(() => createFastClock({ start: START, speed: -1, real })).toThrow(RangeError);
    expect(() => createFastClock({ start: START, speed: 1, real }).setSpeed(Number.NaN)).toThrow(/NaN/);
  });

  test("whatever happens to it, and to the real clock, it never goes back and wakes nobody early", async () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant("real" as const), by: fc.integer({ min: -5_000, max: 200_000 }) }),
        fc.record({
          kind: fc.constant("speed" as const),
          to: fc.double({ min: 0, max: 5_000, noNaN: true }),
        }),
        fc.record({
          kind: fc.constant("jump" as const),
          by: fc.integer({ min: -10_000_000, max: 10_000_000 }),
        }),
        fc.record({ kind: fc.constant("wait" as const), for: fc.integer({ min: -1_000, max: 5_000_000 }) }),
      ),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        let skew = 0;
        const clock = createFastClock({ start: START, speed: 1, real: () => Date.now() + skew });
        const off = new AbortController();
        let before = clock.now();
        for (const step of taken) {
          if (step.kind === "real" && step.by < 0) skew += step.by;
          else if (step.kind === "real") await vi.advanceTimersByTimeAsync(step.by);
          else if (step.kind === "speed") clock.setSpeed(step.to);
          else if (step.kind === "jump") clock.jumpTo(clock.now() + step.by);
          else {
            const instant = clock.now() + step.for;
            clock.until(instant, off.signal).then(() => {
              if (!off.signal.aborted) expect(clock.now()).toBeGreaterThanOrEqual(instant);
            });
          }
          expect(clock.now()).toBeGreaterThanOrEqual(before);
          expect(Number.isInteger(clock.now())).toBe(true);
          before = clock.now();
        }
        off.abort();
        await vi.advanceTimersByTimeAsync(0);
        expect(vi.getTimerCount()).toBe(0);
      }),
      { numRuns: 200 },
    );
  });
});

test("the clock of tests moves only when told", async () => {
  const clock = createManualClock(START);
  const waited = watch(clock.until(START + 1_000, never));
  clock.advance(999);
  await Promise.resolve();
  expect(waited.done).toBe(false);
  clock.advanceTo(START + 1_000);
  await Promise.resolve();
  await Promise.resolve();
  await Promise.resolve();
  expect(waited.done).toBe(true);
  clock.advanceTo(START);
  expect(clock.now()).toBe(START + 1_000);
});
