// Web API: conversations.* and users.conversations
import {
  type CallArguments,
  joinedChannel,
  knownChannel,
  type Methods,
  makeCursor,
  pageOf,
  Refusal,
  readCursor,
} from "./api-call.ts";
import type { JsonObject } from "./json.ts";
import { channelType, emitIn, post } from "./messages.ts";
import { channelJson, messageJson } from "./payloads.ts";
import type { SlackChannel, SlackMessage } from "./records.ts";
import { firstFrom, microsOf } from "./ts.ts";
import type { LocalWorkspace } from "./workspace.ts";

/** The direct channel with a person; refused with `closed` where they take none. */
export function openDirect(workspace: LocalWorkspace, id: string, closed: string): SlackChannel {
  const person = workspace.people.get(id);
  if (!person) throw new Refusal("user_not_found", `there is no person ${id}`);
  if (person.bot) throw new Refusal("cannot_dm_bot", `${id} is a bot`);
  if (person.directClosed || person.external)
    throw new Refusal(closed, `${id} takes no direct messages from the bot`);
  return workspace.direct(id);
}

/** Puts the bot or a person into a channel, with the events Slack sends. False when they were in it already. */
export function join(
  workspace: LocalWorkspace,
  channel: SlackChannel,
  user: string,
  inviter: string | null,
): boolean {
  if (channel.members.has(user)) return false;
  channel.members.add(user);
  const team = workspace.person(user).team;
  const invited = inviter === null ? {} : { inviter };
  post(workspace, {
    channel,
    author: user,
    subtype: "channel_join",
    text: `<@${user}> has joined the channel`,
    more: invited,
  });
  const place = { channel: channel.id, channel_type: channel.kind === "private" ? "G" : "C" };
  emitIn(workspace, channel, { type: "member_joined_channel", user, ...place, team, ...invited });
  return true;
}

interface Window {
  /** Microseconds, both inclusive. */
  from: number;
  to: number;
}

function windowOf(args: CallArguments): Window {
  const bound = (name: string, usual: number) => {
    const text = args.text(name);
    if (text === null || text === "") return usual;
    const micros = microsOf(text);
    if (micros === null) throw new Refusal(`invalid_ts_${name}`, `"${name}" is ${text}`);
    return micros;
  };
  const margin = args.flag("inclusive") ? 0 : 1;
  const oldest = bound("oldest", 0);
  const latest = bound("latest", Number.MAX_SAFE_INTEGER);
  return { from: oldest === 0 ? 0 : oldest + margin, to: latest - margin };
}

function list(workspace: LocalWorkspace, args: CallArguments, channels: Iterable<SlackChannel>) {
  const types = new Set((args.text("types") || "public_channel").split(",").map((type) => type.trim()));
  const names = { public: "public_channel", private: "private_channel", direct: "im" } as const;
  for (const type of types) {
    if (!["public_channel", "private_channel", "im", "mpim"].includes(type))
      throw new Refusal("invalid_types", type);
  }
  const noArchived = args.flag("exclude_archived");
  const wanted = [...channels].filter(
    (channel) => types.has(names[channel.kind]) && !(noArchived && channel.archived),
  );
  const { page, next } = pageOf(wanted, args, 100);
  return {
    channels: page.map((channel) => channelJson(workspace, channel)),
    response_metadata: { next_cursor: next },
  };
}

function history(workspace: LocalWorkspace, args: CallArguments): JsonObject {
  const channel = joinedChannel(workspace, args.need("channel"));
  const limit = args.count("limit", 100, 999);
  const { from, to } = windowOf(args);
  const cursor = args.text("cursor");
  const last = cursor ? Math.min(to, readCursor(cursor, "next_ts")) : to;
  const metadata = args.flag("include_all_metadata");
  const messages: JsonObject[] = [];
  let at = firstFrom(channel.top, last + 1) - 1;
  for (; at >= 0 && messages.length < limit; at -= 1) {
    const message = channel.top[at];
    if (!message || message.micros < from) break;
    messages.push(messageJson(workspace, message, { history: true, metadata }));
  }
  const following = channel.top[at];
  const more = following !== undefined && following.micros >= from;
  return {
    messages,
    has_more: more,
    pin_count: channel.pins.size,
    response_metadata: { next_cursor: more ? makeCursor("next_ts", following.micros) : "" },
  };
}

