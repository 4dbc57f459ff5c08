// The nouns everything else is written in. Types only: no behaviour, no input or output.

/** Milliseconds since the Unix epoch, UTC. */
export type Instant = number;

/** Minutes of working time, as a calendar counts them. */
export type WorkingMinutes = number;

export type Lang = "en" | "es";
export type Tier = 1 | 2 | 3 | 4 | 5;
/** How urgent it feels to the customer. Never moves a tier (DESIGN idea 2). */
export type Urgency = "calm" | "pressed" | "alarmed";
export type Role = "customer" | "helper" | "staff" | "lead" | "admin";

/** Where a channel's requests come from: every message, only mentions of the bot, only by hand, nowhere. */
export type ChannelMode = "every" | "mention" | "manual" | "off";

/** The row id of a Person: survives the erasure of the person's name. */
export type PersonId = string;
/** The row id of a Request (a UUID). People read its number, `#42`. */
export type RequestId = string;

/** A person as a platform names them. */
export interface PersonRef {
  platform: string;
  /** The Slack team id or the Discord guild id they were seen in. */
  workspace: string;
  /** The platform's own id of the person. */
  id: string;
}

/** A channel as a platform names it. A Discord thread is never a channel here: it is the thread of its parent. */
export interface ChannelRef {
  platform: string;
  workspace: string;
  channel: string;
}

/** One message: its channel, its own id, and the thread it stands in. */
export interface MessageRef extends ChannelRef {
  /** The id of the thread, which on both platforms is the id of the message it hangs under; null at top level. */
  thread: string | null;
  message: string;
}

export interface FileRef {
  name: string;
  mime: string;
  bytes: number;
}
