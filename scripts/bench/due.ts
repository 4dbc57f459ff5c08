// Ten thousand promises that fall due within one minute, most of them in one big workspace, some in a small one: how late is
// each told, and does the small one wait for the big one?
import { setTimeout as sleep } from "node:timers/promises";
import { v7 as uuid } from "uuid";
import { type Bot, startBot } from "../../src/bot.ts";
import type { Clock } from "../../src/clock.ts";
import { defaultTiers } from "../../src/domain/defaults.ts";
import type { Terms } from "../../src/domain/policy.ts";
import type { Fact } from "../../src/domain/request/facts.ts";
import { createLog } from "../../src/log.ts";
import { createDiscord } from "../../src/platforms/discord/index.ts";
import { createSlack } from "../../src/platforms/slack/index.ts";
import { readPolicy } from "../../src/policy-file.ts";
import { startLocalDiscord } from "../../src/sandbox/discord/server.ts";
import { startLocalSlack } from "../../src/sandbox/slack/server.ts";
import type { LocalPlatform } from "../../src/sandbox/world.ts";
import { insertRequest } from "../../src/store/commit.ts";
import { ensureChannel, ensurePerson, ensureWorkspace } from "../../src/store/places.ts";
import type { BenchDatabase } from "./database.ts";
import { percentile } from "./figures.ts";

const MINUTE = 60_000;
/** Requests are written before the minute begins; this long, ms, for each thousand. */
const WRITING_MS = 10_000;
/** Requests written at a time. */
const WRITERS = 8;
const PATIENCE_MS = 10 * MINUTE;

