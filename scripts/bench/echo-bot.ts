// The yardstick: the least a bot can do on the same SDK. It repeats each message; with a database, after one INSERT.
import { PrismaPg } from "@prisma/adapter-pg";
import { App } from "@slack/bolt";
import { Client, Events, GatewayIntentBits } from "discord.js";
import { type Desk, type Entry, openDesk, readEntry } from "./contestant.ts";

const entry = readEntry();
let stop: () => Promise<void> = async () => undefined;
const desk = openDesk({ pending: async () => 0, stop: () => stop() });
const write = await writer(entry.databaseUrl);
stop = await (entry.platform === "slack" ? slack(entry, desk) : discord(entry, desk));
desk.ready();

/** Bare `pg`: no query builder, a pool of five. */
async function writer(url: string | null): Promise<(text: string) => Promise<unknown>> {
  if (url === null) return async () => undefined;
  // The built-in database has 40 connections for all contestants: more of ours, and the bot under measure gets none.
  const pool = (await new PrismaPg({ connectionString: url, max: 5 }).connect()).underlyingDriver();
  await pool.query("CREATE TABLE echo (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text text)");
  const insert = { name: "echo", text: "INSERT INTO echo (text) VALUES ($1)" };
  return (text) => pool.query({ ...insert, values: [text] });
}

async function slack({ tokens, apiUrl }: Entry, { handling }: Desk): Promise<() => Promise<void>> {
  const app = new App({
    token: tokens.bot,
    appToken: tokens.app ?? "",
    socketMode: true,
    clientOptions: { slackApiUrl: apiUrl },
  });
  app.message(async ({ message, client }) => {
    if (message.subtype !== undefined || message.bot_id !== undefined) return;
    const { channel, ts, text = "" } = message;
    const answer = async () => {
      await write(text);
      await client.chat.postMessage({ channel, thread_ts: ts, text });
    };
    await handling(ts, answer());
  });
  await app.start();
  return async () => void (await app.stop());
}

async function discord({ tokens, apiUrl }: Entry, { handling }: Desk): Promise<() => Promise<void>> {
  const { Guilds, GuildMessages, MessageContent } = GatewayIntentBits;
  const client = new Client({
    intents: [Guilds, GuildMessages, MessageContent],
    rest: { api: apiUrl, globalRequestsPerSecond: 100_000 },
  });
  client.on(Events.MessageCreate, (message) => {
    if (message.author.bot) return;
    const answer = async () => {
      await write(message.content);
      if (!entry.inThread) return void (await message.reply(message.content));
      const thread = await message.startThread({ name: message.content.slice(0, 100) });
      await thread.send(message.content);
    };
    void handling(message.id, answer());
  });
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(tokens.bot);
  await ready;
  return () => client.destroy();
}
