// One message for each person: what falls due together is gathered, and what falls due soon is told with it.

import type { Delivery } from "../app/context.ts";
import type { App } from "../app.ts";
import { teamFor } from "../domain/terms.ts";
import type { Instant, PersonId, RequestId } from "../domain/words.ts";
import { wakingSoon } from "../store/due.ts";
import {
  type Address,
  holdReminders,
  insertBundle,
  takeReminders,
  toldSince,
  type Untold,
  untold,
} from "../store/reminders.ts";
import { acquainted, reachOf } from "./addresses.ts";

const MINUTE = 60_000;
/** Reminders of one workspace that are gathered at a time; what is beyond comes with the next round. */
const MOST = 2_000;
/** Nobody is told twice within this time, ms: in a storm what falls due meanwhile comes together. */
const APART = MINUTE / 2;
/** So many requests that fall due soon are looked at early in one turn; then what fell due meanwhile comes first. */
const EARLY = 200;

/**
 * Puts what is to be told now in a workspace into bundles, one for each person or channel, with the jobs that tell them. `owners`:
 * only what is for owners, while more is still falling due; leads and channels hear it all at once afterwards. Two who gather at
 * once share what there is. Resolves to whether there is more, for which another turn is to be taken.
 */
export async function gather(app: App, workspaceId: string, only: "owners" | "all"): Promise<boolean> {
  const { db, clock, log } = app.context;
  try {
    const rows = await untold(db.direct, workspaceId, clock.now(), MOST, only === "owners" ? "owners" : null);
    if (rows.length === 0) return false;
    const more = await tellOwners(app, workspaceId, rows);
    if (more || only === "owners") return more;
    await pullForward(app, workspaceId, null, rows);
    const rest = await untold(db.direct, workspaceId, clock.now(), MOST);
    const ready = await readyOf(app, rest);
    await write(app, ready);
    return rest.length === MOST && ready.length > 0;
  } catch (error) {
    log.error(
      { workspace: workspaceId, err: error },
      "reminders could not be gathered; it is tried again shortly",
    );
    return false;
  }
}

/** Resolves to whether owners are left for another turn. */
async function tellOwners(app: App, workspaceId: string, rows: readonly Untold[]): Promise<boolean> {
  const { db, clock } = app.context;
  const owned = rows.filter(({ whom, ownerId }) => whom === "owner" && ownerId !== null);
  // Whom we may not tell yet is not looked at early either.
  const owners = Map.groupBy(await readyOf(app, owned), ({ row }) => row.ownerId);
  // Looked at again before they are told: what falls due soon comes with it, and so does what was beyond the most.
  const again = new Set<PersonId | null>();
  for (const [owner, theirs] of owners)
    if (rows.length === MOST || theirs.some(({ row }) => row.kind === "warning")) again.add(owner);
  await write(
    app,
    [...owners].flatMap(([owner, theirs]) => (again.has(owner) ? [] : theirs)),
  );
  // Owner by owner, the most pressing first: nobody waits until everybody's promises were looked at.
  let looked = 0;
  for (const owner of again) {
    if (owner === null) continue;
    if (looked >= EARLY) return true;
    looked += await pullForward(app, workspaceId, owner, owned);
    await write(app, await readyOf(app, await untold(db.direct, workspaceId, clock.now(), MOST, { owner })));
  }
  return false;
}

/**
 * Whoever is told of one promise is told now of those that would be told within the next minutes. Resolves to how many requests
 * were looked at.
 */
async function pullForward(
  app: App,
  workspaceId: string,
  owner: PersonId | null,
  rows: readonly Untold[],
): Promise<number> {
  const { db, clock, places } = app.context;
  const row = rows.find(({ kind, ownerId }) => kind === "warning" && ownerId === owner);
  if (!row) return 0;
  const home = await places.home(row.channel.platform, row.channel.workspace);
  const ahead = (home?.policy.gatherReminders ?? 0) * MINUTE;
  const until = clock.now() + ahead;
  const soon = await wakingSoon(db.direct, workspaceId, owner, until);
  await app.ticks(soon, until, ahead);
  return soon.length;
}

/** A reminder that may be told now, and where. */
interface Ready {
  row: Untold;
  to: readonly Address[];
}

/** Those that may be told now; the others are put off until they may. */
async function readyOf({ context }: App, rows: readonly Untold[]): Promise<Ready[]> {
  const [any] = rows;
  if (!any) return [];
  const now = context.clock.now();
  const { direct } = context.db;
  const owners = new Set(rows.flatMap(({ ownerId }) => ownerId ?? []));
  const known = await acquainted(context, [...owners]);
  const lately = await toldSince(direct, any.workspaceId, now - APART, now);
  const free = new Map(lately.map(({ address, at }) => [keyOf(address), at + APART]));
  const ready: Ready[] = [];
  const holds = new Map<Instant, string[]>();
  const hold = (row: Untold, until: Instant) => {
    const same = holds.get(until);
    if (same) same.push(row.id);
    else holds.set(until, [row.id]);
  };
  for (const row of rows) {
    const { platform, workspace, channel, name } = row.channel;
    const home = await context.places.home(platform, workspace);
    const team = home && teamFor(home.policy, { id: channel, name });
    // Its platform is not connected: it waits until it is.
    if (!home || !team) continue;
    const reach = await reachOf({ context, home, team, now, known }, row);
    if ("hold" in reach) {
      hold(row, reach.hold);
      continue;
    }
    // Whoever was told something just now is not told again at once; everything is failing cannot wait.
    const until = Math.max(...reach.to.map((address) => free.get(keyOf(address)) ?? 0), 0);
    if (until > now && row.tier !== 1) hold(row, until);
    else ready.push({ row, to: reach.to });
  }
  for (const [until, ids] of holds) {
    await holdReminders(direct, ids, until);
    context.wake(until);
  }
  return ready;
}

/** One bundle for each address. */
async function write({ context }: App, ready: readonly Ready[]): Promise<void> {
  if (ready.length === 0) return;
  const { db, outbox, clock } = context;
  const now = clock.now();
  const groups = new Map<string, { address: Address; rows: Untold[] }>();
  for (const { row, to } of ready) {
    for (const address of to) {
      const key = keyOf(address);
      const group = groups.get(key);
      if (group) group.rows.push(row);
      else groups.set(key, { address, rows: [row] });
    }
  }
  const ids: readonly RequestId[] = ready.map(({ row }) => row.id);
  await db.transact(async (tx) => {
    const mine = await takeReminders(tx, ids, now);
    const deliveries: Delivery[] = [];
    for (const [key, { address, rows }] of groups) {
      const lines = rows.filter(({ id }) => mine.has(id));
      const [first] = lines;
      if (!first) continue;
      const { workspaceId } = first;
      const { id, written } = insertBundle(tx, { workspaceId, address, at: now, lines });
      tx.along(written);
      // Rows come by tier: the first is the most pressing.
      deliveries.push({ kind: "bundle", workspaceId, bundle: id, place: `told:${key}`, tier: first.tier });
    }
    tx.along(outbox(tx, deliveries));
  });
}

function keyOf({ platform, target, person }: Address): string {
  const where = target.kind === "direct" ? `@${target.person}` : `${target.channel}:${person ?? ""}`;
  return `${platform}:${target.workspace}:${where}`;
}
