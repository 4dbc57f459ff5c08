// Hundreds of promises run out at one minute, two bots look at once, and one of them is killed in the middle of it.
import { afterEach, describe, expect, test } from "vitest";
import type { Tier } from "../../src/domain/words.ts";
import { makeOutside, type Outside } from "../support/outside.ts";
import { owe, owingIn } from "../support/owed.ts";
import { madrid, type PlatformName } from "../support/town.ts";

const PROMISES = 600;

describe.each<PlatformName>(["slack", "discord"])("a storm of promises on %s", (name) => {
  let outside: Outside;
  afterEach(() => outside?.close());

  test("every one is recorded and told once, in a few messages", { timeout: 180_000 }, async () => {
    outside = await makeOutside(name);
    const { world, db, channel, staff } = outside;
    const owing = await owingIn(db, name, world.workspace, {
      channels: [channel.help],
      owners: [staff],
      customer: outside.newcomer("Nora Diaz"),
    });
    const [one] = await Promise.all([outside.start(), outside.start()]);
    const tiers = Array.from({ length: PROMISES }, (_, n) => ((n % 4) + 2) as Tier);
    const now = madrid("2026-11-24 10:00");
    const ids = await owe(db, owing, tiers, { now, missed: true });
    const recorded = () => db.requestEvent.count({ where: { kind: "broken" } });
    outside.jump(1);
    await expect.poll(recorded, { timeout: 60_000, interval: 5 }).toBeGreaterThan(0);
    await one?.kill();
    // What it had not committed the other one finds; so it does what waited for company.
    await expect.poll(recorded, { timeout: 60_000 }).toBe(PROMISES);
    const untold = () => db.reminder.count({ where: { whom: "owner", gatheredAt: null } });
    for (let waited = 0; waited < 20 && (await untold()) > 0; waited += 1) {
      outside.jump(1);
      await expect
        .poll(untold, { timeout: 4_000 })
        .toBe(0)
        .catch(() => undefined);
    }
    expect(await untold(), outside.log()).toBe(0);
    const messages = () =>
      world
        .seenBy(staff)
        .filter(({ author, direct }) => author.id === world.botUser && direct === staff)
        .flatMap(({ text }) => /We missed (\d+) promises/.exec(text)?.[1] ?? []);
    const told = () => messages().reduce((sum, count) => sum + Number(count), 0);
    await expect.poll(told, { timeout: 60_000 }).toBe(PROMISES);
    expect(messages().length).toBeLessThan(10);
    const broken = await db.requestEvent.findMany({ where: { kind: "broken" }, select: { requestId: true } });
    expect(broken.map(({ requestId }) => requestId).toSorted()).toEqual(ids.toSorted());
    // Nothing is on its way any more.
    const waiting = async () => {
      const [row] = await db.$queryRaw<{ n: number }[]>`
        SELECT count(*)::int AS n FROM pgboss.job
        WHERE name = 'deliver' AND state < 'completed' AND data->>'kind' = 'bundle'`;
      return row?.n;
    };
    await expect.poll(waiting, { timeout: 60_000 }).toBe(0);
    expect(told(), outside.log()).toBe(PROMISES);
  });
});
