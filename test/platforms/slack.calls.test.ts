// How Slack's adapter calls: in whose turn, over which way, and what it need not ask.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { webApi } from "@slack/bolt";
import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { MessageRef } from "../../src/domain/words.ts";
import { createCalls } from "../../src/platforms/slack/calls.ts";
import { PACES } from "../../src/platforms/slack/limits.ts";
import { createOutbound } from "../../src/platforms/slack/outbound.ts";
import { createPacing } from "../../src/platforms/slack/pacing.ts";
import { transport } from "../../src/platforms/slack/transport.ts";
import { closeAll, type Disposables, openDesk } from "./slack/desk.ts";
import { quietLog, wallClock } from "./slack/local.ts";

const open: Disposables = [];
afterEach(() => closeAll(open));

describe("the address of a message", () => {
  async function said() {
    const desk = await openDesk(open);
    const root = await desk.slack.say("U0MARTA", "C0HELP1", "Charged twice");
    const reply = await desk.slack.say("U0MARTA", "C0HELP1", "Anybody?", { thread: root });
    const at = (message: string, thread: string | null): MessageRef => ({
      platform: "slack",
      workspace: desk.slack.workspace,
      channel: "C0HELP1",
      thread,
      message,
    });
    return { ...desk, root: at(root, null), reply: at(reply, root) };
  }

  test("is the one Slack itself would give, without asking", async () => {
    const { slack, platform, called, root, reply } = await said();
    const client = new webApi.WebClient(slack.tokens.bot, { slackApiUrl: slack.apiUrl });
    for (const where of [root, reply]) {
      const link = await platform.link(where);
      expect(called.get("chat.getPermalink")).toBeUndefined();
      const { channel, message: message_ts } = where;
      expect(link).toBe((await client.chat.getPermalink({ channel, message_ts })).permalink);
      called.delete("chat.getPermalink");
    }
  });

  test("is asked for once where the workspace's own is unknown", async () => {
    const { slack, called, root, reply } = await said();
    const pacing = createPacing({ id: "links", redisUrl: null, speed: 1, stuckMs: 1000 });
    open.push(() => pacing.close());
    const calls = createCalls({ token: slack.tokens.bot, apiUrl: slack.apiUrl, pacing, log: quietLog });
    const self = { workspace: slack.workspace, enterprise: null, botUser: slack.botUser, botId: "B1" };
    const outbound = createOutbound({ calls, self, clock: wallClock, address: null });
    const asked = [await outbound.link(root), await outbound.link(root), await outbound.link(reply)];
    expect(asked[0]).toMatch(/\/archives\/C0HELP1\/p\d{16}$/);
    expect(asked[1]).toBe(asked[0]);
    expect(asked[2]).toContain(`thread_ts=${root.message}`);
    expect(called.get("chat.getPermalink")).toBe(2);
    expect(await outbound.link({ ...root, message: "1.000001" })).toBeNull();
  });
});

describe("our own pace", () => {
  test("lets a burst begin at once, then one after the other, and nobody overtakes", async () => {
    const speed = 10;
    const pacing = createPacing({ id: "turns", redisUrl: null, speed, stuckMs: 5000 });
    open.push(() => pacing.close());
    const begun: number[] = [];
    const call = (n: number) =>
      pacing.run("chat.postMessage", "C1", async () => {
        begun.push(n);
      });
    const burst = PACES.posting.burst * speed;
    const from = performance.now();
    const calls = Array.from({ length: burst + 3 }, (_, n) => call(n));
    expect(begun).toHaveLength(burst);
    await calls[burst];
    // A busy process: permits have come that those who wait do not know of yet.
    const every = PACES.posting.everyMs / (PACES.posting.refill * speed);
    for (const since = performance.now(); performance.now() - since < 1.5 * every; );
    calls.push(call(burst + 3));
    await pacing.run("chat.postMessage", "C2", async () => {
      begun.push(-1);
    });
    await Promise.all(calls);
    const inTurn = Array.from({ length: burst + 4 }, (_, n) => n);
    expect(begun).toEqual([...inTurn.slice(0, burst + 1), -1, ...inTurn.slice(burst + 1)]);
    // The bucket fills while it is emptied, hence not quite four.
    expect(performance.now() - from).toBeGreaterThan(3 * every);
  });
});

describe("the way to Slack", () => {
  /** A server that answers each path in its way, and tells what it was asked. */
  async function server() {
    const asked: string[] = [];
    const made = createServer((request, response) => {
      asked.push(request.url ?? "");
      if (request.url === "/away") response.writeHead(302, { location: "/elsewhere" }).end();
      else if (request.url === "/never") response.write('{"ok":');
      else {
        response.writeHead(200, { "content-type": "application/json", "x-oauth-scopes": "a, b" });
        response.end(`{"ok":true,"said":"${request.method} ${request.headers.authorization}"}`);
      }
    });
    await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
    open.push(
      () =>
        new Promise<void>((resolve) => {
          made.close(() => resolve());
          made.closeAllConnections();
        }),
    );
    const { port } = made.address() as AddressInfo;
    return { asked, at: `http://127.0.0.1:${port}` };
  }
  const post = { method: "POST", headers: { Authorization: "Bearer x" }, body: "a=1" };

  test("answers as a fetch does, as far as the SDK looks", async () => {
    const { at } = await server();
    const answer = await transport(`${at}/api`, post);
    expect([answer.ok, answer.status, answer.url]).toEqual([true, 200, `${at}/api`]);
    expect(answer.headers.get("X-OAuth-Scopes")).toBe("a, b");
    expect(answer.headers.get("retry-after")).toBeNull();
    expect(Object.fromEntries(answer.headers.entries())).toMatchObject({
      "content-type": "application/json",
    });
    expect(await answer.text()).toBe('{"ok":true,"said":"POST Bearer x"}');
  });

  test("does not carry the token where a redirect leads", async () => {
    const { at, asked } = await server();
    expect((await transport(`${at}/away`, post)).status).toBe(302);
    expect(asked).toEqual(["/away"]);
  });

  test("brings of a post that Slack repeats its thread alone; the SDK would copy the rest", async () => {
    const desk = await openDesk(open);
    const root = await desk.slack.say("U0MARTA", "C0HELP1", "Charged twice");
    const pacing = createPacing({ id: "echo", redisUrl: null, speed: 1, stuckMs: 1000 });
    open.push(() => pacing.close());
    const { tokens, apiUrl } = desk.slack;
    const calls = createCalls({ token: tokens.bot, apiUrl, pacing, log: quietLog });
    const shape = z.looseObject({ ts: z.string(), message: z.looseObject({}) });
    const args = { channel: "C0HELP1", text: "Hello" };
    const under = await calls.call("chat.postMessage", { ...args, thread_ts: root }, shape);
    expect(under.message).toEqual({ thread_ts: root });
    const above = await calls.call("chat.postMessage", args, shape);
    expect(above.message).toEqual({});
    const changed = await calls.call("chat.update", { ...args, ts: above.ts }, shape);
    expect([changed.message, desk.slack.find(above.ts)?.text]).toEqual([{}, "Hello"]);
  });

  test("ends in time, also where an answer begins and does not end", async () => {
    const { at } = await server();
    const signal = AbortSignal.timeout(50);
    await expect(transport(`${at}/never`, { ...post, signal })).rejects.toThrow(/timeout/i);
  });
});
