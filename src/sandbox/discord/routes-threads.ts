// Threads and forum posts over REST. https://docs.discord.com/developers/resources/channel#start-thread-from-message
import { checkMessage } from "./check-message.ts";
import { FormFaults, invalidForm, type Json, refuse } from "./errors.ts";
import { Form } from "./form.ts";
import { type Channel, ChannelType } from "./model.ts";
import { Permission as P } from "./permissions.ts";
import { type Discord, joinThread } from "./posting.ts";
import { type Call, created, type Router } from "./router.ts";
import { demand, messageIn, type RestContext, visibleChannel } from "./routes-messages.ts";
import { compareIds } from "./snowflake.ts";
import { changeThread, removeChannel, startForumPost, startThread, type ThreadChange } from "./threads.ts";
import { channelJson, memberJson, messageJson, threadJson, threadMemberJson } from "./wire.ts";

const ARCHIVE_AFTER = [60, 1440, 4320, 10080];

export function threadRoutes(router: Router, context: RestContext): void {
  const { discord } = context;
  const { guild } = discord;

  router.add("POST", "/channels/:channel/messages/:message/threads", (call) => {
    const parent = visibleChannel(discord, call);
    if (parent.type !== ChannelType.text) throw refuse.wrongChannelType();
    demand(discord, parent, P.createPublicThreads);
    const { name, autoArchiveMinutes } = checkThread(call.body);
    const root = messageIn(discord, parent, call);
    if (!root.thread) demandRoom(context);
    return created(
      threadJson(guild, startThread(discord, { owner: guild.bot, name, parent, root, autoArchiveMinutes })),
    );
  });
  router.add("POST", "/channels/:channel/threads", (call) => {
    const parent = visibleChannel(discord, call);
    if (parent.type === ChannelType.forum) {
      demandRoom(context);
      return created(forumPost(discord, parent, call));
    }
    if (parent.type !== ChannelType.text) throw refuse.wrongChannelType();
    const type = call.body.type === ChannelType.publicThread ? 11 : 12;
    demand(discord, parent, type === 11 ? P.createPublicThreads : P.createPrivateThreads);
    const { name, autoArchiveMinutes } = checkThread(call.body);
    demandRoom(context);
    const invitable = call.body.invitable !== false;
    const start = {
      owner: guild.bot,
      name,
      parent,
      root: null,
      autoArchiveMinutes,
      type,
      invitable,
    } as const;
    return created(threadJson(guild, startThread(discord, start)));
  });
  router.add("PATCH", "/channels/:channel", (call) => {
    const channel = visibleChannel(discord, call);
    if (channel.recipient) throw refuse.notOnDirect();
    if (!channel.thread) {
      demand(discord, channel, P.manageChannels);
      const name = new Form(new FormFaults(), [], call.body).text("name", { min: 1, max: 100 });
      if (name !== null) channel.name = name;
      return channelJson(guild, channel);
    }
    patchThread(discord, channel, call.body);
    return threadJson(guild, channel);
  });
  router.add("DELETE", "/channels/:channel", (call) => {
    const channel = visibleChannel(discord, call);
    if (!channel.recipient) demand(discord, channel, channel.thread ? P.manageThreads : P.manageChannels);
    const json = channelJson(guild, channel);
    if (!channel.recipient) removeChannel(discord, channel);
    return json;
  });

  const members = "/channels/:channel/thread-members";
  const thread = (call: Call): Channel => {
    const channel = visibleChannel(discord, call);
    if (!channel.thread) throw refuse.wrongChannelType();
    return channel;
  };
  router.add("GET", members, (call) => {
    const channel = thread(call);
    return [...(channel.thread?.members ?? [])].map(([id, at]) => threadMemberJson(channel, id, at));
  });
  router.add("PUT", `${members}/@me`, (call) => {
    const channel = thread(call);
    if (channel.thread?.archived) throw refuse.archived();
    joinThread(discord, channel, guild.bot.id);
  });
  router.add("DELETE", `${members}/@me`, (call) => {
    thread(call).thread?.members.delete(guild.bot.id);
  });
  router.add("PUT", `${members}/:user`, (call) => {
    const channel = thread(call);
    if (channel.thread?.archived) throw refuse.archived();
    demand(discord, channel, P.sendMessagesInThreads);
    const user = guild.users.get(call.params.user ?? "");
    if (!user) throw refuse.unknownUser();
    joinThread(discord, channel, user.id);
  });
  router.add("GET", `${members}/:user`, (call) => {
    const channel = thread(call);
    const user = guild.users.get(call.params.user ?? "");
    const at = channel.thread?.members.get(user?.id ?? "");
    if (!user || at === undefined) throw refuse.unknownMember();
    const member = call.query.get("with_member") === "true" ? { member: memberJson(user) } : {};
    return { ...threadMemberJson(channel, user.id, at), ...member };
  });
  router.add("GET", "/channels/:channel/threads/archived/public", (call) => archived(discord, call, 11));
  router.add("GET", "/channels/:channel/threads/archived/private", (call) => archived(discord, call, 12));
}

