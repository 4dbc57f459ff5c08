// Many promises that fall due at one moment: in order of urgency, one message for each person, nobody starved, nothing twice.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Delivery } from "../../src/app/context.ts";
import { createApp } from "../../src/app.ts";
import type { Tier } from "../../src/domain/words.ts";
import { createSweep } from "../../src/jobs/sweep.ts";
import { createLog } from "../../src/log.ts";
import { readPolicy } from "../../src/policy-file.ts";
import { createManualClock, type ManualClock } from "../../src/sandbox/clock.ts";
import { openStore, type Store } from "../../src/store/client.ts";
import { createFake } from "../fakes/platform.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { type Owing, owe, owingIn } from "../support/owed.ts";

const NOW = Date.UTC(2026, 10, 24, 10, 0);
const CHANNELS = ["C1", "C2", "C3", "C4"];
const OWNERS = ["U1", "U2", "U3"];

let clock: ManualClock;
let database: FreshDatabase;
let db: Store;
let lines: string[];
let big: Owing;
let small: Owing;

const fakes = () => {
  const made = (["big", "small"] as const).map((name) => createFake("slack", clock, name));
  for (const { world } of made) {
    for (const id of [...OWNERS, "UCUSTOMER"])
      world.addPerson({ id, name: id, timezone: "UTC", locale: "en-GB" });
    for (const id of CHANNELS) world.addChannel({ id, name: id, kind: "text", private: false });
    world.addChannel({ id: "CTEAM", name: "support-team", kind: "text", private: true, members: OWNERS });
  }
  return made;
};

/** A process that sweeps; `told` is what it puts into its queue, in that order, once it is committed; `meanwhile` happens before that. */
function sweeper(meanwhile: () => Promise<unknown> = async () => undefined) {
  const told: Delivery[] = [];
  const app = createApp({
    db,
    policy: readPolicy("hours: always\nteams: [{ team channel: support-team }]", "storm.yaml"),
    platforms: new Map(fakes().map(({ platform }) => [platform.name, platform])),
    clock,
    pagers: { of: () => null },
    log: createLog("info", { write: (line) => void lines.push(line) }),
    model: null,
    outbox: async (tx, deliveries) => {
      tx.after(() => void told.push(...deliveries));
      await meanwhile();
    },
    wake: () => undefined,
  });
  return { told, sweep: createSweep(app) };
}

const tiersOf = (count: number): Tier[] => Array.from({ length: count }, (_, n) => (5 - (n % 5)) as Tier);

/** Bundles for people, with how many promises each tells of, in the order they were made. */
const bundles = (of: Owing) => db.$queryRaw<{ owner: string; lines: number; first: number; last: number }[]>`
  SELECT b.address->>'person' AS owner, count(*)::int AS lines, min(r.tier)::int AS first, max(r.tier)::int AS last
  FROM bundle b JOIN bundle_line l ON l.bundle_id = b.id JOIN reminder r ON r.id = l.reminder_id
  WHERE b.workspace_id = ${of.workspaceId}::uuid AND r.whom = 'owner'
  GROUP BY b.id ORDER BY b.at, b.id`;

/** In the order they were written down. */
const broken = (of: Owing) => db.$queryRaw<{ request: string; tier: number }[]>`
  SELECT e.request_id AS request, r.tier FROM request_event e JOIN request r ON r.id = e.request_id
  WHERE e.kind = 'broken' AND e.workspace_id = ${of.workspaceId}::uuid ORDER BY e.id`;

beforeEach(async () => {
  clock = createManualClock(NOW);
  lines = [];
  database = await freshDatabase();
  db = openStore(database.url);
  const ids = { channels: CHANNELS, owners: OWNERS, customer: "UCUSTOMER" };
  const [one, other] = fakes();
  big = await owingIn(db, "big", one?.world.workspace ?? "", ids);
  small = await owingIn(db, "small", other?.world.workspace ?? "", { ...ids, owners: ["U1"] });
});
afterEach(async () => {
  await db.$disconnect();
  await database.drop();
});

/** Sweeps until nothing is left that waits for company. */
async function settle({ sweep }: ReturnType<typeof sweeper>): Promise<void> {
  await sweep.once();
  clock.advance(31_000);
  await sweep.once();
}

