// The local Slack at its strictest: the app is what manifests/slack.yaml says, and Slack's rate limits hold.
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { shortcuts } from "../../../src/acts/catalogue.ts";
import {
  type LocalSlack,
  type LocalSlackOptions,
  startLocalSlack,
} from "../../../src/sandbox/slack/server.ts";

const manifest = z
  .object({
    features: z.object({ slash_commands: z.array(z.object({ command: z.string() })) }),
    oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
    settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
  })
  .parse(parse(readFileSync("manifests/slack.yaml", "utf8")));

export interface StrictOptions extends Partial<Omit<LocalSlackOptions, "app" | "rateLimits" | "shortcuts">> {
  clock: LocalSlackOptions["clock"];
  /** The speed the adapter is given: so many times more calls are allowed. */
  speed: number;
  /** Subscribed to mentions as well, so that a mention comes as two events. */
  mentions?: boolean;
}

export function startStrictSlack({
  speed,
  mentions = false,
  ...options
}: StrictOptions): Promise<LocalSlack> {
  const { features, oauth_config: oauth, settings } = manifest;
  return startLocalSlack({
    ...options,
    shortcuts: shortcuts().map((act) => ({ name: act.shortcut?.en ?? act.name, callback_id: act.name })),
    app: {
      scopes: [...oauth.scopes.bot, ...(mentions ? ["app_mentions:read"] : [])],
      events: [...settings.event_subscriptions.bot_events, ...(mentions ? ["app_mention"] : [])],
      commands: features.slash_commands.map(({ command }) => command),
    },
    rateLimits: { speed, now: () => performance.now() },
  });
}
