// discord.js lets threads go soon after it heard of them, and nothing that the bot does in one needs them.
import { Client, Events } from "discord.js";
import { afterEach, expect, test, vi } from "vitest";
import { line } from "../contract/stage.ts";
import { desk } from "./desk.ts";

vi.mock("../../../src/platforms/discord/limits.ts", async (original) => ({
  ...(await original<typeof import("../../../src/platforms/discord/limits.ts")>()),
  SWEEP_THREADS_S: 1,
}));
afterEach(() => vi.restoreAllMocks());

test("threads are let go of, and all the same heard, answered, woken and acted in", async () => {
  const login = vi.spyOn(Client.prototype, "login");
  const { stage, discord } = await desk();
  const [client] = login.mock.contexts as Client[];
  const swept: string[] = [];
  client?.on(Events.CacheSweep, (what) => swept.push(what));
  const kept = () =>
    [client?.channels, client?.guilds.cache.get(stage.workspace)?.channels].map((list) =>
      list?.cache.has(root),
    );
  const root = await discord.say(stage.marta, stage.help, "Charged twice");
  const target = stage.inThread(stage.help, root);
  const buttons = { kind: "actions" as const, items: [{ act: "claim", args: {}, label: "Claim" }] };
  const known = await stage.ensure(target, { summary: "#42", blocks: [buttons] });
  const reply = await discord.say(stage.marta, stage.help, "twise", { thread: root });
  await stage.heard.message(reply);
  await stage.heard.until("the sweep", () => swept.includes("Swept 1 threads."));
  expect(kept()).toEqual([false, false]);

  const next = await discord.say(stage.ana, stage.help, "looking", { thread: root });
  expect((await stage.heard.message(next)).where).toEqual(stage.ref(stage.help, next, root));
  await discord.edit(stage.marta, stage.help, reply, "twice");
  expect((await stage.heard.of("edited", reply)).where).toEqual(stage.ref(stage.help, reply, root));
  await discord.react(stage.ana, stage.help, reply, "👀");
  expect((await stage.heard.of("reaction", reply)).where).toEqual(stage.ref(stage.help, reply, root));
  await discord.press(stage.ana, known.message, "Claim");
  expect((await stage.heard.call()).where).toEqual(stage.ref(stage.help, known.message, root));
  discord.setThread(root, { archived: true });
  await stage.ensure(target, line("Updated"), { known });
  expect(stage.shown(known.message)).toMatchObject({
    thread: root,
    text: expect.stringContaining("Updated"),
  });
  await discord.remove(stage.marta, stage.help, reply);
  expect((await stage.heard.of("deleted", reply)).where).toEqual(stage.ref(stage.help, reply, root));
  expect(stage.refused.filter((refusal) => !refusal.includes("50083"))).toEqual([]);
});
