// One bot in two guilds. The local Discord has one, so these stand in memory: what is posted where is all that counts here.
import { afterEach, expect, test } from "vitest";
import { type Bot, startBot } from "../../src/bot.ts";
import type { Clock } from "../../src/clock.ts";
import type { MessageEvent } from "../../src/domain/events.ts";
import { createLog } from "../../src/log.ts";
import type { EnsureRequest, Platform } from "../../src/platforms/platform.ts";
import { readPolicy } from "../../src/policy-file.ts";
import { createManualClock } from "../../src/sandbox/clock.ts";
import { anybody, shownText } from "../fakes/show.ts";
import { freshDatabase } from "../support/database.ts";

const START = Date.UTC(2026, 10, 24, 9, 0);
const team = (staff: string) => `
    timezone: Europe/Madrid
    hours: { mon-fri: "9:00-14:00, 15:00-18:00" }
    ${staff}
    teams:
      - name: Support
        channels: [{ name: help, mode: every, live: true }]
        team channel: support-team
    storm: 2 customers in 30 min
    storm of tier 1: 2 customers in 30 min`;
/** Ana is of the team in A alone. */
const POLICY = `
workspaces:
  - platform: discord
    id: "900000000000000001"${team('staff: ["100000000000000001"]')}
  - platform: discord
    id: "900000000000000002"${team("")}`;

interface Guilds {
  bot: Bot;
  posts: { workspace: string; where: string; text: string }[];
  says(workspace: string, channel: string, who: string, text: string): Promise<string>;
  settled(): Promise<void>;
  press(workspace: string, act: string, args: Record<string, string>): Promise<void>;
  restart(): Promise<void>;
}

const open: Bot[] = [];
afterEach(async () => {
  for (const bot of open.splice(0)) await bot.stop();
});

const A = "900000000000000001";
const B = "900000000000000002";
const ANA = "100000000000000001";

/** Who is in which guild; Ana is of the team in A and a customer in B. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  "100000000000000001": [A, B],
  ada: [A],
  bea: [A, B],
  cyd: [B],
  dan: [B],
};

async function guilds(): Promise<Guilds> {
  const clock = createManualClock(START);
  const { url } = await freshDatabase();
  const posts: Guilds["posts"] = [];
  const said: MessageEvent[] = [];
  let count = 0;
  const nextId = () => String(910000000000000000n + BigInt(++count));
  const profile = (workspace: string, id: string) => ({
    ...{ platform: "discord", workspace, id, name: id, bot: false, external: false, company: null },
    ...{ fresh: false, timezone: null, lang: null, groups: [], admin: false },
  });
  const platform: Platform = {
    name: "discord",
    capabilities: {
      slashInThreads: true,
      ephemeralAnytime: false,
      formsStayOpen: false,
      textMode: "every",
      repostAfterDays: null,
    },
    start: async () => {},
    stop: async () => {},
    workspaces: async () => [
      { id: A, name: "A" },
      { id: B, name: "B" },
    ],
    directs: async () => [],
    channels: async (workspace) =>
      ["help", "support-team"].map((name) => ({
        ...{ platform: "discord", workspace, channel: `${workspace}-${name}`, name, kind: "text" as const },
        ...{ private: name !== "help", shared: false, member: true },
      })),
    profile: async (workspace, id) => (MEMBERS[id]?.includes(workspace) ? profile(workspace, id) : null),
    canRead: async () => false,
    // A direct message is the same in whatever guild it is read for.
    async *history(workspace, channel, since) {
      for (const message of said)
        if (message.where.channel === channel && message.at >= since)
          yield {
            ...message,
            where: { ...message.where, workspace },
            author: { ...message.author, workspace },
          };
    },
    message: async ({ message }) => said.find(({ where }) => where.message === message) ?? null,
    async ensure({ target, card, known }: EnsureRequest) {
      const where = target.kind === "direct" || target.kind === "only" ? target.person : target.channel;
      posts.push({ workspace: target.workspace, where, text: shownText(card, anybody) });
      const at = clock.now();
      return known ?? { workspace: target.workspace, channel: where, message: nextId(), at };
    },
    react: async () => {},
    remove: async () => {},
    link: async () => null,
  };
  const log = createLog("silent");
  const wall = () => performance.timeOrigin + performance.now();
  const policy = readPolicy(POLICY, "two.yaml");
  const start = async () => {
    const started = await startBot({
      ...{ databaseUrl: url, policy, platforms: [platform], clock: clock as Clock, wall, log },
    });
    open.push(started);
    return started;
  };
  let bot = await start();
  await bot.sweep.once();
  const settled = async () => {
    for (let quiet = 0; quiet < 2; ) {
      await bot.app.idle();
      quiet = (await bot.pending()) === 0 ? quiet + 1 : 0;
      if (quiet < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return {
    posts,
    settled,
    get bot() {
      return bot;
    },
    async says(workspace, channel, who, text) {
      clock.advance(1_000);
      const message: MessageEvent = {
        kind: "message",
        where: { platform: "discord", workspace, channel, thread: null, message: nextId() },
        at: clock.now(),
        author: profile(workspace, who),
        ...{
          text,
          mentions: [],
          mentionsBot: false,
          files: [],
          replyTo: null,
          forumPost: false,
          title: null,
        },
        ...(channel.includes("-") ? {} : { direct: true }),
      };
      said.push(message);
      await bot.app.event(message);
      await settled();
      return message.where.message;
    },
    async press(workspace, act, args) {
      const by = profile(workspace, ANA);
      const where = {
        platform: "discord",
        workspace,
        channel: `${workspace}-support-team`,
        thread: null,
        message: "1",
      };
      const call = {
        kind: "act",
        id: nextId(),
        at: clock.now(),
        by,
        lang: "en",
        surface: "modal",
        act,
        args,
      } as const;
      await bot.app.act({ ...call, where, target: null });
      await settled();
    },
    async restart() {
      await bot.stop();
      bot = await start();
      await settled();
    },
  };
}

/** Each request: its guild, whose it is, and how many messages it has. */
async function requestsOf({ bot }: Guilds) {
  const rows = await bot.app.context.db.$queryRaw<{ guild: string; who: string; messages: number }[]>`
    SELECT w.external_id AS guild, p.name AS who,
      (SELECT count(*)::int FROM message m WHERE m.request_id = r.id) AS messages
    FROM request r JOIN workspace w ON w.id = r.workspace_id JOIN person p ON p.id = r.customer_id ORDER BY r.opened_at`;
  return rows.map(({ guild, who, messages }) => [guild, who, messages]);
}

