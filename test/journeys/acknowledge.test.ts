import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { makeTown, type PlatformName, type Town } from "../support/town.ts";

const picture = { name: "screen.png", mime: "image/png", bytes: new Uint8Array([137, 80, 78, 71]) };

describe.each<PlatformName>(["slack", "discord"])("a customer writes on %s", (name) => {
  let town: Town;
  beforeAll(async () => {
    town = await makeTown(name, { channels: [{ name: "quiet" }] });
  });
  afterEach(() => expect(town.refusals.splice(0)).toEqual([]));
  afterAll(() => town?.close());

  async function write(customer: string, text: string): Promise<string> {
    const id = await town.world.say(customer, town.channel.help, text);
    await town.until("the eyes", () =>
      town.world.find(id)?.reactions[town.emoji("eyes")]?.includes(town.world.botUser),
    );
    return id;
  }

  test("is seen at once, and hears after two minutes who answers by when", async () => {
    const { person } = town;
    const id = await write(person.marta, "Hi! The plan change charged me twice, can I get one back?");
    const card = await town.until("a card", () => town.cards()[0]);
    expect(card.text).toContain("charged me twice");
    await town.pass(1);
    expect(town.said()).toEqual([]);
    await town.pass(1);
    const [said] = town.said();
    expect(said?.thread).toBe(id);
    // Everybody can read a Discord channel: there, money is not named.
    expect(said?.text).toContain(
      name === "discord"
        ? "Thanks, Marta. Someone on our team will answer by 12:00."
        : "Thanks, Marta. This looks like a billing question; someone on our team will answer by 12:00. " +
            "If that's not it, just write here.",
    );
    await town.pass(2);
    expect(town.said()).toHaveLength(1);
  });

  test("in Spanish hears it in Spanish", async () => {
    const rosa = town.newcomer("Rosa Leal", { locale: "es-ES" });
    const id = await write(rosa, "Hola, ¿cómo cambio el horario de mi tienda?");
    await town.pass(2);
    expect(town.under(id).map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /^Gracias, Rosa\. Parece una duda de uso; alguien del equipo te responde antes del /,
      ),
    ]);
    expect(town.under(id)[0]?.text).toContain("Si no es eso, escríbelo aquí.");
  });

  test("whose client is English but who writes Spanish hears Spanish all the same", async () => {
    const leo = town.newcomer("Leo Mora");
    const id = await write(leo, "Buenas, no puedo descargar la factura de octubre, me da error");
    await town.pass(2);
    expect(town.under(id)[0]?.text).toMatch(/^Gracias, Leo\./);
  });

  test("about something we are not sure of hears no topic, only who and when", async () => {
    const nils = town.newcomer("Nils Berg");
    const id = await write(nils, "Could somebody have a look at our account when there is a moment?");
    await town.pass(2);
    const [said] = town.under(id);
    expect(said?.text).not.toContain("looks like");
    expect(said?.text).toMatch(/^Thanks, Nils\. Someone on our team will answer by .+\./);
  });

  test("and gets an answer in the thread before the delay is over: the bot says nothing", async () => {
    const { world, person, channel } = town;
    const eva = town.newcomer("Eva Roy");
    const id = await write(eva, "The export fails with an error for me, can you help?");
    await world.say(person.ana, channel.help, "Looking at it right now.", { thread: id });
    await town.pass(3);
    expect(town.under(id)).toEqual([]);
  });

  test("and gets an answer at top level that names them: the bot says nothing", async () => {
    const { world, person, channel } = town;
    const ida = town.newcomer("Ida Holm");
    const id = await write(ida, "The import fails with an error for me, can you help?");
    await world.say(person.marc, channel.help, `<@${ida}> please send me the file, I will try it here.`);
    await town.pass(3);
    expect(town.under(id)).toEqual([]);
  });

  test("and gets an answer at top level where nobody else waits: the bot says nothing", async () => {
    const { world, person } = town;
    const quiet = town.place("quiet");
    const tom = town.newcomer("Tom Reed");
    const id = await world.say(tom, quiet, "The invoice page shows an error, can you help?");
    await town.settled();
    await world.say(person.marc, quiet, "The invoice page works again, please reload it.");
    await town.pass(3);
    expect(town.under(id)).toEqual([]);
    expect(town.said(quiet)).toEqual([]);
  });

  test("and a helper writes to them first: the promise of the team is still said", async () => {
    const { world, person, channel } = town;
    const kim = town.newcomer("Kim Vega");
    const id = await write(kim, "How do I change the language of my invoices?");
    await world.say(person.hugo, channel.help, "I think it is in the settings, but I am not sure.", {
      thread: id,
    });
    await town.pass(2);
    expect(town.under(id)[0]?.text).toMatch(/someone on our team will answer/i);
  });

  test("sends a picture without a word: hears that we have it, and what would help", async () => {
    const { world, channel } = town;
    const ugo = town.newcomer("Ugo Bin");
    const id = await world.say(ugo, channel.help, "", { files: [picture] });
    await town.settled();
    await town.pass(2);
    expect(town.under(id)[0]?.text).toMatch(
      /^Thanks, Ugo\. We have your image; someone will look by .+\. A line about what you expected helps\./,
    );
    expect((await town.card("Ugo Bin")).text).toContain("1 file");
  });

  test("and the acknowledgement is told once, whatever they add afterwards", async () => {
    const { world, channel } = town;
    const pia = town.newcomer("Pia Sol");
    const id = await write(pia, "I was charged twice for November, can I get one back?");
    await town.pass(2);
    await world.say(pia, channel.help, "It was on the 20th, both times with the same card.", { thread: id });
    await town.pass(5);
    expect(town.under(id)).toHaveLength(1);
  });

  test("names and words with markup come back as plain words and mention nobody", async () => {
    const { world, channel, person } = town;
    const bob = town.newcomer("<!channel> *Bob* @everyone");
    const id = await world.say(
      bob,
      channel.help,
      `The export *fails* with <b>an error</b> & @everyone waits`,
    );
    await town.settled();
    await town.pass(2);
    expect(town.under(id)).toHaveLength(1);
    expect((await town.card("<b>an error</b> & ")).text).toContain("The export *fails* with");
    expect(town.privately(person.ana).filter(({ text }) => text.includes("Bob"))).toEqual([]);
  });
});

