import { afterEach, describe, expect, test } from "vitest";
import { makeDesk, reads } from "../support/desk.ts";
import { madrid, makeTown, type PlatformName, type Town, type TownOptions } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("the daily digest on %s", (name) => {
  let town: Town;
  afterEach(async () => {
    expect(town.refusals).toEqual([]);
    await town.close();
  });
  async function begin(start: string, options: TownOptions = {}) {
    town = await makeTown(name, { start: madrid(start), ...options });
    return makeDesk(town);
  }
  const digests = () =>
    town
      .said(town.channel.leads)
      .map(({ text }) => reads(text))
      .filter((text) => text.startsWith("Support ·"));

  test("tells the leads at nine what yesterday was and what needs them now", {
    timeout: 90_000,
  }, async () => {
    const { person, world, channel } = await begin("2026-11-23 10:00").then(() => town);
    const desk = makeDesk(town);
    // Kept: answered after one hour, resolved and closed.
    const kept = await desk.charged(town.newcomer("Nora Diaz"));
    await desk.claim(kept, person.marc);
    await town.passTo("2026-11-23 11:00");
    await world.say(person.marc, channel.help, "Refunded, it will be there tomorrow.", { thread: kept.id });
    await desk.form(person.marc, kept.card, "Resolve");
    await world.submit(person.marc, {});
    // Broken: Marc had it and answered 40 minutes late.
    const late = await desk.charged(town.newcomer("Otto Lind"));
    await desk.claim(late, person.marc);
    await town.passTo("2026-11-23 13:00");
    await town.passTo("2026-11-23 13:40");
    await world.say(person.marc, channel.help, "Sorry for the wait, refunded now.", { thread: late.id });
    // Broken: nobody had it, and nobody answered.
    await desk.charged(town.newcomer("Pia Roth"));
    await town.passTo("2026-11-23 16:40");
    // Open and in time: Ana has one, due today; nobody has the other.
    await town.passTo("2026-11-23 17:30");
    const hers = await desk.charged(town.newcomer("Quim Bosch"));
    await desk.claim(hers, person.ana);
    await desk.charged(town.newcomer("Rita Saez"));
    await town.passTo("2026-11-24 08:59");
    expect(digests()).toEqual([]);
    await town.passTo("2026-11-24 09:00");
    const [digest, another] = digests();
    expect(another).toBeUndefined();
    expect(digest).toMatch(/^Support · Tue 24 Nov/);
    expect(digest).toContain("2 promises need a hand. 2 broken yesterday");
    const [, needs = "", broken = ""] = digest?.split(/Needs you now|Broken yesterday/) ?? [];
    expect(needs).toMatch(/#3 Pia Roth.*no owner.*was due 16:40|#3 Pia Roth.*no owner.*16:40/);
    expect(needs).toMatch(/#5 Rita Saez.*no owner.*10:30/);
    expect(needs).not.toContain("Nora Diaz");
    expect(needs).toContain("Ana Ruiz 1");
    expect(broken).toMatch(/#2 Otto Lind: 40 min late\. Answered .*13:40/);
    expect(broken).toMatch(/#3 Pia Roth: still unanswered.*[Nn]obody owned it\./);
    expect(broken).not.toMatch(/#2 .*[Nn]obody owned it/);
    expect(broken).toMatch(
      /Why: (nobody owned it 1, the owner was silent 1|the owner was silent 1, nobody owned it 1)/,
    );
    expect(digest).toMatch(/5 in, 1 closed, 4 open\. Kept 1 of 3\. Slowest answer 2 h 40/);
    // Its button finds an owner for what has none.
    const message = town.said(channel.leads).findLast(({ text }) => text.startsWith("Support ·"));
    expect(message?.controls.map(({ label }) => label)).toEqual(["Assign #3", "Assign #5"]);
    await world.press(person.ana, message?.id ?? "", "Assign #3");
    const menu = await town.until("a menu of people", () =>
      town.privately(person.ana).find(({ controls }) => controls.some(({ kind }) => kind === "people")),
    );
    await world.choose(person.ana, menu.id, person.marc);
    await town.settled();
    expect(town.privately(person.marc).at(-1)?.text).toContain("Ana gave you #3");
    // Pia is answered today: what broke yesterday does not break again tomorrow, and it was nobody's.
    await world.say(person.marc, channel.help, "Refunded now, sorry for the wait.", {
      thread: town.world.messages(channel.help).find(({ author }) => author.name === "Pia Roth")?.id ?? "",
    });
    // Once, however often the sweep looks.
    await town.passTo("2026-11-24 09:30");
    await town.pass(1);
    expect(digests()).toHaveLength(1);
    await town.passTo("2026-11-25 09:00");
    expect(digests()[1]).not.toContain("#3 Pia Roth");
  });

  test("comes once though the bot was down at nine, and tells of the day before all the same", async () => {
    const desk = await begin("2026-11-23 10:00");
    await desk.charged(town.newcomer("Nora Diaz"));
    await town.passTo("2026-11-23 12:00");
    await town.restart({ meanwhile: async () => town.clock.advanceTo(madrid("2026-11-24 11:20")) });
    await town.pass(0);
    expect(digests()).toHaveLength(1);
    expect(digests()[0]).toMatch(/^Support · Tue 24 Nov/);
    expect(digests()[0]).toContain("#1 Nora Diaz: still unanswered");
    await town.restart();
    await town.pass(10);
    expect(digests()).toHaveLength(1);
  });

  test("comes once after two days away, and its window reaches back to the digest before", async () => {
    const desk = await begin("2026-11-23 10:00");
    await town.passTo("2026-11-24 09:00");
    await desk.charged(town.newcomer("Nora Diaz"));
    await town.passTo("2026-11-24 11:05");
    await town.restart({ meanwhile: async () => town.clock.advanceTo(madrid("2026-11-26 15:00")) });
    await town.pass(0);
    expect(digests()).toHaveLength(2);
    expect(digests()[1]).toMatch(/^Support · Thu 26 Nov/);
    expect(digests()[1]).toContain("1 in, 0 closed, 1 open. Kept 0 of 1.");
    await town.passTo("2026-11-27 09:00");
    expect(digests()).toHaveLength(3);
  });

  test("keeps to the clock on the wall across the change of the hour, in both directions", async () => {
    // Summer time ends on Sunday 25 October 2026 and begins on Sunday 28 March 2027.
    await begin("2026-10-23 10:00");
    for (const [before, at] of [
      ["2026-10-26 08:59", "2026-10-26 09:00"],
      ["2027-03-29 08:59", "2027-03-29 09:00"],
      ["2027-03-30 08:59", "2027-03-30 09:00"],
    ] as const) {
      await town.passTo(before);
      const already = digests().length;
      await town.passTo(at);
      expect(digests()).toHaveLength(already + 1);
    }
  });

  test("a bot that arrives today does not begin with yesterday's digest", async () => {
    await begin("2026-11-24 10:00");
    await town.pass(5);
    expect(digests()).toEqual([]);
  });
});
