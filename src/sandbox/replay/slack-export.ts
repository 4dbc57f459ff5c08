// A Slack export: channels.json, users.json, and a folder for each channel with a file for each day. Also loose files of
// messages that name their channel (the fixtures of importers look so).
// https://slack.com/help/articles/220556107-How-to-read-Slack-data-exports
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
import { typedText } from "./slack-text.ts";

const user = z.object({
  id: z.string().min(1),
  name: z.string().catch(""),
  real_name: z.string().catch(""),
  is_bot: z.boolean().catch(false),
  profile: z
    .object({ display_name: z.string().catch(""), real_name: z.string().catch("") })
    .catch({ display_name: "", real_name: "" }),
});

const channel = z.object({ id: z.string().min(1), name: z.string().catch("") });

const file = z.object({
  name: z.string().catch("file"),
  mimetype: z.string().catch("application/octet-stream"),
  size: z.number().nonnegative().catch(0),
  mode: z.string().catch(""),
});

const text = z.string().catch("");

const message = z.object({
  ts: z.string().regex(/^\d{1,12}(?:\.\d{1,9})?$/, "expected a time like 1434139102.000002"),
  subtype: z.string().nullish().catch(null),
  user: z.string().nullish().catch(null),
  bot_id: z.string().nullish().catch(null),
  username: z.string().nullish().catch(null),
  text,
  thread_ts: z.string().nullish().catch(null),
  hidden: z.boolean().catch(false),
  edited: z.object({ ts: z.string() }).nullish().catch(null),
  file: file.nullish().catch(null),
  files: z.array(file).catch([]),
  comment: z
    .object({ user: z.string().catch(""), comment: text })
    .nullish()
    .catch(null),
  attachments: z.array(z.object({ pretext: text, title: text, text, fallback: text })).catch([]),
  user_profile: z.object({ display_name: text, real_name: text, name: text }).nullish().catch(null),
  channel_name: z.string().nullish().catch(null),
});
type SlackMessage = z.infer<typeof message>;

/** The subtypes somebody wrote; every other one is Slack's own (joins, topics, pins, reminders). */
const written = new Set([
  "bot_message",
  "file_share",
  "file_comment",
  "me_message",
  "thread_broadcast",
  "slackbot_response",
]);

const lists = { public: ["channels.json", "groups.json"], direct: ["dms.json", "mpims.json"] };
/** Files of an export in which nobody says anything. */
const besides =
  /^(?:integration_logs|canvases|lists|huddle_transcripts|file_conversations|org_users|teams|.*\.canvas)\.json$/;

/** Whether these files look like a Slack export. Looks at names, and into loose files. */
export function isSlackExport(sources: readonly Source[], firstOf: (source: Source) => unknown): boolean {
  return sources.some((source) => {
    if (/(?:^|\/)(?:channels|users)\.json$/.test(source.path)) return true;
    const first = firstOf(source);
    return (
      Array.isArray(first) && first.some((item) => typeof item === "object" && item !== null && "ts" in item)
    );
  });
}

/** Reads an export. Throws ReplayError for a file that is not JSON or not a list. */
export function readSlackExport(sources: readonly Source[]): Replay {
  const base = baseOf(sources);
  const inside = sources
    .filter((source) => source.path.startsWith(base))
    .map((source) => ({ source, path: source.path.slice(base.length) }));
  const named = (name: string) => inside.find(({ path }) => path === name)?.source;
  const people = new Map<string, ReplayPerson>();
  const skipped: Skipped[] = [];
  const users = named("users.json");
  if (users) {
    for (const { value } of items(users, user, skipped)) people.set(value.id, personOf(value));
  }
  const channels = new Map<string, ReplayChannel>();
  const direct = new Set<string>();
  for (const list of lists.public.map(named)) {
    if (list === undefined) continue;
    for (const { value } of items(list, channel, skipped)) {
      channels.set(value.id, { id: value.id, name: value.name || value.id, kind: "text" });
    }
  }
  for (const list of lists.direct.map(named)) {
    if (list === undefined) continue;
    for (const { value } of items(list, channel, skipped)) direct.add(value.id).add(value.name);
  }

  const drafts: Draft[] = [];
  for (const { source, path } of inside) {
    const slash = path.indexOf("/");
    const folder = slash < 0 ? null : path.slice(0, slash);
    if (folder === null && [...lists.public, ...lists.direct, "users.json"].includes(path)) continue;
    if (besides.test(path.slice(path.lastIndexOf("/") + 1))) continue;
    if (folder !== null && direct.has(folder)) {
      skipped.push({ place: source.place, reason: "direct messages are not replayed" });
      continue;
    }
    for (const { value, place } of items(source, message, skipped)) {
      const name = folder ?? value.channel_name ?? path.replace(/\.json$/, "");
      const where = channelNamed(channels, name);
      const taken = take(value, where.id, people);
      if (typeof taken === "string") skipped.push({ place, reason: taken });
      else drafts.push({ ...taken, place });
    }
  }
  const byName = (id: string) => people.get(id)?.name ?? null;
  for (const draft of drafts) draft.text = typedText(draft.text, byName, (id) => channels.has(id));
  const messages = arrange(drafts, skipped);
  const spoken = new Set(messages.map((one) => one.channel));
  return {
    platform: "slack",
    people: whoAppears(people, messages),
    channels: [...channels.values()].filter((one) => spoken.has(one.id)),
    messages,
    skipped,
  };
}