describe.each<PlatformName>(["slack", "discord"])("a customer writes at night on %s", (name) => {
  let town: Town;
  beforeAll(async () => {
    // Tuesday 3:10 in Madrid.
    town = await makeTown(name, { start: Date.UTC(2026, 10, 24, 2, 10) });
  });
  afterEach(() => expect(town.refusals.splice(0)).toEqual([]));
  afterAll(() => town?.close());

  test("and hears at once what time it is here and when somebody reads it", async () => {
    const { world, person, channel } = town;
    const id = await world.say(person.marta, channel.help, "The export fails with an error since midnight");
    await town.settled();
    expect(town.under(id).map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /^Thanks, Marta\. It's 3:10 here; someone reads this at 0?9:00 and answers by 13:00\./,
      ),
    ]);
    await town.pass(5);
    expect(town.under(id)).toHaveLength(1);
  });

  test("on the eve of a weekend: the day is named with the time", async () => {
    const { world, channel } = town;
    const iris = town.newcomer("Iris Paz");
    // Friday 27 November, 20:00 in Madrid.
    await town.pass((Date.UTC(2026, 10, 27, 19, 0) - town.clock.now()) / 60_000);
    const id = await world.say(iris, channel.help, "How do I add a colleague to our account?");
    await town.settled();
    const [said] = town.under(id);
    expect(said?.text).toMatch(/^Thanks, Iris\. It's .*20:00 here; someone reads this .*(Monday|Mon|30 Nov)/);
  });
});

describe.each<PlatformName>(["slack", "discord"])("with a delay of zero on %s", (name) => {
  let town: Town;
  beforeAll(async () => {
    town = await makeTown(name, { policy: "acknowledge after: at once\n" });
  });
  afterEach(() => expect(town.refusals.splice(0)).toEqual([]));
  afterAll(() => town?.close());

  test("a customer hears at once, without any time passing", async () => {
    const { world, person, channel } = town;
    const id = await world.say(person.marta, channel.help, "I was charged twice, can I get one back?");
    const said = await town.until("the acknowledgement", () => town.under(id)[0]);
    expect(said.text).toContain("answer by 12:00");
    await town.settled();
    expect(town.under(id)).toHaveLength(1);
  });
});
