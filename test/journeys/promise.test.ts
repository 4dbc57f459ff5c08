// Do, or do not: somebody gives their word, by a command or a form, and it is held like any other promise.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Desk, makeDesk, reads } from "../support/desk.ts";
import { madrid, makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("a word given on %s", (name) => {
  let town: Town;
  let desk: Desk;
  beforeAll(async () => {
    town = await makeTown(name, { start: madrid("2026-11-24 10:00") });
    desk = makeDesk(town);
  });
  afterAll(() => town?.close());
  const typed = (who: string, text: string) =>
    town.answerTo(who, () => town.world.slash(who, town.channel.help, text));

  test("by a command, silently: on the card, reminded of, and kept by an answer before its time", async () => {
    const { person, world, channel } = town;
    const of = await desk.charged(town.newcomer("Rosa Leal"));
    await town.pass(2);
    const said = reads(await typed(person.marc, `/promise ${of.number} 11:30`));
    expect(said).toBe(
      `Your word on #${of.number}: they hear from you by 11:30. Nothing was said to the customer.`,
    );
    await town.settled();
    expect(desk.cardOf(of)).toContain("word given for 11:30");
    expect(desk.cardOf(of)).toContain("Marc Vidal");
    // Two minutes after the message it was acknowledged; nothing else was said to her.
    expect(desk.spoken(of)).toHaveLength(1);
    await town.passTo("2026-11-24 11:29");
    await world.say(person.marc, channel.help, "The bank confirms it: you get one back.", { thread: of.id });
    await town.passTo("2026-11-24 11:45");
    expect(desk.cardOf(of)).not.toContain("missed");
    expect(desk.told(person.marc, of).join()).not.toContain("We missed");
    expect(town.refusals).toEqual([]);
  });

  test("by a command, with a line: said in their name with the time", async () => {
    const { person } = town;
    await town.passTo("2026-11-25 10:00");
    const of = await desk.charged(town.newcomer("Uwe Kern"));
    const said = reads(
      await typed(person.marc, `/promise ${of.number} "tomorrow 15:00" I am asking the bank.`),
    );
    expect(said).toMatch(/^Said in your name\. Your word on #\d+: they hear from you by .*26.*15:00\.$/);
    await town.settled();
    expect(desk.spoken(of).at(-1)).toMatch(/^I am asking the bank\. I'll write by .*26.*15:00\./);
    await town.passTo("2026-11-26 15:00");
    expect(desk.told(person.marc, of).at(-1)).toMatch(/We missed .*15:00 with/);
    // In the digest with its own words: who gave it, for when.
    await town.pass(5);
    const digest = reads(await typed(person.ana, "/digest now"));
    expect(digest).toMatch(
      new RegExp(`#${of.number}\\W+Uwe Kern: Marc gave their word for .*15:00; still unanswered\\.`),
    );
    expect(digest).toContain("Words kept: 0 of 1.");
    expect(town.refusals).toEqual([]);
  });

  test("on a colleague's request is theirs who gave it: they are reminded, and told when it was missed", async () => {
    const { person } = town;
    await town.passTo("2026-11-30 10:00");
    const of = await desk.charged(town.newcomer("Eli Gray"));
    await desk.claim(of, person.marc, { by: "17:30" });
    await typed(person.ana, `/promise ${of.number} 13:00`);
    await town.settled();
    expect(desk.cardOf(of)).toContain("Marc Vidal");
    await town.passTo("2026-11-30 12:50");
    expect(desk.told(person.ana, of)).toEqual([expect.stringContaining("expects you by 13:00")]);
    await town.passTo("2026-11-30 13:00");
    expect(desk.told(person.ana, of).at(-1)).toContain("We missed 13:00 with");
    expect(desk.told(person.marc, of).join()).not.toContain("13:00");
    expect(town.refusals).toEqual([]);
  });

  test("what is no time is said to be none, and what has passed to have passed", async () => {
    const { person } = town;
    const of = await desk.charged(town.newcomer("Ida Holm"));
    expect(await typed(person.marc, `/promise ${of.number} when I can`)).toContain(
      "can't read that as a time",
    );
    expect(await typed(person.marc, `/promise ${of.number} 9:00`)).toContain("That time has passed");
    expect(await typed(person.olmo, `/promise ${of.number} 17:30`)).toContain("That's for the team here");
    expect(desk.cardOf(of)).not.toContain("word given");
    expect(town.refusals).toEqual([]);
  });

  test("by the form behind the card; a refused form is there again with what was typed", async () => {
    const { person, world } = town;
    await town.passTo("2026-12-01 10:00");
    const of = await desk.charged(town.newcomer("Jon Prat"));
    const form = await desk.form(person.marc, of.card, "Promise an update");
    expect([form.title, ...form.fields.map(({ label }) => label)]).toEqual([
      "Promise an update",
      "When do they hear from you?",
      "A line for the customer (optional)",
    ]);
    const note = "I am on it; the refund needs a second pair of eyes.";
    expect(await desk.refusal(person.marc, { when: "9:00", note })).toContain("That time has passed");
    if (!world.modal(person.marc))
      await desk.form(person.marc, town.privately(person.marc).at(-1)?.id ?? "", "Try again");
    expect(world.modal(person.marc)?.fields.map(({ value }) => value)).toEqual(["9:00", note]);
    await world.submit(person.marc, { when: "13:00" });
    await town.settled();
    expect(desk.spoken(of).at(-1)).toMatch(
      /^I am on it; the refund needs a second pair of eyes\. I'll write by 13:00\./,
    );
    expect(desk.cardOf(of)).toContain("word given for 13:00");
    expect(town.refusals).toEqual([]);
  });

  test("what was typed to say it back is there again, too", async () => {
    const { person, world } = town;
    const of = await desk.charged(town.newcomer("Kai Voss"));
    await world.press(person.marc, of.card, "Claim");
    await town.until("the form to say it back", () => world.modal(person.marc));
    const line = "I'm Marc. So: one charge too many.";
    expect(await desk.refusal(person.marc, { line, by: "in a while" })).toContain(
      "can't read that as a time",
    );
    if (!world.modal(person.marc))
      await desk.form(person.marc, town.privately(person.marc).at(-1)?.id ?? "", "Try again");
    expect(world.modal(person.marc)?.fields.map(({ value }) => value)).toEqual([line, "in a while"]);
    await world.submit(person.marc, { by: "13:30" });
    await town.settled();
    expect(desk.spoken(of).at(-1)).toMatch(/^I'm Marc\. So: one charge too many\. I'll write by 13:30\./);
    expect(town.refusals).toEqual([]);
  });
});
