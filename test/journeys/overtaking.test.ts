import { afterEach, describe, expect, test } from "vitest";
import type { LocalDiscord } from "../../src/sandbox/discord/server.ts";
import type { LocalSlack } from "../../src/sandbox/slack/server.ts";
import { makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("an answer comes before what it answers on %s", (name) => {
  let town: Town;
  afterEach(() => town?.close());

  /** What is told next comes after what follows it: as by two sockets, each of which is right for itself. */
  function late(): () => void {
    if (town.name === "slack") {
      const slack = town.world as LocalSlack;
      slack.disturb({ reorder: 1 });
      return () => slack.disturb(null);
    }
    return (town.world as LocalDiscord).disturb({
      disturbance: "late",
      events: ["MESSAGE_CREATE"],
      count: 1,
    });
  }

  test("it is heard as the answer it is, and nothing is left behind", async () => {
    town = await makeTown(name);
    const { world, person, channel } = town;
    for (const [count, who] of [town.newcomer("Olga Ruz"), town.newcomer("Nils Berg")].entries()) {
      const end = late();
      const root = await world.say(who, channel.help, "You charged me twice for October, please refund one.");
      town.clock.advance(15);
      await world.say(who, channel.help, `It is the invoice with the number 555${count}.`, { thread: root });
      end();
      await world.say(person.marc, channel.help, "On my way.", { thread: root });
      await town.settled();
      const cards = town.cards().filter(({ text }) => /^#\d+ /.test(text));
      expect(cards).toHaveLength(count + 1);
      expect(cards.at(-1)?.text).toContain(`the number 555${count}`);
      expect(cards.at(-1)?.text).toMatch(/^#\d+ You charged me twice/);
      expect(cards.at(-1)?.text).toContain("nothing due");
      expect(world.find(root)?.reactions[town.emoji("eyes")]).toHaveLength(1);
    }
  });
});