/** Where the export begins: some are zipped with a folder around them. */
function baseOf(sources: readonly Source[]): string {
  const bases = sources
    .filter((source) => /(?:^|\/)(?:channels|users)\.json$/.test(source.path))
    .map((source) => source.path.replace(/[^/]*$/, ""))
    .sort((a, b) => a.length - b.length);
  return bases[0] ?? "";
}

/** The items of a file that is a list, those that are not understood noted. */
function* items<Shape extends z.ZodType>(
  source: Source,
  shape: Shape,
  skipped: Skipped[],
): Iterable<{ value: z.infer<Shape>; place: string }> {
  const list = parseJson(source);
  if (!Array.isArray(list)) {
    throw new ReplayError(
      source.place,
      "a list was expected here, as in a Slack export. Is this another kind of file?",
    );
  }
  for (const [index, item] of list.entries()) {
    const place = `${source.place}, $[${index}]`;
    const read = shape.safeParse(item);
    if (read.success) yield { value: read.data, place };
    else skipped.push({ place, reason: `not understood (${faultOf(read.error)})` });
  }
}

function personOf(value: z.infer<typeof user>): ReplayPerson {
  const { profile } = value;
  const name = profile.display_name || profile.real_name || value.real_name || value.name || value.id;
  return { id: value.id, name, bot: value.is_bot || value.id === "USLACKBOT" };
}

/** Folders carry the channel's name, in some exports its id; what no list names is a channel all the same. */
function channelNamed(channels: Map<string, ReplayChannel>, name: string): ReplayChannel {
  const found = channels.get(name) ?? [...channels.values()].find((one) => one.name === name);
  if (found) return found;
  const made: ReplayChannel = { id: name, name, kind: "text" };
  channels.set(name, made);
  return made;
}

/** The draft of a message, or why it is none. */
function take(
  value: SlackMessage,
  where: string,
  people: Map<string, ReplayPerson>,
): Omit<Draft, "place"> | string {
  const { subtype } = value;
  if (subtype && !written.has(subtype)) return `written by Slack itself (${subtype})`;
  if (value.hidden) return "hidden";
  const author = value.comment?.user || value.user || value.bot_id || value.username;
  if (!author) return "nobody wrote it (neither user nor bot_id)";
  if (!people.has(author)) {
    const profile = value.user_profile;
    const name = profile?.display_name || profile?.real_name || profile?.name || value.username || author;
    people.set(author, { id: author, name, bot: !value.user && !value.comment });
  }
  const files = [...value.files, ...(value.file && subtype === "file_share" ? [value.file] : [])]
    .filter((one) => one.mode !== "tombstone" && one.mode !== "hidden_by_limit")
    .map((one) => ({ name: one.name, mime: one.mimetype, bytes: one.size }));
  const attached = value.attachments.map(
    (one) => [one.pretext, one.title, one.text].filter(Boolean).join("\n") || one.fallback,
  );
  const said = value.comment?.comment || value.text || attached.filter(Boolean).join("\n");
  if (said.trim() === "" && files.length === 0) return "neither text nor file";
  const at = millis(value.ts);
  const edited = value.edited ? millis(value.edited.ts) : Number.NaN;
  return {
    id: `${where}/${value.ts}`,
    channel: where,
    at: Math.floor(at),
    author,
    text: said,
    thread: value.thread_ts && value.thread_ts !== value.ts ? `${where}/${value.thread_ts}` : null,
    replyTo: null,
    files,
    ...(Number.isFinite(edited) ? { edited: Math.floor(edited) } : {}),
  };
}

function millis(ts: string): number {
  return Number(ts) * 1000;
}
