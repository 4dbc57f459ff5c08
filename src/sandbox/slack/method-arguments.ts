// The arguments each Web API method knows (docs.slack.dev/reference/methods). The real Slack ignores most others, and so
// hides the misspelt one; here an unknown argument is refused.

const PAGES = ["cursor", "limit"];
const WINDOW = ["oldest", "latest", "inclusive", "include_all_metadata"];
const CONTENT = ["text", "blocks", "attachments", "markdown_text"];
const AUTHORSHIP = ["as_user", "icon_emoji", "icon_url", "username"];
const VIEW = ["view", "trigger_id", "interactivity_pointer"];

const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  "api.test": ["error", "foo"],
  "apps.connections.open": [],
  "auth.test": [],
  "bots.info": ["bot"],
  "team.info": ["team", "domain"],
  "users.info": ["user", "include_locale"],
  "users.list": [...PAGES, "include_locale"],
  "users.conversations": [...PAGES, "exclude_archived", "types", "user"],
  "usergroups.list": ["include_count", "include_disabled", "include_users"],
  "usergroups.users.list": ["usergroup", "include_disabled"],
  "conversations.list": [...PAGES, "exclude_archived", "types"],
  "conversations.info": ["channel", "include_locale", "include_num_members"],
  "conversations.members": ["channel", ...PAGES],
  "conversations.join": ["channel"],
  "conversations.open": ["channel", "users", "return_im", "prevent_creation"],
  "conversations.history": ["channel", ...PAGES, ...WINDOW],
  "conversations.replies": ["channel", "ts", ...PAGES, ...WINDOW],
  "chat.postMessage": [
    ...["channel", ...CONTENT, ...AUTHORSHIP, "thread_ts", "reply_broadcast", "metadata", "mrkdwn", "parse"],
    ...["link_names", "unfurl_links", "unfurl_media"],
  ],
  "chat.update": [
    ...["channel", "ts", ...CONTENT, "as_user", "file_ids", "link_names", "metadata", "parse"],
    ...["reply_broadcast", "unfurl_links", "unfurl_media"],
  ],
  "chat.postEphemeral": [
    ...["channel", "user", ...CONTENT, ...AUTHORSHIP, "thread_ts", "link_names", "parse"],
  ],
  "chat.delete": ["channel", "ts", "as_user"],
  "chat.getPermalink": ["channel", "message_ts"],
  "reactions.add": ["channel", "timestamp", "name"],
  "reactions.remove": ["channel", "timestamp", "name", "file", "file_comment"],
  "reactions.get": ["channel", "timestamp", "full", "file", "file_comment"],
  "pins.add": ["channel", "timestamp"],
  "views.open": VIEW,
  "views.push": VIEW,
  "views.update": ["view", "view_id", "external_id", "hash"],
  "views.publish": ["view", "user_id", "hash"],
  "files.getUploadURLExternal": ["filename", "length", "alt_txt", "alt_text", "snippet_type"],
  "files.completeUploadExternal": [
    ...["files", "channel_id", "channels", "thread_ts", "initial_comment", "blocks"],
  ],
  "files.info": ["file", "count", "page", ...PAGES],
};

/** With every method: Bolt names the workspace of the event in each call of a listener's client. */
const ALWAYS: readonly string[] = ["token", "team_id"];

/** The names among `given` that `method` does not know. */
export function unknownArguments(method: string, given: Iterable<string>): string[] {
  const known = ARGUMENTS[method];
  if (!known) return [];
  return [...given].filter((name) => !ALWAYS.includes(name) && !known.includes(name));
}
