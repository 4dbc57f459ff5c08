import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("opening by hand on %s", (name) => {
  let town: Town;
  let manual: string;
  let mention: string;
  beforeAll(async () => {
    town = await makeTown(name, {
      channels: [
        { name: "lounge", mode: "manual" },
        { name: "by-mention", mode: "mention" },
      ],
    });
    manual = town.place("lounge");
    mention = town.place("by-mention");
  });
  afterEach(() => expect(town.refusals.splice(0)).toEqual([]));
  afterAll(() => town?.close());

  const cardsOf = (who: string) =>
    town.cards().filter(({ text }) => /^#\d+/.test(text) && text.includes(who));
  async function write(who: string, text: string, where = manual) {
    const customer = town.newcomer(who);
    const id = await town.world.say(customer, where, text);
    await town.settled();
    return { customer, id };
  }
  const ticket = (who: string, where: string, message: string) =>
    town.world.react(who, where, message, town.emoji("ticket"));

  test("nothing opens by itself where the channel is manual", async () => {
    const { id } = await write("Ada Fox", "I was charged twice for November");
    await town.pass(3);
    expect(cardsOf("Ada Fox")).toEqual([]);
    expect(town.under(id)).toEqual([]);
  });

  test("a colleague's 🎫 opens a request from what the customer wrote", async () => {
    const { id } = await write("Ben Ode", "I was charged twice for November");
    await ticket(town.person.marc, manual, id);
    await town.settled();
    const [card] = cardsOf("Ben Ode");
    expect(card?.text).toContain("charged twice");
    expect(card?.text).toContain("Money");
    expect(card?.text).toContain("Opened by a colleague on their behalf");
    expect(town.world.find(id)?.reactions[town.emoji("eyes")]).toContain(town.world.botUser);
    await town.pass(2);
    expect(town.under(id)[0]?.text).toContain("Thanks, Ben.");
  });

  test("a customer's 🎫 on their own message opens it", async () => {
    const { customer, id } = await write("Cleo Ray", "The export fails with an error for me");
    await ticket(customer, manual, id);
    await town.settled();
    expect(cardsOf("Cleo Ray")).toHaveLength(1);
    expect(cardsOf("Cleo Ray")[0]?.text).not.toContain("Opened by a colleague");
  });

  test("the 🎫 of another customer, a helper or a bot opens nothing", async () => {
    const { id } = await write("Dana Poe", "The export fails with an error for me");
    for (const who of [town.person.olmo, town.person.hugo, town.person.robot]) {
      await ticket(who, manual, id);
      await town.settled();
    }
    await town.pass(3);
    expect(cardsOf("Dana Poe")).toEqual([]);
    expect(town.under(id)).toEqual([]);
  });

  test("another emoji opens nothing, and taking the 🎫 off undoes nothing", async () => {
    const { world, person } = town;
    const { id } = await write("Ewa Lis", "The export fails with an error for me");
    await world.react(person.marc, manual, id, "+1");
    await town.settled();
    expect(cardsOf("Ewa Lis")).toEqual([]);
    await ticket(person.marc, manual, id);
    await town.settled();
    await world.react(person.marc, manual, id, town.emoji("ticket"), false);
    await town.settled();
    expect(cardsOf("Ewa Lis")).toHaveLength(1);
    expect(cardsOf("Ewa Lis")[0]?.text).toContain("open");
  });

  test("two 🎫 on one message, even at once, are one request", async () => {
    const { person } = town;
    const { id } = await write("Finn Lo", "The export fails with an error for me");
    await Promise.all([ticket(person.marc, manual, id), ticket(person.ana, manual, id)]);
    await town.settled();
    expect(cardsOf("Finn Lo")).toHaveLength(1);
  });

  test("the 🎫 makes a request even of a message that does not sound like one", async () => {
    const { id } = await write("Gil Ott", "Hello!");
    await ticket(town.person.marc, manual, id);
    await town.settled();
    expect(cardsOf("Gil Ott")).toHaveLength(1);
  });

  test("a request opened by hand goes on in its thread", async () => {
    const { world, person } = town;
    const { customer, id } = await write("Hal Kim", "The export fails with an error for me");
    await ticket(person.marc, manual, id);
    await town.settled();
    await world.say(customer, manual, "It is the October file that fails", { thread: id });
    await town.settled();
    expect(cardsOf("Hal Kim")[0]?.text).toContain("October file");
    await world.say(person.marc, manual, "Please try it again now.", { thread: id });
    await town.pass(3);
    expect(town.under(id)).toEqual([]);
    expect(cardsOf("Hal Kim")[0]?.text).toContain("nothing due");
  });

  test("“Track as a request” opens it for whoever wrote, and says its number to the colleague alone", async () => {
    const { world, person } = town;
    const { id } = await write("Ina May", "I was charged twice for November");
    const answer = await town.answerTo(person.marc, () =>
      world.shortcut(person.marc, manual, id, "Track as a request"),
    );
    expect(answer).toMatch(/^#\d+ is open\.$/);
    await town.settled();
    expect(cardsOf("Ina May")).toHaveLength(1);
    const again = await town.answerTo(person.ana, () =>
      world.shortcut(person.ana, manual, id, "Track as a request"),
    );
    expect(again).toMatch(/^This message belongs to #\d+ already\.$/);
    await town.settled();
    expect(cardsOf("Ina May")).toHaveLength(1);
  });

  test("“Track as a request” on a colleague's own note opens it on behalf of the customer mentioned", async () => {
    const { world, person } = town;
    const jan = town.newcomer("Jan Ek");
    const id = await world.say(
      person.ana,
      manual,
      `<@${jan}> told me on the phone: the export fails with an error`,
    );
    await town.settled();
    await town.answerTo(person.ana, () => world.shortcut(person.ana, manual, id, "Track as a request"));
    await town.settled();
    const [card] = cardsOf("Jan Ek");
    expect(card?.text).toContain("the export fails");
    expect(card?.text).toContain("Opened by a colleague on their behalf");
    await town.pass(2);
    expect(town.under(id)[0]?.text).toContain("Thanks, Jan.");
    await world.say(jan, manual, "It is the October file that fails", { thread: id });
    await town.settled();
    expect(cardsOf("Jan Ek")[0]?.text).toContain("October file");
  });

  test("a customer who uses the shortcut is told it is for the team, and nothing opens", async () => {
    const { world, person } = town;
    const { id } = await write("Kay Orr", "The export fails with an error for me");
    for (const who of [person.olmo, person.hugo]) {
      const answer = await town.answerTo(who, () => world.shortcut(who, manual, id, "Track as a request"));
      expect(answer).toContain("That's for the team here");
    }
    await town.settled();
    expect(cardsOf("Kay Orr")).toEqual([]);
  });

  test("where the channel listens to mentions, only a message that mentions the bot opens", async () => {
    const { world } = town;
    const { customer } = await write("Lea Fry", "The export fails with an error for me", mention);
    expect(cardsOf("Lea Fry")).toEqual([]);
    const id = await world.say(
      customer,
      mention,
      `<@${world.botUser}> the export fails with an error for me`,
    );
    await town.settled();
    expect(cardsOf("Lea Fry")).toHaveLength(1);
    await town.pass(2);
    expect(town.under(id)[0]?.text).toContain("Thanks, Lea.");
  });

  test("a 🎫 in the team's own channel opens nothing", async () => {
    const { world, person, channel } = town;
    const id = await world.say(person.marc, channel.team, "The export fails for two customers, who looks?");
    await town.settled();
    await ticket(person.ana, channel.team, id);
    await town.settled();
    expect(cardsOf("Marc Vidal").filter(({ text }) => text.includes("who looks"))).toEqual([]);
  });

  test("what was opened by hand while the bot was away is opened when it is back", async () => {
    const { world } = town;
    const mia = town.newcomer("Mia Tan");
    let id = "";
    await town.restart({
      meanwhile: async () => {
        id = await world.say(mia, town.channel.help, "I was charged twice for November");
      },
    });
    await town.settled();
    expect(cardsOf("Mia Tan")).toHaveLength(1);
    await town.pass(2);
    expect(town.under(id)[0]?.text).toContain("Thanks, Mia.");
  });
});

describe("a forum on Discord", () => {
  let town: Town;
  let forum: string;
  beforeAll(async () => {
    town = await makeTown("discord", { channels: [{ name: "ask", kind: "forum" }] });
    forum = town.place("ask");
  });
  afterEach(() => expect(town.refusals.splice(0)).toEqual([]));
  afterAll(() => town?.close());
  const cardsOf = (who: string) =>
    town.cards().filter(({ text }) => /^#\d+/.test(text) && text.includes(who));

  test("makes a request of each post, with its title, and answers in the post", async () => {
    const { world, person } = town;
    const ada = town.newcomer("Ada Fox");
    const id = await world.say(ada, forum, "It says error 17 with the October file.", {
      title: "The export fails",
    });
    await town.settled();
    expect(world.find(id)?.reactions["👀"]).toContain(world.botUser);
    const [card] = cardsOf("Ada Fox");
    expect(card?.text).toContain("The export fails");
    expect(card?.text).toContain("error 17");
    await town.pass(2);
    const [said] = town.said(forum);
    expect(said?.text).toContain("Thanks, Ada.");
    expect(said?.thread).toBe(id);
    await world.say(ada, forum, "And now nobody can log in", { thread: id });
    await town.settled();
    expect(cardsOf("Ada Fox")).toHaveLength(1);
    expect(cardsOf("Ada Fox")[0]?.text).toContain("Everything is failing");
    await world.say(person.ana, forum, "We are on it, please try again in five minutes.", { thread: id });
    await town.settled();
    expect(cardsOf("Ada Fox")[0]?.text).toContain("nothing due");
  });

  test("opens a post even when its first words are only polite", async () => {
    const { world } = town;
    const ben = town.newcomer("Ben Ode");
    await world.say(ben, forum, "Hello!", { title: "Invoices" });
    await town.settled();
    expect(cardsOf("Ben Ode")).toHaveLength(1);
  });

  test("keeps two posts of one person apart, even when written one after the other", async () => {
    const { world } = town;
    const cleo = town.newcomer("Cleo Ray");
    await world.say(cleo, forum, "It says error 17.", { title: "The export fails" });
    await world.say(cleo, forum, "For November.", { title: "I was charged twice" });
    await town.settled();
    expect(cardsOf("Cleo Ray")).toHaveLength(2);
  });

  test("in Spanish answers in Spanish", async () => {
    const { world } = town;
    const dora = town.newcomer("Dora Gil");
    const id = await world.say(dora, forum, "Me sale un error al descargarla.", {
      title: "No puedo descargar la factura",
    });
    await town.settled();
    await town.pass(2);
    expect(town.said(forum).find(({ thread }) => thread === id)?.text).toContain("Gracias, Dora.");
  });
});
