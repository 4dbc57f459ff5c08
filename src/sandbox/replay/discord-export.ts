// Files of DiscordChatExporter: one a channel or thread. Types come as names in new versions, as numbers in old ones,
// sometimes as numbers in quotes. https://github.com/Tyrrrz/DiscordChatExporter
import { z } from "zod";
import { faultOf, parseJson } from "./json.ts";
import {
  arrange,
  type Draft,
  type Replay,
  type ReplayChannel,
  ReplayError,
  type ReplayPerson,
  type Skipped,
  type Source,
  whoAppears,
} from "./replay.ts";

const id = z.union([z.string().min(1), z.number().transform(String)]);
const kind = z.union([z.string(), z.number()]).transform(String).catch("0");
const text = z.string().nullish().catch(null);
const instant = z.iso.datetime({ offset: true, local: true }).transform((value) => Date.parse(zoned(value)));

const person = z.object({ id, name: z.string().catch(""), nickname: text, isBot: z.boolean().catch(false) });

const message = z.object({
  id,
  type: kind,
  timestamp: instant,
  timestampEdited: instant.nullish().catch(null),
  content: z.string().catch(""),
  author: person,
  attachments: z
    .array(z.object({ fileName: z.string().catch("file"), fileSizeBytes: z.number().nonnegative().catch(0) }))
    .catch([]),
  embeds: z.array(z.object({ title: text, description: text })).catch([]),
  stickers: z.array(z.object({ name: z.string() })).catch([]),
  mentions: z.array(person).catch([]),
  reference: z
    .object({ messageId: id.nullish().catch(null), channelId: id.nullish().catch(null) })
    .nullish()
    .catch(null),
  forwardedMessage: z
    .object({ content: z.string().catch("") })
    .nullish()
    .catch(null),
});
type DiscordMessage = z.infer<typeof message>;

const head = z.object({
  guild: z.object({ id, name: z.string().catch("") }),
  channel: z.object({
    id,
    type: kind,
    categoryId: id.nullish().catch(null),
    category: text,
    name: z.string().catch(""),
  }),
  messages: z.array(z.unknown()),
});

interface Exported {
  source: Source;
  head: z.infer<typeof head>;
  messages: { value: DiscordMessage; place: string }[];
  thread: boolean;
}

const threadTypes = /^(?:1[0-2]|Guild(?:News|Public|Private)Thread|GuildAnnouncementThread)$/;
const forumTypes = /^(?:15|16|GuildForum|GuildMedia)$/;
const directTypes = /^(?:1|3|DirectTextChat|DirectGroupTextChat)$/;
const starter = /^(?:21|ThreadStarterMessage)$/;
/** What somebody wrote, by name or number: plain, reply, and what a bot answers to a command. */
const written = /^(?:0|19|20|23|Default|Reply|ChatInputCommand|ApplicationCommand|ContextMenuCommand)$/;

/** Whether a parsed file is one of DiscordChatExporter. */
export function isDiscordExport(parsed: unknown): boolean {
  return (
    typeof parsed === "object" &&
    parsed !== null &&
    "guild" in parsed &&
    "channel" in parsed &&
    "messages" in parsed
  );
}

/** Reads the files of one server. Throws ReplayError for a file that is not JSON or lacks what the format is made of. */
export function readDiscordExport(sources: readonly Source[]): Replay {
  const skipped: Skipped[] = [];
  const files = sources.map((source) => readFile(source, skipped));
  const server = files[0];
  const other = files.find((one) => one.head.guild.id !== server?.head.guild.id);
  if (server && other) {
    throw new ReplayError(
      other.source.place,
      `is of the server "${other.head.guild.name}", ${server.source.place} of "${server.head.guild.name}". Replay one server at a time.`,
    );
  }
  const people = new Map<string, ReplayPerson>();
  const channels = new Map<string, ReplayChannel>();
  for (const { head: one, thread, source } of files) {
    if (thread) continue;
    if (directTypes.test(one.channel.type)) {
      skipped.push({ place: source.place, reason: "direct messages are not replayed" });
      continue;
    }
    channels.set(one.channel.id, {
      id: one.channel.id,
      name: one.channel.name || one.channel.id,
      kind: "text",
    });
  }
  const categories = new Set(files.flatMap((one) => (one.thread ? [] : [one.head.channel.categoryId])));
  const drafts: Draft[] = [];
  const add = (draft: Omit<Draft, "place"> | string, place: string) => {
    if (typeof draft === "string") skipped.push({ place, reason: draft });
    else drafts.push({ ...draft, place });
  };
  for (const one of files) {
    if (!one.thread) {
      const { id: channel } = one.head.channel;
      if (!channels.has(channel)) continue;
      for (const { value, place } of one.messages) add(take(value, channel, null, people), place);
      continue;
    }
    const parent = parentOf(one, channels, categories);
    // A forum post begins with a message of the thread's own id (or, in old files, with a starter that has the text).
    const first = one.messages.find(({ value }) => !isRepeat(value))?.value;
    const post =
      first && (first.id === one.head.channel.id || forumTypes.test(one.head.channel.type)) ? first : null;
    if (post) parent.kind = "forum";
    const root =
      post?.id ??
      one.messages.find(({ value }) => isRepeat(value))?.value.reference?.messageId ??
      one.head.channel.id;
    for (const { value, place } of one.messages) {
      const draft = isRepeat(value)
        ? "repeats the message its thread hangs under"
        : take(value, parent.id, value === post ? null : root, people, value === post);
      if (typeof draft !== "string" && one.head.channel.name !== "") draft.title = one.head.channel.name;
      add(draft, place);
    }
  }
  const typed = drafts.map((draft) => ({ ...draft, text: typedText(draft.text, people, channels) }));
  const messages = arrange(typed, skipped);
  const spoken = new Set(messages.map((one) => one.channel));
  return {
    platform: "discord",
    people: whoAppears(people, messages),
    channels: [...channels.values()].filter((one) => spoken.has(one.id)),
    messages,
    skipped,
  };
}

