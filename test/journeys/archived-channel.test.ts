// The place where a customer is answered closes in the middle of an incident: what was to be said to them is not lost.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LocalDiscord } from "../../src/sandbox/discord/server.ts";
import type { LocalSlack } from "../../src/sandbox/slack/server.ts";
import { makeTown, type PlatformName, type Town } from "../support/town.ts";

/** What the platform says of each try to write there. */
const CLOSED: Readonly<Record<PlatformName, string>> = { slack: "is_archived", discord: "50083" };

describe.each<PlatformName>(["slack", "discord"])(
  "an incident one of whose customers' channels was archived, on %s",
  (name) => {
    let town: Town;
    const asked: Record<string, string> = {};
    beforeAll(async () => {
      town = await makeTown(name, {
        policy: "storm: 3 customers in 30 min\nstorm of tier 1: 2 customers in 30 min",
        channels: [{ name: "vip" }],
      });
      for (const [who, words, place] of [
        ["Ada Fox", "The export fails with an error for me", town.channel.help],
        ["Ben Ode", "I cannot export the October file, error 17", town.channel.help],
        ["Cleo Ray", "My CSV export fails since this morning", town.place("vip")],
      ] as const) {
        asked[who] = await town.world.say(town.newcomer(who), place, words);
        await town.settled();
      }
      await town.pass(5);
      await town.world.press(town.person.ana, incident()?.id ?? "", "It's one incident");
      await town.settled();
    });
    afterAll(() => town?.close());

    const incident = () => town.cards().find(({ text }) => /incident/i.test(text.split("\n")[0] ?? ""));
    const under = (who: string) => town.under(asked[who] ?? "").map(({ text }) => text);
    const notes = () => town.cards().filter(({ text }) => text.includes("could not be said"));

    /** Slack archives channels; on Discord a moderator closes and locks the thread the customer is answered in. */
    function close(closed: boolean): void {
      if (name === "slack") (town.world as LocalSlack).archive(town.place("vip"), closed);
      else
        (town.world as LocalDiscord).setThread(asked["Cleo Ray"] ?? "", { archived: closed, locked: closed });
    }

    /** How often the bot tried to write where it cannot, since the last time. */
    function tries(): number {
      const all = town.refusals.splice(0);
      expect(all.filter(({ code }) => code !== CLOSED[name])).toEqual([]);
      return all.length;
    }

    test("everybody else is told, and the team sees who was not, with the words", async () => {
      close(true);
      const before = under("Cleo Ray");
      await town.world.press(town.person.ana, incident()?.id ?? "", "Update everyone");
      await town.until("the form", () => town.world.modal(town.person.ana));
      await town.answerTo(town.person.ana, () =>
        town.world.submit(town.person.ana, { line: "The export server is full. Fixed within the hour." }),
      );
      // Nothing waits in the queue for a channel that will not open by itself.
      await town.settled();
      for (const who of ["Ada Fox", "Ben Ode"])
        expect(under(who).filter((text) => text.includes("export server is full"))).toHaveLength(1);
      expect(under("Cleo Ray")).toEqual(before);
      expect(notes().map(({ text }) => text)).toEqual([
        expect.stringMatching(/^#3: .*Cleo Ray.*\n> The export server is full\. Fixed within the hour\./),
      ]);
      expect(tries()).toBe(1);
    });

    test("that stands after a restart, is not said again, and nothing is tried again", async () => {
      await town.restart();
      await town.pass(90);
      expect(notes()).toHaveLength(1);
      expect(tries()).toBe(0);
      for (const who of ["Ada Fox", "Ben Ode"])
        expect(under(who).filter((text) => text.includes("export server is full"))).toHaveLength(1);
    });

    test("resolving them all closes that one, too, and the team sees that its customer was not told", async () => {
      await town.world.press(town.person.ana, incident()?.id ?? "", "Resolve all");
      await town.until("the form", () => town.world.modal(town.person.ana));
      await town.answerTo(town.person.ana, () =>
        town.world.submit(town.person.ana, { note: "The export works again." }),
      );
      await town.settled();
      expect(incident()?.text).toContain("Incident, resolved");
      expect(notes()).toHaveLength(2);
      expect(notes()[1]?.text).toContain("he export works again.");
      // What a customer would press is no business of the team's.
      expect(notes().flatMap(({ controls }) => controls)).toEqual([]);
      expect(tries()).toBe(1);
    });

    test("once the channel is open again, who writes there is heard and answered as ever", async () => {
      close(false);
      // The list of channels is a few minutes old at most.
      await town.pass(1);
      const cleo = town.world.find(asked["Cleo Ray"] ?? "")?.author.id ?? "";
      await town.world.say(cleo, town.place("vip"), "No, the export still fails with the same error", {
        thread: asked["Cleo Ray"] ?? "",
      });
      await town.settled();
      expect(town.cards().find(({ text }) => /^#3\b/.test(text))?.text).toContain("export still fails");
      await town.answerTo(town.person.ana, () =>
        town.world.slash(town.person.ana, town.channel.team, "/request resolve 3 Fixed for you, too."),
      );
      await town.settled();
      expect(under("Cleo Ray").at(-1)).toContain("ixed for you, too.");
      expect(notes()).toHaveLength(2);
      expect(tries()).toBe(0);
    });
  },
);
