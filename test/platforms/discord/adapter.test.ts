// What only Discord does, through the real SDK against the local Discord. What every platform does is in the contract.
import { describe, expect, test } from "vitest";
import type { PostRef } from "../../../src/platforms/platform.ts";
import { Permission } from "../../../src/sandbox/discord/server.ts";
import { line } from "../contract/stage.ts";
import { code, desk } from "./desk.ts";

describe("hearing", () => {
  test("an event that could not be committed asks for history", async () => {
    const { stage, discord } = await desk();
    stage.heard.take = () => {
      throw new Error("the database is away");
    };
    await discord.say(stage.marta, stage.help, "Charged twice");
    await stage.heard.until("the gap", () => stage.heard.gaps === 2);
    expect(stage.heard.events).toEqual([]);
  });

  test("the next event of a channel waits for the one before, other channels do not", async () => {
    const { stage, discord } = await desk();
    const gate = Promise.withResolvers<void>();
    stage.heard.take = (event) =>
      event.kind === "message" && event.text === "slow" ? gate.promise : undefined;
    const first = await discord.say(stage.marta, stage.help, "slow");
    const second = await discord.say(stage.marta, stage.help, "quick");
    const other = await discord.say(stage.ana, stage.team, "elsewhere");
    await stage.heard.message(other);
    expect(stage.heard.events.map((event) => event.where.message)).toEqual([other]);
    gate.resolve();
    await stage.heard.message(second);
    expect(stage.heard.messages().map((event) => event.where.message)).toEqual([other, first, second]);
  });

  test("edits and deletions in a thread nobody remembers, and in one that slept when the bot came", async () => {
    const { stage, discord } = await desk();
    const root = await discord.say(stage.marta, stage.help, "Charged twice");
    const reply = await discord.say(stage.marta, stage.help, "twise", { thread: root });
    discord.setThread(root, { archived: true });
    await stage.restart();
    discord.setThread(root, { archived: false });
    await discord.edit(stage.marta, stage.help, reply, "twice");
    const edited = await stage.heard.of("edited", reply);
    expect(edited.where).toEqual(stage.ref(stage.help, reply, root));
    await discord.remove(stage.marta, stage.help, reply);
    expect((await stage.heard.of("deleted", reply)).where).toEqual(stage.ref(stage.help, reply, root));
  });

  test("a purge deletes every message of it, but not the bot's", async () => {
    const { stage, discord } = await desk();
    const ids = [
      await discord.say(stage.marta, stage.help, "a"),
      await discord.say(stage.marta, stage.help, "b"),
    ];
    const own = await stage.ensure(stage.inChannel(stage.help), line("c"));
    discord.purge([...ids, own.message]);
    for (const id of ids) await stage.heard.of("deleted", id);
    const last = await discord.say(stage.marta, stage.help, "d");
    await stage.heard.message(last);
    expect(stage.heard.events.map((event) => event.where.message)).not.toContain(own.message);
  });

  test("a deleted forum post is a deleted message; a deleted thread under a message is not", async () => {
    const { stage, discord } = await desk();
    const post = await discord.say(stage.marta, stage.forum, "It drops rows", { title: "CSV import" });
    expect(await stage.heard.message(post)).toMatchObject({ forumPost: true, title: "CSV import" });
    const root = await discord.say(stage.marta, stage.help, "Charged twice");
    await discord.say(stage.marta, stage.help, "twice", { thread: root });
    discord.removeThread(root);
    discord.removeThread(post);
    const gone = await stage.heard.of("deleted", post);
    expect(gone.where).toEqual(stage.ref(stage.forum, post, post));
    expect(stage.heard.events.some((event) => event.kind === "deleted" && event.where.message === root)).toBe(
      false,
    );
  });

  test("a link that unfolds after an edit is no second edit", async () => {
    const { stage, discord } = await desk();
    const id = await discord.say(stage.marta, stage.help, "see");
    await discord.edit(stage.marta, stage.help, id, "see https://example.com");
    discord.unfurl(id);
    const last = await discord.say(stage.marta, stage.help, "thanks");
    await stage.heard.message(last);
    expect(stage.heard.events.filter((event) => event.kind === "edited")).toHaveLength(1);
  });

  test("stopping waits for what is under way", async () => {
    const { stage, discord } = await desk();
    const gate = Promise.withResolvers<void>();
    stage.heard.take = () => gate.promise;
    const id = await discord.say(stage.marta, stage.help, "one more");
    const acting = discord.slash(stage.ana, stage.help, "/queue");
    await stage.heard.call();
    await acting;
    const stopped = stage.stopPlatform();
    gate.resolve();
    await stopped;
    expect(stage.heard.events.map((event) => event.where.message)).toEqual([id]);
  });
});

