// Ten thousand promises that fall due within one minute, most of them in one big workspace, some in a small one: how late is
// each told, why, and does the small one wait for the big one?
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { v7 as uuid } from "uuid";
import { defaultTiers } from "../../src/domain/defaults.ts";
import type { Terms } from "../../src/domain/policy.ts";
import type { Fact } from "../../src/domain/request/facts.ts";
import { workspacePolicyFor } from "../../src/domain/terms.ts";
import { readPolicy } from "../../src/policy-file.ts";
import { startLocalDiscord } from "../../src/sandbox/discord/server.ts";
import { startLocalSlack } from "../../src/sandbox/slack/server.ts";
import type { LocalPlatform } from "../../src/sandbox/world.ts";
import { openStore, type Store } from "../../src/store/client.ts";
import { insertRequest } from "../../src/store/commit.ts";
import { ensureChannel, ensurePerson, ensureWorkspace } from "../../src/store/places.ts";
import type { BenchDatabase } from "./database.ts";
import type { DueEntry, FromDueBot, ToDueBot } from "./due-bot.ts";
import { nodeFlags, percentile } from "./figures.ts";

const MINUTE = 60_000;
/** Requests are written before the minute begins; this long, ms, for each thousand. */
const WRITING_MS = 6_000;
/** The bot looks at what is due once it has read the history of all channels, at Slack's pace; it has at least this long, ms. */
const READING_MS = 40_000;
/** Transactions at a time, and requests written in each. */
const WRITERS = 4;
const IN_ONE = 50;
const PATIENCE_MS = 10 * MINUTE;
const POLICY = "hours: always\nteams: [{ team channel: support-team }]";

/** Spread over the promises of one workspace, ms. */
export interface Lateness {
  workspace: string;
  promises: number;
  owners: number;
  /** Messages that told them. */
  messages: number;
  /** From when each promise was to be told of to when the message about it stood. */
  late: Spread;
  /** The same without what was waited for on purpose and for the platform. */
  ours: Spread;
  /** Mean parts of the lateness. */
  parts: {
    /** Until it was looked at and written down. */
    looked: number;
    /** Its owner was told something less than half a minute ago: it waits for company. */
    company: number;
    /** Until it was in a message, and that one had its turn. */
    gathered: number;
    /** In the platform's hands: its pace, and its answer. */
    platform: number;
  };
}

interface Spread {
  p50: number;
  p95: number;
  max: number;
}

export interface Storm {
  places: readonly Lateness[];
  /** CPU a promise, ms, from the beginning of the minute until all are told: the bot's and the database's. */
  cpu: { bot: number; database: number | null };
}

interface Place {
  world: LocalPlatform;
  channels: number;
  staff: number;
  promises: number;
}

const ids = (world: LocalPlatform) => ({
  person: (n: number) => (world.name === "slack" ? `U0P${n}` : String(100_000_000_000_000_000n + BigInt(n))),
  channel: (n: number) => (world.name === "slack" ? `C0C${n}` : String(200_000_000_000_000_000n + BigInt(n))),
});

/**
 * `count` promises in all, a hundredth of them in the small workspace. `ends`: they end in that minute; else they are warned of.
 * `profile`: a folder for the bot's CPU profile, or null.
 */
export async function fallDue(
  database: BenchDatabase,
  { count, ends, profile }: { count: number; ends: boolean; profile: string | null },
): Promise<Storm> {
  const clock = { now: () => Date.now() };
  const big = { world: await startLocalSlack({ clock }), channels: 40, staff: 30, promises: count };
  const small = { world: await startLocalDiscord({ clock }), channels: 2, staff: 3, promises: 0 };
  small.promises = Math.max(1, Math.floor(count / 100));
  big.promises = count - small.promises;
  for (const place of [big, small]) furnish(place);
  const databaseUrl = await database.create(true);
  const store = openStore(databaseUrl);
  const [slack, discord] = [big.world, small.world].map(({ apiUrl, tokens }) => ({ apiUrl, tokens }));
  if (!slack || !discord) throw new Error("There are two platforms.");
  const bot = await startBot({ databaseUrl, policy: POLICY, slack, discord }, profile);
  try {
    const begins = Date.now() + Math.max(READING_MS, (count / 1000) * WRITING_MS);
    for (const place of [small, big]) await write(store, place, begins, ends);
    if (Date.now() > begins) throw new Error("Writing the requests took longer than was planned for.");
    await sleep(begins - Date.now());
    const used = async () => ({ bot: await bot.cpu(), database: await database.cpu() });
    const before = await used();
    await told(store, count, begins);
    const after = await used();
    const places = [await lateness(store, big, bot.handed), await lateness(store, small, bot.handed)];
    const each = (from: number, to: number) => (to - from) / 1000 / count;
    const databaseCpu =
      before.database === null || after.database === null ? null : each(before.database, after.database);
    return { places, cpu: { bot: each(before.bot, after.bot), database: databaseCpu } };
  } finally {
    await bot.stop();
    await store.$disconnect();
    await Promise.all([big.world.stop(), small.world.stop()]);
  }
}

