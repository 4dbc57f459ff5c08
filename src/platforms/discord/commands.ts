// The commands as they are registered, made from the acts. manifests/discord.json holds the same; a test compares them.
// https://docs.discord.com/developers/interactions/application-commands
import type { Act, Arg } from "../../acts/act.ts";
import { shortcuts, slashCommands } from "../../acts/catalogue.ts";
import type { Lang } from "../../domain/words.ts";

/** Shown only in guilds, never in direct messages. Who may do what is decided by our own gate. */
const common = { contexts: [0], integration_types: [0], default_member_permissions: null };

const groupWords: Readonly<Record<string, Record<Lang, string>>> = {
  request: { en: "The requests of this server", es: "Las peticiones de este servidor" },
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
    const group = groupWords[name] ?? { en: name, es: name };
    return { type: 1, name, ...words(group), ...common, options: acts.map(subcommand) };
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

function subcommand(act: Act): object {
  return { type: 1, name: act.slash?.sub ?? act.name, ...words(act.words), options: act.args.map(option) };
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
