// The rules of application commands. https://docs.discord.com/developers/interactions/application-commands
import { FormFaults, type Json } from "./errors.ts";
import { Form } from "./form.ts";

/** Characters of names, descriptions and values of one command, in the longest of its languages. */
const MAX_TEXT = 8000;
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

export interface CommandOption extends Json {
  type: number;
  name: string;
  description: string;
  name_localizations?: Record<string, string> | null;
  required?: boolean;
  choices?: { name: string; value: string | number; name_localizations?: Record<string, string> | null }[];
  options?: CommandOption[];
  min_value?: number;
  max_value?: number;
  min_length?: number;
  max_length?: number;
  autocomplete?: boolean;
}

/** `type` 1: slash; 2: on a person; 3: on a message. */
export interface Command extends Json {
  id: string;
  application_id: string;
  type: number;
  name: string;
  name_localizations?: Record<string, string> | null;
  guild_id?: string;
  default_member_permissions: string | null;
  options?: CommandOption[];
}

/** Checks one command of a bulk overwrite (`path` is its place) or a single one; throws nothing, adds faults. */
export function checkCommand(form: Form): void {
  const type = form.body.type ?? 1;
  form.choice("type", [1, 2, 3, 4]);
  const name = form.text("name", { min: 1, max: 32, required: true });
  checkLocalizedNames(form, type === 1);
  if (type === 1) {
    if (name) checkName(form, "name", name);
    checkDescription(form);
    checkOptions(form, "command");
    if (textOf(form.body) > MAX_TEXT) {
      form.fault("name", "APPLICATION_COMMAND_TOO_LARGE", `Command exceeds maximum size (${MAX_TEXT})`);
    }
  } else {
    if (form.body.description) {
      form.fault(
        "description",
        "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_CANNOT_BE_SET",
        "Context menu commands cannot have description",
      );
    }
    if (form.has("options")) {
      form.fault(
        "options",
        "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_CANNOT_BE_SET",
        "Context menu commands cannot have options",
      );
    }
  }
  const permissions = form.body.default_member_permissions;
  if (permissions !== undefined && permissions !== null && !/^\d+$/.test(String(permissions))) {
    form.fault("default_member_permissions", "NUMBER_TYPE_COERCE", "Value is not int.");
  }
}

/** Checks a bulk overwrite as a whole: each command, doubled names, at most 100 slash and 15 of each other kind. */
export function checkCommands(list: readonly unknown[]): void {
  const faults = new FormFaults();
  const names = new Set<string>();
  const counts = new Map<unknown, number>();
  for (const [index, item] of list.entries()) {
    const form = new Form(faults, [index], typeof item === "object" && item !== null ? (item as Json) : {});
    checkCommand(form);
    const type = form.body.type ?? 1;
    const key = `${String(type)} ${String(form.body.name)}`;
    if (names.has(key)) {
      form.fault("name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique");
    }
    names.add(key);
    const count = (counts.get(type) ?? 0) + 1;
    counts.set(type, count);
    const max = type === 1 ? 100 : 15;
    if (count === max + 1) {
      form.fault("type", "BASE_TYPE_MAX_LENGTH", `Must be ${max} or fewer commands of type ${String(type)}.`);
    }
  }
  faults.check();
}

/** What a list of options belongs to: a group holds subcommands and nothing else, a subcommand holds neither. */
type Holder = "command" | "group" | "subcommand";

