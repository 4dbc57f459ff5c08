// The strict local Discord refuses what Discord would, and says so to whoever runs the test.
import { afterEach, describe, expect, test } from "vitest";
import { Permission, snowflakeAt } from "../../src/sandbox/discord/server.ts";
import { ana, bob, forum, help, MORNING } from "./discord-setting.ts";
import { type StrictDiscord, startStrictDiscord } from "./discord-strict/strict.ts";

type Options = Partial<Parameters<typeof startStrictDiscord>[0]>;

let discord: StrictDiscord;
const clock = { at: MORNING, now: () => clock.at };
const refused: string[] = [];

async function open(options: Options = {}): Promise<void> {
  clock.at = MORNING;
  refused.length = 0;
  discord = await startStrictDiscord({ clock, ...options });
  discord.observe((each) => {
    if (each.kind === "refused") refused.push(`${each.code} ${each.detail}`);
  });
  discord.addPerson({ id: ana, name: "Ana" });
  discord.addPerson({ id: bob, name: "Bob" });
  discord.addChannel({ id: help, name: "help", kind: "text", private: false });
  discord.addChannel({ id: forum, name: "ideas", kind: "forum", private: false, tags: ["billing"] });
}

/** Ends the server; resolves with what it has to say of the bot. */
async function verdict(): Promise<string> {
  return discord.stop().then(
    () => "",
    (error: Error) => error.message,
  );
}

afterEach(async () => {
  await discord.stop().catch(() => {});
});

interface Reply {
  status: number;
  /** Discord's own number, or 0. */
  code: number;
  body: Record<string, unknown>;
}