describe("posting", () => {
  const POST = { method: "POST", route: "/channels/:channel/messages" };

  test("once, though the connection broke after Discord had taken it", async () => {
    const { stage, discord } = await desk();
    discord.failNext(1, { kind: "cut", when: "after" }, POST);
    await stage.ensure(stage.inChannel(stage.help), line("Thanks")).catch(() => {});
    await stage.ensure(stage.inChannel(stage.help), line("Thanks"));
    expect(stage.ownPosts(stage.help)).toHaveLength(1);
  });

  test("a short wait is sat out, a long one is handed back with its length", async () => {
    const { stage, discord } = await desk();
    discord.failNext(1, { kind: "rate_limited", retryAfterMs: 200 }, POST);
    await stage.ensure(stage.inChannel(stage.help), line("Thanks"));
    discord.failNext(1, { kind: "rate_limited", retryAfterMs: 30_000 }, POST);
    const tried: unknown = await stage
      .ensure(stage.inChannel(stage.team), line("Card"))
      .catch((error: unknown) => error);
    expect(tried).toMatchObject({ code: "platform_rate_limited" });
    expect(tried).toHaveProperty(
      "fields.retryAfterMs",
      expect.toSatisfy((ms: number) => ms >= 29_000),
    );
  });

  test("a failing server is a passing failure", async () => {
    const { stage, discord } = await desk();
    discord.failNext(5, { kind: "status", status: 503 }, POST);
    expect(await code(stage.ensure(stage.inChannel(stage.help), line("Thanks")))).toBe(
      "platform_unavailable",
    );
  });

  test("where the bot may not is forbidden, and says who can help", async () => {
    const { stage, discord } = await desk();
    discord.setOverwrite(stage.help, discord.botUser, { deny: Permission.sendMessages });
    const tried: unknown = await stage
      .ensure(stage.inChannel(stage.help), line("Thanks"))
      .catch((error: unknown) => error);
    expect(tried).toMatchObject({
      code: "platform_forbidden",
      message: expect.stringContaining("manifests/discord.md"),
    });
  });

  test("wakes a thread that sleeps, to update, to react, to remove and to post", async () => {
    const { stage, discord } = await desk();
    const root = await discord.say(stage.marta, stage.help, "Charged twice");
    const target = stage.inThread(stage.help, root);
    const post = await stage.ensure(target, line("Thanks"));
    const reply = await discord.say(stage.marta, stage.help, "twice", { thread: root });
    const asleep = async (work: () => Promise<unknown>): Promise<void> => {
      discord.setThread(root, { archived: true });
      await work();
    };
    await asleep(() => stage.ensure(target, line("Updated"), { known: post }));
    expect(stage.shown(post.message).text).toContain("Updated");
    await asleep(() => stage.platform.react(stage.ref(stage.help, reply, root), "eyes", true));
    expect(stage.marks(reply, "eyes")).toEqual([discord.botUser]);
    await asleep(() => stage.ensure(target, line("More"), { key: "b" }));
    await asleep(() => stage.platform.remove(post));
    expect(stage.ownPosts(stage.help)).toHaveLength(1);
  });

  test("into a thread that slept when the bot came finds it, and starts no second one", async () => {
    const { stage, discord } = await desk();
    const root = await discord.say(stage.marta, stage.help, "Charged twice");
    await discord.say(stage.ana, stage.help, "looking", { thread: root });
    discord.setThread(root, { archived: true });
    await stage.restart();
    const post = await stage.ensure(stage.inThread(stage.help, root), line("Thanks"));
    expect(stage.shown(post.message).thread).toBe(root);
    expect(stage.refused).toEqual([]);
  });

  test("names the thread, cut to what Discord takes", async () => {
    const { stage, discord } = await desk();
    const root = await discord.say(stage.marta, stage.help, "Charged twice");
    await stage.ensure(stage.inThread(stage.help, root, "x ".repeat(200)), line("Thanks"));
    expect(stage.refused).toEqual([]);
  });

  test("anew after somebody deleted the post within the minutes its nonce lives", async () => {
    const { stage, discord } = await desk();
    const first = await stage.ensure(stage.inChannel(stage.help), line("Thanks"));
    discord.purge([first.message]);
    const second: PostRef = await stage.ensure(stage.inChannel(stage.help), line("Thanks"), { known: first });
    expect(second.message).not.toBe(first.message);
    expect(stage.shown(second.message).deleted).toBe(false);
  });
});