function checkOptions(form: Form, holder: Holder): void {
  const options = form.list("options", { max: 25 });
  const names = new Set<unknown>();
  let optionalSeen = false;
  for (const option of options) {
    const name = option.text("name", { min: 1, max: 32, required: true });
    if (name) checkName(option, "name", name);
    checkLocalizedNames(option, true);
    checkDescription(option);
    option.choice("type", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], true);
    if (names.has(name)) {
      option.fault(
        "name",
        "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
        "Option name already exists in these options",
      );
    }
    names.add(name);
    const type = option.body.type;
    if (type === 1 || type === 2) {
      if (holder === "subcommand" || (type === 2 && holder === "group")) {
        option.fault(
          "type",
          "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
          "Sub-command and sub-command group option types are mutually exclusive to all other types",
        );
      }
      checkOptions(option, type === 2 ? "group" : "subcommand");
      continue;
    }
    if (holder === "group" || options.some((each) => each.body.type === 1 || each.body.type === 2)) {
      option.fault(
        "type",
        "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
        "Sub-command and sub-command group option types are mutually exclusive to all other types",
      );
    }
    if (option.body.required === true && optionalSeen) {
      option.fault(
        "required",
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        "Required options must be placed before non-required options",
      );
    }
    if (option.body.required !== true) optionalSeen = true;
    checkRange(option, type);
    const taken = new Set<unknown>();
    for (const choice of option.list("choices", { max: 25 })) {
      choice.text("name", { min: 1, max: 100, required: true });
      if (taken.has(choice.body.name)) {
        choice.fault(
          "name",
          "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS",
          "Option choice name already exists",
        );
      }
      taken.add(choice.body.name);
      const value = choice.body.value;
      if (type === 3) choice.text("value", { max: 100, required: true });
      else if (typeof value !== "number")
        choice.fault("value", "NUMBER_TYPE_COERCE", "Value is not a number.");
    }
  }
}

/** Bounds belong to numbers, lengths to texts, and neither may be upside down; choices exclude autocomplete. */
function checkRange(option: Form, type: unknown): void {
  const { min_value: least, max_value: most, min_length: short, max_length: long } = option.body;
  const only = (fields: readonly string[], types: readonly unknown[]): void => {
    if (types.includes(type)) return;
    for (const field of fields) {
      if (option.has(field)) {
        option.fault(
          field,
          "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
          `${field} is not for options of this type`,
        );
      }
    }
  };
  only(["min_value", "max_value"], [4, 10]);
  only(["min_length", "max_length"], [3]);
  only(["choices", "autocomplete"], [3, 4, 10]);
  if (typeof least === "number" && typeof most === "number" && least > most) {
    option.fault("min_value", "NUMBER_TYPE_MAX", "min_value must not exceed max_value");
  }
  if (type === 3) {
    option.whole("min_length", { min: 0, max: 6000 });
    option.whole("max_length", { min: 1, max: 6000 });
    if (typeof short === "number" && typeof long === "number" && short > long) {
      option.fault("min_length", "NUMBER_TYPE_MAX", "min_length must not exceed max_length");
    }
  }
  if (
    option.body.autocomplete === true &&
    Array.isArray(option.body.choices) &&
    option.body.choices.length > 0
  ) {
    option.fault(
      "autocomplete",
      "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES",
      "autocomplete may not be set to true if choices are present",
    );
  }
}

function checkDescription(form: Form): void {
  form.text("description", { min: 1, max: 100, required: true });
  const others = form.object("description_localizations");
  for (const locale of Object.keys(others?.body ?? {})) others?.text(locale, { min: 1, max: 100 });
}

/** Names, descriptions and values of a command and all below it; of each text the longest of its languages. */
function textOf(body: Json): number {
  const longest = (field: string): number => {
    const others = body[`${field}_localizations`];
    const all = [
      body[field],
      ...(typeof others === "object" && others !== null ? Object.values(others) : []),
    ];
    return Math.max(0, ...all.map((text) => (typeof text === "string" ? text.length : 0)));
  };
  const below = [body.options, body.choices].flatMap((list) => (Array.isArray(list) ? (list as Json[]) : []));
  const value = typeof body.value === "string" ? body.value.length : 0;
  return below.reduce((sum, each) => sum + textOf(each), longest("name") + longest("description") + value);
}

function checkLocalizedNames(form: Form, slash: boolean): void {
  const names = form.object("name_localizations");
  if (!names) return;
  for (const [locale, name] of Object.entries(names.body)) {
    if (typeof name !== "string") continue;
    if (slash) checkName(names, locale, name);
    else if (name.length < 1 || name.length > 32) {
      names.fault(locale, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 32 in length.");
    }
  }
}

function checkName(form: Form, field: string, name: string): void {
  if (!NAME.test(name) || name !== name.toLowerCase()) {
    form.fault(field, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
  }
}
