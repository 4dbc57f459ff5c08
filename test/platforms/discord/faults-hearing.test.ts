// Whatever breaks while the bot listens to Discord: all is heard once and in order.
import { describe, expect, test } from "vitest";
import type { ChatEvent } from "../../../src/domain/events.ts";
import type { Stage } from "../contract/stage.ts";
import { desk } from "./desk.ts";

describe("hearing, where", () => {
  /** Says `count` messages, with something going wrong before each tenth. */
  async function amid(stage: Stage, count: number, trouble: () => void): Promise<string[]> {
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1) {
      if (n % 10 === 5) trouble();
      ids.push(await stage.world.say(stage.marta, stage.help, `message ${n}`));
      // The bot gets to hear some of it between the troubles.
      if (n % 10 === 9) await stage.heard.message(ids[n - 5] ?? "");
    }
    return ids;
  }

  const heard = (stage: Stage): string[] => stage.heard.messages().map((event) => event.where.message);

  test("the line breaks again and again, all is heard once and in order", async () => {
    const { stage, discord } = await desk();
    const ids = await amid(stage, 40, () => discord.cut());
    await stage.heard.message(ids.at(-1) ?? "");
    expect(heard(stage)).toEqual(ids);
    expect(stage.heard.gaps).toBe(1);
  });

  test("Discord asks to connect again, all is heard once and in order", async () => {
    const { stage, discord } = await desk();
    const ids = await amid(stage, 20, () => discord.reconnect());
    await stage.heard.message(ids.at(-1) ?? "");
    expect(heard(stage)).toEqual(ids);
    expect(stage.heard.gaps).toBe(1);
  });

  test("the session is declared invalid but may be resumed, all is heard once and in order", async () => {
    const { stage, discord } = await desk();
    const ids = await amid(stage, 10, () => discord.invalidate(true));
    await stage.heard.message(ids.at(-1) ?? "");
    expect(heard(stage)).toEqual(ids);
  });

  test.each([
    [
      "the session is declared invalid for good",
      {},
      (discord: { invalidate(r: boolean): void }) => discord.invalidate(false),
    ],
    ["more was missed than Discord keeps", { replayBuffer: 3 }, (discord: { cut(): void }) => discord.cut()],
  ] as const)("%s, history is read, and with it nothing is missing", async (_what, options, trouble) => {
    const { stage, discord } = await desk(options);
    const first = await discord.say(stage.marta, stage.help, "before");
    const since = (await stage.heard.message(first)).at;
    trouble(discord);
    const ids = [first];
    for (let n = 0; n < 20; n += 1) ids.push(await discord.say(stage.marta, stage.help, `message ${n}`));
    await stage.heard.until("the gap", () => stage.heard.gaps === 2);
    const later = await discord.say(stage.marta, stage.help, "after");
    await stage.heard.message(later);
    const read: ChatEvent[] = [];
    for await (const event of stage.platform.history(stage.workspace, stage.help, since, []))
      read.push(event);
    expect(new Set([...heard(stage), ...read.map((event) => event.where.message)])).toEqual(
      new Set([...ids, later]),
    );
  });

  test("the line looks alive and is silent, the bot notices, and hears once what was said meanwhile", async () => {
    const { stage, discord } = await desk({ heartbeatMs: 200 });
    discord.silence();
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.push(await discord.say(stage.marta, stage.help, `message ${n}`));
    await stage.heard.message(ids.at(-1) ?? "");
    expect(heard(stage)).toEqual(ids);
    expect(stage.heard.gaps).toBe(1);
  });

  test("Discord does not even say where to connect to, the bot keeps trying and misses nothing", async () => {
    const { stage, discord } = await desk();
    discord.trouble({ fault: { kind: "status", status: 503 }, route: "/gateway/bot", count: 2 });
    discord.cut();
    const id = await discord.say(stage.marta, stage.help, "Are you there?");
    await stage.heard.message(id);
    expect(heard(stage)).toEqual([id]);
  });

  test("dispatches come twice, both tell the same, so that one is known by the other", async () => {
    const { stage, discord } = await desk();
    discord.disturb({ disturbance: "twice" });
    const id = await discord.say(stage.marta, stage.help, "hello");
    await discord.edit(stage.marta, stage.help, id, "hello there");
    await discord.react(stage.ana, stage.help, id, "👀");
    await discord.remove(stage.marta, stage.help, id);
    await discord.say(stage.marta, stage.help, "and then");
    await stage.heard.until("all of it", () => stage.heard.messages().length >= 3);
    const kinds = new Map<string, ChatEvent[]>();
    for (const event of stage.heard.events) {
      if (event.where.message !== id) continue;
      kinds.set(event.kind, [...(kinds.get(event.kind) ?? []), event]);
    }
    expect([...kinds.keys()]).toEqual(["message", "edited", "reaction", "deleted"]);
    for (const [first, ...others] of kinds.values()) {
      for (const other of others) expect({ ...other, at: 0 }).toEqual({ ...first, at: 0 });
    }
  });

  test("dispatches come out of order, all are heard once", async () => {
    const { stage, discord } = await desk();
    discord.disturb({ disturbance: "late", chance: 0.4, seed: 11 });
    const ids: string[] = [];
    for (let n = 0; n < 40; n += 1) ids.push(await discord.say(stage.marta, stage.help, `message ${n}`));
    await stage.heard.until("all", () => stage.heard.messages().length === ids.length);
    expect([...heard(stage)].sort()).toEqual([...ids].sort());
    expect(heard(stage)).not.toEqual(ids);
  });

  test("an edit overtakes its message, the message says what it was edited to", async () => {
    const { stage, discord } = await desk();
    discord.disturb({ disturbance: "late", events: ["MESSAGE_CREATE"], count: 1 });
    const id = await discord.say(stage.marta, stage.help, "I cant log in");
    await discord.edit(stage.marta, stage.help, id, "Nobody can log in");
    expect(await stage.heard.message(id)).toMatchObject({ text: "Nobody can log in" });
  });

  test("a deletion overtakes its message, the message is not heard of any more", async () => {
    const { stage, discord } = await desk();
    discord.disturb({ disturbance: "late", events: ["MESSAGE_CREATE"], count: 1 });
    const id = await discord.say(stage.marta, stage.help, "never mind");
    await discord.remove(stage.marta, stage.help, id);
    await stage.heard.message(await discord.say(stage.marta, stage.help, "and then"));
    expect(heard(stage)).not.toContain(id);
  });

  test("a dispatch is lost, history has it", async () => {
    const { stage, discord } = await desk();
    discord.disturb({ disturbance: "lost", events: ["MESSAGE_CREATE"], count: 1 });
    const id = await discord.say(stage.marta, stage.help, "Are you there?");
    await stage.heard.message(await discord.say(stage.marta, stage.help, "Hello?"));
    expect(heard(stage)).not.toContain(id);
    const read: string[] = [];
    for await (const event of stage.platform.history(stage.workspace, stage.help, 0, []))
      read.push(event.where.message);
    expect(read).toContain(id);
  });
});