/** A bare call: no SDK corrects what is sent. */
async function call(method: string, path: string, body?: unknown): Promise<Reply> {
  const response = await fetch(`${discord.apiUrl}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${discord.tokens.bot}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = text === "" ? {} : JSON.parse(text);
  return { status: response.status, code: json.code ?? 0, body: json };
}

const send = (body: unknown, channel = help): Promise<Reply> =>
  call("POST", `/channels/${channel}/messages`, body);
const idOf = (reply: Reply): string => String(reply.body.id);

describe("by Discord's own description", () => {
  test.each([
    ["a misspelt field", () => send({ content: "x", embed: [] }), "embed)"],
    ["a misspelt field deep inside", () => send({ embeds: [{ description: "x", colour: 1 }] }), "colour"],
    ["a number for a text", () => send({ content: 5 }), "must be string"],
    [
      "an option without its value",
      () =>
        send({
          components: [{ type: 1, components: [{ type: 3, custom_id: "a", options: [{ label: "x" }] }] }],
        }),
      "value",
    ],
    ["a query nobody documented", () => call("GET", `/channels/${help}/messages?max=5`), "?max"],
    ["a page that is too long", () => call("GET", `/channels/${help}/messages?limit=101`), "?limit=101"],
    ["a body where none is read", () => call("POST", `/channels/${help}/typing`, { on: true }), "body"],
    ["a route that does not exist", () => call("GET", `/channels/${help}/messages/all/at-once`), "404"],
    [
      "an edit with a field of its own",
      async () =>
        call("PATCH", `/channels/${help}/messages/${idOf(await send({ content: "x" }))}`, { text: "y" }),
      "text",
    ],
  ])("%s fails the test that sent it", async (_what, act, word) => {
    await open();
    expect((await act()).status).toBeGreaterThanOrEqual(400);
    expect(await verdict()).toContain(word);
  });

  test("what discord.js always sends beside the description is let through, where it does", async () => {
    await open();
    const id = await discord.say(bob, help, "hello");
    expect(
      (await call("POST", `/channels/${help}/messages/${id}/threads`, { name: "x", type: 11 })).status,
    ).toBe(201);
    const mine = idOf(await send({ content: "x" }));
    const edit = { content: "y", tts: false, nonce: "1", enforce_nonce: false };
    expect((await call("PATCH", `/channels/${help}/messages/${mine}`, edit)).status).toBe(200);
    expect((await send({ content: "y", type: 0 })).code).toBe(50035);
    expect(await verdict()).toContain("type");
  });

  test("nothing wrong is nothing said", async () => {
    await open();
    await send({ content: "hello", nonce: "1", enforce_nonce: true, allowed_mentions: { parse: [] } });
    expect(await verdict()).toBe("");
  });
});

describe("where the description is looser than Discord", () => {
  const command = (more: object): Promise<Reply> =>
    call("PUT", `/applications/${discord.botUser}/commands`, [
      { name: "request", description: "x", ...more },
    ]);
  const options = (...list: object[]): Promise<Reply> =>
    command({ options: list.map((each, n) => ({ type: 3, name: `o${n}`, description: "x", ...each })) });

  test.each([
    ["2,001 characters", () => send({ content: "x".repeat(2001) })],
    ["nothing at all", () => send({})],
    ["an upper-case command", () => command({ name: "Request" })],
    ["a command name of 33 letters", () => command({ name: "r".repeat(33) })],
    ["a command name with a space", () => command({ name: "my request" })],
    ["a needed option behind one that is not", () => options({}, { required: true })],
    ["two options of one name", () => options({ name: "a" }, { name: "a" })],
    ["bounds on a text", () => options({ min_value: 1 })],
    ["bounds upside down", () => options({ type: 4, min_value: 5, max_value: 1 })],
    [
      "choices beside autocomplete",
      () => options({ autocomplete: true, choices: [{ name: "a", value: "a" }] }),
    ],
    [
      "two choices of one name",
      () =>
        options({
          choices: [
            { name: "a", value: "1" },
            { name: "a", value: "2" },
          ],
        }),
    ],
    [
      "a command longer than 8,000 characters",
      () =>
        options(
          ...Array.from({ length: 4 }, () => ({
            choices: Array.from({ length: 25 }, (_, n) => ({ name: `${n}`, value: "x".repeat(95) })),
          })),
        ),
    ],
    [
      "two controls of one custom id",
      () => {
        const button = { type: 2, style: 1, label: "x", custom_id: "a" };
        return send({ components: [{ type: 1, components: [button, button] }] });
      },
    ],
    [
      "a button without a custom id",
      () => send({ components: [{ type: 1, components: [{ type: 2, style: 1, label: "x" }] }] }),
    ],
  ])("%s is refused", async (_what, act) => {
    await open();
    expect([50035, 50006]).toContain((await act()).code);
    expect(await verdict()).not.toBe("");
  });
});

describe("permissions", () => {
  const routes: readonly (readonly [string, bigint, (message: string, own: string) => Promise<Reply>])[] = [
    ["posting", Permission.sendMessages, () => send({ content: "x" })],
    ["posting an embed", Permission.embedLinks, () => send({ embeds: [{ description: "x" }] })],
    [
      "replying",
      Permission.readMessageHistory,
      (m) => send({ content: "x", message_reference: { message_id: m } }),
    ],
    [
      "reacting",
      Permission.addReactions,
      (m) => call("PUT", `/channels/${help}/messages/${m}/reactions/👀/@me`),
    ],
    [
      "reacting unseen",
      Permission.readMessageHistory,
      (m) => call("PUT", `/channels/${help}/messages/${m}/reactions/👀/@me`),
    ],
    [
      "reading one message",
      Permission.readMessageHistory,
      (m) => call("GET", `/channels/${help}/messages/${m}`),
    ],
    [
      "starting a thread",
      Permission.createPublicThreads,
      (m) => call("POST", `/channels/${help}/messages/${m}/threads`, { name: "x" }),
    ],
    [
      "deleting what others wrote",
      Permission.manageMessages,
      (m) => call("DELETE", `/channels/${help}/messages/${m}`),
    ],
    [
      "renaming the channel",
      Permission.manageChannels,
      () => call("PATCH", `/channels/${help}`, { name: "x" }),
    ],
    [
      "listing archived threads",
      Permission.readMessageHistory,
      () => call("GET", `/channels/${help}/threads/archived/public`),
    ],
    ["typing", Permission.sendMessages, () => call("POST", `/channels/${help}/typing`)],
  ];

  test.each(routes)(
    "without its own, %s is refused, be it denied to the member or to the role",
    async (_what, bit, act) => {
      await open();
      const message = await discord.say(bob, help, "hello");
      const own = idOf(await send({ content: "mine" }));
      for (const whom of [discord.botUser, discord.workspace]) {
        discord.setOverwrite(help, discord.botUser, {});
        discord.setOverwrite(help, whom, { deny: bit });
        expect([50013, 160002]).toContain((await act(message, own)).code);
        discord.setOverwrite(help, whom, {});
      }
      discord.setOverwrite(help, discord.botUser, { allow: bit });
      expect((await act(message, own)).status).toBeLessThan(300);
    },
  );

  test("without the right to see it, a channel answers nothing at all", async () => {
    await open();
    const message = await discord.say(bob, help, "hello");
    const own = idOf(await send({ content: "mine" }));
    discord.setOverwrite(help, discord.botUser, { deny: Permission.viewChannel });
    for (const [what, , act] of routes) expect([what, (await act(message, own)).code]).toEqual([what, 50001]);
    expect((await call("PATCH", `/channels/${help}/messages/${own}`, { content: "x" })).code).toBe(50001);
  });

  test("talking in threads is a right of its own", async () => {
    await open();
    const root = await discord.say(bob, help, "hello");
    await discord.say(bob, help, "more", { thread: root });
    discord.setOverwrite(help, discord.botUser, { deny: Permission.sendMessages });
    expect((await send({ content: "x" }, root)).status).toBe(200);
    discord.setOverwrite(help, discord.botUser, { deny: Permission.sendMessagesInThreads });
    expect((await send({ content: "x" }, root)).code).toBe(50013);
  });

  test("the bot may no more than its manifest asks for: no privileged list of members, no managing of threads", async () => {
    await open();
    const root = await discord.say(bob, help, "hello");
    await discord.say(bob, help, "more", { thread: root });
    expect((await call("GET", `/guilds/${discord.workspace}/members?limit=5`)).code).toBe(50001);
    expect((await call("PATCH", `/channels/${root}`, { name: "x" })).code).toBe(50013);
  });
});

describe("threads", () => {
  async function asleep(locked: boolean): Promise<{ root: string; own: string }> {
    await open();
    const root = await discord.say(bob, help, "hello");
    await discord.say(bob, help, "more", { thread: root });
    const own = idOf(await send({ content: "mine" }, root));
    discord.setThread(root, { archived: true, locked });
    return { root, own };
  }

  test("one that sleeps takes no edits, reactions or deletions, and wakes for whoever may talk in it", async () => {
    const { root, own } = await asleep(false);
    const message = `/channels/${root}/messages/${own}`;
    expect((await call("PATCH", message, { content: "x" })).code).toBe(50083);
    expect((await call("PUT", `${message}/reactions/👀/@me`)).code).toBe(50083);
    expect((await call("DELETE", message)).code).toBe(50083);
    expect((await call("PATCH", `/channels/${root}`, { archived: false, name: "y" })).code).toBe(50013);
    expect((await call("PATCH", `/channels/${root}`, { archived: false })).status).toBe(200);
    expect((await call("PATCH", message, { content: "x" })).status).toBe(200);
  });

  test("one that is locked wakes for moderators alone", async () => {
    const { root } = await asleep(true);
    expect((await call("PATCH", `/channels/${root}`, { archived: false })).code).toBe(50013);
    expect((await send({ content: "x" }, root)).code).toBe(50083);
    discord.setThread(root, { archived: false });
    expect((await send({ content: "x" }, root)).code).toBe(160005);
    discord.setOverwrite(help, discord.botUser, { allow: Permission.manageThreads });
    expect((await send({ content: "x" }, root)).status).toBe(200);
  });

  test("a second one under a message, and one too many in the guild, are refused", async () => {
    await open({ activeThreads: 2 });
    const roots: string[] = [];
    for (const text of ["one", "two", "three"]) roots.push(await discord.say(bob, help, text));
    const start = (root = ""): Promise<Reply> =>
      call("POST", `/channels/${help}/messages/${root}/threads`, { name: "x" });
    expect((await start(roots[0])).status).toBe(201);
    expect((await start(roots[0])).code).toBe(160004);
    expect((await start(roots[1])).status).toBe(201);
    expect((await start(roots[2])).code).toBe(160006);
    discord.setThread(roots[0] ?? "", { archived: true });
    expect((await start(roots[2])).status).toBe(201);
  });
});

describe("edits", () => {
  test("of old messages have a budget in each channel, of young ones none", async () => {
    await open({ oldEdits: { count: 2, perMs: 60_000 } });
    const id = idOf(await send({ content: "0" }));
    const edit = (text: string): Promise<Reply> =>
      call("PATCH", `/channels/${help}/messages/${id}`, { content: text });
    for (const text of ["1", "2", "3", "4"]) expect((await edit(text)).status).toBe(200);
    clock.at += 61 * 60_000;
    expect((await edit("5")).status).toBe(200);
    expect((await edit("6")).status).toBe(200);
    const over = await edit("7");
    expect(over).toMatchObject({ status: 429, code: 30046, body: { retry_after: 60, global: false } });
    expect(discord.find(id)?.text).toBe("6");
  });
});

test("a request the server cannot place is its own fault, and says so", async () => {
  await open();
  expect((await call("GET", `/channels/${snowflakeAt(MORNING, 99)}`)).code).toBe(10003);
  expect(refused).toEqual(["10003 Unknown Channel"]);
  expect(await verdict()).toBe("");
});
