import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("what reaches the team on %s", (name) => {
  let town: Town;
  let help: string;
  beforeAll(async () => {
    town = await makeTown(name, {
      channels: [
        { name: "billing" },
        ...(name === "discord" ? [{ name: "ideas", kind: "forum" } as const] : []),
      ],
      policy: "openings per hour: 3",
    });
    help = town.channel.help;
  });
  afterEach(() => expect(town.refusals.splice(0)).toEqual([]));
  afterAll(() => town?.close());

  const cardsOf = (who: string) => town.cards().filter(({ text }) => text.includes(who));
  const numberOf = (text: string | undefined) => /#(\d+)/.exec(text ?? "")?.[1] ?? "?";

  async function says(who: string, text: string, where = help): Promise<string> {
    const id = await town.world.say(who, where, text);
    await town.settled();
    return id;
  }

  test("who comes again about the same while it is open is heard, and no second request opens", async () => {
    const { world } = town;
    const ada = town.newcomer("Ada Fox");
    await says(ada, "The export fails with an error for me");
    await town.pass(90);
    const again = await says(ada, "Is anybody there? My export still fails with that error");
    expect(cardsOf("Ada Fox")).toHaveLength(1);
    expect(cardsOf("Ada Fox")[0]?.text).toContain("Second time about this.");
    expect(world.find(again)?.reactions[town.emoji("eyes")]).toHaveLength(1);
  });

  test("who comes again after the end gets a request linked to the earlier ones, and is counted", async () => {
    const { world, person } = town;
    const ben = town.newcomer("Ben Ode");
    const numbers: string[] = [];
    for (const words of [
      "I was charged twice for November",
      "You charged me twice again",
      "charged twice!",
    ]) {
      const id = await says(ben, words);
      await town.pass(20);
      expect(town.under(id).length).toBeGreaterThan(0);
      const card = cardsOf("Ben Ode").at(-1);
      numbers.push(numberOf(card?.text));
      await world.slash(person.ana, town.channel.team, `/request resolve ${numbers.at(-1)}`);
      await town.settled();
    }
    const [first, second, third] = cardsOf("Ben Ode");
    expect(first?.text).not.toContain("time about");
    expect(second?.text).toContain(`Second time about the same: #${numbers[0]}.`);
    expect(third?.text).toContain(`Third time about the same: #${numbers[0]}, #${numbers[1]}.`);
  });

  test("elsewhere about the same: linked, answered where it was written", async () => {
    const cleo = town.newcomer("Cleo Ray");
    await says(cleo, "The invoice page crashes with an error");
    const there = await says(
      cleo,
      "The page with the invoices crashes, always an error",
      town.place("billing"),
    );
    await town.pass(5);
    expect(cardsOf("Cleo Ray")).toHaveLength(2);
    expect(cardsOf("Cleo Ray")[1]?.text).toContain("Second time about the same");
    expect(town.under(there)).toHaveLength(1);
  });

  test("a flood of one person is one card after the first few", async () => {
    const dan = town.newcomer("Dan Poe");
    const about = [
      "How do I add a colleague to our account?",
      "The invoice for October shows the wrong address",
      "I cannot upload my profile photo",
      "Where do I find the API documentation?",
      "The search shows old results",
    ];
    for (const words of about) {
      await says(dan, words);
      await town.pass(11);
    }
    expect(cardsOf("Dan Poe")).toHaveLength(3);
    expect(cardsOf("Dan Poe").at(-1)?.text).toContain("The search shows old results");
  });

  test("a screenshot without words is a request", async () => {
    const { world } = town;
    const eva = town.newcomer("Eva Lis");
    const image = { name: "screen.png", mime: "image/png", bytes: new Uint8Array([137, 80, 78, 71]) };
    const id = await world.say(eva, help, "", { files: [image] });
    await town.pass(3);
    expect(cardsOf("Eva Lis")).toHaveLength(1);
    expect(town.under(id)[0]?.text).toContain("We have your image");
  });

  // Slack has no forums.
  test.runIf(name === "discord")("a post in a forum is a request, with its title", async () => {
    const finn = town.newcomer("Finn Lo");
    await town.world.say(finn, town.place("ideas"), "It stopped this morning for all of us.", {
      title: "The nightly report does not arrive",
    });
    await town.settled();
    expect(cardsOf("Finn Lo")).toHaveLength(1);
    expect(cardsOf("Finn Lo")[0]?.text).toContain("The nightly report does not arrive");
  });

  test("two colleagues of a customer, and a helper who chats, are left alone", async () => {
    const { world, person } = town;
    const [gil, hal] = [town.newcomer("Gil Ott"), town.newcomer("Hal Kim")];
    const before = town.cards().length;
    const asked = await says(gil, `<@${hal}> did you get the invoice for October, or does it fail for you?`);
    await says(hal, `<@${gil}> no, it fails with an error for me too`);
    await says(person.hugo, "Funny, the export fails with an error in my dreams as well");
    await town.pass(10);
    expect(town.cards()).toHaveLength(before);
    expect(town.under(asked)).toEqual([]);
    expect(world.find(asked)?.reactions).toEqual({});
  });
});
