// What can happen to messages, whoever does it: the state changes, observers are told, the bot gets its event.
// The bot hears only of channels it is in.
import type { JsonObject } from "./json.ts";
import { messageJson } from "./payloads.ts";
import type { MessageDraft, SlackChannel, SlackMessage } from "./records.ts";
import { shown } from "./shown.ts";
import { stamp } from "./ts.ts";
import type { LocalWorkspace } from "./workspace.ts";

const CHANNEL_TYPES = { public: "channel", private: "group", direct: "im" } as const;

export function channelType(channel: SlackChannel): "channel" | "group" | "im" {
  return CHANNEL_TYPES[channel.kind];
}

/** Sends an event about a channel to the bot, if it is in there. `event_ts` is filled in. */
export function emitIn(workspace: LocalWorkspace, channel: SlackChannel, event: JsonObject): void {
  if (!channel.members.has(workspace.botUser)) return;
  workspace.emit({ event_ts: stamp(workspace.mint()), ...event }, workspace.isShared(channel));
}

/** Posts a message; `onlyFor` makes it ephemeral, which produces no event. */
export function post(workspace: LocalWorkspace, draft: MessageDraft): SlackMessage {
  const message = workspace.putMessage(draft);
  workspace.announce(() => ({ kind: "posted", message: shown(workspace, message) }));
  const { channel } = message;
  if (message.onlyFor !== null || !channel.members.has(workspace.botUser)) return message;
  const place = { channel: channel.id, event_ts: message.ts };
  const json = messageJson(workspace, message);
  emitIn(workspace, channel, { ...json, ...place, channel_type: channelType(channel) });
  const mentioned = message.author !== workspace.botUser && message.text.includes(`<@${workspace.botUser}>`);
  if (mentioned && channel.kind !== "direct" && message.subtype !== "bot_message") {
    // The real one has no channel_type and no parent_user_id in a mention.
    emitIn(workspace, channel, { ...json, ...place, type: "app_mention", parent_user_id: undefined });
  }
  return message;
}

/** Changes a message. With `by` it counts as an edit of that user; without (an unfurl) it carries no edit mark. */
export function change(
  workspace: LocalWorkspace,
  message: SlackMessage,
  changes: Partial<Pick<SlackMessage, "text" | "blocks" | "attachments" | "metadata">>,
  by: string | null,
): void {
  const previous = messageJson(workspace, message, { history: true });
  Object.assign(message, changes);
  if (changes.blocks || changes.attachments) message.selected = null;
  if (by !== null) message.edited = { user: by, ts: stamp(workspace.mint()) };
  workspace.announce(() => ({ kind: "edited", message: shown(workspace, message) }));
  if (message.onlyFor === null) emitChanged(workspace, message, previous);
}

function emitChanged(workspace: LocalWorkspace, message: SlackMessage, previous: JsonObject): void {
  const ts = stamp(workspace.mint());
  emitIn(workspace, message.channel, {
    type: "message",
    subtype: "message_changed",
    message: messageJson(workspace, message, { history: true }),
    previous_message: previous,
    channel: message.channel.id,
    hidden: true,
    ts,
    event_ts: ts,
    channel_type: channelType(message.channel),
  });
}

/** Deletes a message. A root with replies stays as a tombstone, and the bot hears of a change instead of a deletion. */
export function remove(workspace: LocalWorkspace, message: SlackMessage): void {
  const previous = messageJson(workspace, message, { history: true });
  const view = { ...shown(workspace, message), deleted: true };
  workspace.announce(() => ({ kind: "deleted", message: view }));
  if (message.replies.length > 0) {
    Object.assign(message, {
      ...{ subtype: "tombstone", author: "USLACKBOT", text: "This message was deleted.", deleted: true },
      ...{
        blocks: [],
        attachments: [],
        botId: null,
        username: null,
        edited: null,
        reactions: null,
        metadata: null,
      },
    });
    emitChanged(workspace, message, previous);
    return;
  }
  workspace.dropMessage(message);
  if (message.onlyFor !== null) return;
  const ts = stamp(workspace.mint());
  emitIn(workspace, message.channel, {
    type: "message",
    subtype: "message_deleted",
    previous_message: previous,
    channel: message.channel.id,
    hidden: true,
    deleted_ts: message.ts,
    ts,
    event_ts: ts,
    channel_type: channelType(message.channel),
  });
}

/** Adds or removes a reaction; false when it was so already. */
export function react(
  workspace: LocalWorkspace,
  message: SlackMessage,
  by: string,
  emoji: string,
  added: boolean,
): boolean {
  const people = message.reactions?.get(emoji);
  if ((people?.has(by) ?? false) === added) return false;
  if (added) {
    message.reactions ??= new Map();
    message.reactions.set(emoji, (people ?? new Set()).add(by));
  } else {
    people?.delete(by);
    if (people?.size === 0) message.reactions?.delete(emoji);
  }
  const { channel } = message;
  workspace.announce(() => ({ kind: "reacted", channel: channel.id, message: message.ts, by, emoji, added }));
  emitIn(workspace, channel, {
    type: added ? "reaction_added" : "reaction_removed",
    user: by,
    reaction: emoji,
    item: { type: "message", channel: channel.id, ts: message.ts },
    ...(message.author ? { item_user: message.author } : {}),
  });
  return true;
}
