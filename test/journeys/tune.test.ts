import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("tuning a channel on %s", (name) => {
  let town: Town;
  beforeAll(async () => {
    town = await makeTown(name);
  });
  afterEach(() => expect(town.refusals.splice(0)).toEqual([]));
  afterAll(() => town?.close());

  const cardsOf = (who: string) => town.cards().filter(({ text }) => text.includes(who));
  const result = () =>
    town.privately(town.person.ana).findLast(({ text }) => text.includes("#help, the last"));

  /** Says what they mean in two messages, 18 minutes apart. */
  async function inTwo(people: readonly string[]): Promise<void> {
    const { world, channel } = town;
    const ids = people.map((who) => town.newcomer(who));
    for (const id of ids) await world.say(id, channel.help, "The export fails with an error for me");
    await town.pass(18);
    for (const id of ids) await world.say(id, channel.help, "I was charged twice for November, on the card");
    await town.pass(60);
  }

  test("finds settings that fit what the team made of it, with the effect in numbers", async () => {
    const { world, person, channel, bot } = town;
    await inTwo(["Ada Fox", "Ben Ode", "Cleo Ray", "Dan Poe", "Eva Lis"]);
    expect(cardsOf("Ada Fox")).toHaveLength(2);
    // The team put the second message of each with their first.
    await bot.app.context.db.$executeRaw`
      UPDATE message m SET request_id = first.id FROM request second JOIN request first
        ON first.customer_id = second.customer_id AND first.number < second.number WHERE m.request_id = second.id`;
    const shown = await town.answerTo(person.ana, () =>
      world.slash(person.ana, channel.team, "/siempre tune help"),
    );
    expect(shown).toContain("reading the last 3 weeks of #help");
    await town.settled();
    expect(result()?.text).toContain("10 messages: 10 requests");
    expect(result()?.text).toContain("Better: join within 10 → 25 min.");
    expect(result()?.text).toContain("10 → 5 requests; decides like the team in 5 → 10 of 10 messages.");
    expect(result()?.text).toContain("The policy file says join within 10 min");
  });

  test("takes them over with one press of a lead, at once, and says whose they are", async () => {
    const { world, person, channel } = town;
    const used = await town.answerTo(person.ana, () =>
      world.press(person.ana, result()?.id ?? "", "Use these"),
    );
    expect(used).toContain("within 25 min belong together. The policy file says join within 10 min");
    await inTwo(["Finn Lo"]);
    expect(cardsOf("Finn Lo")).toHaveLength(1);
    await town.answerTo(person.ana, () => world.slash(person.ana, channel.team, "/siempre tune help"));
    await town.settled();
    expect(result()?.text).toContain("What holds now fits");
    expect(result()?.text).toMatch(/Now join within 25 min.*, set by @?Ana Ruiz/);
    await town.answerTo(person.ana, () =>
      world.press(person.ana, result()?.id ?? "", "Back to the policy file"),
    );
    await inTwo(["Gil Ott"]);
    expect(cardsOf("Gil Ott")).toHaveLength(2);
  });

  test("is for leads, and for channels that are watched", async () => {
    const { world, person, channel } = town;
    expect(
      await town.answerTo(person.marc, () => world.slash(person.marc, channel.team, "/siempre tune help")),
    ).toContain("lead");
    expect(
      await town.answerTo(person.ana, () => world.slash(person.ana, channel.team, "/siempre tune")),
    ).toContain("don't watch");
  });
});

describe.each<PlatformName>(["slack", "discord"])("tuning by what people corrected on %s", (name) => {
  let town: Town;
  afterEach(async () => {
    expect(town.refusals).toEqual([]);
    await town.close();
  });

  test("says how many of the team's own corrections other settings would have spared", async () => {
    town = await makeTown(name);
    const { world, person, channel } = town;
    const { ana, marc } = person;
    const numberOf = (words: string) =>
      /^#(\d+) /.exec(town.cards().find(({ text }) => text.includes(words))?.text ?? "")?.[1] ?? "?";
    const people = ["Ada Fox", "Ben Ode", "Cleo Ray", "Dan Poe", "Eva Lis", "Finn Lo"];
    const ids = people.map((who) => town.newcomer(who));
    for (const id of ids) await world.say(id, channel.help, "The export fails with an error for me");
    await town.settled();
    const numbers = people.map(numberOf);
    await town.pass(18);
    const later: string[] = [];
    for (const id of ids)
      later.push(await world.say(id, channel.help, "I was charged twice for November, on the card"));
    await town.settled();
    // Marc puts five of six right, with the acts anybody has.
    for (const [index, message] of later.slice(0, 5).entries()) {
      const before = new Set(town.privately(marc).map(({ id }) => id));
      await world.shortcut(marc, channel.help, message, "Why?");
      const shown = await town.until("the reasons", () =>
        town.privately(marc).find(({ id, onlyFor }) => onlyFor === marc && !before.has(id)),
      );
      await world.press(marc, shown.id, "Join it to…");
      await town.until("the form", () => world.modal(marc));
      const answer = await town.answerTo(marc, () => world.submit(marc, { into: `#${numbers[index]}` }));
      expect(answer).toContain(`It belongs to #${numbers[index]} now`);
      await town.settled();
    }
    await town.answerTo(ana, () => world.slash(ana, channel.team, "/siempre tune help"));
    await town.settled();
    const result = town.privately(ana).findLast(({ text }) => text.includes("#help, the last"))?.text;
    expect(result).toContain("5 corrected by people.");
    expect(result).toContain("Better: join within 10 → 25 min.");
    expect(result).toContain("5 of 5 corrections would not have been needed");
  });
});
