import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Desk, makeDesk } from "../support/desk.ts";
import { madrid, makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("who answers a customer on %s", (name) => {
  let town: Town;
  let desk: Desk;
  let day = 0;
  beforeAll(async () => {
    town = await makeTown(name, { start: madrid("2026-11-02 09:30") });
    desk = makeDesk(town);
  });
  afterAll(() => town?.close());

  /** The next working day at ten: nothing of the test before is still waiting to be said. */
  async function nextDay(): Promise<string> {
    const days = ["03", "04", "05", "06", "10", "11", "12", "13"];
    const date = `2026-11-${days[day]}`;
    day += 1;
    await town.passTo(`${date} 10:00`);
    return date;
  }

  test("staff in the thread: that is the first answer, and nobody is reminded", async () => {
    const { world, person, channel } = town;
    const date = await nextDay();
    const of = await desk.charged(town.newcomer("Abel Rey"));
    await desk.claim(of, person.marc);
    await town.pass(2);
    await world.say(person.marc, channel.help, "I see the second charge and will refund it today.", {
      thread: of.id,
    });
    await town.settled();
    expect(desk.cardOf(of)).toContain("nothing due");
    await town.passTo(`${date} 12:30`);
    expect([...desk.told(person.marc, of), ...desk.heard(of)]).toEqual([]);
    expect(town.refusals).toEqual([]);
  });

  test("staff at top level to that customer: that is the first answer, too", async () => {
    const { world, person, channel } = town;
    const date = await nextDay();
    const bea = town.newcomer("Bea Soto");
    const of = await desk.charged(bea);
    const other = await desk.charged(
      town.newcomer("Otra Persona"),
      "The export fails with an error, please help.",
    );
    await world.say(person.marc, channel.help, `<@${bea}> I see the second charge and will refund it today.`);
    await town.settled();
    expect(desk.cardOf(of)).toContain("nothing due");
    expect(desk.cardOf(other)).toContain("answer by");
    await town.passTo(`${date} 12:00`);
    expect(desk.heard(of)).toEqual([]);
    expect(town.refusals).toEqual([]);
  });

  test("staff who only call a colleague have not answered: the promise runs on", async () => {
    const { world, person, channel } = town;
    const date = await nextDay();
    const of = await desk.charged(town.newcomer("Carl Beck"));
    await desk.claim(of, person.marc);
    await world.say(person.marc, channel.help, `<@${person.ana}> can you look at this one?`, {
      thread: of.id,
    });
    await town.settled();
    expect(desk.cardOf(of)).toContain("answer by 12:00");
    await town.passTo(`${date} 10:02`);
    expect(desk.spoken(of)).toHaveLength(1);
    await town.passTo(`${date} 11:30`);
    expect(desk.told(person.marc, of)).toHaveLength(1);
    await town.passTo(`${date} 12:00`);
    expect(desk.told(person.marc, of).at(-1)).toContain("We missed 12:00");
    expect(town.refusals).toEqual([]);
  });

  test("a helper: no warning any more, but the promise is the team's and breaks", async () => {
    const { world, person, channel } = town;
    const date = await nextDay();
    const of = await desk.charged(town.newcomer("Dana Wolf"));
    await desk.claim(of, person.marc);
    await town.pass(2);
    await world.say(
      person.hugo,
      channel.help,
      "Mine came back by itself after two days, for what it's worth.",
      {
        thread: of.id,
      },
    );
    await town.passTo(`${date} 11:30`);
    expect(desk.told(person.marc, of)).toEqual([]);
    await town.passTo(`${date} 12:00`);
    expect(desk.told(person.marc, of)).toEqual([expect.stringContaining("We missed 12:00")]);
    expect(town.refusals).toEqual([]);
  });

  test("a helper, and the customer writes again: it was not enough, and the owner is warned", async () => {
    const { world, person, channel } = town;
    const date = await nextDay();
    const eli = town.newcomer("Eli Dorn");
    const of = await desk.charged(eli);
    await desk.claim(of, person.marc);
    await world.say(person.hugo, channel.help, "Did you look at the invoice page?", { thread: of.id });
    await town.pass(20);
    await world.say(eli, channel.help, "I did, and the second charge is still there.", { thread: of.id });
    await town.passTo(`${date} 11:30`);
    expect(desk.told(person.marc, of)).toHaveLength(1);
    expect(desk.told(person.marc, of)[0]).toContain("the second charge is still there");
    expect(town.refusals).toEqual([]);
  });

  test("an answer and “waiting” in one step: the first answer is kept, and nothing is due", async () => {
    const { world, person, channel } = town;
    const date = await nextDay();
    const of = await desk.charged(town.newcomer("Fay Lund"));
    await desk.claim(of, person.marc);
    await town.pass(2);
    await world.say(person.marc, channel.help, "Which of the two invoices is the wrong one?", {
      thread: of.id,
    });
    await world.press(person.marc, of.card, "Waiting on customer");
    await town.settled();
    expect(desk.cardOf(of)).toContain("waiting on the customer");
    await town.passTo(`${date} 17:00`);
    expect(desk.told(person.marc, of)).toEqual([]);
    expect(desk.heard(of)).toEqual([]);
    expect(town.refusals).toEqual([]);
  });

  test("after the answer the customer writes again: an update is promised, and a bare thanks promises nothing", async () => {
    const { world, person, channel } = town;
    await nextDay();
    const gil = town.newcomer("Gil Mota");
    const of = await desk.charged(gil);
    await world.say(person.marc, channel.help, "I see it and will refund it today.", { thread: of.id });
    await town.pass(5);
    await world.say(gil, channel.help, "Thanks a lot!", { thread: of.id });
    await town.settled();
    expect(desk.cardOf(of)).toContain("nothing due");
    await world.say(gil, channel.help, "It has not arrived on my card yet, when will it?", { thread: of.id });
    await town.settled();
    expect(desk.cardOf(of)).toContain("update by");
    expect(town.refusals).toEqual([]);
  });
});
