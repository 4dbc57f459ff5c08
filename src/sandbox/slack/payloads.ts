// The workspace's records as the Web API and the Events API write them. Field names and presence follow the vendor's
// recorded samples; fields no bot could read sensibly (avatars, huddles) are left out.
import type { JsonObject } from "./json.ts";
import type { SlackChannel, SlackFile, SlackGroup, SlackMessage, SlackPerson } from "./records.ts";
import type { LocalWorkspace } from "./workspace.ts";

/** The short login name Slack derives from a person's name. */
export function handleOf(person: SlackPerson): string {
  const ascii = person.name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return ascii.replace(/[^a-z0-9]+/g, ".").replace(/^\.|\.$/g, "") || person.id.toLowerCase();
}

function zoneOffset(timezone: string, now: number): number {
  const name = new Intl.DateTimeFormat("en-US", { timeZone: timezone, timeZoneName: "longOffset" })
    .formatToParts(now)
    .find((part) => part.type === "timeZoneName")?.value;
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(name ?? "");
  if (!match) return 0;
  return (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3]) * 60);
}

/** A user object; `locale` only comes when it was asked for. */
export function personJson(workspace: LocalWorkspace, person: SlackPerson, locale = false): JsonObject {
  const own = person.id === workspace.botUser;
  const [first = "", ...rest] = person.name.split(" ");
  return {
    id: person.id,
    team_id: person.team,
    name: handleOf(person),
    deleted: false,
    color: "9f69e7",
    real_name: person.name,
    tz: person.timezone,
    tz_label: person.timezone,
    tz_offset: zoneOffset(person.timezone, workspace.now()),
    profile: {
      title: "",
      phone: "",
      skype: "",
      real_name: person.name,
      real_name_normalized: person.name,
      display_name: person.name,
      display_name_normalized: person.name,
      first_name: first,
      last_name: rest.join(" "),
      status_text: "",
      status_emoji: "",
      status_expiration: 0,
      team: person.team,
      ...(person.bot
        ? { bot_id: own ? workspace.botId : botIdOf(person), api_app_id: own ? workspace.appId : "" }
        : {}),
    },
    is_admin: person.admin,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    // The real Slackbot says so too.
    is_bot: person.bot && person.id !== "USLACKBOT",
    is_app_user: false,
    ...(person.external ? { is_stranger: true } : { is_email_confirmed: true }),
    updated: person.updated,
    ...(locale ? { locale: person.locale } : {}),
  };
}

/** The bot id of another app's bot user. */
export function botIdOf(person: SlackPerson): string {
  return `B${person.id.slice(1)}`;
}

export function channelJson(workspace: LocalWorkspace, channel: SlackChannel): JsonObject {
  const shared = {
    created: channel.created,
    is_archived: channel.archived,
    is_org_shared: false,
    context_team_id: workspace.id,
    updated: channel.created * 1000,
  };
  if (channel.kind === "direct") {
    return {
      id: channel.id,
      ...shared,
      is_im: true,
      user: channel.person,
      is_user_deleted: false,
      is_open: true,
      priority: 0,
    };
  }
  const connected = workspace.isShared(channel);
  const about = { value: "", creator: "", last_set: 0 };
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    ...shared,
    is_channel: channel.kind === "public",
    is_group: channel.kind === "private",
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === "private",
    is_general: false,
    is_member: channel.members.has(workspace.botUser),
    is_shared: connected,
    is_ext_shared: connected,
    is_pending_ext_shared: false,
    pending_shared: [],
    shared_team_ids: connected ? [workspace.id, workspace.otherTeam] : [workspace.id],
    unlinked: 0,
    creator: channel.creator,
    topic: { ...about, value: channel.topic },
    purpose: about,
    previous_names: [],
  };
}

export function groupJson(workspace: LocalWorkspace, group: SlackGroup, withUsers: boolean): JsonObject {
  return {
    id: group.id,
    team_id: workspace.id,
    is_usergroup: true,
    is_subteam: true,
    name: group.handle,
    description: "",
    handle: group.handle,
    is_external: false,
    date_create: group.updated,
    date_update: group.updated,
    date_delete: 0,
    auto_type: null,
    created_by: "USLACKBOT",
    updated_by: "USLACKBOT",
    deleted_by: null,
    prefs: { channels: [], groups: [] },
    user_count: group.members.size,
    ...(withUsers ? { users: [...group.members] } : {}),
  };
}