function readFile(source: Source, skipped: Skipped[]): Exported {
  const read = head.safeParse(parseJson(source));
  if (!read.success)
    throw new ReplayError(
      `${source.place}, ${faultOf(read.error)}`,
      "DiscordChatExporter writes this differently.",
    );
  const messages: Exported["messages"] = [];
  for (const [index, item] of read.data.messages.entries()) {
    const place = `${source.place}, $.messages[${index}]`;
    const value = message.safeParse(item);
    if (value.success) messages.push({ value: value.data, place });
    else skipped.push({ place, reason: `not understood (${faultOf(value.error)})` });
  }
  const { type } = read.data.channel;
  return { source, head: read.data, messages, thread: threadTypes.test(type) || forumTypes.test(type) };
}

/**
 * The channel a thread belongs to. New versions write it as the thread's "category"; older ones write the category
 * there, and only the file's name (`Server - channel - thread [id].json`) or a starter's reference tells the channel.
 */
function parentOf(
  one: Exported,
  channels: Map<string, ReplayChannel>,
  categories: ReadonlySet<unknown>,
): ReplayChannel {
  const { channel, guild } = one.head;
  const referenced = one.messages.find(({ value }) => isRepeat(value))?.value.reference?.channelId;
  const own =
    (referenced && channels.get(referenced)) || (channel.categoryId && channels.get(channel.categoryId));
  if (own) return own;
  const file = one.source.path.slice(one.source.path.lastIndexOf("/") + 1);
  const middle = file.startsWith(`${guild.name} - `) ? file.slice(guild.name.length + 3) : "";
  const end = middle.lastIndexOf(` - ${channel.name} [`);
  const name = end > 0 ? middle.slice(0, end) : (channel.category ?? "");
  const namesake = [...channels.values()].find((known) => known.name === name);
  if (namesake) return namesake;
  const isCategory = channel.categoryId && (categories.has(channel.categoryId) || name !== channel.category);
  const made: ReplayChannel = {
    id: referenced ?? (isCategory ? null : channel.categoryId) ?? `parent-of-${channel.id}`,
    name: name || channel.name || channel.id,
    kind: "text",
  };
  channels.set(made.id, made);
  return made;
}

/** A thread's starter without words of its own stands for the message in the parent channel. */
function isRepeat(value: DiscordMessage): boolean {
  return starter.test(value.type) && (value.content === "" || Boolean(value.reference?.messageId));
}

function take(
  value: DiscordMessage,
  channel: string,
  thread: string | null,
  people: Map<string, ReplayPerson>,
  post = false,
): Omit<Draft, "place"> | string {
  if (!written.test(value.type) && !post) return `written by Discord itself (${value.type})`;
  people.set(value.author.id, personOf(value.author));
  for (const one of value.mentions) if (!people.has(one.id)) people.set(one.id, personOf(one));
  const files = value.attachments.map((one) => ({
    name: one.fileName,
    mime: mimeOf(one.fileName),
    bytes: one.fileSizeBytes,
  }));
  const embedded = value.embeds.map((one) => [one.title, one.description].filter(Boolean).join("\n"));
  const said = [
    value.content || value.forwardedMessage?.content,
    ...(value.author.isBot && value.content === "" ? embedded : []),
  ]
    .concat(value.stickers.map((one) => `:${one.name}:`))
    .filter(Boolean)
    .join("\n");
  if (said.trim() === "" && files.length === 0) return "neither text nor file";
  const edited = value.timestampEdited;
  return {
    id: value.id,
    channel,
    at: value.timestamp,
    author: value.author.id,
    text: said,
    thread,
    replyTo: /^(?:19|Reply)$/.test(value.type) ? (value.reference?.messageId ?? null) : null,
    files,
    ...(typeof edited === "number" ? { edited } : {}),
  };
}

function personOf({ id, name, nickname, isBot }: z.infer<typeof person>): ReplayPerson {
  return { id, name: nickname || name || id, bot: isBot };
}

/** Mentions of nobody we know become a name nobody has. */
function typedText(
  said: string,
  people: ReadonlyMap<string, ReplayPerson>,
  channels: ReadonlyMap<string, ReplayChannel>,
): string {
  return said
    .replace(/<@!?(\d+)>/g, (_, who: string) => (people.has(who) ? `<@${who}>` : `@${who}`))
    .replace(/<#(\d+)>/g, (_, where: string) => (channels.has(where) ? `<#${where}>` : `#${where}`));
}

/** Times carry an offset; where one does not, it is UTC. */
function zoned(value: string): string {
  return /(?:Z|[+-]\d{2}:?\d{2})$/.test(value) ? value : `${value}Z`;
}

const mimes: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  mp4: "video/mp4",
  pdf: "application/pdf",
  txt: "text/plain",
  log: "text/plain",
  json: "application/json",
  zip: "application/zip",
};

/** The export tells no kind of file: its ending does. */
function mimeOf(name: string): string {
  return mimes[name.slice(name.lastIndexOf(".") + 1).toLowerCase()] ?? "application/octet-stream";
}
