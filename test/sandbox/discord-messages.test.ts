import {
  AttachmentBuilder,
  ChannelType,
  type Client,
  DiscordAPIError,
  EmbedBuilder,
  type Message,
  type MessageReaction,
  type TextChannel,
} from "discord.js";
import { afterEach, expect, test } from "vitest";
import {
  ana,
  bob,
  forum,
  help,
  INTENTS,
  last,
  MORNING,
  next,
  posted,
  type Setting,
  secret,
  setting,
} from "./discord-setting.ts";

let s: Setting;
afterEach(() => s.end());

async function channelOf(client: Client, id: string): Promise<TextChannel> {
  const channel = await client.channels.fetch(id);
  if (channel?.type !== ChannelType.GuildText) throw new Error(`${id} is no text channel`);
  return channel;
}

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "no error",
    (error: unknown) => (error instanceof DiscordAPIError ? error.code : error),
  );

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

test("a customer's message reaches the bot, which answers in a thread under it", async () => {
  s = await setting();
  const client = await s.login();
  const arriving = next<Message>(client, "messageCreate");
  const id = await s.discord.say(bob, help, `I cannot log in, <@${ana}>`);
  const message = await arriving;
  expect(message).toMatchObject({ id, content: `I cannot log in, <@${ana}>`, channelId: help });
  expect(message.author.displayName).toBe("Bob");
  expect(message.createdTimestamp).toBe(MORNING);

  const thread = await message.startThread({ name: "Login" });
  expect(thread.id).toBe(id);
  const reply = await thread.send(`We answer by <t:${MORNING / 1000 + 3600}:t>, <@${bob}> \\*soon\\*`);
  expect(s.discord.find(reply.id)).toMatchObject({
    channel: help,
    thread: id,
    text: "We answer by 10:30, @Bob *soon*",
    author: { name: "Siempre", bot: true },
  });
  // Bob lives in New York.
  expect(last(s.discord.seenBy(bob)).text).toContain("05:30");
  const again = { body: { name: "Again" } };
  expect(await codeOf(client.rest.post(`/channels/${help}/messages/${id}/threads`, again))).toBe(160004);
  expect(s.refusals()).toEqual(["160004 POST /channels/:channel/messages/:message/threads"]);
  expect(s.discord.messages(help).map((each) => each.text)).toHaveLength(2);
});

test("edits and deletions of people and of the bot are told to everybody", async () => {
  s = await setting();
  const client = await s.login();
  const channel = await channelOf(client, help);
  const mine = await channel.send("one moment");
  s.clock.at += 60_000;
  const edited = await mine.edit({ content: "done", embeds: [new EmbedBuilder().setTitle("All good")] });
  expect(edited.editedTimestamp).toBe(MORNING + 60_000);
  expect(s.discord.find(mine.id)).toMatchObject({ text: "done\nAll good", editedAt: MORNING + 60_000 });

  const theirs = await s.discord.say(bob, help, "helo");
  const changing = next<Message>(client, "raw", (packet) => Reflect.get(packet, "t") === "MESSAGE_UPDATE");
  await s.discord.edit(bob, help, theirs, "hello");
  expect(await changing).toMatchObject({
    d: { id: theirs, content: "hello", guild_id: s.discord.workspace },
  });
  const deleting = next<{ t: string }>(client, "raw", (packet) => packet.t === "MESSAGE_DELETE");
  await s.discord.remove(bob, help, theirs);
  expect(await deleting).toMatchObject({ d: { id: theirs, channel_id: help } });
  expect(await codeOf(channel.messages.fetch({ message: theirs, force: true }))).toBe(10008);
  expect(s.discord.messages(help)).toHaveLength(1);
  await mine.delete();
  expect(s.discord.find(mine.id)?.deleted).toBe(true);
});

test("a link's preview changes a message without editing it", async () => {
  s = await setting();
  const client = await s.login();
  const id = await s.discord.say(bob, help, "see https://example.com");
  const changing = next<{ t: string }>(client, "raw", (packet) => packet.t === "MESSAGE_UPDATE");
  s.discord.unfurl(id);
  expect(await changing).toMatchObject({ d: { content: "see https://example.com", edited_timestamp: null } });
});

