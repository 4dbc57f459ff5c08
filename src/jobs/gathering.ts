// One message for each person: what falls due together is gathered, and what falls due soon is told with it.

import type { Delivery } from "../app/context.ts";
import type { App } from "../app.ts";
import { teamFor } from "../domain/terms.ts";
import type { Instant, RequestId } from "../domain/words.ts";
import {
  type Address,
  holdReminders,
  insertBundle,
  takeReminders,
  toldSince,
  type Untold,
  untold,
  wakingSoon,
} from "../store/reminders.ts";
import { reachOf } from "./addresses.ts";
import { eachPlace } from "./fairly.ts";

const MINUTE = 60_000;
/** Reminders of one workspace that are gathered at a time; what is beyond comes with the next round. */
const MOST = 2_000;
/** Nobody is told twice within this time, ms: in a storm what falls due meanwhile comes together. */
const APART = MINUTE / 2;

/**
 * Puts everything that is to be told now into bundles, one for each person or channel, with the jobs that tell them. `people`: only
 * what is for owners, while more is still falling due; leads and channels hear it all at once afterwards. Two who gather at
 * once share what there is. Resolves to how many bundles there are.
 */
export async function gather(app: App, only: "people" | "all"): Promise<number> {
  const { db, clock, log } = app.context;
  const rows = await untold(db.direct, clock.now(), MOST);
  // Side by side: a small workspace does not wait for what falls due in a big one.
  const gathered = await Promise.all(
    [...byWorkspace(rows)].map(async ([workspace, its]) => {
      try {
        return await gatherOwners(app, workspace, its, only);
      } catch (error) {
        log.error({ workspace, err: error }, "reminders could not be gathered; it is tried again shortly");
        return 0;
      }
    }),
  );
  return gathered.reduce((sum, bundles) => sum + bundles, 0);
}

function byWorkspace(rows: readonly Untold[]): Map<string, Untold[]> {
  const found = new Map<string, Untold[]>();
  for (const row of rows) {
    const same = found.get(row.workspaceId);
    if (same) same.push(row);
    else found.set(row.workspaceId, [row]);
  }
  return found;
}

/** Owner by owner, the most pressing first: nobody waits until everybody's promises were looked at. Then, with `all`, the rest. */
async function gatherOwners(
  app: App,
  workspaceId: string,
  rows: readonly Untold[],
  only: "people" | "all",
): Promise<number> {
  const { db, clock } = app.context;
  const now = async (wanted: (row: Untold) => boolean) =>
    (await untold(db.direct, clock.now(), MOST)).filter(
      (row) => row.workspaceId === workspaceId && wanted(row),
    );
  let bundles = 0;
  const owners = new Set(rows.flatMap(({ whom, ownerId }) => (whom === "owner" && ownerId ? [ownerId] : [])));
  for (const owner of owners) {
    const theirs = (row: Untold) => row.whom === "owner" && row.ownerId === owner;
    await pullForward(app, workspaceId, rows.filter(theirs));
    bundles += await gatherIn(app, await now(theirs));
  }
  if (only === "people") return bundles;
  await pullForward(
    app,
    workspaceId,
    rows.filter(({ ownerId }) => ownerId === null),
  );
  return bundles + (await gatherIn(app, await now(() => true)));
}

/** Whoever is told of one promise is told now of those that would be told within the next minutes. */
async function pullForward(app: App, workspaceId: string, rows: readonly Untold[]): Promise<void> {
  const { db, clock, places, log } = app.context;
  const [row] = rows.filter(({ kind }) => kind === "warning");
  if (!row) return;
  const home = await places.home(row.channel.platform, row.channel.workspace);
  const ahead = (home?.policy.gatherReminders ?? 0) * MINUTE;
  const until = clock.now() + ahead;
  const soon = await wakingSoon(db.direct, workspaceId, [row.ownerId], until);
  await eachPlace(soon, async ({ id }) => {
    try {
      await app.tick({ kind: "tick", request: id, due: until }, ahead);
    } catch (error) {
      log.error({ request: id, err: error }, "a request could not be looked at early; it comes in its time");
    }
  });
}

interface Group {
  address: Address;
  rows: Untold[];
}

async function gatherIn(app: App, rows: readonly Untold[]): Promise<number> {
  const { context } = app;
  const now = context.clock.now();
  const groups = new Map<string, Group>();
  const settled: Untold[] = [];
  const holds = new Map<Instant, string[]>();
  const [any] = rows;
  if (!any) return 0;
  const lately = await toldSince(context.db.direct, any.workspaceId, now - APART, now);
  const free = new Map(lately.map(({ address, at }) => [keyOf(address), at + APART]));
  const hold = (row: Untold, until: Instant) => holds.set(until, [...(holds.get(until) ?? []), row.id]);
  for (const row of rows) {
    const { platform, workspace, channel, name } = row.channel;
    const home = await context.places.home(platform, workspace);
    const team = home && teamFor(home.policy, { id: channel, name });
    // Its platform is not connected: it waits until it is.
    if (!home || !team) continue;
    const reach = await reachOf({ context, home, team, now }, row);
    if ("hold" in reach) {
      hold(row, reach.hold);
      continue;
    }
    // Whoever was told something just now is not told again at once; everything is failing cannot wait.
    const until = Math.max(...reach.to.map((address) => free.get(keyOf(address)) ?? 0), 0);
    if (until > now && row.tier !== 1) {
      hold(row, until);
      continue;
    }
    settled.push(row);
    for (const address of reach.to) {
      const key = keyOf(address);
      const group = groups.get(key) ?? { address, rows: [] };
      group.rows.push(row);
      groups.set(key, group);
    }
  }
  for (const [until, ids] of holds) {
    await holdReminders(context.db.direct, ids, until);
    context.wake(until);
  }
  return write(app, settled, [...groups.values()], now);
}

async function write(
  app: App,
  settled: readonly Untold[],
  groups: readonly Group[],
  now: Instant,
): Promise<number> {
  const { db, outbox } = app.context;
  const ids: readonly RequestId[] = settled.map(({ id }) => id);
  return db.transact(async (tx) => {
    const mine = await takeReminders(tx, ids, now);
    const deliveries: Delivery[] = [];
    for (const { address, rows } of groups) {
      const lines = rows.filter(({ id }) => mine.has(id));
      const [first] = lines;
      if (!first) continue;
      const { workspaceId } = first;
      const bundle = await insertBundle(tx, { workspaceId, address, at: now, lines });
      // Rows come by tier: the first is the most pressing.
      deliveries.push({
        kind: "bundle",
        workspaceId,
        bundle,
        place: `told:${keyOf(address)}`,
        tier: first.tier,
      });
    }
    tx.along(outbox(tx, deliveries));
    return deliveries.length;
  });
}

function keyOf({ platform, target, person }: Address): string {
  const where = target.kind === "direct" ? `@${target.person}` : `${target.channel}:${person ?? ""}`;
  return `${platform}:${target.workspace}:${where}`;
}
