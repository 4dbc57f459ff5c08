import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])(
  "an incident some of whose reports are over, on %s",
  (name) => {
    let town: Town;
    beforeAll(async () => {
      town = await makeTown(name, {
        policy: "storm: 3 customers in 30 min\nstorm of tier 1: 2 customers in 30 min",
      });
    });
    afterAll(() => town?.close());

    const incident = () => town.cards().filter(({ text }) => /incident/i.test(text.split("\n")[0] ?? ""));
    async function says(who: string, text: string) {
      const id = await town.world.say(town.newcomer(who), town.channel.help, text);
      await town.settled();
      return id;
    }

    test("one person who says it five times is no incident", async () => {
      const { world, channel } = town;
      const olmo = town.newcomer("Olmo Five");
      for (const words of [
        "Nobody can log in",
        "still nobody can log in",
        "login down",
        "nobody can log in!!",
        "login is down",
      ]) {
        await world.say(olmo, channel.help, words);
        await town.settled();
      }
      expect(incident()).toEqual([]);
      await town.pass(60);
    });

    test("tells those who still wait, each in their own thread, and nobody else", async () => {
      const { world, person, channel } = town;
      const first = await says("Ada Fox", "The export fails with an error for me");
      const second = await says("Ben Ode", "I cannot export the October file, error 17");
      const third = await says("Cleo Ray", "My CSV export fails since this morning");
      const fourth = await says("Dan Poe", "Export fails with an error here too");
      const [card] = incident();
      expect(card?.text).toContain("4 customers say the same");
      const number = (who: string) =>
        /^#(\d+)/.exec(
          town.cards().find(({ text }) => text.startsWith("#") && text.includes(who))?.text ?? "",
        )?.[1];
      await town.answerTo(person.marc, () =>
        world.slash(person.marc, channel.team, `/request resolve ${number("Ada Fox")}`),
      );
      await town.settled();
      await world.remove(town.world.find(fourth)?.author.id ?? "", channel.help, fourth);
      await town.settled();
      await world.press(person.ana, card?.id ?? "", "It's one incident");
      await town.settled();
      await world.press(person.ana, incident()[0]?.id ?? "", "Update everyone");
      await town.until("the form", () => world.modal(person.ana));
      const shown = await town.answerTo(person.ana, () =>
        world.submit(person.ana, { line: "The export server is full." }),
      );
      await town.settled();
      expect(shown).toContain("Sent to 2 customers");
      const told = (id: string) =>
        town.under(id).filter(({ text }) => text.includes("The export server is full."));
      expect([first, second, third, fourth].map((id) => told(id).length)).toEqual([0, 1, 1, 0]);
      expect(
        town.said().filter(({ text, thread }) => thread === null && text.includes("export server")),
      ).toEqual([]);
      expect(incident()[0]?.text).toMatch(/First report: #\d+, @?Ada Fox/);
    });
  },
);