interface DueBot {
  /** When each bundle went to its platform first, epoch ms. */
  handed: ReadonlyMap<string, number>;
  /** CPU time so far, µs. */
  cpu(): Promise<number>;
  stop(): Promise<void>;
}

async function startBot(entry: DueEntry, profile: string | null): Promise<DueBot> {
  const profiling = profile === null ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`];
  const file = fileURLToPath(new URL("./due-bot.ts", import.meta.url));
  const child = spawn(process.execPath, [...nodeFlags(), ...profiling, file, JSON.stringify(entry)], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const exited = once(child, "exit");
  const gone = exited.then(([code]) => {
    throw new Error(`The bot ended with ${code}.`);
  });
  gone.catch(() => undefined);
  const handed = new Map<string, number>();
  const ready = Promise.withResolvers<void>();
  const asked: ((cpu: number) => void)[] = [];
  child.on("message", (message: FromDueBot) => {
    if ("ready" in message) ready.resolve();
    else if ("cpu" in message) asked.shift()?.(message.cpu);
    else if (!handed.has(message.handed)) handed.set(message.handed, message.at);
  });
  const tell = (message: ToDueBot) => void child.send(message);
  await Promise.race([ready.promise, gone]);
  return {
    handed,
    cpu() {
      const answer = Promise.withResolvers<number>();
      asked.push(answer.resolve);
      tell("cpu");
      return Promise.race([answer.promise, gone]);
    },
    async stop() {
      if (child.connected) tell("stop");
      const timer = setTimeout(() => child.kill("SIGKILL"), 20_000);
      await exited;
      clearTimeout(timer);
    },
  };
}

function furnish({ world, channels, staff }: Place): void {
  const { person, channel } = ids(world);
  const members = Array.from({ length: staff }, (_, n) => person(n));
  for (const [n, id] of [...members, person(staff)].entries())
    world.addPerson({ id, name: `Person ${n}`, timezone: "UTC", locale: "en-GB" });
  for (let n = 0; n < channels; n += 1)
    world.addChannel({ id: channel(n), name: `help-${n}`, kind: "text", private: false });
  world.addChannel({ id: channel(channels), name: "support-team", kind: "text", private: true, members });
}

/** Requests of the second tier, each with an owner, whose promises fall due one after the other within the minute. */
async function write(store: Store, place: Place, begins: number, ends: boolean): Promise<void> {
  const { world, channels, staff, promises } = place;
  const { person, channel } = ids(world);
  const workspace = { platform: world.name, id: world.workspace, name: world.workspace };
  const workspaceId = await ensureWorkspace(store.direct, workspace);
  const known = async (n: number) =>
    ensurePerson(store.direct, workspaceId, { id: person(n), name: `Person ${n}` }, Date.now());
  const owners = await Promise.all(Array.from({ length: staff }, (_, n) => known(n)));
  const customer = await known(staff);
  const rooms = await Promise.all(
    Array.from({ length: channels }, (_, n) =>
      ensureChannel(store.direct, workspaceId, { id: channel(n), name: `help-${n}` }),
    ),
  );
  const policy = workspacePolicyFor(readPolicy(POLICY, "bench.yaml"), world.name, world.workspace);
  const terms: Terms = {
    ...{ policy: "bench", calendar: policy.calendar, tiers: defaultTiers, sources: {} },
    ...{ reminders: policy.reminders, acknowledgeAfter: 0, grace: 15, alarmedGuidance: null },
  };
  // Two hours are promised; three quarters of them gone, the owner is warned.
  const before = (ends ? 120 : 90) * MINUTE;
  const some = async (from: number): Promise<void> =>
    store.transact(async (tx) => {
      const wakes: { id: string; due: Date }[] = [];
      for (let n = from; n < Math.min(from + IN_ONE, promises); n += 1) {
        const due = begins + Math.floor((n / promises) * MINUTE);
        const at = due - before;
        const opened: Fact = {
          ...{ kind: "opened", message: `m${n}`, tier: 2, confidence: 1, urgency: "calm", lang: "en" },
          ...{ quiet: "watch_only", byHand: null, linkedTo: null, at, by: customer },
        };
        const owner = owners[n % staff] ?? customer;
        const owned: Fact = { kind: "owned", owner, how: "claimed", at: at + 1, by: owner };
        const warned: Fact = { kind: "warned", pledge: "first_answer", step: 0, due, at: at + 2, by: null };
        const request = {
          ...{ id: uuid(), workspaceId, channelId: rooms[n % channels] ?? "", teamId: null, companyId: null },
          ...{ customerId: customer, thread: null, terms, evidence: [], linkedTo: null },
        };
        tx.along(
          insertRequest(tx, request, ends ? [opened, owned, warned] : [opened, owned], at + 2).written,
        );
        wakes.push({ id: request.id, due: new Date(due) });
      }
      await tx.$executeRaw`
        UPDATE request r SET wake_at = its.due
        FROM jsonb_to_recordset(${JSON.stringify(wakes)}::jsonb) AS its (id uuid, due timestamptz) WHERE r.id = its.id`;
    });
  let next = 0;
  const writer = async () => {
    for (let from = next; from < promises; from = next) {
      next += IN_ONE;
      await some(from);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
}

/** Resolves once nobody is left to be told of anything. */
async function told(store: Store, count: number, begins: number): Promise<void> {
  await sleep(Math.max(0, begins + MINUTE - Date.now()));
  for (;;) {
    const [row] = await store.direct.$queryRaw<{ told: number }[]>`
      SELECT count(DISTINCT r.request_id)::int AS told FROM reminder r
      JOIN bundle_line l ON l.reminder_id = r.id JOIN post p ON p.key = 'bundle:' || l.bundle_id
      WHERE r.whom = 'owner' AND p.message IS NOT NULL`;
    if (row?.told === count) return;
    if (Date.now() > begins + PATIENCE_MS) throw new Error(`Only ${row?.told} of ${count} were told.`);
    await sleep(500);
  }
}

/** From when each promise was to be told of to when the message about it stood, and what that time was spent with. */
async function lateness(
  store: Store,
  { world, staff }: Place,
  handed: ReadonlyMap<string, number>,
): Promise<Lateness> {
  const rows = await store.direct.$queryRaw<
    {
      planned: number;
      looked: number;
      held: number | null;
      gathered: number;
      posted: number;
      bundle: string;
    }[]
  >`
    SELECT (extract(epoch FROM r.planned_at) * 1000)::float8 AS planned,
           (extract(epoch FROM e.at) * 1000)::float8 AS looked,
           (extract(epoch FROM r.held_until) * 1000)::float8 AS held,
           (extract(epoch FROM r.gathered_at) * 1000)::float8 AS gathered,
           (extract(epoch FROM p.posted_at) * 1000)::float8 AS posted, l.bundle_id AS bundle
    FROM reminder r JOIN bundle_line l ON l.reminder_id = r.id JOIN post p ON p.key = 'bundle:' || l.bundle_id
    JOIN workspace w ON w.id = r.workspace_id
    JOIN LATERAL (SELECT at FROM request_event WHERE request_id = r.request_id ORDER BY seq DESC LIMIT 1) e ON true
    WHERE r.whom = 'owner' AND w.platform = ${world.name}`;
  const parts = rows.map(({ planned, looked, held, gathered, posted, bundle }) => {
    const company = held === null ? 0 : Math.max(0, Math.min(held, gathered) - looked);
    const platform = posted - (handed.get(bundle) ?? posted);
    const late = posted - planned;
    return {
      ...{ late, company, platform, looked: looked - planned },
      ...{ gathered: posted - platform - looked - company, ours: late - company - platform },
    };
  });
  const sorted = (of: (each: (typeof parts)[number]) => number): Spread => {
    const values = parts.map(of).sort((a, b) => a - b);
    return { p50: percentile(values, 0.5), p95: percentile(values, 0.95), max: values.at(-1) ?? Number.NaN };
  };
  const mean = (of: (each: (typeof parts)[number]) => number) =>
    parts.reduce((sum, each) => sum + of(each), 0) / parts.length;
  return {
    ...{ workspace: world.name, promises: rows.length, owners: staff },
    messages: new Set(rows.map(({ bundle }) => bundle)).size,
    late: sorted(({ late }) => late),
    ours: sorted(({ ours }) => ours),
    parts: {
      looked: mean(({ looked }) => looked),
      company: mean(({ company }) => company),
      gathered: mean(({ gathered }) => gathered),
      platform: mean(({ platform }) => platform),
    },
  };
}
