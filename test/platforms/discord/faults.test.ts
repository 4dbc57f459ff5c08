// Whatever breaks between the bot and Discord: nothing that was said is lost, nothing is said twice.
import { describe, expect, test } from "vitest";
import { SiempreError } from "../../../src/errors.ts";
import type { Card } from "../../../src/messages/card.ts";
import type { EnsureRequest, PostRef, Target } from "../../../src/platforms/platform.ts";
import type { Fault } from "../../../src/sandbox/discord/server.ts";
import { line, type Stage } from "../contract/stage.ts";
import { desk } from "./desk.ts";

/** As the queue does it: again until it succeeds, and from the second time on with suspicion. */
async function deliver(
  stage: Stage,
  target: Target,
  card: Card,
  more: Partial<EnsureRequest> & { key: string },
): Promise<PostRef> {
  for (let attempt = 0; attempt < 30; attempt += 1) {
    try {
      return await stage.ensure(target, card, { ...more, suspect: attempt > 0 });
    } catch (error) {
      if (!(error instanceof SiempreError)) throw error;
    }
  }
  throw new Error(`${more.key} was never delivered`);
}

async function again(work: () => Promise<void>): Promise<void> {
  for (let attempt = 0; attempt < 30; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof SiempreError)) throw error;
    }
  }
  throw new Error("it never succeeded");
}

/** What the bot has said and not taken back, by place. */
function said(stage: Stage, channel: string): string[] {
  return stage.world
    .messages(channel)
    .filter((message) => message.author.id === stage.world.botUser && message.text !== "")
    .map((message) => message.text.replaceAll(/[\u200b\u200c]/g, ""));
}

describe("posting, where", () => {
  const faults: readonly [string, Fault][] = [
    ["one route has to wait", { kind: "rate_limited", retryAfterMs: 30 }],
    ["the whole bot has to wait", { kind: "rate_limited", retryAfterMs: 30, global: true }],
    ["Discord fails", { kind: "status", status: 502 }],
    ["the connection breaks before the write", { kind: "cut", when: "before" }],
    ["the connection breaks after the write", { kind: "cut", when: "after" }],
    ["everything is slow", { kind: "slow", ms: 60 }],
  ];

  test.each(faults)("%s, every post stands once, as it was last", async (_what, fault) => {
    const { stage, discord } = await desk();
    const root = await discord.say(stage.marta, stage.help, "Charged twice");
    await stage.heard.message(root);
    const end = discord.trouble({ fault, chance: 0.35, seed: 7 });
    const places: readonly Target[] = [
      stage.inChannel(stage.help),
      stage.inChannel(stage.team),
      stage.inThread(stage.help, root),
      stage.toPerson(stage.ana),
    ];
    const posts = await Promise.all(
      places.flatMap((target, place) =>
        [1, 2, 3].map(async (n) => {
          const key = `${place} ${n}`;
          const first = await deliver(stage, target, line(`draft ${key}`), { key });
          return deliver(stage, target, line(`final ${key}`), { key, known: first });
        }),
      ),
    );
    await again(() => stage.platform.react(stage.ref(stage.help, root), "eyes", true));
    await again(() => stage.platform.remove(posts[5] as PostRef));
    end();

    expect(said(stage, stage.help).sort()).toEqual([
      "final 0 1",
      "final 0 2",
      "final 0 3",
      "final 2 1",
      "final 2 2",
      "final 2 3",
    ]);
    expect(said(stage, stage.team).sort()).toEqual(["final 1 1", "final 1 2"]);
    const direct = discord.seenBy(stage.ana).filter((message) => message.direct === stage.ana);
    expect(direct.map((message) => message.text.replaceAll(/[\u200b\u200c]/g, "")).sort()).toEqual([
      "final 3 1",
      "final 3 2",
      "final 3 3",
    ]);
    expect(stage.marks(root, "eyes")).toEqual([discord.botUser]);
  });

  test("a thread was started but nobody heard of it, the answer goes there, and no second one is started", async () => {
    const { stage, discord } = await desk();
    const root = await discord.say(stage.marta, stage.help, "Charged twice");
    discord.trouble({
      fault: { kind: "cut", when: "after" },
      route: "/channels/:channel/messages/:message/threads",
      count: 3,
    });
    const post = await deliver(stage, stage.inThread(stage.help, root), line("Thanks"), { key: "a" });
    expect(stage.shown(post.message).thread).toBe(root);
    expect(said(stage, stage.help)).toEqual(["Thanks"]);
  });

  test("a burst of edits of old messages meets their budget, the queue hears how long to wait, and all are made", async () => {
    let now = Date.now();
    const { stage, discord } = await desk({
      clock: { now: () => now },
      oldEdits: { count: 2, perMs: 2_500 },
    });
    const posts = await Promise.all(
      [1, 2, 3, 4].map((n) => stage.ensure(stage.inChannel(stage.team), line(`open ${n}`), { key: `${n}` })),
    );
    now += 2 * 3_600_000;
    const waits: unknown[] = [];
    for (const [index, known] of posts.entries()) {
      const edit = (): Promise<PostRef> =>
        stage.ensure(stage.inChannel(stage.team), line(`done ${index + 1}`), { key: `${index + 1}`, known });
      await edit().catch(async (error: unknown) => {
        waits.push(error);
        await new Promise((resolve) => setTimeout(resolve, 2_600));
        await edit();
      });
    }
    expect(waits).toHaveLength(1);
    expect(waits[0]).toMatchObject({ code: "platform_rate_limited" });
    expect(said(stage, stage.team)).toEqual(["done 1", "done 2", "done 3", "done 4"]);
    expect(discord.messages(stage.team)).toHaveLength(4);
  });

  test("a guild has no room for another thread, the answer is a reply in the channel", async () => {
    const { stage, discord } = await desk({ activeThreads: 0 });
    const root = await discord.say(stage.marta, stage.help, "Charged twice");
    const post = await stage.ensure(stage.inThread(stage.help, root), line("Thanks"));
    expect(stage.shown(post.message)).toMatchObject({ channel: stage.help, thread: null });
  });
});

