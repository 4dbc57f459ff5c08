// What goes wrong on request, as a bare caller meets it: by count, by chance with a seed, and on a socket.
import { WebClient } from "@slack/web-api";
import { afterEach, describe, expect, it } from "vitest";
import { type Fault, PlannedFaults } from "../../src/sandbox/slack/faults.ts";
import { silent, town } from "./slack-bot.ts";

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function start(seed = 1) {
  const faults = new PlannedFaults(seed);
  const { slack } = await town({ fault: faults.of });
  ends.push(slack.stop);
  const call = (method: string, args: object = {}) =>
    fetch(`${slack.apiUrl}${method}`, {
      method: "POST",
      headers: { authorization: `Bearer ${slack.tokens.bot}`, "content-type": "application/json" },
      body: JSON.stringify(args),
    });
  return { slack, faults, call };
}

describe("a fault asked for", () => {
  const busy: Fault = { kind: "rate_limited", retryAfterS: 7 };

  it("by count strikes so many calls of its method, and no other", async () => {
    const { faults, call } = await start();
    faults.plan("auth.test", busy, 2);
    const status = async (method: string) => (await call(method)).status;
    expect(await status("team.info")).toBe(200);
    expect([await status("auth.test"), await status("auth.test"), await status("auth.test")]).toEqual([
      429, 429, 200,
    ]);
    expect(faults.met).toBe(2);
  });

  it("as a limit says how long to wait", async () => {
    const { faults, call } = await start();
    faults.plan("auth.test", busy);
    const response = await call("auth.test");
    expect(response.headers.get("retry-after")).toBe("7");
    expect(await response.json()).toEqual({ ok: false, error: "ratelimited" });
  });

  it("as slowness answers no sooner, and answers", async () => {
    const { faults, call } = await start();
    faults.plan("auth.test", { kind: "slow", ms: 120 });
    const before = performance.now();
    expect(await (await call("auth.test")).json()).toMatchObject({ ok: true });
    // Timers may be a millisecond early.
    expect(performance.now() - before).toBeGreaterThan(115);
  });

  it("in Slack's words carries nothing out", async () => {
    const { slack, faults, call } = await start();
    faults.plan("chat.postMessage", { kind: "refused", code: "fatal_error" });
    const answer = await call("chat.postMessage", { channel: "C1", text: "x" });
    expect(await answer.json()).toEqual({ ok: false, error: "fatal_error" });
    expect(slack.messages("C1")).toEqual([]);
  });

  it("by chance strikes the same calls for the same seed, and others for another", async () => {
    const struck = async (seed: number) => {
      const { faults, call } = await start(seed);
      faults.chance("auth.test", { kind: "status", status: 503 }, 0.4);
      const all: number[] = [];
      for (let count = 0; count < 30; count += 1) all.push((await call("auth.test")).status);
      expect((await call("team.info")).status).toBe(200);
      faults.clear();
      expect((await call("auth.test")).status).toBe(200);
      return all.join();
    };
    const first = await struck(7);
    expect(new Set(first.split(","))).toEqual(new Set(["200", "503"]));
    expect(await struck(7)).toBe(first);
    expect(await struck(8)).not.toBe(first);
  });
});

it("a socket is asked to come again with the word Slack uses, and stays open until then", async () => {
  const { slack } = await start();
  const app = new WebClient(slack.tokens.app ?? "", { slackApiUrl: slack.apiUrl, logger: silent });
  const { url } = await app.apps.connections.open({});
  const socket = new WebSocket(String(url));
  const frames: { type: string; reason?: string }[] = [];
  const frame = () =>
    new Promise<void>((resolve) =>
      socket.addEventListener(
        "message",
        ({ data }) => {
          frames.push(JSON.parse(String(data)));
          resolve();
        },
        { once: true },
      ),
    );
  await frame();
  const asked = frame();
  slack.refresh();
  await asked;
  expect(frames).toMatchObject([{ type: "hello" }, { type: "disconnect", reason: "refresh_requested" }]);
  expect(slack.connections()).toBe(1);
});