/** The root comes first on every page, whatever the window; the limit counts the replies. */
function replies(workspace: LocalWorkspace, args: CallArguments): JsonObject {
  const channel = joinedChannel(workspace, args.need("channel"));
  const ts = args.need("ts");
  const message = workspace.messages.get(ts);
  const gone = !message || message.channel !== channel || message.onlyFor !== null;
  if (gone || (message.deleted && message.subtype !== "tombstone")) {
    throw new Refusal("thread_not_found", `there is no thread ${ts} in ${channel.id}`);
  }
  const metadata = args.flag("include_all_metadata");
  const json = (each: SlackMessage) => messageJson(workspace, each, { history: true, metadata });
  if (message.root)
    return { messages: [json(message)], has_more: false, response_metadata: { next_cursor: "" } };
  const limit = args.count("limit", 1000, 1000);
  const window = windowOf(args);
  const cursor = args.text("cursor");
  const from = cursor ? Math.max(window.from, readCursor(cursor, "next_ts")) : window.from;
  const start = firstFrom(message.replies, from);
  const end = firstFrom(message.replies, window.to + 1);
  const page = message.replies.slice(start, Math.min(end, start + limit));
  const following = start + limit < end ? message.replies[start + limit] : undefined;
  return {
    messages: [json(message), ...page.map(json)],
    has_more: following !== undefined,
    response_metadata: { next_cursor: following ? makeCursor("next_ts", following.micros) : "" },
  };
}

export function conversationMethods(workspace: LocalWorkspace): Methods {
  const bot = workspace.botUser;
  const visible = () =>
    [...workspace.channels.values()].filter(({ kind, members }) => kind === "public" || members.has(bot));
  return {
    "users.conversations": (args) => {
      const user = args.text("user") ?? bot;
      if (!workspace.people.has(user)) throw new Refusal("user_not_found", `there is no person ${user}`);
      const listed = list(
        workspace,
        args,
        visible().filter((channel) => workspace.isMember(channel, user)),
      );
      // They are the person's own, so the real answer does not say whether they are a member.
      return { ...listed, channels: listed.channels.map(({ is_member: _, ...channel }) => channel) };
    },
    "conversations.list": (args) => list(workspace, args, visible()),
    "conversations.info": (args) => {
      const channel = knownChannel(workspace, args.need("channel"));
      const count = args.flag("include_num_members")
        ? { num_members: workspace.membersOf(channel).length }
        : {};
      const shared = workspace.isShared(channel) ? { connected_team_ids: [workspace.otherTeam] } : {};
      return { channel: { ...channelJson(workspace, channel), ...shared, ...count } };
    },
    "conversations.members": (args) => {
      const { page, next } = pageOf(
        workspace.membersOf(knownChannel(workspace, args.need("channel"))),
        args,
        100,
      );
      return { members: page, response_metadata: { next_cursor: next } };
    },
    "conversations.join": (args) => {
      const channel = knownChannel(workspace, args.need("channel"));
      if (channel.kind !== "public") {
        throw new Refusal(
          "method_not_supported_for_channel_type",
          `${channel.id} is a ${channelType(channel)}`,
        );
      }
      if (channel.archived) throw new Refusal("is_archived", `${channel.id} is archived`);
      const joined = join(workspace, channel, bot, null);
      const warnings = {
        warning: "already_in_channel",
        response_metadata: { warnings: ["already_in_channel"] },
      };
      return { channel: channelJson(workspace, channel), ...(joined ? {} : warnings) };
    },
    "conversations.open": (args) => {
      const id = args.text("channel");
      if (id) return { channel: { id: knownChannel(workspace, id).id }, no_op: true, already_open: true };
      const users = (args.text("users") ?? "").split(",").filter((user) => user !== "");
      const [user] = users;
      if (user === undefined) throw new Refusal("users_list_not_supplied", "neither users nor channel");
      if (users.length > 1)
        throw new Refusal("not_supported_here", "the local Slack has no group direct messages");
      const known = workspace.directs.has(user) ? { no_op: true, already_open: true } : {};
      const channel = openDirect(workspace, user, "user_not_visible");
      const whole = args.flag("return_im") ? channelJson(workspace, channel) : { id: channel.id };
      return { channel: whole, ...known };
    },
    "conversations.history": (args) => history(workspace, args),
    "conversations.replies": (args) => replies(workspace, args),
  };
}