test("history is paged by id, newest first", async () => {
  s = await setting();
  const client = await s.login();
  const ids: string[] = [];
  for (let n = 0; n < 130; n += 1) ids.push(await s.discord.say(bob, help, `message ${n}`));
  await s.discord.remove(bob, help, ids[128] ?? "");
  const channel = await channelOf(client, help);
  const texts = async (options: object): Promise<string[]> =>
    [...(await channel.messages.fetch({ cache: false, ...options })).values()].map((m) => m.content);
  expect(await texts({ limit: 3 })).toEqual(["message 129", "message 127", "message 126"]);
  expect(await texts({ limit: 2, before: ids[5] })).toEqual(["message 4", "message 3"]);
  expect(await texts({ limit: 2, after: ids[5] })).toEqual(["message 7", "message 6"]);
  expect(await texts({ limit: 3, around: ids[50] })).toEqual(["message 51", "message 50", "message 49"]);
  expect(await texts({ limit: 100 })).toHaveLength(100);
});

test("reactions go both ways", async () => {
  s = await setting();
  const client = await s.login();
  const arriving = next<Message>(client, "messageCreate");
  const id = await s.discord.say(bob, help, "hello?");
  const message = await arriving;
  await message.react("👀");
  expect(s.discord.find(id)?.reactions).toEqual({ "👀": [s.discord.botUser] });
  const reacting = next<MessageReaction>(client, "messageReactionAdd");
  await s.discord.react(ana, help, id, "ticket");
  expect((await reacting).emoji.name).toBe("🎫");
  const users = await message.reactions.resolve("🎫")?.users.fetch();
  expect([...(users?.keys() ?? [])]).toEqual([ana]);
  await message.reactions.resolve("👀")?.users.remove(client.user.id);
  expect(s.discord.find(id)?.reactions).toEqual({ "🎫": [ana] });
  expect(await codeOf(message.react("nothing"))).toBe(10014);
});

test("files travel in both directions", async () => {
  s = await setting();
  const client = await s.login();
  const channel = await channelOf(client, help);
  const bytes = Buffer.from("a,b\n1,2\n");
  const sent = await channel.send({
    content: "the report",
    files: [new AttachmentBuilder(bytes, { name: "report.csv", description: "numbers" })],
  });
  const attachment = sent.attachments.first();
  expect(attachment).toMatchObject({ name: "report.csv", size: bytes.byteLength, description: "numbers" });
  const answer = await fetch(attachment?.url ?? "");
  expect(await answer.text()).toBe("a,b\n1,2\n");
  expect(s.discord.find(sent.id)?.files).toEqual(["report.csv"]);

  const arriving = next<Message>(client, "messageCreate", (message) => message.author.id === bob);
  await s.discord.say(bob, help, "", {
    files: [{ name: "shot.png", mime: "image/png", bytes: new Uint8Array(3) }],
  });
  expect((await arriving).attachments.first()).toMatchObject({ name: "shot.png", contentType: "image/png" });
});

test("the bot writes to people directly, unless they have closed that", async () => {
  s = await setting();
  s.discord.addPerson({ id: bob, name: "Bob", directClosed: true });
  const client = await s.login();
  const user = await client.users.fetch(ana);
  const sent = await user.send("Two promises run out soon");
  expect(last(s.discord.seenBy(ana))).toMatchObject({ id: sent.id, direct: ana, thread: null });
  expect(s.discord.seenBy(bob).some((message) => message.id === sent.id)).toBe(false);
  const arriving = next<Message>(client, "messageCreate", (message) => message.author.id === ana);
  await s.discord.say(ana, s.discord.botUser, "thanks");
  expect(await arriving).toMatchObject({ content: "thanks", guildId: null });
  expect(await codeOf(client.users.fetch(bob).then((person) => person.send("hello")))).toBe(50007);
});

