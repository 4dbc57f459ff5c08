import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("a channel that is watch only on %s", (name) => {
  let town: Town;
  beforeAll(async () => {
    town = await makeTown(name, {
      live: false,
      guests: ["hugo"],
      channels: [{ name: "second", live: false }],
    });
  });
  afterEach(() => expect(town.refusals.splice(0)).toEqual([]));
  afterAll(() => town?.close());

  async function write(who: string, text: string) {
    const customer = town.newcomer(who);
    const id = await town.world.say(customer, town.channel.help, text);
    await town.settled();
    return { customer, id, card: await town.card(who) };
  }

  test("shows the team a card, and the customer nothing at all", async () => {
    const { customer, id, card } = await write("Ada Fox", "I was charged twice for November");
    expect(card.text).toContain("Watch only");
    expect(card.controls.map(({ label }) => label)).toContain("Go live");
    await town.pass(10);
    expect(town.said()).toEqual([]);
    expect(town.world.find(id)?.reactions).toEqual({});
    expect(town.privately(customer)).toEqual([]);
  });

  test("keeps silent through claim, wait and resolve as well", async () => {
    const { world, person } = town;
    const { customer, id, card } = await write("Ben Ode", "The export fails with an error for me");
    await world.press(person.marc, card.id, "Claim");
    await town.settled();
    expect(world.modal(person.marc)).toBeNull();
    expect(world.find(card.id)?.text).toContain("Marc Vidal");
    await world.press(person.marc, card.id, "Waiting on customer");
    await town.settled();
    const answer = await town.answerTo(person.marc, () => world.press(person.marc, card.id, "Resolve"));
    expect(answer).toContain("told the customer nothing");
    await town.pass(600);
    expect(town.under(id)).toEqual([]);
    expect(town.said()).toEqual([]);
    expect(town.privately(customer)).toEqual([]);
  });

  test("keeps silent when a promise is broken", async () => {
    const { id } = await write("Cleo Ray", "The export fails with an error for me");
    await town.pass(3 * 24 * 60);
    expect(town.under(id)).toEqual([]);
  });

  test("stays so when anybody but a lead presses Go live", async () => {
    const { world, person } = town;
    const { card } = await write("Dana Poe", "How do I add a colleague?");
    const marc = await town.answerTo(person.marc, () => world.press(person.marc, card.id, "Go live"));
    expect(marc).toContain("That's for a lead of this team");
    const hugo = await town.answerTo(person.hugo, () => world.press(person.hugo, card.id, "Go live"));
    expect(hugo).toContain("That's for a lead of this team");
    const { id } = await write("Ewa Lis", "How do I change the language?");
    await town.pass(3);
    expect(town.under(id)).toEqual([]);
  });

  test("goes live by a lead: the next customer is seen and acknowledged, the earlier ones stay alone", async () => {
    const { world, person } = town;
    const before = await write("Finn Lo", "How do I export my data to a spreadsheet?");
    const answer = await town.answerTo(person.ana, () => world.press(person.ana, before.card.id, "Go live"));
    expect(answer).toContain("#help is live");
    await town.settled();
    const { id, card } = await write("Gil Ott", "I was charged twice for November");
    await town.until("the eyes", () => world.find(id)?.reactions[town.emoji("eyes")]);
    expect(card.text).not.toContain("Watch only");
    expect(card.controls.map(({ label }) => label)).not.toContain("Go live");
    await town.pass(2);
    expect(town.under(id)[0]?.text).toContain("Thanks, Gil.");
    expect(town.under(before.id)).toEqual([]);
    expect(world.find(before.id)?.reactions).toEqual({});
  });

  test("is live already for whoever presses again, and only that channel is", async () => {
    const { world, person } = town;
    const old = await town.card("Dana Poe");
    const again = await town.answerTo(person.ana, () => world.press(person.ana, old.id, "Go live"));
    expect(again).toContain("is live already");
    const second = town.place("second");
    const hal = town.newcomer("Hal Kim");
    const id = await world.say(hal, second, "I was charged twice for November");
    await town.settled();
    expect((await town.card("Hal Kim")).text).toContain("Watch only");
    await town.pass(3);
    expect(town.under(id)).toEqual([]);
  });

  test("is still live after the bot was restarted", async () => {
    await town.restart();
    const { id } = await write("Ina May", "I was charged twice for November");
    await town.pass(2);
    expect(town.under(id)[0]?.text).toContain("Thanks, Ina.");
  });
});
