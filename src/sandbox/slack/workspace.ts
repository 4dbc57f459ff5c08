// The state of one local workspace: people, channels, messages, files. It knows nothing of HTTP, sockets or payloads.
import { randomUUID } from "node:crypto";
import type { Happening, LocalPerson, WorldClock } from "../world.ts";
import type { JsonObject } from "./json.ts";
import type {
  MessageDraft,
  SlackChannel,
  SlackFile,
  SlackGroup,
  SlackMessage,
  SlackPerson,
} from "./records.ts";
import { firstFrom, stamp } from "./ts.ts";

const NO_REPLIES: SlackMessage[] = [];

export interface WorkspaceOptions {
  clock: WorldClock;
  id: string;
  name: string;
  botName: string;
  timezone: string;
  locale: string;
}

export class LocalWorkspace {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly timezone: string;
  readonly locale: string;
  readonly botUser = "U0LOCALBOT";
  readonly botId = "B0LOCALBOT";
  readonly appId = "A0LOCALAPP";
  readonly otherTeam = "T0OTHERORG";
  readonly tokens = { bot: "xoxb-local-bot-token", app: "xapp-1-local-app-token" };
  readonly people = new Map<string, SlackPerson>();
  readonly groups = new Map<string, SlackGroup>();
  readonly channels = new Map<string, SlackChannel>();
  readonly directs = new Map<string, SlackChannel>();
  readonly files = new Map<string, SlackFile>();
  /** By `ts`, which is unique in the whole workspace here; deleted and ephemeral ones included. */
  readonly messages = new Map<string, SlackMessage>();
  /** Where the server is reached, with a trailing slash. */
  base = "http://127.0.0.1/";
  /** Whether the bot has ever connected: before that the workspace is being furnished, of which it hears nothing. */
  installed = false;
  /** Where events for the bot go; set by whoever delivers them. */
  emit: (event: JsonObject, shared: boolean) => void = () => {};
  readonly #clock: WorldClock;
  readonly #listeners = new Set<(happening: Happening) => void>();
  #lastMicros = 0;
  #sequence = 0;

  constructor(options: WorkspaceOptions) {
    this.#clock = options.clock;
    this.id = options.id;
    this.name = options.name;
    this.domain = options.name.toLowerCase().replace(/[^a-z0-9]+/g, "-") || "local";
    this.timezone = options.timezone;
    this.locale = options.locale;
    this.putPerson({ id: this.botUser, name: options.botName, bot: true });
    this.putPerson({ id: "USLACKBOT", name: "Slackbot", bot: true });
  }

  now(): number {
    return this.#clock.now();
  }

  seconds(): number {
    return Math.floor(this.now() / 1000);
  }

  /** Microseconds for the next message or event: unique and increasing, even if the clock stands still or goes back. */
  mint(): number {
    this.#lastMicros = Math.max(Math.floor(this.now() * 1000), this.#lastMicros + 1);
    return this.#lastMicros;
  }

  /** An id in Slack's manner: a letter and ten characters. */
  nextId(letter: string): string {
    this.#sequence += 1;
    return `${letter}${this.#sequence.toString(36).toUpperCase().padStart(10, "0")}`;
  }

  putPerson(person: LocalPerson): SlackPerson {
    const external = person.external ?? false;
    const record: SlackPerson = {
      id: person.id,
      name: person.name,
      team: external ? this.otherTeam : this.id,
      timezone: person.timezone ?? this.timezone,
      locale: person.locale ?? "en-US",
      admin: person.admin ?? false,
      bot: person.bot ?? false,
      external,
      directClosed: person.directClosed ?? false,
      updated: this.seconds(),
    };
    this.people.set(person.id, record);
    return record;
  }

  person(id: string): SlackPerson {
    const person = this.people.get(id);
    if (!person)
      throw new Error(`There is no person ${id} in the local Slack; add them with addPerson first.`);
    return person;
  }

  channel(id: string): SlackChannel {
    const channel = this.channels.get(id);
    if (!channel)
      throw new Error(`There is no channel ${id} in the local Slack; add it with addChannel first.`);
    return channel;
  }

  putChannel(
    fields: Pick<SlackChannel, "id" | "name" | "kind" | "person"> & { members: Iterable<string> },
  ): SlackChannel {
    const channel: SlackChannel = {
      id: fields.id,
      name: fields.name,
      kind: fields.kind,
      person: fields.person,
      members: new Set(fields.members),
      archived: false,
      topic: "",
      created: this.seconds(),
      creator: "USLACKBOT",
      top: [],
      all: [],
      ephemeral: [],
      pins: new Set(),
    };
    this.channels.set(channel.id, channel);
    return channel;
  }

  /** The direct channel between the bot and a person, opened when there is none. */
  direct(person: string): SlackChannel {
    const known = this.directs.get(person);
    if (known) return known;
    const id = this.nextId("D");
    const channel = this.putChannel({
      id,
      name: "directmessage",
      kind: "direct",
      person,
      members: [person, this.botUser],
    });
    this.directs.set(person, channel);
    return channel;
  }

  isMember(channel: SlackChannel, person: string): boolean {
    if (channel.members.has(person)) return true;
    if (channel.kind !== "public") return false;
    const record = this.people.get(person);
    return record !== undefined && !record.external && !record.bot;
  }

  membersOf(channel: SlackChannel): string[] {
    if (channel.kind !== "public") return [...channel.members];
    return [...this.people.keys()].filter((id) => this.isMember(channel, id));
  }

  /** Whether people of another organisation are in it (Slack Connect). */
  isShared(channel: SlackChannel): boolean {
    for (const id of channel.members) if (this.people.get(id)?.external) return true;
    return false;
  }

  /** Files a message under its channel and thread and returns it. */
  putMessage(draft: MessageDraft): SlackMessage {
    const micros = this.mint();
    const message: SlackMessage = {
      ts: stamp(micros),
      micros,
      channel: draft.channel,
      root: draft.root ?? null,
      author: draft.author,
      botId: draft.botId ?? null,
      username: draft.username ?? null,
      subtype: draft.subtype ?? null,
      text: draft.text,
      blocks: draft.blocks ?? [],
      attachments: draft.attachments ?? [],
      metadata: draft.metadata ?? null,
      files: draft.files ?? [],
      edited: null,
      reactions: null,
      clientId: draft.typed ? randomUUID() : null,
      deleted: false,
      replies: NO_REPLIES,
      onlyFor: draft.onlyFor ?? null,
      selected: null,
      more: draft.more ?? null,
    };
    const { channel, root } = message;
    this.messages.set(message.ts, message);
    if (message.onlyFor !== null) {
      channel.ephemeral.push(message);
      return message;
    }
    channel.all.push(message);
    if (root === null || message.subtype === "thread_broadcast") channel.top.push(message);
    if (root?.replies === NO_REPLIES) root.replies = [message];
    else root?.replies.push(message);
    return message;
  }

  /** Takes a message out of its channel and thread; `messages` still knows it, as deleted. */
  dropMessage(message: SlackMessage): void {
    message.deleted = true;
    const { channel, root } = message;
    for (const list of [channel.all, channel.top, channel.ephemeral, root?.replies ?? []]) {
      const at = firstFrom(list, message.micros);
      if (list[at] === message) list.splice(at, 1);
    }
  }

  observe(listener: (happening: Happening) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells the observers; `make` is only called when there is one, for showing a message costs time. */
  announce(make: () => Happening): void {
    if (this.#listeners.size === 0) return;
    const happening = make();
    for (const listener of [...this.#listeners]) listener(happening);
  }
}
