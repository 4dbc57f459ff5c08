// What Slack says when it refuses, in the words of errors.ts.
import { webApi } from "@slack/bolt";
import { type ErrorCode, SiempreError } from "../../errors.ts";

/** Slack's error codes (docs.slack.dev/reference/methods, "Errors" of each method). Whatever is not here is our fault. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  invalid_auth: "platform_unauthorized",
  not_authed: "platform_unauthorized",
  account_inactive: "platform_unauthorized",
  token_revoked: "platform_unauthorized",
  token_expired: "platform_unauthorized",
  not_allowed_token_type: "platform_unauthorized",
  user_removed_from_team: "platform_unauthorized",
  team_disabled: "platform_unauthorized",
  ratelimited: "platform_rate_limited",
  rate_limited: "platform_rate_limited",
  channel_not_found: "platform_gone",
  message_not_found: "platform_gone",
  thread_not_found: "platform_gone",
  user_not_found: "platform_gone",
  users_not_found: "platform_gone",
  user_not_visible: "platform_gone",
  user_disabled: "platform_gone",
  is_archived: "platform_gone",
  cannot_dm_bot: "platform_direct_closed",
  messages_tab_disabled: "platform_direct_closed",
  cannot_dm_user: "platform_direct_closed",
  cannot_message_user: "platform_direct_closed",
  not_in_channel: "platform_forbidden",
  user_not_in_channel: "platform_forbidden",
  missing_scope: "platform_forbidden",
  no_permission: "platform_forbidden",
  access_denied: "platform_forbidden",
  ekm_access_denied: "platform_forbidden",
  restricted_action: "platform_forbidden",
  restricted_action_read_only_channel: "platform_forbidden",
  restricted_action_thread_only_channel: "platform_forbidden",
  restricted_action_non_threadable_channel: "platform_forbidden",
  restricted_action_thread_locked: "platform_forbidden",
  team_access_not_granted: "platform_forbidden",
  cant_update_message: "platform_forbidden",
  cant_delete_message: "platform_forbidden",
  edit_window_closed: "platform_forbidden",
  internal_error: "platform_unavailable",
  fatal_error: "platform_unavailable",
  service_unavailable: "platform_unavailable",
  request_timeout: "platform_unavailable",
  message_limit_exceeded: "platform_unavailable",
  team_added_to_org: "platform_unavailable",
  accesslimited: "platform_unavailable",
};

/** The wait when Slack names none. */
const UNNAMED_WAIT_MS = 30_000;

/** The environment variable that holds the token a method is called with. */
export type TokenVariable = "SLACK_BOT_TOKEN" | "SLACK_APP_TOKEN";

const TOKEN_WORDS: Readonly<Record<TokenVariable, string>> = {
  SLACK_BOT_TOKEN:
    "Check SLACK_BOT_TOKEN: it is the bot token (xoxb-…) under “OAuth & Permissions” of the app, which must be installed in the workspace",
  SLACK_APP_TOKEN:
    "Check SLACK_APP_TOKEN: it is the app-level token (xapp-…) with the scope connections:write under “Basic Information” of the app",
};

function advice(code: ErrorCode, slack: string, needed: string | null, token: TokenVariable): string {
  if (code === "platform_unauthorized") return TOKEN_WORDS[token];
  if (slack === "missing_scope" && token === "SLACK_APP_TOKEN") return TOKEN_WORDS.SLACK_APP_TOKEN;
  if (slack === "missing_scope")
    return `Add the scope ${needed ?? "it names"} to the app (manifests/slack.yaml has them all) and install it again`;
  if (slack === "not_in_channel" || slack === "channel_not_found")
    return "If the channel still exists, invite the bot to it";
  if (code === "platform_direct_closed")
    return "This person takes no direct messages from apps; tell them elsewhere";
  if (code === "platform_gone")
    return "It no longer exists or the bot cannot see it; nothing more can be done for this post";
  if (code === "platform_forbidden") return "Ask an administrator of the workspace to allow it";
  if (code === "platform_unavailable") return "This passes by itself; it will be tried again";
  return "This is a fault of the bot; please report it";
}

/** What conversations.open and chat.postMessage say when a person cannot be written to. */
const CLOSED = new Set([
  "user_not_visible",
  "user_disabled",
  "restricted_action",
  "access_denied",
  "no_permission",
]);

/** The same fault, read as "this person takes no direct messages" where that is what it means. */
export function directFault(error: unknown, person: string): unknown {
  const slack = slackCode(error);
  if (slack === null || !CLOSED.has(slack)) return error;
  const message = `Slack lets the bot write no direct message to ${person}: ${slack}. ${advice("platform_direct_closed", slack, null, "SLACK_BOT_TOKEN")}.`;
  return new SiempreError("platform_direct_closed", message, { person, slack }, { cause: error });
}

/** Slack's own code inside one of our errors, or null: for the few places where it decides what happens next. */
export function slackCode(error: unknown): string | null {
  if (!(error instanceof SiempreError)) return null;
  const code = error.fields.slack;
  return typeof code === "string" ? code : null;
}

/** A wait Slack (or our own pacing) asks for before `method` may be called again. */
export function rateLimited(method: string, waitMs: number, cause?: unknown): SiempreError {
  return new SiempreError(
    "platform_rate_limited",
    `Slack asks to wait ${Math.ceil(waitMs / 1000)} s before ${method} is called again; it will be tried then.`,
    { method, retryAfterMs: waitMs, slack: "ratelimited" },
    { cause },
  );
}

/** Anything a call of `method` threw, as a SiempreError; one that already is stays as it is. */
export function faultOf(
  error: unknown,
  method: string,
  place: string,
  token: TokenVariable = "SLACK_BOT_TOKEN",
): SiempreError {
  if (error instanceof SiempreError) return error;
  if (error instanceof webApi.WebAPIRateLimitedError)
    return rateLimited(method, error.retryAfter * 1000, error);
  const at = place === "" ? "" : ` for ${place}`;
  if (error instanceof webApi.WebAPIPlatformError) {
    const slack = error.data.error;
    const code = CODES[slack] ?? "platform_invalid";
    if (code === "platform_rate_limited") return rateLimited(method, UNNAMED_WAIT_MS, error);
    // Not in the SDK's types: missing_scope names the scope it wants.
    const needed = "needed" in error.data && typeof error.data.needed === "string" ? error.data.needed : null;
    const more = error.data.response_metadata?.messages?.join("; ") ?? "";
    const message = `Slack refused ${method}${at}: ${slack}${more === "" ? "" : ` (${more})`}. ${advice(code, slack, needed, token)}.`;
    return new SiempreError(code, message, { method, place, slack, needed }, { cause: error });
  }
  const status = error instanceof webApi.WebAPIHTTPError ? `HTTP ${error.statusCode}` : "no answer";
  return new SiempreError(
    "platform_unavailable",
    `Slack did not answer ${method}${at} (${status}). ${advice("platform_unavailable", "", null, token)}.`,
    { method, place, status },
    { cause: error },
  );
}
