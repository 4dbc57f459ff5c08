// A request goes from one colleague to the next: offered with a brief, answered by a tap, told to the customer once.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Case, type Desk, makeDesk, reads } from "../support/desk.ts";
import { madrid, makeTown, type PlatformName, type Town } from "../support/town.ts";

const BRIEF = "Charged twice on 20 Oct.\nRefund asked for, ref 88.\nNews promised by noon.";

describe.each<PlatformName>(["slack", "discord"])("handing over on %s", (name) => {
  let town: Town;
  let desk: Desk;
  let lucia: string;
  beforeAll(async () => {
    town = await makeTown(name, { start: madrid("2026-11-24 10:00"), namesStaff: false, guests: ["olmo"] });
    desk = makeDesk(town);
    // A third colleague reads the team channel.
    lucia = town.person.olmo;
  });
  afterAll(() => town?.close());

  const privately = (who: string, of: Case, words: string) =>
    town
      .privately(who)
      .filter(({ text, direct }) => direct === who && text.includes(`#${of.number}`) && text.includes(words));
  const menuOf = (who: string, of: Case) =>
    town.until("a menu of people", () =>
      town
        .privately(who)
        .findLast(
          ({ text, controls }) =>
            text.includes(`#${of.number}`) && controls.some(({ kind }) => kind === "people"),
        ),
    );

  /** Chooses whom and writes the brief, from a message with the button. */
  async function handOver(of: Case, by: string, to: string, from: string, label = "Hand over") {
    await town.world.press(by, from, label);
    await town.world.choose(by, (await menuOf(by, of)).id, to);
    const form = await town.until("the form for the brief", () => town.world.modal(by));
    expect(form.title).toBe("Hand over");
    const answer = await town.answerTo(by, () => town.world.submit(by, { brief: BRIEF }));
    await town.settled();
    return answer;
  }

  test("from the card: the brief and what is owed reach the next; until they accept, the owner is reminded", async () => {
    const { marc, ana } = town.person;
    const of = await desk.charged(town.newcomer("Nora Diaz"));
    await desk.claim(of, marc, { line: "I'm Marc and I have this.", by: "12:30" });
    const answer = await handOver(of, marc, ana, of.card);
    expect(reads(answer)).toContain(`#${of.number} is offered to Ana, who has been asked.`);
    expect(answer).toContain("it stays yours");
    expect(desk.cardOf(of)).toMatch(/Owner\s+@?Marc Vidal \(offered to Ana until 11:15\)/);
    const [offer] = privately(ana, of, "Marc asks you to take over");
    expect(offer?.text).toContain("Refund asked for, ref 88.");
    expect(offer?.text).toContain("You charged me twice for October");
    expect(reads(offer?.text ?? "")).toContain("word given for 12:30");
    expect(offer?.controls.map(({ label }) => label)).toEqual(["I have it", "Can't", "Open"]);
    expect(desk.spoken(of)).toHaveLength(1);
    await town.passTo("2026-11-24 10:40");
    expect(privately(ana, of, "still waits for your answer")).toHaveLength(1);
    await town.world.press(ana, offer?.id ?? "", "I have it");
    await town.settled();
    expect(desk.cardOf(of)).toMatch(/Owner\s+@?Ana Ruiz/);
    expect(desk.cardOf(of)).toContain("changed hands once");
    expect(privately(marc, of, "Ana has #")).toHaveLength(1);
    expect(desk.spoken(of)).toEqual([
      expect.stringContaining("I'm Marc"),
      expect.stringMatching(/^Ana takes over from Marc and knows your case\.( @Nora Diaz)?$/),
    ]);
    // Pressed again, and again after a restart, it tells nobody anything new.
    await town.world.press(ana, offer?.id ?? "", "I have it");
    await town.restart();
    await town.settled();
    expect(desk.spoken(of)).toHaveLength(2);
    await town.passTo("2026-11-24 12:10");
    expect(desk.told(ana, of)).toEqual([expect.stringContaining("expects you by 12:30")]);
    expect(desk.told(marc, of)).toEqual([]);
    const shown = await town.answerTo(ana, () =>
      town.world.slash(ana, town.channel.team, `/request show ${of.number}`),
    );
    expect(shown).not.toContain("The customer has waited");
    const row = { where: { number: Number(of.number) } };
    expect(await town.bot.app.context.db.request.findFirst(row)).toMatchObject({
      handovers: 1,
      contacts: 1,
      waitedMs: 0n,
      waitsSince: null,
      offeredTo: null,
    });
    expect(shown).toContain("Refund asked for");
    expect(town.refusals).toEqual([]);
  });

  test("“Can't” leaves it where it is; unanswered it is reminded of and falls back, over a restart, too", async () => {
    const { marc, ana } = town.person;
    await town.passTo("2026-11-25 10:00");
    const of = await desk.charged(town.newcomer("Otto Lind"), "How do I change the language of the panel?");
    await desk.claim(of, marc);
    await town.answerTo(marc, () =>
      town.world.slash(marc, town.channel.team, `/request handover ${of.number} <@${ana}> Language question`),
    );
    await town.settled();
    await town.world.press(ana, privately(ana, of, "asks you to take over")[0]?.id ?? "", "Can't");
    await town.settled();
    const [declined] = privately(marc, of, "Ana can't take");
    expect(declined?.text).toContain("It is still yours.");
    expect(desk.cardOf(of)).toMatch(/Owner\s+@?Marc Vidal/);
    await handOver(of, marc, lucia, declined?.id ?? "", "Ask somebody else");
    expect(privately(lucia, of, "Marc asks you to take over")).toHaveLength(1);
    await town.restart();
    await town.passTo("2026-11-25 11:00");
    expect(privately(lucia, of, "still waits for your answer")).toHaveLength(1);
    await town.passTo("2026-11-25 12:00");
    expect(privately(marc, of, "has not answered about")).toHaveLength(1);
    expect(desk.cardOf(of)).not.toContain("offered to");
    const late = await town.answerTo(lucia, () =>
      town.world.press(lucia, privately(lucia, of, "asks you to take over")[0]?.id ?? "", "I have it"),
    );
    expect(late).toContain("That offer is over");
    expect(desk.spoken(of).filter((text) => text.includes("takes over"))).toEqual([]);
    expect(town.refusals).toEqual([]);
  });

  test("nobody is asked outside their own hours: they are when they come, and whoever offers is told so", async () => {
    const { marc } = town.person;
    await town.passTo("2026-11-25 13:00");
    const hours = (text: string) =>
      town.answerTo(lucia, () => town.world.slash(lucia, town.channel.team, `/siempre hours ${text}`));
    await hours("mon-fri 8-13");
    const of = await desk.charged(town.newcomer("Vera Blum"), "How do I change the colour of the panel?");
    await desk.claim(of, marc);
    const answer = await town.answerTo(marc, () =>
      town.world.slash(marc, town.channel.team, `/request handover ${of.number} <@${lucia}> Colour question`),
    );
    expect(reads(answer)).toMatch(
      /is offered to Olmo, who hears of it on .*26.* 0?8:00, when they work again/,
    );
    await town.passTo("2026-11-25 14:00");
    await town.passTo("2026-11-25 16:00");
    expect(privately(lucia, of, "asks you to take over")).toEqual([]);
    expect(privately(marc, of, "has not answered about")).toEqual([]);
    // As the team works, she is there now.
    await hours("team");
    await town.pass(0);
    expect(privately(lucia, of, "asks you to take over")).toHaveLength(1);
    await town.pass(1);
    expect(privately(lucia, of, "asks you to take over")).toHaveLength(1);
    expect(town.refusals).toEqual([]);
  });

  test("a brief of more than three lines is refused, and can be made shorter", async () => {
    const { marc, ana } = town.person;
    await town.passTo("2026-11-25 16:30");
    const of = await desk.charged(town.newcomer("Ugo Berti"));
    await desk.claim(of, marc);
    await town.world.press(marc, of.card, "Hand over");
    await town.world.choose(marc, (await menuOf(marc, of)).id, ana);
    await town.until("the form for the brief", () => town.world.modal(marc));
    expect(await desk.refusal(marc, { brief: "one\ntwo\nthree\nfour" })).toContain(
      "Three short lines at most",
    );
    if (name === "discord") {
      const again = town
        .privately(marc)
        .findLast(({ controls }) => controls.some(({ label }) => label === "Try again"));
      await town.world.press(marc, again?.id ?? "", "Try again");
      const form = await town.until("the form again", () => town.world.modal(marc));
      expect(form.fields[0]?.value).toContain("four");
    }
    await town.world.submit(marc, { brief: "one\ntwo\nthree" });
    await town.settled();
    expect(privately(ana, of, "Marc asks you to take over")).toHaveLength(1);
    expect(town.refusals).toEqual([]);
  });

  test("the second handover is told to the lead, once; the customer hears each new name once", async () => {
    const { marc, ana } = town.person;
    await town.passTo("2026-11-26 10:00");
    const of = await desk.charged(town.newcomer("Pia Roth"));
    await desk.claim(of, marc);
    await town.pass(3);
    const pass = async (by: string, to: string) => {
      await town.answerTo(by, () =>
        town.world.slash(by, town.channel.team, `/request handover ${of.number} <@${to}> Charged twice`),
      );
      await town.settled();
      const offer = privately(to, of, "asks you to take over").at(-1);
      await town.world.press(to, offer?.id ?? "", "I have it");
      await town.pass(3);
    };
    await pass(marc, lucia);
    expect(privately(ana, of, "has changed hands twice")).toEqual([]);
    await pass(lucia, marc);
    const [alert] = privately(ana, of, "has changed hands twice");
    expect(alert?.text).toContain("Marc → Olmo → Marc");
    await pass(marc, lucia);
    expect(privately(ana, of, "has changed hands twice")).toHaveLength(1);
    expect(desk.spoken(of).map((text) => text.replace(/ @Pia Roth$/, ""))).toEqual([
      expect.stringContaining("will answer by 12:00"),
      "Olmo takes over from Marc and knows your case. The time we promised stays.",
      "Marc takes over from Olmo and knows your case. The time we promised stays.",
      "Olmo takes over from Marc and knows your case. The time we promised stays.",
    ]);
    expect(town.refusals).toEqual([]);
  });

  test("given back, it is the team's again: the clocks go on, and the team channel hears it when something is near", async () => {
    const { marc } = town.person;
    await town.passTo("2026-11-27 10:00");
    const of = await desk.charged(town.newcomer("Rita Saez"));
    await desk.claim(of, marc);
    const before = desk.cardOf(of);
    await town.world.shortcut(marc, town.channel.help, of.id, "Request actions");
    const menu = await town.until("the menu", () =>
      town.privately(marc).findLast(({ controls }) => controls.some(({ label }) => label === "Give back")),
    );
    const answer = await town.answerTo(marc, () => town.world.press(marc, menu.id, "Give back"));
    expect(answer).toContain(`#${of.number} is the team's again`);
    await town.settled();
    expect(desk.cardOf(of)).toMatch(/Owner\s+nobody yet/);
    expect(before).toContain("answer by 12:00");
    expect(desk.cardOf(of)).toContain("answer by 12:00");
    const told = town.cards().filter(({ text }) => text.includes(`Marc has given back #${of.number}`));
    expect(told).toHaveLength(1);
    expect(told[0]?.controls.map(({ label }) => label)).toEqual(["Claim", "Open"]);
    const not = await town.answerTo(lucia, () =>
      town.world.slash(lucia, town.channel.team, `/request release ${of.number}`),
    );
    expect(not).toContain("It's not yours to give back");
    expect(desk.spoken(of)).toEqual([]);
    expect(town.refusals).toEqual([]);
  });

  test("the third time the customer comes for the same is told to the lead, with what to do", async () => {
    const { marc, ana } = town.person;
    await town.passTo("2026-11-27 16:00");
    const customer = town.newcomer("Tess Marin");
    const of = await desk.charged(customer);
    await desk.claim(of, marc);
    const over = async (words: string) => {
      await town.answerTo(marc, () =>
        town.world.slash(marc, town.channel.team, `/request resolve ${of.number} ${words}`),
      );
      await town.pass(1);
      await town.world.press(customer, town.under(of.id).at(-1)?.id ?? "", "Not fixed");
      await town.pass(1);
    };
    await over("We refunded it.");
    expect(privately(ana, of, "has come to us")).toEqual([]);
    await over("Now we really refunded it.");
    const [alert] = privately(ana, of, "the customer has come to us 3 times");
    expect(alert?.text).toContain("Look at what was answered so far.");
    await over("And now.");
    expect(privately(ana, of, "has come to us")).toHaveLength(1);
    const shown = await town.answerTo(marc, () =>
      town.world.slash(marc, town.channel.team, `/request show ${of.number}`),
    );
    expect(shown).toContain("The customer has waited 3 min for us in all, in working time.");
    const row = await town.bot.app.context.db.request.findFirst({ where: { number: Number(of.number) } });
    expect(row).toMatchObject({ contacts: 4, handovers: 0, waitedMs: 120_000n });
    expect(town.refusals).toEqual([]);
  });

  test("taken over by a colleague, its owner hears it", async () => {
    const { marc, ana } = town.person;
    await town.passTo("2026-11-30 10:00");
    const of = await desk.charged(town.newcomer("Sam Oakley"));
    await desk.claim(of, marc);
    await town.world.slash(ana, town.channel.team, `/request assign ${of.number} <@${ana}>`);
    await town.until("the form", () => town.world.modal(ana));
    await town.world.dismiss(ana);
    await town.settled();
    expect(privately(marc, of, "Ana has taken over")).toHaveLength(1);
    expect(desk.cardOf(of)).toMatch(/Owner\s+@?Ana Ruiz/);
    expect(desk.spoken(of)).toEqual([]);
    expect(town.refusals).toEqual([]);
  });
});
