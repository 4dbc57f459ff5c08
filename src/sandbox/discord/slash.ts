// A typed slash command, read as the client reads it against the registered commands. What the client would not let
// a person send is an error here.
import type { Command, CommandOption } from "./check-commands.ts";
import type { Json } from "./errors.ts";
import type { User } from "./model.ts";
import type { Guild } from "./state.ts";
import { channelJson, resolvedMemberJson, roleJson, userJson } from "./wire.ts";

export interface TypedCommand {
  command: Command;
  /** `options` of the interaction's data. */
  options: Json[];
  resolved: Json;
}

/** Reads `/request claim number:4` or, by position, `/request claim 4`. `commands` are those the person can see. */
export function parseSlash(
  guild: Guild,
  commands: readonly Command[],
  typed: string,
  user: User,
): TypedCommand {
  const text = typed.trim();
  const [head = "", rest] = firstWord(text.replace(/^\//, ""));
  const command = commands.find((each) => each.type === 1 && hasName(each, head, user));
  if (!text.startsWith("/") || !command) {
    const known = commands.filter((each) => each.type === 1).map((each) => `/${each.name}`);
    throw new Error(`${typed}: no such slash command here; known are ${known.join(", ") || "none"}`);
  }
  const resolved: Json = {};
  const options = parseLevel({ guild, typed, user, resolved }, command.options ?? [], rest);
  return { command, options, resolved };
}

interface Parsing {
  guild: Guild;
  typed: string;
  user: User;
  resolved: Json;
}

function parseLevel(parsing: Parsing, schema: readonly CommandOption[], text: string): Json[] {
  if (schema.some((option) => option.type === 1 || option.type === 2)) {
    const [head, rest] = firstWord(text);
    const chosen = schema.find((option) => hasName(option, head, parsing.user));
    if (!chosen) {
      const known = schema.map((option) => option.name).join(", ");
      throw new Error(
        `${parsing.typed}: ${head ? `no subcommand ${head}` : "a subcommand is missing"}; known are ${known}`,
      );
    }
    return [
      { type: chosen.type, name: chosen.name, options: parseLevel(parsing, chosen.options ?? [], rest) },
    ];
  }
  const raw = assign(parsing, schema, text);
  const options: Json[] = [];
  for (const option of schema) {
    const value = raw.get(option.name);
    if (value === undefined) {
      if (option.required) throw new Error(`${parsing.typed}: the option ${option.name} is missing`);
      continue;
    }
    options.push({ type: option.type, name: option.name, value: convert(parsing, option, value) });
  }
  return options;
}

/** Which text belongs to which option: `name:value` where it is written, by position otherwise. */
function assign(parsing: Parsing, schema: readonly CommandOption[], text: string): Map<string, string> {
  const raw = new Map<string, string>();
  const rest = text.trim();
  if (rest === "") return raw;
  const names = schema.map((option) => option.name.replaceAll(/[-]/g, "\\-")).join("|");
  const marks = names ? [...rest.matchAll(new RegExp(`(?:^|\\s)(${names}):`, "gu"))] : [];
  const first = marks[0]?.index ?? rest.length;
  for (const [index, mark] of marks.entries()) {
    const start = mark.index + mark[0].length;
    raw.set(mark[1] ?? "", rest.slice(start, marks[index + 1]?.index ?? rest.length).trim());
  }
  let left = rest.slice(0, first).trim();
  const open = schema.filter((option) => !raw.has(option.name));
  for (const [index, option] of open.entries()) {
    if (left === "") break;
    const last = index === open.length - 1;
    const quoted = /^"([^"]*)"(?:\s+|$)/.exec(left);
    const [word, after] = quoted
      ? [quoted[1] ?? "", left.slice(quoted[0].length)]
      : last && option.type === 3
        ? [left, ""]
        : firstWord(left);
    raw.set(option.name, word);
    left = after.trim();
  }
  if (left !== "") throw new Error(`${parsing.typed}: nothing takes ${JSON.stringify(left)}`);
  return raw;
}

function convert(parsing: Parsing, option: CommandOption, raw: string): string | number | boolean {
  const { guild, typed, resolved, user } = parsing;
  const bad = (want: string): Error =>
    new Error(`${typed}: ${JSON.stringify(raw)} for the option ${option.name} is not ${want}`);
  if (option.choices?.length) {
    const locale = user.locale ?? "en-US";
    const choice = option.choices.find(
      ({ name, value, name_localizations }) =>
        String(value) === raw ||
        name.toLowerCase() === raw.toLowerCase() ||
        name_localizations?.[locale]?.toLowerCase() === raw.toLowerCase(),
    );
    if (!choice) throw bad(`one of ${option.choices.map(({ name }) => name).join(", ")}`);
    return choice.value;
  }
  switch (option.type) {
    case 3:
      if (raw.length < (option.min_length ?? 0) || raw.length > (option.max_length ?? 6000)) {
        throw bad(`${option.min_length ?? 0} to ${option.max_length ?? 6000} characters long`);
      }
      return raw;
    case 4:
    case 10: {
      const value = Number(raw);
      if (raw === "" || Number.isNaN(value)) throw bad("a number");
      if (option.type === 4 && !Number.isInteger(value)) throw bad("a whole number");
      if (value < (option.min_value ?? -Infinity) || value > (option.max_value ?? Infinity)) {
        throw bad(`from ${option.min_value ?? "any"} to ${option.max_value ?? "any"}`);
      }
      return value;
    }
    case 5:
      if (!/^(true|false)$/i.test(raw)) throw bad("True or False");
      return raw.toLowerCase() === "true";
    case 6:
    case 9: {
      const id = /^<@!?(\d+)>$/.exec(raw)?.[1];
      const found =
        id === undefined
          ? [...guild.users.values()].find((each) => `@${each.name}` === raw || each.name === raw)
          : guild.users.get(id);
      if (!found) throw bad("a person of this server (write <@id>)");
      put(resolved, "users", found.id, userJson(found));
      if (found.member) {
        put(resolved, "members", found.id, resolvedMemberJson(found, guild.guildPermissions(found)));
      }
      return found.id;
    }
    case 7: {
      const channel = guild.channels.get(/^<#(\d+)>$/.exec(raw)?.[1] ?? "");
      if (!channel) throw bad("a channel (write <#id>)");
      const permissions = guild.permissions(user, channel).toString();
      put(resolved, "channels", channel.id, { ...channelJson(guild, channel), permissions });
      return channel.id;
    }
    case 8: {
      const role = guild.roles.get(/^<@&(\d+)>$/.exec(raw)?.[1] ?? "") ?? guild.roleNamed(raw);
      if (!role) throw bad("a role (write <@&id>)");
      put(resolved, "roles", role.id, roleJson(role));
      return role.id;
    }
    default:
      throw new Error(`${typed}: options of type ${option.type} cannot be typed in this sandbox`);
  }
}

function put(resolved: Json, kind: string, id: string, value: Json): void {
  resolved[kind] = { ...(resolved[kind] as Json | undefined), [id]: value };
}

/** Names are matched as the person's client shows them: their own language, or the default. */
export function hasName(
  named: { name: string; name_localizations?: Record<string, string> | null },
  name: string,
  user: User,
): boolean {
  return named.name === name || (user.locale !== null && named.name_localizations?.[user.locale] === name);
}

function firstWord(text: string): [string, string] {
  const [, word = "", rest = ""] = /^\s*(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
  return [word, rest];
}
