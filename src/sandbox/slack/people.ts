// What people do in the workspace by themselves: write, edit, delete, react; and what administrators do to it.
import type { LocalChannel, LocalFile, LocalPerson, ShownMessage } from "../world.ts";
import { emojiName } from "./emoji.ts";
import type { JsonObject } from "./json.ts";
import { change, emitIn, post, react, remove } from "./messages.ts";
import { join } from "./methods-conversations.ts";
import { botIdOf, personJson } from "./payloads.ts";
import type { SlackChannel, SlackFile, SlackMessage } from "./records.ts";
import { shown } from "./shown.ts";
import { stamp } from "./ts.ts";
import { typed } from "./typed-text.ts";
import type { LocalWorkspace } from "./workspace.ts";

export interface SayOptions {
  thread?: string;
  replyTo?: string;
  files?: readonly LocalFile[];
  title?: string;
  /** Also shown in the channel: a `thread_broadcast`. */
  broadcast?: boolean;
}

export class People {
  readonly #workspace: LocalWorkspace;

  constructor(workspace: LocalWorkspace) {
    this.#workspace = workspace;
  }

  /** Adds a person, or changes a known one, which the bot hears as `user_change`. */
  add(person: LocalPerson): void {
    const workspace = this.#workspace;
    const known = workspace.people.has(person.id);
    const record = workspace.putPerson(person);
    if (known && workspace.installed) {
      const user = personJson(workspace, record, true);
      workspace.emit(
        { type: "user_change", user, cache_ts: record.updated, event_ts: stamp(workspace.mint()) },
        false,
      );
    }
    if (person.groups) this.#setGroups(person.id, person.groups);
  }

