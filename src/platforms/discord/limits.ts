// Discord's numbers (PLATFORM-FACTS.md; docs.discord.com/developers), and the ones we chose beside them. One table, by name.

/** Characters of a message's `content`. */
export const CONTENT = 2_000;
/** Characters of an embed's description. */
export const EMBED_DESCRIPTION = 4_096;
/** Characters of all embeds of a message together; the description is the only text we put there. */
export const EMBED_TOTAL = 6_000;
export const BUTTON_LABEL = 80;
export const SELECT_PLACEHOLDER = 150;
export const SELECT_OPTIONS = 25;
export const OPTION_TEXT = 100;
export const ROWS = 5;
export const BUTTONS_A_ROW = 5;
export const CUSTOM_ID = 100;
export const MODAL_TITLE = 45;
export const MODAL_FIELDS = 5;
export const MODAL_LABEL = 45;
export const MODAL_HINT = 100;
export const MODAL_PLACEHOLDER = 100;
export const MODAL_VALUE = 4_000;
export const THREAD_NAME = 100;
export const ATTACHMENT_ALT = 1_024;
export const FILE_NAME = 100;
export const NONCE = 25;
/** Messages a page of history may hold. */
export const PAGE = 100;

/** An interaction lives 3 s unless answered. We defer before, leaving room for the way there. */
export const DEFER_AFTER_MS = 2_200;
/** A deferred interaction can be answered for 15 minutes. */
export const ANSWER_WITHIN_MS = 15 * 60_000;

/** Waits longer than this are handed back to the queue (platform_rate_limited); shorter ones discord.js sits out. */
export const WRITE_WAIT_MS = 2_000;
/** Reading history is nobody's job in the queue: it may be slow. */
export const READ_WAIT_MS = 60_000;
/** The budget for editing old messages mends itself within seconds; beyond this the post is made anew. */
export const EDIT_WAIT_MS = 60_000;
/** A limit that does not say how long. */
export const UNKNOWN_WAIT_MS = 5_000;
export const REQUEST_TIMEOUT_MS = 10_000;
/** Repetitions by discord.js of a request that failed on the way; sends carry an enforced nonce, so they are safe. */
export const REQUEST_RETRIES = 2;
/** How often discord.js lets go of what it keeps for each thread it once sent to; by itself only once an hour. */
export const IDLE_BUCKETS_MS = 60_000;
/** How often discord.js lets go of the threads it has heard of, seconds. We ask it for none. */
export const SWEEP_THREADS_S = 10;

/** The gateway has this long to become ready. */
export const START_WITHIN_MS = 60_000;
/** Guilds that are away are not waited for longer than this. */
export const GUILDS_WITHIN_MS = 15_000;
/** What is under way when we stop has this long to finish. */
export const STOP_WITHIN_MS = 10_000;

/** Edits of messages older than an hour have a budget (30046): after this many days a live card is posted anew. */
export const REPOST_AFTER_DAYS = 3;
/** An account this young is marked fresh. */
export const FRESH_ACCOUNT_MS = 7 * 24 * 3_600_000;
/** Somebody who joined this recently is marked fresh. */
export const FRESH_MEMBER_MS = 24 * 3_600_000;
/** As much as Discord's clock and ours may differ. */
export const CLOCKS_APART_MS = 10_000;
/** A thread goes to sleep after this many minutes of silence (one of 60, 1440, 4320, 10080). */
export const AUTO_ARCHIVE_MINUTES = 4_320;

/** How long a member read over REST is believed. */
export const MEMBER_TTL_MS = 30_000;
/** Most members, threads, names and direct channels kept in memory, each. */
export const REMEMBERED = 5_000;
/** Messages looked through for the mark of an earlier try. */
export const SUSPECT_WINDOW = 100;
