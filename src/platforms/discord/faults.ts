// Discord's refusals → our error family. https://docs.discord.com/developers/topics/opcodes-and-status-codes
import { DiscordAPIError, HTTPError, RateLimitError } from "discord.js";
import { type ErrorCode, SiempreError } from "../../errors.ts";

/** Discord's own codes, those that we answer to by name. */
export const Code = {
  unknownChannel: 10_003,
  unknownMember: 10_007,
  unknownMessage: 10_008,
  unknownUser: 10_013,
  unknownEmoji: 10_014,
  unknownInteraction: 10_062,
  alreadyAnswered: 40_060,
  oldEditBudget: 30_046,
  directClosed: 50_007,
  threadArchived: 50_083,
  threadExists: 160_004,
  tooManyThreads: 160_006,
} as const;

const byCode: Readonly<Record<number, ErrorCode>> = {
  10003: "platform_gone",
  10004: "platform_gone",
  10007: "platform_gone",
  10008: "platform_gone",
  10013: "platform_gone",
  50007: "platform_direct_closed",
  50033: "platform_gone",
  50278: "platform_direct_closed",
  50001: "platform_forbidden",
  50013: "platform_forbidden",
  50083: "platform_forbidden",
  90001: "platform_forbidden",
  160005: "platform_forbidden",
  50035: "platform_invalid",
  50006: "platform_invalid",
  30046: "platform_forbidden",
};

const advice: Partial<Record<ErrorCode, string>> = {
  platform_unauthorized:
    "Put the bot's current token into DISCORD_TOKEN (Developer Portal, Bot, Reset Token).",
  platform_gone: "It was deleted, or the bot cannot see it any more.",
  platform_direct_closed:
    "The person takes no direct messages from members of this server: tell them elsewhere.",
  platform_forbidden: "Grant the bot's role the permissions of manifests/discord.md in that channel.",
  platform_invalid: "Discord refused the form of what was sent: this is a fault of the bot.",
  platform_unavailable: "It will be tried again.",
};

/** Discord's numeric code of a refusal, or null for any other error. */
export function codeOf(error: unknown): number | null {
  const raw = error instanceof SiempreError ? error.cause : error;
  return raw instanceof DiscordAPIError ? Number(raw.code) : null;
}

/** Any failure of the SDK as a SiempreError; `doing` completes "Discord failed while …". Never carries what people wrote. */
export function fault(error: unknown, doing: string): SiempreError {
  if (error instanceof SiempreError) return error;
  if (error instanceof RateLimitError) {
    return new SiempreError(
      "platform_rate_limited",
      `Discord asks to wait ${error.retryAfter} ms before ${doing}.`,
      { retryAfterMs: error.retryAfter, route: error.route },
      { cause: error },
    );
  }
  if (error instanceof DiscordAPIError) {
    const code = byCode[Number(error.code)] ?? byStatus(error.status);
    const fields = { status: error.status, discord: error.code, method: error.method };
    return made(code, doing, `${error.code} ${firstLine(error.message)}`, fields, error);
  }
  if (error instanceof HTTPError) {
    return made(byStatus(error.status), doing, `HTTP ${error.status}`, { status: error.status }, error);
  }
  const message = error instanceof Error ? error.message : String(error);
  // After one 401 the SDK has dropped the token and refuses to send anything.
  const code = /Expected token to be set/.test(message) ? "platform_unauthorized" : "platform_unavailable";
  return made(code, doing, message, {}, error);
}

/** The error for a close code of the gateway after which connecting again is pointless; null for every other code. */
export function finalClose(code: number): SiempreError | null {
  const sentence = finalCloses[code];
  return sentence
    ? new SiempreError("platform_unauthorized", `Discord closed the connection (${code}). ${sentence}`, {
        close: code,
      })
    : null;
}

const finalCloses: Readonly<Record<number, string>> = {
  4004: "The token is not valid. Put the bot's current token into DISCORD_TOKEN (Developer Portal, Bot, Reset Token).",
  4010: "The shard is not valid.",
  4011: "The bot is in too many servers for one connection.",
  4012: "This version of the gateway is no longer served: update the bot.",
  4013: "The intents asked for are not known to Discord: update the bot.",
  4014: "The bot may not read messages. Switch on “Message Content Intent” in the Developer Portal (your application, Bot, Privileged Gateway Intents), save, and start again.",
};

function made(
  code: ErrorCode,
  doing: string,
  what: string,
  fields: Record<string, unknown>,
  cause: unknown,
): SiempreError {
  return new SiempreError(
    code,
    `Discord failed while ${doing}: ${what}. ${advice[code] ?? ""}`.trim(),
    fields,
    {
      cause,
    },
  );
}

function byStatus(status: number): ErrorCode {
  if (status === 401) return "platform_unauthorized";
  if (status === 403) return "platform_forbidden";
  if (status === 404) return "platform_gone";
  if (status === 429) return "platform_rate_limited";
  if (status >= 500 || status === 408) return "platform_unavailable";
  return "platform_invalid";
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
