import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bot, startBot } from "../../src/bot.ts";
import { createLog } from "../../src/log.ts";
import { createDiscord } from "../../src/platforms/discord/index.ts";
import { createSlack } from "../../src/platforms/slack/index.ts";
import { readPolicy } from "../../src/policy-file.ts";
import { playMorning } from "../../src/sandbox/morning.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { freshDatabase } from "../support/database.ts";

async function sandboxWith(write: (text: string) => void): Promise<Sandbox> {
  return startSandbox({ real: () => performance.now(), color: false, width: () => 80, write });
}

describe("a morning with the bot", () => {
  let sandbox: Sandbox;
  let bot: Bot;
  let shown = "";
  /** What the bot warned of, to explain a step that was missed. */
  let warned = "";
  let missed: readonly string[] = [];
  const refused: string[] = [];

  beforeAll(async () => {
    sandbox = await sandboxWith((text) => {
      shown += text;
    });
    for (const platform of [sandbox.slack, sandbox.discord]) {
      platform.observe((happening) => {
        if (happening.kind === "refused") refused.push(`${happening.method} ${happening.code}`);
      });
    }
    const { slack, discord, clock } = sandbox;
    const { url } = await freshDatabase();
    const log = createLog("warn", {
      write: (line) => {
        warned += line;
      },
    });
    bot = await startBot({
      databaseUrl: url,
      policy: readPolicy(sandbox.policy, "the sandbox"),
      platforms: [
        createSlack({
          botToken: slack.tokens.bot,
          appToken: slack.tokens.app,
          apiUrl: slack.apiUrl,
          clock,
          log,
          speed: 1_000,
        }),
        createDiscord({ token: discord.tokens.bot, apiUrl: discord.apiUrl, clock, log }),
      ],
      clock,
      wall: () => performance.timeOrigin + performance.now(),
      log,
    });

    ({ missed } = await playMorning({ ...sandbox, pace: 0 }));
  }, 120_000);

  afterAll(async () => {
    await bot?.stop();
    await sandbox?.stop();
  });

  test("every step of the road is seen as it is told", () => {
    expect(missed, `${shown}\n${warned}`).toEqual([]);
  });

  test("the platforms refuse the bot nothing", () => {
    expect(refused).toEqual([]);
  });

  test("a bare thanks opens no request, and a watched channel stays silent until it is live", () => {
    const { slack } = sandbox;
    const cards = slack.messages("C0TEAM").filter(({ text }) => /^#\d+ /.test(text));
    expect(cards.map(({ text }) => text.split("\n")[0])).not.toContainEqual(
      expect.stringContaining("Thanks"),
    );
    const [olmo] = slack.messages("C0AYUDA").filter(({ author }) => author.id === "U0OLMO");
    expect(olmo?.reactions).toEqual({});
    const answers = slack.messages("C0AYUDA").filter(({ thread }) => thread === olmo?.id);
    expect(answers.map(({ author }) => author.name)).toEqual(["Lucía Sanz"]);
  });

  test("customers on both platforms are spoken to in their own language", () => {
    const said = (platform: "slack" | "discord", channel: string) =>
      sandbox[platform].messages(channel).filter(({ author }) => author.id === sandbox[platform].botUser);
    expect(said("slack", "C0FERRO").some(({ text }) => text.startsWith("Thanks, Marta."))).toBe(true);
    expect(said("slack", "C0AYUDA").some(({ text }) => text.startsWith("Gracias, Rosa."))).toBe(true);
  });

  test("it ends with what to try next", () => {
    expect(shown).toContain("What to try next");
    expect(shown).toContain("--replay");
    expect(shown.trimEnd().endsWith("Ctrl-C ends it.")).toBe(true);
  });

  test("no line is wider than the terminal", () => {
    for (const line of shown.split("\n")) expect(Array.from(line).length, line).toBeLessThanOrEqual(80);
  });
});

test("without a bot the story says what it waited for, and goes on to its end", async () => {
  let shown = "";
  const sandbox = await sandboxWith((text) => {
    shown += text;
  });
  try {
    const { missed } = await playMorning({ ...sandbox, pace: 0, patience: 50 });
    expect(missed.length).toBeGreaterThan(10);
    expect(shown.replace(/[\s!]+/g, " ")).toContain(
      "waited for the 👀 on Marta's message. The story goes on.",
    );
    expect(shown).toContain("That was the road");
  } finally {
    await sandbox.stop();
  }
});

test("Ctrl-C ends the story at once, without blame", async () => {
  let shown = "";
  const sandbox = await sandboxWith((text) => {
    shown += text;
  });
  try {
    const stopping = new AbortController();
    const played = playMorning({ ...sandbox, stopping: stopping.signal });
    stopping.abort();
    const { missed } = await played;
    expect(missed).toEqual([]);
    expect(shown).not.toContain("did not go as told");
  } finally {
    await sandbox.stop();
  }
});
