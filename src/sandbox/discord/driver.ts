// What whoever plays the people gets: the common driver, and what only Discord has.
import type { Happening, LocalChannel, LocalPlatform } from "../world.ts";
import { Acting } from "./acting.ts";
import type { Fault, GatewayTrouble, RestTrouble, Troubles } from "./faults.ts";
import { Intent } from "./gateway.ts";
import type { Interactions } from "./interactions.ts";
import type { Modals } from "./modals.ts";
import { ChannelType, type Embed, type Message } from "./model.ts";
import { People } from "./people.ts";
import { change, type Discord, remove } from "./posting.ts";
import type { Commands } from "./routes-guild.ts";
import { Eyes } from "./seeing.ts";
import { type Guild, overwritesFor } from "./state.ts";
import { changeThread, removeChannel } from "./threads.ts";
import { channelJson, forgetUser, memberJson, roleJson, userJson } from "./wire.ts";

export interface LocalDiscordChannel extends LocalChannel {
  topic?: string;
  /** Names of the tags of a forum. */
  tags?: readonly string[];
  requireTag?: boolean;
}

/** The common driver, and what only Discord has. */
export interface LocalDiscord extends LocalPlatform {
  addChannel(channel: LocalDiscordChannel): void;
  /** The direct channel of the bot and this person. People post there, too. */
  directChannel(person: string): string;
  /** Whether a bot is identified now. */
  connected(): boolean;
  /** Asks the bot to connect again and resume (op 7). */
  reconnect(): void;
  /** Ends the session (op 9). Not resumable: the bot must identify anew. */
  invalidate(resumable: boolean): void;
  /** The next `count` calls (of this method and route, if given) go wrong in this way. */
  failNext(count: number, fault: Fault, match?: { method?: string; route?: string }): void;
  /** REST calls go wrong, by count or by chance, until the returned function is called. */
  trouble(trouble: RestTrouble): () => void;
  /** Dispatches come twice, out of order or never, until the returned function is called. */
  disturb(trouble: GatewayTrouble): () => void;
  /** The connections stay open and say nothing more, not even that a heartbeat arrived. New ones are as ever. */
  silence(): void;
  /** Discord adds an embed to a message with a link: a MESSAGE_UPDATE with the same text. */
  unfurl(message: string, embed?: Embed): void;
  /** A moderator archives, locks or opens a thread. */
  setThread(thread: string, to: { archived?: boolean; locked?: boolean }): void;
  /** A person leaves the guild; what they wrote stays. `addPerson` brings them back. */
  leave(person: string): void;
  /** A moderator purges messages of one channel (MESSAGE_DELETE_BULK). */
  purge(messages: readonly string[]): void;
  /** A moderator deletes a thread with everything in it. */
  removeThread(thread: string): void;
  /** Sets what a role or person may do in a channel (permission bits). */
  setOverwrite(channel: string, id: string, bits: { allow?: bigint; deny?: bigint }): void;
}

/** The server under the driver. */
export interface Running {
  token: string;
  port: number;
  troubles: Troubles<RestTrouble>;
  close(): Promise<void>;
}

