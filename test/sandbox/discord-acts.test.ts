import {
  type APIApplicationCommandOption,
  type ButtonInteraction,
  ChannelType,
  type ChatInputCommandInteraction,
  type Client,
  DiscordAPIError,
  type Interaction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  ApplicationCommandOptionType as Option,
  type StringSelectMenuInteraction,
  type UserSelectMenuInteraction,
} from "discord.js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ana, bob, help, last, type Setting, setting } from "./discord-setting.ts";

let s: Setting;
let client: Client<true>;
let onInteraction: (interaction: Interaction) => Promise<unknown>;
/** What went wrong inside the bot's answers, with Discord's code. */
let botErrors: unknown[];

const number: APIApplicationCommandOption = {
  type: Option.Integer,
  name: "number",
  description: "which one",
  min_value: 1,
  required: true,
};
const options: APIApplicationCommandOption[] = [
  { type: Option.Subcommand, name: "list", description: "open ones" },
  { type: Option.Subcommand, name: "claim", description: "take it", options: [number] },
  {
    type: Option.Subcommand,
    name: "assign",
    description: "give it",
    options: [number, { type: Option.User, name: "who", description: "to whom", required: true }],
  },
  {
    type: Option.Subcommand,
    name: "wait",
    description: "on the customer",
    options: [number, { type: Option.String, name: "why", description: "why", max_length: 50 }],
  },
  {
    type: Option.Subcommand,
    name: "tier",
    description: "set it",
    options: [
      number,
      {
        type: Option.Integer,
        name: "tier",
        description: "1 to 5",
        required: true,
        choices: [
          { name: "Everything is failing", value: 1 },
          { name: "Money", value: 2 },
        ],
      },
    ],
  },
];
const commands = [
  { name: "request", description: "Requests", options },
  { name: "queue", description: "What is open" },
  { name: "admins", description: "Only for them", default_member_permissions: "8" },
  { type: 3, name: "Track this" },
];

beforeEach(async () => {
  botErrors = [];
  onInteraction = async () => {};
});
afterEach(() => s.end());

async function start(with_: Parameters<typeof setting>[0] = {}): Promise<void> {
  s = await setting(with_);
  client = await s.login();
  await client.application.commands.set(commands, s.discord.workspace);
  client.on("interactionCreate", (interaction) => {
    onInteraction(interaction).catch((error: unknown) => botErrors.push(error));
  });
}

/** Answers the next interactions with this, as the kind of interaction the test expects. */
function answer<T>(act: (interaction: T) => Promise<unknown>): void {
  onInteraction = (interaction) => act(interaction as T);
}

async function card(components: object[]): Promise<string> {
  const channel = await client.channels.fetch(help);
  if (channel?.type !== ChannelType.GuildText) throw new Error("no text channel");
  const rows = components.map((component) => ({ type: 1, components: [component] }));
  return (await channel.send({ content: "Request 42", components: rows as never })).id;
}

test("a slash command is answered so that only its caller sees it", async () => {
  await start();
  answer<ChatInputCommandInteraction>(async (interaction) => {
    const { options } = interaction;
    const text = `${options.getSubcommand()} ${options.getInteger("number")} in ${interaction.locale}`;
    await interaction.reply({ content: text, flags: MessageFlags.Ephemeral });
  });
  const heard: string[] = [];
  client.on("messageCreate", (message) => heard.push(message.content));
  await s.discord.slash(ana, help, "/request claim number:4");
  expect(last(s.discord.seenBy(ana))).toMatchObject({
    text: "claim 4 in es-ES",
    onlyFor: ana,
    channel: help,
  });
  await s.discord.slash(ana, help, "/request claim 5");
  expect(last(s.discord.seenBy(ana)).text).toBe("claim 5 in es-ES");
  expect(s.discord.seenBy(bob)).toEqual([]);
  expect(s.discord.messages(help)).toEqual([]);
  expect(s.refusals()).toEqual([]);
  await s.discord.say(bob, help, "hello");
  await expect.poll(() => heard).toEqual(["hello"]);
});

