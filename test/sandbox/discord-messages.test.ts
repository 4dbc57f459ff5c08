import { AttachmentBuilder, ChannelType, EmbedBuilder, type Message, type MessageReaction } from "discord.js";
import { afterEach, expect, test } from "vitest";
import {
  ana,
  bob,
  channelOf,
  codeOf,
  forum,
  help,
  last,
  MORNING,
  next,
  posted,
  type Setting,
  setting,
} from "./discord-setting.ts";

let s: Setting;
afterEach(() => s.end());

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

test("the same nonce, not enforced, is said twice", async () => {
  s = await setting();
  const channel = await channelOf(await s.login(), help);
  const one = await channel.send({ content: "twice", nonce: "ack-43" });
  const two = await channel.send({ content: "twice", nonce: "ack-43" });
  expect(two.id).not.toBe(one.id);
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

test("watchers are told of every message", async () => {
  s = await setting();
  const client = await s.login();
  const channel = await channelOf(client, help);
  await channel.send("**hello**");
  expect(await s.happening(posted)).toMatchObject({ text: "hello", channel: help });
});
