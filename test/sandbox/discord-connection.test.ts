// A bot's way in, and what a broken line does to it.
import type { Message } from "discord.js";
import { afterEach, expect, test } from "vitest";
import {
  ana,
  bob,
  channelOf,
  codeOf,
  help,
  INTENTS,
  next,
  type Setting,
  setting,
} from "./discord-setting.ts";

let s: Setting;
afterEach(() => s.end());

test("a bot that logs in finds the guild, its channels, its roles and itself", async () => {
  s = await setting();
  const client = await s.login();
  const guild = client.guilds.cache.first();
  expect(guild?.name).toBe("Sandbox");
  expect(client.user.id).toBe(s.discord.botUser);
  expect(guild?.channels.cache.map((channel) => channel.name)).toEqual(["help", "team", "questions"]);
  expect(guild?.roles.cache.some((role) => role.name === "Support")).toBe(true);
  const members = await guild?.members.fetch();
  expect(members?.get(ana)?.roles.cache.some((role) => role.name === "Support")).toBe(true);
  expect(s.happenings).toContainEqual({ kind: "connected" });
  expect(s.refusals()).toEqual([]);
});

test("a wrong token is refused", async () => {
  s = await setting();
  const client = await s.login();
  client.rest.setToken("another");
  expect(await codeOf(client.rest.get("/users/@me"))).toBe(0);
  expect(s.refusals()).toEqual(["401 GET /users/@me"]);
});

test("without the content intent text arrives empty, but not when it is meant for the bot", async () => {
  s = await setting({ disallowedIntents: 1 << 15 });
  const client = await s.login({ intents: INTENTS.filter((intent) => intent !== 1 << 15) });
  const arriving = next<Message>(client, "messageCreate");
  const id = await s.discord.say(bob, help, "can you read this?");
  expect((await arriving).content).toBe("");
  const channel = await channelOf(client, help);
  expect((await channel.messages.fetch({ message: id, force: true })).content).toBe("");
  const mentioned = next<Message>(client, "messageCreate");
  await s.discord.say(bob, help, `<@${s.discord.botUser}> and this?`);
  expect((await mentioned).content).toContain("and this?");
});

test("an intent the application was not granted ends the connection for good", async () => {
  s = await setting({ disallowedIntents: 1 << 15 });
  await expect(s.login()).rejects.toThrow(/disallowed intents/i);
  expect(s.refusals()).toEqual(["4014 gateway"]);
});

test("what happened while the connection was cut arrives after it, in order", async () => {
  s = await setting();
  const client = await s.login();
  const texts: string[] = [];
  client.on("messageCreate", (message) => texts.push(message.content));
  const first = next<Message>(client, "messageCreate");
  await s.discord.say(bob, help, "before");
  await first;
  const resumed = next<number>(client, "shardResume");
  s.discord.cut();
  await s.happening((h) => (h.kind === "disconnected" ? h : null));
  for (const text of ["one", "two", "three"]) await s.discord.say(bob, help, text);
  await resumed;
  const after = next<Message>(client, "messageCreate", (message) => message.content === "after");
  await s.discord.say(bob, help, "after");
  await after;
  expect(texts).toEqual(["before", "one", "two", "three", "after"]);
});

test("asked to reconnect, the bot resumes", async () => {
  s = await setting();
  const client = await s.login();
  const resumed = next<number>(client, "shardResume");
  s.discord.reconnect();
  await resumed;
  expect(s.discord.connected()).toBe(true);
});

test("a call that a test breaks is repeated by the SDK without a second message", async () => {
  s = await setting();
  const client = await s.login({ rest: { api: s.discord.apiUrl, retries: 3 } });
  const channel = await channelOf(client, help);
  const route = "/channels/:channel/messages";
  s.discord.failNext(1, { kind: "cut", when: "after" }, { method: "POST", route });
  await channel.send({ content: "once", nonce: "1", enforceNonce: true });
  s.discord.failNext(1, { kind: "rate_limited", retryAfterMs: 50 }, { method: "POST", route });
  await channel.send("later");
  s.discord.failNext(1, { kind: "status", status: 503 }, { method: "POST", route });
  await channel.send("at last");
  expect(s.discord.messages(help).map((message) => message.text)).toEqual(["once", "later", "at last"]);
  expect(s.refusals()).toEqual([]);
});
