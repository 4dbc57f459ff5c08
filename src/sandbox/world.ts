// What a local platform offers to whoever plays the people on it: the scripted morning, a replay, a test.
// The bot never sees this; it connects to the same server through its real SDK, as it would to the vendor's.

/** Time, as the sandbox's servers read it: message ids and deadlines follow it. */
export interface WorldClock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export interface LocalPerson {
  id: string;
  name: string;
  /** IANA zone and locale (`en-US`, `es-ES`), as the platform would tell them. */
  timezone?: string;
  locale?: string;
  /** Workspace administrator. */
  admin?: boolean;
  /** Another bot or integration. */
  bot?: boolean;
  /** Slack user-group handles or Discord role names; made when missing. */
  groups?: readonly string[];
  /** Belongs to another organisation (Slack Connect). */
  external?: boolean;
  /** Takes no direct messages from the bot. */
  directClosed?: boolean;
  /** When the account was made, ms; default years ago. */
  createdAt?: number;
}

export interface LocalChannel {
  id: string;
  name: string;
  kind: "text" | "forum";
  private: boolean;
  /** Ids of the members (private channels); public ones are open to all. The bot joins when `bot` is not false. */
  members?: readonly string[];
  bot?: boolean;
}

export interface LocalFile {
  name: string;
  mime: string;
  bytes: Uint8Array;
}

/** A control as a person sees it on a message or in a modal. */
export interface ShownControl {
  kind: "button" | "menu" | "people";
  label: string;
  options: readonly { value: string; label: string }[];
  /** The label of the chosen option, if any. */
  selected: string | null;
  /** The server's own handle of the control (Slack: block and action id; Discord: custom id). */
  id: string;
}

export interface ShownMessage {
  id: string;
  channel: string;
  thread: string | null;
  author: { id: string; name: string; bot: boolean };
  /** What a person reads, blocks and embeds included, as plain text with names and local times filled in. */
  text: string;
  controls: readonly ShownControl[];
  reactions: Readonly<Record<string, readonly string[]>>;
  files: readonly string[];
  at: number;
  editedAt: number | null;
  deleted: boolean;
  /** Seen only by this person; null for everybody. */
  onlyFor: string | null;
  /** The person a direct message was sent to; null elsewhere. */
  direct: string | null;
}

export interface ShownModal {
  id: string;
  title: string;
  submit: string;
  fields: readonly { name: string; label: string; value: string; multiline: boolean; required: boolean }[];
  /** What the bot answered to the last submission, by field name ("" for the whole form). */
  errors: Readonly<Record<string, string>>;
}

/** Everything that happens, for the terminal and for waiting in tests. */
export type Happening =
  | { kind: "posted"; message: ShownMessage }
  | { kind: "edited"; message: ShownMessage }
  | { kind: "deleted"; message: ShownMessage }
  | { kind: "reacted"; channel: string; message: string; by: string; emoji: string; added: boolean }
  | { kind: "modal"; person: string; modal: ShownModal }
  | { kind: "modal_closed"; person: string }
  /** The bot did something the real platform refuses. Tests fail on any of these they did not ask for. */
  | { kind: "refused"; method: string; code: string; detail: string }
  | { kind: "connected" }
  | { kind: "disconnected" };

/**
 * One local platform with one workspace (Slack) or guild (Discord). Every act of a person resolves when the server has
 * handed it to the bot and, for interactions, when the bot has answered or its time to answer is over.
 */
export interface LocalPlatform {
  readonly name: "slack" | "discord";
  /** The workspace or guild id. */
  readonly workspace: string;
  readonly botUser: string;
  /** What the bot's SDK is pointed at, with the trailing slash Slack wants. */
  readonly apiUrl: string;
  /** Tokens the server accepts; any other is refused as the real one would. */
  readonly tokens: { bot: string; app: string | null };

  addPerson(person: LocalPerson): void;
  addChannel(channel: LocalChannel): void;

  /** Posts as a person; returns the message id. `thread` is the id of the message the thread hangs under. */
  say(
    person: string,
    channel: string,
    text: string,
    options?: { thread?: string; replyTo?: string; files?: readonly LocalFile[]; title?: string },
  ): Promise<string>;
  edit(person: string, channel: string, message: string, text: string): Promise<void>;
  remove(person: string, channel: string, message: string): Promise<void>;
  react(person: string, channel: string, message: string, emoji: string, added?: boolean): Promise<void>;
  /** Presses the first button whose label contains `label` (case-insensitive). Throws when there is none to see. */
  press(person: string, message: string, label: string): Promise<void>;
  /** Chooses the option (or, in a people menu, the person id) in the first menu that offers it. */
  choose(person: string, message: string, option: string): Promise<void>;
  /** Types a slash command, e.g. `/request claim 4`; mentions are written `<@id>`. `thread` is refused on Slack. */
  slash(person: string, channel: string, text: string, options?: { thread?: string }): Promise<void>;
  /** Uses a message shortcut (Discord: message context-menu command) by its shown name. */
  shortcut(person: string, channel: string, message: string, name: string): Promise<void>;
  /** The modal open before this person, or null. */
  modal(person: string): ShownModal | null;
  /** Fills fields by name or label (others keep their value) and submits. */
  submit(person: string, values: Readonly<Record<string, string>>): Promise<void>;
  /** Closes the modal without submitting. */
  dismiss(person: string): Promise<void>;

  /** What `person` can see, in order of time, ephemeral and direct messages included. */
  seenBy(person: string): readonly ShownMessage[];
  /** Messages of a channel as everybody sees them, thread replies included, deleted ones left out. */
  messages(channel: string): readonly ShownMessage[];
  find(message: string): ShownMessage | null;
  /** Calls `listener` for everything that happens from now on; returns the way to stop. */
  observe(listener: (happening: Happening) => void): () => void;

  /** Cuts every connection of the bot, as a network would; a bot may connect again. */
  cut(): void;
  /** Stops the server and frees its port. */
  stop(): Promise<void>;
}
