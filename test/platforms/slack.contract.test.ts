// The contract against the local Slack, in both of Slack's ways to deliver: through Bolt's sockets, and as signed HTTP.
// The local Slack holds the bot to its own manifest and to Slack's rate limits.
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { shortcuts } from "../../src/acts/catalogue.ts";
import { createSlack } from "../../src/platforms/slack/index.ts";
import { type LocalSlack, startLocalSlack } from "../../src/sandbox/slack/server.ts";
import type { LocalPlatform } from "../../src/sandbox/world.ts";
import type { Made, Noise } from "./contract/stage.ts";
import { describePlatform } from "./contract.ts";
import { serve, toldTo } from "./slack/http.ts";
import { quietLog, wallClock } from "./slack/local.ts";

const manifest = parse(readFileSync("manifests/slack.yaml", "utf8"));
const SPEED = 100;

function world(): Promise<LocalSlack> {
  return startLocalSlack({
    clock: wallClock,
    shortcuts: shortcuts().map((act) => ({ name: act.shortcut?.en ?? act.name, callback_id: act.name })),
    app: {
      // The bot does not subscribe to mentions; an app that does gets two events for one message, and must not count both.
      scopes: [...manifest.oauth_config.scopes.bot, "app_mentions:read"],
      events: [...manifest.settings.event_subscriptions.bot_events, "app_mention"],
      commands: manifest.features.slash_commands.map(({ command }: { command: string }) => command),
    },
    rateLimits: { speed: SPEED, now: () => performance.now() },
  });
}

const shared = { clock: wallClock, log: quietLog, speed: SPEED };

describePlatform("Slack in Socket Mode", async (): Promise<Made> => {
  const slack = await world();
  const { bot: botToken, app: appToken } = slack.tokens;
  const make = () => createSlack({ botToken, appToken, apiUrl: slack.apiUrl, ...shared });
  return {
    platform: make(),
    world: slack,
    stop: () => slack.stop(),
    again: async () => make(),
    noise: noise(slack),
  };
});

describePlatform("Slack over HTTP", async (): Promise<Made> => {
  const slack = await world();
  const doors: (() => Promise<void>)[] = [];
  const make = async () => {
    const served = await serve(slack, shared);
    doors.push(served.close);
    return toldTo(slack, served);
  };
  return {
    platform: await make(),
    world: slack,
    async stop() {
      await slack.stop();
      await Promise.all(doors.map((close) => close()));
    },
    again: make,
    noise: noise(slack),
  };
});

function noise(slack: LocalSlack): Noise[] {
  const make = (act: (channel: string, person: string, message: string) => void) => {
    return async (_: LocalPlatform, channel: string, person: string, message: string) =>
      act(channel, person, message);
  };
  return [
    { what: "a join", make: make((channel, person) => slack.join(person, channel)) },
    { what: "a topic", make: make((channel, person) => slack.topic(person, channel, "Be kind")) },
    {
      what: "an unfurled link",
      make: make((_channel, _person, message) =>
        slack.unfurl(message, { url: "https://example.com", title: "Example", text: "An example" }),
      ),
    },
  ];
}
