// The wall clock as machines have it: people and time servers set it, and machines sleep.
import { describe, expect, test } from "vitest";
import { createWallClock } from "../src/main/wall-clock.ts";

const HOUR = 3_600_000;
const never = new AbortController().signal;

describe("waiting by a clock on the wall", () => {
  function wall() {
    let set = 0;
    const clock = createWallClock(
      () => Date.now() + set,
      () => performance.now(),
    );
    const setTo = (ms: number) => {
      set = ms;
    };
    return { clock, setTo };
  }

  test("ends when it shows the instant", async () => {
    const { clock } = wall();
    const instant = clock.now() + 20;
    await clock.until(instant, never);
    expect(clock.now()).toBeGreaterThanOrEqual(instant - 1);
  });

  test("that is set back an hour meanwhile is no longer than it would have been", {
    timeout: 5_000,
  }, async () => {
    const { clock, setTo } = wall();
    const waiting = clock.until(clock.now() + 20, never);
    setTo(-HOUR);
    await waiting;
    // Nor is it spun: the next wait counts from what the clock shows now.
    await clock.until(clock.now() + 20, never);
  });

  test("that is set ahead meanwhile ends as soon as it is looked at", { timeout: 5_000 }, async () => {
    const { clock, setTo } = wall();
    setTo(HOUR);
    await clock.until(Date.now() + HOUR, never);
  });

  test("ends when it is called off, and at once when it was", async () => {
    const { clock } = wall();
    const off = new AbortController();
    const waiting = clock.until(Number.POSITIVE_INFINITY, off.signal);
    off.abort();
    await waiting;
    await clock.until(clock.now() + HOUR, off.signal);
  });
});
