// Threads and forum posts: started, woken, closed.
import { refuse } from "./errors.ts";
import { Intent } from "./gateway.ts";
import { type Channel, ChannelType, Flag, type Message, MessageType, type User } from "./model.ts";
import { Permission } from "./permissions.ts";
import { canSee, type Discord, dispatchMessage, type Post, post } from "./posting.ts";
import { threadJson } from "./wire.ts";

export interface ThreadStart {
  owner: User;
  name: string;
  parent: Channel;
  /** The message it hangs under, or null for a thread of its own. */
  root: Message | null;
  autoArchiveMinutes?: number;
  tags?: string[];
  type?: 11 | 12;
  invitable?: boolean;
}

/** Starts a thread; 160004 when the message has one already. */
export function startThread(discord: Discord, start: ThreadStart): Channel {
  const { guild, gateway } = discord;
  const { parent, root, owner } = start;
  if (root?.thread || (root && guild.channels.has(root.id))) throw refuse.threadExists();
  const channel = openThread(discord, { ...start, id: root?.id ?? guild.nextId() });
  const reveal = (): void => {
    if (!canSee(discord, channel)) return;
    gateway.dispatch("THREAD_CREATE", Intent.guilds, () => ({
      ...threadJson(guild, channel),
      newly_created: true,
    }));
  };
  if (root) {
    root.thread = channel;
    root.flags |= Flag.hasThread;
    reveal();
    // The parent's message changes too, though nobody edited it.
    dispatchMessage(discord, "MESSAGE_UPDATE", root);
    post(discord, { author: owner, channel, type: MessageType.threadStarter, reference: root });
  } else {
    reveal();
    if (parent.type !== ChannelType.forum && channel.type === ChannelType.publicThread) {
      post(discord, { author: owner, channel: parent, type: MessageType.threadCreated, content: start.name });
    }
  }
  return channel;
}

/** A post in a forum: a thread whose first message has the thread's id. */
export function startForumPost(
  discord: Discord,
  start: Omit<ThreadStart, "root">,
  first: Omit<Post, "channel" | "author" | "id">,
): { channel: Channel; message: Message } {
  const channel = startThread(discord, { ...start, root: null });
  const message = post(discord, { ...first, channel, author: start.owner, id: channel.id });
  return { channel, message };
}

function openThread(discord: Discord, start: ThreadStart & { id: string }): Channel {
  const now = discord.guild.clock.now();
  return discord.guild.addChannel({
    id: start.id,
    type: start.type ?? ChannelType.publicThread,
    name: start.name,
    parent: start.parent,
    thread: {
      owner: start.owner.id,
      archived: false,
      locked: false,
      autoArchiveMinutes: start.autoArchiveMinutes ?? 4320,
      archivedAt: now,
      createdAt: now,
      invitable: start.invitable ?? true,
      members: new Map([[start.owner.id, now]]),
      messageCount: 0,
      totalSent: 0,
      tags: start.tags ?? [],
    },
  });
}

export interface ThreadChange {
  name?: string;
  archived?: boolean;
  locked?: boolean;
  autoArchiveMinutes?: number;
  tags?: string[];
}

/** Changes a thread and tells the bot. */
export function changeThread(discord: Discord, channel: Channel, to: ThreadChange): void {
  const { thread } = channel;
  if (!thread) return;
  if (to.name !== undefined) channel.name = to.name;
  if (to.archived !== undefined && to.archived !== thread.archived) {
    thread.archived = to.archived;
    thread.archivedAt = discord.guild.clock.now();
  }
  thread.locked = to.locked ?? thread.locked;
  thread.autoArchiveMinutes = to.autoArchiveMinutes ?? thread.autoArchiveMinutes;
  thread.tags = to.tags ?? thread.tags;
  if (!canSee(discord, channel)) return;
  discord.gateway.dispatch("THREAD_UPDATE", Intent.guilds, () => threadJson(discord.guild, channel));
}

/** Before somebody posts: an archived thread wakes, a locked one refuses (50083, 160005). */
export function wake(discord: Discord, channel: Channel, user: User): void {
  const { thread } = channel;
  if (!thread) return;
  if (thread.archived) {
    // Posting wakes it "as long as the thread hasn't been locked by a moderator", whoever posts.
    if (thread.locked) throw refuse.archived();
    changeThread(discord, channel, { archived: false });
  } else if (thread.locked && !discord.guild.can(user, channel, Permission.manageThreads)) {
    throw refuse.locked();
  }
}

/** Removes a thread or channel with everything in it. */
export function removeChannel(discord: Discord, channel: Channel): void {
  const { guild, gateway } = discord;
  const visible = canSee(discord, channel);
  guild.removeChannel(channel);
  if (!visible) return;
  if (channel.thread) {
    gateway.dispatch("THREAD_DELETE", Intent.guilds, () => ({
      id: channel.id,
      guild_id: guild.guild,
      parent_id: channel.parent?.id,
      type: channel.type,
    }));
  }
}