test("options of a command are people, choices and sentences", async () => {
  await start();
  const got: unknown[] = [];
  answer<ChatInputCommandInteraction>(async (interaction) => {
    got.push(interaction.options.data[0]?.options?.map((option) => option.value));
    if (interaction.options.getSubcommand() === "assign") {
      got.push(interaction.options.getUser("who", true).displayName);
      expect(interaction.options.getMember("who")).not.toBeNull();
    }
    await interaction.reply("ok");
  });
  await s.discord.slash(ana, help, `/request assign 4 <@${bob}>`);
  await s.discord.slash(ana, help, `/request assign who:<@${bob}> number:4`);
  await s.discord.slash(ana, help, "/request wait 4 they look for the invoice");
  await s.discord.slash(ana, help, "/request wait number:4 why:they look");
  await s.discord.slash(ana, help, "/request tier 4 Money");
  await s.discord.slash(ana, help, "/request tier 4 1");
  expect(got).toEqual([
    [4, bob],
    "Bob",
    [4, bob],
    "Bob",
    [4, "they look for the invoice"],
    [4, "they look"],
    [4, 2],
    [4, 1],
  ]);
});

test("what the client would not send is an error of whoever types", async () => {
  await start();
  const type = (text: string): Promise<void> => s.discord.slash(ana, help, text);
  await expect(type("/requests list")).rejects.toThrow("no such slash command");
  await expect(type("/request steal 4")).rejects.toThrow("no subcommand steal");
  await expect(type("/request claim")).rejects.toThrow("number is missing");
  await expect(type("/request claim four")).rejects.toThrow("not a number");
  await expect(type("/request claim 0")).rejects.toThrow("not from 1");
  await expect(type("/request claim 4 5")).rejects.toThrow('nothing takes "5"');
  await expect(type("/request assign 4 nobody")).rejects.toThrow("not a person");
  await expect(type("/request tier 4 9")).rejects.toThrow("not one of Everything is failing, Money");
  await expect(type("/admins")).rejects.toThrow("no such slash command");
});

test("a command can be typed in a thread", async () => {
  await start();
  const id = await s.discord.say(bob, help, "hello");
  await s.discord.say(bob, help, "in here", { thread: id });
  answer<ChatInputCommandInteraction>(async (interaction) => {
    expect(interaction.channel?.isThread() && interaction.channel.parentId).toBe(help);
    await interaction.reply({ content: "here", flags: MessageFlags.Ephemeral });
  });
  await s.discord.slash(ana, help, "/queue", { thread: id });
  expect(botErrors).toEqual([]);
  expect(last(s.discord.seenBy(ana))).toMatchObject({ channel: help, thread: id, text: "here" });
});

test("a button changes its message", async () => {
  await start();
  const message = await card([{ type: 2, style: 1, label: "Claim", custom_id: "claim:42" }]);
  answer<ButtonInteraction>(async (interaction) => {
    expect(interaction.customId).toBe("claim:42");
    expect(interaction.message.id).toBe(message);
    expect(interaction.inCachedGuild() && interaction.member.id).toBe(ana);
    await interaction.update({ content: `Owner: <@${interaction.user.id}>`, components: [] });
    await interaction.followUp({ content: "say it back?", flags: MessageFlags.Ephemeral });
  });
  await s.discord.press(ana, message, "claim");
  expect(s.discord.find(message)).toMatchObject({ text: "Owner: @Ana Torres", controls: [] });
  await expect.poll(() => last(s.discord.seenBy(ana)).text).toBe("say it back?");
  expect(botErrors).toEqual([]);
  await expect(s.discord.press(ana, message, "claim")).rejects.toThrow("no button");
});