export interface Lateness {
  workspace: string;
  promises: number;
  owners: number;
  /** Messages that told them. */
  messages: number;
  p50: number;
  p95: number;
  max: number;
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

/** `count` promises in all, a hundredth of them in the small workspace. `ends`: they end in that minute; else they are warned of. */
export async function fallDue(database: BenchDatabase, count: number, ends: boolean): Promise<Lateness[]> {
  const clock: Clock = {
    now: () => Date.now(),
    async until(instant, signal) {
      const left = Math.max(0, Math.min(instant - Date.now(), 2 ** 31 - 1));
      await sleep(left, undefined, { signal }).catch(() => undefined);
    },
  };
  const big = { world: await startLocalSlack({ clock }), channels: 40, staff: 30, promises: count };
  const small = { world: await startLocalDiscord({ clock }), channels: 2, staff: 3, promises: 0 };
  small.promises = Math.max(1, Math.floor(count / 100));
  big.promises = count - small.promises;
  for (const place of [big, small]) furnish(place);
  const log = createLog("warn", { write: (line) => void process.stderr.write(line) });
  const [slack, discord] = [big.world, small.world];
  const bot = await startBot({
    databaseUrl: await database.create(true),
    policy: readPolicy(`hours: always\nteams: [{ team channel: support-team }]`, "bench.yaml"),
    platforms: [
      createSlack({
        ...{ botToken: slack.tokens.bot, appToken: slack.tokens.app ?? "", apiUrl: slack.apiUrl },
        ...{ clock, log, speed: 100_000 },
      }),
      createDiscord({
        ...{ token: discord.tokens.bot, apiUrl: discord.apiUrl, clock, log, requestsPerSecond: 100_000 },
      }),
    ],
    clock,
    wall: () => Date.now(),
    log,
  });
  try {
    const begins = Date.now() + 5_000 + (count / 1000) * WRITING_MS;
    for (const place of [small, big]) await write(bot, place, begins, ends);
    if (Date.now() > begins) throw new Error("Writing the requests took longer than was planned for.");
    await told(bot, count, begins);
    return [await lateness(bot, big), await lateness(bot, small)];
  } finally {
    await bot.stop();
    await Promise.all([slack.stop(), discord.stop()]);
  }
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
async function write(bot: Bot, place: Place, begins: number, ends: boolean): Promise<void> {
  const { db } = bot.app.context;
  const { world, channels, staff, promises } = place;
  const { person, channel } = ids(world);
  const workspace = { platform: world.name, id: world.workspace, name: world.workspace };
  const workspaceId = await ensureWorkspace(db.direct, workspace);
  const known = async (n: number) =>
    ensurePerson(db.direct, workspaceId, { id: person(n), name: `Person ${n}` }, Date.now());
  const owners = await Promise.all(Array.from({ length: staff }, (_, n) => known(n)));
  const customer = await known(staff);
  const rooms = await Promise.all(
    Array.from({ length: channels }, (_, n) =>
      ensureChannel(db.direct, workspaceId, { id: channel(n), name: `help-${n}` }),
    ),
  );
  const home = await bot.app.context.places.home(world.name, world.workspace);
  if (!home) throw new Error(`The bot does not know ${world.name}.`);
  const terms: Terms = {
    ...{ policy: "bench", calendar: home.policy.calendar, tiers: defaultTiers, sources: {} },
    ...{ reminders: home.policy.reminders, acknowledgeAfter: 0, grace: 15, alarmedGuidance: null },
  };
  // Two hours are promised; three quarters of them gone, the owner is warned.
  const before = (ends ? 120 : 90) * MINUTE;
  const writeOne = async (n: number): Promise<void> => {
    const due = begins + Math.floor((n / promises) * MINUTE);
    const at = due - before;
    const opened: Fact = {
      ...{ kind: "opened", message: `m${n}`, tier: 2, confidence: 1, urgency: "calm", lang: "en" },
      ...{ quiet: "watch_only", byHand: null, linkedTo: null, at, by: customer },
    };
    const owner = owners[n % staff] ?? customer;
    const owned: Fact = { kind: "owned", owner, how: "claimed", at: at + 1, by: owner };
    const warned: Fact = { kind: "warned", pledge: "first_answer", step: 0, due, at: at + 2, by: null };
    const id = uuid();
    const request = {
      ...{ id, workspaceId, channelId: rooms[n % channels] ?? "", teamId: null, companyId: null },
      ...{ customerId: customer, thread: null, terms, evidence: [], linkedTo: null },
    };
    await db.transact(async (tx) => {
      insertRequest(tx, request, ends ? [opened, owned, warned] : [opened, owned], at + 2);
      await tx.$executeRaw`UPDATE request SET wake_at = ${new Date(due)}::timestamptz WHERE id = ${id}::uuid`;
    });
  };
  let next = 0;
  const writer = async () => {
    while (next < promises) {
      next += 1;
      await writeOne(next - 1);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
}

/** Resolves once nobody is left to be told of anything. */
async function told(bot: Bot, count: number, begins: number): Promise<void> {
  await sleep(Math.max(0, begins + MINUTE - Date.now()));
  for (;;) {
    const [row] = await bot.app.context.db.direct.$queryRaw<{ told: number }[]>`
      SELECT count(DISTINCT r.request_id)::int AS told FROM reminder r
      JOIN bundle_line l ON l.reminder_id = r.id JOIN post p ON p.key = 'bundle:' || l.bundle_id
      WHERE r.whom = 'owner' AND p.message IS NOT NULL`;
    if (row?.told === count) return;
    if (Date.now() > begins + PATIENCE_MS) throw new Error(`Only ${row?.told} of ${count} were told.`);
    await sleep(500);
  }
}

/** From when each promise was to be told of to when the message about it stood. */
async function lateness(bot: Bot, { world, staff }: Place): Promise<Lateness> {
  const rows = await bot.app.context.db.direct.$queryRaw<{ late: number; bundle: string }[]>`
    SELECT (extract(epoch FROM p.posted_at - r.planned_at) * 1000)::float8 AS late, l.bundle_id AS bundle
    FROM reminder r JOIN bundle_line l ON l.reminder_id = r.id JOIN post p ON p.key = 'bundle:' || l.bundle_id
    JOIN workspace w ON w.id = r.workspace_id
    WHERE r.whom = 'owner' AND w.platform = ${world.name}`;
  const late = rows.map((row) => row.late).sort((a, b) => a - b);
  return {
    workspace: world.name,
    promises: rows.length,
    owners: staff,
    messages: new Set(rows.map(({ bundle }) => bundle)).size,
    p50: percentile(late, 0.5),
    p95: percentile(late, 0.95),
    max: late.at(-1) ?? Number.NaN,
  };
}
