import type { KnownBlock, ModalView } from "@slack/types";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { boltBot, codeOf, town } from "./slack-bot.ts";

const card: KnownBlock[] = [
  { type: "header", text: { type: "plain_text", text: "Request #1" } },
  {
    type: "actions",
    block_id: "acts",
    elements: [
      {
        type: "button",
        action_id: "claim",
        text: { type: "plain_text", text: "Claim" },
        value: "1",
        style: "primary",
      },
      {
        type: "static_select",
        action_id: "tier",
        placeholder: { type: "plain_text", text: "Tier" },
        options: [1, 2].map((tier) => ({
          text: { type: "plain_text", text: `Tier ${tier}` },
          value: `${tier}`,
        })),
      },
      { type: "users_select", action_id: "assign", placeholder: { type: "plain_text", text: "Assign to" } },
    ],
  },
];

const form: ModalView = {
  type: "modal",
  callback_id: "reply",
  private_metadata: "request=1",
  title: { type: "plain_text", text: "Reply" },
  submit: { type: "plain_text", text: "Send" },
  notify_on_close: true,
  blocks: [
    {
      type: "input",
      block_id: "words",
      label: { type: "plain_text", text: "Your words" },
      element: { type: "plain_text_input", action_id: "words", multiline: true, max_length: 20 },
    },
    {
      type: "input",
      block_id: "when",
      optional: true,
      label: { type: "plain_text", text: "When" },
      element: {
        type: "static_select",
        action_id: "when",
        options: [{ text: { type: "plain_text", text: "Today" }, value: "today" }],
      },
    },
  ],
};