  #setGroups(person: string, handles: readonly string[]): void {
    const workspace = this.#workspace;
    for (const handle of handles) {
      if (workspace.groups.has(handle)) continue;
      const group = {
        id: workspace.nextId("S"),
        handle,
        members: new Set<string>(),
        updated: workspace.seconds(),
      };
      workspace.groups.set(handle, group);
    }
    for (const group of workspace.groups.values()) {
      const wanted = handles.includes(group.handle);
      if (group.members.has(person) === wanted) continue;
      if (wanted) group.members.add(person);
      else group.members.delete(person);
      const before = group.updated;
      group.updated = workspace.seconds();
      if (!workspace.installed) continue;
      const event = {
        type: "subteam_members_changed",
        subteam_id: group.id,
        team_id: workspace.id,
        date_previous_update: before,
        date_update: group.updated,
        added_users: wanted ? [person] : [],
        added_users_count: wanted ? 1 : 0,
        removed_users: wanted ? [] : [person],
        removed_users_count: wanted ? 0 : 1,
        event_ts: stamp(workspace.mint()),
      };
      workspace.emit(event, false);
    }
  }

  addChannel(channel: LocalChannel): void {
    const workspace = this.#workspace;
    if (channel.kind === "forum") throw new Error(`Slack has no forum channels (${channel.id}).`);
    if (workspace.channels.has(channel.id)) throw new Error(`There is a channel ${channel.id} already.`);
    const kind = channel.private ? "private" : "public";
    const members = channel.members ?? [];
    const made = workspace.putChannel({ id: channel.id, name: channel.name, kind, person: null, members });
    if (channel.bot === false) return;
    made.members.add(workspace.botUser);
    if (!workspace.installed) return;
    const place = { channel: made.id, channel_type: channel.private ? "G" : "C", team: workspace.id };
    emitIn(workspace, made, { type: "member_joined_channel", user: workspace.botUser, ...place });
  }

  say(person: string, channelId: string, text: string, options: SayOptions = {}): string {
    const workspace = this.#workspace;
    const author = workspace.person(person);
    const channel = this.#placeFor(person, channelId);
    if (channel.archived) throw new Error(`Channel ${channelId} is archived.`);
    const under = options.thread ?? options.replyTo;
    const parent = under === undefined ? null : this.#message(channel, under);
    const files = (options.files ?? []).map((file) => this.#store(person, file));
    const { text: stored, blocks } = typed(workspace, text);
    const subtype = options.broadcast ? "thread_broadcast" : files.length > 0 ? "file_share" : null;
    return post(workspace, {
      channel,
      root: parent && (parent.root ?? parent),
      author: person,
      typed: !author.bot,
      botId: author.bot ? botIdOf(author) : null,
      subtype,
      text: stored,
      blocks,
      files,
    }).ts;
  }

  edit(person: string, channelId: string, ts: string, text: string): void {
    const message = this.#own(person, channelId, ts);
    change(this.#workspace, message, typed(this.#workspace, text), person);
  }

  remove(person: string, channelId: string, ts: string): void {
    remove(this.#workspace, this.#own(person, channelId, ts));
  }

  react(person: string, channelId: string, ts: string, emoji: string, added: boolean): void {
    const message = this.#message(this.#placeFor(person, channelId), ts);
    const name = emojiName(emoji);
    if (react(this.#workspace, message, person, name, added)) return;
    throw new Error(`${person} has ${added ? "already" : "not"} reacted with ${name} to ${ts}.`);
  }

  seenBy(person: string): ShownMessage[] {
    const workspace = this.#workspace;
    const seen: SlackMessage[] = [];
    for (const channel of workspace.channels.values()) {
      if (!workspace.isMember(channel, person)) continue;
      seen.push(...channel.all.filter((message) => !message.deleted));
      seen.push(...channel.ephemeral.filter((message) => message.onlyFor === person));
    }
    seen.sort((a, b) => a.micros - b.micros);
    return seen.map((message) => shown(workspace, message, person));
  }

  messages(channelId: string): ShownMessage[] {
    const { all } = this.#workspace.channel(channelId);
    return all.filter((message) => !message.deleted).map((message) => shown(this.#workspace, message));
  }

  find(ts: string): ShownMessage | null {
    const message = this.#workspace.messages.get(ts);
    return message ? shown(this.#workspace, message) : null;
  }

  /** Slack shows what a link leads to, a moment after the message: a change without an edit mark. */
  unfurl(ts: string, link: { url: string; title: string; text: string }): void {
    const message = this.#workspace.messages.get(ts);
    if (!message || message.deleted) throw new Error(`There is no message ${ts}.`);
    const preview = {
      id: 1,
      from_url: link.url,
      original_url: link.url,
      title_link: link.url,
      fallback: link.title,
    };
    change(
      this.#workspace,
      message,
      { attachments: [{ ...preview, title: link.title, text: link.text }] },
      null,
    );
  }

  /** A workflow or an old integration posts: a `bot_message`, which has no user. */
  integration(channelId: string, username: string, text: string): string {
    const channel = this.#workspace.channel(channelId);
    const fields = { author: null, botId: "B0WORKFLOW0", username, subtype: "bot_message" };
    return post(this.#workspace, { channel, ...fields, text }).ts;
  }

  topic(person: string, channelId: string, topic: string): void {
    const channel = this.#placeFor(person, channelId);
    channel.topic = topic;
    const text = `<@${person}> set the channel topic: ${topic}`;
    post(this.#workspace, { channel, author: person, subtype: "channel_topic", text, more: { topic } });
  }

  join(person: string, channelId: string, inviter?: string): void {
    join(this.#workspace, this.#workspace.channel(channelId), person, inviter ?? null);
  }

  rename(channelId: string, name: string): void {
    const channel = this.#workspace.channel(channelId);
    channel.name = name;
    const facts: JsonObject = { id: channel.id, is_channel: channel.kind === "public", is_mpim: false, name };
    const event = {
      type: "channel_rename",
      channel: { ...facts, name_normalized: name, created: channel.created },
    };
    emitIn(this.#workspace, channel, event);
  }

  archive(channelId: string, archived: boolean): void {
    const channel = this.#workspace.channel(channelId);
    channel.archived = archived;
    const event = {
      type: archived ? "channel_archive" : "channel_unarchive",
      channel: channel.id,
      user: "USLACKBOT",
      ...(archived ? { is_moved: 0 } : {}),
    };
    emitIn(this.#workspace, channel, event);
  }

  /** Takes the bot out of a channel. */
  removeBot(channelId: string): void {
    const { botUser, id } = this.#workspace;
    const channel = this.#workspace.channel(channelId);
    const place = { channel: channel.id, channel_type: channel.kind === "private" ? "G" : "C", team: id };
    emitIn(this.#workspace, channel, { type: "member_left_channel", user: botUser, ...place });
    channel.members.delete(botUser);
  }

  /** A channel this person may write in. The bot's id means the direct channel with it; outsiders are let in when they speak. */
  #placeFor(person: string, id: string): SlackChannel {
    const workspace = this.#workspace;
    const record = workspace.person(person);
    if (id === workspace.botUser) return workspace.direct(person);
    const channel = workspace.channel(id);
    if (channel.kind === "public" && (record.external || record.bot)) channel.members.add(person);
    if (!workspace.isMember(channel, person)) throw new Error(`${person} is not in channel ${id}.`);
    return channel;
  }

  #message(channel: SlackChannel, ts: string): SlackMessage {
    const message = this.#workspace.messages.get(ts);
    const there = message?.channel === channel && (!message.deleted || message.subtype === "tombstone");
    if (!message || !there || message.onlyFor !== null)
      throw new Error(`There is no message ${ts} in ${channel.id}.`);
    return message;
  }

  #own(person: string, channelId: string, ts: string): SlackMessage {
    const message = this.#message(this.#placeFor(person, channelId), ts);
    if (message.author !== person) throw new Error(`Message ${ts} was not written by ${person}.`);
    return message;
  }

  #store(owner: string, file: LocalFile): SlackFile {
    const workspace = this.#workspace;
    const id = workspace.nextId("F");
    const stored = { id, name: file.name, title: file.name, mime: file.mime, bytes: file.bytes, owner };
    const made = { ...stored, created: workspace.seconds() };
    workspace.files.set(id, made);
    return made;
  }
}
