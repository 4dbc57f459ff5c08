import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Desk, makeDesk } from "../support/desk.ts";
import { makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])(
  "what is looked for, turned on and off by command, on %s",
  (name) => {
    let town: Town;
    let desk: Desk;
    beforeAll(async () => {
      town = await makeTown(name, { channels: [{ name: "bugs" }] });
      desk = makeDesk(town);
    });
    afterEach(() => expect(town.refusals.splice(0)).toEqual([]));
    afterAll(() => town?.close());

    const typed = (
      words: { what?: string; state?: string; where?: string },
      who = town.person.ana,
      channel = town.channel.help,
    ) => {
      const said = Object.entries(words).map(([arg, value]) =>
        name === "slack" ? value : `${arg}:${value}`,
      );
      return town.answerTo(who, () => town.world.slash(who, channel, ["/siempre detect", ...said].join(" ")));
    };
    const leaves = (of: { number: string }) =>
      town.cards().some(({ text }) => text.includes(`(#${of.number})`) && text.includes("wants to leave"));
    const goes = async (who: string) =>
      desk.charged(town.newcomer(who), "I want to cancel my subscription, we are switching to another tool");

    test("off until a lead says so; then from the next message on, in that channel alone", async () => {
      const { person, world } = town;
      expect(leaves(await goes("Ada Fox"))).toBe(false);
      expect(await typed({})).toMatch(/heat: off \(default\)[\s\S]*leaving: off \(default\)/);
      expect(await typed({ what: "leaving", state: "on" }, person.marc)).toContain("lead");
      expect(await typed({ what: "love", state: "on" })).toContain("Try: /siempre detect heat on");
      expect(leaves(await goes("Ben Ode"))).toBe(false);
      expect(await typed({ what: "leaving", state: "on" })).toContain(
        "From the next message on, in #help, this is noted: leaving.",
      );
      expect(leaves(await goes("Cleo Ray"))).toBe(true);
      await world.say(town.newcomer("Dana Poe"), town.place("bugs"), "I want to cancel my subscription now");
      await town.settled();
      expect(town.cards().some(({ text }) => text.includes("Dana Poe") && text.includes("leave"))).toBe(
        false,
      );
    });

    test("policy show says what holds, and who said so where", async () => {
      const { person, world, channel } = town;
      const show = (where: string) =>
        town.answerTo(person.marc, () => world.slash(person.marc, where, "/siempre policy show"));
      expect(await show(channel.help)).toMatch(/leaving: on \(Ana Ruiz, #help\)/);
      expect(await show(channel.help)).toMatch(/heat: off \(default\)/);
      expect(await show(town.place("bugs"))).toMatch(/leaving: off \(default\)/);
    });

    test("everywhere is for a lead of the whole workspace; a channel's own word comes first; off and file take it back", async () => {
      const { person } = town;
      expect(await typed({ what: "all", state: "on", where: "everywhere" })).toContain("lead");
      await town.restart({ policy: `leads: ["${person.ana}"]\ndetect: [heat]` });
      expect(await typed({ what: "all", state: "on", where: "everywhere" })).toContain(
        "everywhere in this workspace, this is noted: heat, leaving and opportunity.",
      );
      expect(
        await typed({ what: "leaving", state: "off", where: "help" }, person.ana, town.channel.team),
      ).toContain("Not looked for any more in #help: leaving.");
      expect(leaves(await goes("Eva Lis"))).toBe(false);
      expect(await typed({})).toMatch(
        /heat: on \(Ana Ruiz, everywhere\)[\s\S]*leaving: off \(Ana Ruiz, #help\)/,
      );
      await typed({ what: "leaving", state: "file" });
      expect(leaves(await goes("Finn Lo"))).toBe(true);
      await typed({ what: "all", state: "file", where: "everywhere" });
      expect(await typed({})).toMatch(/heat: on \(top of the file\)[\s\S]*leaving: off \(top of the file\)/);
      expect(leaves(await goes("Gil Ott"))).toBe(false);
      // Every word is kept, with who said it.
      const kept = await town.bot.app.context.db.detectSwitch.findMany({ orderBy: { at: "asc" } });
      expect(kept.length).toBe(1 + 3 + 1 + 1 + 3);
      expect(new Set(kept.map(({ byId }) => byId)).size).toBe(1);
    });
  },
);
