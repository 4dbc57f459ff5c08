// The contract against the local Discord, through discord.js's gateway and REST.
import { permissions, sum } from "../../src/platforms/discord/needs.ts";
import { startLocalDiscord } from "../../src/sandbox/discord/server.ts";
import type { LocalPlatform } from "../../src/sandbox/world.ts";
import type { Made, Noise } from "./contract/stage.ts";
import { describePlatform } from "./contract.ts";
import { adapter, wallClock } from "./discord/local.ts";

type LocalDiscord = Awaited<ReturnType<typeof startLocalDiscord>>;

describePlatform("Discord", async (): Promise<Made> => {
  const world = await startLocalDiscord({ clock: wallClock, botPermissions: sum(permissions) });
  return {
    platform: adapter(world),
    world,
    stop: () => world.stop(),
    again: async () => adapter(world),
    noise: noise(world),
  };
});

function noise(discord: LocalDiscord): Noise[] {
  return [
    {
      what: "an unfolded link",
      make: async (_world: LocalPlatform, _channel: string, _person: string, message: string) =>
        discord.unfurl(message),
    },
  ];
}
