import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])(
  "who writes to the bot itself, or through a form, on %s",
  (name) => {
    let town: Town;
    beforeAll(async () => {
      town = await makeTown(name, { policy: 'allow bots: ["Robot"]' });
    });
    afterEach(() => expect(town.refusals.splice(0)).toEqual([]));
    afterAll(() => town?.close());

    const cardsOf = (who: string) => town.cards().filter(({ text }) => text.includes(who));
    /** What the bot said to somebody in private, oldest first. */
    const told = (who: string) => town.privately(who).map(({ text }) => text);

    async function writes(who: string, text: string): Promise<void> {
      await town.world.say(who, town.world.botUser, text);
      await town.settled();
    }

    test("is acknowledged there, and the team sees the card", async () => {
      const ada = town.newcomer("Ada Fox");
      await writes(ada, "Hello, I was charged twice for November");
      await town.pass(3);
      expect(cardsOf("Ada Fox")).toHaveLength(1);
      expect(cardsOf("Ada Fox")[0]?.text).toContain("in a direct message");
      expect(told(ada)).toHaveLength(1);
      expect(told(ada)[0]).toContain("Thanks, Ada. This looks like a billing question");
    });

    test("goes on in the same request, and is answered from the card", async () => {
      const { world, person } = town;
      const ben = town.newcomer("Ben Ode");
      await writes(ben, "The export fails with an error for me");
      await town.pass(45);
      await writes(ben, "It is the file from October, by the way");
      expect(cardsOf("Ben Ode")).toHaveLength(1);
      const [card] = cardsOf("Ben Ode");
      expect(card?.text).toContain("It is the file from October");
      await world.press(person.ana, card?.id ?? "", "Answer");
      await town.until("the form", () => world.modal(person.ana));
      const shown = await town.answerTo(person.ana, () =>
        world.submit(person.ana, { line: "Please try the export again, it works now." }),
      );
      expect(shown).toContain("Sent to the customer of #");
      await town.settled();
      expect(told(ben).at(-1)).toContain("Please try the export again, it works now.");
      expect(cardsOf("Ben Ode")[0]?.text).toContain("nothing due");
    });

    test("is asked there whether all is good, and the answer closes it", async () => {
      const { world, person } = town;
      const cleo = town.newcomer("Cleo Ray");
      await writes(cleo, "How do I add a colleague to our account?");
      const number = /#(\d+)/.exec(cardsOf("Cleo Ray")[0]?.text ?? "")?.[1];
      await world.slash(person.ana, town.channel.team, `/request resolve ${number} They are added now.`);
      await town.settled();
      const asked = town.privately(cleo).find(({ text }) => text.includes("Anything else?"));
      expect(asked?.text).toContain("They are added now.");
      await world.press(cleo, asked?.id ?? "", "All good");
      await town.settled();
      expect(cardsOf("Cleo Ray")[0]?.text).toContain("closed");
    });

    test("while nobody listened is heard when the bot comes back", async () => {
      const dan = town.newcomer("Dan Poe");
      await writes(dan, "The invoice page shows an error");
      await town.restart({
        meanwhile: async () => {
          await town.world.say(dan, town.world.botUser, "It says code 17 when I open it");
        },
      });
      await town.until("the second message on the card", () =>
        cardsOf("Dan Poe").find(({ text }) => text.includes("code 17")),
      );
      expect(cardsOf("Dan Poe")).toHaveLength(1);
    });

    test("of the team opens nothing", async () => {
      const before = town.cards().length;
      await writes(town.person.marc, "Is the export broken for everybody?");
      expect(town.cards()).toHaveLength(before);
    });

    test("fills in a form: they are the customer, and the answer reaches them", async () => {
      const { world, person, channel } = town;
      const eva = town.newcomer("Eva Lis");
      const id = await world.say(
        person.robot,
        channel.help,
        `Help form, from <@${eva}>: the search shows an error`,
      );
      await town.settled();
      await town.pass(3);
      expect(cardsOf("Eva Lis")).toHaveLength(1);
      expect(cardsOf("Robot")).toEqual([]);
      expect(town.under(id)[0]?.text).toContain("Thanks, Eva.");
    });
  },
);

test.each<PlatformName>(["slack", "discord"])(
  "a form the policy does not name opens nothing on %s",
  async (name) => {
    const town = await makeTown(name, { policy: "direct messages: off" });
    const { world, person, channel } = town;
    const eva = town.newcomer("Eva Lis");
    await world.say(person.robot, channel.help, `Help form, from <@${eva}>: the search shows an error`);
    await world.say(eva, world.botUser, "The search shows an error");
    await town.settled();
    expect(town.cards()).toEqual([]);
    await town.close();
  },
);

// Discord lists no direct messages (its README says so): there the first one sent while nobody listens is not found.
describe("the first direct message somebody ever sends, while nobody listens, on Slack", () => {
  const away = (town: Town, who: string, text: string) => async () => {
    await town.world.say(who, town.world.botUser, text);
    town.clock.advance(20 * 60_000);
  };

  test("is heard when the bot comes back, once", async () => {
    const town = await makeTown("slack");
    const ada = town.newcomer("Ada Fox");
    await town.restart({ meanwhile: away(town, ada, "Hello, I was charged twice for November") });
    expect((await town.card("Ada Fox")).text).toContain("in a direct message");
    await town.settled();
    await town.pass(3);
    expect(town.privately(ada)).toHaveLength(1);
    expect(town.privately(ada)[0]?.text).toContain("Thanks, Ada.");
    await town.restart();
    await town.settled();
    expect(town.cards().filter(({ text }) => text.includes("Ada Fox"))).toHaveLength(1);
    await town.close();
  });

  test("is left alone when it was sent before the bot came, or while the policy wanted none", async () => {
    const town = await makeTown("slack", { policy: "direct messages: off" });
    const [bea, cyd] = [town.newcomer("Bea Ode"), town.newcomer("Cyd Ray")];
    const text = "The export fails with an error for me";
    await town.restart({ meanwhile: away(town, bea, text) });
    await town.restart({ meanwhile: away(town, cyd, text), policy: "" });
    await town.settled();
    expect(town.cards()).toEqual([]);
    const dan = town.newcomer("Dan Poe");
    await town.restart({ meanwhile: away(town, dan, text) });
    await town.card("Dan Poe");
    await town.settled();
    expect(town.cards()).toHaveLength(1);
    await town.close();
  });
});
