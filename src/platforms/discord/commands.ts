// The commands as they are registered, made from the acts. manifests/discord.json holds the same; a test compares them.
// https://docs.discord.com/developers/interactions/application-commands
import type { Act, Arg } from "../../acts/act.ts";
import { shortcuts, slashCommands } from "../../acts/catalogue.ts";
import type { Lang } from "../../domain/words.ts";

/** Shown only in guilds, never in direct messages. Who may do what is decided by our own gate. */
const common = { contexts: [0], integration_types: [0], default_member_permissions: null };

const groupWords: Readonly<Record<string, Record<Lang, string>>> = {
  request: { en: "The requests of this server", es: "Las peticiones de este servidor" },
  away: { en: "When you are not there", es: "Cuándo no estás" },
  siempre: { en: "How Siempre works here", es: "Cómo funciona Siempre aquí" },
  "siempre triage": { en: "How messages are read", es: "Cómo se leen los mensajes" },
  "siempre policy": { en: "What is promised", es: "Lo que se promete" },
};

export interface Command {
  type: 1 | 3;
  name: string;
  description?: string;
  options?: object[];
}

/** Every command, slash commands first, in the order of the catalogue. */
export function commands(): Command[] {
  const slash = [...slashCommands()].map(([name, acts]): Command => {
    const direct = acts.find((act) => act.slash?.sub === null);
    if (direct) return { type: 1, name, ...words(direct.words), ...common, options: direct.args.map(option) };
    return { type: 1, name, ...words(wordsFor(name)), ...common, options: ways(name, acts) };
  });
  const menus = shortcuts().flatMap((act): Command[] =>
    act.shortcut
      ? [
          {
            type: 3,
            name: act.shortcut.en,
            ...{ name_localizations: { "es-ES": act.shortcut.es, "es-419": act.shortcut.es } },
            ...common,
          },
        ]
      : [],
  );
  return [...slash, ...menus];
}

/** The subcommands of a command; those of two words in a group, where the first of the group stands. */
function ways(command: string, acts: readonly Act[]): object[] {
  const found = new Map<string, object[]>();
  const top: object[] = [];
  for (const act of acts) {
    const [first = act.name, second] = act.slash?.sub?.split(" ") ?? [];
    if (second === undefined) {
      top.push(subcommand(first, act));
      continue;
    }
    const group = found.get(first) ?? [];
    if (!found.has(first)) {
      found.set(first, group);
      top.push({ type: 2, name: first, ...words(wordsFor(`${command} ${first}`)), options: group });
    }
    group.push(subcommand(second, act));
  }
  return top;
}

function subcommand(name: string, act: Act): object {
  return { type: 1, name, ...words(act.words), options: act.args.map(option) };
}

/** What a command or a group is described with; its own name where nobody gave it words. */
function wordsFor(group: string): Record<Lang, string> {
  return groupWords[group] ?? { en: group, es: group };
}

function option(arg: Arg): object {
  const base = { name: arg.name, ...words(arg.words), required: arg.required };
  switch (arg.kind) {
    case "number":
      return { type: 4, ...base, min_value: 1, max_value: 999_999_999 };
    case "tier":
      return {
        type: 4,
        ...base,
        choices: [1, 2, 3, 4, 5].map((tier) => ({ name: String(tier), value: tier })),
      };
    case "person":
      return { type: 6, ...base };
    case "word":
    case "time":
      return { type: 3, ...base, max_length: 100 };
    case "rest":
      return { type: 3, ...base, max_length: 4_000 };
    default:
      return arg.kind satisfies never;
  }
}

function words(both: Readonly<Record<Lang, string>>): {
  description: string;
  description_localizations: object;
} {
  return { description: both.en, description_localizations: { "es-ES": both.es, "es-419": both.es } };
}
