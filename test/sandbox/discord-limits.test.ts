// Sizes and limits of Discord that its own description leaves open or that the bot has not met: a bare caller meets them.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ana, forum, help, MORNING } from "./discord-setting.ts";
import { discordsPace, type StrictDiscord, startStrictDiscord } from "./discord-strict/strict.ts";

let discord: StrictDiscord;
beforeEach(async () => {
  discord = await startStrictDiscord({ clock: { now: () => MORNING } });
  discord.addPerson({ id: ana, name: "Ana" });
  discord.addChannel({ id: help, name: "help", kind: "text", private: false });
  discord.addChannel({
    id: forum,
    name: "ideas",
    kind: "forum",
    private: false,
    tags: ["a", "b", "c", "d", "e", "f"],
  });
});
afterEach(() => discord.stop().catch(() => {}));

async function call(method: string, path: string, body?: unknown) {
  const response = await fetch(`${discord.apiUrl}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${discord.tokens.bot}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = (text === "" ? {} : JSON.parse(text)) as Record<string, unknown>;
  return { status: response.status, code: Number(json.code ?? 0), body: json };
}

const send = (body: unknown, channel = help) => call("POST", `/channels/${channel}/messages`, body);
const x = (length: number) => "x".repeat(length);
const button = (more: object) => [
  { type: 1, components: [{ type: 2, style: 1, custom_id: "a", label: "x", ...more }] },
];
const menu = (more: object) => [
  { type: 1, components: [{ type: 3, custom_id: "a", options: [{ label: "x", value: "x" }], ...more }] },
];
const options = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ label: `${n}`, value: `${n}` }));
const embeds = (count: number, each: object = { description: "x" }) =>
  Array.from({ length: count }, () => each);
const V2 = 1 << 15;
const words = (count: number) => Array.from({ length: count }, () => ({ type: 10, content: "x" }));

describe("a message", () => {
  test.each<[what: string, fits: object, tooMuch: object]>([
    ["words, 2,000", { content: x(2000) }, { content: x(2001) }],
    ["a nonce, 25", { content: "x", nonce: x(25) }, { content: "x", nonce: x(26) }],
    ["embeds, 10", { embeds: embeds(10) }, { embeds: embeds(11) }],
    [
      "what all embeds show, 6,000",
      { embeds: embeds(2, { description: x(3000) }) },
      { embeds: embeds(2, { description: x(3001) }) },
    ],
    [
      "a custom id, 100",
      { components: button({ custom_id: x(100) }) },
      { components: button({ custom_id: x(101) }) },
    ],
    ["a label, 80", { components: button({ label: x(80) }) }, { components: button({ label: x(81) }) }],
    [
      "options, 25",
      { components: menu({ options: options(25) }) },
      { components: menu({ options: options(26) }) },
    ],
    [
      "an option's label, 100",
      { components: menu({ options: [{ label: x(100), value: "x" }] }) },
      { components: menu({ options: [{ label: x(101), value: "x" }] }) },
    ],
    [
      "components of the new kind, 40",
      { flags: V2, components: words(40) },
      { flags: V2, components: words(41) },
    ],
    [
      "their words together, 4,000",
      {
        flags: V2,
        components: [
          { type: 10, content: x(2000) },
          { type: 10, content: x(2000) },
        ],
      },
      {
        flags: V2,
        components: [
          { type: 10, content: x(2000) },
          { type: 10, content: x(2001) },
        ],
      },
    ],
    [
      "nothing of the old kind beside them",
      { flags: V2, components: words(1) },
      { flags: V2, components: words(1), content: "x" },
    ],
    [
      "nor embeds",
      { flags: V2, components: words(1) },
      { flags: V2, components: words(1), embeds: embeds(1) },
    ],
  ])("%s", async (_, fits, tooMuch) => {
    expect((await send(fits)).status).toBe(200);
    expect((await send(tooMuch)).code).toBe(50035);
    expect(discord.messages(help)).toHaveLength(1);
  });
});

test("a forum: five tags on a post, and one where one is required", async () => {
  const found = await call("GET", `/channels/${forum}`);
  const tags = (found.body.available_tags as { id: string }[]).map(({ id }) => id);
  const post = (applied: string[]) =>
    call("POST", `/channels/${forum}/threads`, {
      name: "x",
      message: { content: "x" },
      applied_tags: applied,
    });
  expect((await post(tags.slice(0, 5))).status).toBe(201);
  expect((await post(tags)).code).toBe(50035);
  expect((await call("POST", `/channels/${forum}/messages`, { content: "x" })).code).toBe(50008);
  discord.addChannel({
    id: forum,
    name: "ideas",
    kind: "forum",
    private: false,
    tags: ["a"],
    requireTag: true,
  });
  expect((await post([])).code).toBe(40067);
});

test("what is not there", async () => {
  const unknown = "999999999999999999";
  expect((await call("GET", `/guilds/${unknown}`)).code).toBe(10004);
  expect((await call("GET", `/guilds/${discord.workspace}/members/${unknown}`)).code).toBe(10013);
  expect((await call("GET", `/users/${unknown}`)).code).toBe(10013);
  expect((await call("POST", "/users/@me/channels", { recipient_id: unknown })).code).toBe(50033);
  expect((await call("GET", `/channels/${help}/messages/${unknown}`)).code).toBe(10008);
});

describe("the pace", () => {
  test("more requests than a second takes are put off, whatever they ask for", async () => {
    await discord.stop().catch(() => {});
    discord = await startStrictDiscord({
      clock: { now: () => MORNING },
      pace: { ...discordsPace, perSecond: 1 },
    });
    const many = await Promise.all(Array.from({ length: 20 }, () => call("GET", "/users/@me")));
    const off = many.filter(({ status }) => status === 429);
    expect(off.length).toBeGreaterThan(0);
    expect(off[0]?.body).toMatchObject({ global: true, retry_after: expect.any(Number) });
  });

  test("who is refused too often is shut out altogether", async () => {
    await discord.stop().catch(() => {});
    discord = await startStrictDiscord({
      clock: { now: () => MORNING },
      pace: { ...discordsPace, refused: { count: 3, perMs: 60_000 } },
    });
    const stranger = () =>
      fetch(`${discord.apiUrl}/v10/users/@me`, { headers: { authorization: "Bot other" } });
    for (let count = 0; count < 3; count += 1) expect((await stranger()).status).toBe(401);
    const ours = await fetch(`${discord.apiUrl}/v10/users/@me`, {
      headers: { authorization: `Bot ${discord.tokens.bot}` },
    });
    expect(ours.status).toBe(429);
    expect(Number(ours.headers.get("retry-after"))).toBeGreaterThan(50);
    expect(ours.headers.get("via")).toBeNull();
  });

  test("the gateway takes 120 frames a minute", async () => {
    const { body } = await call("GET", "/gateway/bot");
    const socket = new WebSocket(String(body.url));
    const closed = new Promise<number>((resolve) => {
      socket.addEventListener("close", ({ code }) => resolve(code));
    });
    await new Promise((resolve) => socket.addEventListener("open", resolve, { once: true }));
    for (let count = 0; count < 121; count += 1) socket.send(JSON.stringify({ op: 1, d: null }));
    expect(await closed).toBe(4008);
  });

  test("so many sessions a day, and no more: what is left is told before", async () => {
    await discord.stop().catch(() => {});
    discord = await startStrictDiscord({ clock: { now: () => MORNING }, sessionsADay: 2 });
    const limit = async () => (await call("GET", "/gateway/bot")).body.session_start_limit;
    const identify = async () => {
      const { body } = await call("GET", "/gateway/bot");
      const socket = new WebSocket(String(body.url));
      const end = new Promise<string>((resolve) => {
        socket.addEventListener("close", ({ code }) => resolve(`closed ${code}`));
        socket.addEventListener("message", ({ data }) => {
          if (String(data).includes('"READY"')) resolve("ready");
        });
      });
      await new Promise((resolve) => socket.addEventListener("open", resolve, { once: true }));
      const properties = { os: "linux", browser: "x", device: "x" };
      socket.send(JSON.stringify({ op: 2, d: { token: discord.tokens.bot, intents: 1, properties } }));
      return end;
    };
    expect(await limit()).toMatchObject({ total: 2, remaining: 2 });
    expect(await identify()).toBe("ready");
    expect(await identify()).toBe("ready");
    expect(await limit()).toMatchObject({ total: 2, remaining: 0 });
    expect(await identify()).toBe("closed 4004");
  });
});
