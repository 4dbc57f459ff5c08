// What Slack's adapter promises of its own calls: once, paced, and with the reason when it fails.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ChatEvent } from "../../src/domain/events.ts";
import { retryAfterMs, SiempreError } from "../../src/errors.ts";
import { createSlack } from "../../src/platforms/slack/index.ts";
import { PACES } from "../../src/platforms/slack/limits.ts";
import { createPacing } from "../../src/platforms/slack/pacing.ts";
import { closeAll, type Desk, type Disposables, line, openDesk } from "./slack/desk.ts";
import { quietLog, wallClock } from "./slack/local.ts";

const open: Disposables = [];
let desk: Desk;
beforeEach(async () => {
  desk = await openDesk(open);
  await desk.platform.start(desk.heard);
});
afterEach(() => closeAll(open));

const codeOf = (error: unknown) =>
  error instanceof SiempreError ? error.code : `not ours: ${String(error)}`;
const failure = (tried: Promise<unknown>): Promise<unknown> =>
  tried.then(
    () => "no error",
    (error: unknown) => error,
  );
const posts = (channel = "C0HELP1") =>
  desk.slack.messages(channel).filter((message) => message.author.id === desk.slack.botUser);

describe("Slack asks to wait", () => {
  test("and the error says how long; nothing is tried meanwhile", async () => {
    desk.faults.plan("chat.postMessage", { kind: "rate_limited", retryAfterS: 30 });
    const error = await failure(desk.ensure(desk.help, "Hello"));
    expect([codeOf(error), retryAfterMs(error)]).toEqual(["platform_rate_limited", 30_000]);
    const again = await failure(desk.ensure(desk.help, "Hello"));
    expect([codeOf(again), retryAfterMs(again)]).toEqual(["platform_rate_limited", 30_000]);
    expect(desk.called.get("chat.postMessage")).toBe(1);
  });

  test("in one channel: other channels and methods go on", async () => {
    desk.faults.plan("chat.postMessage", { kind: "rate_limited", retryAfterS: 30 });
    await failure(desk.ensure(desk.help, "Hello"));
    await desk.ensure({ kind: "channel", workspace: desk.slack.workspace, channel: "C0TEAM1" }, "Hello");
    const id = await desk.slack.say("U0MARTA", "C0HELP1", "Hello");
    const where = {
      platform: "slack",
      workspace: desk.slack.workspace,
      channel: "C0HELP1",
      thread: null,
      message: id,
    };
    await desk.platform.react(where, "eyes", true);
    expect(desk.slack.find(id)?.reactions).toEqual({ eyes: [desk.slack.botUser] });
  });

  test("and after that time it works", async () => {
    desk.faults.plan("chat.postMessage", { kind: "rate_limited", retryAfterS: 1 });
    await failure(desk.ensure(desk.help, "Hello"));
    await new Promise((resolve) => setTimeout(resolve, 1050));
    await desk.ensure(desk.help, "Hello");
    expect(posts()).toHaveLength(1);
  });
});

describe("our own pace", () => {
  test("lets a burst pass and then makes wait; what would wait too long is put back instead", async () => {
    const { tokens, apiUrl, workspace } = desk.slack;
    const paced = createSlack({
      botToken: tokens.bot,
      appToken: tokens.app,
      apiUrl,
      clock: wallClock,
      log: quietLog,
    });
    const target = { kind: "channel", workspace, channel: "C0HELP1" } as const;
    await paced.workspaces();
    const many = Array.from({ length: PACES.posting.burst + PACES.posting.queue + 3 }, (_, n) =>
      failure(
        paced.ensure({ target, card: line(`${n}`), lang: "en", key: `k${n}`, known: null, suspect: false }),
      ),
    );
    const refused = await Promise.all(many.slice(-3));
    expect(refused.map(codeOf)).toEqual(Array.from({ length: 3 }, () => "platform_rate_limited"));
    expect(retryAfterMs(refused[0])).toBeGreaterThan(1000);
    await Promise.all(many.slice(0, PACES.posting.burst));
    expect(posts()).toHaveLength(PACES.posting.burst);
  });
});