describe("reading history, where", () => {
  test.each([
    ["Discord fails", { kind: "status", status: 503 }],
    ["the connection breaks", { kind: "cut", when: "after" }],
    ["it has to wait", { kind: "rate_limited", retryAfterMs: 30 }],
  ] as readonly [string, Fault][])(
    "%s, everything is read in the end, once and in order",
    async (_what, fault) => {
      const { stage, discord } = await desk();
      const all: string[] = [];
      for (let n = 0; n < 230; n += 1) all.push(await discord.say(stage.marta, stage.help, `message ${n}`));
      discord.trouble({ fault, method: "GET", chance: 0.4, seed: 3 });
      let read: string[] = [];
      await again(async () => {
        read = [];
        for await (const event of stage.platform.history(stage.workspace, stage.help, 0, []))
          read.push(event.where.message);
      });
      expect(read).toEqual(all);
    },
  );
});

describe("answering, where", () => {
  const CALLBACK = "/interactions/:interaction/:token/callback";
  const FILL = "/webhooks/:application/:token/messages/:message";

  test.each([
    ["the connection breaks after the answer", { kind: "cut", when: "after" }],
    ["the connection breaks before the answer", { kind: "cut", when: "before" }],
    ["Discord fails once", { kind: "status", status: 503 }],
    ["it has to wait a moment", { kind: "rate_limited", retryAfterMs: 200 }],
  ] as readonly [string, Fault][])("%s, the person sees it once", async (_what, fault) => {
    const { stage, discord } = await desk();
    stage.heard.answer = () => ({ kind: "card", card: line("Four are open") });
    discord.trouble({ fault, route: CALLBACK, count: 1 });
    await discord.slash(stage.ana, stage.team, "/queue");
    await stage.heard.until("the answer", () => alone(stage).length > 0);
    expect(alone(stage)).toEqual(["Four are open"]);
    expect(stage.heard.acts).toHaveLength(1);
  });

  test("a late answer's connection breaks after it arrived, the person sees it once", async () => {
    const { stage, discord } = await desk();
    const card: Card = {
      summary: "#42",
      blocks: [{ kind: "actions", items: [{ act: "claim", args: { number: "42" }, label: "Claim" }] }],
    };
    const post = await stage.ensure(stage.inChannel(stage.team), card);
    stage.heard.answer = async () => {
      await new Promise((resolve) => setTimeout(resolve, 2_400));
      return { kind: "card", card: line("It is yours") };
    };
    discord.trouble({ fault: { kind: "cut", when: "after" }, route: FILL, count: 1 });
    await discord.press(stage.ana, post.message, "Claim");
    await stage.stopPlatform();
    expect(alone(stage)).toEqual(["It is yours"]);
  });

  test("the press arrives twice, it is done once and answered once", async () => {
    const { stage, discord } = await desk();
    stage.heard.answer = () => ({ kind: "card", card: line("Four are open") });
    discord.disturb({ disturbance: "twice", events: ["INTERACTION_CREATE"] });
    await discord.slash(stage.ana, stage.team, "/queue");
    await stage.heard.message(await discord.say(stage.marta, stage.help, "and then"));
    expect(stage.heard.acts).toHaveLength(1);
    expect(alone(stage)).toEqual(["Four are open"]);
    expect(stage.refused).toEqual([]);
  });

  function alone(stage: Stage): string[] {
    return stage.world
      .seenBy(stage.ana)
      .filter((message) => message.onlyFor === stage.ana)
      .map((message) => message.text);
  }
});
