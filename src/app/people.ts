// Who somebody is to us: their row, their profile, and their role in the team that watches a channel.
import { LRUCache } from "lru-cache";
import type { Author } from "../domain/events.ts";
import { roleFor } from "../domain/people/roles.ts";
import type { TeamPolicy } from "../domain/policy.ts";
import type { Lang, PersonId, PersonRef, Role } from "../domain/words.ts";
import type { Platform, Profile } from "../platforms/platform.ts";
import type { Database } from "../store/db.ts";
import { ensurePerson } from "../store/places.ts";
import type { Home, Places } from "./places.ts";

export interface Known {
  id: PersonId;
  ref: PersonRef;
  name: string;
  lang: Lang | null;
  timezone: string | null;
  /** Group ids and names; empty when the platform did not answer. */
  groups: readonly string[];
  company: string | null;
  bot: boolean;
  admin: boolean;
}

export interface People {
  /** The person behind a message or an act. Falls back to what the message says when the platform does not answer. */
  know(author: Author): Promise<Known>;
  /** Somebody named by id (`/request assign N @who`), or null. */
  find(platform: string, workspace: string, id: string): Promise<Known | null>;
  /** Their role towards the requests of a team. `home` is the workspace of the request, which may not be theirs. */
  role(person: Known, home: Home, team: TeamPolicy): Promise<Role>;
}

/** How long a profile is trusted, ms. */
const FRESH = 10 * 60_000;

export function createPeople(parts: {
  db: Database;
  platforms: ReadonlyMap<string, Platform>;
  places: Places;
  now(): number;
}): People {
  const { db, platforms, places, now } = parts;
  const known = new LRUCache<string, { person: Known; at: number }>({ max: 20_000 });

  async function remember(author: Author, profile: Profile | null): Promise<Known | null> {
    const home = await places.home(author.platform, author.workspace);
    if (!home) return null;
    const name = profile?.name || author.name;
    const lang = profile?.lang ?? null;
    const timezone = profile?.timezone ?? null;
    const id = await ensurePerson(db.direct, home.rowId, { id: author.id, name, lang, timezone }, now());
    const person: Known = {
      id,
      ref: { platform: author.platform, workspace: author.workspace, id: author.id },
      name,
      lang,
      timezone,
      groups: profile?.groups ?? [],
      company: profile?.company ?? author.company,
      bot: profile?.bot ?? author.bot,
      admin: profile?.admin ?? false,
    };
    known.set(keyOf(person.ref), { person, at: now() });
    return person;
  }

  function recall(ref: PersonRef): Known | null {
    const entry = known.get(keyOf(ref));
    return entry && Math.abs(now() - entry.at) < FRESH ? entry.person : null;
  }

  return {
    async know(author) {
      const recalled = recall(author);
      if (recalled) return recalled;
      const profile = (await platforms.get(author.platform)?.profile(author.workspace, author.id)) ?? null;
      const person = await remember(author, profile);
      if (!person) throw new Error(`Nobody is connected to ${author.platform} ${author.workspace}.`);
      return person;
    },
    async find(platform, workspace, id) {
      const recalled = recall({ platform, workspace, id });
      if (recalled) return recalled;
      const profile = (await platforms.get(platform)?.profile(workspace, id)) ?? null;
      return profile ? remember(profile, profile) : null;
    },
    async role(person, home, team) {
      const { platform, workspace, id } = person.ref;
      const at = {
        platform: team.teamChannel.platform ?? home.platform,
        workspace: team.teamChannel.workspace ?? home.id,
      };
      const here = platform === home.platform && workspace === home.id;
      const teamSide = platform === at.platform && workspace === at.workspace;
      if (!here && !teamSide) return "customer";
      let readsTeamChannel = false;
      if (home.policy.staffReadTeamChannel && teamSide && !person.bot) {
        const channel = await places.named(home, team.teamChannel);
        const port = platforms.get(platform);
        // A team channel that everybody can read makes nobody staff.
        if (channel?.private && port) readsTeamChannel = await port.canRead(workspace, channel.channel, id);
      }
      return roleFor(
        { ids: [id], groups: person.groups, admin: person.admin, bot: person.bot, readsTeamChannel },
        home.policy,
        team,
      );
    },
  };
}

function keyOf(ref: PersonRef): string {
  return `${ref.platform}:${ref.workspace}:${ref.id}`;
}
