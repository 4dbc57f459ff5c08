// What Discord documents and the local Discord does not send, with the reason.

type Reasons = Readonly<Record<string, string>>;

/** Dispatches that are described and never sent. */
export const unsentDispatches: Reasons = {};

const VOICE = "there are no voice channels in the sandbox";
const PINS = "nobody pins anything in the sandbox";
const FOREIGN = "only interactions carry the permissions of the one who acts";
const DEFAULTS = "sent only by servers that changed these settings, as the sandbox never does";
const MONEY = "nobody buys or subscribes to anything in the sandbox";
const LOOKS = "nobody decorates a profile in the sandbox";
const STICKERS = "nobody sends stickers, polls, games or themes in the sandbox";
const OLD = "deprecated, and told by interaction_metadata";
const FRESH = "a new message has neither reactions nor a thread";

const channel: Reasons = {
  last_pin_timestamp: PINS,
  bitrate: VOICE,
  user_limit: VOICE,
  rtc_region: VOICE,
  video_quality_mode: VOICE,
  permissions: FOREIGN,
  default_auto_archive_duration: DEFAULTS,
  default_thread_rate_limit_per_user: DEFAULTS,
  default_tag_setting: DEFAULTS,
};
const message: Reasons = {
  stickers: STICKERS,
  sticker_items: STICKERS,
  poll: STICKERS,
  activity: STICKERS,
  application: STICKERS,
  shared_client_theme: STICKERS,
  lobby_member: STICKERS,
  call: VOICE,
  role_subscription_data: MONEY,
  purchase_notification: MONEY,
  interaction: OLD,
  mention_channels: "sent in messages that came from another server's announcement channel",
  resolved: "sent with menus whose choices are filled in by the bot, which ours never are",
  message_snapshots: "nobody forwards messages in the sandbox",
};
const member: Reasons = { avatar_decoration_data: LOOKS, collectibles: LOOKS };
const thread: Reasons = {
  last_pin_timestamp: PINS,
  video_quality_mode: VOICE,
  permissions: FOREIGN,
};

/** By dispatch. */
export const absentFromDispatches: Readonly<Record<string, Reasons>> = {
  GUILD_CREATE: { premium_progress_bar_enabled_user_updated_at: MONEY },
  GUILD_MEMBERS_CHUNK: { presences: "the bot may not see presences" },
  GUILD_MEMBER_ADD: member,
  GUILD_MEMBER_UPDATE: member,
  CHANNEL_CREATE: channel,
  CHANNEL_UPDATE: channel,
  THREAD_CREATE: thread,
  THREAD_UPDATE: thread,
  MESSAGE_CREATE: { ...message, reactions: FRESH, thread: FRESH },
  MESSAGE_UPDATE: message,
  THREAD_MEMBERS_UPDATE: { removed_member_ids: "nobody leaves a thread in the sandbox" },
  MESSAGE_REACTION_ADD: { burst_colors: "nobody sends super reactions in the sandbox" },
};

/** By fixture. */
export const absentFromFixtures: Readonly<Record<string, Reasons>> = {
  guild: { "channels[].bitrate": VOICE },
  message: {
    "attachments[].width": "the sandbox does not look into pictures",
    "attachments[].height": "the sandbox does not look into pictures",
  },
  forwarded: { message_snapshots: message.message_snapshots ?? "" },
};
