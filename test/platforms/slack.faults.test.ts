// Slack and the network at their worst, in both of Slack's ways to deliver: nothing is lost, nothing stands twice.
import { afterEach, describe, expect, test } from "vitest";
import { SiempreError } from "../../src/errors.ts";
import type { PostRef } from "../../src/platforms/platform.ts";
import { createSlack } from "../../src/platforms/slack/index.ts";
import { chanceOf } from "../../src/sandbox/slack/chance.ts";
import type { Fault } from "../../src/sandbox/slack/faults.ts";
import { closeAll, type Desk, type Disposables, openDesk } from "./slack/desk.ts";
import { serve, toldTo } from "./slack/http.ts";
import { wallClock } from "./slack/local.ts";

const open: Disposables = [];
afterEach(() => closeAll(open));

type More = Parameters<typeof openDesk>[1];

async function bySocket(more: More = {}): Promise<Desk> {
  const desk = await openDesk(open, more);
  await desk.platform.start(desk.heard);
  await desk.until("Two sockets", () => desk.slack.connections() === 2);
  return desk;
}

async function byRequest(more: More = {}): Promise<Desk> {
  const desk = await openDesk(open, more);
  const shared = { clock: wallClock, log: desk.log, speed: 100 };
  const served = await serve(desk.slack, { ...shared, ...more.adapter });
  open.push(served.close);
  const platform = toldTo(desk.slack, served);
  open.push(() => platform.stop());
  await platform.start(desk.heard);
  return { ...desk, platform };
}

describe.each([
  ["sockets", bySocket],
  ["requests", byRequest],
] as const)("through %s", (_, started) => {
  const brisk = { slack: { sockets: { ackTimeoutMs: 300, retryWaitsMs: [0, 20, 40] } } };

  test("events that come twice and out of order are all told, each as what it is", async () => {
    const desk = await started(brisk);
    desk.slack.disturb({ duplicate: 0.5, reorder: 0.5, seed: 4 });
    const said = new Map<string, string>();
    for (let n = 0; n < 30; n += 1)
      said.set(await desk.slack.say("U0MARTA", "C0HELP1", `message ${n}`), `message ${n}`);
    await desk.until(
      "Every message",
      () => new Set(desk.heard.messages().map((one) => one.where.message)).size === 30,
    );
    for (const event of desk.heard.messages()) expect(event.text).toBe(said.get(event.where.message));
    expect(desk.heard.messages().length).toBeGreaterThan(30);
  });

  test("lists the direct messages people have with the bot, and none where the app may not", async () => {
    const desk = await started();
    const { platform, slack } = desk;
    expect(await platform.directs(slack.workspace)).toEqual([]);
    await slack.say("U0MARTA", slack.botUser, "Hello, is somebody there?");
    const told = await desk.until("The message", () => desk.heard.messages()[0]);
    expect(await platform.directs(slack.workspace)).toEqual([told.where.channel]);
    desk.faults.plan("conversations.list", { kind: "refused", code: "missing_scope" });
    expect(await platform.directs(slack.workspace)).toEqual([]);
    desk.faults.plan("conversations.list", { kind: "refused", code: "fatal_error" });
    await expect(platform.directs(slack.workspace)).rejects.toBeInstanceOf(SiempreError);
  });

  test("an edit that overtakes its message, and a deletion that overtakes both, are told as they come", async () => {
    const desk = await started(brisk);
    desk.slack.disturb({ reorder: 1, seed: 1 });
    const id = await desk.slack.say("U0MARTA", "C0HELP1", "I cant log in");
    await desk.slack.edit("U0MARTA", "C0HELP1", id, "Nobody can log in");
    await desk.slack.remove("U0MARTA", "C0HELP1", id);
    await desk.until("All three", () => new Set(desk.heard.events.map((event) => event.kind)).size === 3);
    expect(desk.heard.events.every((event) => event.where.message === id)).toBe(true);
  });

  test("commits that fail now and then, while the network breaks: every message is told in the end", async () => {
    const desk = await started(brisk);
    const chance = chanceOf(11);
    desk.heard.take = () => {
      if (chance() < 0.3) throw new Error("The database is away.");
    };
    const ids: string[] = [];
    for (let n = 0; n < 20; n += 1) {
      ids.push(await desk.slack.say("U0MARTA", "C0HELP1", `message ${n}`));
      if (n === 5 || n === 12) desk.slack.cut();
    }
    const told = () => new Set(desk.heard.messages().map((event) => event.where.message));
    // What Slack gave up is asked of history, as the bot does at a gap.
    const missing = () => ids.filter((id) => !told().has(id));
    await desk.until("Told or given up", () => missing().length <= desk.slack.lostEvents());
    desk.heard.take = () => {};
    for await (const event of desk.platform.history(desk.slack.workspace, "C0HELP1", 0, []))
      if (missing().includes(event.where.message)) await desk.heard.event(event);
    expect(missing()).toEqual([]);
  });

  test("alive but silent: the bot notices and asks history, which has what was said", async () => {
    const desk = await started({ ...brisk, adapter: { silenceMs: 150 } });
    desk.slack.silence(true);
    const before = desk.heard.gaps;
    const id = await desk.slack.say("U0MARTA", "C0HELP1", "anybody there?");
    await desk.until("Word of a gap", () => desk.heard.gaps > before);
    const found: string[] = [];
    for await (const event of desk.platform.history(desk.slack.workspace, "C0HELP1", 0, []))
      found.push(event.where.message);
    expect(found).toEqual([id]);
    expect(desk.heard.messages()).toEqual([]);
  });

  test("more events than Slack delivers: history is asked for", async () => {
    const desk = await started();
    desk.slack.overload();
    await desk.until("Word of a gap", () => desk.heard.gaps === 1);
    await desk.heard.message(await desk.slack.say("U0MARTA", "C0HELP1", "still listening?"));
  });
});

