// What the local Discord sends, field by field beside what Discord documents and beside the recorded shapes in
// test/fixtures/discord. A difference has a reason, or it is a fault of the local Discord.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { InspectedCall } from "../../src/sandbox/discord/server.ts";
import { ana, bob, forum, help, type Setting, setting } from "./discord-setting.ts";
import { absentFromDispatches, absentFromFixtures, unsentDispatches } from "./discord-strict/absent.ts";
import { corrections } from "./discord-strict/allowed.ts";
import { descriptions, strictInspector } from "./discord-strict/strict.ts";

const dispatched = new Map<string, unknown[]>();
const answered: { call: InspectedCall; status: number; body: unknown }[] = [];
let s: Setting;

/** Everything the local Discord can say, said once. */
beforeAll(async () => {
  const strict = strictInspector();
  s = await setting({
    inspector: {
      request: () => [],
      answer: (call, status, body) => {
        answered.push({ call, status, body });
        return strict.answer(call, status, body);
      },
      dispatch: (t, d) => {
        dispatched.set(t, [...(dispatched.get(t) ?? []), d]);
        return strict.dispatch(t, d);
      },
    },
  });
  const { discord } = s;
  const before = await discord.say(bob, help, "an older question");
  await discord.say(ana, help, "an answer", { thread: before });
  const client = await s.login();
  const guild = await client.guilds.fetch(discord.workspace);
  await guild.members.fetch();
  await guild.members.fetch({ user: [ana, "77"] }).catch(() => {});

  discord.addPerson({ id: "1234", name: "Cleo", groups: ["Volunteers"] });
  discord.addPerson({ id: "1234", name: "Cleo Ruiz", groups: [] });
  discord.leave("1234");
  discord.addChannel({ id: "98", name: "news", kind: "text", private: true, members: [bob] });
  discord.setOverwrite("98", ana, { allow: 1024n });
  discord.addChannel({ id: "97", name: "wishes", kind: "forum", private: false, tags: ["billing"] });
  discord.addChannel({ id: "97", name: "ideas", kind: "forum", private: false, tags: ["billing"] });

  const files = [{ name: "invoice.png", mime: "image/png", bytes: new Uint8Array(8) }];
  const asked = await discord.say(bob, help, `<@${ana}> I was charged twice, <@${discord.botUser}>`, {
    files,
  });
  await discord.edit(bob, help, asked, "I was charged twice https://example.com");
  discord.unfurl(asked);
  await discord.react(ana, help, asked, "🎫");
  await discord.react(ana, help, asked, "🎫", false);
  await discord.react(bob, help, asked, "👀");
  await discord.say(ana, help, "Which month?", { replyTo: asked });
  const reply = await discord.say(bob, help, "October", { thread: asked });
  const again = await discord.say(bob, help, "or November", { thread: asked, replyTo: reply });
  await discord.edit(bob, help, again, "or December");
  await discord.remove(bob, help, reply);
  discord.purge([await discord.say(bob, help, "spam"), await discord.say(bob, help, "spam")]);
  const post = await discord.say(bob, forum, "It drops rows", { title: "CSV import" });
  discord.setThread(post, { archived: true });
  discord.removeThread(post);

  const text = await client.channels.fetch(help);
  if (!text?.isSendable()) throw new Error("no text channel");
  const own = await (await text.send("a word")).startThread({ name: "A thread of the bot" });
  await own.send("in it");
  const asleep = await own.setArchived(true);
  expect(asleep.archived).toBe(true);
  const line = {
    type: 18,
    label: "Line",
    component: { type: 4, custom_id: "line", style: 1, required: false },
  };
  const note = { type: 1, components: [{ type: 4, custom_id: "note", label: "Note", style: 1 }] };
  const who = { type: 18, label: "Who", component: { type: 5, custom_id: "who", required: false } };
  client.on("interactionCreate", (interaction) => {
    const answer = async (): Promise<unknown> => {
      if (interaction.isButton() && interaction.customId === "form") {
        return interaction.showModal({
          title: "A form",
          custom_id: "form",
          components: [note, line, who] as never,
        });
      }
      if (interaction.isButton()) {
        await interaction.update({ content: "done" });
        const shown = await interaction.followUp({ content: "everybody sees this" });
        return interaction.webhook.editMessage(shown.id, "everybody saw this");
      }
      if (!interaction.isRepliable()) return null;
      await interaction.deferReply({ flags: 64 });
      await interaction.editReply("done");
      return interaction.followUp({ content: "and more", flags: 64 });
    };
    answer().catch((error: unknown) => wrong.push(error));
  });
  const wrong: unknown[] = [];
  const options = [
    { type: 6, name: "who", description: "who", required: true },
    { type: 7, name: "where", description: "where", required: true },
    { type: 8, name: "group", description: "group", required: true },
    { type: 3, name: "why", description: "why" },
  ];
  await client.application.commands.set(
    [
      {
        name: "request",
        description: "x",
        options: [{ type: 1, name: "assign", description: "x", options }] as never,
      },
      { type: 3, name: "Track" },
    ],
    discord.workspace,
  );
  await discord.slash(ana, help, `/request assign who:<@${bob}> where:<#${help}> group:Support why:because`);
  await discord.shortcut(ana, help, asked, "Track");
  const row = (...components: object[]): object => ({ type: 1, components });
  const button = (custom_id: string, label: string): object => ({ type: 2, style: 1, custom_id, label });
  const menu = { type: 3, custom_id: "tier", options: [{ label: "Money", value: "2" }] };
  const card = await text.send({
    content: "#42",
    nonce: "42",
    enforceNonce: true,
    embeds: [{ description: "a request" }],
    components: [
      row(button("form", "Open"), button("claim", "Claim")),
      row(menu),
      row({ type: 5, custom_id: "who" }),
    ] as never,
  });
  await discord.press(ana, card.id, "Claim");
  await discord.choose(ana, card.id, "Money");
  await discord.choose(ana, card.id, bob);
  await discord.press(ana, card.id, "Open");
  await discord.submit(ana, { note: "x", line: "y", who: bob });
  const direct = await (await client.users.fetch(ana)).send({
    content: "psst",
    components: [row(button("ok", "OK"))] as never,
  });
  await discord.press(ana, direct.id, "OK");

  await text.messages.fetch({ limit: 100 });
  await text.messages.fetch(asked);
  await guild.channels.fetchActiveThreads();
  await guild.channels.fetch();
  const joined = await guild.channels.fetch(before);
  if (joined?.isThread()) await joined.join();
  const resumed = new Promise((resolve) => client.once("shardResume", resolve));
  discord.cut();
  await resumed;
  expect(wrong).toEqual([]);
}, 60_000);

