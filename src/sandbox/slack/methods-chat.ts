// Web API: chat.*, reactions.*, pins.*
import {
  type CallArguments,
  joinedChannel,
  knownChannel,
  liveMessage,
  type Methods,
  openChannel,
  Refusal,
} from "./api-call.ts";
import { contentOf, needSomething, POST_TEXT, UPDATE_TEXT } from "./content.ts";
import type { JsonObject } from "./json.ts";
import { change, post, react, remove } from "./messages.ts";
import { openDirect } from "./methods-conversations.ts";
import { messageJson } from "./payloads.ts";
import type { SlackChannel, SlackMessage } from "./records.ts";
import type { LocalWorkspace } from "./workspace.ts";

const EMOJI_NAME = /^[a-z0-9_+'-]+(?:::skin-tone-[2-6])?$/;

/** Where a message goes: a channel, or a person, whose direct channel is opened. */
function destination(workspace: LocalWorkspace, id: string): SlackChannel {
  const channel = workspace.people.has(id)
    ? openDirect(workspace, id, "channel_not_found")
    : openChannel(workspace, id);
  const person = channel.person === null ? undefined : workspace.people.get(channel.person);
  if (person?.directClosed || person?.external) {
    throw new Refusal("restricted_action", `${person.id} takes no direct messages from the bot`);
  }
  return channel;
}

/**
 * The root a `thread_ts` means. A reply's own ts stands for its thread. Where the message is gone, Slack posts to the
 * channel itself: https://github.com/slackapi/python-slack-events-api/issues/87
 */
function rootOf(workspace: LocalWorkspace, channel: SlackChannel, ts: string | null): SlackMessage | null {
  const message = ts === null ? undefined : workspace.messages.get(ts);
  if (!message || message.channel !== channel || message.onlyFor !== null) return null;
  if (message.deleted && message.subtype !== "tombstone") return null;
  return message.root ?? message;
}

function ownMessage(workspace: LocalWorkspace, args: CallArguments, code: string): SlackMessage {
  const channel = joinedChannel(workspace, args.need("channel"));
  const message = liveMessage(workspace, channel, args.need("ts"));
  if (message.botId === workspace.botId) return message;
  throw new Refusal(code, `message ${message.ts} is not the bot's own`);
}

function reactable(workspace: LocalWorkspace, args: CallArguments): { message: SlackMessage; name: string } {
  const name = args.need("name").replace(/^:(.*):$/, "$1");
  if (!EMOJI_NAME.test(name)) throw new Refusal("invalid_name", `"${name}" is no emoji name`);
  const channel = openChannel(workspace, args.need("channel"));
  return { message: liveMessage(workspace, channel, args.need("timestamp")), name };
}

export function chatMethods(workspace: LocalWorkspace): Methods {
  const bot = workspace.botUser;

  function postMessage(args: CallArguments): JsonObject {
    const channel = destination(workspace, args.need("channel"));
    const content = contentOf(workspace, args, POST_TEXT);
    needSomething(content);
    const root = rootOf(workspace, channel, args.text("thread_ts"));
    // With a name of its own a bot's message has no user: subtype bot_message.
    const username = args.text("username");
    const message = post(workspace, {
      channel,
      root,
      author: username === null ? bot : null,
      botId: workspace.botId,
      username,
      subtype:
        username !== null ? "bot_message" : root && args.flag("reply_broadcast") ? "thread_broadcast" : null,
      text: content.text ?? "",
      blocks: content.blocks ?? [],
      attachments: content.attachments ?? [],
      metadata: content.metadata,
    });
    const json = messageJson(workspace, message, { metadata: true });
    return { channel: channel.id, ts: message.ts, message: json };
  }

  function update(args: CallArguments): JsonObject {
    const message = ownMessage(workspace, args, "cant_update_message");
    if (message.channel.archived) throw new Refusal("is_archived", `${message.channel.id} is archived`);
    const { text, blocks, attachments, metadata } = contentOf(workspace, args, UPDATE_TEXT);
    if (text === null && blocks === null && attachments === null)
      needSomething({ text, blocks, attachments, metadata });
    // What is not named stays: https://docs.slack.dev/reference/methods/chat.update
    change(
      workspace,
      message,
      {
        ...(text === null ? {} : { text }),
        ...(blocks === null ? {} : { blocks }),
        ...(attachments === null ? {} : { attachments }),
        ...(metadata === null ? {} : { metadata }),
      },
      bot,
    );
    const json = messageJson(workspace, message, { metadata: true });
    return { channel: message.channel.id, ts: message.ts, text: message.text, message: json };
  }

  function postEphemeral(args: CallArguments): JsonObject {
    const channel = openChannel(workspace, args.need("channel"));
    const user = args.need("user");
    if (!workspace.people.has(user)) throw new Refusal("user_not_found", `there is no person ${user}`);
    if (!workspace.isMember(channel, user))
      throw new Refusal("user_not_in_channel", `${user} is not in ${channel.id}`);
    const content = contentOf(workspace, args, POST_TEXT);
    needSomething(content);
    const message = post(workspace, {
      channel,
      root: rootOf(workspace, channel, args.text("thread_ts")),
      author: bot,
      botId: workspace.botId,
      text: content.text ?? "",
      blocks: content.blocks ?? [],
      attachments: content.attachments ?? [],
      onlyFor: user,
    });
    return { message_ts: message.ts };
  }

  return {
    "chat.postMessage": postMessage,
    "chat.update": update,
    "chat.postEphemeral": postEphemeral,
    "chat.delete": (args) => {
      const message = ownMessage(workspace, args, "cant_delete_message");
      remove(workspace, message);
      return { channel: message.channel.id, ts: message.ts };
    },
    "chat.getPermalink": (args) => {
      const channel = knownChannel(workspace, args.need("channel"));
      const message = liveMessage(workspace, channel, args.need("message_ts"));
      const thread = message.root ? `?thread_ts=${message.root.ts}&cid=${channel.id}` : "";
      const place = `archives/${channel.id}/p${message.ts.replace(".", "")}${thread}`;
      return { channel: channel.id, permalink: `https://${workspace.domain}.slack.com/${place}` };
    },
    "reactions.add": (args) => {
      const { message, name } = reactable(workspace, args);
      if (!react(workspace, message, bot, name, true))
        throw new Refusal("already_reacted", `${name} is there already`);
      return {};
    },
    "reactions.remove": (args) => {
      const { message, name } = reactable(workspace, args);
      if (!react(workspace, message, bot, name, false))
        throw new Refusal("no_reaction", `the bot did not react with ${name}`);
      return {};
    },
    "reactions.get": (args) => {
      const channel = joinedChannel(workspace, args.need("channel"));
      const message = liveMessage(workspace, channel, args.need("timestamp"));
      return {
        type: "message",
        channel: channel.id,
        message: messageJson(workspace, message, { history: true }),
      };
    },
    "pins.add": (args) => {
      const channel = openChannel(workspace, args.need("channel"));
      const message = liveMessage(workspace, channel, args.need("timestamp"));
      if (channel.pins.has(message.ts)) throw new Refusal("already_pinned", `${message.ts} is pinned`);
      channel.pins.add(message.ts);
      return {};
    },
  };
}
