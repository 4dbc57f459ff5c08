// What a local workspace keeps.
import type { JsonObject } from "./json.ts";

export interface SlackPerson {
  readonly id: string;
  name: string;
  /** The home workspace; another one for Slack Connect people. */
  team: string;
  timezone: string;
  locale: string;
  admin: boolean;
  bot: boolean;
  external: boolean;
  directClosed: boolean;
  /** Seconds. */
  updated: number;
}

export interface SlackGroup {
  readonly id: string;
  readonly handle: string;
  readonly members: Set<string>;
  updated: number;
}

export interface SlackFile {
  readonly id: string;
  readonly name: string;
  title: string;
  readonly mime: string;
  bytes: Uint8Array;
  readonly owner: string;
  /** Seconds. */
  readonly created: number;
}

export interface SlackChannel {
  readonly id: string;
  name: string;
  readonly kind: "public" | "private" | "direct";
  /** The person of a direct channel. */
  readonly person: string | null;
  /** Ids listed by hand; everybody of this workspace is in a public channel besides. */
  readonly members: Set<string>;
  archived: boolean;
  topic: string;
  readonly created: number;
  readonly creator: string;
  /** What history returns, oldest first: top-level messages and broadcast replies. */
  readonly top: SlackMessage[];
  /** Everything, replies included, oldest first. */
  readonly all: SlackMessage[];
  readonly ephemeral: SlackMessage[];
  readonly pins: Set<string>;
}

export interface SlackMessage {
  readonly ts: string;
  /** `ts` in microseconds, for comparing. */
  readonly micros: number;
  readonly channel: SlackChannel;
  readonly root: SlackMessage | null;
  /** User id; null for a `bot_message`, which has none. */
  author: string | null;
  botId: string | null;
  /** The name shown instead of the author's. */
  username: string | null;
  subtype: string | null;
  text: string;
  blocks: readonly JsonObject[];
  attachments: readonly JsonObject[];
  metadata: JsonObject | null;
  readonly files: readonly SlackFile[];
  edited: { user: string; ts: string } | null;
  reactions: Map<string, Set<string>> | null;
  readonly clientId: string | null;
  deleted: boolean;
  replies: SlackMessage[];
  /** Seen by this person alone: an ephemeral message. */
  readonly onlyFor: string | null;
  /** What was chosen in its menus, by `block/action`. */
  selected: Map<string, JsonObject | string> | null;
  /** Further fields of its event (topic, inviter). */
  readonly more: JsonObject | null;
}

/** A message about to be filed; what is left out is absent. */
export interface MessageDraft {
  channel: SlackChannel;
  root?: SlackMessage | null;
  author: string | null;
  text: string;
  /** Written in a client, so it carries a `client_msg_id`. */
  typed?: boolean;
  botId?: string | null;
  username?: string | null;
  subtype?: string | null;
  blocks?: readonly JsonObject[];
  attachments?: readonly JsonObject[];
  metadata?: JsonObject | null;
  files?: readonly SlackFile[];
  onlyFor?: string | null;
  more?: JsonObject | null;
}
