import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("after a correction on %s", (name) => {
  let town: Town;
  let marc: string;
  let help: string;
  beforeAll(async () => {
    town = await makeTown(name, { channels: [{ name: "vip" }] });
    marc = town.person.marc;
    help = town.channel.help;
  });
  afterEach(() => expect(town.refusals.splice(0)).toEqual([]));
  afterAll(() => town?.close());

  async function says(who: string, text: string, more: { thread?: string; where?: string } = {}) {
    const { thread, where = help } = more;
    const id = await town.world.say(who, where, text, thread === undefined ? {} : { thread });
    await town.settled();
    return id;
  }

  async function why(message: string, where = help): Promise<string> {
    const before = new Set(town.privately(marc).map(({ id }) => id));
    await town.world.shortcut(marc, where, message, "Why?");
    const shown = await town.until("the reasons", () =>
      town.privately(marc).find(({ id, onlyFor }) => onlyFor === marc && !before.has(id)),
    );
    return shown.id;
  }

  /** Presses in what *Why?* showed; the press may come when somebody else was faster. */
  async function correct(message: string, label: string, where = help): Promise<string> {
    const id = await why(message, where);
    const answer = await town.answerTo(marc, () => town.world.press(marc, id, label));
    await town.settled();
    return answer;
  }

  async function join(message: string, into: string, where = help): Promise<string> {
    const id = await why(message, where);
    await town.world.press(marc, id, "Join it to…");
    await town.until("the form", () => town.world.modal(marc));
    const answer = await town.answerTo(marc, () => town.world.submit(marc, { into }));
    await town.settled();
    return answer;
  }

  const cardsOf = (who: string) =>
    town.cards().filter(({ text }) => /^#\d+ /.test(text) && text.includes(who));
  const numberOf = (text = "") => /^#(\d+)/.exec(text)?.[1] ?? "?";

  /** Two requests of one customer, the second by itself; their numbers. */
  async function two(who: string) {
    const customer = town.newcomer(who);
    const first = await says(customer, "The export fails with an error for me");
    await town.pass(40);
    const second = await says(customer, "Totals on the March sheet come out wrong");
    const [one, other] = cardsOf(who);
    expect(cardsOf(who)).toHaveLength(2);
    return { customer, first, second, one: numberOf(one?.text), other: numberOf(other?.text) };
  }
  const card = (number: string) =>
    town.cards().find(({ text }) => text.startsWith(`#${number} `))?.text ?? "";

  test("edits and deletions follow the message to where it is now", async () => {
    const { customer, second, one, other } = await two("Ada Fox");
    await join(second, one);
    await town.world.edit(customer, help, second, "Totals on the March sheet are 40 too high");
    await town.settled();
    expect(card(one)).toContain("40 too high");
    expect(card(other)).not.toContain("40 too high");
    await town.world.remove(customer, help, second);
    await town.settled();
    expect(card(one)).not.toContain("40 too high");
    expect(card(one)).toContain("The export fails");
    expect(card(other)).toContain("not a request");
    expect(card(other)).toContain("belongs to another request now");
  });

  test("what the customer writes under the message goes where the message is now", async () => {
    await town.passTo("2026-11-25 10:00");
    const { customer, second, one, other } = await two("Ben Ode");
    await says(marc, "I look at the sheet.", { thread: second });
    await join(second, one);
    await town.pass(1);
    await says(customer, "The last column still shows an error, can you look at it?", { thread: second });
    expect(card(one)).toContain("The last column still shows an error");
    expect(card(other)).toContain("not a request");
    expect(cardsOf("Ben Ode")).toHaveLength(2);
  });

  test("and what they write under it while the bot is away is read when it is back", async () => {
    await town.passTo("2026-11-25 14:00");
    const { customer, second, one, other } = await two("Lea Ott");
    await says(marc, "I look at the sheet.", { thread: second });
    await join(second, one);
    // Nothing of this lies within the overlap of the reading.
    await town.pass(60);
    await says(marc, "Lunch was good today.");
    await town.restart({
      meanwhile: async () => {
        town.clock.advance(5 * 60_000);
        await town.world.say(customer, help, "The last column still shows an error, can you look?", {
          thread: second,
        });
        town.clock.advance(5 * 60_000);
      },
    });
    await town.settled();
    expect(card(one)).toContain("The last column still shows an error");
    expect(card(other)).toContain("not a request");
    expect(cardsOf("Lea Ott")).toHaveLength(2);
  });

  test("a message joined to what is over opens it again; the end is told to nobody twice", async () => {
    await town.passTo("2026-11-26 10:00");
    const { second, one } = await two("Cleo Ray");
    await town.answerTo(marc, () => town.world.slash(marc, town.channel.team, `/request resolve ${one}`));
    await town.settled();
    expect(card(one)).toContain("resolved");
    await town.pass(5);
    const cleo = town.newcomer("Cleo Two");
    const late = await says(cleo, "The chart of sales shows an error");
    expect(await join(late, `#${one}`)).toContain(`It belongs to #${one} now`);
    expect(card(one)).toContain("The chart of sales");
    expect(card(one)).not.toContain("resolved");
    expect(await join(second, one)).toContain(`It belongs to #${one} now`);
    expect(await join(second, one)).toContain(`It belongs to #${one} already`);
  });

  test("the same correction once more says so and changes nothing", async () => {
    await town.passTo("2026-11-27 10:00");
    const dan = town.newcomer("Dan Poe");
    const root = await says(dan, "The export fails with an error for me");
    const more = await says(dan, "I was charged twice for October", { thread: root });
    const [shown, again] = [await why(more), await why(more)];
    await town.answerTo(marc, () => town.world.press(marc, shown, "Split it off"));
    await town.settled();
    expect(cardsOf("Dan Poe")).toHaveLength(2);
    const answer = await town.answerTo(marc, () => town.world.press(marc, again, "Split it off"));
    expect(answer).toMatch(/first message of #\d+|begins? #\d+|#\d+/);
    await town.settled();
    expect(cardsOf("Dan Poe")).toHaveLength(2);
    const late = await why(more);
    await correct(more, "Not a request");
    const once = card(numberOf(cardsOf("Dan Poe")[1]?.text));
    expect(once).toContain("not a request");
    await town.answerTo(marc, () => town.world.press(marc, late, "Not a request"));
    await town.settled();
    expect(card(numberOf(cardsOf("Dan Poe")[1]?.text))).toBe(once);
    expect(cardsOf("Dan Poe")[0]?.text).not.toContain("not a request");
    // Nobody had seen the message by a 👀: taking that away says so on Slack, once.
    expect(town.refusals.splice(0).map(({ code }) => code)).toEqual(name === "slack" ? ["no_reaction"] : []);
  });

  test("a request of another channel keeps its own: each is answered where it was written", async () => {
    await town.passTo("2026-11-30 10:00");
    const eve = town.newcomer("Eve Roy");
    const here = await says(eve, "The export fails with an error for me");
    const far = await says(eve, "Our invoice for March has the wrong VAT number", {
      where: town.place("vip"),
    });
    const [one, other] = cardsOf("Eve Roy").map(({ text }) => numberOf(text));
    expect(await join(far, one ?? "", town.place("vip"))).toContain(`#${one} is of another channel`);
    expect(await why(here)).toBeTruthy();
    expect(card(one ?? "")).toContain("The export fails");
    expect(card(other ?? "")).toContain("wrong VAT number");
    expect(card(other ?? "")).not.toContain("not a request");
  });

  test("who is told that it was none and writes on is heard", async () => {
    await town.passTo("2026-12-01 10:00");
    const flo = town.newcomer("Flo Ude");
    const id = await says(flo, "The export fails with an error for me");
    await says(marc, "That was a test of ours, sorry.", { thread: id });
    await correct(id, "Not a request");
    expect(cardsOf("Flo Ude")[0]?.text).toContain("not a request");
    await says(flo, "No, it is still broken, nobody of us can export", { thread: id });
    expect(cardsOf("Flo Ude").filter(({ text }) => !text.includes("not a request"))).toHaveLength(1);
  });

  test("so is who writes on while the bot is away", async () => {
    await town.passTo("2026-12-02 10:00");
    const gus = town.newcomer("Gus Alm");
    const id = await says(gus, "The export fails with an error for me");
    await says(marc, "That was a test of ours, sorry.", { thread: id });
    await correct(id, "Not a request");
    await town.pass(60);
    await says(marc, "Lunch was good today.");
    await town.restart({
      meanwhile: async () => {
        town.clock.advance(5 * 60_000);
        await town.world.say(gus, help, "No, it is still broken, nobody of us can export", { thread: id });
        town.clock.advance(5 * 60_000);
      },
    });
    await town.settled();
    expect(cardsOf("Gus Alm").filter(({ text }) => !text.includes("not a request"))).toHaveLength(1);
  });
});

describe.each<PlatformName>(["slack", "discord"])("the same again on %s", (name) => {
  let town: Town;
  beforeAll(async () => {
    town = await makeTown(name, { channels: [{ name: "hand", mode: "manual" }] });
  });
  afterAll(() => town?.close());

  const cardsOf = (who: string) =>
    town.cards().filter(({ text }) => /^#\d+ /.test(text) && text.includes(who));

  async function says(who: string, text: string, where = town.channel.help) {
    const id = await town.world.say(who, where, text);
    await town.settled();
    return id;
  }

  async function resolve(who: string) {
    const number = /^#(\d+)/.exec(cardsOf(who).at(-1)?.text ?? "")?.[1];
    const { marc } = town.person;
    await town.answerTo(marc, () => town.world.slash(marc, town.channel.team, `/request resolve ${number}`));
    await town.settled();
    return number;
  }

  test("is linked to the earlier request and counted, when it opens by itself", async () => {
    const ada = town.newcomer("Ada Fox");
    await says(ada, "The export of invoices fails with error 17");
    const number = await resolve("Ada Fox");
    await town.pass(60);
    await says(ada, "The export of invoices fails again with error 17");
    expect(cardsOf("Ada Fox")).toHaveLength(2);
    expect(cardsOf("Ada Fox")[1]?.text).toMatch(new RegExp(`2nd|second|again[^\\n]*#${number}|#${number}`));
  });

  test.each(["🎫", "the shortcut"])(
    "is linked and counted when it is opened by hand with %s",
    async (how) => {
      const { world, person, channel } = town;
      const who = how === "🎫" ? "Ben Ode" : "Cleo Ray";
      const customer = town.newcomer(who);
      const hand = town.place("hand");
      const open = async (id: string) => {
        if (how === "🎫") await world.react(person.ana, hand, id, town.emoji("ticket"));
        else
          await town.answerTo(person.ana, () => world.shortcut(person.ana, hand, id, "Track as a request"));
        await town.settled();
      };
      await open(await says(customer, "The export of invoices fails with error 17", hand));
      expect(cardsOf(who)).toHaveLength(1);
      const number = await resolve(who);
      await town.pass(60);
      await open(await says(customer, "The export of invoices fails again with error 17", hand));
      expect(cardsOf(who)).toHaveLength(2);
      expect(cardsOf(who)[1]?.text).toContain(`#${number}`);
      expect(channel.help).not.toBe(hand);
    },
  );
});
