import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { ana, bob, help, INTENTS, type Setting, setting } from "./discord-setting.ts";

interface Frame {
  op: number;
  t: string | null;
  s: number | null;
  d: unknown;
}

/** A bare client: what arrives, in order, and how it ended. */
class Line {
  readonly frames: Frame[] = [];
  readonly #socket: WebSocket;
  #closed: number | null = null;

  constructor(url: string) {
    this.#socket = new WebSocket(`${url}?v=10&encoding=json`);
    this.#socket.on("message", (data) => this.frames.push(JSON.parse(data.toString())));
    this.#socket.on("close", (code) => {
      this.#closed = code;
    });
  }

  async send(op: number, d: unknown): Promise<void> {
    await expect.poll(() => this.frames[0]?.op).toBe(10);
    this.#socket.send(JSON.stringify({ op, d }));
  }

  identify(intents: number, token = s.discord.tokens.bot): Promise<void> {
    return this.send(2, { token, intents, properties: {} });
  }

  async got(op: number, t: string | null = null): Promise<Frame> {
    const find = (): Frame | undefined => this.frames.find((frame) => frame.op === op && frame.t === t);
    await expect.poll(find).toBeDefined();
    const found = find();
    if (!found) throw new Error("it was there");
    return found;
  }

  /** The session of its READY. */
  async session(): Promise<string> {
    return String(Reflect.get(Object((await this.got(0, "READY")).d), "session_id"));
  }

  async closed(): Promise<number | null> {
    await expect.poll(() => this.#closed).not.toBeNull();
    return this.#closed;
  }

  close(code: number): void {
    this.#socket.close(code);
  }
}

let s: Setting;
afterEach(() => s.end());
const all = INTENTS.reduce<number>((bits, intent) => bits | intent, 0);
const line = (): Line => new Line(`${s.discord.apiUrl.replace("http", "ws").replace("/api", "/gateway")}`);
const types = (from: Line): unknown[] => from.frames.filter(({ op }) => op === 0).map(({ t }) => t);

test("a wrong token, an unknown intent, a second identify and nonsense end the connection", async () => {
  s = await setting();
  const wrong = line();
  await wrong.identify(all, "another");
  expect(await wrong.closed()).toBe(4004);
  const unknown = line();
  await unknown.identify(2 ** 30);
  expect(await unknown.closed()).toBe(4013);
  const twice = line();
  await twice.identify(all);
  await twice.identify(all);
  expect(await twice.closed()).toBe(4005);
  const early = line();
  await early.send(3, {});
  expect(await early.closed()).toBe(4003);
  const odd = line();
  await odd.send(99, {});
  expect(await odd.closed()).toBe(4001);
});

test("a heartbeat is acknowledged", async () => {
  s = await setting();
  const client = line();
  await client.send(1, null);
  expect(await client.got(11)).toBeDefined();
});

test("only what was asked for is sent", async () => {
  s = await setting();
  const guildsOnly = line();
  await guildsOnly.identify(1);
  await guildsOnly.got(0, "GUILD_CREATE");
  const id = await s.discord.say(bob, help, "hello");
  await s.discord.react(ana, help, id, "👀");
  await s.discord.say(bob, help, "a thread", { thread: id });
  await guildsOnly.got(0, "THREAD_CREATE");
  expect(types(guildsOnly)).toEqual(["READY", "GUILD_CREATE", "THREAD_CREATE"]);
});

test("without the content intent, even an edit and an upload say nothing", async () => {
  s = await setting();
  const client = line();
  await client.identify(all & ~(1 << 15));
  await client.got(0, "GUILD_CREATE");
  const files = [{ name: "a.txt", mime: "text/plain", bytes: new Uint8Array(1) }];
  const id = await s.discord.say(bob, help, "secret", { files });
  await s.discord.edit(bob, help, id, "another secret");
  const { d } = await client.got(0, "MESSAGE_UPDATE");
  expect(d).toMatchObject({ content: "", attachments: [], author: { id: bob } });
  expect(JSON.stringify(client.frames)).not.toContain("secret");
});

test("a thread's start is told as Discord tells it", async () => {
  s = await setting();
  const client = line();
  await client.identify(all);
  await client.got(0, "GUILD_CREATE");
  const id = await s.discord.say(bob, help, "hello");
  await s.discord.say(bob, help, "more", { thread: id });
  await expect.poll(() => types(client)).toHaveLength(7);
  expect(types(client).slice(2)).toEqual([
    "MESSAGE_CREATE",
    "THREAD_CREATE",
    "MESSAGE_UPDATE",
    "MESSAGE_CREATE",
    "MESSAGE_CREATE",
  ]);
  const [, started, updated, starter, reply] = client.frames.filter(({ op }) => op === 0).slice(2);
  expect(started?.d).toMatchObject({ id, parent_id: help, newly_created: true });
  expect(updated?.d).toMatchObject({ id, channel_id: help, flags: 32, edited_timestamp: null });
  expect(starter?.d).toMatchObject({ type: 21, channel_id: id, content: "" });
  expect(reply?.d).toMatchObject({ type: 0, channel_id: id, content: "more" });
  // People see the starter at the top of the thread, not as a message of its own.
  expect(s.discord.messages(help).map(({ text }) => text)).toEqual(["hello", "more"]);
});

