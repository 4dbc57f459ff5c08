// What the local Discord refuses, with the code the real one gives.
import type { Client } from "discord.js";
import { afterEach, expect, test } from "vitest";
import { Permission } from "../../src/sandbox/discord/server.ts";
import { ana, bob, codeOf, help, next, type Setting, secret, setting } from "./discord-setting.ts";

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

/** A thread started by the bot under Bob's message, and one of its own; both leave a message that nobody wrote. */
async function systemMessages(client: Client): Promise<{ root: string; starter: string; created: string }> {
  const root = await s.discord.say(bob, help, "hello");
  await client.rest.post(`/channels/${help}/messages/${root}/threads`, { body: { name: "under it" } });
  await client.rest.post(`/channels/${help}/threads`, { body: { name: "beside it", type: 11 } });
  const newest = async (channel: string, type: number): Promise<string> => {
    const page = (await client.rest.get(`/channels/${channel}/messages`)) as { id: string; type: number }[];
    const found = page.find((message) => message.type === type);
    if (!found) throw new Error(`no message of type ${type} in ${channel}`);
    return found.id;
  };
  return { root, starter: await newest(root, 21), created: await newest(help, 18) };
}

test("a message that Discord wrote itself is neither edited, answered nor, at a thread's head, deleted", async () => {
  s = await setting();
  const client = await s.login();
  const { root, starter, created } = await systemMessages(client);
  const edit = (channel: string, id: string): Promise<unknown> =>
    codeOf(client.rest.patch(`/channels/${channel}/messages/${id}`, { body: { content: "x" } }));
  expect(await edit(root, starter)).toBe(50021);
  expect(await edit(help, created)).toBe(50021);
  const reply = { content: "x", message_reference: { message_id: created } };
  expect(await codeOf(client.rest.post(`/channels/${help}/messages`, { body: reply }))).toBe(50035);
  expect(s.happenings.at(-1)).toMatchObject({ detail: expect.stringContaining("Cannot reply to a system") });
  expect(await codeOf(client.rest.delete(`/channels/${root}/messages/${starter}`))).toBe(50021);
  expect(await codeOf(client.rest.delete(`/channels/${help}/messages/${created}`))).toBe("no error");
});

test("a purge takes neither a thread's head nor what is two weeks old", async () => {
  s = await setting({ botPermissions: Permission.administrator });
  const client = await s.login();
  const { root, starter } = await systemMessages(client);
  const purge = (channel: string, ...messages: string[]): Promise<unknown> =>
    codeOf(client.rest.post(`/channels/${channel}/messages/bulk-delete`, { body: { messages } }));
  const said = await s.discord.say(bob, help, "in it", { thread: root });
  expect(await purge(root, starter, said)).toBe(50021);
  expect(await purge(root, said)).toBe(50016);
  const more = await s.discord.say(bob, help, "and more", { thread: root });
  s.clock.at += 14 * 86_400_000;
  expect(await purge(root, said, more)).toBe("no error");
  s.clock.at += 1;
  expect(await purge(help, root, await s.discord.say(bob, help, "today"))).toBe(50034);
});

test("nobody moderates a direct channel, and it has no name and no threads", async () => {
  s = await setting();
  const client = await s.login();
  const direct = s.discord.directChannel(ana);
  const theirs = await s.discord.say(ana, direct, "psst");
  await s.discord.react(ana, direct, theirs, "👀");
  const message = `/channels/${direct}/messages/${theirs}` as const;
  const purge = { messages: [theirs, await s.discord.say(ana, direct, "hello?")] };
  expect(await codeOf(client.rest.delete(message))).toBe(50003);
  expect(await codeOf(client.rest.delete(`${message}/reactions/👀/${ana}`))).toBe(50003);
  expect(await codeOf(client.rest.post(`/channels/${direct}/messages/bulk-delete`, { body: purge }))).toBe(
    50003,
  );
  expect(await codeOf(client.rest.patch(`/channels/${direct}`, { body: { name: "x" } }))).toBe(50003);
  expect(await codeOf(client.rest.post(`${message}/threads`, { body: { name: "x" } }))).toBe(50024);
  expect(s.discord.messages(direct).map(({ text }) => text)).toEqual(["psst", "hello?"]);
});

