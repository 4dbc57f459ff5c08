// Every size of Discord's that a bot's message, command, thread or form can meet: what is just within it is taken, one more
// is refused. What messages share with these is in discord-limits.test.ts.
import type { ChatInputCommandInteraction } from "discord.js";
import { describe, expect, test } from "vitest";
import { answer, client, s, start } from "./discord-bot.ts";
import { ana, bob, codeOf, help } from "./discord-setting.ts";

const x = (length: number) => "x".repeat(length);
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const row = (...components: object[]) => ({ type: 1, components });
const button = (id: number | string, fields: object = {}) => ({
  ...{ type: 2, style: 1, label: "x", custom_id: `${id}` },
  ...fields,
});
const options = (count: number) => times(count, (n) => ({ label: `${n}`, value: `${n}` }));
const menu = (fields: object) => ({
  components: [row({ type: 3, custom_id: "a", options: options(1), ...fields })],
});
const embed = (fields: object) => ({ embeds: [{ description: "x", ...fields }] });
const field = (fields: object) => embed({ fields: [{ name: "x", value: "x", ...fields }] });
const V2 = 1 << 15;
const words = (length: number) => ({ type: 10, content: x(length) });

type Size = readonly [what: string, size: number, make: (size: number) => object];

const messages: readonly Size[] = [
  ["an embed's title", 256, (n) => embed({ title: x(n) })],
  ["an embed's words", 4096, (n) => embed({ description: x(n) })],
  ["an embed's author", 256, (n) => embed({ author: { name: x(n) } })],
  ["an embed's foot", 2048, (n) => embed({ footer: { text: x(n) } })],
  ["fields", 25, (n) => embed({ fields: times(n, () => ({ name: "x", value: "x" })) })],
  ["a field's name", 256, (n) => field({ name: x(n) })],
  ["a field's words", 1024, (n) => field({ value: x(n) })],
  ["rows", 5, (n) => ({ content: "x", components: times(n, (each) => row(button(each))) })],
  ["buttons in a row", 5, (n) => ({ content: "x", components: [row(...times(n, button))] })],
  ["a placeholder", 150, (n) => ({ content: "x", ...menu({ placeholder: x(n) }) })],
  ["an option's value", 100, (n) => menu({ options: [{ label: "x", value: x(n) }] })],
  ["an option's words", 100, (n) => menu({ options: [{ label: "x", value: "x", description: x(n) }] })],
  [
    "paragraphs of a section",
    3,
    (n) => ({
      flags: V2,
      components: [{ type: 9, components: times(n, () => words(1)), accessory: button("a") }],
    }),
  ],
  [
    "people who may be told",
    100,
    (n) => ({ content: "x", allowed_mentions: { users: times(n, (each) => `${each}`) } }),
  ],
];

const command = (fields: object) => [{ name: "x", description: "x", ...fields }];
const option = (fields: object) =>
  command({ options: [{ type: 3, name: "o", description: "x", ...fields }] });
const choice = (fields: object) => option({ choices: [{ name: "x", value: "x", ...fields }] });
const named = (count: number, make: object) => times(count, (n) => ({ name: `x${n}`, ...make }));

const commands: readonly Size[] = [
  ["a command's name", 32, (n) => command({ name: x(n) })],
  ["a command's words", 100, (n) => command({ description: x(n) })],
  ["commands", 100, (n) => named(n, { description: "x" })],
  ["commands on messages", 15, (n) => named(n, { type: 3 })],
  ["options", 25, (n) => command({ options: named(n, { type: 3, description: "x" }) })],
  ["an option's name", 32, (n) => option({ name: x(n) })],
  ["choices", 25, (n) => option({ choices: named(n, { value: "x" }) })],
  ["a choice's name", 100, (n) => choice({ name: x(n) })],
  ["a choice's value", 100, (n) => choice({ value: x(n) })],
  ["what an option takes", 6000, (n) => option({ max_length: n })],
];

const line = (fields: object) => row({ type: 4, custom_id: "a", label: "x", style: 1, ...fields });
const label = (fields: object) => ({
  type: 18,
  ...{ label: "x", component: { type: 4, custom_id: "a", style: 1 } },
  ...fields,
});

const forms: readonly Size[] = [
  ["a form's title", 45, (n) => ({ title: x(n) })],
  ["a form's custom id", 100, (n) => ({ custom_id: x(n) })],
  ["its fields", 5, (n) => ({ components: times(n, (each) => line({ custom_id: `${each}` })) })],
  ["a field's label", 45, (n) => ({ components: [line({ label: x(n) })] })],
  ["a field's placeholder", 100, (n) => ({ components: [line({ placeholder: x(n) })] })],
  ["a field's value", 4000, (n) => ({ components: [line({ value: x(n) })] })],
  ["what a field takes", 4000, (n) => ({ components: [line({ max_length: n })] })],
  ["a label around a field", 45, (n) => ({ components: [label({ label: x(n) })] })],
  ["a label's words", 100, (n) => ({ components: [label({ description: x(n) })] })],
];

const threads: readonly Size[] = [
  ["a thread's name", 100, (n) => ({ name: x(n) })],
  ["a thread's pace, s", 21_600, (n) => ({ name: "x", rate_limit_per_user: n })],
];

describe("in the local Discord", () => {
  test.each(messages)("%s of a message: %i", async (_, size, make) => {
    await start();
    const send = (body: object) => codeOf(client.rest.post(`/channels/${help}/messages`, { body }));
    expect(await send(make(size))).toBe("no error");
    expect(await send(make(size + 1))).toBe(50035);
  });

  test.each(commands)("%s: %i", async (_, size, make) => {
    await start();
    const put = (body: object) =>
      codeOf(client.rest.put(`/applications/${client.application.id}/commands`, { body }));
    expect(await put(make(size))).toBe("no error");
    expect(await put(make(size + 1))).toBe(50035);
  });

  test.each(threads)("%s: %i", async (_, size, make) => {
    await start();
    const open = async (body: object) => {
      const root = await s.discord.say(bob, help, "hello");
      return codeOf(client.rest.post(`/channels/${help}/messages/${root}/threads`, { body }));
    };
    expect(await open(make(size))).toBe("no error");
    expect(await open(make(size + 1))).toBe(50035);
  });

  test("forms", async () => {
    await start();
    const codes: unknown[] = [];
    answer<ChatInputCommandInteraction>(async (interaction) => {
      const callback = `/interactions/${interaction.id}/${interaction.token}/callback` as const;
      const show = (data: object) => {
        const body = { type: 9, data: { title: "x", custom_id: "x", components: [line({})], ...data } };
        return codeOf(client.rest.post(callback, { body, auth: false }));
      };
      const [, size, make] = forms[codes.length / 2] ?? ["", 0, () => ({})];
      codes.push(await show(make(size + 1)), await show(make(size)));
    });
    for (const _ of forms) await s.discord.slash(ana, help, "/queue");
    await expect.poll(() => codes).toHaveLength(forms.length * 2);
    expect(codes).toEqual(forms.flatMap(() => [50035, "no error"]));
  });
});