test("a direct message goes on in the guild its talk began in, whatever is heard in between, and is read once", async () => {
  const town = await guilds();
  await town.says(A, "dmbea", "bea", "The export fails with an error for me");
  expect(await requestsOf(town)).toEqual([[A, "bea", 1]]);
  // The platform only knows where somebody wrote last: now that is the other guild.
  await town.says(B, "dmbea", "bea", "It is the file from October, it shows an error");
  expect(await requestsOf(town)).toEqual([[A, "bea", 2]]);
  await town.restart();
  expect(await requestsOf(town)).toEqual([[A, "bea", 2]]);
});

test("who is of the team in one guild and a customer in the other is heard as a customer there", async () => {
  const town = await guilds();
  await town.says(A, "dmana", ANA, "The export fails with an error for me");
  expect(await requestsOf(town)).toEqual([[B, ANA, 1]]);
});

test("the same outage in two guilds is never one incident, and each is told only its own", async () => {
  const town = await guilds();
  const cards = (workspace: string) =>
    town.posts.filter(({ where, text }) => where === `${workspace}-support-team` && /incident/i.test(text));
  const outage = "Nobody can log in, the whole site is down";
  await town.says(A, `${A}-help`, "ada", outage);
  await town.says(B, `${B}-help`, "cyd", outage);
  expect([...cards(A), ...cards(B)]).toEqual([]);
  await town.says(A, `${A}-help`, "bea", outage);
  expect(cards(A).at(-1)?.text).toContain("2 customers say the same");
  expect(cards(B)).toEqual([]);
  await town.says(B, `${B}-help`, "dan", outage);
  expect(cards(B).at(-1)?.text).toContain("2 customers say the same");
  const rows = await town.bot.app.context.db.$queryRaw<{ id: string; guild: string }[]>`
    SELECT i.id, w.external_id AS guild FROM incident i JOIN workspace w ON w.id = i.workspace_id`;
  expect(rows).toHaveLength(2);
  const ofA = rows.find(({ guild }) => guild === A)?.id ?? "";
  // Ana is of the team in A alone: from B nothing of A can be pressed.
  const before = town.posts.length;
  await town.press(B, "confirm_incident", { incident: ofA });
  expect(town.posts.slice(before).filter(({ workspace }) => workspace === A)).toEqual([]);
  await town.press(A, "confirm_incident", { incident: ofA });
  const from = town.posts.length;
  await town.press(A, "update_everyone", { incident: ofA, line: "The login server is back." });
  const told = town.posts.slice(from).filter(({ text }) => text.includes("The login server is back."));
  expect(told.filter(({ workspace }) => workspace === B)).toEqual([]);
  expect(told.filter(({ where }) => where === `${A}-help`)).toHaveLength(2);
});