test("threads are started in text channels and forums, and have members: no other channel does", async () => {
  s = await setting();
  const client = await s.login();
  const root = await s.discord.say(bob, help, "hello");
  const inside = await s.discord.say(bob, help, "more", { thread: root });
  const start = (path: `/${string}`): Promise<unknown> =>
    codeOf(client.rest.post(path, { body: { name: "x" } }));
  expect(await start(`/channels/${root}/messages/${inside}/threads`)).toBe(50024);
  expect(await start(`/channels/${root}/threads`)).toBe(50024);
  expect(await codeOf(client.rest.put(`/channels/${help}/thread-members/@me`))).toBe(50024);
  expect(await codeOf(client.rest.put(`/channels/${root}/thread-members/@me`))).toBe("no error");
});

test("who is not a member: of a thread, of the guild any more", async () => {
  s = await setting();
  const client = await s.login();
  const root = await s.discord.say(bob, help, "hello");
  await s.discord.say(bob, help, "more", { thread: root });
  expect(await codeOf(client.rest.get(`/channels/${root}/thread-members/${ana}`))).toBe(10007);
  expect(await codeOf(client.rest.get(`/channels/${root}/thread-members/${bob}`))).toBe("no error");
  const member = `/guilds/${s.discord.workspace}/members/${bob}` as const;
  const dm = `/channels/${s.discord.directChannel(bob)}/messages` as const;
  const gone = next<{ id: string }>(client, "guildMemberRemove");
  s.discord.leave(bob);
  expect((await gone).id).toBe(bob);
  expect(await codeOf(client.rest.get(member))).toBe(10007);
  expect(await codeOf(client.rest.get(`/channels/${root}/thread-members/${bob}`))).toBe(10007);
  expect(await codeOf(client.rest.post(dm, { body: { content: "x" } }))).toBe(50278);
  await expect(s.discord.say(bob, help, "still here?")).rejects.toThrow("may not see");
  expect(s.discord.find(root)?.text).toBe("hello");
  s.discord.addPerson({ id: bob, name: "Bob" });
  expect(await codeOf(client.rest.get(member))).toBe("no error");
  expect(await codeOf(client.rest.post(dm, { body: { content: "x" } }))).toBe("no error");
});

test("commands are the application's own, and only those it has", async () => {
  s = await setting();
  const client = await s.login();
  const all = `/applications/${s.discord.botUser}/commands` as const;
  const body = { name: "queue", description: "x" };
  expect(await codeOf(client.rest.get(`/applications/${ana}/commands`))).toBe(10002);
  expect(await codeOf(client.rest.put(`/applications/${ana}/commands`, { body: [body] }))).toBe(10002);
  const { id } = (await client.rest.post(all, { body })) as { id: string };
  expect(await codeOf(client.rest.patch(`${all}/${id}`, { body: { description: "y" } }))).toBe("no error");
  for (const path of [`${all}/${ana}`, `${all}/${id}`] as const) {
    const known = path.endsWith(id);
    expect(await codeOf(client.rest.get(path))).toBe(known ? "no error" : 10063);
    expect(await codeOf(client.rest.patch(path, { body }))).toBe(known ? "no error" : 10063);
    expect(await codeOf(client.rest.delete(path))).toBe(known ? "no error" : 10063);
    expect(await codeOf(client.rest.delete(path))).toBe(10063);
  }
  const elsewhere = `/applications/${s.discord.botUser}/guilds/${ana}/commands` as const;
  expect(await codeOf(client.rest.put(elsewhere, { body: [body] }))).toBe(50001);
});
