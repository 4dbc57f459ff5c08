// The measurements: three contestants side by side, and one bot for a long time.
import type { BenchDatabase } from "./database.ts";
import { load, mb, median, type Spread, spread } from "./figures.ts";
import { type ContestantName, openStage, type PlatformName, type Stage, THREADED } from "./stage.ts";

/** Answers a contestant gives before its times count, and messages before its rate counts. */
const WARM_UP = { answers: 30, rush: 300 };
/** Answers in a row before the next contestant's turn: what else the machine does meets all alike. */
const TURN = 20;
/** Between two openings while answers are timed, ms. */
const EVERY_MS = 50;
const ORDER: Readonly<Record<PlatformName, readonly ContestantName[]>> = {
  slack: ["echo", "echo + INSERT", "siempre"],
  discord: ["echo", "echo + INSERT", THREADED, "siempre"],
};

export interface Result {
  name: ContestantName;
  answer: Spread;
  commit: Spread;
  /** Messages a second: committed (an echo: answered), and with everything that follows delivered. */
  handled: number;
  delivered: number;
  /** CPU time a message costs the bot's process, and the database; ms. */
  cpu: number;
  databaseCpu: number | null;
  rss: number;
  load: string;
}

export interface Comparison {
  contestants: Result[];
  /** Whether the bot did what the mix says it should have. */
  checked: string;
}

interface Size {
  answers: number;
  rush: number;
  rounds: number;
  profile: string | null;
}

/** Runs all contestants on one platform; each has its own server and database, and they take turns. */
export async function compare(
  database: BenchDatabase,
  platform: PlatformName,
  size: Size,
): Promise<Comparison> {
  const stages: { stage: Stage; url: string | null }[] = [];
  try {
    for (const name of ORDER[platform]) {
      const url = name === "echo" ? null : await database.create(name === "siempre");
      stages.push({
        stage: await openStage({ platform, name, databaseUrl: url, profile: size.profile }),
        url,
      });
    }
    const runs = stages.map(({ stage }) => ({ stage, answers: [] as number[], rounds: [] as Round[] }));
    for (const { stage } of runs) {
      await stage.greet();
      await stage.answers(WARM_UP.answers, 0);
      await stage.rush(WARM_UP.rush);
      stage.forget();
    }
    const commits = new Map<Stage, Spread>();
    for (let done = 0; done < size.answers; done += TURN) {
      for (const { stage, answers } of runs) {
        answers.push(...(await stage.answers(TURN, EVERY_MS)));
      }
    }
    for (const { stage } of runs) commits.set(stage, spread((await stage.usage()).commits));
    const calm = load();
    for (let round = 0; round < size.rounds; round += 1)
      for (const { stage, rounds } of runs) rounds.push(await rushed(stage, database, size.rush));
    const contestants = runs.map(({ stage, answers, rounds }): Result => {
      const of = (pick: (round: Round) => number) => median(rounds.map(pick));
      const served = rounds.every(({ databaseCpu }) => databaseCpu !== null);
      return {
        name: stage.name,
        answer: spread(answers),
        commit: commits.get(stage) ?? spread([]),
        handled: of(({ handled }) => handled),
        delivered: of(({ delivered }) => delivered),
        cpu: of(({ cpu }) => cpu),
        databaseCpu: served ? of(({ databaseCpu }) => databaseCpu ?? 0) : null,
        rss: Math.max(...rounds.map(({ rss }) => rss)),
        load: `${calm}, ${load()}`,
      };
    });
    return { contestants, checked: await check(database, runs.at(-1)?.stage, stages.at(-1)?.url ?? null) };
  } finally {
    for (const { stage } of stages) await stage.close();
  }
}

interface Round {
  handled: number;
  delivered: number;
  cpu: number;
  databaseCpu: number | null;
  rss: number;
}

async function rushed(stage: Stage, database: BenchDatabase, count: number): Promise<Round> {
  const before = await stage.usage();
  const served = await database.cpu();
  const { handledMs, deliveredMs } = await stage.rush(count);
  const after = await stage.usage();
  const servedAfter = await database.cpu();
  return {
    handled: (count / handledMs) * 1000,
    delivered: (count / deliveredMs) * 1000,
    cpu: (after.cpu - before.cpu) / 1000 / count,
    databaseCpu: served === null || servedAfter === null ? null : (servedAfter - served) / 1000 / count,
    rss: after.rss,
  };
}

/** A fast bot that opens nothing is none: as many requests as openings, as many lines kept as were about them. */
async function check(database: BenchDatabase, stage: Stage | undefined, url: string | null): Promise<string> {
  if (!stage || !url) return "";
  const { opening, join, chatter } = stage.mix.count;
  const { requests, messages, seen } = await database.counts(url);
  const right = requests === opening && messages === opening + join && seen === opening + join + chatter;
  const told = `${requests} requests of ${opening} openings, ${messages} lines kept of ${opening + join}`;
  if (!right) throw new Error(`The bot did not do its work: ${told}, ${seen} messages seen`);
  return `Checked: ${told}, ${chatter} lines of chatter left alone.`;
}

export interface Memory {
  samples: string[][];
  /** Bytes, after the first tenth. */
  most: number;
  /** From the median of the second tenth to the median of the last, bytes. */
  growth: number;
  seconds: number;
}

/** The bot alone, for as many messages as `count`. */
export async function remember(
  database: BenchDatabase,
  platform: PlatformName,
  count: number,
): Promise<Memory> {
  const url = await database.create(true);
  const stage = await openStage({ platform, name: "siempre", databaseUrl: url, profile: null });
  try {
    const samples: { done: number; rss: number; heap: number }[] = [];
    const { deliveredMs } = await stage.rush(count, (done, { rss, heap }) =>
      samples.push({ done, rss, heap }),
    );
    const tenth = Math.max(1, Math.floor(samples.length / 10));
    const rss = (from: number, to?: number) => median(samples.slice(from, to).map((sample) => sample.rss));
    return {
      samples: samples
        .filter((_, index) => index === 0 || (index + 1) % tenth === 0)
        .map((sample) => [String(sample.done), mb(sample.rss), mb(sample.heap)]),
      most: Math.max(...samples.map((sample) => sample.rss)),
      growth: rss(-tenth) - rss(tenth, 2 * tenth),
      seconds: deliveredMs / 1000,
    };
  } finally {
    await stage.close();
  }
}