describe("answering", () => {
  const slow = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  test("a button that takes long and says nothing leaves no trace, and no failure", async () => {
    const { stage, discord } = await desk();
    const card = {
      summary: "#42",
      blocks: [
        { kind: "actions" as const, items: [{ act: "claim", args: { number: "42" }, label: "Claim" }] },
      ],
    };
    const post = await stage.ensure(stage.inChannel(stage.team), card);
    const before = discord.seenBy(stage.ana).length;
    stage.heard.answer = async () => {
      await slow(2_500);
      return { kind: "nothing" };
    };
    await discord.press(stage.ana, post.message, "Claim");
    await stage.stopPlatform();
    expect(discord.seenBy(stage.ana)).toHaveLength(before);
    expect(stage.refused).toEqual([]);
  });

  test("a command that has nothing to say shows that it was done", async () => {
    const { stage, discord } = await desk();
    await discord.slash(stage.ana, stage.team, "/queue");
    const mine = discord.seenBy(stage.ana).filter((message) => message.onlyFor === stage.ana);
    expect(mine.map((message) => message.text)).toEqual(["✓"]);
  });

  test("a form that comes too late asks to try again", async () => {
    const { stage, discord } = await desk();
    stage.heard.answer = async () => {
      await slow(2_500);
      const fields = [{ name: "a", label: "A", multiline: false, required: true, max: 10 }];
      return { kind: "modal", modal: { act: "x", args: {}, title: "T", submit: "S", cancel: "C", fields } };
    };
    await discord.slash(stage.ana, stage.team, "/queue");
    const text = await stage.heard.until("the sentence", () =>
      discord.seenBy(stage.ana).find((message) => message.onlyFor === stage.ana && message.text !== ""),
    );
    expect(text.text).toContain("Please try once more");
    expect(discord.modal(stage.ana)).toBeNull();
  });

  test("when Discord has given up is logged, and the bot lives on", async () => {
    const { stage, discord, lines } = await desk({ interactionDeadlineMs: 100 });
    stage.heard.answer = async () => {
      await slow(300);
      return { kind: "card", card: line("late") };
    };
    await discord.slash(stage.ana, stage.team, "/queue");
    await stage.heard.until("the log", () => lines.find((entry) => entry.includes("given up")));
    expect(stage.refused.join()).toContain("10062");
    stage.heard.answer = () => ({ kind: "card", card: line("in time") });
    await discord.slash(stage.ana, stage.team, "/queue");
    expect(discord.seenBy(stage.ana).some((message) => message.text === "in time")).toBe(true);
  });

  test("a button in a direct message is about the guild it was sent for", async () => {
    const { stage, discord } = await desk();
    const card = {
      summary: "Ferro expects you",
      blocks: [
        { kind: "actions" as const, items: [{ act: "on_it", args: { request: "r" }, label: "On it" }] },
      ],
    };
    const post = await stage.ensure(stage.toPerson(stage.ana), card);
    await discord.press(stage.ana, post.message, "On it");
    expect(await stage.heard.call()).toMatchObject({
      args: { request: "r" },
      by: { id: stage.ana, workspace: stage.workspace },
      where: { workspace: stage.workspace, message: post.message },
    });
  });
});

test("who can read follows roles and overwrites as they change", async () => {
  const { stage, discord } = await desk();
  const can = (person: string) => stage.platform.canRead(stage.workspace, stage.help, person);
  expect(await can(stage.marta)).toBe(true);
  discord.setOverwrite(stage.help, stage.workspace, { deny: Permission.viewChannel });
  const last = await discord.say(stage.luis, stage.team, "done");
  await stage.heard.message(last);
  expect(await can(stage.marta)).toBe(false);
  expect(await can(stage.luis)).toBe(true);
  discord.setOverwrite(stage.help, stage.marta, { allow: Permission.viewChannel });
  const again = await discord.say(stage.luis, stage.team, "done again");
  await stage.heard.message(again);
  expect(await can(stage.marta)).toBe(true);
  const info = (await stage.platform.channels(stage.workspace)).find((one) => one.channel === stage.help);
  expect(info).toMatchObject({ private: true, shared: false });
});

test("who has left the server is nobody there: no profile, nothing to read, no direct message", async () => {
  const { stage, discord } = await desk();
  discord.leave(stage.marta);
  expect(await stage.platform.profile(stage.workspace, stage.marta)).toBeNull();
  expect(await stage.platform.canRead(stage.workspace, stage.help, stage.marta)).toBe(false);
  expect(await code(stage.ensure(stage.toPerson(stage.marta), line("Are you well?")))).toBe(
    "platform_direct_closed",
  );
  expect(stage.refused.map((each) => each.match(/: (\d+)/)?.[1])).toEqual(["10007", "50278"]);
});
