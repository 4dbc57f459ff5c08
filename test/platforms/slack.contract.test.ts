// The contract against the local Slack, through Bolt's sockets and the SDK's Web API client.
import { shortcuts } from "../../src/acts/catalogue.ts";
import { createSlack } from "../../src/platforms/slack/index.ts";
import { type LocalSlack, startLocalSlack } from "../../src/sandbox/slack/server.ts";
import type { LocalPlatform } from "../../src/sandbox/world.ts";
import type { Made, Noise } from "./contract/stage.ts";
import { describePlatform } from "./contract.ts";
import { quietLog, wallClock } from "./slack/local.ts";

describePlatform("Slack", async (): Promise<Made> => {
  const world = await startLocalSlack({
    clock: wallClock,
    shortcuts: shortcuts().map((act) => ({ name: act.shortcut?.en ?? act.name, callback_id: act.name })),
  });
  const make = () =>
    createSlack({
      botToken: world.tokens.bot,
      appToken: world.tokens.app,
      apiUrl: world.apiUrl,
      clock: wallClock,
      log: quietLog,
      speed: 100,
    });
  return {
    platform: make(),
    world,
    stop: () => world.stop(),
    again: async () => make(),
    noise: noise(world),
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