export function botProfile(workspace: LocalWorkspace, botId: string): JsonObject {
  const own = botId === workspace.botId;
  const name = workspace.people.get(own ? workspace.botUser : `U${botId.slice(1)}`)?.name ?? botId;
  const appId = own ? workspace.appId : "A0OTHERAPP";
  return { id: botId, app_id: appId, name, deleted: false, updated: 0, icons: {}, team_id: workspace.id };
}

export function fileJson(workspace: LocalWorkspace, file: SlackFile): JsonObject {
  const url = `${workspace.base}files-pri/${workspace.id}-${file.id}/${encodeURIComponent(file.name)}`;
  const extension = file.name.includes(".") ? (file.name.split(".").at(-1) ?? "") : "";
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: file.mime,
    filetype: extension.toLowerCase(),
    pretty_type: extension.toUpperCase(),
    user: file.owner,
    user_team: workspace.people.get(file.owner)?.team ?? workspace.id,
    editable: false,
    size: file.bytes.length,
    mode: "hosted",
    is_external: false,
    external_type: "",
    is_public: true,
    public_url_shared: false,
    display_as_bot: false,
    username: "",
    url_private: url,
    url_private_download: url,
    permalink: `https://${workspace.domain}.slack.com/files/${file.owner}/${file.id}/${encodeURIComponent(file.name)}`,
    is_starred: false,
    has_rich_preview: false,
    file_access: "visible",
  };
}

function externalAuthor(person: SlackPerson): JsonObject {
  return {
    user_team: person.team,
    source_team: person.team,
    user_profile: {
      name: handleOf(person),
      first_name: person.name.split(" ")[0],
      real_name: person.name,
      display_name: person.name,
      team: person.team,
      is_restricted: false,
      is_ultra_restricted: false,
    },
  };
}

/** What a root says of its replies; empty when it has none. */
function threadFacts(message: SlackMessage): JsonObject {
  const last = message.replies.at(-1);
  if (!last) return {};
  const people = [...new Set(message.replies.map((reply) => reply.author ?? reply.botId ?? ""))];
  return {
    thread_ts: message.ts,
    reply_count: message.replies.length,
    reply_users_count: people.length,
    latest_reply: last.ts,
    reply_users: people.slice(0, 5),
    is_locked: false,
    subscribed: false,
  };
}

/**
 * A message object. `of: "history"` adds what only reads carry (reactions, reply counts), `metadata` the bot's own
 * metadata.
 */
export function messageJson(
  workspace: LocalWorkspace,
  message: SlackMessage,
  of: { history?: boolean; metadata?: boolean } = {},
): JsonObject {
  const author = message.author === null ? undefined : workspace.people.get(message.author);
  const tombstone = message.subtype === "tombstone";
  const reactions = of.history && message.reactions ? [...message.reactions] : [];
  return {
    ...(message.clientId ? { client_msg_id: message.clientId } : {}),
    type: "message",
    ...(message.subtype ? { subtype: message.subtype } : {}),
    ...(message.author ? { user: message.author } : {}),
    ...(message.botId ? { bot_id: message.botId } : {}),
    ...(message.botId && message.author ? { bot_profile: botProfile(workspace, message.botId) } : {}),
    ...(message.botId === workspace.botId ? { app_id: workspace.appId } : {}),
    ...(message.username ? { username: message.username } : {}),
    text: message.text,
    ts: message.ts,
    ...(author && !tombstone && message.subtype !== "channel_topic" ? { team: author.team } : {}),
    ...(author?.external && message.clientId ? externalAuthor(author) : {}),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    ...(message.files.length > 0
      ? {
          files: message.files.map((file) => fileJson(workspace, file)),
          upload: false,
          display_as_bot: false,
        }
      : {}),
    ...(message.edited ? { edited: { ...message.edited } } : {}),
    ...(message.root
      ? { thread_ts: message.root.ts, parent_user_id: message.root.author ?? undefined }
      : of.history || tombstone
        ? threadFacts(message)
        : {}),
    ...(message.subtype === "thread_broadcast" && message.root
      ? { root: messageJson(workspace, message.root, { history: true }) }
      : {}),
    ...(tombstone ? { hidden: true } : {}),
    ...(reactions.length > 0
      ? { reactions: reactions.map(([name, users]) => ({ name, users: [...users], count: users.size })) }
      : {}),
    ...(of.metadata && message.metadata ? { metadata: message.metadata } : {}),
    ...message.more,
  };
}
