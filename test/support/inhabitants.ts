// Who lives in a town of the journeys and where they write, on the platform and in the policy.
import type { LocalPlatform } from "../../src/sandbox/world.ts";
import type { PlatformName, Town, TownOptions } from "./town.ts";

/** Journeys say the same words again and again; only those about incidents want them counted. */
export function policyFor(person: Town["person"], options: TownOptions): string {
  const { live = true, channels = [], namesStaff = true, policy: more = "" } = options;
  const team = options.team?.(person).trim() ?? "";
  const rest = channels.map(
    ({ name, mode = "every", live = true, assign }) =>
      `      - { name: ${name}, mode: ${mode}, live: ${live}${assign ? `, assign: { ${assign(person)} }` : ""} }`,
  );
  return `
timezone: Europe/Madrid
hours: { mon-fri: "9:00-14:00, 15:00-18:00" }
${namesStaff ? `staff: ["${person.ana}", "${person.marc}"]` : ""}
helpers: ["${person.hugo}"]
teams:
  - name: Support
    channels:
      - { name: help, mode: every, live: ${live} }
${rest.join("\n")}
    team channel: support-team
    leads channel: leads
    leads: ["${person.ana}"]
${team.replace(/^/gm, "    ")}
${more.includes("storm:") ? "" : "storm: none\n"}${more}`;
}

/** Brings people and channels to the platform. `id` picks what is this platform's own; `places` are `options.channels` by name. */
export function inhabit(name: PlatformName, world: LocalPlatform, options: TownOptions) {
  const id = (slack: string, discord: string) => (name === "slack" ? slack : discord);
  const person = {
    ana: id("U0ANARUIZ", "100000000000000001"),
    marc: id("U0MARC", "100000000000000002"),
    marta: id("U0MARTA", "100000000000000003"),
    olmo: id("U0OLMO", "100000000000000004"),
    hugo: id("U0HUGO", "100000000000000005"),
    robot: id("U0ROBOT", "100000000000000006"),
  };
  const channel = {
    help: id("C0HELP", "200000000000000001"),
    team: id("C0TEAM", "200000000000000002"),
    leads: id("C0LEADS", "200000000000000003"),
  };
  for (const [key, value] of Object.entries(person)) {
    const shown = {
      ana: "Ana Ruiz",
      marc: "Marc Vidal",
      marta: "Marta Ferro",
      olmo: "Olmo Gil",
      hugo: "Hugo Paz",
      robot: "Robot",
    }[key];
    world.addPerson({
      id: value,
      name: shown ?? key,
      timezone: "Europe/Madrid",
      locale: "en-US",
      bot: key === "robot",
    });
  }
  const staff = [person.ana, person.marc, ...(options.guests ?? []).map((guest) => person[guest])];
  // An integration reads a public channel of Slack only once it was added there.
  const added = name === "slack" ? [person.robot] : [];
  world.addChannel({ id: channel.help, name: "help", kind: "text", private: false, members: added });
  world.addChannel({
    id: channel.team,
    name: "support-team",
    kind: "text",
    private: !options.publicTeam,
    members: staff,
  });
  world.addChannel({ id: channel.leads, name: "leads", kind: "text", private: true, members: [person.ana] });
  const places = new Map<string, string>();
  for (const [index, { name: called, kind = "text" }] of (options.channels ?? []).entries()) {
    const place = id(`C0PLACE${index}`, `20000000000000010${index}`);
    places.set(called, place);
    world.addChannel({ id: place, name: called, kind, private: false });
  }
  return { id, person, channel, places };
}