/** 160006 when as many threads are open as a guild may have. */
function demandRoom({ discord, activeThreads }: RestContext): void {
  let open = 0;
  for (const { thread } of discord.guild.threads()) if (!thread?.archived) open += 1;
  if (open >= activeThreads) throw refuse.tooManyThreads();
}

function checkThread(body: Json): { name: string; autoArchiveMinutes: number } {
  const faults = new FormFaults();
  const form = new Form(faults, [], body);
  const name = form.text("name", { min: 1, max: 100, required: true }) ?? "";
  form.choice("auto_archive_duration", ARCHIVE_AFTER);
  form.whole("rate_limit_per_user", { min: 0, max: 21_600 });
  form.choice("type", [10, 11, 12]);
  faults.check();
  const minutes = body.auto_archive_duration;
  return { name, autoArchiveMinutes: typeof minutes === "number" ? minutes : 4320 };
}

function forumPost(discord: Discord, parent: Channel, call: Call): Json {
  const { guild } = discord;
  demand(discord, parent, P.sendMessages);
  const { name, autoArchiveMinutes } = checkThread(call.body);
  const first = call.body.message;
  if (typeof first !== "object" || first === null) {
    throw invalidForm(["message"], "BASE_TYPE_REQUIRED", "This field is required");
  }
  const body = checkMessage(first as Json, call.uploads, null, ["message"]);
  const tags = checkTags(parent, call.body.applied_tags);
  if (parent.requireTag && tags.length === 0) throw refuse.tagRequired();
  const { channel, message } = startForumPost(
    discord,
    { owner: guild.bot, name, parent, autoArchiveMinutes, tags },
    {
      content: body.content ?? "",
      embeds: body.embeds ?? [],
      components: body.components ?? [],
      uploads: body.uploads,
      flags: (body.flags ?? 0) & ~64,
      allowedMentions: body.allowedMentions,
    },
  );
  return { ...threadJson(guild, channel), message: messageJson(guild, message, { content: true }) };
}

function checkTags(parent: Channel | null, value: unknown): string[] {
  if (value === undefined || value === null) return [];
  const ids = Array.isArray(value) ? value.map(String) : [];
  if (ids.length > 5) {
    throw invalidForm(["applied_tags"], "BASE_TYPE_MAX_LENGTH", "Must be 5 or fewer in length.");
  }
  const known = new Set(parent?.tags.map(({ id }) => id));
  for (const [index, id] of ids.entries()) {
    if (!known.has(id)) throw invalidForm(["applied_tags", index], "FORUM_TAG_UNKNOWN", "Unknown tag");
  }
  return ids;
}

function patchThread(discord: Discord, channel: Channel, body: Json): void {
  const { guild } = discord;
  const { thread } = channel;
  if (!thread) return;
  // "When setting archived to false, when locked is also false, only the SEND_MESSAGES permission is required."
  const wakes =
    body.archived === false && Object.keys(body).every((field) => field === "archived" || field === "locked");
  const mayWake =
    wakes && !thread.locked && body.locked !== true && guild.can(guild.bot, channel, P.sendMessagesInThreads);
  const owns = thread.owner === guild.bot.id && body.locked === undefined && !thread.locked;
  if (!mayWake && !owns && !guild.can(guild.bot, channel, P.manageThreads)) throw refuse.missingPermissions();
  // An archived thread can be changed in no other way than by opening it.
  if (thread.archived && body.archived !== false) throw refuse.archived();
  const faults = new FormFaults();
  const form = new Form(faults, [], body);
  const name = form.text("name", { min: 1, max: 100 });
  form.choice("auto_archive_duration", ARCHIVE_AFTER);
  faults.check();
  const to: ThreadChange = {};
  if (name !== null) to.name = name;
  if (typeof body.archived === "boolean") to.archived = body.archived;
  if (typeof body.locked === "boolean") to.locked = body.locked;
  if (typeof body.auto_archive_duration === "number") to.autoArchiveMinutes = body.auto_archive_duration;
  if (body.applied_tags !== undefined) to.tags = checkTags(channel.parent, body.applied_tags);
  changeThread(discord, channel, to);
}

function archived(discord: Discord, call: Call, type: 11 | 12): Json {
  const { guild } = discord;
  const parent = visibleChannel(discord, call);
  demand(discord, parent, P.readMessageHistory);
  if (type === 12) demand(discord, parent, P.manageThreads);
  const before = Date.parse(call.query.get("before") ?? "") || Number.POSITIVE_INFINITY;
  const limit = Math.min(100, Number(call.query.get("limit") ?? 50));
  const all = [...parent.threads]
    .filter(({ type: is, thread }) => is === type && thread?.archived && thread.archivedAt < before)
    .sort((a, b) => (b.thread?.archivedAt ?? 0) - (a.thread?.archivedAt ?? 0) || compareIds(b.id, a.id));
  const threads = all.slice(0, limit);
  const members = threads.flatMap((channel) => {
    const at = channel.thread?.members.get(guild.bot.id);
    return at === undefined ? [] : [threadMemberJson(channel, guild.bot.id, at)];
  });
  return {
    threads: threads.map((channel) => threadJson(guild, channel)),
    members,
    has_more: all.length > limit,
  };
}
