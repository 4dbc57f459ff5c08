// The local Slack delivering over HTTP, and disturbed on request.
import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { WebClient } from "@slack/web-api";
import { afterEach, describe, expect, it } from "vitest";
import type { LocalSlackOptions } from "../../src/sandbox/slack/server.ts";
import { Arrivals, boltBot, silent, town } from "./slack-bot.ts";

interface Arrived {
  headers: IncomingMessage["headers"];
  text: string;
  response: ServerResponse;
}

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A bot that answers with `answer`; left unanswered by one that does nothing. Challenges are echoed. */
async function listen(answer: (arrived: Arrived) => unknown = ({ response }) => response.end()) {
  const arrivals = new Arrivals<Arrived>();
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    if (text.includes('"url_verification"')) {
      response.end(JSON.parse(text).challenge);
      return;
    }
    const arrived = { headers: request.headers, text, response };
    answer(arrived);
    arrivals.push(arrived);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ends.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { arrivals, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

async function start(options: Partial<LocalSlackOptions> = {}, answer?: Parameters<typeof listen>[0]) {
  const bot = await listen(answer);
  const world = await town(options);
  ends.push(world.slack.stop);
  await world.slack.deliverTo(bot.url);
  return { ...world, ...bot };
}

const idOf = ({ text }: Arrived) => JSON.parse(text).event_id;

describe("a request URL", () => {
  it("is taken only when it echoes the challenge", async () => {
    const { slack } = await town();
    ends.push(slack.stop);
    await expect(slack.deliverTo("http://127.0.0.1:1/")).rejects.toThrow(/connection_failed/);
    const deaf = createServer((_, response) => response.end("hello"));
    await new Promise<void>((resolve) => deaf.listen(0, "127.0.0.1", resolve));
    ends.push(async () => void deaf.close());
    const { port } = deaf.address() as AddressInfo;
    await expect(slack.deliverTo(`http://127.0.0.1:${port}/`)).rejects.toThrow(/did not echo/);
  });

  it("gets events as signed JSON", async () => {
    const { slack, arrivals } = await start();
    await slack.say("U1", "C1", "hello");
    const { headers, text } = await arrivals.next();
    const base = `v0:${headers["x-slack-request-timestamp"]}:${text}`;
    const digest = createHmac("sha256", slack.signingSecret).update(base).digest("hex");
    expect(headers["x-slack-signature"]).toBe(`v0=${digest}`);
    expect(headers["content-type"]).toBe("application/json");
    expect(headers).not.toHaveProperty("x-slack-retry-num");
    expect(JSON.parse(text)).toMatchObject({ type: "event_callback", event: { text: "hello" } });
  });

  it("gets commands as a form, buttons as a form with a payload, and their answers are shown", async () => {
    const { slack, arrivals } = await start({}, ({ text, response }) => {
      response.end(text.startsWith("payload=") ? "" : "in plain words");
    });
    await slack.slash("U1", "C1", "/request list");
    const { text, headers } = await arrivals.next();
    expect(headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect(Object.fromEntries(new URLSearchParams(text))).toMatchObject({
      command: "/request",
      text: "list",
    });
    expect(slack.seenBy("U1").at(-1)?.text).toBe("in plain words");
    const ts = await slack.say("U1", "C1", "please");
    await slack.shortcut("U2", "C1", ts, "Claim");
    const shortcut = new URLSearchParams(
      (await arrivals.next(({ text }) => text.startsWith("payload="))).text,
    );
    expect(JSON.parse(shortcut.get("payload") ?? "")).toMatchObject({ type: "message_action" });
  });

  it.each([
    ["OK", "invalid_payload"],
    ['"OK"', "invalid_payload"],
    ['{"ok":true}', "invalid_response_action"],
    ["", "accepted"],
    ["{}", "accepted"],
  ])("that answers a submitted form with the body %j: %s", async (body, verdict) => {
    const view = {
      type: "modal" as const,
      title: { type: "plain_text" as const, text: "x" },
      blocks: [{ type: "divider" as const }],
    };
    let open = async (_trigger: string): Promise<unknown> => null;
    const { slack, refusals } = await start({}, async ({ text, response }) => {
      const form = new URLSearchParams(text);
      if (form.has("payload")) return response.end(body);
      await open(form.get("trigger_id") ?? "");
      response.end();
    });
    const client = new WebClient(slack.tokens.bot, { slackApiUrl: slack.apiUrl, logger: silent });
    open = (trigger) => client.views.open({ trigger_id: trigger, view });
    await slack.slash("U1", "C1", "/request");
    await slack.submit("U1", {});
    const codes = refusals().map(({ code }) => code);
    expect(codes).toEqual(verdict === "accepted" ? [] : [verdict]);
    expect(slack.modal("U1")?.errors ?? null).toEqual(
      verdict === "accepted" ? null : { "": "We had some trouble connecting. Try again?" },
    );
  });

  it("that answers wrongly, late or not at all is tried again, with number and reason", async () => {
    let tries = 0;
    const options = { sockets: { ackTimeoutMs: 60, retryWaitsMs: [0, 5, 5] } };
    const { slack, arrivals } = await start(options, ({ response }) => {
      tries += 1;
      if (tries === 1) response.writeHead(503).end();
      if (tries === 3) response.socket?.destroy();
      if (tries === 4) response.end();
    });
    await slack.say("U1", "C1", "hello");
    const all = [];
    for (let count = 0; count < 4; count += 1) all.push(await arrivals.next());
    expect(all.map(({ headers }) => [headers["x-slack-retry-num"], headers["x-slack-retry-reason"]])).toEqual(
      [
        [undefined, undefined],
        ["1", "http_error"],
        ["2", "http_timeout"],
        ["3", "connection_failed"],
      ],
    );
    expect(new Set(all.map(idOf)).size).toBe(1);
    expect(slack.lostEvents()).toBe(0);
  });

  it("that asks for no repetition gets none", async () => {
    const { slack, arrivals } = await start({}, ({ response }) =>
      response.writeHead(500, { "x-slack-no-retry": "1" }).end(),
    );
    await slack.say("U1", "C1", "hello");
    await arrivals.next();
    await expect.poll(() => slack.lostEvents()).toBe(1);
    expect(arrivals.all).toHaveLength(1);
  });

  it("that is silent at a command makes Slack itself tell the person", async () => {
    const { slack } = await start({ sockets: { ackTimeoutMs: 40 } }, () => {});
    await slack.slash("U1", "C1", "/request list");
    expect(slack.seenBy("U1").at(-1)?.text).toContain("didn't respond in time");
  });
});

describe("events, disturbed on request,", () => {
  const say = async (slack: Awaited<ReturnType<typeof start>>["slack"], many: number) => {
    for (let count = 0; count < many; count += 1) await slack.say("U1", "C1", `m${count}`);
  };

  it("come twice under the same id", async () => {
    const { slack, arrivals } = await start();
    slack.disturb({ duplicate: 1 });
    await say(slack, 3);
    for (let count = 0; count < 6; count += 1) await arrivals.next();
    expect(new Set(arrivals.all.map(idOf)).size).toBe(3);
  });

  it("come out of order, but all of them, the same way for the same seed", async () => {
    const orders = [];
    for (const seed of [7, 7, 8]) {
      const { slack } = await town();
      ends.push(slack.stop);
      // On one socket, what is sent first arrives first.
      const bot = await boltBot(slack);
      ends.push(bot.stop);
      slack.disturb({ reorder: 0.4, seed });
      await say(slack, 12);
      await expect.poll(() => bot.events.all.length).toBe(12);
      orders.push(bot.events.all.map((event) => event.text));
    }
    const inOrder = Array.from({ length: 12 }, (_, count) => `m${count}`);
    expect(orders[0]).not.toEqual(inOrder);
    expect([...(orders[0] ?? [])].sort()).toEqual([...inOrder].sort());
    expect(orders[1]).toEqual(orders[0]);
    expect(orders[2]).not.toEqual(orders[0]);
  });

  it("do not come while Slack is silent, and come again after it", async () => {
    const { slack, arrivals } = await start({ sockets: { ackTimeoutMs: 50, retryWaitsMs: [50, 50, 50] } });
    slack.silence(true);
    await slack.say("U1", "C1", "anybody?");
    slack.silence(false);
    expect((await arrivals.next()).headers["x-slack-retry-num"]).toBe("1");
    expect(slack.lostEvents()).toBe(0);
  });

  it("are announced as too many", async () => {
    const { slack, arrivals } = await start();
    slack.overload();
    expect(JSON.parse((await arrivals.next()).text)).toMatchObject({ type: "app_rate_limited" });
  });
});