test("a deferred answer is seen when it is filled", async () => {
  await start();
  answer<ChatInputCommandInteraction>(async (interaction) => {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    expect(s.discord.seenBy(ana)).toEqual([]);
    await interaction.editReply("three are open");
  });
  await s.discord.slash(ana, help, "/queue");
  expect(last(s.discord.seenBy(ana))).toMatchObject({ text: "three are open", onlyFor: ana });
  expect(botErrors).toEqual([]);
});

test("menus offer options and people", async () => {
  await start();
  const tiers = [
    { label: "2 · Money", value: "2", default: true },
    { label: "3 · Real problem", value: "3" },
  ];
  const message = await card([
    { type: 3, custom_id: "tier", placeholder: "Tier", options: tiers },
    { type: 5, custom_id: "assign", placeholder: "Assign" },
  ]);
  expect(s.discord.find(message)?.controls[0]).toMatchObject({ kind: "menu", selected: "2 · Money" });
  answer<StringSelectMenuInteraction>((interaction) =>
    interaction.update(`tier ${interaction.values.join()}`),
  );
  await s.discord.choose(ana, message, "Real problem");
  expect(s.discord.find(message)?.text).toBe("tier 3");
  answer<UserSelectMenuInteraction>((interaction) =>
    interaction.update(`owner ${interaction.users.first()?.displayName}`),
  );
  await s.discord.choose(ana, message, bob);
  expect(s.discord.find(message)?.text).toBe("owner Bob");
  await expect(s.discord.choose(ana, message, "Tier 9")).rejects.toThrow("no menu that offers");
  expect(botErrors).toEqual([]);
});

test("a modal opens, is filled in and sent", async () => {
  await start();
  const message = await card([{ type: 2, style: 2, label: "Resolve", custom_id: "resolve" }]);
  answer<ButtonInteraction>((interaction) =>
    interaction.showModal({
      title: "Resolve",
      custom_id: "resolve:42",
      components: [
        {
          type: 1,
          components: [
            { type: 4, custom_id: "note", label: "What was it?", style: 2, min_length: 3, value: "" },
          ],
        },
        {
          type: 18,
          label: "Cause",
          component: {
            type: 3,
            custom_id: "cause",
            options: [
              { label: "Docs", value: "d", default: true },
              { label: "Defect", value: "x" },
            ],
          },
        },
        { type: 18, label: "By whom", component: { type: 5, custom_id: "who", required: false } },
        {
          type: 18,
          label: "Note for us",
          component: { type: 4, custom_id: "in", style: 1, required: false },
        },
      ] as never,
    }),
  );
  await s.discord.press(ana, message, "Resolve");
  expect(botErrors).toEqual([]);
  expect(s.discord.modal(ana)).toMatchObject({
    title: "Resolve",
    fields: [
      { name: "note", label: "What was it?", multiline: true, required: true },
      { name: "cause", label: "Cause", value: "d" },
      { name: "who", label: "By whom", required: false },
      { name: "in", label: "Note for us", multiline: false },
    ],
    errors: {},
  });
  await s.discord.submit(ana, { note: "x" });
  expect(s.discord.modal(ana)?.errors).toEqual({ note: "Must be 3 or more in length." });
  await expect(s.discord.submit(ana, { colour: "red" })).rejects.toThrow("has no field colour");

  answer<ModalSubmitInteraction>(async (interaction) => {
    const { fields } = interaction;
    expect(interaction.isFromMessage()).toBe(true);
    const values = [fields.getTextInputValue("note"), fields.getStringSelectValues("cause").join()];
    const who = fields.getSelectedUsers("who")?.first()?.displayName;
    await interaction.reply({ content: `${values.join(" ")} ${who}`, flags: MessageFlags.Ephemeral });
  });
  await s.discord.submit(ana, { "What was it?": "a typo", cause: "Defect", who: bob });
  expect(botErrors).toEqual([]);
  expect(s.discord.modal(ana)).toBeNull();
  expect(last(s.discord.seenBy(ana)).text).toBe("a typo x Bob");
});

