// The world outside, with the bot in processes of its own that can be killed. Time is the machine's, moved to a working day.
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import type { LocalPlatform, ShownMessage } from "../../src/sandbox/world.ts";
import { openStore, type Store } from "../../src/store/client.ts";
import { migrate } from "../../src/store/migrate.ts";
import { startStrictSlack } from "../platforms/slack/strict.ts";
import { startStrictDiscord } from "../sandbox/discord-strict/strict.ts";
import type { BotProcess } from "./bot-process.ts";
import { type FreshDatabase, freshDatabase } from "./database.ts";
import { madrid, type PlatformName } from "./town.ts";

export interface RunningBot {
  /** `kill -9`. */
  kill(): Promise<void>;
  /** SIGTERM; resolves to the exit code. */
  stop(): Promise<number | null>;
}

export interface Outside {
  world: LocalPlatform;
  db: Store;
  channel: { help: string; team: string; leads: string };
  staff: string;
  newcomer(name: string): string;
  /** @param behind minutes its clock is behind everybody else's */
  start(behind?: number): Promise<RunningBot>;
  /** Lets time jump ahead, for the platform and for every bot. */
  jump(minutes: number): void;
  /** Nothing waits in the queue any more. */
  delivered(): Promise<void>;
  /** What the bot posted in a channel. */
  posts(channel: string): readonly ShownMessage[];
  /** What went wrong in the processes, for a failing test. */
  log(): string;
  close(): Promise<void>;
}

const ENTRY = fileURLToPath(new URL("./bot-process.ts", import.meta.url));

/** A database of its own: on the server the tests of several processes are given, or else on the one of this run. */
async function databaseFor(): Promise<FreshDatabase> {
  const given = process.env.TEST_DATABASE_URL;
  if (!given) return freshDatabase();
  const name = `siempre_${randomUUID().replaceAll("-", "")}`;
  const admin = await new PrismaPg({ connectionString: given, max: 1 }).connect();
  await admin.executeScript(`CREATE DATABASE ${name}`);
  const url = new URL(given);
  url.pathname = name;
  await migrate(url.href);
  return {
    url: url.href,
    async drop() {
      await admin.executeScript(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await admin.dispose();
    },
  };
}

/** @param more lines of the policy, of the team */
export async function makeOutside(name: PlatformName, more = ""): Promise<Outside> {
  let offset = madrid("2026-11-24 10:00") - Date.now();
  const clock = { now: () => Date.now() + offset };
  const world = await (name === "slack"
    ? startStrictSlack({ clock, speed: 1000 })
    : // As in a town: a clock that jumps makes messages old, and real time has not mended their budget of edits.
      startStrictDiscord({ clock, oldEdits: { count: 8, perMs: 100 } }));
  const id = (slack: string, discord: string) => (name === "slack" ? slack : discord);
  const staff = id("U0ANARUIZ", "100000000000000001");
  const channel = {
    help: id("C0HELP", "200000000000000001"),
    team: id("C0TEAM", "200000000000000002"),
    leads: id("C0LEADS", "200000000000000003"),
  };
  world.addPerson({ id: staff, name: "Ana Ruiz", timezone: "Europe/Madrid", locale: "en-GB" });
  world.addChannel({ id: channel.help, name: "help", kind: "text", private: false });
  world.addChannel({ id: channel.team, name: "support-team", kind: "text", private: true, members: [staff] });
  world.addChannel({ id: channel.leads, name: "leads", kind: "text", private: true, members: [staff] });
  const database = await databaseFor();
  const { url } = database;
  const db = openStore(url);
  const policy = `
timezone: Europe/Madrid
hours: { mon-sun: "0:00-24:00" }
acknowledge after: 0 min
staff: ["${staff}"]
teams:
  - name: Support
    channels:
      - { name: help, mode: every, live: true }
    team channel: support-team
    leads channel: leads
${more}`;
  const options: BotProcess = {
    platform: name,
    apiUrl: world.apiUrl,
    tokens: world.tokens,
    databaseUrl: url,
    policy,
    offset,
  };
  const lines: string[] = [];
  const running = new Set<ChildProcess>();
  let newcomers = 0;

  async function start(behind = 0): Promise<RunningBot> {
    const its = { ...options, offset: offset - behind * 60_000 };
    const child = spawn(process.execPath, [ENTRY, JSON.stringify(its)], {
      stdio: ["pipe", "pipe", "pipe"],
    });
    running.add(child);
    const exited = once(child, "exit").then(([code]) => {
      running.delete(child);
      return code as number | null;
    });
    child.stderr.on("data", (chunk: Buffer) => void lines.push(chunk.toString()));
    const ready = once(child.stdout, "data");
    await Promise.race([
      ready,
      exited.then((code) => {
        throw new Error(`the bot ended with ${code} before it was ready:\n${lines.slice(-10).join("")}`);
      }),
    ]);
    const end = (signal: "SIGKILL" | "SIGTERM") => {
      child.kill(signal);
      return exited;
    };
    return { kill: async () => void (await end("SIGKILL")), stop: () => end("SIGTERM") };
  }

  return {
    world,
    db,
    channel,
    staff,
    newcomer(called) {
      newcomers += 1;
      const who = id(`U0NEW${newcomers}`, String(100000000000001000n + BigInt(newcomers)));
      world.addPerson({ id: who, name: called, timezone: "Europe/Madrid", locale: "en-GB" });
      return who;
    },
    start,
    jump(minutes) {
      offset += minutes * 60_000;
      for (const child of running) child.stdin?.write(`${minutes * 60_000}\n`);
    },
    async delivered() {
      const deadline = Date.now() + 100_000;
      for (;;) {
        const [row] = await db.$queryRaw<{ n: bigint }[]>`
          SELECT count(*) AS n FROM pgboss.job WHERE name = 'deliver' AND state < 'completed'`;
        if (row?.n === 0n) return;
        if (Date.now() > deadline)
          throw new Error(`still ${row?.n} in the queue\n${lines.slice(-20).join("")}`);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    },
    posts: (place) => world.messages(place).filter(({ author }) => author.id === world.botUser),
    log: () => lines.slice(-40).join(""),
    async close() {
      for (const child of running) child.kill("SIGKILL");
      await db.$disconnect();
      await database.drop();
      await world.stop();
    },
  };
}
