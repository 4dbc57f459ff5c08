// Buttons, menus and forms as the bot's answer sees them.
import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
  type UserSelectMenuInteraction,
} from "discord.js";
import { expect, test } from "vitest";
import { answer, botErrors, card, client, s, start } from "./discord-bot.ts";
import { ana, bob, help, last } from "./discord-setting.ts";

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
  answer(async () => {});
  await s.discord.submit(ana, { text: "hello" });
  expect(s.discord.modal(ana)?.errors).toEqual({ "": "Something went wrong. Try again." });
  await s.discord.dismiss(ana);
  expect(s.discord.modal(ana)).toBeNull();
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
