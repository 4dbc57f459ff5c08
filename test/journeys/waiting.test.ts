import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Desk, makeDesk } from "../support/desk.ts";
import { madrid, makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("waiting on the customer on %s", (name) => {
  let town: Town;
  let desk: Desk;
  beforeAll(async () => {
    town = await makeTown(name, { start: madrid("2026-11-23 10:00") });
    desk = makeDesk(town);
  });
  afterAll(() => town?.close());

  test("pauses the promise, and the customer's answer lets it run on with what was left", async () => {
    const { world, person, channel } = town;
    const nora = town.newcomer("Nora Diaz");
    const of = await desk.charged(nora);
    await desk.claim(of, person.marc);
    await town.passTo("2026-11-23 11:00");
    const answer = await town.answerTo(person.marc, () => world.press(person.marc, of.card, "Waiting"));
    expect(answer).toContain(`#${of.number} waits on the customer. Its clocks pause until they write.`);
    await town.settled();
    expect(desk.cardOf(of)).toContain("paused, waiting on the customer");
    expect(world.find(of.card)?.controls.map(({ label }) => label)).not.toContain("Waiting on customer");
    await town.passTo("2026-11-23 17:00");
    expect(desk.told(person.marc, of)).toEqual([]);
    await world.say(nora, channel.help, "Sorry, I was away. It's the second invoice of October.", {
      thread: of.id,
    });
    await town.settled();
    // One hour was left at eleven: it runs from 17:00 to 18:00.
    expect(desk.cardOf(of)).toContain("answer by 18:00");
    expect(desk.cardOf(of)).toContain("It's the second invoice of October.");
    await town.passTo("2026-11-23 17:30");
    expect(desk.told(person.marc, of)).toEqual([expect.stringContaining("expects you by 18:00, in 30 min.")]);
    expect(town.refusals).toEqual([]);
  });

  test("a bare thanks, or a colleague's word aside, does not end the waiting", async () => {
    const { world, person, channel } = town;
    await town.passTo("2026-11-24 10:00");
    const omar = town.newcomer("Omar Naz");
    const of = await desk.charged(omar);
    await world.say(person.marc, channel.help, "Could you send me the invoice number?", { thread: of.id });
    await world.slash(person.marc, channel.team, `/request wait ${of.number}`);
    await world.say(omar, channel.help, "thanks!", { thread: of.id });
    await world.say(person.ana, channel.help, `<@${person.marc}> is this the one from yesterday?`, {
      thread: of.id,
    });
    await town.settled();
    expect(desk.cardOf(of)).toContain("waiting on the customer");
    await town.passTo("2026-11-25 12:00");
    expect(desk.told(person.marc, of)).toEqual([]);
    expect(town.refusals).toEqual([]);
  });

  test("what somebody gave their word for does not pause", async () => {
    const { world, person } = town;
    await town.passTo("2026-11-26 10:00");
    const of = await desk.charged(town.newcomer("Petra Holz"));
    await desk.claim(of, person.marc, { by: "12:00" });
    await world.press(person.marc, of.card, "Waiting");
    await town.passTo("2026-11-26 11:30");
    expect(desk.told(person.marc, of)).toEqual([expect.stringContaining("expects you by 12:00, in 30 min.")]);
    expect(town.refusals).toEqual([]);
  });

  test("what is broken already stays broken, whatever is pressed afterwards", async () => {
    const { world, person } = town;
    await town.passTo("2026-11-27 10:00");
    const of = await desk.charged(town.newcomer("Quim Bosch"));
    await desk.claim(of, person.marc);
    await town.passTo("2026-11-27 12:01");
    await world.press(person.marc, of.card, "Waiting");
    await town.settled();
    expect(desk.cardOf(of)).toContain("missed 12:00");
    expect(town.refusals).toEqual([]);
  });
});
