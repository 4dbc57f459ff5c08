import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createOrder } from "../../src/app/order.ts";
import type { ChatEvent, MessageEvent } from "../../src/domain/events.ts";
import { SiempreError } from "../../src/errors.ts";
import { createLog } from "../../src/log.ts";

const BEGAN = Date.UTC(2026, 10, 24, 9, 0);

/** A message said `after` ms after the beginning; `under` another one. */
function said(id: string, after: number, more: Partial<MessageEvent> & { under?: string; in?: string } = {}) {
  const { under = null, in: channel = "help", ...rest } = more;
  const event: MessageEvent = {
    kind: "message",
    where: { platform: "fake", workspace: "w", channel, thread: under, message: id },
    at: BEGAN + after,
    author: {
      platform: "fake",
      workspace: "w",
      id: "marta",
      name: "Marta",
      bot: false,
      external: false,
      company: null,
      fresh: false,
    },
    text: id,
    mentions: [],
    mentionsBot: false,
    files: [],
    replyTo: null,
    forumPost: false,
    title: null,
    ...rest,
  };
  return event;
}

function stage() {
  const decided: string[] = [];
  const state = { away: false, poison: new Set<string>(), refused: new Set<string>(), readings: 0 };
  /** What the platform would tell of the channel. */
  let history: ChatEvent[] = [];
  const order = createOrder({
    async handle(event) {
      await Promise.resolve();
      if (state.away) throw new Error("the database is away");
      const { message } = event.where;
      if (state.poison.has(message)) throw new Error("cannot be decided");
      if (state.refused.has(message)) throw new SiempreError("platform_unavailable", "the platform is away");
      if (!decided.includes(message)) decided.push(message);
    },
    answers: async () => !state.away,
    async readAgain() {
      state.readings += 1;
      for (const event of history) await order.read(event);
      return true;
    },
    log: createLog("silent"),
  });
  return {
    order,
    decided,
    state,
    holds(events: ChatEvent[]) {
      history = events;
    },
  };
}

describe("what is said in a channel", () => {
  test("is decided as it was said once the database is back, whatever came first", async () => {
    const { order, decided, state } = stage();
    state.away = true;
    const first = order.live(said("b", 2_000));
    const others = [order.live(said("d", 4_000)), order.live(said("a", 1_000)), order.live(said("c", 3_000))];
    // The platform delivers again what was not acknowledged.
    const again = order.live(said("b", 2_000));
    await wait(150);
    expect(decided).toEqual([]);
    state.away = false;
    await Promise.all([first, again, ...others]);
    expect(decided).toEqual(["a", "b", "c", "d"]);
  });

  test("waits in no other channel", async () => {
    const { order, decided, state } = stage();
    state.poison.add("a");
    const held = order.live(said("a", 0)).catch(() => "given up");
    const behind = order.live(said("b", 10));
    await order.live(said("elsewhere", 20, { in: "billing" }));
    expect(decided).toEqual(["elsewhere"]);
    expect(await held).toBe("given up");
    await behind;
    expect(decided).toEqual(["elsewhere", "b"]);
  });

  test("is not held up for ever by one event that cannot be decided; its failure is told", async () => {
    const { order, decided, state } = stage();
    state.poison.add("bad");
    const bad = order.live(said("bad", 0));
    const good = order.live(said("good", 10));
    await expect(bad).rejects.toThrow("cannot be decided");
    await good;
    expect(decided).toEqual(["good"]);
  });

  test("is held by a platform that is away for some seconds, which a fault of our own is not", async () => {
    const { order, decided, state } = stage();
    state.refused.add("a");
    const a = order.live(said("a", 0));
    const b = order.live(said("b", 10));
    await wait(900);
    expect(decided).toEqual([]);
    state.refused.clear();
    await Promise.all([a, b]);
    expect(decided).toEqual(["a", "b"]);
  });

  test("is turned away when too much waits, then read from history before anything else is decided", async () => {
    const { order, decided, state, holds } = stage();
    state.away = true;
    const all = Array.from({ length: 700 }, (_, index) => said(`m${String(index).padStart(4, "0")}`, index));
    holds(all);
    const first = order.live(said("a", -1_000));
    // Until the failure of the first is known there is room for all.
    await wait(50);
    const outcomes = Promise.allSettled(all.map((event) => order.live(event)));
    await wait(50);
    state.away = false;
    await first;
    const turnedAway = (await outcomes).filter(({ status }) => status === "rejected").length;
    expect(turnedAway).toBeGreaterThan(150);
    await order.live(said("z", 10_000));
    expect(state.readings).toBe(1);
    expect(decided).toEqual(["a", ...all.map(({ where }) => where.message), "z"]);
  });

  test("is turned away, too, when more comes than can be decided, so that memory has an end", async () => {
    const { order, decided, state, holds } = stage();
    const all = Array.from({ length: 6_000 }, (_, index) =>
      said(`m${String(index).padStart(4, "0")}`, index),
    );
    holds(all);
    const outcomes = await Promise.allSettled(all.map((event) => order.live(event)));
    expect(outcomes.filter(({ status }) => status === "rejected").length).toBeGreaterThanOrEqual(900);
    await order.live(said("z", 10_000));
    expect(state.readings).toBe(1);
    expect(decided).toEqual([...all.map(({ where }) => where.message), "z"]);
  });

  test("does not outlive a stop: what waits for better times is rejected at once, what is heard is still decided", async () => {
    const { order, decided, state } = stage();
    state.away = true;
    const waiting = Promise.allSettled([order.live(said("a", 0)), order.live(said("b", 10))]);
    await wait(50);
    const began = performance.now();
    order.halt();
    expect((await waiting).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(performance.now() - began).toBeLessThan(1_000);
    state.away = false;
    await order.live(said("c", 20));
    expect(decided).toEqual(["c"]);
  });
});

describe("an answer that comes before its root", () => {
  const root = said("root", 0);
  const reply = said("reply", 40, { under: "root", rootAt: root.at });

  test("is decided after it", async () => {
    const { order, decided } = stage();
    const early = order.live(reply);
    await wait(20);
    expect(decided).toEqual([]);
    await Promise.all([order.live(root), early]);
    expect(decided).toEqual(["root", "reply"]);
  });

  test("is decided without it when it does not come", async () => {
    const { order, decided } = stage();
    await order.live(reply);
    expect(decided).toEqual(["reply"]);
  });

  test("waits for nothing when the root is known, or old", async () => {
    const { order, decided } = stage();
    await order.live(root);
    const began = performance.now();
    await order.live(reply);
    await order.live(said("late", 600_000, { under: "older", rootAt: root.at }));
    expect(performance.now() - began).toBeLessThan(300);
    expect(decided).toEqual(["root", "reply", "late"]);
  });
});
