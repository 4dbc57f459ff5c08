// What of a delivery happens at once, what at the end of the turn, and what is at hand without waiting.
import { describe, expect, test } from "vitest";
import { createDeliveries } from "../../src/platforms/slack/deliveries.ts";
import { remember } from "../../src/platforms/slack/remembered.ts";
import { fixture, self } from "./slack/fixture.ts";
import { quietLog } from "./slack/local.ts";

const clock = { now: () => 0, until: async () => undefined };
const nobody = { person: () => null, channel: () => null };
const unused = () => Promise.reject(new Error("Not asked for here."));

describe("an event", () => {
  const deliveries = (event: () => Promise<void>) =>
    createDeliveries({
      self,
      inbound: { event, act: unused, gap: () => undefined },
      directory: {
        namesFor: async () => nobody,
        profile: unused,
        profileInTime: async () => null,
        channels: unused,
        directs: unused,
        isMember: unused,
        membershipChanged: () => undefined,
      },
      history: { since: unused, message: unused },
      answers: { deliver: unused },
      clock,
      log: quietLog,
    });

  test("is acknowledged after its commit, and after what the commit set going has gone out", async () => {
    const happened: string[] = [];
    /** A post on its way: promises after promises, but nothing that has to be waited for outside. */
    async function posting() {
      for (let step = 0; step < 200; step += 1) await null;
      happened.push("posted");
    }
    const handle = deliveries(async () => {
      await null;
      happened.push("committed");
      void posting();
    });
    await handle({ body: fixture("message"), retry: 0, ack: async () => void happened.push("acknowledged") });
    expect(happened).toEqual(["committed", "posted", "acknowledged"]);
  });

  test("that is not committed is not acknowledged", async () => {
    let acknowledged = false;
    const handle = deliveries(() => Promise.reject(new Error("The database is away.")));
    await handle({
      body: fixture("message"),
      retry: 0,
      ack: async () => {
        acknowledged = true;
      },
    });
    expect(acknowledged).toBe(false);
  });
});

describe("what is remembered", () => {
  test("is at hand once it has come, until it is too old or forgotten; what failed is not", async () => {
    let now = 0;
    const asked: string[] = [];
    const names = remember<string | null>({ ...clock, now: () => now }, 100, 10, async (key) => {
      asked.push(key);
      if (key === "broken") throw new Error("Slack is away.");
      return key === "nobody" ? null : `name of ${key}`;
    });
    expect(names.known("ana")).toBeUndefined();
    const coming = names.get("ana");
    expect(names.known("ana")).toBeUndefined();
    await coming;
    expect(names.known("ana")).toBe("name of ana");
    await names.get("nobody");
    expect(names.known("nobody")).toBeNull();
    await expect(names.get("broken")).rejects.toThrow("away");
    expect(names.known("broken")).toBeUndefined();
    now = 100;
    expect(names.known("ana")).toBeUndefined();
    await names.get("ana");
    names.forget("ana");
    expect(names.known("ana")).toBeUndefined();
    expect(asked).toEqual(["ana", "nobody", "broken", "ana"]);
  });
});
