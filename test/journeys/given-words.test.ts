// "I'll get back to you by three": whoever wrote it is asked, and only they, whether to track it.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Case, type Desk, makeDesk, reads } from "../support/desk.ts";
import { madrid, makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("a word given in a message on %s", (name) => {
  let town: Town;
  let desk: Desk;
  beforeAll(async () => {
    town = await makeTown(name, { start: madrid("2026-11-24 10:00") });
    desk = makeDesk(town);
  });
  afterAll(() => town?.close());

  const writes = async (who: string, of: Case, text: string) => {
    const id = await town.world.say(who, town.channel.help, text, { thread: of.id });
    await town.settled();
    return id;
  };
  const questions = (who: string, of: Case) =>
    town.privately(who).filter(({ text }) => text.includes(`gave your word in #${of.number}`));
  const question = (who: string, of: Case) => {
    const [asked, twice] = questions(who, of);
    if (!asked || twice) throw new Error(`asked ${questions(who, of).length} times`);
    return asked;
  };

  test("is asked about in private, tracked by one tap, by two no more, and held like any other", async () => {
    const { person, world, channel } = town;
    const of = await desk.charged(town.newcomer("Rosa Leal"));
    await writes(person.marc, of, "Thanks Rosa, I'll get back to you by three.");
    const asked = question(person.marc, of);
    expect(reads(asked.text)).toContain(`Marc, you gave your word in #${of.number}, Rosa Leal. Track it?`);
    expect(asked.text).toContain("I'll get back to you by three.");
    expect(asked.controls.map(({ label }) => label)).toEqual(["Track it: today 15:00", "Another time", "No"]);
    if (name === "slack")
      expect(asked).toMatchObject({ channel: channel.help, thread: of.id, onlyFor: person.marc });
    else expect(asked.direct).toBe(person.marc);
    expect([questions(person.ana, of), desk.heard(of), desk.spoken(of)]).toEqual([[], [], []]);
    expect(desk.cardOf(of)).not.toContain("word given");
    for (const _ of [1, 2]) {
      const said = await town.answerTo(person.marc, () => world.press(person.marc, asked.id, "Track it"));
      expect(reads(said)).toContain(`Your word on #${of.number}: they hear from you by 15:00.`);
    }
    await town.settled();
    expect(desk.cardOf(of).match(/word given for 15:00/g)).toHaveLength(1);
    await town.passTo("2026-11-24 15:00");
    expect(desk.told(person.marc, of).filter((text) => text.includes("We missed 15:00"))).toHaveLength(1);
    expect(town.refusals).toEqual([]);
  });

  test("without a clear time opens the form; “No” tracks nothing; a question and a thanks are not asked about", async () => {
    const { person, world } = town;
    await town.passTo("2026-11-25 10:00");
    const of = await desk.charged(town.newcomer("Uwe Kern"));
    await writes(person.marc, of, "Can you send me the invoice by tomorrow?");
    expect(questions(person.marc, of)).toEqual([]);
    await writes(person.marc, of, "Lo miro y te digo.");
    const asked = question(person.marc, of);
    expect(asked.controls.map(({ label }) => label)).toEqual(["Pick a time", "No"]);
    expect(await town.answerTo(person.marc, () => world.press(person.marc, asked.id, "No"))).toContain(
      "it isn't tracked",
    );
    await desk.form(person.marc, asked.id, "Pick a time");
    await world.submit(person.marc, { when: "12:30" });
    await town.settled();
    expect(desk.cardOf(of)).toContain("word given for 12:30");
    // The next thing they write keeps it.
    await writes(person.marc, of, "Done: one of the two is on its way back.");
    expect(desk.cardOf(of)).not.toContain("word given");
    expect(questions(person.marc, of)).toHaveLength(1);
    expect(town.refusals).toEqual([]);
  });

  test("in an edit is asked about once, however often it is edited", async () => {
    const { person, world, channel } = town;
    await town.passTo("2026-11-25 15:00");
    const of = await desk.charged(town.newcomer("Eli Voss"));
    const id = await writes(person.marc, of, "Thanks Eli, I see it.");
    expect(questions(person.marc, of)).toEqual([]);
    const edits = async (text: string) => {
      await world.edit(person.marc, channel.help, id, text);
      await town.settled();
    };
    await edits("Thanks Eli, I see it, I'll get back to you by five.");
    const asked = question(person.marc, of);
    expect(asked.controls[0]?.label).toBe("Track it: today 17:00");
    await edits("Thanks Eli, I see it.");
    await edits("Thanks Eli, I see it, I'll get back to you by half past five.");
    expect(questions(person.marc, of)).toHaveLength(1);
    await world.press(person.marc, asked.id, "Track it");
    await town.settled();
    expect(desk.cardOf(of).match(/word given for 17:00/g)).toHaveLength(1);
    // What is tracked stays, whatever becomes of the words: an edit moves no deadline.
    await edits("Thanks Eli, I see it.");
    expect(desk.cardOf(of)).toContain("word given for 17:00");
    expect(town.refusals).toEqual([]);
  });

  test("in a message that is deleted meanwhile is tracked no more", async () => {
    const { person, world, channel } = town;
    await town.passTo("2026-11-26 10:00");
    const of = await desk.charged(town.newcomer("Ida Holm"));
    const id = await writes(person.marc, of, "mañana te digo");
    const asked = question(person.marc, of);
    expect(asked.controls[0]?.label).toBe("Track it: Fri 27 Nov, 17:00");
    await world.remove(person.marc, channel.help, id);
    await town.settled();
    expect(await town.answerTo(person.marc, () => world.press(person.marc, asked.id, "Track it"))).toContain(
      "That message was deleted",
    );
    await town.settled();
    expect(desk.cardOf(of)).not.toContain("word given");
    expect(town.refusals).toEqual([]);
  });

  test("is not asked about where the policy says so", async () => {
    const { person } = town;
    await town.restart({ policy: "ask about given words: no" });
    await town.passTo("2026-11-26 15:00");
    const of = await desk.charged(town.newcomer("Noa Brun"));
    await writes(person.marc, of, "I'll get back to you by five.");
    expect(questions(person.marc, of)).toEqual([]);
    await town.restart({ policy: "" });
    await writes(person.marc, of, "I'll get back to you by half past five.");
    expect(questions(person.marc, of)).toHaveLength(1);
  });

  test.runIf(name === "discord")(
    "by somebody who takes no direct messages: the team channel is asked, and only they can say yes",
    async () => {
      const closed = await makeTown(name, {
        start: madrid("2026-11-24 10:00"),
        guests: ["olmo"],
        namesStaff: false,
      });
      try {
        const at = makeDesk(closed);
        closed.world.addPerson({
          id: closed.person.olmo,
          name: "Olmo Gil",
          locale: "en-US",
          directClosed: true,
        });
        const of = await at.charged(closed.newcomer("Jon Prat"));
        await closed.world.say(closed.person.olmo, closed.channel.help, "I'll let you know tomorrow.", {
          thread: of.id,
        });
        await closed.settled();
        const asked = closed.cards().find(({ text }) => text.includes("Olmo, you gave your word"));
        if (!asked) throw new Error("the team channel was not asked");
        const marc = await closed.answerTo(closed.person.marc, () =>
          closed.world.press(closed.person.marc, asked.id, "Track it"),
        );
        expect(marc).toContain("Only whoever wrote it");
        await closed.world.press(closed.person.olmo, asked.id, "Track it");
        await closed.settled();
        expect(at.cardOf(of)).toContain("word given");
        expect(closed.refusals.splice(0).map(({ code }) => code)).toEqual(["50007"]);
      } finally {
        await closed.close();
      }
    },
  );
});