test("bulk deletions and deleted threads are told", async () => {
  s = await setting();
  const client = line();
  await client.identify(all);
  await client.got(0, "GUILD_CREATE");
  const ids = [await s.discord.say(bob, help, "spam"), await s.discord.say(bob, help, "spam")];
  s.discord.purge(ids);
  expect((await client.got(0, "MESSAGE_DELETE_BULK")).d).toMatchObject({ ids, channel_id: help });
  const id = await s.discord.say(bob, help, "hello");
  await s.discord.say(bob, help, "more", { thread: id });
  s.discord.removeThread(id);
  expect((await client.got(0, "THREAD_DELETE")).d).toMatchObject({ id, parent_id: help });
  expect(s.discord.messages(help).map(({ text }) => text)).toEqual(["hello"]);
});

test("a session is resumed where it broke, unless it is unknown, ended or too far behind", async () => {
  s = await setting({ replayBuffer: 10 });
  const first = line();
  await first.identify(all);
  const session = await first.session();
  await first.got(0, "GUILD_CREATE");
  s.discord.cut();
  expect(await first.closed()).toBe(1006);
  await s.discord.say(bob, help, "missed");
  const resume = async (seq: number, session_id = session): Promise<Line> => {
    const again = line();
    await again.send(6, { token: s.discord.tokens.bot, session_id, seq });
    return again;
  };
  const second = await resume(2);
  await second.got(0, "RESUMED");
  expect(types(second)).toEqual(["MESSAGE_CREATE", "RESUMED"]);

  expect((await (await resume(2, "unknown")).got(9)).d).toBe(false);
  expect(await (await resume(99)).closed()).toBe(4007);
  s.discord.cut();
  await second.closed();
  for (let n = 0; n < 40; n += 1) await s.discord.say(bob, help, `message ${n}`);
  expect((await (await resume(4)).got(9)).d).toBe(false);

  const third = line();
  await third.identify(all);
  const ended = await third.session();
  third.close(1000);
  await third.closed();
  await expect.poll(() => s.happenings.filter(({ kind }) => kind === "disconnected")).toHaveLength(3);
  expect((await (await resume(2, ended)).got(9)).d).toBe(false);
});

test("a session can be declared invalid", async () => {
  s = await setting();
  const client = line();
  await client.identify(all);
  const session = await client.session();
  s.discord.invalidate(false);
  expect((await client.got(9)).d).toBe(false);
  const again = line();
  await again.send(6, { token: s.discord.tokens.bot, session_id: session, seq: 1 });
  expect((await again.got(9)).d).toBe(false);
});

test("private channels are not heard by a bot that is not in them", async () => {
  s = await setting();
  s.discord.addChannel({ id: "99", name: "staff", kind: "text", private: true, members: [ana], bot: false });
  const client = line();
  await client.identify(all);
  const { d } = await client.got(0, "GUILD_CREATE");
  expect(JSON.stringify(d)).toContain('"staff"');
  await s.discord.say(ana, "99", "only us");
  await s.discord.say(ana, help, "everybody");
  await client.got(0, "MESSAGE_CREATE");
  expect(JSON.stringify(client.frames)).not.toContain("only us");
});

test("people and channels that come later are told of", async () => {
  s = await setting();
  const client = line();
  await client.identify(all);
  await client.got(0, "GUILD_CREATE");
  s.discord.addPerson({ id: "1234", name: "Cleo", groups: ["Volunteers"] });
  s.discord.addPerson({ id: "1234", name: "Cleo", groups: [] });
  s.discord.addChannel({ id: "98", name: "news", kind: "text", private: false });
  s.discord.addChannel({ id: "98", name: "old-news", kind: "text", private: false });
  await client.got(0, "CHANNEL_UPDATE");
  expect(types(client).slice(2)).toEqual([
    "GUILD_ROLE_CREATE",
    "GUILD_MEMBER_ADD",
    "GUILD_MEMBER_UPDATE",
    "CHANNEL_CREATE",
    "CHANNEL_UPDATE",
  ]);
  expect((await client.got(0, "GUILD_MEMBER_UPDATE")).d).toMatchObject({ roles: [] });
});

test("ids that Discord would not give are refused", async () => {
  s = await setting();
  expect(() => s.discord.addPerson({ id: "U123", name: "Ana" })).toThrow("no Discord id");
  expect(() => s.discord.addPerson({ id: "1235", name: "Ana", createdAt: Date.now() })).toThrow(
    "snowflakeAt",
  );
});
