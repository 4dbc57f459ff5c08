import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Desk, makeDesk } from "../support/desk.ts";
import { madrid, makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("when a promise is broken on %s", (name) => {
  let town: Town;
  let desk: Desk;
  beforeAll(async () => {
    town = await makeTown(name, { start: madrid("2026-11-23 10:00") });
    desk = makeDesk(town);
  });
  afterAll(() => town?.close());
  const missed = (texts: readonly string[]) => texts.filter((text) => text.includes("We missed 12:00 with"));

  test("owner and lead hear it at that minute, with a drafted apology in the customer's language", async () => {
    const { marc, ana } = town.person;
    const rosa = town.newcomer("Rosa Leal", { locale: "es-ES" });
    const of = await desk.charged(rosa, "Hola, me habéis cobrado dos veces octubre, ¿me devolvéis una?");
    await desk.claim(of, marc);
    await town.passTo("2026-11-23 11:59");
    expect(missed([...desk.told(marc, of), ...desk.told(ana, of)])).toEqual([]);
    await town.passTo("2026-11-23 12:00");
    const [mine, twice] = missed(desk.told(marc, of));
    expect(twice).toBeUndefined();
    expect(mine).toContain(`Rosa Leal (#${of.number}).`);
    expect(mine).toContain("Te prometí las 12:00 y no cumplí. Lo siento.");
    expect(desk.note(marc, of).controls.map(({ label }) => label)).toEqual(["Send…", "Open", "Reassign"]);
    expect(missed(desk.told(ana, of))).toEqual([expect.stringContaining("Marc has it.")]);
    expect(desk.heard(of)).toEqual([]);
    expect(desk.cardOf(of)).toContain("missed 12:00");
    // Two minutes after the message it was acknowledged; nothing else was said to her.
    expect(desk.spoken(of)).toHaveLength(1);
    expect(town.refusals).toEqual([]);
  });

  test("the owner changes the time, sends it, and it stands in the thread in their name; nobody is told off again", async () => {
    const { world, person } = town;
    const { marc } = person;
    const rosa = town.newcomer("Rosalía Pons", { locale: "es-ES" });
    await town.passTo("2026-11-24 10:00");
    const of = await desk.charged(rosa, "Hola, me habéis cobrado dos veces octubre, ¿me devolvéis una?");
    await desk.claim(of, marc);
    await town.pass(2);
    await town.passTo("2026-11-24 12:01");
    const form = await desk.form(marc, desk.note(marc, of).id, "Send");
    expect(form.title).toBe("Say sorry, give a time");
    expect(form.fields.map(({ value }) => value)).toEqual([
      "Te prometí las 12:00 y no cumplí. Lo siento.",
      "12:46",
    ]);
    expect(await desk.refusal(marc, { by: "11:00" })).toMatch(/time/);
    if (!world.modal(marc)) await desk.form(marc, desk.note(marc, of).id, "Send");
    await world.submit(marc, { by: "13:15" });
    await town.settled();
    const said = desk.spoken(of).at(-1);
    expect(said).toMatch(
      /^Te prometí las 12:00 y no cumplí\. Lo siento\. A las 13:15 tienes noticias mías\./,
    );
    expect(world.find(town.under(of.id).at(-1)?.id ?? "")?.thread).toBe(of.id);
    await town.passTo("2026-11-24 12:45");
    expect(desk.spoken(of)).toHaveLength(2);
    expect(desk.cardOf(of)).toContain("13:15");
    // The new word is a promise like any other: reminded of before, broken after.
    await town.passTo("2026-11-24 12:57");
    expect(desk.told(marc, of).at(-1)).toContain("expects you by 13:15");
    await town.passTo("2026-11-24 13:15");
    expect(desk.told(marc, of).at(-1)).toContain("We missed 13:15 with");
    expect(town.refusals).toEqual([]);
  });

  test("nobody sends it: after the grace time the bot says once, plainly, that we are late", async () => {
    const { marc } = town.person;
    await town.passTo("2026-11-25 10:00");
    const of = await desk.charged(town.newcomer("Uwe Kern"));
    await desk.claim(of, marc);
    await town.pass(2);
    await town.passTo("2026-11-25 12:00");
    await town.passTo("2026-11-25 12:14");
    expect(desk.spoken(of)).toHaveLength(1);
    await town.passTo("2026-11-25 12:15");
    expect(desk.spoken(of).at(-1)).toMatch(/by 12:00, and we're late\./);
    await town.passTo("2026-11-25 17:59");
    await town.passTo("2026-11-26 17:59");
    expect(desk.spoken(of)).toHaveLength(2);
    expect(missed(desk.told(marc, of))).toHaveLength(1);
    expect(town.refusals).toEqual([]);
  });

  test("a person answers within the grace time: the bot does not speak over them", async () => {
    const { world, person, channel } = town;
    await town.passTo("2026-11-27 10:00");
    const of = await desk.charged(town.newcomer("Ida Holm"));
    await desk.claim(of, person.marc);
    await town.passTo("2026-11-27 12:05");
    await world.say(person.marc, channel.help, "Sorry for the wait: I have refunded the second charge.", {
      thread: of.id,
    });
    await town.passTo("2026-11-27 13:00");
    expect(desk.spoken(of)).toHaveLength(1);
    expect(desk.cardOf(of)).not.toContain("missed");
    expect(town.refusals).toEqual([]);
  });

  test("nobody owns it: the team channel hears it, and the lead; “Reassign” finds an owner", async () => {
    const { world, person } = town;
    await town.passTo("2026-11-30 10:00");
    const of = await desk.charged(town.newcomer("Jon Prat"));
    await town.passTo("2026-11-30 12:00");
    expect(missed(desk.heard(of))).toEqual([expect.stringContaining("Nobody owned it.")]);
    expect(missed(desk.told(person.ana, of))).toHaveLength(1);
    await world.press(person.ana, desk.note(person.ana, of).id, "Reassign");
    const menu = await town.until("a menu of people", () =>
      town.privately(person.ana).find(({ controls }) => controls.some(({ kind }) => kind === "people")),
    );
    await world.choose(person.ana, menu.id, person.marc);
    await town.settled();
    expect(town.privately(person.marc).at(-1)?.text).toContain(`Ana gave you #${of.number}`);
    expect(desk.cardOf(of)).toContain("Marc Vidal");
    expect(town.refusals).toEqual([]);
  });

  test("what the owner promised when they said it back is reminded of and breaks like any other", async () => {
    const { person } = town;
    await town.passTo("2026-12-01 10:00");
    const of = await desk.charged(town.newcomer("Kai Voss"));
    await desk.claim(of, person.marc, {
      line: "I'm Marc and I have this. So: one charge too many, and you want it back.",
      by: "13:00",
    });
    expect(desk.spoken(of)).toEqual([
      expect.stringMatching(
        /^I'm Marc and I have this\. So: one charge too many, and you want it back\. I'll write by 13:00\./,
      ),
    ]);
    // The line was the first answer: nothing happens at 11:30 and 12:00.
    await town.passTo("2026-12-01 12:14");
    expect(desk.told(person.marc, of)).toEqual([]);
    await town.passTo("2026-12-01 12:15");
    expect(desk.told(person.marc, of)).toEqual([expect.stringContaining("expects you by 13:00, in 45 min.")]);
    await town.passTo("2026-12-01 13:00");
    expect(desk.told(person.marc, of).at(-1)).toContain("We missed 13:00 with");
    await town.passTo("2026-12-01 13:15");
    expect(desk.spoken(of).at(-1)).toContain("we're late");
    expect(town.refusals).toEqual([]);
  });

  test("a channel that watches only: the team hears of the breach, the customer nothing", async () => {
    const quiet = await makeTown(name, { start: madrid("2026-11-24 10:00"), live: false });
    try {
      const at = makeDesk(quiet);
      const of = await at.charged(quiet.person.marta);
      await quiet.passTo("2026-11-24 12:00");
      expect(missed(at.heard(of))).toHaveLength(1);
      expect(at.heard(of).join()).not.toContain("Draft");
      await quiet.passTo("2026-11-24 13:00");
      expect(quiet.said()).toEqual([]);
      expect(quiet.refusals).toEqual([]);
    } finally {
      await quiet.close();
    }
  });
});
