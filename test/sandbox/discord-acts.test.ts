import {
  type ChatInputCommandInteraction,
  DiscordAPIError,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
} from "discord.js";
import { expect, test } from "vitest";
import { answer, botErrors, client, number, s, start } from "./discord-bot.ts";
import { ana, bob, help, last } from "./discord-setting.ts";

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