describe("a post whose answer was lost", () => {
  test("is not repeated behind our back, and is found when it is suspected", async () => {
    const root = await desk.slack.say("U0MARTA", "C0HELP1", "Charged twice");
    for (const [target, key] of [
      [desk.help, "in the channel"],
      [desk.under(root), "in the thread"],
      [{ kind: "direct", workspace: desk.slack.workspace, person: "U0ANA" }, "in private"],
    ] as const) {
      desk.faults.plan("chat.postMessage", { kind: "cut", when: "after" });
      const error = await failure(desk.ensure(target, "first words", { key }));
      expect(codeOf(error)).toBe("platform_unavailable");
      const post = await desk.ensure(target, "second words", { key, suspect: true });
      expect(desk.slack.find(post.message)?.text).toBe("second words");
    }
    expect(desk.called.get("chat.postMessage")).toBe(3);
  });

  test("is found behind more than a page of others", async () => {
    desk.faults.plan("chat.postMessage", { kind: "cut", when: "after" });
    await failure(desk.ensure(desk.help, "Hello"));
    for (let n = 0; n < 230; n += 1) await desk.slack.say("U0MARTA", "C0HELP1", `${n}`);
    await desk.ensure(desk.help, "Hello", { suspect: true });
    expect(posts()).toHaveLength(1);
  });
});

describe("a post", () => {
  test("asked for twenty times at once stands once", async () => {
    const refs = await Promise.all(
      Array.from({ length: 20 }, (_, n) => desk.ensure(desk.help, `version ${n}`)),
    );
    expect(new Set(refs.map((ref) => ref.message)).size).toBe(1);
    expect(posts().map((message) => message.text)).toEqual(["version 19"]);
  });

  test("into a thread whose root was deleted does not fall into the channel", async () => {
    const root = await desk.slack.say("U0MARTA", "C0HELP1", "Never mind");
    await desk.slack.remove("U0MARTA", "C0HELP1", root);
    expect(codeOf(await failure(desk.ensure(desk.under(root), "An answer")))).toBe("platform_gone");
    expect(posts()).toEqual([]);
  });

  test("that was removed is made anew", async () => {
    const first = await desk.ensure(desk.help, "Hello");
    await desk.platform.remove(first);
    const second = await desk.ensure(desk.help, "Hello", { known: first });
    expect(second.message).not.toBe(first.message);
    expect(posts().map((message) => message.id)).toEqual([second.message]);
  });

  test("with a picture is one message; with another file, the file stands under it", async () => {
    const bytes = new TextEncoder().encode("a,b\n1,2\n");
    const target = desk.help;
    const card = line("This week");
    const picture = { name: "chart.png", mime: "image/png", bytes, alt: "Arrivals a day" };
    const base = { target, lang: "en", known: null, suspect: false } as const;
    const shown = await desk.platform.ensure({ ...base, card: { ...card, file: picture }, key: "picture" });
    expect(desk.slack.find(shown.message)?.text).toBe("This week\n[Arrivals a day]");
    const list = { name: "list.csv", mime: "text/csv", bytes, alt: "The list" };
    const post = await desk.platform.ensure({ ...base, card: { ...card, file: list }, key: "list" });
    expect(posts().map(({ thread, files }) => [thread, files])).toContainEqual([post.message, ["list.csv"]]);
  });

  test("for another workspace is refused with the reason", async () => {
    const error = await failure(
      desk.ensure({ kind: "channel", workspace: "T0OTHER", channel: "C1" }, "Hello"),
    );
    expect(codeOf(error)).toBe("platform_forbidden");
    expect(String(error)).toContain("T0OTHER");
  });

  test("where the bot is not, or where nobody can write any more, says what to do", async () => {
    desk.slack.addChannel({ id: "C0ALIEN", name: "alien", kind: "text", private: false, bot: false });
    const place = (channel: string) =>
      ({ kind: "channel", workspace: desk.slack.workspace, channel }) as const;
    const alien = await failure(desk.ensure(place("C0ALIEN"), "Hello"));
    expect(codeOf(alien)).toBe("platform_forbidden");
    expect(String(alien)).toContain("invite the bot");
    desk.slack.archive("C0HELP1", true);
    expect(codeOf(await failure(desk.ensure(place("C0HELP1"), "Hello")))).toBe("platform_gone");
  });

  test("while Slack is down is a passing failure", async () => {
    desk.faults.plan("chat.postMessage", { kind: "status", status: 503 });
    expect(codeOf(await failure(desk.ensure(desk.help, "Hello")))).toBe("platform_unavailable");
  });
});

