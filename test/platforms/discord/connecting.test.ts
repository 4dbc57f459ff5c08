// How the bot comes in to Discord, with the real SDK, and what it says when it cannot.
import { describe, expect, test } from "vitest";
import { createDiscord } from "../../../src/platforms/discord/index.ts";
import { startStrictDiscord } from "../../sandbox/discord-strict/strict.ts";
import { Heard } from "../contract/heard.ts";
import { closing, code, desk, type Options } from "./desk.ts";
import { adapter, quietLog, wallClock } from "./local.ts";

describe("connecting", () => {
  async function refusal(options: Options, token?: string): Promise<{ code: unknown; message: string }> {
    const discord = await startStrictDiscord({ clock: wallClock, ...options });
    closing(() => discord.stop());
    const platform = createDiscord({
      token: token ?? discord.tokens.bot,
      apiUrl: discord.apiUrl,
      clock: wallClock,
      log: quietLog,
    });
    const error: unknown = await platform.start(new Heard()).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    return error as { code: unknown; message: string };
  }

  test("without the right to read messages says what to switch on", async () => {
    const error = await refusal({ disallowedIntents: 1 << 15 });
    expect(error.code).toBe("platform_unauthorized");
    expect(error.message).toContain("Message Content Intent");
    expect(error.message).toContain("Developer Portal");
  });

  test("with a wrong token says where the right one is, and not what it was", async () => {
    const error = await refusal({}, "a-wrong-token");
    expect(error.code).toBe("platform_unauthorized");
    expect(error.message).toContain("DISCORD_TOKEN");
    expect(error.message).not.toContain("a-wrong-token");
  });

  test("to a server that is not there is a passing failure", async () => {
    const discord = await startStrictDiscord({ clock: wallClock });
    await discord.stop();
    const platform = adapter(discord);
    expect(await code(platform.start(new Heard()))).toBe("platform_unavailable");
  });

  test("works at the second try, after a first one that failed", async () => {
    const discord = await startStrictDiscord({ clock: wallClock });
    closing(() => discord.stop());
    const platform = adapter(discord);
    const heard = new Heard();
    discord.failNext(9, { kind: "status", status: 503 }, { route: "/gateway/bot" });
    expect(await code(platform.start(heard))).toBe("platform_unavailable");
    while ((await code(platform.start(heard))) !== null) expect(heard.gaps).toBe(0);
    expect(await platform.workspaces()).toHaveLength(1);
    await platform.stop();
  });

  test("that fails when the commands cannot be registered leaves no line open: the next try would hear all twice", async () => {
    const discord = await startStrictDiscord({ clock: wallClock });
    closing(() => discord.stop());
    const platform = adapter(discord);
    const heard = new Heard();
    const route = "/applications/:application/commands";
    const heal = discord.trouble({ fault: { kind: "status", status: 503 }, route, count: 99 });
    expect(await code(platform.start(heard))).toBe("platform_unavailable");
    await heard.until("the end of the line", () => !discord.connected());
    heal();
    await platform.start(heard);
    expect(discord.connected()).toBe(true);
    await platform.stop();
  });

  test("asks for history: nobody tells again what was said while the bot was away", async () => {
    const { stage } = await desk();
    expect(stage.heard.gaps).toBe(1);
  });

  test("after a broken line resumes, and hears what was said meanwhile without reading history", async () => {
    const { stage, discord } = await desk();
    discord.cut();
    const id = await discord.say(stage.marta, stage.help, "Are you there?");
    await stage.heard.message(id);
    expect(stage.heard.gaps).toBe(1);
  });

  test("with a new session asks for history", async () => {
    const { stage, discord } = await desk();
    discord.invalidate(false);
    await stage.heard.until("the gap", () => stage.heard.gaps === 2);
    const id = await discord.say(stage.marta, stage.help, "Are you there?");
    await stage.heard.message(id);
  });
});
