// The local Slack holds an app to its manifest and to the rate limits, and says so as Slack does.
import { WebClient } from "@slack/web-api";
import { afterEach, describe, expect, it } from "vitest";
import type { LocalSlackOptions } from "../../src/sandbox/slack/server.ts";
import { heldToForm } from "../platforms/slack/strict.ts";
import { boltBot, codeOf, silent, town } from "./slack-bot.ts";

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function start(options: Partial<LocalSlackOptions>) {
  const world = await town(options);
  ends.push(world.slack.stop);
  const client = new WebClient(world.slack.tokens.bot, {
    slackApiUrl: world.slack.apiUrl,
    logger: silent,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
  return { ...world, client };
}

describe("an app with the scopes of its manifest", () => {
  const scopes = ["chat:write", "channels:history", "channels:read", "users:read"];

  it("may call what they cover, and is told them with each answer", async () => {
    const { client, refusals } = await start({ app: { scopes } });
    const answer = await client.chat.postMessage({ channel: "C1", text: "hello" });
    expect(answer.response_metadata?.scopes).toEqual(scopes);
    await client.conversations.history({ channel: "C1" });
    await client.views.publish({ user_id: "U1", view: { type: "home", blocks: [{ type: "divider" }] } });
    expect(refusals()).toEqual([]);
  });

  it.each([
    ["reactions.add", { channel: "C1", timestamp: "1.1", name: "eyes" }, "reactions:write"],
    ["conversations.history", { channel: "C2" }, "groups:history"],
    ["conversations.info", { channel: "C2" }, "groups:read"],
    ["conversations.list", { types: "public_channel,private_channel,im" }, "groups:read,im:read"],
    ["conversations.open", { users: "U1" }, "im:write"],
    ["usergroups.list", {}, "usergroups:read"],
    ["files.getUploadURLExternal", { filename: "a.png", length: 3 }, "files:write"],
    ["chat.postMessage", { channel: "C1", text: "x", username: "Support" }, "chat:write.customize"],
  ])("is refused %s, with what is needed and what it has", async (method, args, needed) => {
    const { client, refusals } = await start({ app: { scopes } });
    await expect(client.apiCall(method, args)).rejects.toMatchObject({
      data: { ok: false, error: "missing_scope", needed, provided: scopes.join(",") },
    });
    expect(refusals()).toMatchObject([{ method, code: "missing_scope" }]);
  });

  it("hears only what they and its subscriptions cover", async () => {
    const { slack } = await start({ app: { scopes, events: ["message.channels", "message.groups"] } });
    const bot = await boltBot(slack);
    ends.push(bot.stop);
    const ts = await slack.say("U1", "C1", `<@${slack.botUser}> hello`);
    await slack.react("U2", "C1", ts, "eyes");
    await slack.say("U2", "C2", "in private");
    await slack.say("U1", "C1", "bye");
    await bot.events.next((event) => event.text === "bye");
    expect(bot.events.all.map((event) => [event.type, event.channel])).toEqual([
      ["message", "C1"],
      ["message", "C1"],
    ]);
  });

  it("of a manifest without limits hears a mention twice, as message and as mention", async () => {
    const { slack } = await start({});
    const bot = await boltBot(slack);
    ends.push(bot.stop);
    const ts = await slack.say("U1", "C1", `<@${slack.botUser}> hello`);
    await bot.events.next((event) => event.type === "app_mention");
    expect(bot.events.all.map((event) => [event.type, event.ts])).toEqual([
      ["message", ts],
      ["app_mention", ts],
    ]);
  });

  it("has only the commands it named", async () => {
    const { slack } = await start({ app: { commands: ["/request"] } });
    await expect(slack.slash("U1", "C1", "/queue")).rejects.toThrow(/not a command of the app.*\/request/);
  });
});

describe("a breach of form", () => {
  const held = async () => {
    const world = await town();
    const slack = heldToForm(world.slack);
    const call = (method: string, args: object) =>
      fetch(`${slack.apiUrl}${method}`, {
        method: "POST",
        headers: { authorization: `Bearer ${slack.tokens.bot}`, "content-type": "application/json" },
        body: JSON.stringify(args),
      });
    return { slack, call };
  };

  it("fails the test that committed it, with what was wrong", async () => {
    const { slack, call } = await held();
    await call("chat.postMessage", { channel: "C1", text: "x".repeat(40_001) });
    await call("chat.postMessage", { channel: "C1", text: "x", thread: "1.1" });
    await expect(slack.stop()).rejects.toThrow(/msg_too_long.*\n.*invalid_arguments/);
  });

  it("is not what the world can do to a correct bot", async () => {
    const { slack, call } = await held();
    await call("chat.postMessage", { channel: "C404", text: "x" });
    await slack.stop();
  });
});

describe("rate limits", () => {
  it("let the calls of a minute pass at once, then ask for a wait that is enough", async () => {
    let now = 0;
    const { client, refusals } = await start({ rateLimits: { speed: 1, now: () => now } });
    const list = () => client.conversations.list();
    for (let count = 0; count < 20; count += 1) await list();
    await expect(list()).rejects.toMatchObject({ retryAfter: 3 });
    expect(refusals()).toMatchObject([{ method: "conversations.list", code: "ratelimited" }]);
    // Another method has a limit of its own.
    expect(await codeOf(client.users.info({ user: "U1" }))).toBe("accepted");
    now += 3000;
    await list();
    await expect(list()).rejects.toMatchObject({ retryAfter: 3 });
  });

  it("count posts for each channel by itself, one a second after a burst", async () => {
    let now = 0;
    const { client } = await start({ rateLimits: { speed: 1, now: () => now } });
    const say = (channel: string) => client.chat.postMessage({ channel, text: "x" });
    for (let count = 0; count < 10; count += 1) await say("C1");
    await expect(say("C1")).rejects.toMatchObject({ retryAfter: 1 });
    await say("C2");
    now += 1000;
    await say("C1");
  });
});