test("a modal the bot does not take stays open", async () => {
  await start({ interactionDeadlineMs: 40 });
  answer<ChatInputCommandInteraction>((interaction) =>
    interaction.showModal({
      title: "Note",
      custom_id: "note",
      components: [
        { type: 1, components: [{ type: 4, custom_id: "text", label: "Text", style: 1 }] },
      ] as never,
    }),
  );
  await s.discord.slash(ana, help, "/queue");
  onInteraction = async () => {};
  await s.discord.submit(ana, { text: "hello" });
  expect(s.discord.modal(ana)?.errors).toEqual({ "": "Something went wrong. Try again." });
  await s.discord.dismiss(ana);
  expect(s.discord.modal(ana)).toBeNull();
});

test("a message's own menu has the bot's command", async () => {
  await start();
  const id = await s.discord.say(bob, help, "I was charged twice");
  answer<MessageContextMenuCommandInteraction>(async (interaction) => {
    expect(interaction.targetId).toBe(id);
    await interaction.reply({ content: interaction.targetMessage.content, flags: MessageFlags.Ephemeral });
  });
  await s.discord.shortcut(ana, help, id, "Track this");
  expect(last(s.discord.seenBy(ana)).text).toBe("I was charged twice");
  await expect(s.discord.shortcut(ana, help, id, "Eat this")).rejects.toThrow("it offers Track this");
});

test("buttons work in direct messages", async () => {
  await start();
  const user = await client.users.fetch(ana);
  const row = { type: 1, components: [{ type: 2, style: 1, label: "Send it", custom_id: "send" }] };
  const sent = await user.send({ content: "A draft", components: [row] as never });
  answer<ButtonInteraction>((interaction) => {
    expect(interaction.inGuild()).toBe(false);
    return interaction.update({ content: "Sent", components: [] });
  });
  await s.discord.press(ana, sent.id, "Send");
  expect(botErrors).toEqual([]);
  expect(s.discord.find(sent.id)?.text).toBe("Sent");
});

test("a bot that does not answer in time is told so, and so is the person", async () => {
  await start({ interactionDeadlineMs: 40 });
  const late = Promise.withResolvers<void>();
  answer<ChatInputCommandInteraction>(async (interaction) => {
    await late.promise;
    await interaction.reply("sorry");
  });
  await s.discord.slash(ana, help, "/queue");
  expect(last(s.discord.seenBy(ana))).toMatchObject({
    text: "The application did not respond",
    onlyFor: ana,
  });
  late.resolve();
  await expect.poll(() => botErrors).toHaveLength(1);
  expect(botErrors[0]).toMatchObject({ code: 10062 });
  expect(s.refusals()).toEqual(["10062 POST /interactions/:interaction/:token/callback"]);
});

test("an interaction is answered once, and its token lives 15 minutes", async () => {
  await start();
  const codes: unknown[] = [];
  const code = (promise: Promise<unknown>): Promise<void> =>
    promise.then(
      () => void codes.push("no error"),
      (error: unknown) => void codes.push(error instanceof DiscordAPIError ? error.code : error),
    );
  answer<ChatInputCommandInteraction>(async (interaction) => {
    const callback = `/interactions/${interaction.id}/${interaction.token}/callback` as const;
    const webhook = `/webhooks/${interaction.applicationId}/${interaction.token}` as const;
    await code(client.rest.post(webhook, { body: { content: "early" }, auth: false }));
    await code(client.rest.post(callback, { body: { type: 7, data: { content: "x" } }, auth: false }));
    await code(client.rest.post(callback, { body: { type: 4, data: { content: "" } }, auth: false }));
    await code(client.rest.post(callback, { body: { type: 4, data: { content: "one" } }, auth: false }));
    await code(client.rest.post(callback, { body: { type: 4, data: { content: "two" } }, auth: false }));
    s.clock.at += 14 * 60_000;
    await code(client.rest.post(webhook, { body: { content: "more" }, auth: false }));
    s.clock.at += 2 * 60_000;
    await code(client.rest.post(webhook, { body: { content: "too late" }, auth: false }));
  });
  await s.discord.slash(ana, help, "/queue");
  await expect.poll(() => codes).toHaveLength(7);
  expect(codes).toEqual([10015, 50035, 50006, "no error", 40060, "no error", 50027]);
  expect(s.discord.messages(help).map((message) => message.text)).toEqual(["one", "more"]);
});

