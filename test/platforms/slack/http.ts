// The adapter behind a port, as main.ts puts it there, and the local Slack sending to it once it has started.
import { createHmac } from "node:crypto";
import { createDoor } from "../../../src/ops/door.ts";
import { createSlack, type SlackOptions, type SlackPlatform } from "../../../src/platforms/slack/index.ts";
import type { LocalSlack } from "../../../src/sandbox/slack/server.ts";

export interface Served {
  platform: SlackPlatform;
  /** Where requests arrive. */
  url: string;
  close(): Promise<void>;
}

/** An adapter that only hears what comes over HTTP. It gets nothing until somebody sends to `url`. */
export async function serve(
  slack: LocalSlack,
  options: Omit<SlackOptions, "appToken" | "http" | "botToken" | "apiUrl">,
): Promise<Served> {
  const door = createDoor();
  const platform = createSlack({
    botToken: slack.tokens.bot,
    apiUrl: slack.apiUrl,
    http: { signingSecret: slack.signingSecret, mount: door.mount },
    ...options,
  });
  const port = await door.open(0, "127.0.0.1");
  return { platform, url: `http://127.0.0.1:${port}/slack/events`, close: () => door.close(0) };
}

/** The same platform; once started, the local Slack delivers to it. */
export function toldTo(slack: LocalSlack, { platform, url }: Served): SlackPlatform {
  return {
    ...platform,
    async start(inbound) {
      await platform.start(inbound);
      await slack.deliverTo(url);
    },
  };
}

/** A body as Slack signs it; `at` in epoch ms. */
export function sign(body: string, at: number, secret: string) {
  const timestamp = String(Math.floor(at / 1000));
  const digest = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
  return { timestamp, signature: `v0=${digest}`, body };
}
