// The people the policy names by their platform ids, as rows: who is on call.
import { onCallAt } from "../domain/people/rota.ts";
import type { TeamPolicy } from "../domain/policy.ts";
import type { Instant, PersonId } from "../domain/words.ts";
import type { Log } from "../log.ts";
import { awayAmong } from "../store/availability.ts";
import type { Database } from "../store/db.ts";
import type { People } from "./people.ts";
import type { Home } from "./places.ts";

export interface Roster {
  /** Rows of people of a team, by platform id; whom the platform does not know is left out. */
  rows(home: Home, team: TeamPolicy, ids: readonly string[]): Promise<ReadonlyMap<string, PersonId>>;
  /** Who is to be called at that instant, first to last, whoever is away behind all others; nobody where the team has no rota. */
  onCall(home: Home, team: TeamPolicy, at: Instant): Promise<readonly PersonId[]>;
}

/** Somebody the platform does not know is asked for again after this long, ms. */
const AGAIN = 10 * 60_000;

/** Rows never change, so each person is asked for once: decisions under a lock must not wait for a platform. */
export function createRoster(parts: {
  db: Pick<Database, "direct">;
  people: People;
  log: Log;
  now(): number;
}): Roster {
  const { db, people, log, now } = parts;
  const known = new Map<string, PersonId>();
  const missed = new Map<string, Instant>();

  async function row(home: Home, team: TeamPolicy, id: string): Promise<PersonId | null> {
    const key = `${home.rowId}:${id}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    if (Math.abs(now() - (missed.get(key) ?? Number.NEGATIVE_INFINITY)) < AGAIN) return null;
    const platform = team.teamChannel.platform ?? home.platform;
    const workspace = team.teamChannel.workspace ?? home.id;
    // Where the team's channel lies in another workspace, so do its people.
    const person =
      (await people.find(platform, workspace, id)) ?? (await people.find(home.platform, home.id, id));
    if (person) {
      known.set(key, person.id);
      return person.id;
    }
    missed.set(key, now());
    log.warn({ team: team.name, person: id }, "the policy names somebody whom the platform does not know");
    return null;
  }

  async function rows(home: Home, team: TeamPolicy, ids: readonly string[]) {
    const found = await Promise.all(ids.map(async (id) => [id, await row(home, team, id)] as const));
    return new Map(found.flatMap(([id, its]) => (its === null ? [] : [[id, its] as const])));
  }

  return {
    rows,
    async onCall(home, team, at) {
      if (team.onCall === null) return [];
      const order = onCallAt(team.onCall, at);
      const found = await rows(home, team, order);
      const rota = order.flatMap((id) => found.get(id) ?? []);
      const away = await awayAmong(db.direct, rota, at);
      return [...rota.filter((id) => !away.has(id)), ...rota.filter((id) => away.has(id))];
    },
  };
}
