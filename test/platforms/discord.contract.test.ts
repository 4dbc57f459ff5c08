// The contract against the strict local Discord, through discord.js's gateway and REST.
import type { LocalPlatform } from "../../src/sandbox/world.ts";
import { type StrictDiscord, startStrictDiscord } from "../sandbox/discord-strict/strict.ts";
import type { Made, Noise } from "./contract/stage.ts";
import { describePlatform } from "./contract.ts";
import { adapter, wallClock } from "./discord/local.ts";

describePlatform("Discord", async (): Promise<Made> => {
  const world = await startStrictDiscord({ clock: wallClock });
  return {
    platform: adapter(world),
    world,
    stop: () => world.stop(),
    again: async () => adapter(world),
    noise: noise(world),
  };
});

function noise(discord: StrictDiscord): Noise[] {
  return [
    {
      what: "an unfolded link",
      make: async (_world: LocalPlatform, _channel: string, _person: string, message: string) =>
        discord.unfurl(message),
    },
  ];
}
