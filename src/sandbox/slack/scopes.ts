// Which bot scopes each method and each event needs, written from Slack's reference and from nothing of the bot's, so
// that a scope forgotten in the app's manifest is found here. https://docs.slack.dev/reference/scopes
import type { CallArguments } from "./api-call.ts";
import { asText, type JsonObject } from "./json.ts";
import type { SlackChannel } from "./records.ts";
import type { LocalWorkspace } from "./workspace.ts";

type Kind = SlackChannel["kind"];

const HISTORY: Readonly<Record<Kind, string>> = {
  public: "channels:history",
  private: "groups:history",
  direct: "im:history",
};
const READ: Readonly<Record<Kind, string>> = {
  public: "channels:read",
  private: "groups:read",
  direct: "im:read",
};
const READ_BY_TYPE: Readonly<Record<string, string>> = {
  public_channel: "channels:read",
  private_channel: "groups:read",
  im: "im:read",
  mpim: "mpim:read",
};

const FIXED: Readonly<Record<string, readonly string[]>> = {
  "bots.info": ["users:read"],
  "team.info": ["team:read"],
  "users.info": ["users:read"],
  "users.list": ["users:read"],
  "usergroups.list": ["usergroups:read"],
  "usergroups.users.list": ["usergroups:read"],
  "conversations.join": ["channels:join"],
  "conversations.open": ["im:write"],
  "chat.postMessage": ["chat:write"],
  "chat.postEphemeral": ["chat:write"],
  "chat.update": ["chat:write"],
  "chat.delete": ["chat:write"],
  "reactions.add": ["reactions:write"],
  "reactions.remove": ["reactions:write"],
  "reactions.get": ["reactions:read"],
  "pins.add": ["pins:write"],
  "files.getUploadURLExternal": ["files:write"],
  "files.completeUploadExternal": ["files:write"],
  "files.info": ["files:read"],
};

/** The scopes this call needs. A channel nobody knows counts as a public one. */
export function neededScopes(method: string, args: CallArguments, workspace: LocalWorkspace): string[] {
  const kind = workspace.channels.get(args.text("channel") ?? "")?.kind ?? "public";
  switch (method) {
    case "conversations.history":
    case "conversations.replies":
      return [HISTORY[kind]];
    case "conversations.info":
    case "conversations.members":
      return [READ[kind]];
    case "conversations.list":
    case "users.conversations": {
      const types = (args.text("types") || "public_channel").split(",");
      return types.flatMap((type) => READ_BY_TYPE[type.trim()] ?? []);
    }
    case "chat.postMessage":
    case "chat.postEphemeral": {
      const dressed = ["username", "icon_emoji", "icon_url"].some((name) => args.has(name));
      return dressed ? ["chat:write", "chat:write.customize"] : ["chat:write"];
    }
    default:
      return [...(FIXED[method] ?? [])];
  }
}

const SUBSCRIPTIONS: Readonly<Record<string, { name: string; scope: string }>> = {
  "message channel": { name: "message.channels", scope: "channels:history" },
  "message group": { name: "message.groups", scope: "groups:history" },
  "message im": { name: "message.im", scope: "im:history" },
  app_mention: { name: "app_mention", scope: "app_mentions:read" },
  reaction_added: { name: "reaction_added", scope: "reactions:read" },
  reaction_removed: { name: "reaction_removed", scope: "reactions:read" },
  user_change: { name: "user_change", scope: "users:read" },
  subteam_members_changed: { name: "subteam_members_changed", scope: "usergroups:read" },
  channel_rename: { name: "channel_rename", scope: "channels:read" },
  channel_archive: { name: "channel_archive", scope: "channels:read" },
  channel_unarchive: { name: "channel_unarchive", scope: "channels:read" },
  "member_joined_channel C": { name: "member_joined_channel", scope: "channels:read" },
  "member_joined_channel G": { name: "member_joined_channel", scope: "groups:read" },
  "member_left_channel C": { name: "member_left_channel", scope: "channels:read" },
  "member_left_channel G": { name: "member_left_channel", scope: "groups:read" },
};

/** What an app must subscribe to, and the scope it must hold, for this event to be sent to it. */
export function subscriptionOf(event: JsonObject): { name: string; scope: string } | null {
  const type = asText(event.type) ?? "";
  return SUBSCRIPTIONS[`${type} ${asText(event.channel_type) ?? ""}`] ?? SUBSCRIPTIONS[type] ?? null;
}
