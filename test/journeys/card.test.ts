import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("the card in the team channel on %s", (name) => {
  let town: Town;
  beforeAll(async () => {
    town = await makeTown(name);
  });
  afterEach(() => expect(town.refusals.splice(0)).toEqual([]));
  afterAll(() => town?.close());

  /** A new customer's request with its card, as it is whenever it is asked for. */
  async function opened(who: string, text: string, locale = "en-US") {
    const customer = town.newcomer(who, { locale });
    const id = await town.world.say(customer, town.channel.help, text);
    await town.settled();
    const { id: card } = await town.card(who);
    return {
      customer,
      id,
      card,
      text: () => town.world.find(card)?.text ?? "",
      controls: () => town.world.find(card)?.controls ?? [],
      labels: () => (town.world.find(card)?.controls ?? []).map(({ label }) => label),
    };
  }

  /** Claims, and gives the form that is then offered. */
  async function claim(who: string, card: string) {
    await town.world.press(who, card, "Claim");
    const form = await town.until("the say-back form", () => town.world.modal(who));
    await town.settled();
    return form;
  }

  async function press(who: string, card: string, label: string): Promise<void> {
    await town.world.press(who, card, label);
    await town.settled();
  }

  test("says who, what, how much it matters and why, how it feels, and what is promised", async () => {
    const { text, controls, labels } = await opened(
      "Ada Fox",
      "Hello! The plan change charged me twice, please help me NOW!!!",
    );
    expect(text()).toMatch(/^#\d+ The plan change charged me twice/);
    expect(text()).toMatch(/Customer\s+@?Ada Fox/);
    expect(text()).toMatch(/Owner\s+nobody yet/);
    expect(text()).toMatch(/Tier\s+Money \(because of “[^”]*charged/);
    expect(text()).toMatch(/Status\s+open/);
    expect(text()).toMatch(/Feels\s+(pressed|alarmed)/);
    expect(text()).toMatch(/Promised\s+answer by 12:00/);
    expect(text()).toContain("in #help");
    expect(labels()).toEqual(expect.arrayContaining(["Claim", "Waiting on customer", "Resolve"]));
    const menu = controls().find(({ kind }) => kind === "menu");
    expect(menu?.options.map(({ value }) => value)).toEqual(["1", "2", "3", "4", "5"]);
    expect(menu?.selected).toContain("Money");
  });

  test("keeps urgency apart from the tier: a shouted how-to stays guidance", async () => {
    const calm = await opened("Ben Ode", "How do I change the language of the app?");
    const loud = await opened("Cleo Ray", "HOW DO I CHANGE THE LANGUAGE OF THE APP??? ASAP!!! URGENT!!!");
    expect(calm.text()).toMatch(/Tier\s+Guidance/);
    expect(loud.text()).toMatch(/Tier\s+Guidance/);
    expect(calm.text()).toMatch(/Feels\s+calm/);
    expect(loud.text()).toMatch(/Feels\s+alarmed/);
  });

  test("promises in working time: an afternoon's promise goes on after lunch and after the night", async () => {
    const until = Date.UTC(2026, 10, 24, 15, 30);
    await town.pass((until - town.clock.now()) / 60_000);
    const { text } = await opened("Dana Poe", "I was charged twice for November");
    // 16:30 in Madrid: an hour and a half today, the rest tomorrow from nine.
    expect(text()).toMatch(/Promised\s+answer by .*0?9:30/);
  });

  test("claiming gives it an owner and offers the say-back: in the customer's words, in the owner's name", async () => {
    const { world, person } = town;
    const { id, card, text, labels } = await opened(
      "Ewa Lis",
      "I was charged twice for November, please check",
    );
    const form = await claim(person.ana, card);
    expect(text()).toMatch(/Owner\s+@?Ana Ruiz/);
    expect(labels()).not.toContain("Claim");
    expect(form.fields.map((field) => field.name)).toEqual(["line", "by"]);
    expect(form?.fields[0]?.value).toMatch(/^I'm Ana and I have this\. So: /);
    expect(form?.fields[1]?.value).not.toBe("");
    expect(town.under(id)).toEqual([]);
    await world.submit(person.ana, {
      line: "I'm Ana and I have this. So: November was charged twice and you want one back.",
      by: "in 3 h",
    });
    await town.settled();
    expect(world.modal(person.ana)).toBeNull();
    const said = town.under(id);
    expect(said).toHaveLength(1);
    expect(said[0]?.text).toMatch(
      /^I'm Ana and I have this\. So: November was charged twice and you want one back\. I'll write by /,
    );
    expect(text()).toContain("word given");
    await town.pass(5);
    expect(town.under(id)).toHaveLength(1);
  });

  test("the say-back goes out as it was prefilled when the owner only taps Send", async () => {
    const { world, person } = town;
    const { id, card } = await opened("Finn Lo", "I was charged twice for October, can I get one back?");
    await claim(person.marc, card);
    await world.submit(person.marc, {});
    await town.settled();
    expect(world.modal(person.marc)).toBeNull();
    expect(town.under(id)[0]?.text).toMatch(
      /^I'm Marc and I have this\. So: I was charged twice for October.* I'll write by /,
    );
  });

  test("to a Spanish customer the say-back is proposed and sent in Spanish", async () => {
    const { world, person } = town;
    const { id, card } = await opened("Gala Rey", "Hola, me habéis cobrado dos veces noviembre", "es-ES");
    const form = await claim(person.ana, card);
    expect(form?.title).toBe("Say it back?");
    expect(form?.fields[0]?.value).toMatch(/^Soy Ana y lo tengo yo\. Entonces: /);
    await world.submit(person.ana, { by: "in 3 h" });
    await town.settled();
    expect(town.under(id)[0]?.text).toMatch(/^Soy Ana y lo tengo yo\. .* Te escribo /);
  });

  test("a time that is none is told, and nothing is sent", async () => {
    const { world, person } = town;
    const { id, card, text } = await opened("Hal Kim", "I was charged twice for September");
    await claim(person.ana, card);
    if (name === "slack") {
      await world.submit(person.ana, { by: "when I feel like it" });
      expect(world.modal(person.ana)?.errors.by).toContain("I can't read that as a time");
      await world.submit(person.ana, { by: "yesterday at 10:00" });
      expect(world.modal(person.ana)?.errors.by).toBeTruthy();
      expect(town.under(id)).toEqual([]);
      await world.submit(person.ana, { by: "in 2 h" });
      await town.settled();
      expect(town.under(id)).toHaveLength(1);
    } else {
      const answer = await town.answerTo(person.ana, () =>
        world.submit(person.ana, { by: "when I feel like it" }),
      );
      expect(answer).toContain("I can't read that as a time");
      await town.settled();
      expect(town.under(id)).toEqual([]);
    }
    expect(text()).toMatch(/Owner\s+@?Ana Ruiz/);
  });

  test("whoever says Not now has it all the same, and the customer hears the acknowledgement in its time", async () => {
    const { world, person } = town;
    await town.pass((Date.UTC(2026, 10, 25, 9, 0) - town.clock.now()) / 60_000);
    const { id, card, text } = await opened("Ina May", "I was charged twice for August");
    await claim(person.ana, card);
    await world.dismiss(person.ana);
    await town.until("Ana on the card", () => /Owner\s+@?Ana Ruiz/.test(text()));
    await town.pass(2);
    expect(town.under(id)[0]?.text).toContain("Thanks, Ina.");
  });

  test("no say-back is offered where staff has answered already", async () => {
    const { world, person, channel } = town;
    const { id, card, text } = await opened("Jan Ek", "I was charged twice for July");
    await world.say(person.marc, channel.help, "I can see it, one moment please.", { thread: id });
    await town.settled();
    const answer = await town.answerTo(person.marc, () => world.press(person.marc, card, "Claim"));
    expect(answer).toMatch(/^#\d+ is yours\.$/);
    expect(world.modal(person.marc)).toBeNull();
    await town.settled();
    expect(text()).toMatch(/Owner\s+@?Marc Vidal/);
  });

  test("the tier menu moves the tier and the promise, and says that a person did", async () => {
    const { world, person } = town;
    const { card, text } = await opened("Kay Orr", "How do I change my invoice address?");
    const answer = await town.answerTo(person.marc, () =>
      world.choose(person.marc, card, "Everything is failing"),
    );
    expect(answer).toMatch(/^#\d+ is now “Everything is failing”\. The next promise /);
    await town.settled();
    expect(text()).toMatch(/Tier\s+Everything is failing \(set by a person\)/);
    expect(world.find(card)?.controls.find(({ kind }) => kind === "menu")?.selected).toContain(
      "Everything is failing",
    );
    const same = await town.answerTo(person.marc, () =>
      world.choose(person.marc, card, "Everything is failing"),
    );
    expect(same).toContain("has that tier already");
  });

  test("a tier set by a person is not moved by what the customer writes later", async () => {
    const { world, person, channel } = town;
    const { customer, id, card, text } = await opened("Lea Fry", "I was charged twice for June");
    await world.choose(person.marc, card, "Guidance");
    await town.settled();
    await world.say(customer, channel.help, "And now nobody can log in", { thread: id });
    await town.settled();
    expect(text()).toMatch(/Tier\s+Guidance \(set by a person\)/);
  });

  test("Waiting on customer pauses, their answer resumes, Resolve asks what was done, Reopen opens again", async () => {
    const { world, person, channel } = town;
    const { customer, id, card, text, labels } = await opened("Mia Tan", "I was charged twice for May");
    const waiting = await town.answerTo(person.ana, () =>
      world.press(person.ana, card, "Waiting on customer"),
    );
    expect(waiting).toMatch(/^#\d+ waits on the customer\./);
    await town.settled();
    expect(text()).toMatch(/Status\s+waiting on the customer/);
    expect(text()).toContain("paused");
    expect(labels()).not.toContain("Waiting on customer");
    await world.say(customer, channel.help, "It was the card ending in 4242", { thread: id });
    await town.settled();
    expect(text()).toMatch(/Status\s+open/);
    expect(text()).toContain("4242");
    await world.press(person.ana, card, "Resolve");
    await town.until("the form", () => world.modal(person.ana)?.title === "What did you do?");
    expect(text()).toMatch(/Status\s+open/);
    const done = await town.answerTo(person.ana, () =>
      world.submit(person.ana, { note: "We've refunded the second charge" }),
    );
    expect(done).toMatch(/is resolved\. The customer has been asked/);
    await town.settled();
    expect(text()).toMatch(/Status\s+resolved/);
    expect(text()).toMatch(/Owner\s+@?Ana Ruiz/);
    expect(labels()).toContain("Reopen");
    expect(labels()).not.toContain("Resolve");
    expect(town.under(id).at(-1)?.text).toContain("Mia, we've refunded the second charge. Anything else?");
    const again = await town.answerTo(person.marc, () => world.press(person.marc, card, "Reopen"));
    expect(again).toMatch(/is open again/);
    await town.settled();
    expect(text()).toMatch(/Status\s+open/);
  });

  test("is one post, kept up to date, whatever happens", async () => {
    const { person } = town;
    const { card } = await opened("Noa Ben", "I was charged twice for April");
    await claim(person.marc, card);
    await town.world.dismiss(person.marc);
    await press(person.marc, card, "Waiting on customer");
    await town.world.choose(person.marc, card, "Guidance");
    await town.settled();
    expect(town.cards().filter(({ text }) => /^#\d+/.test(text) && text.includes("Noa Ben"))).toHaveLength(1);
  });

  test("two people claim at the same moment: one has it, the other is told who", async () => {
    const { world, person } = town;
    const { card, text } = await opened("Ola Nor", "I was charged twice for March");
    const before = new Set(
      [person.ana, person.marc].flatMap((who) => town.privately(who).map(({ id }) => id)),
    );
    await Promise.all([world.press(person.ana, card, "Claim"), world.press(person.marc, card, "Claim")]);
    await town.until("the say-back form", () => world.modal(person.ana) ?? world.modal(person.marc));
    await town.settled();
    const offered = [person.ana, person.marc].filter((who) => world.modal(who) !== null);
    expect(offered).toHaveLength(1);
    const [owner] = offered;
    const other = owner === person.ana ? person.marc : person.ana;
    expect(text()).toMatch(owner === person.ana ? /Owner\s+@?Ana Ruiz/ : /Owner\s+@?Marc Vidal/);
    const told = town.privately(other).filter(({ id, onlyFor }) => onlyFor === other && !before.has(id));
    expect(told.map((message) => message.text).join()).toContain(
      owner === person.ana ? "Ana Ruiz" : "Marc Vidal",
    );
    await world.dismiss(owner ?? "");
  });
});
