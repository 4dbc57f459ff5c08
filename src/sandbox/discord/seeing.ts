// What a person can see and find on the local Discord; errors say what they cannot.
import type { ShownMessage } from "../world.ts";
import { type Channel, Flag, type Message, type User } from "./model.ts";
import { Permission as P } from "./permissions.ts";
import { type Discord, readerOf } from "./posting.ts";
import { isShown, shownMessage } from "./show.ts";
import { compareIds } from "./snowflake.ts";
import { startThread } from "./threads.ts";

/** Looks things up with the eyes of a person. Methods throw when the person could not see what is asked for. */
export class Eyes {
  readonly #discord: Discord;

  constructor(discord: Discord) {
    this.#discord = discord;
  }

  seenBy(person: string): ShownMessage[] {
    const { guild } = this.#discord;
    const user = this.user(person);
    const reader = readerOf(this.#discord, user);
    const seen: ShownMessage[] = [];
    for (const message of guild.messages.values()) {
      if (isShown(message) && guild.sees(user, message)) seen.push(shownMessage(guild, message, reader));
    }
    return seen;
  }

  messages(channel: string): ShownMessage[] {
    const { guild } = this.#discord;
    const place = guild.channels.get(channel);
    if (!place) throw new Error(`there is no channel ${channel}`);
    const reader = readerOf(this.#discord, place.recipient);
    return [place, ...place.threads]
      .flatMap(({ log }) => log)
      .filter((message) => !message.deleted && isShown(message))
      .sort((a, b) => compareIds(a.id, b.id))
      .map((message) => shownMessage(guild, message, reader));
  }

  find(message: string): ShownMessage | null {
    const { guild } = this.#discord;
    const found = guild.messages.get(message);
    if (!found || found.flags & Flag.loading) return null;
    const reader = readerOf(this.#discord, found.onlyFor ?? found.channel.recipient);
    return shownMessage(guild, found, reader);
  }

  user(id: string): User {
    const user = this.#discord.guild.users.get(id);
    if (!user) throw new Error(`there is no person ${id} here; add them with addPerson`);
    return user;
  }

  /** A channel, or the direct channel when it is the bot's own id. */
  place(user: User, id: string): Channel {
    const { guild } = this.#discord;
    const place = id === guild.bot.id ? guild.directWith(user) : guild.channels.get(id);
    if (!place) throw new Error(`there is no channel ${id}`);
    this.demand(user, place, P.viewChannel, "see");
    return place;
  }

  /** The thread under a message, started as this person when there is none. */
  thread(user: User, id: string): Channel {
    const { guild } = this.#discord;
    const channel = guild.channels.get(id);
    if (channel?.thread) {
      this.demand(user, channel, P.viewChannel, "see");
      return channel;
    }
    const root = this.seen(user, id);
    if (root.channel.thread) return root.channel;
    if (root.channel.recipient) throw new Error("there are no threads in direct messages");
    this.demand(user, root.channel, P.createPublicThreads, "start a thread");
    const name = root.content.slice(0, 100) || "New Thread";
    return startThread(this.#discord, { owner: user, name, parent: root.channel, root });
  }

  seen(user: User, id: string): Message {
    const message = this.#discord.guild.messages.get(id);
    if (!message || !this.#discord.guild.sees(user, message)) {
      throw new Error(`${user.name} sees no message ${id}`);
    }
    return message;
  }

  demand(user: User, channel: Channel, permission: bigint, what: string): void {
    if (!this.#discord.guild.can(user, channel, permission)) {
      throw new Error(`${user.name} may not ${what} in #${channel.name}`);
    }
  }
}
