// What people write on the local Discord: they post, edit, delete and react.
import type { LocalFile, LocalPlatform } from "../world.ts";
import { Refusal } from "./errors.ts";
import { ChannelType, type User } from "./model.ts";
import { Permission as P } from "./permissions.ts";
import { change, type Discord, post, react, remove } from "./posting.ts";
import type { Eyes } from "./seeing.ts";
import { startForumPost, wake } from "./threads.ts";

type Say = NonNullable<Parameters<LocalPlatform["say"]>[3]>;

/** People's clients take twice what bots may send (Nitro). */
const MAX_TYPED = 4000;

/** Short names people know, for drivers that speak to Slack and Discord alike. */
const EMOJI: Readonly<Record<string, string>> = {
  eyes: "👀",
  ticket: "🎫",
  white_check_mark: "✅",
  "+1": "👍",
  "-1": "👎",
  heart: "❤️",
  tada: "🎉",
  raised_hands: "🙌",
  question: "❓",
  fire: "🔥",
};

export class People {
  readonly #discord: Discord;
  readonly #eyes: Eyes;

  constructor(discord: Discord, eyes: Eyes) {
    this.#discord = discord;
    this.#eyes = eyes;
  }

  say(person: string, channel: string, text: string, options: Say = {}): string {
    const user = this.#eyes.user(person);
    if (text === "" && !options.files?.length) throw new Error(`${user.name} cannot send an empty message`);
    if (text.length > MAX_TYPED) {
      throw new Error(`${user.name} cannot send ${text.length} characters; Discord takes ${MAX_TYPED}`);
    }
    const place = this.#eyes.place(user, channel);
    const uploads = (options.files ?? []).map((file, index) => upload(file, index));
    if (place.type === ChannelType.forum && options.thread === undefined) {
      this.#eyes.demand(user, place, P.sendMessages, "post");
      const name = options.title ?? text.slice(0, 100);
      const { message } = startForumPost(
        this.#discord,
        { owner: user, name, parent: place },
        { content: text, uploads },
      );
      return message.id;
    }
    const where = options.thread === undefined ? place : this.#eyes.thread(user, options.thread);
    this.#eyes.demand(user, where, where.thread ? P.sendMessagesInThreads : P.sendMessages, "post");
    const reference = options.replyTo === undefined ? null : this.#eyes.seen(user, options.replyTo);
    asPerson(user, () => wake(this.#discord, where, user));
    return post(this.#discord, { author: user, channel: where, content: text, uploads, reference }).id;
  }

  edit(person: string, message: string, text: string): void {
    const user = this.#eyes.user(person);
    const found = this.#eyes.seen(user, message);
    if (found.author !== user) throw new Error(`${user.name} cannot edit what ${found.author.name} wrote`);
    change(this.#discord, found, { content: text });
  }

  remove(person: string, message: string): void {
    const user = this.#eyes.user(person);
    const found = this.#eyes.seen(user, message);
    if (found.author !== user && !found.onlyFor)
      this.#eyes.demand(user, found.channel, P.manageMessages, "delete");
    remove(this.#discord, found.channel, [found]);
  }

  react(person: string, message: string, emoji: string, added: boolean): void {
    const user = this.#eyes.user(person);
    const found = this.#eyes.seen(user, message);
    const name = EMOJI[emoji] ?? emoji;
    if (/^[\w+-]+$/.test(name))
      throw new Error(`${emoji} is no emoji Discord knows; write it as a character`);
    if (!react(this.#discord, found, user, { id: null, name }, added)) {
      throw new Error(`${user.name} has ${added ? "already put" : "not put"} ${name} on message ${message}`);
    }
  }
}

function upload(file: LocalFile, index: number) {
  return { name: file.name, mime: file.mime, bytes: file.bytes, index: String(index) };
}

/** A person meets the same walls as the bot, but reads them on the screen. */
function asPerson(user: User, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal)
      throw new Error(`${user.name} cannot do this: ${error.message}`, { cause: error });
    throw error;
  }
}
