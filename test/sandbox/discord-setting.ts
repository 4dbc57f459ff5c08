// A local Discord with a few people and channels, and the real discord.js on it.
import {
  ChannelType,
  Client,
  type ClientOptions,
  DiscordAPIError,
  GatewayIntentBits,
  Partials,
  type TextChannel,
} from "discord.js";
import type { LocalDiscord, LocalDiscordOptions } from "../../src/sandbox/discord/server.ts";
import { snowflakeAt, startLocalDiscord } from "../../src/sandbox/discord/server.ts";
import type { Happening, ShownMessage } from "../../src/sandbox/world.ts";
import { strictInspector } from "./discord-strict/strict.ts";

/** A Tuesday morning in Madrid, 09:30. */
export const MORNING = Date.parse("2026-03-10T08:30:00Z");

export const ana = snowflakeAt(MORNING - 900 * 86_400_000, 1);
export const bob = snowflakeAt(MORNING - 800 * 86_400_000, 2);
export const help = snowflakeAt(MORNING - 700 * 86_400_000, 3);
export const secret = snowflakeAt(MORNING - 700 * 86_400_000, 4);
export const forum = snowflakeAt(MORNING - 700 * 86_400_000, 5);

export const INTENTS = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMembers,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.GuildMessageReactions,
  GatewayIntentBits.DirectMessages,
  GatewayIntentBits.MessageContent,
];

export interface Setting {
  discord: LocalDiscord;
  clock: { at: number; now(): number };
  happenings: Happening[];
  /** The refusals so far, `code method`. */
  refusals(): string[];
  /** Resolves with the first happening, past or future, that `wanted` picks. */
  happening<T>(wanted: (happening: Happening) => T | null): Promise<T>;
  login(options?: Partial<ClientOptions>): Promise<Client<true>>;
  end(): Promise<void>;
}

export async function setting(options: Partial<LocalDiscordOptions> = {}): Promise<Setting> {
  const clock = { at: MORNING, now: () => clock.at };
  // What the server sends is held against Discord's description; what these tests send is often wrong on purpose.
  const inspector = { ...strictInspector(), request: () => [] };
  const discord = await startLocalDiscord({ clock, inspector, ...options });
  discord.addPerson({ id: ana, name: "Ana Torres", groups: ["Support"], locale: "es-ES" });
  discord.addPerson({ id: bob, name: "Bob", timezone: "America/New_York" });
  discord.addChannel({ id: help, name: "help", kind: "text", private: false });
  discord.addChannel({ id: secret, name: "team", kind: "text", private: true, members: [ana] });
  discord.addChannel({ id: forum, name: "questions", kind: "forum", private: false, tags: ["billing"] });
  const happenings: Happening[] = [];
  const waiting = new Set<(happening: Happening) => void>();
  discord.observe((happening) => {
    happenings.push(happening);
    for (const listener of waiting) listener(happening);
  });
  const clients: Client[] = [];
  return {
    discord,
    clock,
    happenings,
    refusals: () => happenings.flatMap((h) => (h.kind === "refused" ? [`${h.code} ${h.method}`] : [])),
    happening: (wanted) =>
      new Promise((resolve) => {
        const listener = (happening: Happening): boolean => {
          const found = wanted(happening);
          if (found === null) return false;
          waiting.delete(listener);
          resolve(found);
          return true;
        };
        if (!happenings.some(listener)) waiting.add(listener);
      }),
    async login(extra = {}) {
      const client = new Client({
        intents: INTENTS,
        partials: [Partials.Channel, Partials.Message, Partials.Reaction],
        rest: { api: discord.apiUrl, retries: 0 },
        allowedMentions: { parse: [] },
        ...extra,
      });
      clients.push(client);
      const ready = new Promise<Client<true>>((resolve) => client.once("clientReady", resolve));
      await client.login(discord.tokens.bot);
      return ready;
    },
    async end() {
      await Promise.all(clients.map((client) => client.destroy()));
      await discord.stop();
      const mistakes = happenings.filter((each) => each.kind === "refused" && each.code === "500");
      if (mistakes.length > 0) throw new Error(`the server broke its own rules: ${JSON.stringify(mistakes)}`);
    },
  };
}

export function posted(happening: Happening): ShownMessage | null {
  return happening.kind === "posted" ? happening.message : null;
}

/** The last message a person sees. */
export function last(messages: readonly ShownMessage[]): ShownMessage {
  const message = messages.at(-1);
  if (!message) throw new Error("nothing to see");
  return message;
}

/** Resolves with the first event of this name that `wanted` accepts. */
export function next<T>(
  client: Client,
  event: string,
  wanted: (value: T) => boolean = () => true,
): Promise<T> {
  return new Promise((resolve) => {
    const listener = (value: T): void => {
      if (!wanted(value)) return;
      client.off(event, listener);
      resolve(value);
    };
    client.on(event, listener);
  });
}

/** The text channel as the SDK has it. */
export async function channelOf(client: Client, id: string): Promise<TextChannel> {
  const channel = await client.channels.fetch(id);
  if (channel?.type !== ChannelType.GuildText) throw new Error(`${id} is no text channel`);
  return channel;
}

/** The code a call is refused with; `no error` where it is not. */
export const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "no error",
    (error: unknown) => (error instanceof DiscordAPIError ? error.code : error),
  );
