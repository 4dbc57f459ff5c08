import { type ReceiverEvent, SocketModeReceiver } from "@slack/bolt";
import { afterEach, describe, expect, it } from "vitest";
import type { LocalSlack } from "../../src/sandbox/slack/server.ts";
import { Arrivals, silent, town } from "./slack-bot.ts";

/** A receiver that acknowledges only what `acks` says, as a bot that commits first would. */
async function listener(slack: LocalSlack, acks: (event: ReceiverEvent) => boolean, clientPingTimeout = 200) {
  const arrivals = new Arrivals<ReceiverEvent>();
  const receiver = new SocketModeReceiver({
    appToken: slack.tokens.app,
    logger: silent,
    clientPingTimeout,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
  });
  receiver.init({
    processEvent: async (event: ReceiverEvent) => {
      if (acks(event)) await event.ack();
      arrivals.push(event);
    },
  } as Parameters<SocketModeReceiver["init"]>[0]);
  await receiver.start();
  return { arrivals, receiver, stop: () => receiver.stop() };
}

describe("Socket Mode of the local Slack", () => {
  const ends: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });
  async function start(retryWaitsMs: number[], acks: (event: ReceiverEvent) => boolean = () => true) {
    const world = await town({ sockets: { ackTimeoutMs: 40, retryWaitsMs } });
    ends.push(world.slack.stop);
    const bot = await listener(world.slack, acks);
    ends.push(bot.stop);
    return { ...world, bot };
  }
  const idOf = (event: ReceiverEvent) => (event.body as { event_id: string }).event_id;
  const textOf = (event: ReceiverEvent) => (event.body as { event: { text: string } }).event.text;

  it("sends an event again until it is acknowledged, under the same event id", async () => {
    const { slack, bot } = await start([0, 10, 10], (event) => event.retryNum === 2);
    await slack.say("U1", "C1", "hello");
    const tries = [await bot.arrivals.next(), await bot.arrivals.next(), await bot.arrivals.next()];
    expect(new Set(tries.map(idOf)).size).toBe(1);
    expect(tries.map((event) => [event.retryNum, event.retryReason])).toEqual([
      [0, ""],
      [1, "timeout"],
      [2, "timeout"],
    ]);
    expect(slack.lostEvents()).toBe(0);
  });

  it("gives up after the last repetition; history still has the message", async () => {
    const { slack, bot } = await start([0, 5, 5], () => false);
    const ts = await slack.say("U1", "C1", "hello");
    for (let count = 0; count < 4; count += 1) await bot.arrivals.next();
    await expect.poll(() => slack.lostEvents()).toBe(1);
    expect(bot.arrivals.all).toHaveLength(4);
    expect(slack.find(ts)).not.toBeNull();
  });

  it("sends what a cut connection had not acknowledged on the next one", async () => {
    const { slack, bot, happenings } = await start([60_000, 60_000], (event) => event.retryNum === 1);
    await happenings.next((each) => each.kind === "connected");
    await slack.say("U1", "C1", "hello");
    const first = await bot.arrivals.next();
    slack.cut();
    await happenings.next((each) => each.kind === "disconnected");
    await happenings.next((each) => each.kind === "connected");
    const second = await bot.arrivals.next();
    expect(idOf(second)).toBe(idOf(first));
    expect(second.retryNum).toBe(1);
  });

  it("loses what was said while nobody was connected and every repetition failed", async () => {
    const world = await town({ sockets: { retryWaitsMs: [1, 1] } });
    ends.push(world.slack.stop);
    await world.slack.say("U1", "C1", "anybody?");
    await expect.poll(() => world.slack.lostEvents()).toBeGreaterThan(0);
    const bot = await listener(world.slack, () => true);
    ends.push(bot.stop);
    await world.slack.say("U1", "C1", "now");
    expect(textOf(await bot.arrivals.next())).toBe("now");
  });

  it("gives each payload to one of several connections, in turn", async () => {
    const { slack, bot } = await start([]);
    const other = await listener(slack, () => true);
    ends.push(other.stop);
    expect(slack.connections()).toBe(2);
    for (let count = 0; count < 6; count += 1) await slack.say("U1", "C1", `m${count}`);
    for (let count = 0; count < 3; count += 1) {
      await bot.arrivals.next();
      await other.arrivals.next();
    }
    const heard = [...bot.arrivals.all, ...other.arrivals.all].map(textOf).sort();
    expect(heard).toEqual(["m0", "m1", "m2", "m3", "m4", "m5"]);
  });

  it("asks for a new connection, and the SDK comes back", async () => {
    const { slack, bot, happenings } = await start([]);
    await happenings.next((each) => each.kind === "connected");
    slack.refresh();
    await happenings.next((each) => each.kind === "disconnected");
    await happenings.next((each) => each.kind === "connected");
    expect(slack.connections()).toBe(1);
    await slack.say("U1", "C1", "welcome back");
    expect(textOf(await bot.arrivals.next())).toBe("welcome back");
  });

  it("refuses a connection without a ticket", async () => {
    const { slack } = await start([]);
    const { WebSocket } = await import("ws");
    const socket = new WebSocket(
      `${slack.apiUrl.replace("http", "ws").replace("api/", "")}link/?ticket=none`,
    );
    const status = await new Promise((resolve) => {
      socket.on("unexpected-response", (_, response) => resolve(response.statusCode));
      socket.on("error", () => {});
    });
    expect(status).toBe(403);
    socket.terminate();
  });

  it("is quick enough to drive a benchmark", async () => {
    const { slack } = await town();
    ends.push(slack.stop);
    const bot = await listener(slack, () => true, 5_000);
    ends.push(bot.stop);
    const many = 2_000;
    for (let count = 0; count < many; count += 1) await slack.say("U1", "C1", `m${count}`);
    await bot.arrivals.next((event) => textOf(event) === `m${many - 1}`);
    expect(new Set(bot.arrivals.all.map(idOf)).size).toBe(many);
  });
});
