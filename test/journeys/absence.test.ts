// Somebody goes away for days: what customers are owed meanwhile goes to who is there; and a company's contact on our side.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Case, type Desk, makeDesk, reads } from "../support/desk.ts";
import { madrid, makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("a long absence on %s", (name) => {
  let town: Town;
  let desk: Desk;
  beforeAll(async () => {
    const contact = name === "slack" ? "U0ANARUIZ" : "100000000000000001";
    town = await makeTown(name, {
      start: madrid("2026-11-23 10:00"),
      channels: [{ name: "ferro" }],
      policy: `companies:\n  - name: Ferro Bikes\n    channels: ferro\n    contact: "${contact}"`,
    });
    desk = makeDesk(town);
  });
  afterAll(() => town?.close());
  const types = async (who: string, text: string) =>
    reads(await town.answerTo(who, () => town.world.slash(who, town.channel.team, text)));
  const privately = (who: string, of: Case, words: string) =>
    town
      .privately(who)
      .filter(({ text, direct }) => direct === who && text.includes(`#${of.number}`) && text.includes(words));

  const back = (who: string) =>
    town.privately(who).filter(({ text, direct }) => direct === who && text.includes("Welcome back."));

  test("it is told first, and ten minutes later goes to the backup with the last words; the customer hears it by name", async () => {
    const { marc, ana } = town.person;
    const nora = town.newcomer("Nora Diaz");
    const of = await desk.charged(nora);
    await desk.claim(of, marc, { line: "I'm Marc and I have this.", by: "13:00" });
    const unheard = await desk.charged(town.newcomer("Otto Lind"));
    await desk.claim(unheard, marc);
    const told = await types(marc, `/away until "Thursday 9:00" <@${ana}>`);
    expect(told).toContain(
      `In 10 minutes what is owed before you're back goes to Ana: #${unheard.number}, #${of.number}. /away off before then keeps it.`,
    );
    await town.pass(9);
    expect(desk.cardOf(of)).toMatch(/Owner\s+@?Marc Vidal/);
    await town.restart();
    await town.pass(1);
    expect(desk.cardOf(of)).toMatch(/Owner\s+@?Ana Ruiz/);
    const [note] = privately(ana, of, "Marc is away until");
    expect(reads(note?.text ?? "")).toContain("so these 2 requests are yours now, with their promises:");
    expect(note?.text).toContain(`#${unheard.number} Otto Lind`);
    expect(note?.text).toContain("You charged me twice for October");
    expect(note?.text).toContain("I'm Marc and I have this.");
    expect(reads(note?.text ?? "")).toContain("word given for 13:00");
    expect(desk.spoken(of).at(-1)).toMatch(/^Ana takes over from Marc\.( @Nora Diaz)?$/);
    // Who never heard of Marc need not hear that it is somebody else.
    expect(desk.spoken(unheard).filter((text) => text.includes("takes over"))).toEqual([]);
    expect(town.privately(ana).filter(({ text }) => text.includes("Marc is away until"))).toHaveLength(1);
    await town.pass(30);
    expect(privately(ana, of, "Marc is away until")).toHaveLength(1);
    expect(desk.spoken(of).filter((text) => text.includes("takes over"))).toHaveLength(1);
    await types(marc, "/away off");
    await town.settled();
    expect(town.refusals).toEqual([]);
  });

  test("back before then, nothing moves; a short absence moves nothing; without a backup it is the team's", async () => {
    const { marc } = town.person;
    await town.passTo("2026-11-24 10:00");
    const of = await desk.charged(town.newcomer("Pia Roth"));
    await desk.claim(of, marc);
    expect(await types(marc, '/away until "Friday 9:00"')).toContain(`goes to the team: #${of.number}`);
    await types(marc, "/away off");
    await town.pass(15);
    expect(desk.cardOf(of)).toMatch(/Owner\s+@?Marc Vidal/);
    expect(await types(marc, '/away until "tomorrow 10:00"')).not.toContain("In 10 minutes");
    await town.pass(15);
    expect(desk.cardOf(of)).toMatch(/Owner\s+@?Marc Vidal/);
    await types(marc, '/away until "Friday 9:00"');
    await town.pass(11);
    expect(desk.cardOf(of)).toMatch(/Owner\s+nobody yet/);
    const told = town.cards().filter(({ text }) => text.includes(`Marc is away, and #${of.number}`));
    expect(told).toHaveLength(1);
    await types(marc, "/away off");
    await town.settled();
    expect(town.refusals).toEqual([]);
  });

  test("an absence that ends by itself: the card no longer says it, and the list comes when they work", async () => {
    const { marc, ana } = town.person;
    await town.passTo("2026-11-24 12:00");
    const before = back(marc).length;
    const kept = await desk.charged(town.newcomer("Uma Roca"), "How do I change the language of the panel?");
    const gone = await desk.charged(town.newcomer("Vera Blum"));
    await desk.claim(kept, marc);
    await desk.claim(gone, marc, { line: "I'm Marc and I have this.", by: "13:00" });
    await types(marc, "/siempre hours mon-fri 9-18");
    await types(marc, '/away until "tomorrow 7:00"');
    await town.pass(1);
    expect(desk.cardOf(kept)).toContain("(away until");
    // A colleague takes over what cannot wait.
    await town.world.slash(ana, town.channel.team, `/request assign ${gone.number} <@${ana}>`);
    await town.pass(1);
    expect(privately(marc, gone, "Ana has taken over")).toEqual([]);
    await town.passTo("2026-11-25 06:59");
    expect(desk.cardOf(kept)).toContain("(away until");
    await town.passTo("2026-11-25 07:00");
    expect(desk.cardOf(kept)).not.toContain("(away until");
    await town.restart();
    await town.passTo("2026-11-25 08:59");
    expect(back(marc)).toHaveLength(before);
    await town.passTo("2026-11-25 09:00");
    const list = back(marc)[before];
    expect(list?.text).toContain("Welcome back. One open request is yours:");
    expect(list?.text).toMatch(new RegExp(`#${kept.number} Uma Roca · .*answer by`));
    expect(list?.text).toContain("One went to somebody else meanwhile:");
    expect(list?.text).toContain(`#${gone.number} Vera Blum · Ana has it`);
    // What the list says is not said a second time.
    expect(list?.text).not.toContain("has taken over");
    expect(privately(marc, gone, "Ana has taken over")).toEqual([]);
    await town.pass(5);
    expect(back(marc)).toHaveLength(before + 1);
    await town.world.choose(marc, list?.id ?? "", `#${gone.number} Vera Blum`);
    await town.settled();
    expect(desk.cardOf(gone)).toMatch(/Owner\s+@?Marc Vidal/);
    expect(privately(ana, gone, "Marc has taken over")).toHaveLength(1);
    await types(marc, "/siempre hours team");
    expect(town.refusals).toEqual([]);
  });

  test("back by their word they hear it at once; gone for a moment by mistake they hear nothing", async () => {
    const { marc } = town.person;
    await town.passTo("2026-11-25 11:00");
    const before = back(marc).length;
    await types(marc, '/away until "tomorrow 9:00"');
    await town.pass(5);
    await types(marc, "/away off");
    await town.pass(1);
    expect(back(marc)).toHaveLength(before);
    await types(marc, '/away until "tomorrow 9:00"');
    await town.pass(30);
    await types(marc, "/away off");
    await town.pass(1);
    expect(back(marc)).toHaveLength(before + 1);
    expect(back(marc).at(-1)?.text).toMatch(/open requests? (is|are) yours:/);
    expect(town.refusals).toEqual([]);
  });

  test("whom something is offered to goes away: it falls back at once", async () => {
    const { marc, ana } = town.person;
    await town.passTo("2026-11-25 12:00");
    const of = await desk.charged(town.newcomer("Walt Kay"));
    await desk.claim(of, marc);
    await types(marc, `/request handover ${of.number} <@${ana}> Charged twice`);
    await town.settled();
    expect(desk.cardOf(of)).toContain("(offered to Ana");
    await types(ana, '/away until "tomorrow 9:00"');
    await town.settled();
    expect(desk.cardOf(of)).not.toContain("offered to");
    expect(privately(marc, of, "Ana can't take")).toHaveLength(1);
    await types(ana, "/away off");
    await town.settled();
    expect(town.refusals).toEqual([]);
  });

  test("a company's contact on our side stands on the card, and is proposed when it is given to somebody", async () => {
    const { marc } = town.person;
    await town.passTo("2026-11-26 10:00");
    const id = await town.world.say(
      town.newcomer("Rita Saez"),
      town.place("ferro"),
      "You charged me twice for October, please refund one.",
    );
    await town.settled();
    const card = await town.card("Rita Saez");
    expect(card.text).toMatch(/Contact: @?Ana Ruiz/);
    const number = /^#(\d+)/.exec(card.text)?.[1];
    expect(await types(marc, `/request show ${number}`)).toMatch(/Contact: @?Ana Ruiz/);
    await town.world.shortcut(marc, town.place("ferro"), id, "Request actions");
    const menu = await town.until("the menu", () =>
      town
        .privately(marc)
        .findLast(
          ({ text, controls }) =>
            text.includes(`#${number}`) && controls.some(({ label }) => label === "Hand over"),
        ),
    );
    await town.world.press(marc, menu.id, "Hand over");
    const choice = await town.until("whom it may go to", () =>
      town.privately(marc).findLast(({ controls }) => controls.some(({ label }) => label === "Give to Ana")),
    );
    await town.world.press(marc, choice.id, "Give to Ana");
    await town.settled();
    expect(town.world.find(card.id)?.text).toMatch(/Owner\s+@?Ana Ruiz/);
    expect(town.refusals).toEqual([]);
  });
});

describe.each<PlatformName>(["slack", "discord"])("a long absence without a backup on %s", (name) => {
  let town: Town;
  let desk: Desk;
  beforeAll(async () => {
    town = await makeTown(name, {
      start: madrid("2026-11-23 10:00"),
      team: (person) => `on call: { people: ["${person.ana}"], since: 2026-11-23 }`,
    });
    desk = makeDesk(town);
  });
  afterAll(() => town?.close());

  test("goes to who is on call: they are told in private with the last words, and the customer by name", async () => {
    const { marc, ana } = town.person;
    const of = await desk.charged(town.newcomer("Nora Diaz"));
    await desk.claim(of, marc, { line: "I'm Marc and I have this.", by: "13:00" });
    const types = async (text: string) =>
      reads(await town.answerTo(marc, () => town.world.slash(marc, town.channel.team, text)));
    expect(await types('/away until "Thursday 9:00"')).toContain(
      `In 10 minutes what is owed before you're back goes to Ana: #${of.number}.`,
    );
    await town.pass(10);
    expect(desk.cardOf(of)).toMatch(/Owner\s+@?Ana Ruiz/);
    const told = town
      .privately(ana)
      .filter(({ text, direct }) => direct === ana && text.includes("Marc is away until"));
    expect(told.map(({ text }) => text)).toEqual([expect.stringContaining("I'm Marc and I have this.")]);
    expect(desk.spoken(of).at(-1)).toMatch(/^Ana takes over from Marc\./);
    // The clock did not begin anew: the word Marc gave is hers to keep.
    expect(desk.cardOf(of)).toContain("word given for 13:00");
    await town.pass(60);
    expect(told).toHaveLength(1);
    expect(town.refusals).toEqual([]);
  });
});
