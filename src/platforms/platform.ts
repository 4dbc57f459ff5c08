// The port: what the bot needs of a chat platform. Every method is total; what a platform lacks, its adapter
// degrades by itself and its README says so. One contract suite (test/platforms/contract.ts) holds them all.
import type { ActCall, Author, ChannelInfo, ChatEvent, MessageEvent } from "../domain/events.ts";
import type { Instant, Lang, MessageRef } from "../domain/words.ts";
import type { Answer, Card } from "../messages/card.ts";

/** Where something is to be posted. */
export type Target =
  | { kind: "channel"; workspace: string; channel: string }
  /** Under the message `root`; the thread is started if there is none yet, with `title` where the platform names threads. */
  | { kind: "thread"; workspace: string; channel: string; root: string; title: string }
  | { kind: "direct"; workspace: string; person: string }
  /**
   * In a channel or thread, for one person's eyes alone; where the platform cannot without their having acted, or they are
   * not there, a direct message. It is said once: it can neither be changed nor found again.
   */
  | { kind: "only"; workspace: string; channel: string; thread: string | null; person: string };

/** A post the bot made, as it must be named to change it later. */
export interface PostRef {
  workspace: string;
  /** The place the platform needs to edit it: a channel, a Discord thread, or a direct-message channel. */
  channel: string;
  message: string;
  /** When the platform says it was posted. */
  at: Instant;
}

export interface EnsureRequest {
  target: Target;
  card: Card;
  lang: Lang;
  /** Stable name of this post (at most 200 characters); the same key never stands in the same place twice. */
  key: string;
  /** The post made earlier under this key, if known: it is updated; if it is gone, posted anew. */
  known: PostRef | null;
  /** An earlier try may have reached the platform: look for the key in the place before posting. */
  suspect: boolean;
}

/** What the bot is told of a person. */
export interface Profile extends Author {
  /** IANA zone, or null where the platform does not tell. */
  timezone: string | null;
  lang: Lang | null;
  /** Ids *and* names of the groups they are in: Slack user groups (id, handle), Discord roles (id, name). */
  groups: readonly string[];
  /** The workspace's own administrators and owners. */
  admin: boolean;
}

export interface Workspace {
  id: string;
  name: string;
}

/** Facts that differ, for the core's words; behaviour that differs stays inside the adapter. */
export interface Capabilities {
  /** Slash commands can be typed inside a thread. */
  slashInThreads: boolean;
  /** A message only one person sees can be sent without an interaction. */
  ephemeralAnytime: boolean;
  /** A form whose submission is refused stays open and shows why. */
  formsStayOpen: boolean;
  /** How a text channel is watched where the policy says nothing. */
  textMode: "every" | "manual";
  /** Days after which a live card is posted anew rather than edited; null: never. */
  repostAfterDays: number | null;
}

/** What the bot gives to an adapter. */
export interface Inbound {
  /** Resolves once the event is committed: only then may it be acknowledged. Rejects: do not acknowledge. */
  event(event: ChatEvent): Promise<void>;
  /** The direct answer to whoever acted. Never rejects: a failure is an `error` answer. */
  act(call: ActCall): Promise<Answer>;
  /** Events may have been missed (a reconnect without resume, a silent socket): history will be read. */
  gap(): void;
}

export interface Platform {
  /** `slack`, `discord`, `fake`. */
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Connects and begins to deliver. Resolves when ready; rejects with a PlatformError that says what to do. */
  start(inbound: Inbound): Promise<void>;
  /** Stops delivering, waits for what is under way (at most 10 s), then disconnects. Posting still works until it returns. */
  stop(): Promise<void>;
  /** The workspaces the bot is in. Slack: exactly one. */
  workspaces(): Promise<readonly Workspace[]>;
  /** The channels the bot can see, threads excluded. */
  channels(workspace: string): Promise<readonly ChannelInfo[]>;
  /**
   * The channels of people's direct messages with the bot, those begun last first; what the platform does not list (Discord:
   * any) is left out.
   */
  directs(workspace: string): Promise<readonly string[]>;
  /** Null when there is no such person. */
  profile(workspace: string, person: string): Promise<Profile | null>;
  /** Whether the person can read the channel (Slack: is a member; Discord: by roles and overwrites). */
  canRead(workspace: string, channel: string, person: string): Promise<boolean>;
  /**
   * Messages of a channel since `since` (inclusive), oldest first, replies included; edited ones are followed by
   * their `edited` event. `threads` names older threads that are still of interest. After `signal` nothing more is asked
   * for; it then ends early, or rejects.
   */
  history(
    workspace: string,
    channel: string,
    since: Instant,
    threads: readonly string[],
    signal?: AbortSignal,
  ): AsyncIterable<ChatEvent>;
  /** One message, or null when it is gone. */
  message(where: MessageRef): Promise<MessageEvent | null>;
  /** Posts or updates; calling twice with the same key is the same as calling once. */
  ensure(request: EnsureRequest): Promise<PostRef>;
  /** Adds or removes the bot's own reaction; already so is success. `emoji` as in ReactionEvent. */
  react(where: MessageRef, emoji: string, on: boolean): Promise<void>;
  /** Removes a post of the bot; already gone is success. */
  remove(post: PostRef): Promise<void>;
  /** An address that opens the message in the app, or null. */
  link(where: MessageRef): Promise<string | null>;
}
