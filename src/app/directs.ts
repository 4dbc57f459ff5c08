// Which channels are direct messages with the bot: the database remembers, since no list of channels has them.
import { LRUCache } from "lru-cache";
import { DIRECT } from "../domain/terms.ts";
import type { Database } from "../store/db.ts";
import { ensureChannel, ensureTeam } from "../store/places.ts";
import type { Home } from "./places.ts";

/** The latest; a person whose talk is older writes again, and is heard then. */
const READ_AGAIN = 200;

export interface Directs {
  has(home: Home, channel: string): Promise<boolean>;
  /** Resolves to the channel's row. */
  ensure(home: Home, channel: string): Promise<string>;
  /** The row of the team that answers; kept, for the same reason. */
  team(home: Home, name: string): Promise<string>;
  /** Those used lately. */
  all(home: Home): Promise<readonly string[]>;
  /** Whether somebody has pressed Go live in any channel of the workspace. */
  anyLive(home: Home): Promise<boolean>;
}

export function createDirects(db: Database): Directs {
  /** The row of each, null for what is none. */
  const rows = new LRUCache<string, { id: string | null }>({ max: 20_000 });
  const teams = new Map<string, string>();
  const keyOf = (home: Home, channel: string) => `${home.rowId}:${channel}`;

  async function find(home: Home, channel: string): Promise<string | null> {
    const known = rows.get(keyOf(home, channel));
    if (known) return known.id;
    const where = { workspaceId: home.rowId, externalId: channel, name: DIRECT };
    const id = (await db.channel.findFirst({ where, select: { id: true } }))?.id ?? null;
    rows.set(keyOf(home, channel), { id });
    return id;
  }

  return {
    async has(home, channel) {
      return (await find(home, channel)) !== null;
    },
    async ensure(home, channel) {
      // Never written again: whoever asks may hold the row's lock in a transaction of their own.
      const known = await find(home, channel);
      if (known !== null) return known;
      const id = await ensureChannel(db, home.rowId, { id: channel, name: DIRECT });
      rows.set(keyOf(home, channel), { id });
      return id;
    },
    async team(home, name) {
      const key = keyOf(home, name);
      const id = teams.get(key) ?? (await ensureTeam(db, home.rowId, name));
      teams.set(key, id);
      return id;
    },
    async all(home) {
      const rows = await db.channel.findMany({
        where: { workspaceId: home.rowId, name: DIRECT },
        orderBy: { cursorAt: { sort: "desc", nulls: "last" } },
        take: READ_AGAIN,
        select: { externalId: true },
      });
      return rows.map(({ externalId }) => externalId);
    },
    async anyLive(home) {
      return (await db.channel.count({ where: { workspaceId: home.rowId, live: true } })) > 0;
    },
  };
}
