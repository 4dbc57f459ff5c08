import { afterEach, describe, expect, test } from "vitest";
import { makeDesk, reads } from "../support/desk.ts";
import { madrid, makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("a chance on %s", (name) => {
  let town: Town;
  afterEach(async () => {
    expect(town.refusals).toEqual([]);
    await town.close();
  });
  const summary = () =>
    reads(
      town.said(town.channel.leads).findLast(({ text }) => text.startsWith("What customers taught us"))
        ?.text ?? "",
    );

  test("has an owner and a day of its own: taken or given by a lead, recalled that day, and in the weekly summary", {
    timeout: 90_000,
  }, async () => {
    town = await makeTown(name, {
      start: madrid("2026-11-17 10:00"),
      policy: "detect: [opportunity]",
    });
    const desk = makeDesk(town);
    const { world, person, channel } = town;
    const of = await desk.charged(
      town.newcomer("Ferro Roy"),
      "How do I add seats? We would like to buy 20 more seats for our new team.",
    );
    const other = await desk.charged(
      town.newcomer("Olmo Paz"),
      "Could we become a reseller? We would love to become your partner here.",
    );
    const noteOf = (number: string) =>
      town.cards().find(({ text }) => text.includes("A chance with") && text.includes(`(#${number})`));
    expect(noteOf(of.number)?.text).toContain("Nobody follows it up yet.");
    // Marc takes it, with a time that cannot be read first.
    await desk.form(person.marc, noteOf(of.number)?.id ?? "", "I'll follow up…");
    expect(await desk.refusal(person.marc, { by: "one of these days maybe" })).toContain("can't read that");
    await desk.form(person.marc, noteOf(of.number)?.id ?? "", "I'll follow up…");
    expect(await town.answerTo(person.marc, () => world.submit(person.marc, { by: "friday" }))).toContain(
      `#${of.number}: you follow it up by`,
    );
    await town.settled();
    expect(noteOf(of.number)?.text).toContain("Marc follows it up by");
    expect(desk.cardOf(of)).toContain("nobody yet");
    // Only a lead gives it to somebody else; whoever is given it reads the words.
    const give = (who: string) => world.choose(who, noteOf(of.number)?.id ?? "", person.marc);
    expect(await town.answerTo(person.marc, () => give(person.marc))).toContain("lead");
    await give(person.ana);
    await town.until("the form", () => world.modal(person.ana));
    await town.answerTo(person.ana, () => world.submit(person.ana, { by: "thursday 16:00" }));
    await town.settled();
    expect(desk.told(person.marc, of).join("\n")).toContain("buy 20 more seats");
    await town.passTo("2026-11-19 09:30");
    expect(desk.told(person.marc, of).join("\n")).toContain("Today you follow up the chance with Ferro Roy");
    await town.pass(60);
    expect(desk.told(person.marc, of).filter((text) => text.includes("Today you follow up"))).toHaveLength(1);
    await town.passTo("2026-11-23 09:30");
    expect(summary()).toContain(`Olmo Paz: “`);
    expect(summary()).toMatch(new RegExp(`Olmo Paz: “[^”]+” · nobody yet; #${other.number} first\\.`));
    expect(summary()).toMatch(
      new RegExp(`Ferro Roy: “like to buy 20 more seats” · Marc, Thu 19 Nov; #${of.number} first\\.`),
    );
    // Taken from the summary itself.
    const posted = town.said(channel.leads).findLast(({ text }) => text.startsWith("What customers"));
    await desk.form(person.ana, posted?.id ?? "", `I'll follow up #${other.number}`);
    await town.answerTo(person.ana, () => world.submit(person.ana, { by: "in 10 days" }));
    await town.settled();
    expect(noteOf(other.number)?.text).toContain("Ana follows it up by");
    // A week later what is done is gone, and what is to come stays.
    await town.passTo("2026-11-30 09:30");
    expect(summary()).toContain("Olmo Paz");
    expect(summary()).not.toContain("Ferro Roy");
  });

  test("kind words are in the digest with the request, its owner and the day", async () => {
    town = await makeTown(name, { start: madrid("2026-11-23 10:00") });
    const desk = makeDesk(town);
    const { world, person, channel } = town;
    const olmo = town.newcomer("Olmo Paz");
    const of = await desk.charged(olmo);
    await desk.claim(of, person.ana);
    await world.say(person.ana, channel.help, "It goes back today.", { thread: of.id });
    await world.say(olmo, channel.help, "Thank you, you always tell us the truth.", { thread: of.id });
    await town.settled();
    await town.passTo("2026-11-24 09:00");
    const digest = reads(
      town.said(channel.leads).findLast(({ text }) => text.startsWith("Support ·"))?.text ?? "",
    );
    expect(digest).toMatch(
      new RegExp(`you always tell us the truth.*” Olmo Paz · #${of.number}, Ana, Mon 23 Nov`, "i"),
    );
  });
});
