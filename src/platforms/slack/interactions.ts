// Buttons, menus, modals, shortcuts and slash commands as ActCalls. Pure.
import { z } from "zod";
import { unpackAct } from "../../acts/packing.ts";
import { parseTyped } from "../../acts/slash.ts";
import type { ActCall, Author } from "../../domain/events.ts";
import type { Instant, MessageRef } from "../../domain/words.ts";
import { authorOf, companyOf, instantOf, messageEvent, type Self, slackMessage } from "./inbound.ts";
import { type Names, plainText } from "./plain.ts";

const text = z.string().optional().catch(undefined);
const user = z.object({ id: z.string(), username: text, name: text, team_id: text });
const channel = z.object({ id: z.string() });

const pressed = z.object({
  type: z.literal("block_actions"),
  user,
  trigger_id: z.string(),
  response_url: text,
  channel: channel.optional().catch(undefined),
  container: z.object({ message_ts: text, thread_ts: text, channel_id: text }),
  message: z.object({ thread_ts: text }).optional().catch(undefined),
  actions: z
    .array(
      z.object({
        type: z.string(),
        action_id: z.string(),
        action_ts: text,
        selected_option: z.object({ value: z.string() }).nullish().catch(undefined),
        selected_user: z.string().nullish().catch(undefined),
      }),
    )
    .min(1),
});

const submitted = z.object({
  type: z.literal("view_submission"),
  user,
  trigger_id: text,
  view: z.object({
    id: z.string(),
    hash: text,
    private_metadata: z.string(),
    state: z.object({
      values: z.record(z.string(), z.record(z.string(), z.object({ value: z.string().nullish() }))),
    }),
  }),
});

const shortcut = z.object({
  type: z.literal("message_action"),
  user,
  trigger_id: z.string(),
  response_url: text,
  callback_id: z.string(),
  channel,
  message: slackMessage,
});

const typed = z.object({
  command: z.string(),
  text: z.string().catch(""),
  user_id: z.string(),
  user_name: text,
  team_id: text,
  channel_id: z.string(),
  trigger_id: z.string(),
  response_url: text,
});

/** What a modal carries so that its submission knows its act and where it came from. Short names: 3,000 characters. */
const carried = z.object({
  a: z.string(),
  g: z.record(z.string(), z.string()),
  c: z.string(),
  t: z.string().nullable(),
  m: z.string(),
});

export function carry(act: string, args: Readonly<Record<string, string>>, where: MessageRef): string {
  const packed: z.input<typeof carried> = {
    a: act,
    g: { ...args },
    c: where.channel,
    t: where.thread,
    m: where.message,
  };
  return JSON.stringify(packed);
}

/** A menu's action id is `claim?request=…|who`: the packed act, then the argument the choice fills. */
export const CHOICE_MARK = "|";
/** Makes equal controls of one message distinct, as Slack demands; what follows it means nothing. */
export const TWIN_MARK = "#";
/** The action id of a button that only opens an address: Slack reports the press all the same. */
export const LINK_ACTION = "-";

export interface Interaction {
  /** `lang` is null and the author may lack a name: filled in by index.ts. */
  call: ActCall;
  trigger: string | null;
  responseUrl: string | null;
  /** How an answer may travel with the acknowledgement. */
  reply: "slash" | "view" | "none";
  /** The input blocks of a submitted view, so that an error finds its field. */
  fields: readonly string[];
}

function authorFrom(who: z.infer<typeof user>, self: Self): Author {
  const company = companyOf(who.team_id, self);
  const author = authorOf({ ts: "0", user: who.id }, self);
  return { ...author, name: who.name ?? who.username ?? "", external: company !== null, company };
}

function place(
  self: Self,
  channelId: string,
  thread: string | null | undefined,
  message: string,
): MessageRef {
  return {
    platform: "slack",
    workspace: self.workspace,
    channel: channelId,
    thread: thread === undefined || thread === message ? null : thread,
    message,
  };
}

