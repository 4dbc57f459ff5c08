// What the adapter uses of Slack: every Web API method and every event, with the scopes each needs.
// calls.ts takes no other method, and a test holds manifests/slack.yaml against these tables in both directions.
import type { PaceName } from "./limits.ts";

export interface MethodFacts {
  /** The rate limit it falls under (rate_limit_tiers of the Slack SDKs); null: so generous that it is not paced. */
  pace: PaceName | null;
  /** Whether Slack counts it for each channel by itself. */
  perChannel?: true;
  /** Bot scopes it needs for public channels, private channels and direct messages, as far as we call it there. */
  scopes: readonly string[];
}

const HISTORY = ["channels:history", "groups:history", "im:history"] as const;
const READ = ["channels:read", "groups:read"] as const;

export const METHODS = {
  "auth.test": { pace: null, scopes: [] },
  "chat.postMessage": { pace: "posting", perChannel: true, scopes: ["chat:write"] },
  "chat.postEphemeral": { pace: "tier4", scopes: ["chat:write"] },
  "chat.update": { pace: "tier3", scopes: ["chat:write"] },
  "chat.delete": { pace: "tier3", scopes: ["chat:write"] },
  "chat.getPermalink": { pace: null, scopes: [] },
  "conversations.open": { pace: "tier3", scopes: ["im:write"] },
  "conversations.history": { pace: "tier3", scopes: HISTORY },
  "conversations.replies": { pace: "tier3", scopes: HISTORY },
  "conversations.list": { pace: "tier2", scopes: [...READ, "im:read"] },
  "conversations.info": { pace: "tier3", scopes: READ },
  "conversations.members": { pace: "tier4", scopes: READ },
  "reactions.add": { pace: "tier3", scopes: ["reactions:write"] },
  "reactions.remove": { pace: "tier2", scopes: ["reactions:write"] },
  "users.info": { pace: "tier4", scopes: ["users:read"] },
  "usergroups.list": { pace: "tier2", scopes: ["usergroups:read"] },
  "views.open": { pace: "tier4", scopes: [] },
  "files.getUploadURLExternal": { pace: "tier4", scopes: ["files:write"] },
  "files.completeUploadExternal": { pace: "tier4", scopes: ["files:write"] },
} as const satisfies Record<string, MethodFacts>;

export type Method = keyof typeof METHODS;

/**
 * The events subscribed to, each with the inner type it arrives as and its scopes. `files:read` is what makes the name
 * and kind of a customer's screenshot arrive with the message. `app_mention` is left out on purpose: it repeats a
 * message that arrives anyway.
 */
export const EVENTS = {
  "message.channels": { type: "message", scopes: ["channels:history", "files:read"] },
  "message.im": { type: "message", scopes: ["im:history", "files:read"] },
  "message.groups": { type: "message", scopes: ["groups:history", "files:read"] },
  reaction_added: { type: "reaction_added", scopes: ["reactions:read"] },
  reaction_removed: { type: "reaction_removed", scopes: ["reactions:read"] },
  member_joined_channel: { type: "member_joined_channel", scopes: READ },
  member_left_channel: { type: "member_left_channel", scopes: READ },
} as const satisfies Record<string, { type: string; scopes: readonly string[] }>;

/** Slash commands and message shortcuts. */
export const INTERACTION_SCOPES = ["commands"] as const;

/** Every bot scope the app needs, each once. */
export function neededScopes(): ReadonlySet<string> {
  return new Set([
    ...Object.values(METHODS).flatMap((method) => [...method.scopes]),
    ...Object.values(EVENTS).flatMap((event) => [...event.scopes]),
    ...INTERACTION_SCOPES,
  ]);
}
