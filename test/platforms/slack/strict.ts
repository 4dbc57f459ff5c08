// The local Slack at its strictest: the app is what manifests/slack.yaml says, Slack's rate limits hold, and what breaks a
// rule of form fails the test that caused it.
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

/** `stop` rejects with what was wrong. */
export async function startStrictSlack({
  speed,
  mentions = false,
  ...options
}: StrictOptions): Promise<LocalSlack> {
  const { features, oauth_config: oauth, settings } = manifest;
  const slack = await startLocalSlack({
    ...options,
    shortcuts: shortcuts().map((act) => ({ name: act.shortcut?.en ?? act.name, callback_id: act.name })),
    app: {
      scopes: [...oauth.scopes.bot, ...(mentions ? ["app_mentions:read"] : [])],
      events: [...settings.event_subscriptions.bot_events, ...(mentions ? ["app_mention"] : [])],
      commands: features.slash_commands.map(({ command }) => command),
    },
    rateLimits: { speed, now: () => performance.now() },
  });
  return heldToForm(slack);
}

/** Refusals that no correct bot ever earns: wrong forms, calls its manifest does not cover, addresses used up. */
const NEVER = new Set([
  ...["unknown_method", "missing_scope"],
  ...[
    "invalid_arguments",
    "invalid_json",
    "invalid_cursor",
    "invalid_limit",
    "invalid_types",
    "invalid_name",
  ],
  ...["invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long", "no_text"],
  ...["invalid_attachments", "too_many_attachments", "invalid_metadata_format", "metadata_too_large"],
  ...["invalid_payload", "invalid_response_action", "invalid_errors", "invalid_trigger_id"],
  ...[
    "exchanged_trigger_id",
    "used_url",
    "push_limit_reached",
    "users_list_not_supplied",
    "not_supported_here",
  ],
]);

/** The same server, whose `stop` rejects with what broke a rule of form. */
export function heldToForm(slack: LocalSlack): LocalSlack {
  const faults = new Set<string>();
  slack.observe((happening) => {
    if (happening.kind === "refused" && NEVER.has(happening.code))
      faults.add(`${happening.method}: ${happening.code} ${happening.detail}`);
  });
  return {
    ...slack,
    async stop() {
      await slack.stop();
      if (faults.size > 0) throw new Error(`Slack's rules were broken:\n${[...faults].join("\n")}`);
    },
  };
}
