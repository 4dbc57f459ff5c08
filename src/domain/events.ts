// What can happen to the core: something seen in chat, something somebody does, or time passing.
import type { ChannelRef, FileRef, Instant, Lang, MessageRef, PersonRef } from "./words.ts";

/** Who wrote a message, as far as the message itself tells. Roles are decided by the policy, not by the platform. */
export interface Author extends PersonRef {
  /** The display name at the time. */
  name: string;
  /** Another bot or an integration. The bot's own posts never become events at all. */
  bot: boolean;
  /** True when the person belongs to another organisation (Slack Connect). */
  external: boolean;
  /** The organisation the person belongs to, where it differs from the workspace (Slack team id). */
  company: string | null;
  /** True when the platform says the account is new (Discord: under a week old, or joined under a day ago). */
  fresh: boolean;
}

export interface MessageEvent {
  kind: "message";
  where: MessageRef;
  at: Instant;
  author: Author;
  /** Plain text as a reader sees it: mentions written `@name`, channels `#name`, links as their address. */
  text: string;
  /** Ids of the people mentioned, in order. */
  mentions: readonly string[];
  /** True when the bot itself is mentioned. */
  mentionsBot: boolean;
  files: readonly FileRef[];
  /** The message this one is a reply to (Discord's reply reference; null on Slack). */
  replyTo: string | null;
  /** When the message was written that this one stands under or replies to, where it does and its id tells. */
  rootAt?: Instant;
  /** True for the first message of a Discord forum post, and for nothing else. */
  forumPost: boolean;
  /** The title of a forum post, or null. */
  title: string | null;
  /** Written to the bot itself, in a direct message. */
  direct?: boolean;
  /** Of a bot's post: the app behind it, and the person it was made for, where the platform says so. */
  app?: string | null;
  madeFor?: string | null;
}

export interface EditedEvent {
  kind: "edited";
  where: MessageRef;
  /** When it was edited, as the platform says; part of the seen key. */
  at: Instant;
  author: Author;
  text: string;
}

export interface DeletedEvent {
  kind: "deleted";
  where: MessageRef;
  at: Instant;
}

export interface ReactionEvent {
  kind: "reaction";
  where: MessageRef;
  at: Instant;
  by: Author;
  /** `eyes`, `ticket`: the Slack short name without colons; Discord's unicode emoji are translated to it. */
  emoji: string;
  added: boolean;
  /** The message reacted to, fetched by the adapter for the 🎫 (`ticket`) emoji only; null when it is gone or for other emoji. */
  target: MessageEvent | null;
}

export type ChatEvent = MessageEvent | EditedEvent | DeletedEvent | ReactionEvent;

/** How somebody reached an act. */
export type Surface = "slash" | "button" | "menu" | "modal" | "shortcut";

/**
 * Somebody does something: a slash command, a button, a menu choice, a submitted modal, a message shortcut.
 * Arguments are raw strings; the act's own description checks them.
 */
export interface ActCall {
  kind: "act";
  /** The interaction's own id; part of the seen key, so that a repeated delivery acts once. */
  id: string;
  at: Instant;
  by: Author;
  /** The reader's language as the platform tells it, or null. */
  lang: Lang | null;
  surface: Surface;
  /** The act's name, as in acts/. For a slash command that could not be parsed: `usage`. */
  act: string;
  args: Readonly<Record<string, string>>;
  /** Where it was done. `message` is the message whose button was pressed or that the shortcut names; "" for slash. */
  where: MessageRef;
  /** For a shortcut: the message it was used on. */
  target: MessageEvent | null;
}

/** Time has reached the wake-up of a request. `due` is the wake-up's own instant, not "now". */
export interface Tick {
  kind: "tick";
  request: string;
  due: Instant;
}

export type Stimulus = ChatEvent | ActCall | Tick;

/** A channel as the platform describes it. */
export interface ChannelInfo extends ChannelRef {
  name: string;
  kind: "text" | "forum";
  private: boolean;
  /** True when people of other organisations can read it (Slack Connect; every Discord channel open to everyone). */
  shared: boolean;
  /** Whether the bot can read it now. */
  member: boolean;
}