describe("many promises that fall due at one moment", () => {
  test("are looked at by urgency, and told in one message for each person", async () => {
    await owe(db, big, tiersOf(300), { now: NOW, missed: true });
    const bot = sweeper();
    await settle(bot);
    const order = (await broken(big)).map(({ tier }) => tier);
    expect(order).toHaveLength(300);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    const told = await bundles(big);
    // What was looked at first, then, half a minute later, the rest: two messages for each of the three.
    expect(told).toHaveLength(6);
    expect(told.reduce((sum, { lines }) => sum + lines, 0)).toBe(300);
    expect(told.slice(0, 3).map(({ first }) => first)).toEqual([1, 1, 1]);
    expect(Math.max(...told.slice(0, 3).map(({ last }) => last))).toBeLessThanOrEqual(
      Math.min(...told.slice(3).map(({ first }) => first)),
    );
    expect(lines.join("")).toBe("");
  });

  test("what is to be warned of within ten minutes is one message for each person", async () => {
    await owe(db, big, tiersOf(300), { now: NOW, missed: false });
    await sweeper().sweep.once();
    const told = await bundles(big);
    expect(told.map(({ owner }) => owner).toSorted()).toEqual(big.owners.toSorted());
    expect(told.reduce((sum, { lines }) => sum + lines, 0)).toBe(300);
    expect(lines.join("")).toBe("");
  });

  test("a warning alone changes no card", async () => {
    await owe(db, big, tiersOf(20), { now: NOW, missed: false });
    const bot = sweeper();
    await bot.sweep.once();
    expect(new Set(bot.told.map(({ kind }) => kind))).toEqual(new Set(["bundle"]));
    const missed = sweeper();
    clock.advance(3 * 24 * 3_600_000);
    await missed.sweep.once();
    expect(missed.told.filter((each) => each.kind === "notice" && each.notice.kind === "card")).toHaveLength(
      20,
    );
  });

  test("a small workspace does not wait for a big one, whenever its promises fall due", async () => {
    await owe(db, big, tiersOf(1_000), { now: NOW, missed: true });
    let owed: Promise<unknown> | null = null;
    // The big one's first turn is over when the small one has something to tell, too.
    const bot = sweeper(() => {
      owed ??= owe(db, small, tiersOf(5), { now: NOW, missed: true });
      return owed;
    });
    await bot.sweep.once();
    const last = bot.told.findLastIndex(
      (each) => each.kind === "bundle" && each.workspaceId === small.workspaceId,
    );
    const before = bot.told.slice(0, last).filter((each) => each.kind === "notice");
    expect(last).toBeGreaterThan(-1);
    // A few turns of the big one at most; all of it would be 1,000.
    expect(before.length).toBeLessThan(700);
    expect(await broken(big)).toHaveLength(1_000);
  });

  test("two processes that look at once tell each thing once", async () => {
    const ids = await owe(db, big, tiersOf(300), { now: NOW, missed: true });
    const [one, other] = [sweeper(), sweeper()];
    await Promise.all([one.sweep.once(), other.sweep.once()]);
    clock.advance(31_000);
    await Promise.all([one.sweep.once(), other.sweep.once()]);
    expect((await broken(big)).map(({ request }) => request).toSorted()).toEqual(ids.toSorted());
    const told = await bundles(big);
    expect(told.reduce((sum, { lines }) => sum + lines, 0)).toBe(300);
    const cards = [...one.told, ...other.told].filter(({ kind }) => kind === "notice");
    expect(cards).toHaveLength(300);
    expect(lines.join("")).toBe("");
  });

  test("one that cannot be looked at keeps no other waiting, and stays due", async () => {
    const ids = await owe(db, big, tiersOf(120), { now: NOW, missed: true });
    const [strange, spoilt] = ids;
    await db.$executeRaw`
      INSERT INTO request_event (workspace_id, request_id, seq, kind, at, data)
      VALUES (${big.workspaceId}::uuid, ${strange}::uuid, 9, 'from_the_future', now(), '{}')`;
    await db.$executeRaw`UPDATE request SET terms = '{}' WHERE id = ${spoilt}::uuid`;
    const bot = sweeper();
    await settle(bot);
    expect(await broken(big)).toHaveLength(118);
    const due = await db.$queryRaw<
      { id: string }[]
    >`SELECT id FROM request WHERE wake_at <= ${new Date(NOW)}`;
    expect(due.map(({ id }) => id).toSorted()).toEqual([strange, spoilt].toSorted());
    expect(
      lines.some((line) => line.includes("could not be looked at") && line.includes(strange ?? "")),
    ).toBe(true);
    expect(lines.some((line) => line.includes("could not be looked at") && line.includes(spoilt ?? ""))).toBe(
      true,
    );
    // The others were decided together all the same.
    expect(lines.join("")).not.toContain("could not be decided together");
  });

  test("what could not be committed together is committed one by one", async () => {
    await owe(db, big, tiersOf(40), { now: NOW, missed: true });
    // A row the database itself refuses, whatever is decided.
    await db.$executeRawUnsafe(`
      CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$ LANGUAGE plpgsql`);
    const [refused] = await db.$queryRaw<{ id: string }[]>`SELECT id FROM request WHERE number = 7`;
    await db.$executeRawUnsafe(`
      CREATE TRIGGER refuse BEFORE INSERT ON reminder FOR EACH ROW
      WHEN (NEW.request_id = '${refused?.id}') EXECUTE FUNCTION refuse()`);
    const bot = sweeper();
    await bot.sweep.once();
    expect(await broken(big)).toHaveLength(39);
    expect(lines.join("")).toContain("could not be decided together");
    await db.$executeRawUnsafe("DROP TRIGGER refuse ON reminder");
    await settle(bot);
    expect(await broken(big)).toHaveLength(40);
    expect((await bundles(big)).reduce((sum, { lines }) => sum + lines, 0)).toBe(40);
  });

  test("a request somebody else is changing is left for the next look; the others are not", async () => {
    const ids = await owe(db, big, tiersOf(40), { now: NOW, missed: true });
    const bot = sweeper();
    await db.transact(async (tx) => {
      await tx.$executeRaw`UPDATE request SET lang = 'es' WHERE id = ${ids[3]}::uuid`;
      await bot.sweep.once();
    });
    expect((await broken(big)).map(({ request }) => request)).not.toContain(ids[3]);
    expect(await broken(big)).toHaveLength(39);
    await bot.sweep.once();
    expect(await broken(big)).toHaveLength(40);
  });

  test("a channel in which something stands still does not hold up the others", {
    timeout: 30_000,
  }, async () => {
    const bot = sweeper();
    // The bot knows its channels already.
    await owe(db, big, tiersOf(4), { now: NOW, missed: true });
    await bot.sweep.once();
    await owe(db, big, tiersOf(40), { now: NOW, missed: true });
    let swept = Promise.resolve(0);
    await db.transact(async (tx) => {
      await tx.$queryRaw`SELECT id FROM channel WHERE id = ${big.channels[0]}::uuid FOR NO KEY UPDATE`;
      swept = bot.sweep.once();
      await expect.poll(async () => (await broken(big)).length, { timeout: 15_000 }).toBe(34);
    });
    await swept;
    expect(await broken(big)).toHaveLength(44);
  });
});
