import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("a customer writes on %s", (name) => {
  let town: Town;
  beforeAll(async () => {
    town = await makeTown(name);
  });
  afterAll(() => town?.close());

  test("is seen at once, and hears after two minutes who answers by when", async () => {
    const { world, person, channel } = town;
    const id = await world.say(
      person.marta,
      channel.help,
      "Hi! The plan change charged me twice, can I get one back?",
    );
    await town.until("the eyes", () => world.find(id)?.reactions[town.emoji("eyes")]?.includes(world.botUser));
    const card = await town.until("a card", () => town.cards()[0]);
    expect(card.text).toContain("charged me twice");
    expect(town.said()).toEqual([]);
    await town.pass(2);
    const [said] = town.said();
    expect(said?.thread).toBe(id);
    expect(said?.text).toContain("Thanks, Marta.");
    expect(said?.text).toContain("12:00");
    await town.pass(2);
    expect(town.said()).toHaveLength(1);
    expect(town.refusals).toEqual([]);
  });
});
