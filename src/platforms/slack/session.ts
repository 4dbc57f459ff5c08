// Who we are at Slack: auth.test, asked by ourselves. (Bolt remembers one failure of it for ever and then drops all.)
import { z } from "zod";
import { isPassing, retryAfterMs, SiempreError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { Calls } from "./calls.ts";
import type { Self } from "./inbound.ts";
import * as limits from "./limits.ts";
import { neededScopes } from "./methods.ts";

const answer = z.object({
  team_id: z.string(),
  team: z.string().optional().catch(undefined),
  url: z.url().optional().catch(undefined),
  enterprise_id: z.string().nullish().catch(undefined),
  user_id: z.string(),
  bot_id: z.string().optional().catch(undefined),
  response_metadata: z
    .object({ scopes: z.array(z.string()).optional() })
    .optional()
    .catch(undefined),
});

export interface Identity {
  self: Self;
  workspaceName: string;
  /** `https://acme.slack.com/`, or null where Slack does not say. */
  address: string | null;
}

/** Slack tells the token's scopes with each answer; a missing one would otherwise show only when it is needed. */
function warnOfMissingScopes(granted: readonly string[], log: Log): void {
  const missing = [...neededScopes()].filter((scope) => !granted.includes(scope));
  if (missing.length > 0)
    log.warn(
      { missing },
      `The Slack app lacks the scopes ${missing.join(", ")}. Add them (manifests/slack.yaml has them all) and install the app again.`,
    );
}

/**
 * Asks Slack who the bot token belongs to. Tries again while Slack cannot be reached, for some seconds. Rejects with
 * platform_unauthorized, naming the variable, when the token is refused or is no bot token.
 */
export async function identify(calls: Calls, log: Log): Promise<Identity> {
  for (let tries = 1; ; tries += 1) {
    try {
      const read = await calls.call("auth.test", {}, answer);
      if (read.bot_id === undefined)
        throw new SiempreError(
          "platform_unauthorized",
          "SLACK_BOT_TOKEN is not the token of a bot. Use the “Bot User OAuth Token” (xoxb-…) under “OAuth & Permissions” of the app.",
        );
      const granted = read.response_metadata?.scopes;
      if (granted) warnOfMissingScopes(granted, log);
      const self: Self = {
        workspace: read.team_id,
        enterprise: read.enterprise_id ?? null,
        botUser: read.user_id,
        botId: read.bot_id,
      };
      return { self, workspaceName: read.team ?? read.team_id, address: read.url ?? null };
    } catch (error) {
      if (tries >= limits.START_TRIES || !isPassing(error)) throw error;
      const wait = Math.max(limits.START_PAUSE_MS * 2 ** (tries - 1), retryAfterMs(error) ?? 0);
      log.warn({ tries, wait }, "Slack cannot be reached yet; trying again.");
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}
