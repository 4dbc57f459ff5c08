// News about who has what comes while people work: what happens in their evening waits for the morning, in one message.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Case, type Desk, makeDesk, reads } from "../support/desk.ts";
import { madrid, makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("news about requests on %s", (name) => {
  let town: Town;
  let desk: Desk;
  let lucia: string;
  beforeAll(async () => {
    town = await makeTown(name, { start: madrid("2026-11-23 10:00"), namesStaff: false, guests: ["olmo"] });
    desk = makeDesk(town);
    lucia = town.person.olmo;
    await types(town.person.marc, "/siempre hours mon-fri 9-14");
    await types(town.person.ana, "/siempre hours mon-fri 10-18");
  });
  afterAll(() => town?.close());
  const types = async (who: string, text: string) =>
    reads(await town.answerTo(who, () => town.world.slash(who, town.channel.team, text)));
  const privately = (who: string, of: Case, words: string) =>
    town
      .privately(who)
      .filter(({ text, direct }) => direct === who && text.includes(`#${of.number}`) && text.includes(words));
  const channel = (of: Case, words: string) =>
    town.cards().filter(({ text }) => text.includes(`#${of.number}`) && text.includes(words));
  const guidance = (who: string) =>
    desk.charged(town.newcomer(who), "How do I change the language of the panel?");

  test("an offer that comes to nothing in its owner's evening: the team hears it at once if it presses, they in the morning", async () => {
    const { marc } = town.person;
    await town.passTo("2026-11-23 13:00");
    const pressing = await desk.charged(town.newcomer("Nora Diaz"));
    const later = await guidance("Otto Lind");
    for (const of of [pressing, later]) {
      await desk.claim(of, marc);
      await types(marc, `/request handover ${of.number} <@${lucia}> Please look`);
    }
    await town.passTo("2026-11-23 16:30");
    for (const of of [pressing, later]) {
      expect(desk.cardOf(of)).not.toContain("offered to");
      expect(privately(marc, of, "has not answered")).toEqual([]);
    }
    const [told] = channel(pressing, "Olmo does not take");
    expect(reads(told?.text ?? "")).toMatch(
      /It is still Marc's, who is back on .*24.* 0?9:00, after something is owed/,
    );
    expect(told?.controls.map(({ label }) => label)).toEqual(["Reassign", "Open"]);
    expect(channel(later, "Olmo does not take")).toEqual([]);
    await town.restart();
    await town.passTo("2026-11-24 08:59");
    expect(town.privately(marc).filter(({ text }) => text.includes("has not answered"))).toEqual([]);
    await town.passTo("2026-11-24 09:00");
    const news = town.privately(marc).filter(({ text }) => text.includes("has not answered"));
    expect(news).toHaveLength(1);
    expect(news[0]?.text).toContain("News about requests:");
    for (const of of [pressing, later]) expect(privately(marc, of, "Olmo has not answered")).toHaveLength(1);
    await town.pass(10);
    expect(town.privately(marc).filter(({ text }) => text.includes("has not answered"))).toHaveLength(1);
    expect(channel(pressing, "Olmo does not take")).toHaveLength(1);
    expect(town.refusals).toEqual([]);
  });

  test("what has become untrue by the morning is not told", async () => {
    const { marc } = town.person;
    await town.passTo("2026-11-24 13:30");
    const of = await guidance("Pia Roth");
    await desk.claim(of, marc);
    await types(marc, `/request handover ${of.number} <@${lucia}> Please look`);
    await town.passTo("2026-11-24 17:00");
    expect(desk.cardOf(of)).not.toContain("offered to");
    await town.world.slash(lucia, town.channel.team, `/request assign ${of.number} <@${lucia}>`);
    await town.until("the form", () => town.world.modal(lucia));
    await town.world.dismiss(lucia);
    await town.settled();
    expect(privately(marc, of, "Olmo has taken over")).toEqual([]);
    await town.passTo("2026-11-25 09:00");
    expect(privately(marc, of, "Olmo has taken over")).toHaveLength(1);
    expect(privately(marc, of, "has not answered")).toEqual([]);
    expect(town.refusals).toEqual([]);
  });

  test("a request passed around while the lead is not at work is told to them when they are", async () => {
    const { marc, ana } = town.person;
    await town.passTo("2026-11-25 09:10");
    const of = await guidance("Rita Saez");
    await desk.claim(of, marc);
    for (const who of [lucia, marc]) {
      await town.world.slash(who, town.channel.team, `/request assign ${of.number} <@${who}>`);
      await town.until("the form", () => town.world.modal(who));
      await town.world.dismiss(who);
      await town.settled();
    }
    expect(privately(ana, of, "has changed hands twice")).toEqual([]);
    await town.passTo("2026-11-25 09:59");
    expect(privately(ana, of, "has changed hands twice")).toEqual([]);
    await town.passTo("2026-11-25 10:00");
    expect(privately(ana, of, "has changed hands twice")).toHaveLength(1);
    expect(town.refusals).toEqual([]);
  });

  test("given to somebody who is not at work: it is theirs, they hear it when they come, and whoever gave it is told so", async () => {
    const { marc } = town.person;
    await town.passTo("2026-11-25 15:30");
    const of = await guidance("Sam Oakley");
    expect(await types(lucia, `/request assign ${of.number} <@${marc}>`)).toMatch(
      /is Marc's now, who hears of it on .*26.* 0?9:00/,
    );
    await town.settled();
    expect(desk.cardOf(of)).toMatch(/Owner\s+@?Marc Vidal/);
    expect(privately(marc, of, "gave you")).toEqual([]);
    await town.passTo("2026-11-26 09:00");
    expect(privately(marc, of, "Olmo gave you")).toHaveLength(1);
    expect(town.refusals).toEqual([]);
  });

  test("a lead's Reassign holds at once: whoever had it hears it, and the customer, by name", async () => {
    const { marc, ana } = town.person;
    await town.passTo("2026-11-26 10:30");
    const of = await desk.charged(town.newcomer("Tess Marin"));
    await desk.claim(of, marc, { line: "I'm Marc and I have this.", by: "13:00" });
    expect(await types(ana, `/request assign ${of.number} <@${lucia}>`)).toContain(`#${of.number}`);
    await town.settled();
    expect(desk.cardOf(of)).toMatch(/Owner\s+@?Olmo Gil/);
    expect(privately(marc, of, "was given to Olmo")).toHaveLength(1);
    expect(privately(lucia, of, "Ana gave you")).toHaveLength(1);
    expect(desk.spoken(of).at(-1)).toMatch(/^Olmo takes over from Marc\./);
    // A colleague who does not lead the team asks, with a brief.
    const other = await desk.charged(town.newcomer("Ugo Berti"));
    await desk.claim(other, lucia);
    await town.world.slash(marc, town.channel.team, `/request assign ${other.number} <@${ana}>`);
    expect((await town.until("the form for the brief", () => town.world.modal(marc))).title).toBe(
      "Hand over",
    );
    await town.world.dismiss(marc);
    expect(desk.cardOf(other)).toMatch(/Owner\s+@?Olmo Gil/);
    expect(town.refusals).toEqual([]);
  });
});