/** The driver of a running server. */
export function driver(
  discord: Discord,
  bot: { interactions: Interactions; modals: Modals; commands: Commands },
  running: Running,
): LocalDiscord {
  const { guild, gateway } = discord;
  const eyes = new Eyes(discord);
  const people = new People(discord, eyes);
  const acting = new Acting(discord, eyes, bot);
  return {
    name: "discord",
    workspace: guild.guild,
    botUser: guild.bot.id,
    apiUrl: `http://127.0.0.1:${running.port}/api`,
    tokens: { bot: running.token, app: null },

    addPerson(person) {
      const { user, fresh, newRoles } = guild.putPerson(person);
      forgetUser(user);
      for (const role of newRoles) {
        gateway.dispatch("GUILD_ROLE_CREATE", Intent.guilds, () => ({
          guild_id: guild.guild,
          role: roleJson(role),
        }));
      }
      gateway.dispatch(fresh ? "GUILD_MEMBER_ADD" : "GUILD_MEMBER_UPDATE", Intent.guildMembers, () => ({
        ...memberJson(user),
        guild_id: guild.guild,
      }));
    },
    addChannel(channel) {
      addChannel(discord, channel);
    },

    say: async (person, channel, text, options) => people.say(person, channel, text, options),
    edit: async (person, _channel, message, text) => people.edit(person, message, text),
    remove: async (person, _channel, message) => people.remove(person, message),
    react: async (person, _channel, message, emoji, added = true) =>
      people.react(person, message, emoji, added),
    press: (person, message, label) => acting.press(person, message, label),
    choose: (person, message, option) => acting.choose(person, message, option),
    slash: (person, channel, text, options) => acting.slash(person, channel, text, options?.thread),
    shortcut: (person, _channel, message, name) => acting.shortcut(person, message, name),
    modal: (person) => acting.modal(person),
    submit: (person, values) => acting.submit(person, values),
    dismiss: async (person) => acting.dismiss(person),
    seenBy: (person) => eyes.seenBy(person),
    messages: (channel) => eyes.messages(channel),
    find: (message) => eyes.find(message),
    observe(listener: (happening: Happening) => void) {
      discord.watchers.add(listener);
      return () => discord.watchers.delete(listener);
    },

    cut: () => gateway.cut(),
    stop: () => running.close(),

    directChannel(person) {
      const user = guild.users.get(person);
      if (!user) throw new Error(`there is no person ${person} here; add them with addPerson`);
      return guild.directWith(user).id;
    },
    connected: () => gateway.connected,
    reconnect: () => gateway.reconnect(),
    invalidate: (resumable) => gateway.invalidate(resumable),
    failNext(count, fault, match = {}) {
      running.troubles.plan({ count, fault, ...match });
    },
    trouble: (trouble) => running.troubles.plan(trouble),
    disturb: (trouble) => gateway.troubles.plan(trouble),
    silence: () => gateway.silence(),
    unfurl(message, embed = { type: "link", title: "A page", url: "https://example.com" }) {
      const found = messageOf(guild, message);
      change(discord, found, { embeds: [...found.embeds, embed], marksEdited: false });
    },
    setThread(thread, to) {
      changeThread(discord, threadOf(guild, thread), to);
    },
    leave(person) {
      const user = eyes.user(person);
      user.member = null;
      forgetUser(user);
      for (const { thread } of guild.threads()) thread?.members.delete(user.id);
      gateway.dispatch("GUILD_MEMBER_REMOVE", Intent.guildMembers, () => ({
        guild_id: guild.guild,
        user: userJson(user),
      }));
    },
    purge(messages) {
      const found = messages.map((id) => messageOf(guild, id));
      const channel = found[0]?.channel;
      if (channel) remove(discord, channel, found);
    },
    removeThread(thread) {
      removeChannel(discord, threadOf(guild, thread));
    },
    setOverwrite(channel, id, { allow = 0n, deny = 0n }) {
      const place = guild.channels.get(channel);
      if (!place) throw new Error(`there is no channel ${channel}`);
      const type = guild.roles.has(id) ? 0 : 1;
      place.overwrites = [...place.overwrites.filter((each) => each.id !== id), { id, type, allow, deny }];
      gateway.dispatch("CHANNEL_UPDATE", Intent.guilds, () => channelJson(guild, place));
    },
  };
}

function addChannel(discord: Discord, channel: LocalDiscordChannel): void {
  const { guild, gateway } = discord;
  const facts = {
    name: channel.name,
    topic: channel.topic ?? null,
    requireTag: channel.requireTag ?? false,
    overwrites: overwritesFor(guild, channel),
    tags: (channel.tags ?? []).map((name) => ({ id: guild.nextId(), name })),
  };
  const known = guild.channels.get(channel.id);
  const type = channel.kind === "forum" ? ChannelType.forum : ChannelType.text;
  const place = known ? Object.assign(known, facts) : guild.addChannel({ id: channel.id, type, ...facts });
  // Every channel of the guild is told of, also those the bot cannot look into.
  const event = known ? "CHANNEL_UPDATE" : "CHANNEL_CREATE";
  gateway.dispatch(event, Intent.guilds, () => channelJson(guild, place));
}

function messageOf(guild: Guild, id: string): Message {
  const message = guild.messages.get(id);
  if (!message || message.deleted) throw new Error(`there is no message ${id}`);
  return message;
}

function threadOf(guild: Guild, id: string) {
  const channel = guild.channels.get(id);
  if (!channel?.thread) throw new Error(`there is no thread ${id}`);
  return channel;
}