afterAll(() => s.end());

/** `author.id`, `mentions[].member.roles[]`: where there are fields in a value. Maps by id count as lists. */
function fieldsOf(value: unknown, path = "", found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const item of value) fieldsOf(item, `${path}[]`, found);
  else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      const place = /^\d+$/.test(key) ? `${path}[]` : path === "" ? key : `${path}.${key}`;
      if (!/^\d+$/.test(key)) found.add(place);
      fieldsOf(inner, place, found);
    }
  }
  return found;
}

function sent(t: string): Set<string> {
  const all = new Set<string>();
  for (const d of dispatched.get(t) ?? []) fieldsOf(d, "", all);
  return all;
}

describe("what the local Discord sends", () => {
  test("is nothing that Discord does not document: neither in dispatches nor in answers", () => {
    const mistakes = s.happenings.filter((each) => each.kind === "refused");
    expect(mistakes).toEqual([]);
    expect(answered.length).toBeGreaterThan(20);
  });

  test("is every dispatch that is described, but for those with a reason", () => {
    const { dispatches } = descriptions();
    const silent = dispatches.names.filter((name) => !dispatched.has(name));
    expect(silent.sort()).toEqual(Object.keys(unsentDispatches).sort());
  });

  test("has every documented field of a dispatch, but for those with a reason", () => {
    const { dispatches } = descriptions();
    const missing: string[] = [];
    for (const name of dispatched.keys()) {
      const fields = Object.keys((dispatches.schema(name)?.properties ?? {}) as object);
      const there = sent(name);
      for (const field of fields) {
        if (!there.has(field) && !absentFromDispatches[name]?.[field]) missing.push(`${name} ${field}`);
      }
    }
    expect(missing).toEqual([]);
  });

  test("no reason is given for a field that is sent after all", () => {
    const needless: string[] = [];
    for (const [name, reasons] of Object.entries(absentFromDispatches)) {
      for (const field of Object.keys(reasons)) if (sent(name).has(field)) needless.push(`${name} ${field}`);
    }
    expect(needless).toEqual([]);
    for (const { why } of corrections) expect(why.length).toBeGreaterThan(20);
  });
});

describe("the recorded shapes", () => {
  const read = (name: string): Record<string, unknown> =>
    JSON.parse(readFileSync(new URL(`../fixtures/discord/${name}.json`, import.meta.url), "utf8"));
  const events: Readonly<Record<string, string>> = {
    guild: "GUILD_CREATE",
    unfurled: "MESSAGE_UPDATE",
    edited: "MESSAGE_UPDATE",
    reaction: "MESSAGE_REACTION_ADD",
  };
  const shapes = [
    ...Object.entries(read("gateway")).map(
      ([name, d]) => [name, events[name] ?? "MESSAGE_CREATE", d] as const,
    ),
    ...Object.entries(read("interactions")).map(([name, d]) => [name, "INTERACTION_CREATE", d] as const),
  ];

  test.each(shapes)(
    "%s (%s) has no field that the local Discord never sends, but for those with a reason",
    (name, t, d) => {
      const there = sent(t);
      const reasons = Object.keys(absentFromFixtures[name] ?? {});
      const excused = (field: string): boolean =>
        reasons.some((each) => field === each || field.startsWith(`${each}[`));
      const missing = [...fieldsOf(d)].filter((field) => !there.has(field) && !excused(field));
      expect(missing).toEqual([]);
    },
  );

  test.each(shapes)("%s (%s) has no field that Discord does not document", (_name, t, d) => {
    const { dispatches } = descriptions();
    const faults = dispatches.undocumented(t, d);
    expect(faults).toEqual([]);
  });
});