describe("interactions in the local Slack, through the real SDK", () => {
  let world: Awaited<ReturnType<typeof town>>;
  let bot: Awaited<ReturnType<typeof boltBot>>;
  beforeEach(async () => {
    world = await town({
      sockets: { ackTimeoutMs: 300 },
      shortcuts: [{ name: "Open a request", callback_id: "request_open" }],
    });
    bot = await boltBot(world.slack);
  });
  afterEach(async () => {
    await bot.stop();
    await world.slack.stop();
  });

  it("brings a pressed button to the bot, which opens the card anew", async () => {
    const { slack } = world;
    bot.app.action("claim", async ({ ack, body, client }) => {
      await ack();
      if (body.type !== "block_actions") return;
      await client.chat.update({ channel: "C2", ts: body.container.message_ts, text: "claimed", blocks: [] });
    });
    const sent = await bot.client.chat.postMessage({ channel: "C2", text: "Request #1", blocks: card });
    const shown = slack.find(String(sent.ts));
    expect(shown?.text).toBe("Request #1");
    expect(shown?.controls.map(({ kind, label }) => [kind, label])).toEqual([
      ["button", "Claim"],
      ["menu", "Tier"],
      ["people", "Assign to"],
    ]);
    await slack.press("U2", String(sent.ts), "cla");
    const edited = await world.happenings.next((each) => each.kind === "edited");
    expect(edited).toMatchObject({ message: { text: "claimed", controls: [] } });
    const body = bot.bodies.all.find((each) => each.type === "block_actions");
    expect(body).toMatchObject({
      user: { id: "U2", username: "luis", team_id: slack.workspace },
      channel: { id: "C2", name: "privategroup" },
      container: { type: "message", message_ts: sent.ts, channel_id: "C2", is_ephemeral: false },
      message: { ts: sent.ts, bot_id: expect.any(String) },
      state: { values: { acts: { tier: { type: "static_select", selected_option: null } } } },
      actions: [
        { type: "button", action_id: "claim", block_id: "acts", value: "1", action_ts: expect.any(String) },
      ],
    });
  });

  it("brings a choice in a menu and in a people menu", async () => {
    const { slack } = world;
    const chosen: unknown[] = [];
    bot.app.action(/tier|assign/, async ({ ack, action }) => {
      await ack();
      chosen.push(action);
    });
    const { ts } = await bot.client.chat.postMessage({
      channel: "C2",
      text: "Request #1",
      attachments: [{ color: "#f00", fallback: "Request #1", blocks: card }],
    });
    await slack.choose("U2", String(ts), "tier 2");
    await slack.choose("U2", String(ts), "U1");
    expect(chosen).toMatchObject([
      { type: "static_select", selected_option: { value: "2", text: { text: "Tier 2" } } },
      { type: "users_select", selected_user: "U1" },
    ]);
    expect(bot.bodies.all.at(-1)).toMatchObject({
      container: { type: "message_attachment", attachment_id: 1 },
      state: { values: { acts: { tier: { selected_option: { value: "2" } } } } },
    });
    expect(slack.find(String(ts))?.controls.map((control) => control.selected)).toEqual([
      null,
      "Tier 2",
      "Ana",
    ]);
    await expect(slack.choose("U2", String(ts), "tier 9")).rejects.toThrow(/offers "tier 9"/);
    await expect(slack.press("U1", String(ts), "Claim")).rejects.toThrow(/not in channel/);
  });

  it("takes a slash command with escaped mentions and shows the immediate answer to its person", async () => {
    const { slack } = world;
    const heard: unknown[] = [];
    bot.app.command("/request", async ({ ack, command }) => {
      heard.push(command);
      await ack({ text: "Assigned to <@U1>." });
    });
    await slack.slash("U2", "C1", "/request assign 4 <@U1>");
    expect(heard).toMatchObject([
      {
        command: "/request",
        text: "assign 4 <@U1|ana>",
        user_id: "U2",
        channel_id: "C1",
        team_id: slack.workspace,
      },
    ]);
    expect(slack.seenBy("U2").map(({ text, onlyFor }) => [text, onlyFor])).toEqual([
      ["Assigned to @Ana.", "U2"],
    ]);
    await expect(slack.slash("U2", "C1", "/request list", { thread: "1.2" })).rejects.toThrow(
      "Slack has no slash commands in threads",
    );
    slack.addPerson({ id: "U9", name: "Zoe", external: true });
    await slack.say("U9", "C1", "hi");
    await expect(slack.slash("U9", "C1", "/request list")).rejects.toThrow(/another organisation/);
  });

  it("replaces and deletes an ephemeral message through its response address, and keeps it out of the payload", async () => {
    const { slack } = world;
    bot.app.action("claim", async ({ ack, body }) => {
      await ack();
      if (body.type !== "block_actions") return;
      await fetch(body.response_url, {
        method: "POST",
        body: JSON.stringify({ replace_original: true, text: "taken" }),
      });
    });
    await bot.client.chat.postEphemeral({ channel: "C2", user: "U2", text: "x", blocks: card });
    const [shown] = slack.seenBy("U2");
    await slack.press("U2", String(shown?.id), "Claim");
    await world.happenings.next((each) => each.kind === "edited");
    expect(slack.seenBy("U2")).toMatchObject([{ id: shown?.id, text: "taken", onlyFor: "U2" }]);
    const body = bot.bodies.all.find((each) => each.type === "block_actions");
    expect(body).toMatchObject({ container: { is_ephemeral: true } });
    expect(body).not.toHaveProperty("message");
  });

  it("opens a modal from a message shortcut, shows errors at the fields, and takes the corrected form", async () => {
    const { slack } = world;
    bot.app.shortcut("request_open", async ({ ack, shortcut, client }) => {
      await client.views.open({ trigger_id: shortcut.trigger_id, view: form });
      await ack();
    });
    const submitted: unknown[] = [];
    bot.app.view("reply", async ({ ack, view }) => {
      submitted.push(view.state.values);
      const words = view.state.values.words?.words?.value;
      if (words === "no") await ack({ response_action: "errors", errors: { words: "Say more." } });
      else await ack();
    });
    const ts = await slack.say("U1", "C1", "please");
    await slack.shortcut("U2", "C1", ts, "Open a request");
    const payload = bot.bodies.all.find((each) => each.type === "message_action");
    expect(payload).toMatchObject({
      callback_id: "request_open",
      message_ts: ts,
      message: { text: "please", user: "U1" },
    });
    expect(payload).not.toHaveProperty("api_app_id");
    expect(slack.modal("U2")).toMatchObject({
      title: "Reply",
      submit: "Send",
      fields: [
        { name: "words", label: "Your words", value: "", multiline: true, required: true },
        { name: "when", required: false },
      ],
    });
    await slack.submit("U2", {});
    expect(slack.modal("U2")?.errors).toEqual({ words: "Please complete this required field." });
    await slack.submit("U2", { words: "much too long for this little field" });
    expect(slack.modal("U2")?.errors).toEqual({ words: "Must be less than 21 characters." });
    expect(submitted).toEqual([]);
    await slack.submit("U2", { "your words": "no", when: "today" });
    expect(slack.modal("U2")).toMatchObject({
      errors: { words: "Say more." },
      fields: [{ value: "no" }, { value: "Today" }],
    });
    await slack.submit("U2", { words: "yes" });
    expect(slack.modal("U2")).toBeNull();
    expect(submitted).toMatchObject([
      { words: { words: { type: "plain_text_input", value: "no" } } },
      { words: { words: { value: "yes" } }, when: { when: { selected_option: { value: "today" } } } },
    ]);
    expect(bot.bodies.all.find((each) => each.type === "view_submission")).toMatchObject({
      view: { callback_id: "reply", private_metadata: "request=1", root_view_id: expect.any(String) },
    });
    expect(world.refusals()).toEqual([]);
  });

  it("updates, stacks and closes modals as the bot asks", async () => {
    const { slack } = world;
    const second: ModalView = {
      ...form,
      callback_id: "second",
      title: { type: "plain_text", text: "Second" },
    };
    bot.app.command("/request", async ({ ack, command, client }) => {
      const { view } = await client.views.open({ trigger_id: command.trigger_id, view: form });
      expect(await codeOf(client.views.open({ trigger_id: command.trigger_id, view: form }))).toBe(
        "exchanged_trigger_id",
      );
      await client.views.update({
        view_id: String(view?.id),
        hash: String(view?.hash),
        view: { ...form, title: { type: "plain_text", text: "Updated" } },
      });
      await ack();
    });
    bot.app.view("reply", async ({ ack }) => ack({ response_action: "push", view: second }));
    bot.app.view("second", async ({ ack, view }) => {
      const { value } = view.state.values.words?.words ?? {};
      await ack(value === "all" ? { response_action: "clear" } : undefined);
    });
    await slack.slash("U2", "C1", "/request reply 1");
    expect(slack.modal("U2")?.title).toBe("Updated");
    await slack.submit("U2", { words: "go" });
    expect(slack.modal("U2")?.title).toBe("Second");
    await slack.submit("U2", { words: "one" });
    expect(slack.modal("U2")?.title).toBe("Updated");
    await slack.submit("U2", { words: "go" });
    await slack.submit("U2", { words: "all" });
    expect(slack.modal("U2")).toBeNull();
    await slack.slash("U2", "C1", "/request reply 1");
    await slack.dismiss("U2");
    expect(bot.bodies.all.at(-1)).toMatchObject({
      type: "view_closed",
      view: { title: { text: "Updated" } },
    });
  });

  it.each<[string, object, string]>([
    ["errors that name no field", { response_action: "errors", errors: { nowhere: "?" } }, "invalid_errors"],
    ["an action Slack does not have", { response_action: "close" }, "invalid_response_action"],
    ["no action at all", { ok: true }, "invalid_response_action"],
  ])("keeps a modal open when the bot answers its submission with %s", async (_, answer, code) => {
    const { slack } = world;
    bot.app.command("/request", async ({ ack, command, client }) => {
      await client.views.open({ trigger_id: command.trigger_id, view: form });
      await ack();
    });
    bot.app.view("reply", async ({ ack }) => ack(answer as { response_action: "clear" }));
    await slack.slash("U2", "C1", "/request");
    await slack.submit("U2", { words: "x" });
    expect(slack.modal("U2")?.errors).toEqual({ "": "We had some trouble connecting. Try again?" });
    expect(world.refusals()).toMatchObject([{ method: "view_submission", code }]);
  });

  it("tells the person when the bot does not answer in time", async () => {
    const { slack } = world;
    const never = new Promise<void>(() => {});
    bot.app.command("/request", () => never);
    bot.app.action("claim", () => never);
    await slack.slash("U2", "C1", "/request list");
    const { ts } = await bot.client.chat.postMessage({ channel: "C2", text: "c", blocks: card });
    await slack.press("U2", String(ts), "Claim");
    const notices = slack.seenBy("U2").filter((each) => each.onlyFor === "U2");
    expect(notices.map(({ text, author }) => [text, author.name])).toEqual([
      ["/request failed: the app didn't respond in time.", "Slackbot"],
      ["Siempre didn't respond in time.", "Slackbot"],
    ]);
  });

  it("knows an expired trigger from an invented one", async () => {
    const short = await town({ lifetimes: { triggerMs: 1 } });
    const other = await boltBot(short.slack);
    let trigger = "";
    other.app.command("/request", async ({ ack, command }) => {
      trigger = command.trigger_id;
      await ack();
    });
    await short.slack.slash("U2", "C1", "/request");
    const open = (id: string) => codeOf(other.client.views.open({ trigger_id: id, view: form }));
    await expect.poll(() => open(trigger)).toBe("expired_trigger_id");
    expect(await open("nonsense")).toBe("invalid_trigger_id");
    await other.stop();
    await short.slack.stop();
  });
});