function readPressed(body: z.infer<typeof pressed>, self: Self, now: Instant): Interaction | null {
  const [action] = body.actions;
  const channelId = body.channel?.id ?? body.container.channel_id;
  if (!action || channelId === undefined || action.action_id.startsWith(LINK_ACTION)) return null;
  const [control = ""] = action.action_id.split(TWIN_MARK);
  const [packed = "", choice] = control.split(CHOICE_MARK);
  const { act, args } = unpackAct(packed);
  const chosen = action.selected_option?.value ?? action.selected_user;
  if (choice !== undefined && (chosen === undefined || chosen === null)) return null;
  const message = body.container.message_ts ?? "";
  return {
    call: {
      kind: "act",
      id: body.trigger_id,
      at: action.action_ts === undefined ? now : instantOf(action.action_ts),
      by: authorFrom(body.user, self),
      lang: null,
      surface: choice === undefined ? "button" : "menu",
      act,
      args: choice === undefined || typeof chosen !== "string" ? args : { ...args, [choice]: chosen },
      where: place(self, channelId, body.message?.thread_ts ?? body.container.thread_ts, message),
      target: null,
    },
    trigger: body.trigger_id,
    responseUrl: body.response_url ?? null,
    reply: "none",
    fields: [],
  };
}

function carriedIn(metadata: string): z.infer<typeof carried> | null {
  try {
    const read = carried.safeParse(JSON.parse(metadata));
    return read.success ? read.data : null;
  } catch (error) {
    // Not JSON: a view of another app or of an older version; there is nothing to submit it to.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function readSubmitted(body: z.infer<typeof submitted>, self: Self, now: Instant): Interaction | null {
  const origin = carriedIn(body.view.private_metadata);
  if (!origin) return null;
  const values: Record<string, string> = {};
  for (const [field, inputs] of Object.entries(body.view.state.values))
    values[field] = Object.values(inputs)[0]?.value ?? "";
  return {
    call: {
      kind: "act",
      id: body.trigger_id ?? `${body.view.id}.${body.view.hash ?? ""}`,
      at: now,
      by: authorFrom(body.user, self),
      lang: null,
      surface: "modal",
      act: origin.a,
      args: { ...origin.g, ...values },
      where: place(self, origin.c, origin.t, origin.m),
      target: null,
    },
    trigger: null,
    responseUrl: null,
    reply: "view",
    fields: Object.keys(body.view.state.values),
  };
}

function readShortcut(body: z.infer<typeof shortcut>, self: Self, now: Instant): Interaction {
  const target = messageEvent(body.message, body.channel.id, self);
  return {
    call: {
      kind: "act",
      id: body.trigger_id,
      at: now,
      by: authorFrom(body.user, self),
      lang: null,
      surface: "shortcut",
      act: body.callback_id,
      args: {},
      where: target.where,
      target,
    },
    trigger: body.trigger_id,
    responseUrl: body.response_url ?? null,
    reply: "none",
    fields: [],
  };
}

/** Escaped mentions in a command bring their name along: `<@U1|ana>`. */
const UNKNOWN: Names = { person: () => null, channel: () => null };

function readTyped(body: z.infer<typeof typed>, self: Self, now: Instant): Interaction {
  const parsed = parseTyped(body.command, body.text);
  const args = parsed.ok
    ? Object.fromEntries(
        Object.entries(parsed.args).map(([name, value]) => [name, plainText(value, UNKNOWN)]),
      )
    : { command: parsed.command };
  return {
    call: {
      kind: "act",
      id: body.trigger_id,
      at: now,
      by: authorFrom(
        { id: body.user_id, username: undefined, name: body.user_name, team_id: body.team_id },
        self,
      ),
      lang: null,
      surface: "slash",
      act: parsed.ok ? parsed.act.name : "usage",
      args,
      where: place(self, body.channel_id, null, ""),
      target: null,
    },
    trigger: body.trigger_id,
    responseUrl: body.response_url ?? null,
    reply: "slash",
    fields: [],
  };
}

/**
 * Reads the body of an interaction. Null: nothing to do but acknowledge (link buttons, closed views, menus of other
 * apps, shapes we do not know).
 */
export function readInteraction(body: unknown, self: Self, now: Instant): Interaction | null {
  const command = typed.safeParse(body);
  if (command.success) return readTyped(command.data, self, now);
  const button = pressed.safeParse(body);
  if (button.success) return readPressed(button.data, self, now);
  const view = submitted.safeParse(body);
  if (view.success) return readSubmitted(view.data, self, now);
  const action = shortcut.safeParse(body);
  if (action.success) return readShortcut(action.data, self, now);
  return null;
}
