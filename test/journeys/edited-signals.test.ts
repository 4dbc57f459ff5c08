import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Desk, makeDesk } from "../support/desk.ts";
import { makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])(
  "what an edit shows, and what a deletion takes back, on %s",
  (name) => {
    let town: Town;
    let desk: Desk;
    beforeAll(async () => {
      town = await makeTown(name, { policy: "detect: [heat, leaving, opportunity]" });
      desk = makeDesk(town);
    });
    afterEach(() => expect(town.refusals.splice(0)).toEqual([]));
    afterAll(() => town?.close());

    const everything = () => [...town.cards(), ...town.said()].map(({ text }) => text).join("\n");

    test("words that are added say as much as words that were there: somebody leaves, and a card number stands in public", async () => {
      const { person, world, channel } = town;
      const ada = town.newcomer("Ada Fox");
      const of = await desk.charged(ada, "I was charged twice for October");
      await desk.claim(of, person.ana);
      expect(desk.told(person.ana, of).join("\n")).not.toContain("wants to leave");
      await world.edit(ada, channel.help, of.id, "I was charged twice for October, cancel my account");
      await town.settled();
      expect(desk.told(person.ana, of).filter((text) => text.includes("wants to leave"))).toHaveLength(1);
      await world.edit(
        ada,
        channel.help,
        of.id,
        "I was charged twice for October, cancel my account, the card is 4111 1111 1111 1111",
      );
      await town.settled();
      expect(desk.told(person.ana, of).join("\n")).toContain("something private stands where others read");
      expect(everything()).not.toContain("1111 1111");
      // Said once, whatever is edited after.
      expect(desk.told(person.ana, of).filter((text) => text.includes("wants to leave"))).toHaveLength(1);
    });

    test("the words of a note follow the message: edited they are quoted anew, deleted they are gone from where they were told", async () => {
      const { world, channel } = town;
      const ben = town.newcomer("Ben Ode");
      const of = await desk.charged(
        ben,
        "How do I add seats? We would like to buy 20 more seats for our new team.",
      );
      const told = () => desk.heard(of).find((text) => text.includes("A chance with"));
      expect(told()).toContain("buy 20 more seats");
      await world.edit(
        ben,
        channel.help,
        of.id,
        "How do I add seats? We would like to buy 35 more seats for our new team.",
      );
      await town.settled();
      expect(told()).toContain("buy 35 more seats");
      expect(everything()).not.toContain("20 more seats");
      await world.remove(ben, channel.help, of.id);
      await town.settled();
      expect(told()).toContain("They took their words back.");
      expect(everything()).not.toContain("35 more seats");
      const kept = await town.bot.app.context.db.signalNote.findMany({ where: { signal: "opportunity" } });
      expect(kept.map(({ quote }) => quote)).toEqual([""]);
      const [row] = await town.bot.app.context.db.request.findMany({ where: { number: Number(of.number) } });
      expect(row?.evidence).toEqual([]);
    });

    test("a note that staff deleted does not come back with the same words edited", async () => {
      const { person, world, channel } = town;
      const cleo = town.newcomer("Cleo Ray");
      const text = "We would like to buy 20 more seats, how do I add them?";
      const of = await desk.charged(cleo, text);
      const posted = town.cards().find((each) => each.text.includes(`(#${of.number})`));
      await town.answerTo(person.marc, () => world.press(person.marc, posted?.id ?? "", "Delete this note"));
      await town.settled();
      await world.edit(cleo, channel.help, of.id, `${text} Thanks!`);
      await town.settled();
      expect(desk.heard(of).join("\n")).not.toContain("A chance with");
      expect(
        await town.bot.app.context.db.signalNote.count({ where: { request: { number: Number(of.number) } } }),
      ).toBe(0);
    });
  },
);
