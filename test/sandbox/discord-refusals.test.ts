// What the local Discord refuses, with the code the real one gives.
import { afterEach, expect, test } from "vitest";
import { ana, bob, codeOf, help, type Setting, secret, setting } from "./discord-setting.ts";

let s: Setting;
afterEach(() => s.end());

test("what the bot may not see or do is refused", async () => {
  s = await setting();
  s.discord.addChannel({ id: secret, name: "team", kind: "text", private: true, members: [ana], bot: false });
  const client = await s.login();
  const id = await s.discord.say(ana, secret, "only us");
  await expect(s.discord.say(bob, secret, "me?")).rejects.toThrow("may not see");
  expect(await codeOf(client.rest.get(`/channels/${secret}/messages`))).toBe(50001);
  expect(await codeOf(client.rest.get("/channels/1"))).toBe(10003);
  const theirs = await s.discord.say(bob, help, "hi");
  expect(await codeOf(client.rest.delete(`/channels/${help}/messages/${theirs}`))).toBe(50013);
  expect(
    await codeOf(client.rest.patch(`/channels/${help}/messages/${theirs}`, { body: { content: "x" } })),
  ).toBe(50005);
  s.discord.setOverwrite(help, s.discord.botUser, { deny: 1n << 11n });
  expect(await codeOf(client.rest.post(`/channels/${help}/messages`, { body: { content: "x" } }))).toBe(
    50013,
  );
  expect(s.discord.seenBy(ana).map((message) => message.id)).toContain(id);
  expect(s.discord.seenBy(bob).map((message) => message.id)).not.toContain(id);
});

test("malformed messages are refused with the place and the reason", async () => {
  s = await setting();
  const client = await s.login();
  const send = (body: unknown): Promise<unknown> =>
    codeOf(client.rest.post(`/channels/${help}/messages`, { body }));
  const button = { type: 2, style: 1, label: "Claim", custom_id: "claim" };
  const row = (...components: unknown[]): unknown => ({
    content: "x",
    components: [{ type: 1, components }],
  });
  expect(await send({})).toBe(50006);
  expect(await send({ content: "x".repeat(2001) })).toBe(50035);
  expect(await send({ content: "😀".repeat(2000) })).toBe("no error");
  expect(await send({ embeds: [{ description: "x".repeat(4097) }] })).toBe(50035);
  expect(
    await send({
      embeds: [{ title: "x" }, { description: "x".repeat(4000) }, { description: "x".repeat(2000) }],
    }),
  ).toBe(50035);
  expect(await send(row({ type: 2, style: 1, label: "x" }))).toBe(50035);
  expect(await send(row({ ...button, custom_id: "x".repeat(101) }))).toBe(50035);
  expect(await send(row({ ...button, label: "x".repeat(81) }))).toBe(50035);
  expect(await send(row(button, button))).toBe(50035);
  expect(await send(row(button, { type: 5, custom_id: "who" }))).toBe(50035);
  expect(
    await send({
      content: "x",
      components: Array.from({ length: 6 }, (_, n) => ({
        type: 1,
        components: [{ ...button, custom_id: `${n}` }],
      })),
    }),
  ).toBe(50035);
  const options = Array.from({ length: 26 }, (_, n) => ({ label: `${n}`, value: `${n}` }));
  expect(await send(row({ type: 3, custom_id: "tier", options }))).toBe(50035);
  expect(await send(row({ type: 3, custom_id: "tier", options: options.slice(1) }))).toBe("no error");
  expect(await send({ content: "x", components: [{ type: 10, content: "v2 without its flag" }] })).toBe(
    50035,
  );
  expect(await send({ content: "x", flags: 32768, components: [{ type: 10, content: "both" }] })).toBe(50035);
  expect(await send({ content: "x", allowed_mentions: { parse: ["users"], users: [bob] } })).toBe(50035);
  expect(await send({ content: "x", message_reference: { message_id: "1" } })).toBe(50035);
  const refused = s.happenings.find((h) => h.kind === "refused" && h.code === "50035");
  expect(refused).toMatchObject({
    detail: expect.stringContaining("content[BASE_TYPE_MAX_LENGTH]: Must be 2000"),
  });
});
