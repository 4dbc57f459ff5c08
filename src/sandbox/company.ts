// The invented company of the sandbox: Olivar, eight people who sell an app to small shops. Who is there, in which
// channels, and what they promise.
import type { LocalDiscord } from "./discord/driver.ts";
import { snowflakeAt } from "./discord/snowflake.ts";
import type { LocalSlack } from "./slack/server.ts";
import type { Directory } from "./terminal.ts";
import type { LocalPerson } from "./world.ts";

/** Discord's ids tell their age: nobody here is new. */
const LONG_AGO = Date.UTC(2020, 1, 3);
const discordId = (n: number) => snowflakeAt(LONG_AGO, n);

export const TIMEZONE = "Europe/Madrid";
/** Tuesday, 24 November 2026, 8:55 in Madrid. */
export const MORNING = Date.UTC(2026, 10, 24, 7, 55);
export const SLACK_WORKSPACE = { id: "T0OLIVAR", name: "Olivar" };
export const DISCORD_GUILD = { id: "400000000000000001", name: "Olivar users" };

interface Somebody extends LocalPerson {
  about: string;
}

function person(id: string, name: string, about: string, more: Partial<LocalPerson> = {}): Somebody {
  return { id, name, about, timezone: TIMEZONE, locale: "en-GB", ...more };
}
const spanish = { locale: "es-ES" };

export const slackPeople = {
  ana: person("U0ANA", "Ana Ruiz", "support, lead", { groups: ["leads"] }),
  marc: person("U0MARC", "Marc Vidal", "support"),
  lucia: person("U0LUCIA", "Lucía Sanz", "support", spanish),
  marta: person("U0MARTA", "Marta Ferro", "customer, Ferro Bikes", { external: true }),
  olmo: person("U0OLMO", "Olmo Prieto", "customer", spanish),
  rosa: person("U0ROSA", "Rosa Marín", "customer", spanish),
};

export const discordPeople = {
  ana: person(discordId(1), "Ana Ruiz", "support, lead", { groups: ["leads"] }),
  lucia: person(discordId(2), "Lucía Sanz", "support", { locale: "en-GB" }),
  noor: person(discordId(3), "Noor", "helper", { groups: ["Helpers"] }),
  dani: person(discordId(4), "Dani Brisa", "customer, Brisa", { groups: ["Brisa"] }),
  kai: person(discordId(5), "Kai", "customer"),
};

export const slackChannels = {
  ferro: { id: "C0FERRO", name: "ferro-bikes" },
  ayuda: { id: "C0AYUDA", name: "ayuda" },
  team: { id: "C0TEAM", name: "support-team" },
  leads: { id: "C0LEADS", name: "leads" },
};

export const discordChannels = {
  help: { id: discordId(11), name: "help" },
  questions: { id: discordId(12), name: "questions" },
  team: { id: discordId(13), name: "support-team" },
  leads: { id: discordId(14), name: "leads" },
};

/** What Olivar promises; the policy file the bot runs with. Everything that is not here is as in policy.example.yaml. */
export const POLICY = `# Olivar, the invented company of the sandbox.
timezone: ${TIMEZONE}
hours:
  mon-fri: 9:00-14:00, 15:00-18:00
holidays:
  region: ES-MD
leads: "@leads"
helpers: "@Helpers"
promises:
  everything is failing: { first answer: 15 min, next update: 30 min }
  money: { first answer: 2 h, next update: 1 working day }
acknowledge after: 2 min
teams:
  - name: Support
    channels:
      - { name: ferro-bikes, live: yes }
      - { name: help, mode: every, live: yes }
      - { name: questions, live: yes }
      - { name: ayuda, live: no } # watch only, until somebody presses Go live
    team channel: support-team
    leads channel: leads
    digest: 9:00 mon-fri
    summary: monday 9:30
companies:
  - name: Ferro Bikes
    channels: ferro-bikes
  - name: Brisa
    discord roles: "@Brisa"
`;

/** The app's message shortcuts, as manifests/slack.yaml installs them. */
export const SLACK_SHORTCUTS = [
  { name: "Waiting on customer", callback_id: "wait" },
  { name: "Resolve this request", callback_id: "resolve" },
  { name: "Track as a request", callback_id: "open" },
  { name: "Request actions", callback_id: "menu" },
  { name: "Why?", callback_id: "why" },
];

export function furnishSlack(slack: LocalSlack): void {
  const { ana, marc, lucia, marta } = slackPeople;
  const { ferro, ayuda, team, leads } = slackChannels;
  for (const { about: _, ...somebody } of Object.values(slackPeople)) slack.addPerson(somebody);
  slack.addChannel({ ...ferro, kind: "text", private: false, members: [marta.id, marc.id, ana.id] });
  slack.addChannel({ ...ayuda, kind: "text", private: false });
  slack.addChannel({ ...team, kind: "text", private: true, members: [ana.id, marc.id, lucia.id] });
  slack.addChannel({ ...leads, kind: "text", private: true, members: [ana.id] });
}

export function furnishDiscord(discord: LocalDiscord): void {
  const { ana, lucia } = discordPeople;
  const { help, questions, team, leads } = discordChannels;
  for (const { about: _, ...somebody } of Object.values(discordPeople)) discord.addPerson(somebody);
  discord.addChannel({ ...help, kind: "text", private: false });
  discord.addChannel({ ...questions, kind: "forum", private: false });
  discord.addChannel({ ...team, kind: "text", private: true, members: [ana.id, lucia.id] });
  discord.addChannel({ ...leads, kind: "text", private: true, members: [ana.id] });
}

function directory(
  people: Readonly<Record<string, Somebody>>,
  channels: Readonly<Record<string, { id: string; name: string }>>,
): Directory {
  return {
    people: new Map(Object.values(people).map(({ id, name, about }) => [id, { name, about }])),
    channels: new Map(Object.values(channels).map(({ id, name }) => [id, name])),
  };
}

export const slackDirectory = directory(slackPeople, slackChannels);
export const discordDirectory = directory(discordPeople, discordChannels);
