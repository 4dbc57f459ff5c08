// What the fake remembers: people, channels, messages. No behaviour of a bot or of a person in here.
import type { Author, MessageEvent } from "../../src/domain/events.ts";
import type { FileRef, MessageRef } from "../../src/domain/words.ts";
import type { Card } from "../../src/messages/card.ts";
import type { LocalChannel, LocalPerson, ShownMessage, WorldClock } from "../../src/sandbox/world.ts";
import { anybody, controlsOf, shownControl, shownText, type Viewer } from "./show.ts";

export type Like = "slack" | "discord";

export interface Kept {
  id: string;
  channel: string;
  thread: string | null;
  author: string;
  /** As typed; "" for the bot's cards. */
  text: string;
  card: Card | null;
  key: string | null;
  title: string | null;
  files: readonly FileRef[];
  replyTo: string | null;
  at: number;
  editedAt: number | null;
  deleted: boolean;
  onlyFor: string | null;
  direct: string | null;
  /** A join or a change of topic: stands in the channel, is no message of anybody. */
  system: boolean;
  reactions: Map<string, Set<string>>;
}

const DAY = 86_400_000;

export class Room {
  readonly like: Like;
  readonly platform: string;
  readonly workspace: string;
  readonly botUser: string;
  readonly clock: WorldClock;
  readonly people = new Map<string, LocalPerson>();
  readonly channels = new Map<string, LocalChannel>();
  readonly kept = new Map<string, Kept>();
  private count = 0;

  constructor(like: Like, platform: string, clock: WorldClock) {
    this.like = like;
    this.platform = platform;
    this.clock = clock;
    this.workspace = like === "slack" ? "T0FAKE" : "900000000000000001";
    this.botUser = like === "slack" ? "U0BOT" : "900000000000000002";
    this.people.set(this.botUser, { id: this.botUser, name: "Siempre", bot: true });
  }

  /** A new id in the platform's manner, growing with time. */
  newId(): string {
    this.count += 1;
    const now = this.clock.now();
    if (this.like === "slack") {
      const micros = String((now % 1000) * 1000 + (this.count % 1000)).padStart(6, "0");
      return `${Math.floor(now / 1000)}.${micros}`;
    }
    return String((BigInt(now - 1_420_070_400_000) << 22n) + BigInt(this.count));
  }

  keep(message: Partial<Kept> & Pick<Kept, "channel" | "author">): Kept {
    const kept: Kept = {
      id: this.newId(),
      thread: null,
      text: "",
      card: null,
      key: null,
      title: null,
      files: [],
      replyTo: null,
      at: this.clock.now(),
      editedAt: null,
      deleted: false,
      onlyFor: null,
      direct: null,
      system: false,
      reactions: new Map(),
      ...message,
    };
    this.kept.set(kept.id, kept);
    return kept;
  }

  person(id: string): LocalPerson {
    const person = this.people.get(id);
    if (!person) throw new Error(`There is no person ${id} in the fake: add them with addPerson.`);
    return person;
  }

  channel(id: string): LocalChannel {
    const channel = this.channels.get(id);
    if (!channel) throw new Error(`There is no channel ${id} in the fake: add it with addChannel.`);
    return channel;
  }

  canRead(channel: string, person: string): boolean {
    const found = this.channels.get(channel);
    if (!found || !this.people.has(person)) return false;
    if (person === this.botUser) return found.bot !== false;
    return !found.private || (found.members ?? []).includes(person);
  }

  author(id: string): Author {
    const person = this.person(id);
    const external = this.like === "slack" && person.external === true;
    return {
      platform: this.platform,
      workspace: this.workspace,
      id,
      name: person.name,
      bot: person.bot === true,
      external,
      company: external ? "T0ELSEWHERE" : null,
      fresh: this.like === "discord" && this.clock.now() - (person.createdAt ?? 0) < 7 * DAY,
    };
  }

  ref(message: Kept): MessageRef {
    const { platform, workspace } = this;
    return { platform, workspace, channel: message.channel, thread: message.thread, message: message.id };
  }

  /** What was typed as a reader sees it, and who is mentioned in it. */
  read(text: string): { text: string; mentions: string[] } {
    const mentions: string[] = [];
    const read = text
      .replace(/<@!?(\w+)>/g, (whole, id: string) => {
        const person = this.people.get(id);
        if (!person) return whole;
        mentions.push(id);
        return `@${person.name}`;
      })
      .replace(/<#(\w+)>/g, (whole, id: string) => {
        const channel = this.channels.get(id);
        return channel ? `#${channel.name}` : whole;
      });
    return { text: read, mentions };
  }

  event(message: Kept): MessageEvent {
    const { text, mentions } = this.read(message.text);
    const channel = this.channels.get(message.channel);
    return {
      kind: "message",
      where: this.ref(message),
      at: message.at,
      author: this.author(message.author),
      text,
      mentions,
      mentionsBot: mentions.includes(this.botUser),
      files: message.files,
      replyTo: message.replyTo,
      forumPost: channel?.kind === "forum" && message.thread === null,
      title: message.title,
    };
  }

  viewer(person: string | null): Viewer {
    const found = person === null ? undefined : this.people.get(person);
    return {
      timezone: found?.timezone ?? anybody.timezone,
      locale: found?.locale ?? anybody.locale,
    };
  }

  shown(message: Kept, viewer: string | null = null): ShownMessage {
    const author = this.person(message.author);
    return {
      id: message.id,
      channel: message.channel,
      thread: message.thread,
      author: { id: author.id, name: author.name, bot: author.bot === true },
      text: message.card ? shownText(message.card, this.viewer(viewer)) : this.read(message.text).text,
      controls: message.card ? controlsOf(message.card).map(shownControl) : [],
      reactions: Object.fromEntries([...message.reactions].map(([emoji, by]) => [emoji, [...by]])),
      files: message.files.map((file) => file.name),
      at: message.at,
      editedAt: message.editedAt,
      deleted: message.deleted,
      onlyFor: message.onlyFor,
      direct: message.direct,
    };
  }

  isSeenBy(message: Kept, person: string): boolean {
    if (message.deleted) return false;
    if (message.onlyFor !== null) return message.onlyFor === person;
    if (message.direct !== null) return message.direct === person;
    return this.canRead(message.channel, person);
  }
}