describe("the directory", () => {
  test("knows groups by id and handle, the language and the zone", async () => {
    const ana = await desk.platform.profile(desk.slack.workspace, "U0ANA");
    expect(ana?.groups).toContain("support");
    expect(ana?.groups).toHaveLength(2);
    expect(await desk.platform.profile(desk.slack.workspace, "U0MARTA")).toMatchObject({
      lang: "es",
      groups: [],
    });
    expect(await desk.platform.profile(desk.slack.workspace, "U0NOBODY")).toBeNull();
  });

  test("asks once for what many want to know, and again after a failure", async () => {
    const { workspace } = desk.slack;
    desk.faults.plan("users.info", { kind: "status", status: 500 });
    await failure(desk.platform.profile(workspace, "U0LUIS"));
    await Promise.all(Array.from({ length: 10 }, () => desk.platform.profile(workspace, "U0LUIS")));
    expect([desk.called.get("users.info"), desk.called.get("usergroups.list")]).toEqual([2, 1]);
  });

  test("notices at once when somebody joins a channel", async () => {
    const { workspace } = desk.slack;
    expect(await desk.platform.canRead(workspace, "C0TEAM1", "U0MARTA")).toBe(false);
    expect(await desk.platform.canRead(workspace, "C0TEAM1", "U0ANA")).toBe(true);
    expect(desk.called.get("conversations.members")).toBe(1);
    desk.slack.join("U0MARTA", "C0TEAM1", "U0ANA");
    for (let tries = 0; !(await desk.platform.canRead(workspace, "C0TEAM1", "U0MARTA")); tries += 1) {
      if (tries > 200) throw new Error("Nobody noticed.");
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  });

  test("of a channel the bot cannot see has nobody in it", async () => {
    expect(await desk.platform.canRead(desk.slack.workspace, "C0NOWHERE", "U0ANA")).toBe(false);
  });
});

describe("history", () => {
  test("of more than a page, with threads, comes oldest first and each message once", async () => {
    const since = wallClock.now();
    const root = await desk.slack.say("U0MARTA", "C0HELP1", "root");
    for (let n = 0; n < 420; n += 1)
      await desk.slack.say("U0MARTA", "C0HELP1", `${n}`, n % 2 === 0 ? {} : { thread: root });
    const read: ChatEvent[] = [];
    for await (const event of desk.platform.history(desk.slack.workspace, "C0HELP1", since, [
      root,
      "1.000001",
    ]))
      read.push(event);
    const texts = read.map((event) => (event.kind === "message" ? event.text : event.kind));
    expect(texts).toEqual(["root", ...Array.from({ length: 420 }, (_, n) => `${n}`)]);
  });

  test("of a channel the bot was put out of is refused as such", async () => {
    const read = async () => {
      for await (const event of desk.platform.history(desk.slack.workspace, "C0NOWHERE", 0, [])) return event;
    };
    expect(codeOf(await failure(read()))).toBe("platform_gone");
  });
});

test("limits shared through Redis need its client: what is missing is said", () => {
  const { tokens, apiUrl } = desk.slack;
  const make = (redisUrl: string) =>
    createSlack({
      botToken: tokens.bot,
      appToken: tokens.app,
      apiUrl,
      clock: wallClock,
      log: quietLog,
      redisUrl,
    });
  expect(() => make("no address")).toThrow(/REDIS_URL/);
});

test("a limiter that does not answer is given up, and the call is not made later", async () => {
  const pacing = createPacing({ id: "stuck", redisUrl: null, speed: 1, stuckMs: 50 });
  let made = 0;
  const call = () =>
    pacing.run("chat.postMessage", "C1", async () => {
      made += 1;
    });
  const tried = await Promise.all(Array.from({ length: PACES.posting.burst + 1 }, () => failure(call())));
  expect(codeOf(tried.at(-1))).toBe("platform_unavailable");
  await new Promise((resolve) => setTimeout(resolve, PACES.posting.everyMs + 400));
  expect(made).toBe(PACES.posting.burst);
  await pacing.close();
});
