// A local platform with the people and channels of a replay, under ids the platform accepts.
import { snowflakeAt } from "../discord/snowflake.ts";
import type { LocalPlatform } from "../world.ts";
import type { Replay } from "./replay.ts";

export interface Furnished {
  /** YAML for the bot's policy. */
  policy: string;
  /** The platform's id of a person or channel of the replay. Throws when the replay does not name them. */
  person(id: string): string;
  channel(id: string): string;
  /** The text with the platform's ids in its mentions. */
  text(text: string): string;
}

const YEAR = 365 * 86_400_000;
/** Made-up Discord ids are told apart by this; real ones of that very millisecond are unlikely enough. */
const MADE_UP = 1_000;

/**
 * Adds everybody, every channel, and the team channel that replays lack. `began` is the instant of the first message:
 * accounts of those whose id tells no age are a year older. Team channel: whoever the replay calls staff reads it, and
 * somebody invented, so that nobody of the replay becomes staff by accident.
 */
export function furnish(local: LocalPlatform, replay: Replay, began: number): Furnished {
  const slack = local.name === "slack";
  let made = 0;
  const fresh = (letter: string) => {
    made += 1;
    return slack
      ? `${letter}0REPLAY${made.toString(36).toUpperCase()}`
      : snowflakeAt(began - YEAR, MADE_UP + made);
  };
  const mapped = (ids: readonly string[], letter: string, known: RegExp) => {
    const map = new Map<string, string>();
    for (const id of ids) map.set(id, known.test(id) ? id : fresh(letter));
    return map;
  };
  const people = mapped(
    replay.people.map(({ id }) => id),
    "U",
    slack ? /^[UW][A-Z0-9]{5,}$/ : /^\d{17,20}$/,
  );
  const channels = mapped(
    replay.channels.map(({ id }) => id),
    "C",
    slack ? /^[CG][A-Z0-9]{5,}$/ : /^\d{17,20}$/,
  );

  for (const { id, name, bot } of replay.people) local.addPerson({ id: found(people, id), name, bot });
  const invented = fresh("U");
  local.addPerson({ id: invented, name: "Support team" });
  for (const { id, name, kind } of replay.channels) {
    local.addChannel({ id: found(channels, id), name, kind: slack ? "text" : kind, private: false });
  }
  const names = new Set(replay.channels.map(({ name }) => name.toLowerCase()));
  const team =
    ["support-team", "siempre-team", "siempre-team-2"].find((name) => !names.has(name)) ?? "siempre-desk";
  const staff = replay.people.filter(({ role }) => role === "staff").map(({ id }) => found(people, id));
  local.addChannel({
    id: fresh("C"),
    name: team,
    kind: "text",
    private: true,
    members: [invented, ...staff],
  });

  return {
    policy: policyFor(team),
    person: (id) => found(people, id),
    channel: (id) => found(channels, id),
    text: (text) =>
      text
        .replace(/<@([^<>@\s|]+)>/g, (whole, id: string) => mention("@", people.get(id), whole))
        .replace(/<#([^<>#\s|]+)>/g, (whole, id: string) => mention("#", channels.get(id), whole)),
  };
}

function mention(mark: string, id: string | undefined, whole: string): string {
  return id === undefined ? whole : `<${mark}${id}>`;
}

function found(ids: ReadonlyMap<string, string>, id: string): string {
  const mapped = ids.get(id);
  if (mapped === undefined) throw new Error(`the replay does not say who or what ${id} is`);
  return mapped;
}

function policyFor(team: string): string {
  return `# A replay: everything is watched, and the bot may speak everywhere.
teams:
  - name: Support
    channels:
      - { name: everything else, mode: every, live: yes }
    team channel: ${team}
`;
}
