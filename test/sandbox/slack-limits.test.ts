// Limits and refusals of Slack that the bot has not met: the local Slack must know them before it does.
import { WebClient } from "@slack/web-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { boltBot, codeOf, silent, town } from "./slack-bot.ts";

const plain = (length: number) => ({ type: "plain_text", text: "x".repeat(length) });
const section = { type: "section", text: { type: "mrkdwn", text: "x" } };
describe("what the local Slack knows of Slack's limits", () => {
  let world: Awaited<ReturnType<typeof town>>;
  let client: WebClient;
  beforeAll(async () => {
    world = await town({ lifetimes: { responseUrlMs: 400, triggerMs: 60_000 } });
    client = new WebClient(world.slack.tokens.bot, {
      slackApiUrl: world.slack.apiUrl,
      logger: silent,
      retryConfig: { retries: 0 },
    });
    world.slack.addPerson({ id: "U8", name: "Quiet", directClosed: true });
    world.slack.addPerson({ id: "U9", name: "Zoe", external: true });
  });
  afterAll(() => world.slack.stop());

  const post = (fields: object) =>
    codeOf(client.apiCall("chat.postMessage", { channel: "C1", text: "x", ...fields }));
  const metadata = (length: number) => ({ event_type: "x", event_payload: { a: "x".repeat(length) } });

  it("what stands beside the words: metadata and attachments", async () => {
    expect(await post({ metadata: metadata(10_000) })).toBe("accepted");
    expect(await post({ metadata: metadata(16_001) })).toBe("metadata_too_large");
    expect(await post({ metadata: { event_type: "x" } })).toBe("invalid_metadata_format");
    const attachments = (count: number) => Array.from({ length: count }, () => ({ fallback: "x" }));
    expect(await post({ attachments: attachments(101) })).toBe("too_many_attachments");
  });

  it("a modal: title and buttons of 24 characters, 3,000 of private metadata, 100 blocks, three on top of each other", async () => {
    const { app, client: bot, stop } = await boltBot(world.slack);
    const fine = { type: "modal", title: plain(24), submit: plain(24), blocks: [section] };
    const view = (more: object) => ({ ...fine, ...more }) as never;
    let what: object = {};
    let way: "open" | "push" = "open";
    let code = "";
    app.command("/request", async ({ ack, command: { trigger_id: trigger } }) => {
      code = await codeOf(bot.views[way]({ trigger_id: trigger, view: view(what) }));
      await ack();
    });
    const trying = async (asked: object, by: "open" | "push" = "open") => {
      [what, way] = [asked, by];
      await world.slack.slash("U2", "C1", "/request");
      return code;
    };
    const dividers = (count: number) => Array.from({ length: count }, () => ({ type: "divider" }));
    const long = { type: "plain_text_input", max_length: 3001 };
    expect(await trying({ title: plain(25) })).toBe("invalid_arguments");
    expect(await trying({ submit: plain(25) })).toBe("invalid_arguments");
    expect(await trying({ private_metadata: "x".repeat(3001) })).toBe("invalid_arguments");
    expect(await trying({ blocks: dividers(101) })).toBe("invalid_arguments");
    expect(await trying({ blocks: [{ type: "input", label: plain(1), element: long }] })).toBe(
      "invalid_arguments",
    );
    expect(await trying({ blocks: dividers(100) })).toBe("accepted");
    const opened = await bot.views.update({
      view_id: String(world.slack.modal("U2")?.id),
      view: view({}),
    });
    expect(
      await codeOf(bot.views.update({ view_id: String(opened.view?.id), hash: "1.old", view: view({}) })),
    ).toBe("hash_conflict");
    expect(await trying({}, "push")).toBe("accepted");
    expect(await trying({}, "push")).toBe("accepted");
    expect(await trying({}, "push")).toBe("push_limit_reached");
    await stop();
  });

  it("a response address that has grown old", async () => {
    const { app, stop } = await boltBot(world.slack);
    const address = new Promise<string>((resolve) => {
      app.command("/request", async ({ ack, command }) => {
        await ack();
        resolve(command.response_url);
      });
    });
    await world.slack.slash("U1", "C1", "/request");
    const say = async () => fetch(await address, { method: "POST", body: JSON.stringify({ text: "late" }) });
    expect((await say()).status).toBe(200);
    await expect.poll(async () => (await say()).status, { timeout: 5_000, interval: 600 }).toBe(404);
    expect(world.refusals().at(-1)).toMatchObject({ method: "response_url", code: "expired_url" });
    await stop();
  });

  it("an eleventh socket", async () => {
    const app = new WebClient(world.slack.tokens.app, {
      slackApiUrl: world.slack.apiUrl,
      logger: silent,
      retryConfig: { retries: 0 },
    });
    const sockets: WebSocket[] = [];
    for (let count = 0; count < 10; count += 1) {
      const { url } = await app.apps.connections.open({});
      const socket = new WebSocket(String(url));
      sockets.push(socket);
      await new Promise((resolve) => socket.addEventListener("message", resolve, { once: true }));
    }
    expect(await codeOf(app.apps.connections.open({}))).toBe("too_many_websockets");
    const closed = sockets.map((socket) => {
      const done = new Promise((resolve) => socket.addEventListener("close", resolve, { once: true }));
      socket.close();
      return done;
    });
    await Promise.all(closed);
  });

  it("what people of other organisations, and those who closed their door, cannot be sent or do", async () => {
    expect(await codeOf(client.conversations.open({ users: "U9" }))).toBe("user_not_visible");
    const { channel } = await client.conversations.open({ users: "U1" });
    world.slack.addPerson({ id: "U1", name: "Ana", locale: "es-ES", directClosed: true });
    expect(await post({ channel: channel?.id })).toBe("restricted_action");
    world.slack.addPerson({ id: "U1", name: "Ana", locale: "es-ES" });
    await world.slack.say("U9", "C1", "hello from outside");
    await expect(world.slack.slash("U9", "C1", "/request")).rejects.toThrow(/another organisation/);
    await expect(world.slack.slash("U1", "C1", "/request", { thread: "1.1" })).rejects.toThrow(/thread/);
    expect(await codeOf(client.apiCall("conversations.open"))).toBe("users_list_not_supplied");
    expect(await codeOf(client.conversations.open({ users: "U1,U2" }))).toBe("not_supported_here");
  });

  it("what is asked for wrongly or is not there", async () => {
    const ts = await world.slack.say("U1", "C1", "mine");
    const history = (more: object) =>
      codeOf(client.apiCall("conversations.history", { channel: "C1", ...more }));
    expect(await history({ cursor: "bm9uZQ==" })).toBe("invalid_cursor");
    expect(await history({ limit: -1 })).toBe("invalid_limit");
    expect(await codeOf(client.conversations.list({ types: "secret_channel" }))).toBe("invalid_types");
    expect(await codeOf(client.bots.info({ bot: "B404" }))).toBe("bot_not_found");
    expect(await codeOf(client.usergroups.users.list({ usergroup: "S404" }))).toBe("no_such_subteam");
    expect(await codeOf(client.files.info({ file: "F404" }))).toBe("file_not_found");
    expect(await codeOf(client.apiCall("pins.add", { channel: "C1", timestamp: ts }))).toBe("accepted");
    expect(await codeOf(client.apiCall("pins.add", { channel: "C1", timestamp: ts }))).toBe("already_pinned");
    const raw = await fetch(`${world.slack.apiUrl}chat.postMessage`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${world.slack.tokens.bot}`,
        "content-type": "application/json; charset=utf-8",
      },
      body: "{no json",
    });
    expect(await raw.json()).toMatchObject({ ok: false, error: "invalid_json" });
  });

  it("a file whose bytes never came", async () => {
    const { file_id: id } = await client.files.getUploadURLExternal({ filename: "a.csv", length: 3 });
    const files = [{ id: String(id), title: "a" }] as [{ id: string; title: string }];
    expect(await codeOf(client.files.completeUploadExternal({ files, channel_id: "C1" }))).toBe(
      "file_not_found",
    );
  });
});
