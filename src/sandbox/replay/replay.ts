// What every source of real conversations is turned into: people, channels, and what was said, in order of time.

/** Malformed beyond use. `message` begins with the place, so that it can be shown as it is. */
export class ReplayError extends Error {
  /** The file, and the line and column or the JSON path in it. */
  readonly place: string;

  constructor(place: string, message: string, options?: { cause?: unknown }) {
    super(`${place}: ${message}`, options);
    this.name = "ReplayError";
    this.place = place;
  }
}

export interface ReplayPerson {
  /** As the source names them; not necessarily an id the platform itself would accept. */
  id: string;
  name: string;
  bot: boolean;
  /** Where the source itself tells who answers and who asks. */
  role?: "customer" | "staff";
}

export interface ReplayChannel {
  id: string;
  name: string;
  kind: "text" | "forum";
}

export interface ReplayFile {
  name: string;
  mime: string;
  bytes: number;
}

export interface ReplayMessage {
  /** Unique in the whole replay. */
  id: string;
  channel: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** The id of a person. */
  author: string;
  /** As it would be typed: `<@id>` for somebody of `people`, `<#id>` for one of `channels`, no escapes. */
  text: string;
  /**
   * The id of the message this one hangs under: always an earlier message of the same channel that hangs under none.
   * Null at top level, and where the source has lost that message or dates it later than its answers.
   */
  thread: string | null;
  /** The id of an earlier message of the same channel that this one replies to, or null. */
  replyTo: string | null;
  files: readonly ReplayFile[];
  /** When it was last edited; exports keep the last text only. */
  edited?: number;
  /** The title of a forum post, or of a thread whose first message is not in the export. */
  title?: string;
}

/** Something that was not taken over, and why. */
export interface Skipped {
  place: string;
  reason: string;
}

export interface Replay {
  platform: "slack" | "discord";
  people: readonly ReplayPerson[];
  channels: readonly ReplayChannel[];
  /** Oldest first; of the same instant in the order of the source. */
  messages: readonly ReplayMessage[];
  skipped: readonly Skipped[];
}

/** One file of an export. */
export interface Source {
  /** How the file is called in messages to people. */
  place: string;
  /** Its path inside the export, with `/`. */
  path: string;
  /** Its text. Throws ReplayError when it is no UTF-8. */
  text(): string;
}

/** A message as a reader of one format gives it, before everything is known that it may point to. */
export interface Draft extends ReplayMessage {
  /** Where it stands in the source; drafts of the same millisecond keep the order they were read in. */
  place: string;
}

/**
 * Puts drafts in order, drops what is there twice, and makes `thread` and `replyTo` keep their word: the first answer
 * of a thread whose root is missing takes its place; an answer dated before its root stands at top level. What shares
 * its id with another message but says something else is added to `skipped`.
 */
export function arrange(drafts: readonly Draft[], skipped: Skipped[]): ReplayMessage[] {
  const known = new Map<string, Draft>();
  for (const draft of drafts) {
    const twin = known.get(draft.id);
    if (!twin) known.set(draft.id, draft);
    else if (twin.text !== draft.text || twin.author !== draft.author) {
      skipped.push({ place: draft.place, reason: `has the id of another message (${twin.place})` });
    }
  }
  const sorted = [...known.values()].sort((a, b) => a.at - b.at);
  const earlier = new Map<string, { channel: string; root: string }>();
  /** The message that stands in for a root that is not in the source, by channel and the root's id. */
  const standIns = new Map<string, string>();
  return sorted.map(({ place: _, title, ...message }) => {
    let thread: string | null = null;
    if (message.thread !== null && message.thread !== message.id) {
      const missing = !known.has(message.thread);
      const name = `${message.channel} ${message.thread}`;
      const root = missing ? standIns.get(name) : message.thread;
      if (missing && root === undefined) standIns.set(name, message.id);
      const found = root === undefined ? undefined : earlier.get(root);
      thread = found?.channel === message.channel ? found.root : null;
    }
    const replied = message.replyTo === null ? undefined : earlier.get(message.replyTo);
    const replyTo = replied?.channel === message.channel ? message.replyTo : null;
    earlier.set(message.id, { channel: message.channel, root: thread ?? message.id });
    return { ...message, thread, replyTo, ...(title !== undefined && thread === null ? { title } : {}) };
  });
}

/** Those of `people` who wrote or are mentioned, in the order of their first appearance. */
export function whoAppears(
  people: ReadonlyMap<string, ReplayPerson>,
  messages: readonly ReplayMessage[],
): ReplayPerson[] {
  const ids = new Set<string>();
  for (const { author, text } of messages) {
    ids.add(author);
    for (const [, id = ""] of text.matchAll(/<@([^<>@\s|]+)>/g)) ids.add(id);
  }
  return [...ids].flatMap((id) => people.get(id) ?? []);
}