describe("a post, whatever happens to the call,", () => {
  const codeOf = (tried: Promise<unknown>) =>
    tried.then(
      () => "posted",
      (error: unknown) => (error instanceof SiempreError ? error.code : String(error)),
    );

  test.each<[string, Fault, string, number]>([
    ["a limit", { kind: "rate_limited", retryAfterS: 1 }, "platform_rate_limited", 0],
    ["a limit without a number", { kind: "refused", code: "ratelimited" }, "platform_rate_limited", 0],
    ["an outage", { kind: "status", status: 503 }, "platform_unavailable", 0],
    ["an outage in Slack's words", { kind: "refused", code: "internal_error" }, "platform_unavailable", 0],
    ["a reset before the write", { kind: "cut", when: "before" }, "platform_unavailable", 0],
    ["a reset after the write", { kind: "cut", when: "after" }, "platform_unavailable", 1],
    ["a slow answer", { kind: "slow", ms: 300 }, "posted", 1],
  ])("%s: is told what to do, and stands once after the next try", async (_, fault, code, standing) => {
    const desk = await bySocket();
    const posts = () => desk.slack.messages("C0HELP1").length;
    desk.faults.plan("chat.postMessage", fault);
    expect(await codeOf(desk.ensure(desk.help, "hello"))).toBe(code);
    expect(posts()).toBe(standing);
    const fresh = await bySocketOn(desk);
    await fresh.ensure({
      target: desk.help,
      card: { summary: "hello", blocks: [{ kind: "text", text: ["hello"] }] },
      lang: "en",
      key: "one",
      known: null,
      suspect: true,
    });
    expect(posts()).toBe(1);
  });

  /** Another process with the same bot, which remembers nothing. */
  async function bySocketOn(desk: Desk) {
    const { bot: botToken, app: appToken } = desk.slack.tokens;
    const platform = createSlack({
      botToken,
      appToken,
      apiUrl: desk.slack.apiUrl,
      clock: wallClock,
      log: desk.log,
      speed: 100,
    });
    open.push(() => platform.stop());
    return platform;
  }

  test.each([1, 2, 3])(
    "faults by chance on every method (seed %i): each key stands exactly once",
    async (seed) => {
      const desk = await bySocket();
      const chance = chanceOf(seed);
      const kinds: Fault[] = [
        { kind: "status", status: 502 },
        { kind: "cut", when: "before" },
        { kind: "cut", when: "after" },
        { kind: "slow", ms: 20 },
        { kind: "refused", code: "fatal_error" },
      ];
      for (const fault of kinds) desk.faults.chance("*", fault, 0.06 + chance() * 0.05);
      const posted: PostRef[] = [];
      for (let n = 0; n < 25; n += 1) {
        // As the queue does it: after a failed try the next one suspects that it arrived.
        for (let suspect = false; ; suspect = true) {
          try {
            posted.push(await desk.ensure(desk.help, `post ${n}`, { key: `key ${n}`, suspect }));
            break;
          } catch (error) {
            if (!(error instanceof SiempreError) || error.code !== "platform_unavailable") throw error;
          }
        }
      }
      desk.faults.clear();
      expect(desk.faults.met).toBeGreaterThan(0);
      const texts = desk.slack.messages("C0HELP1").map((message) => message.text);
      expect(texts).toEqual(Array.from({ length: 25 }, (_, n) => `post ${n}`));
      expect(new Set(posted.map((post) => post.message)).size).toBe(25);
    },
  );
});