test("a forum post is a thread whose first message has the thread's id", async () => {
  s = await setting();
  const client = await s.login();
  const starting = next<{ id: string; name: string }>(client, "threadCreate");
  const arriving = next<Message>(client, "messageCreate");
  const id = await s.discord.say(bob, forum, "It says 500", { title: "Export fails" });
  expect(await starting).toMatchObject({ id, name: "Export fails", parentId: forum });
  const message = await arriving;
  expect(message).toMatchObject({ id, channelId: id, content: "It says 500" });
  expect(s.discord.find(id)).toMatchObject({ channel: forum, thread: null });
  if (!message.channel.isThread()) throw new Error("a forum post is in a thread");
  const reply = await message.channel.send("looking");
  expect(s.discord.find(reply.id)).toMatchObject({ channel: forum, thread: id });
  const again = await s.discord.say(bob, forum, "any news?", { thread: id });
  expect(s.discord.find(again)).toMatchObject({ channel: forum, thread: id });

  const channel = await client.channels.fetch(forum);
  if (channel?.type !== ChannelType.GuildForum) throw new Error("no forum");
  const post = await channel.threads.create({
    name: "From us",
    message: { content: "hello" },
    appliedTags: channel.availableTags.map((tag) => tag.id),
  });
  expect(s.discord.find(post.id)?.text).toBe("hello");
});

test("an archived thread wakes when somebody posts, unless it is locked", async () => {
  s = await setting();
  const client = await s.login();
  const id = await s.discord.say(bob, help, "hello");
  const arriving = next<Message>(client, "messageCreate", (message) => message.content === "in a thread");
  await s.discord.say(bob, help, "in a thread", { thread: id });
  const { channel } = await arriving;
  if (!channel.isThread()) throw new Error("no thread");
  await channel.setArchived(true);
  await channel.send("one more");
  expect(channel.archived).toBe(false);
  const reply = await channel.send("and one");
  s.discord.setThread(id, { archived: true, locked: true });
  expect(await codeOf(channel.send("too late"))).toBe(50083);
  expect(await codeOf(reply.edit("too late"))).toBe(50083);
  await expect(s.discord.say(bob, help, "me too", { thread: id })).rejects.toThrow("archived");
});

test("what the bot may not see or do is refused", async () => {
  s = await setting();
  s.discord.addChannel({ id: secret, name: "team", kind: "text", private: true, members: [ana], bot: false });
  const client = await s.login();
  const id = await s.discord.say(ana, secret, "only us");
  await expect(s.discord.say(bob, secret, "me?")).rejects.toThrow("may not see");
  expect(await codeOf(client.rest.get(`/channels/${secret}/messages`))).toBe(50001);
  expect(await codeOf(client.rest.get("/channels/1"))).toBe(10003);
  const theirs = await s.discord.say(bob, help, "hi");
  expect(await codeOf(client.rest.delete(`/channels/${help}/messages/${theirs}`))).toBe(50013);
  expect(
    await codeOf(client.rest.patch(`/channels/${help}/messages/${theirs}`, { body: { content: "x" } })),
  ).toBe(50005);
  s.discord.setOverwrite(help, s.discord.botUser, { deny: 1n << 11n });
  expect(await codeOf(client.rest.post(`/channels/${help}/messages`, { body: { content: "x" } }))).toBe(
    50013,
  );
  expect(s.discord.seenBy(ana).map((message) => message.id)).toContain(id);
  expect(s.discord.seenBy(bob).map((message) => message.id)).not.toContain(id);
});

