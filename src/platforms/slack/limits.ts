// Slack's numbers, each with its source. Sizes are characters unless the name says otherwise.

/** docs.slack.dev/reference/block-kit: blocks a message, and a modal, may have. */
export const MAX_BLOCKS = 50;
export const MAX_MODAL_BLOCKS = 100;
/** What all blocks of a message may show together. Slack answers msg_blocks_too_long somewhat above 13,000. */
export const MAX_SHOWN = 12_000;
export const MAX_HEADER = 150;
export const MAX_SECTION = 3000;
export const MAX_FIELDS = 10;
export const MAX_FIELD = 2000;
export const MAX_CONTEXT_ELEMENTS = 10;
/** Slack publishes no number for a context element; it is a text object, so the section's number holds. */
export const MAX_CONTEXT = 3000;
export const MAX_ACTIONS = 25;
export const MAX_BUTTON_LABEL = 75;
export const MAX_URL = 3000;
export const MAX_OPTIONS = 100;
export const MAX_OPTION = 75;
export const MAX_PLACEHOLDER = 150;
export const MAX_ALT = 2000;
/** Title, submit and close of a view. */
export const MAX_VIEW_TITLE = 24;
export const MAX_INPUT_LABEL = 2000;
export const MAX_INPUT = 3000;
export const MAX_PRIVATE_METADATA = 3000;
/** docs.slack.dev/reference/methods/chat.postMessage advises 4,000; the top-level text is only our fallback line. */
export const MAX_SUMMARY = 3000;
/** How much of what one person wrote a card shows; the rest is one click away in the thread. */
export const MAX_QUOTE = 3000;

/** Slack waits 3 s for an acknowledgement; what remains is for the way there and back. */
export const ACKNOWLEDGE_MS = 2500;
/** A trigger_id lives 3 s, so names may not take long to find out. */
export const NAMES_MS = 1200;
/** How long one Web API call may take. The SDK's default is for ever. */
export const CALL_TIMEOUT_MS = 10_000;
/** `stop()` waits this long for what is under way. */
export const DRAIN_MS = 10_000;
/** An events delivery is tried three more times (at once, after 1 min, after 5 min): this is the last. */
export const LAST_RETRY = 3;

/** Two sockets: when Slack recycles one (every few hours, away for seconds), the other stays. */
export const CONNECTIONS = 2;
/** A socket that says hello later than this is given up and opened again. */
export const HELLO_MS = 15_000;
export const RECONNECT_FIRST_MS = 250;
export const RECONNECT_MAX_MS = 30_000;
/** The pause between tries after Slack refused the app token for good: somebody has to change it first. */
export const RECONNECT_REFUSED_MS = 60_000;
/** A socket can look alive and be silent. After so long without a single frame, history is read. */
export const SILENCE_MS = 15 * 60_000;

/** How often `start()` tries when Slack cannot be reached, doubling the pause each time. */
export const START_TRIES = 5;
export const START_PAUSE_MS = 500;

export const PROFILE_TTL_MS = 10 * 60_000;
export const GROUPS_TTL_MS = 5 * 60_000;
export const MEMBERS_TTL_MS = 5 * 60_000;
/** Bounds of what is kept in memory. */
export const MAX_PROFILES = 5000;
export const MAX_RECENT_POSTS = 2000;
export const MAX_MEMBER_LISTS = 200;
/** What a page of a list asks for; Slack allows up to 999 and advises 200. */
export const PAGE = 200;
export const MEMBERS_PAGE = 999;
/** How many pages of a channel are searched for a post that may have been made moments ago. */
export const SUSPECT_PAGES = 3;

/** An image just uploaded is refused in a block until Slack has processed it: pauses between tries. */
export const FILE_READY_PAUSES_MS = [500, 1000, 2000, 4000] as const;

/** How calls are paced. `refill` of them every `everyMs`, at most `burst` saved up, at most `queue` waiting. */
export interface Pace {
  burst: number;
  refill: number;
  everyMs: number;
  queue: number;
}

/**
 * docs.slack.dev/apis/web-api/rate-limits: tiers 2, 3 and 4 are 20, 50 and 100+ calls a minute for one method in one
 * workspace; chat.postMessage about one a second and channel with short bursts.
 */
export const PACES = {
  posting: { burst: 4, refill: 1, everyMs: 1000, queue: 20 },
  tier2: { burst: 12, refill: 3, everyMs: 10_000, queue: 20 },
  tier3: { burst: 25, refill: 4, everyMs: 5000, queue: 50 },
  tier4: { burst: 50, refill: 8, everyMs: 5000, queue: 100 },
} as const satisfies Record<string, Pace>;

/** Bottleneck's clock in Redis ticks this often: shorter intervals would refill less than they say. */
export const REDIS_TICK_MS = 5000;

/** Longer than any full queue takes to empty (tier 2: 67 s). */
export const STUCK_MS = 90_000;

export type PaceName = keyof typeof PACES;

/** docs.slack.dev/authentication/verifying-requests-from-slack: five minutes; here in both directions. */
export const SIGNATURE_MS = 5 * 60_000;
/** Signatures remembered at once. 30,000 events an hour make 5,000 in the ten minutes one can be good for. */
export const MAX_SIGNATURES = 20_000;
/** How often refused requests are told of above debug. */
export const REFUSED_WARN_MS = 60_000;
/** Bytes of a request of Slack. A message with every block at its full size stays far below. */
export const MAX_BODY = 2 * 1024 * 1024;
/** Where Slack's requests arrive, for events, interactivity and slash commands alike; Bolt's own default. */
export const REQUEST_PATH = "/slack/events";
