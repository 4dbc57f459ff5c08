// The contract against the local Slack, in both of Slack's ways to deliver: through Bolt's sockets, and as signed HTTP.
// The local Slack holds the bot to its own manifest and to Slack's rate limits.
import { createSlack } from "../../src/platforms/slack/index.ts";
import type { LocalSlack } from "../../src/sandbox/slack/server.ts";
import type { LocalPlatform } from "../../src/sandbox/world.ts";
import type { Made, Noise } from "./contract/stage.ts";
import { describePlatform } from "./contract.ts";
import { serve, toldTo } from "./slack/http.ts";
import { quietLog, wallClock } from "./slack/local.ts";
import { startStrictSlack } from "./slack/strict.ts";

const SPEED = 100;

// The bot does not subscribe to mentions; an app that does gets two events for one message, and must not count both.
const world = () => startStrictSlack({ clock: wallClock, speed: SPEED, mentions: true });

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