test("malformed messages are refused with the place and the reason", async () => {
  s = await setting();
  const client = await s.login();
  const send = (body: unknown): Promise<unknown> =>
    codeOf(client.rest.post(`/channels/${help}/messages`, { body }));
  const button = { type: 2, style: 1, label: "Claim", custom_id: "claim" };
  const row = (...components: unknown[]): unknown => ({
    content: "x",
    components: [{ type: 1, components }],
  });
  expect(await send({})).toBe(50006);
  expect(await send({ content: "x".repeat(2001) })).toBe(50035);
  expect(await send({ content: "😀".repeat(2000) })).toBe("no error");
  expect(await send({ embeds: [{ description: "x".repeat(4097) }] })).toBe(50035);
  expect(
    await send({
      embeds: [{ title: "x" }, { description: "x".repeat(4000) }, { description: "x".repeat(2000) }],
    }),
  ).toBe(50035);
  expect(await send(row({ type: 2, style: 1, label: "x" }))).toBe(50035);
  expect(await send(row({ ...button, custom_id: "x".repeat(101) }))).toBe(50035);
  expect(await send(row({ ...button, label: "x".repeat(81) }))).toBe(50035);
  expect(await send(row(button, button))).toBe(50035);
  expect(await send(row(button, { type: 5, custom_id: "who" }))).toBe(50035);
  expect(
    await send({
      content: "x",
      components: Array.from({ length: 6 }, (_, n) => ({
        type: 1,
        components: [{ ...button, custom_id: `${n}` }],
      })),
    }),
  ).toBe(50035);
  const options = Array.from({ length: 26 }, (_, n) => ({ label: `${n}`, value: `${n}` }));
  expect(await send(row({ type: 3, custom_id: "tier", options }))).toBe(50035);
  expect(await send(row({ type: 3, custom_id: "tier", options: options.slice(1) }))).toBe("no error");
  expect(await send({ content: "x", components: [{ type: 10, content: "v2 without its flag" }] })).toBe(
    50035,
  );
  expect(await send({ content: "x", flags: 32768, components: [{ type: 10, content: "both" }] })).toBe(50035);
  expect(await send({ content: "x", allowed_mentions: { parse: ["users"], users: [bob] } })).toBe(50035);
  expect(await send({ content: "x", message_reference: { message_id: "1" } })).toBe(50035);
  const refused = s.happenings.find((h) => h.kind === "refused" && h.code === "50035");
  expect(refused).toMatchObject({
    detail: expect.stringContaining("content[BASE_TYPE_MAX_LENGTH]: Must be 2000"),
  });
});

test("components v2 are shown as plain text with their controls", async () => {
  s = await setting();
  const client = await s.login();
  const channel = await channelOf(client, help);
  const sent = await channel.send({
    flags: 32768,
    components: [
      {
        type: 17,
        components: [
          { type: 10, content: "# Request 42" },
          {
            type: 9,
            components: [
              { type: 10, content: `of <@${bob}> in <#${help}>, [the plan](https://example.com)` },
            ],
            accessory: { type: 2, style: 1, label: "Claim", custom_id: "claim" },
          },
          { type: 14 },
          { type: 1, components: [{ type: 5, custom_id: "assign", placeholder: "Assign to" }] },
        ],
      },
    ],
  });
  expect(s.discord.find(sent.id)).toMatchObject({
    text: "Request 42\nof @Bob in #help, the plan",
    controls: [
      { kind: "button", label: "Claim", id: "claim" },
      { kind: "people", label: "Assign to", id: "assign" },
    ],
  });
});

test("the same nonce, enforced, is the same message", async () => {
  s = await setting();
  const client = await s.login();
  const channel = await channelOf(client, help);
  const one = await channel.send({ content: "once", nonce: "ack-42", enforceNonce: true });
  const two = await channel.send({ content: "once", nonce: "ack-42", enforceNonce: true });
  expect(two.id).toBe(one.id);
  s.clock.at += 10 * 60_000;
  const three = await channel.send({ content: "once", nonce: "ack-42", enforceNonce: true });
  expect(three.id).not.toBe(one.id);
  expect(s.discord.messages(help)).toHaveLength(2);
});

test("only those a message is allowed to mention are mentioned", async () => {
  s = await setting();
  const client = await s.login();
  const channel = await channelOf(client, help);
  const quiet = await channel.send({ content: `<@${bob}> and <@${ana}>` });
  expect(quiet.mentions.users.size).toBe(0);
  const loud = await channel.send({ content: `<@${bob}> and <@${ana}>`, allowedMentions: { users: [bob] } });
  expect([...loud.mentions.users.keys()]).toEqual([bob]);
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

test("watchers are told of every message", async () => {
  s = await setting();
  const client = await s.login();
  const channel = await channelOf(client, help);
  await channel.send("**hello**");
  expect(await s.happening(posted)).toMatchObject({ text: "hello", channel: help });
});
