// A bot of its own on the local Discord, with commands and an answer that each test gives it. Whoever imports this starts it
// with `start`; it is stopped after each test.
import {
  type APIApplicationCommandOption,
  ChannelType,
  type Client,
  type Interaction,
  ApplicationCommandOptionType as Option,
} from "discord.js";
import { afterEach, beforeEach } from "vitest";
import { help, type Setting, setting } from "./discord-setting.ts";

export let s: Setting;
export let client: Client<true>;
let onInteraction: (interaction: Interaction) => Promise<unknown>;
/** What went wrong inside the bot's answers, with Discord's code. */
export let botErrors: unknown[];

export const number: APIApplicationCommandOption = {
  type: Option.Integer,
  name: "number",
  description: "which one",
  min_value: 1,
  required: true,
};
const options: APIApplicationCommandOption[] = [
  { type: Option.Subcommand, name: "list", description: "open ones" },
  { type: Option.Subcommand, name: "claim", description: "take it", options: [number] },
  {
    type: Option.Subcommand,
    name: "assign",
    description: "give it",
    options: [number, { type: Option.User, name: "who", description: "to whom", required: true }],
  },
  {
    type: Option.Subcommand,
    name: "wait",
    description: "on the customer",
    options: [number, { type: Option.String, name: "why", description: "why", max_length: 50 }],
  },
  {
    type: Option.Subcommand,
    name: "tier",
    description: "set it",
    options: [
      number,
      {
        type: Option.Integer,
        name: "tier",
        description: "1 to 5",
        required: true,
        choices: [
          { name: "Everything is failing", value: 1 },
          { name: "Money", value: 2 },
        ],
      },
    ],
  },
];
const commands = [
  { name: "request", description: "Requests", options },
  { name: "queue", description: "What is open" },
  { name: "admins", description: "Only for them", default_member_permissions: "8" },
  { type: 3, name: "Track this" },
];

beforeEach(async () => {
  botErrors = [];
  onInteraction = async () => {};
});
afterEach(() => s.end());

export async function start(with_: Parameters<typeof setting>[0] = {}): Promise<void> {
  s = await setting(with_);
  client = await s.login();
  await client.application.commands.set(commands, s.discord.workspace);
  client.on("interactionCreate", (interaction) => {
    onInteraction(interaction).catch((error: unknown) => botErrors.push(error));
  });
}

/** Answers the next interactions with this, as the kind of interaction the test expects. */
export function answer<T>(act: (interaction: T) => Promise<unknown>): void {
  onInteraction = (interaction) => act(interaction as T);
}

export async function card(components: object[]): Promise<string> {
  const channel = await client.channels.fetch(help);
  if (channel?.type !== ChannelType.GuildText) throw new Error("no text channel");
  const rows = components.map((component) => ({ type: 1, components: [component] }));
  return (await channel.send({ content: "Request 42", components: rows as never })).id;
}
