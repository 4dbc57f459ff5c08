import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Case, type Desk, makeDesk, reads } from "../support/desk.ts";
import { madrid, makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("one reminder for each person on %s", (name) => {
  let town: Town;
  let desk: Desk;
  beforeAll(async () => {
    town = await makeTown(name, { start: madrid("2026-11-23 10:00") });
    desk = makeDesk(town);
  });
  afterAll(() => town?.close());
  /** The direct messages of the bot to somebody. */
  const direct = (who: string) =>
    town.privately(who).filter(({ direct, onlyFor }) => direct === who && onlyFor === null);
  /** Discord limits how often old messages are edited; the card is then posted anew. */
  const unexpected = () => town.refusals.splice(0).filter(({ code }) => code !== "30046");
  const owned = async (customer: string, by = town.person.marc) => {
    const of = await desk.charged(town.newcomer(customer));
    await desk.claim(of, by);
    return of;
  };

  test("what falls due within ten minutes is one message, with a line and buttons for each", async () => {
    const { marc } = town.person;
    const nora = await owned("Nora Diaz");
    await town.passTo("2026-11-23 10:06");
    const otto = await owned("Otto Lind");
    await town.passTo("2026-11-23 10:45");
    const pia = await owned("Pia Roth");
    const before = direct(marc).length;
    await town.passTo("2026-11-23 11:30");
    const [bundle, twice] = direct(marc).slice(before);
    expect(twice).toBeUndefined();
    const text = reads(bundle?.text ?? "");
    expect(text).toContain("2 customers expect you soon.");
    expect(text).toContain(`Nora Diaz (#${nora.number}) expects you by 12:00, in 30 min.`);
    expect(text).toContain(`Otto Lind (#${otto.number}) expects you by 12:06, in 36 min.`);
    expect(text).toContain("You charged me twice for October");
    expect(bundle?.controls.map(({ label }) => label)).toEqual(
      [nora, otto].flatMap(({ number }) =>
        ["I'm on it", "Open", "Snooze…", "Hand over"].map((label) => `#${number}: ${label}`),
      ),
    );
    // Told already, the second is not told again when its own time comes.
    await town.passTo("2026-11-23 11:40");
    expect(
      direct(marc)
        .slice(before + 1)
        .map(({ text }) => text),
    ).toEqual([]);
    await town.world.press(marc, bundle?.id ?? "", `#${otto.number}: I'm on it`);
    await town.world.press(marc, bundle?.id ?? "", `#${nora.number}: Snooze`);
    const form = await town.until("the form", () => town.world.modal(marc));
    expect(form.fields.map(({ label }) => label)).toEqual(["Until when?", "Why can it wait?"]);
    expect(await desk.refusal(marc, { until: "12:30", why: "waiting for the bank" })).toContain("before");
    if (!town.world.modal(marc)) {
      await town.world.press(marc, bundle?.id ?? "", `#${nora.number}: Snooze`);
      await town.until("the form", () => town.world.modal(marc));
    }
    await town.world.submit(marc, { until: "11:55", why: "waiting for the bank" });
    await town.settled();
    expect(desk.cardOf(nora)).toContain("Marc put the reminder off until 11:55: “waiting for the bank”");
    await town.passTo("2026-11-23 11:54");
    expect(
      direct(marc)
        .slice(before + 1)
        .map(({ text }) => text),
    ).toEqual([]);
    await town.passTo("2026-11-23 11:55");
    expect(reads(direct(marc).at(-1)?.text ?? "")).toContain(
      `Nora Diaz (#${nora.number}) expects you by 12:00`,
    );
    // Two broken within one look are one message, for the owner and for the lead.
    const [mine, leads] = [direct(marc).length, direct(town.person.ana).length];
    await town.passTo("2026-11-23 12:06");
    expect(direct(marc)).toHaveLength(mine + 1);
    expect(reads(direct(marc).at(-1)?.text ?? "")).toContain("We missed 2 promises");
    expect(direct(town.person.ana)).toHaveLength(leads + 1);
    for (const of of [nora, otto, pia]) {
      await town.world.slash(marc, town.channel.team, `/request resolve ${of.number}`);
      await town.settled();
    }
    expect(unexpected()).toEqual([]);
  });

  test("five or more are still one message, with a menu for each thing to do", async () => {
    const { marc } = town.person;
    await town.passTo("2026-11-24 10:00");
    const all: Case[] = [];
    for (const who of ["Una Ek", "Duo Ek", "Tria Ek", "Quatre Ek", "Cinc Ek"]) all.push(await owned(who));
    const before = direct(marc).length;
    await town.passTo("2026-11-24 11:30");
    const [bundle, twice] = direct(marc).slice(before);
    expect(twice).toBeUndefined();
    expect(reads(bundle?.text ?? "")).toContain("5 customers expect you soon.");
    expect(bundle?.controls.map(({ kind }) => kind)).toEqual(["menu", "menu", "menu"]);
    const answer = await town.answerTo(marc, () =>
      town.world.choose(marc, bundle?.id ?? "", `#${all[2]?.number} Tria Ek`),
    );
    expect(answer).toContain(`#${all[2]?.number}: noted. The promise stays as it is.`);
    for (const of of all) {
      await town.world.slash(marc, town.channel.team, `/request resolve ${of.number}`);
      await town.settled();
    }
    expect(unexpected()).toEqual([]);
  });

  test("what would fall after somebody's day comes before they go; away, the backup hears it", async () => {
    const { marc, ana } = town.person;
    const types = (who: string, text: string) =>
      town.answerTo(who, () => town.world.slash(who, town.channel.team, text));
    await town.passTo("2026-11-25 10:00");
    await types(marc, "/siempre hours mon-fri 9-11");
    const vera = await owned("Vera Blum");
    await town.passTo("2026-11-25 10:44");
    expect(desk.told(marc, vera)).toEqual([]);
    await town.passTo("2026-11-25 10:45");
    expect(desk.told(marc, vera)).toEqual([expect.stringContaining("expects you by 12:00, in 1 h 15.")]);
    await types(marc, "/siempre hours team");
    await town.passTo("2026-11-26 10:00");
    const kai = await owned("Kai Voss");
    await types(marc, `/away until "Friday 9:00" <@${ana}>`);
    await town.passTo("2026-11-26 11:30");
    expect(desk.told(marc, kai)).toEqual([]);
    const [note] = desk.told(ana, kai);
    expect(note).toContain("expects Marc by 12:00, in 30 min.");
    expect(note).toMatch(/Marc is away until .*27.*; you stand in\./);
    await town.world.press(ana, desk.note(ana, kai).id, "I'll take it");
    await town.until("the form", () => town.world.modal(ana));
    await town.world.dismiss(ana);
    await town.settled();
    expect(desk.cardOf(kai)).toContain("Ana Ruiz");
    expect(unexpected()).toEqual([]);
  });

  test("a bot that slept tells what can still help, and says that it is late; what ran out it tells as missed, once", async () => {
    const { marc } = town.person;
    await town.passTo("2026-11-27 10:00");
    await town.answerTo(marc, () => town.world.slash(marc, town.channel.team, "/away off"));
    const lena = await owned("Lena Falk");
    const sleep = (minutes: number) =>
      town.restart({ meanwhile: async () => void town.clock.advance(minutes * 60_000) });
    await town.settled();
    await sleep(110);
    await town.pass(0);
    const [late, twice] = desk.told(marc, lena);
    expect(twice).toBeUndefined();
    expect(late).toContain("expects you by 12:00, in 10 min.");
    expect(late).toContain("This should have come at 11:30.");
    await sleep(72 * 60);
    await town.pass(0);
    await town.pass(1);
    const missed = desk.told(marc, lena).slice(1);
    expect(missed).toEqual([expect.stringMatching(/We missed .*27.*12:00 with|We missed .*12:00 with/)]);
    expect(missed[0]).toMatch(/This should have come .*27/);
    expect(unexpected()).toEqual([]);
  });
});
