import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Desk, makeDesk, reads } from "../support/desk.ts";
import { madrid, makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("hours and absences on %s", (name) => {
  let town: Town;
  let desk: Desk;
  beforeAll(async () => {
    town = await makeTown(name, { start: madrid("2026-11-23 10:00") });
    desk = makeDesk(town);
  });
  afterAll(() => town?.close());
  /** What somebody is told for a command typed in the team channel. */
  const types = async (who: string, text: string) =>
    reads(await town.answerTo(who, () => town.world.slash(who, town.channel.team, text)));

  test("one's own hours are shown, set, and given back to the team", async () => {
    const { marc } = town.person;
    expect(await types(marc, "/siempre hours")).toContain(
      "You work Mon-Fri 9:00-14:00, 15:00-18:00 (Europe/Madrid), as your team does.",
    );
    expect(await types(marc, "/siempre hours lun-jue 8-13; fri 8-12 Atlantic/Canary")).toContain(
      "You work Mon-Thu 8:00-13:00; Fri 8:00-12:00 (Atlantic/Canary). Reminders reach you only then.",
    );
    expect(await types(marc, "/siempre hours whenever")).toContain("Try: mon-fri 9-14, 15-18 Europe/Madrid");
    expect(await types(marc, "/siempre hours")).toContain("Atlantic/Canary");
    expect(await types(marc, "/siempre hours team")).toContain("as your team does");
    expect(town.refusals).toEqual([]);
  });

  test("away with a backup: it is said, the card shows it, and it ends by a word or by itself", async () => {
    const { marc, ana } = town.person;
    const of = await desk.charged(town.newcomer("Ada Beck"));
    await desk.claim(of, marc);
    expect(await types(marc, `/away until "Friday 9:00" <@${town.person.hugo}>`)).toContain(
      "has to be a colleague of this team",
    );
    const away = await types(marc, `/away until "Friday 9:00" <@${ana}>`);
    expect(away).toMatch(/You're away until .*27.*09:00|You're away until .*27.*9:00/);
    expect(away).toContain("Ana gets your reminders meanwhile. 1 open request is yours.");
    await town.settled();
    expect(desk.cardOf(of)).toMatch(/Marc Vidal \(away until .*27/);
    expect(await types(marc, "/away off")).toContain("You're back.");
    await town.settled();
    expect(desk.cardOf(of)).not.toContain("away until");
    expect(await types(marc, "/away off")).toContain("You weren't away.");
    expect(town.refusals).toEqual([]);
  });

  test("a time that has passed, one that is far off, and what is no time at all are told apart", async () => {
    const { marc } = town.person;
    expect(await types(marc, "/away until 9:00")).toContain("That time has passed.");
    expect(await types(marc, "/away until ayer")).toContain("That time has passed.");
    expect(await types(marc, "/away until soon")).toContain("I can't read that as a time.");
    expect(await types(marc, '/away until "in 400 days"')).toContain("more than half a year away");
    expect(await types(marc, "/away off")).toContain("You weren't away.");
  });

  test("whoever is no staff is told that it is for the team", async () => {
    const leo = town.newcomer("Leo Kunde");
    const told = await town.answerTo(leo, () =>
      town.world.slash(leo, town.channel.help, "/away until tomorrow"),
    );
    expect(told).toContain("for the team");
    expect(town.refusals).toEqual([]);
  });
});
