// What is promised, and where each value comes from, for whoever of the team asks.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("the policy on %s", (name) => {
  let town: Town;
  beforeAll(async () => {
    town = await makeTown(name, {
      policy: `
promises:
  money: { first answer: 1 h }
companies:
  - name: Ferro Bikes
    promises: { money: { first answer: 20 min } }`,
    });
  });
  afterEach(() => expect(town.refusals.splice(0)).toEqual([]));
  afterAll(() => town?.close());

  const typed = (text: string, who = town.person.ana, where = town.channel.team) =>
    town.answerTo(who, () => town.world.slash(who, where, text));

  test("/siempre policy show tells what holds in the channel it was typed in, for a company, and on a request", async () => {
    await town.world.say(town.person.marta, town.channel.help, "I was charged twice for November");
    await town.settled();
    const here = await typed("/siempre policy show", town.person.ana, town.channel.help);
    expect(here).toContain("What is promised in #help");
    expect(here).toMatch(/Money.* answer in 1 h \(top of the policy file\)/);
    expect(await typed("/siempre policy show")).toContain("What team Support promises");
    const company = await typed(
      name === "slack" ? "/siempre policy show ferro bikes" : "/siempre policy show company:ferro bikes",
    );
    expect(company).toContain("What Ferro Bikes is promised");
    expect(company).toMatch(/Money.* answer in 20 min \(company Ferro Bikes\)/);
    const unknown = name === "slack" ? "Brisa" : "company:Brisa";
    expect(await typed(`/siempre policy show ${unknown}`)).toContain("It names Ferro Bikes.");
    const request = await typed("/siempre policy show 1");
    expect(request).toContain("What was promised for #1, Marta Ferro");
    expect(request).toContain("It was frozen when the request opened");
    expect(await typed("/siempre policy show 99")).toContain("There is no request #99 here");
  });

  test("customers are not shown it", async () => {
    const shown = await typed("/siempre policy show", town.person.marta, town.channel.help);
    expect(shown).toContain("That's for the team here");
  });
});
