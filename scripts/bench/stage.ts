// One contestant on one local platform of its own, and what is measured on it.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startLocalDiscord } from "../../src/sandbox/discord/server.ts";
import { startLocalSlack } from "../../src/sandbox/slack/server.ts";
import type { LocalPlatform } from "../../src/sandbox/world.ts";
import type { Entry, FromContestant, ToContestant, Usage } from "./contestant.ts";
import { nodeFlags } from "./figures.ts";
import { furnish, type Line, type Mix } from "./mix.ts";

export type PlatformName = "slack" | "discord";
export type ContestantName = "siempre" | "echo" | "echo + INSERT" | "echo in a thread + INSERT";

export const THREADED: ContestantName = "echo in a thread + INSERT";
/** Messages under way at a time while throughput is measured. */
const WINDOW = 64;
const PATIENCE_MS = 60_000;

export interface Stage {
  readonly platform: PlatformName;
  readonly name: ContestantName;
  readonly mix: Mix;
  /** From saying something that opens a request to the answer standing under it, ms; one every `everyMs`. */
  answers(count: number, everyMs: number): Promise<number[]>;
  /** Lets everybody write once, so that the contestant knows them. */
  greet(): Promise<void>;
  /** Says `count` messages of the mix; resolves when all are handled and everything that follows is delivered. */
  rush(count: number, sampled?: (done: number, usage: Usage) => void): Promise<Rush>;
  usage(): Promise<Usage>;
  /** Commit times begin anew. */
  forget(): void;
  close(): Promise<void>;
}

export interface Rush {
  /** Until every message is committed (an echo: answered), and until everything that follows is delivered; ms. */
  handledMs: number;
  deliveredMs: number;
}

export interface StageOptions {
  platform: PlatformName;
  name: ContestantName;
  databaseUrl: string | null;
  /** Where the contestant leaves a CPU profile when it ends, or null. */
  profile: string | null;
}

export async function openStage({ platform, name, databaseUrl, profile }: StageOptions): Promise<Stage> {
  const clock = { now: () => Date.now() };
  const world: LocalPlatform = await (platform === "slack"
    ? startLocalSlack({ clock })
    : // An echo that answers all in threads, and a bot in a hundred thousand messages, would meet Discord's thousand.
      startLocalDiscord({ clock, activeThreads: Number.POSITIVE_INFINITY }));
  const mix = furnish(world);
  const { apiUrl, tokens } = world;
  const entry: Entry = {
    platform,
    apiUrl,
    tokens,
    databaseUrl,
    policy: mix.policy,
    inThread: name === THREADED,
  };
  const file = name === "siempre" ? "./siempre-bot.ts" : "./echo-bot.ts";
  const profiling = profile ? ["--cpu-prof", `--cpu-prof-dir=${profile}`] : [];
  const args = [
    ...nodeFlags(),
    ...profiling,
    fileURLToPath(new URL(file, import.meta.url)),
    JSON.stringify(entry),
  ];
  const child: ChildProcess = spawn(process.execPath, args, {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    // As `npm start` has it, by src/main/one-arena.cjs, which leaves a process with a channel as it is.
    env: { ...process.env, MALLOC_ARENA_MAX: "1" },
  });
  const exited = once(child, "exit");
  let handled = 0;
  let said = 0;
  const looking = new Set<() => void>();
  const usages: ((usage: Usage) => void)[] = [];
  const ready = Promise.withResolvers<void>();
  child.on("message", (message: FromContestant) => {
    if ("ready" in message) ready.resolve();
    if ("handled" in message) handled = message.handled;
    if ("usage" in message) usages.shift()?.(message.usage);
    for (const look of looking) look();
  });
  const gone = exited.then(([code]) => {
    throw new Error(`${name} on ${platform} ended with ${code}`);
  });
  gone.catch(() => undefined);
  await Promise.race([ready.promise, gone]);

  const tell = (message: ToContestant) => void child.send(message);
  async function usage(): Promise<Usage> {
    const asked = Promise.withResolvers<Usage>();
    usages.push(asked.resolve);
    tell("usage");
    return Promise.race([asked.promise, gone]);
  }

  async function until(what: string, holds: () => boolean): Promise<void> {
    if (holds()) return;
    const found = Promise.withResolvers<void>();
    const look = () => holds() && found.resolve();
    const timer = setTimeout(
      () =>
        found.reject(new Error(`${name} on ${platform}: waited for ${what}; ${handled} of ${said} handled`)),
      PATIENCE_MS,
    );
    looking.add(look);
    try {
      await Promise.race([found.promise, gone]);
    } finally {
      clearTimeout(timer);
      looking.delete(look);
    }
  }

  async function delivered(): Promise<void> {
    await until("every message to be handled", () => handled >= said);
    let least = Number.POSITIVE_INFINITY;
    let deadline = 0;
    for (let { pending } = await usage(); pending > 0; { pending } = await usage()) {
      // Cards of a long rush take their time; that none is done for so long is a fault.
      if (pending < least) deadline = performance.now() + PATIENCE_MS;
      least = Math.min(least, pending);
      if (performance.now() > deadline) throw new Error(`${name} on ${platform}: the queue does not empty`);
      await sleep(25);
    }
  }

  async function answerTime(): Promise<number> {
    const line = mix.opening();
    let root: string | null = null;
    let at: number | null = null;
    const early: { thread: string | null; text: string; at: number }[] = [];
    const isAnswer = ({ thread, text }: { thread: string | null; text: string }) =>
      thread === root || text.includes(line.text);
    const stop = world.observe((happening) => {
      if (happening.kind !== "posted" || !happening.message.author.bot) return;
      const { channel, thread, text } = happening.message;
      if (channel === mix.team) return;
      early.push({ thread, text, at: performance.now() });
      if (root !== null && at === null) at = early.find(isAnswer)?.at ?? null;
      for (const look of looking) look();
    });
    const begun = performance.now();
    said += 1;
    root = await world.say(line.person, line.channel, line.text);
    mix.opened(root);
    at ??= early.find(isAnswer)?.at ?? null;
    await until(`an answer to "${line.text}"`, () => at !== null);
    stop();
    return (at ?? Number.NaN) - begun;
  }

  /** Says one line when fewer than WINDOW are under way. */
  async function say(line: Line): Promise<void> {
    if (said - handled >= WINDOW)
      await until("the next message to be handled", () => said - handled < WINDOW);
    said += 1;
    const { person, channel, text, replyTo } = line;
    const id = await world.say(person, channel, text, replyTo === undefined ? {} : { replyTo });
    if (line.kind === "opening") mix.opened(id);
  }

  return {
    platform,
    name,
    mix,
    usage,
    forget: () => tell("forget"),
    async answers(count, everyMs) {
      const times: number[] = [];
      for (let n = 0; n < count; n += 1) {
        const pause = sleep(everyMs);
        times.push(await answerTime());
        await pause;
      }
      await delivered();
      return times;
    },
    async greet() {
      for (const line of mix.greetings()) await say(line);
      await delivered();
    },
    async rush(count, sampled) {
      const begun = performance.now();
      const first = said;
      for (let n = 0; n < count; n += 1) {
        await say(mix.next());
        if (sampled && n % 1_000 === 999) sampled(said - first, await usage());
      }
      await until("every message to be handled", () => handled >= said);
      const handledMs = performance.now() - begun;
      await delivered();
      return { handledMs, deliveredMs: performance.now() - begun };
    },
    async close() {
      if (child.connected) tell("stop");
      const timer = setTimeout(() => child.kill("SIGKILL"), 15_000);
      await exited;
      clearTimeout(timer);
      await world.stop();
    },
  };
}
