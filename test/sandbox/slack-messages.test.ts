import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Arrivals, boltBot, NOON, town } from "./slack-bot.ts";

describe("messages in the local Slack, through the real SDK", () => {
  let world: Awaited<ReturnType<typeof town>>;
  let bot: Awaited<ReturnType<typeof boltBot>>;
  beforeEach(async () => {
    world = await town();
    bot = await boltBot(world.slack);
  });
  afterEach(async () => {
    await bot.stop();
    await world.slack.stop();
  });
  const message = (text: string) => (event: Record<string, unknown>) =>
    event.type === "message" && event.text === text;

  it("brings what a customer wrote to the bot as the real Slack does", async () => {
    const { slack } = world;
    const ts = await slack.say("U1", "C1", "I can't <log> in & <@U2> knows https://x.test/a. 🙏");
    const event = await bot.events.next((each) => each.type === "message");
    expect(event).toMatchObject({
      user: "U1",
      ts,
      event_ts: ts,
      team: slack.workspace,
      channel: "C1",
      channel_type: "channel",
      client_msg_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      text: "I can't &lt;log&gt; in &amp; <@U2> knows <https://x.test/a>. :pray:",
      blocks: [{ type: "rich_text", elements: [{ type: "rich_text_section" }] }],
    });
    const body = bot.bodies.all.find((each) => each.event === event);
    expect(body).toMatchObject({
      type: "event_callback",
      team_id: slack.workspace,
      is_ext_shared_channel: false,
      event_id: expect.stringMatching(/^Ev/),
      event_time: Math.floor(NOON / 1000),
      authorizations: [{ user_id: slack.botUser, is_bot: true }],
    });
    expect(slack.find(ts)?.text).toBe("I can't <log> in & @Luis knows https://x.test/a. 🙏");
  });

  it("gives every message an id of its own although the clock stands still", async () => {
    const ids: string[] = [];
    for (let count = 0; count < 50; count += 1) ids.push(await world.slack.say("U1", "C1", `m${count}`));
    expect(new Set(ids).size).toBe(50);
    expect([...ids].sort()).toEqual(ids);
    expect(ids[0]).toMatch(/^1795518000\.\d{6}$/);
  });

  it("lets the bot answer in the thread, change the answer and see both as events", async () => {
    const { slack } = world;
    const root = await slack.say("U1", "C1", "help");
    const sent = await bot.client.chat.postMessage({
      channel: "C1",
      thread_ts: root,
      text: "We have it &amp; look",
    });
    const own = await bot.events.next(message("We have it &amp; look"));
    expect(own).toMatchObject({
      user: slack.botUser,
      bot_id: expect.any(String),
      app_id: expect.any(String),
      bot_profile: { name: "Siempre" },
      thread_ts: root,
      parent_user_id: "U1",
    });
    await bot.client.chat.update({ channel: "C1", ts: String(sent.ts), text: "Done" });
    const changed = await bot.events.next((event) => event.subtype === "message_changed");
    expect(changed).toMatchObject({
      hidden: true,
      message: { text: "Done", ts: sent.ts, thread_ts: root, edited: { user: slack.botUser } },
      previous_message: { text: "We have it &amp; look" },
    });
    expect(slack.messages("C1").map(({ text, thread }) => [text, thread])).toEqual([
      ["help", null],
      ["Done", root],
    ]);
  });

  it("tells the bot of edits, deletions and reactions of people", async () => {
    const { slack } = world;
    const ts = await slack.say("U1", "C1", "one");
    await slack.edit("U1", "C1", ts, "two");
    expect(await bot.events.next((event) => event.subtype === "message_changed")).toMatchObject({
      message: { ts, text: "two", user: "U1", edited: { user: "U1" } },
      previous_message: { ts, text: "one" },
    });
    await slack.react("U2", "C1", ts, "🎫");
    expect(await bot.events.next((event) => event.type === "reaction_added")).toMatchObject({
      user: "U2",
      reaction: "ticket",
      item: { type: "message", channel: "C1", ts },
      item_user: "U1",
    });
    expect(slack.find(ts)?.reactions).toEqual({ ticket: ["U2"] });
    await slack.react("U2", "C1", ts, "ticket", false);
    await bot.events.next((event) => event.type === "reaction_removed");
    await slack.remove("U1", "C1", ts);
    expect(await bot.events.next((event) => event.subtype === "message_deleted")).toMatchObject({
      deleted_ts: ts,
      hidden: true,
      previous_message: { text: "two" },
    });
    expect(slack.messages("C1")).toEqual([]);
    expect(slack.find(ts)?.deleted).toBe(true);
  });

  it("leaves a tombstone where a message with replies was deleted", async () => {
    const { slack } = world;
    const root = await slack.say("U1", "C1", "question");
    await slack.say("U2", "C1", "answer", { thread: root });
    await slack.remove("U1", "C1", root);
    const changed = await bot.events.next((event) => event.subtype === "message_changed");
    expect(changed).toMatchObject({ message: { subtype: "tombstone", user: "USLACKBOT", ts: root } });
    const { messages } = await bot.client.conversations.history({ channel: "C1" });
    expect(messages).toMatchObject([{ subtype: "tombstone", ts: root, reply_count: 1 }]);
  });

  it("sends both events when the bot is mentioned, and one in a direct message", async () => {
    const { slack } = world;
    await slack.say("U1", "C1", `hi <@${slack.botUser}>`);
    const first = await bot.events.next((event) => event.type === "app_mention");
    const second = await bot.events.next((event) => event.type === "message");
    expect(second.client_msg_id).toBe(first.client_msg_id);
    expect(first.channel_type).toBeUndefined();
    await slack.say("U1", slack.botUser, `psst <@${slack.botUser}>`);
    const direct = await bot.events.next((event) => event.channel_type === "im");
    await slack.say("U1", "C1", "after");
    await bot.events.next(message("after"));
    expect(bot.events.all.filter((event) => event.type === "app_mention")).toHaveLength(1);
    expect(String(direct.channel)).toMatch(/^D/);
  });

  it("keeps joins, topics, broadcasts, integrations and previews apart by their subtype", async () => {
    const { slack } = world;
    slack.addPerson({ id: "U9", name: "Zoe", external: true });
    slack.join("U9", "C1");
    slack.topic("U2", "C1", "office hours");
    const root = await slack.say("U1", "C1", "see https://x.test");
    await slack.say("U2", "C1", "to all", { thread: root, broadcast: true });
    slack.integration("C1", "Form", "New entry");
    slack.unfurl(root, { url: "https://x.test", title: "X", text: "about" });
    const last = await bot.events.next((event) => event.subtype === "message_changed");
    expect(last).not.toHaveProperty("message.edited");
    expect(bot.events.all.map((event) => event.subtype ?? event.type)).toEqual([
      "channel_join",
      "member_joined_channel",
      "channel_topic",
      "message",
      "thread_broadcast",
      "bot_message",
      "message_changed",
    ]);
  });

  it("marks people of another organisation", async () => {
    const { slack } = world;
    slack.addPerson({ id: "U9", name: "Zoe", external: true });
    await slack.say("U9", "C1", "hello from outside");
    const event = await bot.events.next(message("hello from outside"));
    expect(event.user_team).not.toBe(slack.workspace);
    expect(event).toMatchObject({ source_team: event.user_team, user_profile: { real_name: "Zoe" } });
    const { channel } = await bot.client.conversations.info({ channel: "C1" });
    expect(channel).toMatchObject({ is_ext_shared: true });
    const { user } = await bot.client.users.info({ user: "U9" });
    expect(user).toMatchObject({ team_id: event.user_team, is_stranger: true });
  });

  it("does not tell the bot of channels it is not in", async () => {
    const { slack } = world;
    slack.addChannel({ id: "C3", name: "quiet", kind: "text", private: false, bot: false });
    await slack.say("U1", "C3", "unheard");
    await slack.say("U1", "C1", "heard");
    await bot.events.next(message("heard"));
    expect(bot.events.all.filter((event) => event.channel === "C3")).toEqual([]);
    await bot.client.conversations.join({ channel: "C3" });
    await slack.say("U1", "C3", "now heard");
    await bot.events.next(message("now heard"));
  });

  it("shows ephemeral and direct messages to their person alone", async () => {
    const { slack } = world;
    await bot.client.chat.postEphemeral({ channel: "C1", user: "U1", text: "only you" });
    const opened = await bot.client.conversations.open({ users: "U2" });
    await bot.client.chat.postMessage({ channel: String(opened.channel?.id), text: "to Luis" });
    await bot.client.chat.postMessage({ channel: "U2", text: "again" });
    expect(slack.seenBy("U1").map(({ text, onlyFor }) => [text, onlyFor])).toEqual([["only you", "U1"]]);
    expect(slack.seenBy("U2").map(({ text, direct }) => [text, direct])).toEqual([
      ["to Luis", "U2"],
      ["again", "U2"],
    ]);
    expect(slack.messages("C1")).toEqual([]);
  });

  it("carries files both ways", async () => {
    const { slack } = world;
    const bytes = new TextEncoder().encode("log line");
    const ts = await slack.say("U1", "C1", "my log", {
      files: [{ name: "app.txt", mime: "text/plain", bytes }],
    });
    const event = await bot.events.next((each) => each.subtype === "file_share");
    const [file] = event.files as { url_private: string; name: string; size: number }[];
    expect(file).toMatchObject({ name: "app.txt", size: 8 });
    const headers = { authorization: `Bearer ${slack.tokens.bot}` };
    expect(await (await fetch(String(file?.url_private), { headers })).text()).toBe("log line");
    expect(await (await fetch(String(file?.url_private))).text()).toContain("Sign in");
    const chart = Buffer.from([1, 2, 3, 0, 255]);
    await bot.client.files.uploadV2({
      channel_id: "C1",
      thread_ts: ts,
      filename: "chart.png",
      file: chart,
      initial_comment: "the week",
    });
    const shared = slack.messages("C1").at(-1);
    expect(shared).toMatchObject({ text: "the week", files: ["chart.png"], thread: ts });
    const own = await bot.events.next((each) => each.subtype === "file_share" && each.bot_id !== undefined);
    const [sent] = own.files as { url_private: string }[];
    const back = await fetch(String(sent?.url_private), { headers });
    expect(Buffer.from(await back.arrayBuffer())).toEqual(chart);
  });

  it("pages through history and replies, newest first and oldest first", async () => {
    const { slack } = world;
    const ids: string[] = [];
    for (let count = 0; count < 7; count += 1) ids.push(await slack.say("U1", "C1", `m${count}`));
    const [root = ""] = ids;
    const under: string[] = [];
    for (let count = 0; count < 5; count += 1)
      under.push(await slack.say("U2", "C1", `r${count}`, { thread: root }));
    const found: string[] = [];
    for await (const page of bot.client.paginate("conversations.history", { channel: "C1", limit: 3 })) {
      const { messages = [] } = page as { messages?: { ts: string }[] };
      expect(messages.length).toBeLessThanOrEqual(3);
      found.push(...messages.map((each) => each.ts));
    }
    expect(found).toEqual([...ids].reverse());
    const later = await bot.client.conversations.history({ channel: "C1", oldest: String(ids[4]) });
    expect(later.messages?.map((each) => each.ts)).toEqual([ids[6], ids[5]]);
    const from = await bot.client.conversations.history({
      channel: "C1",
      oldest: String(ids[4]),
      inclusive: true,
    });
    expect(from.messages).toHaveLength(3);
    expect(later.has_more).toBe(false);
    const replies: (string | undefined)[] = [];
    for await (const page of bot.client.paginate("conversations.replies", {
      channel: "C1",
      ts: root,
      limit: 2,
    })) {
      const { messages = [] } = page as { messages?: { ts: string; reply_count?: number }[] };
      expect(messages[0]).toMatchObject({ ts: root, reply_count: 5 });
      replies.push(...messages.slice(1).map((each) => each.ts));
    }
    expect(replies).toEqual(under);
  });

  it("returns the bot's metadata only when it is asked for", async () => {
    const metadata = { event_type: "siempre_post", event_payload: { key: "42:acknowledged" } };
    await bot.client.chat.postMessage({ channel: "C1", text: "noted", metadata });
    const bare = await bot.client.conversations.history({ channel: "C1" });
    expect(bare.messages?.[0]).not.toHaveProperty("metadata");
    const whole = await bot.client.conversations.history({ channel: "C1", include_all_metadata: true });
    expect(whole.messages?.[0]).toMatchObject({ metadata });
  });

  it("knows its people, groups, members and itself", async () => {
    const { slack } = world;
    expect(await bot.client.auth.test()).toMatchObject({ user_id: slack.botUser, team_id: slack.workspace });
    expect((await bot.client.users.info({ user: "U1", include_locale: true })).user).toMatchObject({
      real_name: "Ana",
      tz: "Europe/Madrid",
      tz_offset: 3600,
      locale: "es-ES",
      is_admin: false,
    });
    const { usergroups } = await bot.client.usergroups.list({ include_users: true });
    expect(usergroups).toMatchObject([{ handle: "support", users: ["U2"] }]);
    const { users } = await bot.client.usergroups.users.list({ usergroup: String(usergroups?.[0]?.id) });
    expect(users).toEqual(["U2"]);
    expect((await bot.client.conversations.members({ channel: "C2" })).members).toEqual([
      "U2",
      slack.botUser,
    ]);
    const mine = await bot.client.users.conversations({ types: "public_channel,private_channel" });
    expect(mine.channels?.map((each) => each.id)).toEqual(["C1", "C2"]);
    slack.addPerson({ id: "U1", name: "Ana", groups: ["support"] });
    expect(await bot.events.next((event) => event.type === "subteam_members_changed")).toMatchObject({
      added_users: ["U1"],
    });
  });

  it("stops telling an observer that has left", async () => {
    const seen = new Arrivals<string>();
    const leave = world.slack.observe((happening) => seen.push(happening.kind));
    await world.slack.say("U1", "C1", "a");
    leave();
    await world.slack.say("U1", "C1", "b");
    expect(seen.all).toEqual(["posted"]);
  });
});
