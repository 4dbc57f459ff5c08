// Is the adapter's memory flat? 100,000 messages from 5,000 people in 50 channels and their threads, with edits, deletions,
// reactions, presses' worth of posts and updates; the local Discord runs in a process of its own.
//   node --expose-gc test/platforms/discord/memory.ts [messages]
import { fork } from "node:child_process";
import { SiempreError } from "../../../src/errors.ts";
import { createLog } from "../../../src/log.ts";
import { createDiscord } from "../../../src/platforms/discord/index.ts";
import type { Inbound, Target } from "../../../src/platforms/platform.ts";
import { snowflakeAt, startLocalDiscord } from "../../../src/sandbox/discord/server.ts";
import { line } from "../contract/stage.ts";
import { wallClock } from "./local.ts";

const PEOPLE = 5_000;
const CHANNELS = 50;
const BATCH = 10_000;
const LONG_AGO = Date.UTC(2020, 1, 1);
const person = (n: number): string => snowflakeAt(LONG_AGO, n % PEOPLE);
const channel = (n: number): string => snowflakeAt(LONG_AGO + 1_000, n % CHANNELS);

/** The world's end: says what it is asked to, as fast as the bot hears it. */
async function world(): Promise<void> {
  const discord = await startLocalDiscord({ clock: { now: () => Date.now() } });
  for (let n = 0; n < PEOPLE; n += 1) discord.addPerson({ id: person(n), name: `Person ${n}` });
  for (let n = 0; n < CHANNELS; n += 1) {
    discord.addChannel({ id: channel(n), name: `help-${n}`, kind: "text", private: false });
  }
  process.on("message", async (n: number) => {
    const [who, where] = [person(n * 7), channel(n)];
    const id = await discord.say(
      who,
      where,
      `message ${n}: the plan change charged me twice, please look into it`,
    );
    if (n % 20 === 1) await discord.say(person(n + 1), where, "looking", { thread: id });
    if (n % 20 === 2) await discord.edit(who, where, id, `message ${n}, in other words`);
    if (n % 20 === 3) await discord.remove(who, where, id);
    if (n % 20 === 4) await discord.react(person(n + 2), where, id, "👀");
    process.send?.({ said: n });
  });
  process.on("disconnect", () => void discord.stop());
  process.send?.({ apiUrl: discord.apiUrl, token: discord.tokens.bot, workspace: discord.workspace });
}

async function measure(total: number): Promise<void> {
  const other = fork(import.meta.filename, ["world"], { execArgv: [] });
  const ready = Promise.withResolvers<{ apiUrl: string; token: string; workspace: string }>();
  let heard = 0;
  let wake = (): void => {};
  other.on("message", (message: object) => {
    if ("apiUrl" in message) ready.resolve(message as { apiUrl: string; token: string; workspace: string });
  });
  const { apiUrl, token, workspace } = await ready.promise;
  const platform = createDiscord({ token, apiUrl, clock: wallClock, log: createLog("silent") });
  const posts: Promise<void>[] = [];
  const answer = async (target: Target, key: string): Promise<void> => {
    const about = { target, lang: "en" as const, key, suspect: false };
    try {
      const known = await platform.ensure({ ...about, card: line("Thanks"), known: null });
      await platform.ensure({ ...about, card: line("Done"), known });
    } catch (error) {
      // Some are deleted before they are answered.
      if (!(error instanceof SiempreError && error.code === "platform_gone")) throw error;
    }
  };
  const inbound: Inbound = {
    async event(event) {
      if (event.kind !== "message" || event.where.thread !== null) return;
      heard += 1;
      if (heard % 100 === 0) {
        const { channel: where, message } = event.where;
        const target = {
          kind: "thread" as const,
          workspace,
          channel: where,
          root: message,
          title: "A question",
        };
        posts.push(answer(target, message));
      }
      wake();
    },
    act: async () => ({ kind: "nothing" }),
    gap: () => {},
  };
  await platform.start(inbound);
  const row = (): void => {
    globalThis.gc?.();
    const { rss, heapUsed, external } = process.memoryUsage();
    const mb = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
    console.log(
      `${String(heard).padStart(7)} messages: heap ${mb(heapUsed)}, external ${mb(external)}, rss ${mb(rss)}`,
    );
  };
  row();
  for (let sent = 0; sent < total; ) {
    const goal = sent + BATCH;
    // At most 500 are on the way: the sockets' buffers are not what is measured.
    while (sent < goal) {
      while (sent < goal && sent - heard < 500) other.send(sent++);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    while (heard < sent) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    await Promise.all(posts.splice(0));
    row();
  }
  await platform.stop();
  other.disconnect();
}

if (process.argv[2] === "world") await world();
else await measure(Number(process.argv[2] ?? 100_000));
