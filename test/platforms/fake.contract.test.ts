import { createFake, FakePlatform } from "../fakes/platform.ts";
import type { FakeWorld } from "../fakes/world.ts";
import type { Made, Noise } from "./contract/stage.ts";
import { describePlatform } from "./contract.ts";

for (const like of ["slack", "discord"] as const) {
  describePlatform(`the fake, in the manner of ${like}`, async (): Promise<Made> => {
    let now = Date.UTC(2026, 10, 24, 9, 0);
    const { platform, world } = createFake(like, { now: () => now++ });
    return {
      platform,
      world,
      stop: () => world.stop(),
      again: async () => new FakePlatform(world),
      noise: noise(world),
    };
  });
}

function noise(world: FakeWorld): Noise[] {
  return [
    { what: "a join", make: async (_, channel, person) => world.noise(person, channel, "joined") },
    { what: "a topic", make: async (_, channel, person) => world.noise(person, channel, "set the topic") },
  ];
}
