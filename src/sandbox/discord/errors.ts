// What Discord answers when it refuses: HTTP status, its own numeric code, its own words.

export type Json = Record<string, unknown>;

/** A refusal. Routes throw it; the server turns it into the answer and a `refused` happening. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: Json | null;
  /** Of a 429: how long to wait. */
  readonly retryAfterMs: number | null;

  constructor(
    status: number,
    code: number,
    message: string,
    errors: Json | null = null,
    retryAfterMs: number | null = null,
  ) {
    super(message);
    this.name = "Refusal";
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.retryAfterMs = retryAfterMs;
  }
}

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
export const refuse = {
  unauthorized: () => new Refusal(401, 0, "401: Unauthorized"),
  notFound: () => new Refusal(404, 0, "404: Not Found"),
  method: () => new Refusal(405, 0, "405: Method Not Allowed"),
  unknownApplication: () => new Refusal(404, 10002, "Unknown Application"),
  unknownChannel: () => new Refusal(404, 10003, "Unknown Channel"),
  unknownGuild: () => new Refusal(404, 10004, "Unknown Guild"),
  unknownMember: () => new Refusal(404, 10007, "Unknown Member"),
  unknownMessage: () => new Refusal(404, 10008, "Unknown Message"),
  unknownUser: () => new Refusal(404, 10013, "Unknown User"),
  unknownEmoji: () => new Refusal(400, 10014, "Unknown Emoji"),
  unknownWebhook: () => new Refusal(404, 10015, "Unknown Webhook"),
  unknownInteraction: () => new Refusal(404, 10062, "Unknown interaction"),
  unknownCommand: () => new Refusal(404, 10063, "Unknown application command"),
  /** Arrives as a rate limit, unlike every other numbered refusal. */
  oldEdits: (retryAfterMs: number) =>
    new Refusal(
      429,
      30046,
      "Maximum number of edits to messages older than 1 hour reached. Try again later",
      null,
      retryAfterMs,
    ),
  tagRequired: () => new Refusal(400, 40067, "A tag is required to create a forum post in this channel"),
  alreadyAcknowledged: () => new Refusal(400, 40060, "Interaction has already been acknowledged."),
  tooLarge: () => new Refusal(413, 40005, "Request entity too large"),
  missingAccess: () => new Refusal(403, 50001, "Missing Access"),
  notOnDirect: () => new Refusal(403, 50003, "Cannot execute action on a DM channel"),
  notTheAuthor: () => new Refusal(403, 50005, "Cannot edit a message authored by another user"),
  emptyMessage: () => new Refusal(400, 50006, "Cannot send an empty message"),
  cannotSendToUser: () => new Refusal(403, 50007, "Cannot send messages to this user"),
  /** The words of 50007; this one says that they share no guild with the bot. */
  noMutualGuild: () => new Refusal(403, 50278, "Cannot send messages to this user"),
  notATextChannel: () => new Refusal(400, 50008, "Cannot send messages in a non-text channel"),
  missingPermissions: () => new Refusal(403, 50013, "Missing Permissions"),
  bulkCount: () =>
    new Refusal(
      400,
      50016,
      "Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100 messages to delete",
    ),
  tooOldToPurge: () =>
    new Refusal(400, 50034, "You can only bulk delete messages that are under 14 days old."),
  systemMessage: () => new Refusal(403, 50021, "Cannot execute action on a system message"),
  wrongChannelType: () => new Refusal(400, 50024, "Cannot execute action on this channel type"),
  invalidToken: () => new Refusal(401, 50027, "Invalid Webhook Token"),
  invalidRecipient: () => new Refusal(400, 50033, "Invalid Recipient(s)"),
  archived: () => new Refusal(400, 50083, "Thread is archived"),
  invalidJson: () => new Refusal(400, 50109, "The request body contains invalid JSON."),
  noHistory: () => new Refusal(403, 160002, "Cannot reply without permission to read message history"),
  threadExists: () => new Refusal(400, 160004, "A thread has already been created for this message"),
  tooManyThreads: () => new Refusal(400, 160006, "Maximum number of active threads reached"),
  locked: () => new Refusal(403, 160005, "Thread is locked"),
};

/** Gathers what is wrong with a form body; Discord names every place at once (50035). */
export class FormFaults {
  #errors: Json | null = null;

  /** `path` as in the body: `["embeds", 0, "title"]`. Codes and words as Discord writes them. */
  add(path: readonly (string | number)[], code: string, message: string): void {
    this.#errors ??= {};
    let at = this.#errors;
    for (const step of path) {
      // A place is at fault as a whole or in its parts, never both.
      if (at._errors) return;
      const next = at[step];
      const inner: Json = typeof next === "object" && next !== null ? (next as Json) : {};
      at[step] = inner;
      at = inner;
    }
    const list = Array.isArray(at._errors) ? at._errors : [];
    for (const part of Object.keys(at)) delete at[part];
    at._errors = [...list, { code, message }];
  }

  /** Throws 50035 when anything was added. */
  check(): void {
    if (this.#errors) throw this.refusal();
  }

  refusal(): Refusal {
    return new Refusal(400, 50035, "Invalid Form Body", this.#errors);
  }
}

/** 50035 about a single place. */
export function invalidForm(path: readonly (string | number)[], code: string, message: string): Refusal {
  const faults = new FormFaults();
  faults.add(path, code, message);
  return faults.refusal();
}

/** `content[BASE_TYPE_MAX_LENGTH]: Must be …` lines of a 50035, for the `refused` happening. */
export function explain(refusal: Refusal): string {
  const lines: string[] = [];
  const walk = (node: Json, path: string): void => {
    for (const [key, value] of Object.entries(node)) {
      if (key === "_errors" && Array.isArray(value)) {
        for (const e of value as { code: string; message: string }[])
          lines.push(`${path}[${e.code}]: ${e.message}`);
      } else if (typeof value === "object" && value !== null)
        walk(value as Json, path ? `${path}.${key}` : key);
    }
  };
  if (refusal.errors) walk(refusal.errors, "");
  return [refusal.message, ...lines].join("; ");
}