test("the answer to a command can be read, changed and deleted", async () => {
  await start();
  answer<ChatInputCommandInteraction>(async (interaction) => {
    const { resource } = await interaction.reply({ content: "one", withResponse: true });
    expect(resource?.message?.content).toBe("one");
    expect((await interaction.fetchReply()).content).toBe("one");
    await interaction.editReply("two");
    const more = await interaction.followUp("three");
    await more.delete();
    await interaction.deleteReply();
  });
  await s.discord.slash(ana, help, "/queue");
  await expect.poll(() => s.happenings.filter((h) => h.kind === "deleted")).toHaveLength(2);
  expect(botErrors).toEqual([]);
  expect(s.discord.messages(help)).toEqual([]);
});

test("malformed commands and modals are refused", async () => {
  await start();
  const codes: unknown[] = [];
  const code = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => "no error",
      (error: unknown) => (error instanceof DiscordAPIError ? error.code : error),
    );
  const route = `/applications/${client.application.id}/commands` as const;
  const put = (body: object): Promise<unknown> => code(client.rest.put(route, { body: [body] }));
  expect(await put({ name: "Request", description: "x" })).toBe(50035);
  expect(await put({ name: "request" })).toBe(50035);
  expect(await put({ name: "request", description: "x".repeat(101) })).toBe(50035);
  expect(await put({ name: "Track this", type: 3, description: "x" })).toBe(50035);
  expect(
    await put({
      name: "request",
      description: "x",
      options: [{ type: 3, name: "a", description: "b" }, number],
    }),
  ).toBe(50035);
  expect(await put({ name: "request", description: "x" })).toBe("no error");
  const below = (type: number, name: string, inside: object[]) => ({
    type,
    name,
    description: "x",
    options: inside,
  });
  const nested = (inside: object) => put({ name: "siempre", description: "x", options: [inside] });
  expect(await nested(below(2, "policy", [below(1, "show", [number])]))).toBe("no error");
  expect(await nested(below(2, "policy", [number]))).toBe(50035);
  expect(await nested(below(2, "policy", [below(2, "show", [])]))).toBe(50035);
  expect(await nested(below(1, "policy", [below(1, "show", [])]))).toBe(50035);
  const input = { type: 4, custom_id: "x", label: "x", style: 1 };
  const modal = (data: object): object => ({ type: 9, data: { title: "x", custom_id: "x", ...data } });
  const row = { type: 1, components: [input] };
  answer<ChatInputCommandInteraction>(async (interaction) => {
    const callback = `/interactions/${interaction.id}/${interaction.token}/callback` as const;
    for (const data of [
      {},
      { components: [] },
      { components: Array.from({ length: 6 }, () => row) },
      { title: "x".repeat(46), components: [row] },
      { components: [{ type: 1, components: [{ ...input, label: "x".repeat(46) }] }] },
      { components: [{ type: 1, components: [{ ...input, value: "x".repeat(4001) }] }] },
      { components: [row] },
    ]) {
      codes.push(await code(client.rest.post(callback, { body: modal(data), auth: false })));
    }
  });
  await s.discord.slash(ana, help, "/queue");
  await expect.poll(() => codes).toHaveLength(7);
  expect(codes).toEqual([50035, 50035, 50035, 50035, 50035, 50035, "no error"]);
  expect(s.discord.modal(ana)?.title).toBe("x");
});
