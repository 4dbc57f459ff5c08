// Interactions → ActCalls. Pure. https://docs.discord.com/developers/interactions/receiving-and-responding
import { shortcuts, slashCommands } from "../../acts/catalogue.ts";
import type { ActCall, MessageEvent, Surface } from "../../domain/events.ts";
import type { Instant, Lang, MessageRef } from "../../domain/words.ts";
import type { Place } from "./atlas.ts";
import { unpackId } from "./custom-id.ts";
import { type Around, authorOf, messageEvent, refOf } from "./inbound.ts";
import { type InteractionPayload, messageSchema } from "./payloads.ts";

const InteractionType = { command: 2, component: 3, modal: 5 } as const;
const CommandType = { slash: 1, message: 3 } as const;
const SUBCOMMAND = 1;
const SUBCOMMAND_GROUP = 2;
const BUTTON = 2;

/** A call, and how it may be answered. */
export interface Heard {
  call: ActCall;
  /** There is a message whose control was used: it can be acknowledged without a word, and forms can follow. */
  onMessage: boolean;
  /** A form cannot answer a form. */
  canOpenForm: boolean;
  /** The guild it is about; in a direct message the control says so. */
  workspace: string;
  direct: boolean;
}

/** The reader's language: Discord's locales `es-ES`, `es-419`, `en-US`, `en-GB`; null for every other. */
export function langOf(locale: string | null): Lang | null {
  if (locale?.startsWith("es")) return "es";
  return locale?.startsWith("en") ? "en" : null;
}

/** Null for kinds of interaction we never declared (autocomplete, commands on people) and for those without a place. */
export function heard(
  raw: InteractionPayload,
  place: Place | null,
  around: Around,
  at: Instant,
): Heard | null {
  const said = saying(raw, place, around);
  const user = raw.member?.user ?? raw.user;
  const workspace = raw.guild_id ?? said?.workspace ?? null;
  if (!said || !user || !workspace) return null;
  const where: MessageRef = place
    ? refOf(place, said.message)
    : { platform: "discord", workspace, channel: raw.channel_id ?? "", thread: null, message: said.message };
  return {
    call: {
      kind: "act",
      id: raw.id,
      at,
      by: authorOf(workspace, user, raw.member, at),
      lang: langOf(raw.locale),
      surface: said.surface,
      act: said.act,
      args: said.args,
      where,
      target: said.target,
    },
    onMessage: raw.message != null && raw.type !== InteractionType.command,
    canOpenForm: raw.type !== InteractionType.modal,
    workspace,
    direct: raw.guild_id === null,
  };
}

interface Saying {
  surface: Surface;
  act: string;
  args: Record<string, string>;
  message: string;
  target: MessageEvent | null;
  workspace: string | null;
}

function saying(raw: InteractionPayload, place: Place | null, around: Around): Saying | null {
  const data = raw.data;
  if (!data) return null;
  const plain = { message: raw.message?.id ?? "", target: null };
  switch (raw.type) {
    case InteractionType.command:
      if (data.type === CommandType.message) return shortcut(raw, place, around);
      return (data.type ?? CommandType.slash) === CommandType.slash ? slash(raw) : null;
    case InteractionType.component: {
      const { act, args, choice, workspace } = unpackId(data.custom_id ?? "");
      if (data.component_type === BUTTON) return { ...plain, surface: "button", act, args, workspace };
      const chosen = data.values[0];
      // A menu that was cleared asks for nothing; the string and the people menu answer alike.
      if (chosen === undefined) return null;
      return { ...plain, surface: "menu", act, args: { ...args, [choice ?? "choice"]: chosen }, workspace };
    }
    case InteractionType.modal: {
      const { act, args, workspace } = unpackId(data.custom_id ?? "");
      const fields = data.components.flat().map((field) => [field.custom_id, field.value] as const);
      return { ...plain, surface: "modal", act, args: { ...args, ...Object.fromEntries(fields) }, workspace };
    }
    default:
      return null;
  }
}

function slash(raw: InteractionPayload): Saying {
  const name = raw.data?.name ?? "";
  const plain = { surface: "slash" as const, message: "", target: null, workspace: null };
  const acts = slashCommands().get(name) ?? [];
  const first = raw.data?.options[0];
  const group = first?.type === SUBCOMMAND_GROUP ? first : null;
  const sub = group ? group.options[0] : first?.type === SUBCOMMAND ? first : undefined;
  const typed = [group?.name, sub?.name].filter((word) => word !== undefined).join(" ");
  const act = acts.find((each) => (each.slash?.sub ?? "") === typed);
  // A client may still show a command of an older version of the bot.
  if (!act) return { ...plain, act: "usage", args: { command: name } };
  const args: Record<string, string> = {};
  for (const option of sub ? sub.options : (raw.data?.options ?? [])) {
    if (option.value !== undefined) args[option.name] = String(option.value);
  }
  return { ...plain, act: act.name, args };
}

function shortcut(raw: InteractionPayload, place: Place | null, around: Around): Saying | null {
  const id = raw.data?.target_id;
  if (!id) return null;
  const act = shortcuts().find((each) => each.shortcut?.en === raw.data?.name);
  const message = messageSchema.safeParse(raw.data?.resolved?.messages?.[id]);
  return {
    surface: "shortcut",
    act: act?.name ?? "usage",
    args: act ? {} : { command: raw.data?.name ?? "" },
    message: id,
    target: place && message.success ? messageEvent(message.data, place, around) : null,
    workspace: null,
  };
}
