import { WebClient } from "@slack/web-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PlannedFaults } from "../../src/sandbox/slack/faults.ts";
import { codeOf, silent, town } from "./slack-bot.ts";

describe("what the local Slack refuses", () => {
  const faults = new PlannedFaults();
  let world: Awaited<ReturnType<typeof town>>;
  let client: WebClient;
  const connect = (token: string) =>
    new WebClient(token, {
      slackApiUrl: world.slack.apiUrl,
      logger: silent,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    });
  beforeAll(async () => {
    world = await town({ fault: faults.of });
    client = connect(world.slack.tokens.bot);
    world.slack.addPerson({ id: "U7", name: "Otherbot", bot: true });
    world.slack.addPerson({ id: "U8", name: "Quiet", directClosed: true });
    world.slack.addPerson({ id: "U9", name: "Zoe", external: true });
    world.slack.addChannel({ id: "C3", name: "elsewhere", kind: "text", private: false, bot: false });
    world.slack.addChannel({ id: "C4", name: "secret", kind: "text", private: true, bot: false });
    world.slack.addChannel({ id: "C5", name: "old", kind: "text", private: false });
    world.slack.archive("C5", true);
  });
  afterAll(() => world.slack.stop());

  const post = (fields: object) =>
    codeOf(client.apiCall("chat.postMessage", { channel: "C1", text: "x", ...fields }));
  const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });
  const rich = (part: object) => ({ type: "rich_text", elements: [part] });
  const button = (fields: object) => ({
    type: "actions",
    elements: [{ type: "button", text: { type: "plain_text", text: "b" }, action_id: "a", ...fields }],
  });

  it("unknown tokens, absent tokens, the wrong kind of token, unknown methods", async () => {
    expect(await codeOf(connect("xoxb-other").auth.test())).toBe("invalid_auth");
    expect(
      await codeOf(new WebClient(undefined, { slackApiUrl: world.slack.apiUrl, logger: silent }).auth.test()),
    ).toBe("not_authed");
    expect(await codeOf(client.apps.connections.open({}))).toBe("not_allowed_token_type");
    expect(await codeOf(connect(world.slack.tokens.app).auth.test())).toBe("not_allowed_token_type");
    expect(await codeOf(client.apiCall("chat.invent"))).toBe("unknown_method");
  });

  it("places the bot cannot write in", async () => {
    expect(await post({ channel: "C9" })).toBe("channel_not_found");
    expect(await post({ channel: "C3" })).toBe("not_in_channel");
    expect(await post({ channel: "C4" })).toBe("channel_not_found");
    expect(await post({ channel: "C5" })).toBe("is_archived");
    expect(await codeOf(client.conversations.history({ channel: "C3" }))).toBe("not_in_channel");
    expect(await codeOf(client.conversations.info({ channel: "C4" }))).toBe("channel_not_found");
  });

  it("people who take no direct messages", async () => {
    const open = (users: string) => codeOf(client.conversations.open({ users }));
    expect(await open("U7")).toBe("cannot_dm_bot");
    expect(await open("U8")).toBe("user_not_visible");
    expect(await open("U9")).toBe("user_not_visible");
    expect(await open("U404")).toBe("user_not_found");
    expect(await post({ channel: "U8" })).toBe("channel_not_found");
    expect(await codeOf(client.users.info({ user: "U404" }))).toBe("user_not_found");
    const notThere = { channel: "C2", user: "U1", text: "x" };
    expect(await codeOf(client.chat.postEphemeral(notThere))).toBe("user_not_in_channel");
  });

  it("blocks that show too much together", async () => {
    const blocks = Array.from({ length: 5 }, () => section("x".repeat(2900)));
    expect(await post({ blocks })).toBe("msg_blocks_too_long");
    expect(await post({ blocks: blocks.slice(1) })).toBe("accepted");
  });

  it("arguments the method does not have", async () => {
    expect(await post({ thread: "1.2" })).toBe("invalid_arguments");
    expect(await codeOf(client.apiCall("users.info", { user: "U1", locale: true }))).toBe(
      "invalid_arguments",
    );
    expect(await post({ unfurl_links: false, metadata: { event_type: "x", event_payload: {} } })).toBe(
      "accepted",
    );
  });

  it("empty and overlong texts", async () => {
    expect(await post({ text: "" })).toBe("no_text");
    expect(await post({ text: "x".repeat(40_001) })).toBe("msg_too_long");
    const { ts } = await client.chat.postMessage({ channel: "C1", text: "x" });
    expect(await codeOf(client.chat.update({ channel: "C1", ts: String(ts), text: "x".repeat(4001) }))).toBe(
      "msg_too_long",
    );
  });

  it.each([
    ["an unknown block", [{ type: "carousel_x" }]],
    ["51 blocks", Array.from({ length: 51 }, () => ({ type: "divider" }))],
    ["an empty section", [section("")]],
    ["a section of 3,001 characters", [section("x".repeat(3001))]],
    ["a header of 151 characters", [{ type: "header", text: { type: "plain_text", text: "x".repeat(151) } }]],
    ["a header in mrkdwn", [{ type: "header", text: { type: "mrkdwn", text: "x" } }]],
    [
      "eleven things in a context",
      [{ type: "context", elements: Array.from({ length: 11 }, () => section("x").text) }],
    ],
    ["eleven fields", [{ type: "section", fields: Array.from({ length: 11 }, () => section("x").text) }]],
    ["a button label of 76 characters", [button({ text: { type: "plain_text", text: "x".repeat(76) } })]],
    ["a button value of 2,001 characters", [button({ value: "x".repeat(2001) })]],
    ["an action id of 256 characters", [button({ action_id: "x".repeat(256) })]],
    ["an unknown element", [button({ type: "slider" })]],
    [
      "26 buttons",
      [
        {
          type: "actions",
          elements: Array.from({ length: 26 }, () => button({ action_id: undefined }).elements[0]),
        },
      ],
    ],
    ["a field no section has", [{ ...section("x"), colour: "red" }]],
    ["a field no button has", [button({ colour: "red" })]],
    ["a field no text has", [{ type: "header", text: { type: "plain_text", text: "x", size: 3 } }]],
    ["an image without words", [{ type: "image", image_url: "https://example.com/a.png" }]],
    ["an image at no address", [{ type: "image", image_url: "a.png", alt_text: "x" }]],
    ["a button to no address", [button({ url: "example" })]],
    ["an input without a label", [{ type: "input", element: { type: "plain_text_input" } }]],
    [
      "a button as an input",
      [{ type: "input", label: { type: "plain_text", text: "x" }, element: button({}).elements[0] }],
    ],
    ["markdown of 12,001 characters", [{ type: "markdown", text: "x".repeat(12_001) }]],
    ["two tables", [1, 2].map(() => ({ type: "table", rows: [[{ type: "raw_text", text: "x" }]] }))],
    [
      "a table of 101 rows",
      [{ type: "table", rows: Array.from({ length: 101 }, () => [{ type: "raw_text", text: "x" }]) }],
    ],
    ["rich text without parts", [{ type: "rich_text" }]],
    ["rich text of an unknown part", [rich({ type: "rich_text_poem", elements: [] })]],
    [
      "rich text with an empty word",
      [rich({ type: "rich_text_section", elements: [{ type: "text", text: "" }] })],
    ],
    ["rich text that mentions nobody", [rich({ type: "rich_text_section", elements: [{ type: "user" }] })]],
    [
      "a person in preformatted text",
      [rich({ type: "rich_text_preformatted", elements: [{ type: "user", user_id: "U1" }] })],
    ],
    [
      "a date with a fraction",
      [rich({ type: "rich_text_section", elements: [{ type: "date", timestamp: 1.5, format: "{date}" }] })],
    ],
    ["a video without a picture", [{ type: "video", video_url: "https://example.com", alt_text: "x" }]],
    [
      "an option without a value",
      [
        button({
          type: "static_select",
          text: undefined,
          options: [{ text: { type: "plain_text", text: "x" } }],
        }),
      ],
    ],
    [
      "the same option twice",
      [
        button({
          type: "static_select",
          text: undefined,
          options: [1, 2].map(() => ({ text: { type: "plain_text", text: "x" }, value: "x" })),
        }),
      ],
    ],
    [
      "a chosen option that is not there",
      [
        button({
          type: "static_select",
          text: undefined,
          options: [{ text: { type: "plain_text", text: "x" }, value: "x" }],
          initial_option: { text: { type: "plain_text", text: "y" }, value: "y" },
        }),
      ],
    ],
    ["the same block id twice", [1, 2].map(() => ({ type: "divider", block_id: "same" }))],
    ["a menu without options", [button({ type: "static_select", text: undefined, options: [] })]],
    [
      "101 options",
      [
        button({
          type: "static_select",
          text: undefined,
          options: Array.from({ length: 101 }, (_, n) => ({
            text: { type: "plain_text", text: `${n}` },
            value: `${n}`,
          })),
        }),
      ],
    ],
  ])("%s", async (_, blocks) => {
    expect(await post({ blocks })).toBe("invalid_blocks");
    expect(await post({ attachments: [{ fallback: "x", blocks }] })).toBe("invalid_attachments");
  });

  it("modals that are too large", async () => {
    const view = (fields: object) => ({ type: "modal", blocks: [section("x")], ...fields });
    const open = (fields: object) =>
      codeOf(client.apiCall("views.publish", { user_id: "U1", view: view(fields) }));
    expect(await open({ type: "home" })).toBe("accepted");
    expect(
      await open({ type: "home", blocks: Array.from({ length: 101 }, () => ({ type: "divider" })) }),
    ).toBe("invalid_arguments");
    expect(await open({ type: "home", private_metadata: "x".repeat(3001) })).toBe("invalid_arguments");
    // Only a modal has a title, and only of 24 characters.
    const title = { type: "plain_text", text: "T" };
    expect(await open({ type: "home", title })).toBe("invalid_arguments");
    expect(await open({ title })).toBe("invalid_arguments");
  });

  it("changing what is not the bot's, or not there", async () => {
    const ts = await world.slack.say("U1", "C1", "mine");
    const at = { channel: "C1", ts };
    expect(await codeOf(client.chat.update({ ...at, text: "x" }))).toBe("cant_update_message");
    expect(await codeOf(client.chat.delete(at))).toBe("cant_delete_message");
    const gone = { channel: "C1", ts: "1.000001" };
    expect(await codeOf(client.chat.update({ ...gone, text: "x" }))).toBe("message_not_found");
    expect(await codeOf(client.conversations.replies(gone))).toBe("thread_not_found");
    expect(await codeOf(client.chat.getPermalink({ channel: "C1", message_ts: gone.ts }))).toBe(
      "message_not_found",
    );
    const eyes = { channel: "C1", timestamp: ts, name: "eyes" };
    expect(await codeOf(client.reactions.remove(eyes))).toBe("no_reaction");
    expect(await codeOf(client.reactions.add(eyes))).toBe("accepted");
    expect(await codeOf(client.reactions.add(eyes))).toBe("already_reacted");
    expect(await codeOf(client.reactions.add({ ...eyes, name: "👀" }))).toBe("invalid_name");
    expect(await codeOf(client.reactions.add({ ...eyes, timestamp: "1.000001" }))).toBe("message_not_found");
  });

  it("posts to the channel, as Slack does, when the thread's message is gone", async () => {
    const sent = await client.chat.postMessage({ channel: "C1", thread_ts: "1.000001", text: "lost" });
    expect(sent.message).not.toHaveProperty("thread_ts");
  });

  it("tells observers of every refusal", async () => {
    const before = world.refusals().length;
    await post({ text: "" });
    expect(world.refusals().slice(before)).toEqual([
      { kind: "refused", method: "chat.postMessage", code: "no_text", detail: expect.any(String) },
    ]);
  });

  it("fails on request: limits, outages, connections cut before and after the write", async () => {
    const say = (text: string) => client.chat.postMessage({ channel: "C1", text });
    const written = (text: string) => world.slack.messages("C1").filter((each) => each.text === text).length;
    faults.plan("chat.postMessage", { kind: "rate_limited", retryAfterS: 7 });
    await expect(say("limited")).rejects.toMatchObject({ retryAfter: 7 });
    faults.plan("chat.postMessage", { kind: "status", status: 503 }, 2);
    await expect(say("outage")).rejects.toMatchObject({ statusCode: 503 });
    await expect(say("outage")).rejects.toMatchObject({ statusCode: 503 });
    faults.plan("chat.postMessage", { kind: "cut", when: "before" });
    await expect(say("before")).rejects.toThrow();
    faults.plan("chat.postMessage", { kind: "cut", when: "after" });
    await expect(say("after")).rejects.toThrow();
    await say("fine");
    expect(["limited", "outage", "before", "after", "fine"].map(written)).toEqual([0, 0, 0, 1, 1]);
  });

  it("takes JSON bodies as well as forms", async () => {
    const response = await fetch(`${world.slack.apiUrl}chat.postMessage`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${world.slack.tokens.bot}`,
        "content-type": "application/json; charset=utf-8",
      },
      body: JSON.stringify({ channel: "C1", blocks: [section("from JSON")] }),
    });
    expect(await response.json()).toMatchObject({ ok: true, message: { blocks: [{ type: "section" }] } });
    expect(world.slack.messages("C1").at(-1)?.text).toBe("from JSON");
  });

  it("mistakes of whoever plays the people, with words that say which", async () => {
    const { slack } = world;
    await expect(slack.say("U404", "C1", "x")).rejects.toThrow(/no person U404/);
    await expect(slack.say("U1", "C404", "x")).rejects.toThrow(/no channel C404/);
    await expect(slack.say("U1", "C2", "x")).rejects.toThrow(/U1 is not in channel C2/);
    await expect(slack.say("U1", "C5", "x")).rejects.toThrow(/archived/);
    const ts = await slack.say("U1", "C1", "x");
    await expect(slack.edit("U2", "C1", ts, "y")).rejects.toThrow(/not written by U2/);
    await expect(slack.press("U1", ts, "Claim")).rejects.toThrow(/no button "Claim"/);
    await expect(slack.submit("U1", {})).rejects.toThrow(/no modal open/);
    expect(() => slack.addChannel({ id: "F1", name: "f", kind: "forum", private: false })).toThrow(
      /no forum/,
    );
  });
});
