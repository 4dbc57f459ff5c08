// The end of somebody's day: one message, and a tap hands over what is owed before they are back.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sentences } from "../../src/messages/text/sentences.ts";
import { type Case, type Desk, makeDesk, reads } from "../support/desk.ts";
import { madrid, makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("the end of a shift on %s", (name) => {
  let town: Town;
  let desk: Desk;
  beforeAll(async () => {
    town = await makeTown(name, { start: madrid("2026-11-23 10:00"), policy: "shift handover: yes" });
    desk = makeDesk(town);
    await types(town.person.marc, "/siempre hours mon-fri 9-14");
    await types(town.person.ana, "/siempre hours mon-fri 9-18");
    // Who has had a request lately is thought of.
    const of = await desk.charged(town.newcomer("Ivo Kranz"));
    await desk.claim(of, town.person.ana);
    await town.answerTo(town.person.ana, () =>
      town.world.slash(town.person.ana, town.channel.team, `/request resolve ${of.number}`),
    );
  });
  afterAll(() => town?.close());
  const types = async (who: string, text: string) =>
    reads(await town.answerTo(who, () => town.world.slash(who, town.channel.team, text)));
  const privately = (who: string, words: string) =>
    town.privately(who).filter(({ text, direct }) => direct === who && text.includes(words));
  /** Messages that offer several at once. */
  const offers = (who: string) =>
    privately(who, "asks you to take over").filter(({ text }) => text.includes("requests"));
  const letterOf = async () =>
    (await town.bot.app.context.db.letter.findFirst({ where: { messageId: { not: null } } }))?.messageId ??
    "";
  const idOf = async (of: Case) =>
    (await town.bot.app.context.db.request.findFirst({ where: { number: Number(of.number) } }))?.id ?? "";
  const offered = (who: string, of: Case) => privately(who, `take over #${of.number}`);

  test("what is owed before they are back is offered in one message, and all of it handed over by one tap", async () => {
    const { marc, ana } = town.person;
    await town.passTo("2026-11-23 13:00");
    const one = await desk.charged(town.newcomer("Nora Diaz"));
    const two = await desk.charged(town.newcomer("Otto Lind"));
    // Due after he is back: no business of tonight's.
    const later = await desk.charged(town.newcomer("Pia Roth"), "How do I change the language of the panel?");
    for (const of of [one, two, later]) await desk.claim(of, marc);
    await town.passTo("2026-11-23 13:44");
    expect(privately(marc, "Your day ends")).toEqual([]);
    await town.passTo("2026-11-23 13:45");
    const [note] = privately(marc, "Your day ends");
    expect(reads(note?.text ?? "")).toContain("Your day ends at 14:00.");
    expect(note?.text).toContain("2 requests of yours are owed something:");
    expect(note?.text).toContain(`#${one.number} Nora Diaz`);
    expect(note?.text).not.toContain(`#${later.number}`);
    await town.restart();
    await town.pass(5);
    expect(privately(marc, "Your day ends")).toHaveLength(1);
    const answer = await town.answerTo(marc, () =>
      town.world.press(marc, note?.id ?? "", "Hand all over to Ana"),
    );
    expect(answer).toContain(`Ana has been asked to take over #${one.number}, #${two.number}.`);
    await town.pass(0);
    expect(desk.cardOf(one)).toMatch(/Owner\s+@?Marc Vidal \(offered to Ana/);
    const [offer, ...others] = offers(ana);
    expect(others).toEqual([]);
    const text = reads(offer?.text ?? "");
    expect(text).toContain("Marc asks you to take over 2 requests:");
    expect(text).toMatch(new RegExp(`#${one.number} Nora Diaz · answer by 16:00 .*You charged me twice`));
    expect(text).toContain(`#${two.number} Otto Lind`);
    expect(text).toContain("Until you accept, they stay Marc's.");
    expect(offer?.controls.map(({ label }) => label)).toEqual([
      "I have all 2",
      `I have #${one.number}`,
      `Can't: #${one.number}`,
      `I have #${two.number}`,
      `Can't: #${two.number}`,
    ]);
    // Over a restart its buttons mean the same.
    await town.restart();
    await town.world.press(ana, offer?.id ?? "", `I have #${two.number}`);
    await town.settled();
    expect(desk.cardOf(two)).toMatch(/Owner\s+@?Ana Ruiz/);
    expect(desk.cardOf(one)).toMatch(/Owner\s+@?Marc Vidal \(offered to Ana/);
    const stranger = await town.forged(marc, "accept_all", { letter: await letterOf() });
    expect(stranger).toEqual({ kind: "error", text: sentences("en").refusals.offer_not_to_you });
    const all = await town.answerTo(ana, () => town.world.press(ana, offer?.id ?? "", "I have all 2"));
    expect(all).toContain(`#${one.number} is yours.`);
    await town.settled();
    expect(desk.cardOf(one)).toMatch(/Owner\s+@?Ana Ruiz/);
    const late = await town.answerTo(ana, () => town.world.press(ana, offer?.id ?? "", "I have all 2"));
    expect(late).toContain("None of them is offered to you any more.");
    const again = await town.answerTo(marc, () =>
      town.world.press(marc, note?.id ?? "", "Hand all over to Ana"),
    );
    expect(again).toContain("There is nothing left to hand over.");
    expect(offers(ana)).toHaveLength(1);
    expect(town.refusals).toEqual([]);
  });

  test("one alone is handed over from its menu; kept, they stay; nobody is asked who owes nothing", async () => {
    const { marc, ana } = town.person;
    await town.passTo("2026-11-24 13:00");
    const one = await desk.charged(town.newcomer("Rita Saez"));
    await desk.claim(one, marc);
    await town.passTo("2026-11-24 13:50");
    const note = privately(marc, "Your day ends").at(-1);
    await town.world.choose(marc, note?.id ?? "", `#${one.number} Rita Saez`);
    const choice = await town.until("whom it may go to", () =>
      town
        .privately(marc)
        .findLast(
          ({ text, controls }) =>
            text.includes(`#${one.number}`) && controls.some(({ kind }) => kind === "people"),
        ),
    );
    await town.world.choose(marc, choice.id, ana);
    await town.until("the form for the brief", () => town.world.modal(marc));
    await town.world.submit(marc, { brief: "Wants one back." });
    await town.settled();
    expect(offered(ana, one)).toHaveLength(1);
    const kept = await town.answerTo(marc, () => town.world.press(marc, note?.id ?? "", "Keep"));
    expect(kept).toContain("They stay yours.");
    expect(desk.cardOf(one)).toMatch(/Owner\s+@?Marc Vidal/);
    expect(privately(ana, "Your day ends")).toEqual([]);
    expect(town.refusals).toEqual([]);
  });

  test("more than three have a menu for each answer; unanswered, they are asked about again in one message", async () => {
    const { marc, ana } = town.person;
    await town.passTo("2026-11-25 12:30");
    const before = offers(ana).length;
    const all: Case[] = [];
    for (const who of ["Vera Blum", "Walt Kay", "Xenia Pau", "Yago Ruiz"]) {
      const of = await desk.charged(town.newcomer(who));
      await desk.claim(of, marc);
      all.push(of);
    }
    const [one, two] = all as [Case, Case];
    await town.passTo("2026-11-25 13:45");
    const note = privately(marc, "Your day ends").at(-1);
    await town.answerTo(marc, () => town.world.press(marc, note?.id ?? "", "Hand all over to Ana"));
    await town.pass(0);
    const offer = offers(ana).at(-1);
    expect(offers(ana)).toHaveLength(before + 1);
    await town.world.choose(ana, offer?.id ?? "", `#${one.number} Vera Blum`);
    await town.settled();
    expect(desk.cardOf(one)).toMatch(/Owner\s+@?Ana Ruiz/);
    const menus = offer?.controls.filter(({ kind }) => kind === "menu") ?? [];
    expect(menus).toHaveLength(2);
    await town.forged(ana, "decline_handover", { request: await idOf(two) });
    await town.pass(15);
    await town.passTo("2026-11-25 15:05");
    const again = privately(ana, "requests still wait for your answer:");
    expect(again).toHaveLength(1);
    expect(again[0]?.text).not.toContain(`#${two.number} `);
    expect(privately(ana, "still waits for your answer.")).toEqual([]);
    expect(town.refusals).toEqual([]);
  });

  test("everything open goes in the same way, also what owes nothing before they are back", async () => {
    const { marc, ana } = town.person;
    await town.passTo("2026-11-26 12:30");
    const before = offers(ana).length;
    const owed = await desk.charged(town.newcomer("Ada Fox"));
    const later = await desk.charged(town.newcomer("Bea Poll"), "How do I change the language of the panel?");
    for (const of of [owed, later]) await desk.claim(of, marc);
    await town.passTo("2026-11-26 13:45");
    const note = privately(marc, "Your day ends").at(-1);
    const label = note?.controls
      .map(({ label }) => label)
      .find((each) => /^All \d+ that are open to Ana$/.test(each));
    expect(note?.text).not.toContain(`#${later.number} `);
    const answer = await town.answerTo(marc, () => town.world.press(marc, note?.id ?? "", label ?? ""));
    expect(answer).toContain(`#${owed.number}, #${later.number}`);
    await town.pass(0);
    expect(offers(ana)).toHaveLength(before + 1);
    expect(desk.cardOf(later)).toMatch(/Owner\s+@?Marc Vidal \(offered to Ana/);
    expect(town.refusals).toEqual([]);
  });

  test("whom it would go to is away by then: it is said, and nothing is offered", async () => {
    const { marc, ana } = town.person;
    await town.passTo("2026-11-27 13:00");
    const of = await desk.charged(town.newcomer("Zoe Lane"));
    await desk.claim(of, marc);
    await town.passTo("2026-11-27 13:45");
    const note = privately(marc, "Your day ends").at(-1);
    await types(ana, "/away until tomorrow");
    const answer = await town.answerTo(marc, () =>
      town.world.press(marc, note?.id ?? "", "Hand all over to Ana"),
    );
    expect(answer).toMatch(/away/);
    expect(desk.cardOf(of)).not.toContain("offered to");
    await types(ana, "/away off");
    await town.settled();
    expect(town.refusals).toEqual([]);
  });
});
