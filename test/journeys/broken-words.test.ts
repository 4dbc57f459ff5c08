// Words that no database keeps as they are: halves of signs and U+0000, from clients that cut texts where they should not.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("broken words on %s", (name) => {
  let town: Town;
  beforeAll(async () => {
    town = await makeTown(name, { policy: "acknowledge after: at once\n" });
  });
  afterEach(() => expect(town.refusals.splice(0)).toEqual([]));
  afterAll(() => town?.close());

  test.each([
    { what: "half an emoji", text: "The export of sales fails \ud83d again, please help" },
    { what: "the character U+0000", text: "I cannot log in\0 since this morning, please help" },
    { what: "both, in Spanish", text: "No puedo descargar \ude00la factura\0 de octubre, me da error" },
  ])("$what: the request is opened and answered", async ({ text }) => {
    const customer = town.newcomer(`Iris ${text.slice(0, 3)}`);
    const id = await town.world.say(customer, town.channel.help, text);
    const said = await town.until("the acknowledgement", () => town.under(id)[0]);
    expect(said.text).toMatch(/Thanks|Gracias/);
    await town.card(text.slice(0, 15));
  });

  test("small talk, too, and a name", async () => {
    const { world, channel, person } = town;
    await world.say(person.olmo, channel.help, "haha \ud83d\0");
    // Kept up to a limit: an emoji that stands across it is not cut in two.
    await world.say(person.olmo, channel.help, `haha ${"a".repeat(1_194)}😀`);
    const customer = town.newcomer("Ana \ud83d\0");
    const id = await world.say(customer, channel.help, "How do I export the sales of our shop?");
    const said = await town.until("the acknowledgement", () => town.under(id)[0]);
    expect(said.text).toContain("Thanks, Ana");
    await town.settled();
  });
});
