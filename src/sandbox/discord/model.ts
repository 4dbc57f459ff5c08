// The things a guild is made of, as the local Discord keeps them. What goes over the wire is built in wire.ts.
import type { Json } from "./errors.ts";

export const ChannelType = { text: 0, direct: 1, publicThread: 11, privateThread: 12, forum: 15 } as const;
export const MessageType = {
  plain: 0,
  threadCreated: 18,
  reply: 19,
  command: 20,
  threadStarter: 21,
  contextCommand: 23,
} as const;
/** Messages that Discord wrote itself: nobody edits or answers them. */
export function isSystem({ type }: Pick<Message, "type">): boolean {
  return type === MessageType.threadCreated || type === MessageType.threadStarter;
}
export const InteractionType = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const;
export const Flag = {
  suppressEmbeds: 1 << 2,
  hasThread: 1 << 5,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  suppressNotifications: 1 << 12,
  componentsV2: 1 << 15,
} as const;

export interface User {
  id: string;
  name: string;
  bot: boolean;
  timezone: string | null;
  locale: string | null;
  directClosed: boolean;
  /** Null for somebody who is not in the guild. */
  member: Member | null;
}

export interface Member {
  roles: Set<string>;
  joinedAt: number;
}

export interface Role {
  id: string;
  name: string;
  permissions: bigint;
  position: number;
  /** The bot whose own role this is, or null. */
  managedBy: string | null;
}

/** `type` 0: a role; 1: a member. */
export interface Overwrite {
  id: string;
  type: 0 | 1;
  allow: bigint;
  deny: bigint;
}

export interface Tag {
  id: string;
  name: string;
}

export interface ThreadState {
  owner: string;
  archived: boolean;
  locked: boolean;
  autoArchiveMinutes: number;
  archivedAt: number;
  createdAt: number;
  invitable: boolean;
  members: Map<string, number>;
  messageCount: number;
  totalSent: number;
  tags: string[];
}

export interface Channel {
  id: string;
  type: 0 | 1 | 11 | 12 | 15;
  name: string;
  parent: Channel | null;
  position: number;
  topic: string | null;
  overwrites: Overwrite[];
  tags: Tag[];
  requireTag: boolean;
  lastMessageId: string | null;
  /** Oldest first. Deleted ones stay, marked, so that paging keeps its places. */
  log: Message[];
  thread: ThreadState | null;
  /** The person at the other end of a direct channel. */
  recipient: User | null;
  threads: Set<Channel>;
}

export interface Attachment {
  id: string;
  filename: string;
  size: number;
  contentType: string;
  description: string | null;
  url: string;
  bytes: Uint8Array;
}

export interface Emoji {
  id: string | null;
  name: string;
}

export interface Reaction {
  emoji: Emoji;
  users: Set<string>;
}

/** A component as it was sent, after the checks of check-components.ts. */
export interface Component extends Json {
  type: number;
  id?: number;
  custom_id?: string;
  label?: string;
  style?: number;
  emoji?: { id?: string; name?: string };
  url?: string;
  disabled?: boolean;
  placeholder?: string;
  options?: { label: string; value: string; default?: boolean; description?: string }[];
  default_values?: { id: string; type: string }[];
  min_values?: number;
  max_values?: number;
  required?: boolean;
  value?: string;
  min_length?: number;
  max_length?: number;
  content?: string;
  description?: string;
  title?: string;
  components?: Component[];
  component?: Component;
  accessory?: Component;
  items?: { description?: string; media?: { url?: string } }[];
  file?: { url?: string };
}

export interface Embed extends Json {
  title?: string;
  description?: string;
  url?: string;
  author?: { name: string };
  footer?: { text: string };
  fields?: { name: string; value: string; inline?: boolean }[];
}

/** Which interaction a message answers. */
export interface InteractionTrace {
  id: string;
  /** 2: a command; 3: a control; 5: a form. */
  type: number;
  user: User;
  /** Of a command on a message, that message. */
  target: string | null;
  /** Of a control, the message it stands on. */
  interacted: string | null;
  /** Of a form, what opened it. */
  trigger: InteractionTrace | null;
  /** The first answer, on those that follow it. */
  original: string | null;
}

export interface Message {
  id: string;
  /** When it was posted, as its id tells. */
  at: number;
  channel: Channel;
  author: User;
  type: number;
  content: string;
  flags: number;
  embeds: readonly Embed[];
  components: readonly Component[];
  attachments: readonly Attachment[];
  reactions: Map<string, Reaction> | null;
  mentions: readonly string[];
  mentionRoles: readonly string[];
  mentionEveryone: boolean;
  editedAt: number | null;
  nonce: string | number | null;
  /** The message this one replies to, or that a thread starter stands for. */
  reference: Message | null;
  /** The thread that hangs under this message. */
  thread: Channel | null;
  /** The place in a thread; null elsewhere. */
  position: number | null;
  /** Set on answers to an interaction. */
  interaction: InteractionTrace | null;
  /** The only person who sees an ephemeral message. */
  onlyFor: User | null;
  deleted: boolean;
}
