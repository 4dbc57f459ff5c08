import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("triage on the card on %s", (name) => {
  let town: Town;
  beforeAll(async () => {
    town = await makeTown(name, { policy: "ask below: 90%" });
  });
  afterEach(() => expect(town.refusals.splice(0)).toEqual([]));
  afterAll(() => town?.close());

  async function opened(who: string, text: string, locale = "en-US") {
    const customer = town.newcomer(who, { locale });
    const id = await town.world.say(customer, town.channel.help, text);
    await town.settled();
    const { id: card } = await town.card(who);
    const text_ = () => town.world.find(card)?.text ?? "";
    return { customer, id, card, text: text_ };
  }

  test("says what decided, who says so, and how sure it is; sure enough, it asks nobody", async () => {
    const { text } = await opened("Ada Fox", "You charged me twice for October, please refund one");
    expect(text()).toMatch(/Tier\s+Money \(because of “[^”]*charged[^”]*”; by (rule|model), \d+ % sure\)/);
    expect(text()).not.toContain("Which is it?");
  });

  test("where it is not sure the card asks with the likeliest tiers, and one tap answers for good", async () => {
    const { card, text } = await opened("Ben Ode", "we saw something with the plan yesterday");
    expect(text()).toContain("Which is it?");
    const asked = town.world.find(card)?.controls.filter(({ kind }) => kind === "button") ?? [];
    const tiers = ["Everything is failing", "Money", "Real problem", "Guidance", "Feedback"];
    const offered = asked.map(({ label }) => label).filter((label) => tiers.includes(label));
    expect(offered.length).toBeGreaterThanOrEqual(2);
    expect(offered.length).toBeLessThanOrEqual(3);
    const [, second = ""] = offered;
    await town.world.press(town.person.marc, card, second);
    await town.settled();
    expect(text()).toMatch(new RegExp(`Tier\\s+${second} \\(set by a person\\)`));
    expect(text()).not.toContain("Which is it?");
  });

  test("who is alarmed hears at once that it was seen; who is calm hears after a moment", async () => {
    const loud = await opened("Cleo Ray", "URGENT!!! The export fails with an error, PLEASE HELP ME NOW!!!");
    const calm = await opened("Dana Poe", "The import of contacts stops with an error for me");
    expect(town.under(loud.id)[0]?.text).toContain("We've seen this, Cleo.");
    expect(town.under(calm.id)).toEqual([]);
    await town.pass(2);
    expect(town.under(calm.id)[0]?.text).toContain("Thanks, Dana.");
    expect(town.under(loud.id)).toHaveLength(1);
  });

  test("feels alarmed and looks like guidance: the owner sees the mismatch", async () => {
    const { text } = await opened("Eva Ros", "HELP!!! URGENT!!! How do I change the language of the app???");
    expect(text()).toContain("Feels alarmed, looks like guidance.");
  });

  test("another language is named to the team and answered in English; Spanish in Spanish", async () => {
    const french = await opened(
      "Luc Roy",
      "Bonjour, je ne peux pas télécharger ma facture, pouvez-vous m'aider ?",
      "fr",
    );
    const spanish = await opened(
      "Gala Rey",
      "Hola, no puedo descargar la factura de octubre, me sale un error",
    );
    await town.pass(2);
    expect(french.text()).toContain("Writes in French.");
    expect(town.under(french.id)[0]?.text).toMatch(/^Thanks, Luc\. /);
    expect(spanish.text()).not.toContain("Writes in");
    expect(town.under(spanish.id)[0]?.text).toMatch(/^Gracias, Gala\. /);
  });

  test("a second customer in the same minute is heard, however close the first", async () => {
    const first = await opened("Hana Kim", "I was charged twice for November");
    const second = await opened("Ivo Paz", "The whole site is down, nobody can log in");
    expect(second.card).not.toBe(first.card);
    expect(second.text()).toContain("Everything is failing");
  });
});
