import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("what a customer writes next on %s", (name) => {
  let town: Town;
  let help: string;
  beforeAll(async () => {
    town = await makeTown(name);
    help = town.channel.help;
  });
  afterEach(() => expect(town.refusals.splice(0)).toEqual([]));
  afterAll(() => town?.close());

  /** A new customer whose request is open, with its card. */
  async function opened(who: string, text: string) {
    const customer = town.newcomer(who);
    const id = await town.world.say(customer, help, text);
    await town.settled();
    const card = await town.card(who);
    return { customer, id, card: () => town.world.find(card.id)?.text ?? "" };
  }

  const cardsOf = (who: string) => town.cards().filter(({ text }) => text.includes(who));

  test("joins the request when it follows at once", async () => {
    const { customer, card } = await opened("Ada Fox", "The export fails with an error for me");
    await town.world.say(customer, help, "It happens with the October file, I can send it to you");
    await town.settled();
    expect(cardsOf("Ada Fox")).toHaveLength(1);
    expect(card()).toContain("It happens with the October file");
  });

  test("opens another when it comes much later and at top level", async () => {
    const { customer } = await opened("Ben Ode", "The export fails with an error for me");
    await town.pass(30);
    await town.world.say(customer, help, "How do I add a colleague to our account?");
    await town.settled();
    expect(cardsOf("Ben Ode")).toHaveLength(2);
  });

  test("joins from its thread, however much later", async () => {
    const { customer, id, card } = await opened("Cleo Ray", "The export fails with an error for me");
    await town.pass(40);
    await town.world.say(customer, help, "It is the file from October that fails", { thread: id });
    await town.settled();
    expect(cardsOf("Cleo Ray")).toHaveLength(1);
    expect(card()).toContain("It is the file from October that fails");
  });

  test("raises the tier: now nobody can log in", async () => {
    const { customer, id, card } = await opened("Dana Poe", "The export fails with an error for me");
    expect(card()).toContain("Real problem");
    await town.world.say(customer, help, "It is worse: now nobody can log in", { thread: id });
    await town.settled();
    expect(card()).toContain("Everything is failing");
    expect(card()).toContain("nobody can log in");
    expect(card()).toMatch(/answer by 10:[1-9]\d|answer by 1\d:\d\d/);
  });

  test("never lowers the tier, and capitals do not raise it", async () => {
    const { customer, id, card } = await opened("Ewa Lis", "I was charged twice for November");
    expect(card()).toContain("Money");
    await town.world.say(customer, help, "ASAP!!! PLEASE ANSWER ME NOW, THIS IS URGENT!!!", { thread: id });
    await town.settled();
    expect(card()).toContain("Money");
    expect(card()).toContain("alarmed");
  });

  test("changes the card when it is an edit, and may raise the tier", async () => {
    const { customer, id, card } = await opened("Finn Lo", "The export fails with an error for me");
    await town.world.edit(customer, help, id, "The whole site is down, nobody can log in since 9");
    await town.settled();
    expect(card()).toContain("The whole site is down");
    expect(card()).not.toContain("The export fails");
    expect(card()).toContain("Everything is failing");
    expect(cardsOf("Finn Lo")).toHaveLength(1);
  });

  test("edited twice shows the last words", async () => {
    const { customer, id, card } = await opened("Gil Ott", "The invoice page shows an error");
    await town.world.edit(customer, help, id, "The invoice page shows an error, code 17");
    await town.settled();
    await town.world.edit(customer, help, id, "The invoice page shows an error, code 18");
    await town.settled();
    expect(card()).toContain("code 18");
    expect(card()).not.toContain("code 17");
  });

  test("makes a request of chatter that is edited into one", async () => {
    const { world } = town;
    const hal = town.newcomer("Hal Kim");
    const id = await world.say(hal, help, "Good morning everyone");
    await town.settled();
    expect(cardsOf("Hal Kim")).toEqual([]);
    await world.edit(hal, help, id, "Good morning everyone, the export fails with an error for me");
    await town.settled();
    expect(cardsOf("Hal Kim")).toHaveLength(1);
  });

  test("when deleted leaves the request and takes its words off the card", async () => {
    const { customer, id, card } = await opened(
      "Ina May",
      "The login fails with error hunter2 since this morning",
    );
    await town.world.remove(customer, help, id);
    await town.settled();
    expect(card()).not.toContain("hunter2");
    expect(card()).toContain("deleted by its author");
    expect(cardsOf("Ina May")).toHaveLength(1);
    await town.pass(3);
    expect(town.under(id)).toEqual([]);
  });

  test("deleted, but for one message of two: the other stays to be read", async () => {
    const { customer, card } = await opened("Jan Ek", "The export fails with an error for me");
    const second = await town.world.say(customer, help, "My secret key is sesame, does it work for you?");
    await town.settled();
    expect(card()).toContain("sesame");
    await town.world.remove(customer, help, second);
    await town.settled();
    expect(card()).not.toContain("sesame");
    expect(card()).toContain("The export fails");
  });

  test("is nothing when it is a bare thanks: no card changes, no clock runs, nothing is said", async () => {
    const { world, person } = town;
    const { customer, id, card } = await opened("Kay Orr", "How do I change my invoice address?");
    await world.say(person.ana, help, "In the settings, under billing. Tell me if you do not find it.", {
      thread: id,
    });
    await town.settled();
    const before = card();
    await world.say(customer, help, "Thanks!", { thread: id });
    await town.pass(5);
    expect(card()).toBe(before);
    expect(card()).toContain("nothing due");
    expect(town.under(id)).toEqual([]);
  });

  test("turns the clock to us again when it asks for more after an answer", async () => {
    const { world, person } = town;
    const { customer, id, card } = await opened("Lea Fry", "The export fails with an error for me");
    await world.say(person.ana, help, "Please try again, I have changed a setting for you.", { thread: id });
    await town.settled();
    expect(card()).toContain("nothing due");
    await world.say(customer, help, "It still fails, same error as before", { thread: id });
    await town.settled();
    expect(card()).toContain("update by");
  });

  test.each([
    ["a greeting", "Hi all!"],
    ["a greeting in Spanish", "¡Buenos días a todos!"],
    ["a thanks", "Thanks, you are great"],
    ["a laugh", "haha"],
    ["chatter", "Happy Friday everyone, have a nice weekend!"],
    ["an emoji", "🎉🎉"],
  ])("opens nothing when it is %s", async (_, text) => {
    const who = town.newcomer(`Zoe ${text.length}`);
    const id = await town.world.say(who, help, text);
    await town.pass(3);
    expect(cardsOf(`Zoe ${text.length}`)).toEqual([]);
    expect(town.under(id)).toEqual([]);
    expect(town.world.find(id)?.reactions).toEqual({});
  });

  test("opens nothing when staff, a helper or a bot writes it", async () => {
    const { world, person } = town;
    for (const who of [person.ana, person.hugo, person.robot]) {
      await world.say(who, help, "The export fails with an error, can you help?");
      await town.settled();
    }
    await town.pass(3);
    for (const who of ["Ana Ruiz", "Hugo Paz", "Robot"]) expect(cardsOf(who)).toEqual([]);
  });

  test("opens nothing when two customers talk to each other", async () => {
    const { world } = town;
    const [mia, noa] = [town.newcomer("Mia Tan"), town.newcomer("Noa Ben")];
    await world.say(mia, help, `<@${noa}> does the export fail for you too?`);
    await town.pass(3);
    expect(cardsOf("Mia Tan")).toEqual([]);
  });

  test("does not mix with what others write between", async () => {
    const { world } = town;
    const [ola, pau, quin] = [town.newcomer("Ola Nor"), town.newcomer("Pau Riu"), town.newcomer("Quin Yu")];
    await Promise.all([
      world.say(ola, help, "The export fails with an error for me"),
      world.say(pau, help, "I was charged twice for November"),
      world.say(quin, help, "How do I add a colleague?"),
    ]);
    await world.say(pau, help, "It was the card ending in 4242, both times the same amount");
    await world.say(ola, help, "It is the October file that fails, the others work");
    await world.say(quin, help, "She needs to see the invoices, how do I allow that?");
    await town.settled();
    const [o, p, q] = [cardsOf("Ola Nor"), cardsOf("Pau Riu"), cardsOf("Quin Yu")];
    expect([o.length, p.length, q.length]).toEqual([1, 1, 1]);
    expect(o[0]?.text).toContain("October file");
    expect(p[0]?.text).toContain("ending in 4242");
    expect(q[0]?.text).toContain("see the invoices");
  });

  test("in somebody else's thread does not become that person's words", async () => {
    const { world } = town;
    const { id, card } = await opened("Rui Paz", "The export fails with an error for me");
    const sam = town.newcomer("Sam Cho");
    await world.say(sam, help, "The same for me since this morning", { thread: id });
    await town.settled();
    expect(card()).not.toContain("The same for me");
    expect(card()).toContain("answer by");
  });

  test("two first messages of one person at the same moment are one request", async () => {
    const { world } = town;
    const uma = town.newcomer("Uma Das");
    await Promise.all([
      world.say(uma, help, "The export fails with an error for me"),
      world.say(uma, help, "It says error 17, and the file is from October"),
    ]);
    await town.settled();
    expect(cardsOf("Uma Das")).toHaveLength(1);
    expect(cardsOf("Uma Das")[0]?.text).toContain("error 17");
  });

  test("delivered a second time acts once", async () => {
    const { world, bot } = town;
    const { id, card } = await opened("Val Roe", "The export fails with an error for me");
    const where = { platform: name, workspace: world.workspace, channel: help, thread: null, message: id };
    const event = await bot.app.context.platforms.get(name)?.message(where);
    expect(event?.text).toContain("The export fails");
    if (event) await Promise.all([bot.app.event(event), bot.app.event(event), bot.app.event(event)]);
    await town.pass(3);
    expect(cardsOf("Val Roe")).toHaveLength(1);
    expect(town.under(id)).toHaveLength(1);
    const shown = await town.answerTo(town.person.ana, () =>
      world.slash(town.person.ana, town.channel.team, `/request show ${/^#(\d+)/.exec(card())?.[1]}`),
    );
    expect(shown.match(/The export fails with an error for me/g)?.length).toBeLessThanOrEqual(3);
  });

  test("heard again after the connection broke acts once", async () => {
    const { world } = town;
    const wim = town.newcomer("Wim Bos");
    const id = await world.say(wim, help, "The export fails with an error for me");
    world.cut();
    await town.card("Wim Bos");
    await town.until("the eyes", () => world.find(id)?.reactions[town.emoji("eyes")]);
    await town.pass(3);
    expect(cardsOf("Wim Bos")).toHaveLength(1);
    expect(town.under(id)).toHaveLength(1);
  });
});
