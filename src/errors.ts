// One error family: a stable code, the facts in fields, the cause kept, and a message that says what to do next.

export type ErrorCode =
  | "config_invalid"
  | "policy_invalid"
  | "database_unavailable"
  | "database_in_use"
  | "migration_failed"
  | "version_conflict"
  | "replay_unreadable"
  /** The platform refused the token: final. */
  | "platform_unauthorized"
  /** The platform asks to wait `retryAfterMs`. */
  | "platform_rate_limited"
  /** The message, channel or person does not exist any more: final for this post. */
  | "platform_gone"
  /** The person takes no direct messages: final for this post, another way must be found. */
  | "platform_direct_closed"
  /** The bot lacks a permission or scope: final until somebody grants it. */
  | "platform_forbidden"
  /** The platform refused what we sent: our fault, final. */
  | "platform_invalid"
  /** A passing failure: try again. */
  | "platform_unavailable";

export class SiempreError extends Error {
  readonly code: ErrorCode;
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    fields: Readonly<Record<string, unknown>> = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = "SiempreError";
    this.code = code;
    this.fields = fields;
  }
}

/** Milliseconds a rate-limited platform asked us to wait, or null for any other error. */
export function retryAfterMs(error: unknown): number | null {
  if (!(error instanceof SiempreError) || error.code !== "platform_rate_limited") return null;
  const wait = error.fields.retryAfterMs;
  return typeof wait === "number" && Number.isFinite(wait) && wait >= 0 ? wait : null;
}

/** Whether trying the same thing again can help. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof SiempreError)) return true;
  return (
    error.code === "platform_rate_limited" ||
    error.code === "platform_unavailable" ||
    error.code === "version_conflict"
  );
}
