import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Desk, makeDesk } from "../support/desk.ts";
import { madrid, makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("before a promise runs out on %s", (name) => {
  let town: Town;
  let desk: Desk;
  beforeAll(async () => {
    town = await makeTown(name, { start: madrid("2026-11-23 10:00") });
    desk = makeDesk(town);
  });
  afterAll(() => town?.close());

  test("the owner is reminded in private when three quarters of the time are gone, once", async () => {
    const { marc, ana } = town.person;
    const of = await desk.charged(town.newcomer("Nora Diaz"));
    await desk.claim(of, marc);
    await town.passTo("2026-11-23 11:29");
    expect(desk.told(marc, of)).toEqual([]);
    await town.passTo("2026-11-23 11:30");
    const [reminder] = desk.told(marc, of);
    expect(reminder).toContain(`Nora Diaz (#${of.number}) expects you by 12:00, in 30 min.`);
    expect(reminder).toContain("You charged me twice for October");
    expect(reminder).toContain("is a fair answer");
    const note = desk.note(marc, of);
    expect(note.direct).toBe(marc);
    expect(note.controls.map(({ label }) => label)).toEqual(["I'm on it", "Open", "Snooze…", "Hand over"]);
    await town.passTo("2026-11-23 11:45");
    expect(desk.told(marc, of)).toHaveLength(1);
    expect(desk.told(ana, of)).toEqual([]);
    expect(desk.heard(of)).toEqual([]);
    expect(town.refusals).toEqual([]);
  });

  test("nobody owning it, the team channel is told, with a button to claim it there", async () => {
    const { marc, ana } = town.person;
    await town.passTo("2026-11-24 10:00");
    const of = await desk.charged(town.newcomer("Otto Lind"));
    await town.passTo("2026-11-24 11:30");
    expect(desk.heard(of)).toEqual([
      expect.stringContaining(
        `Otto Lind (#${of.number}) expects an answer by 12:00, in 30 min. Nobody has it yet.`,
      ),
    ]);
    expect(desk.told(ana, of)).toEqual([]);
    const reminder = await town.card(`Otto Lind (#${of.number})`);
    await desk.form(marc, reminder.id, "Claim");
    await town.world.submit(marc, { by: "11:50" });
    await town.settled();
    expect(desk.cardOf(of)).toContain("Marc Vidal");
    expect(town.refusals).toEqual([]);
  });

  test("lunch is no working time: asked at 13:50, due at 16:50, reminded at 16:20", async () => {
    const { marc } = town.person;
    await town.passTo("2026-11-24 13:50");
    const of = await desk.charged(town.newcomer("Pia Roth"));
    await desk.claim(of, marc);
    await town.passTo("2026-11-24 16:19");
    expect(desk.told(marc, of)).toEqual([]);
    await town.passTo("2026-11-24 16:20");
    expect(desk.told(marc, of)).toEqual([expect.stringContaining("expects you by 16:50, in 30 min.")]);
    expect(town.refusals).toEqual([]);
  });

  test("a request of Friday 17:50 is due on Monday, and reminded of on Monday", async () => {
    const { marc } = town.person;
    await town.passTo("2026-11-27 17:50");
    const of = await desk.charged(town.newcomer("Rita Saez"));
    await desk.claim(of, marc);
    await town.passTo("2026-11-27 17:52");
    expect(desk.spoken(of)).toEqual([expect.stringMatching(/30 Nov|Nov(ember)? 30/)]);
    expect(desk.spoken(of)[0]).toContain("10:50");
    await town.passTo("2026-11-28 12:00");
    await town.passTo("2026-11-30 10:19");
    expect(desk.told(marc, of)).toEqual([]);
    await town.passTo("2026-11-30 10:20");
    expect(desk.told(marc, of)).toEqual([expect.stringContaining("expects you by 10:50, in 30 min.")]);
    expect(town.refusals).toEqual([]);
  });

  test("“I'm on it” is noted and settles the reminder; the promise stays as it is", async () => {
    const { marc } = town.person;
    await town.passTo("2026-11-30 11:00");
    const of = await desk.charged(town.newcomer("Sam Oakley"));
    await desk.claim(of, marc);
    await town.passTo("2026-11-30 12:30");
    const answer = await town.answerTo(marc, () =>
      town.world.press(marc, desk.note(marc, of).id, "I'm on it"),
    );
    expect(answer).toContain(`#${of.number}: noted. The promise stays as it is.`);
    await town.passTo("2026-11-30 12:59");
    expect(desk.told(marc, of)).toHaveLength(1);
    await town.passTo("2026-11-30 13:00");
    expect(desk.told(marc, of).at(-1)).toContain("We missed 13:00 with");
    expect(town.refusals).toEqual([]);
  });

  test("“Hand over” offers it to a colleague, who accepts in private; the clock does not move", async () => {
    const { marc, ana } = town.person;
    await town.passTo("2026-12-01 10:00");
    const of = await desk.charged(town.newcomer("Tess Marin"));
    await desk.claim(of, marc);
    await town.passTo("2026-12-01 11:30");
    await town.world.press(marc, desk.note(marc, of).id, "Hand over");
    const menu = await town.until("a menu of people", () =>
      town.privately(marc).find((message) => message.controls.some(({ kind }) => kind === "people")),
    );
    expect(menu.text).toContain(`Who takes #${of.number} from here?`);
    await town.world.choose(marc, menu.id, ana);
    await town.until("the form for the brief", () => town.world.modal(marc));
    await town.world.submit(marc, { brief: "Charged twice, wants one back." });
    await town.settled();
    expect(desk.cardOf(of)).toMatch(/Owner\s+@?Marc Vidal/);
    const offer = town.privately(ana).find(({ text }) => text.includes(`take over #${of.number}`));
    expect(offer?.direct).toBe(ana);
    await town.world.press(ana, offer?.id ?? "", "I have it");
    await town.settled();
    expect(desk.cardOf(of)).toContain("Ana Ruiz");
    expect(desk.cardOf(of)).toContain("12:00");
    await town.passTo("2026-12-01 12:00");
    // Ana leads, too, and hears it once.
    expect(desk.told(ana, of).filter((text) => text.includes("We missed 12:00 with"))).toHaveLength(1);
    expect(desk.told(marc, of).some((text) => text.includes("We missed"))).toBe(false);
    expect(town.refusals).toEqual([]);
  });

  test("whoever takes no direct messages is told in the team channel instead", async () => {
    const { world, person, channel } = town;
    const marc = { id: person.marc, name: "Marc Vidal", timezone: "Europe/Madrid", locale: "en-US" };
    await town.passTo("2026-12-02 10:00");
    const of = await desk.charged(town.newcomer("Vera Blum"));
    world.addPerson({ ...marc, directClosed: true });
    await world.slash(person.ana, channel.team, `/request assign ${of.number} <@${person.marc}>`);
    await town.settled();
    expect(town.cards().filter(({ text }) => /^@Marc Vidal: Ana gave you #/.test(text))).toHaveLength(1);
    await town.passTo("2026-12-02 11:30");
    expect(desk.heard(of)).toEqual([
      expect.stringMatching(/^@Marc Vidal: .*expects you by 12:00, in 30 min\./),
    ]);
    world.addPerson({ ...marc, directClosed: false });
    // The platform said no to exactly these two, and to nothing else.
    expect(new Set(town.refusals.splice(0).map(({ detail }) => detail)).size).toBe(1);
  });
});
