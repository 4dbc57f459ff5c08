import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("several customers with the same trouble on %s", (name) => {
  let town: Town;
  let help: string;
  beforeAll(async () => {
    town = await makeTown(name, {
      policy: "storm: 3 customers in 30 min\nstorm of tier 1: 2 customers in 30 min",
      channels: [{ name: "vip" }],
    });
    help = town.channel.help;
  });
  afterEach(() => expect(town.refusals.splice(0)).toEqual([]));
  afterAll(() => town?.close());

  const incident = (words: string) =>
    town.cards().filter(({ text }) => text.includes(words) && /incident/i.test(text.split("\n")[0] ?? ""));

  async function says(who: string, text: string, where = help) {
    const customer = town.newcomer(who);
    const id = await town.world.say(customer, where, text);
    await town.settled();
    return { customer, id };
  }

  const messages: string[] = [];

  test("are proposed as one incident, once, with the count and the first report", async () => {
    messages.push((await says("Ada Fox", "The export fails with an error for me")).id);
    await town.pass(5);
    messages.push((await says("Ben Ode", "I cannot export the October file, error 17")).id);
    expect(incident("export")).toEqual([]);
    messages.push((await says("Cleo Ray", "My CSV export fails since this morning", town.place("vip"))).id);
    const [card, another] = incident("export");
    expect(another).toBeUndefined();
    expect(card?.text).toContain("One incident? The export fails");
    expect(card?.text).toContain("3 customers say the same since 10:00");
    expect(card?.text).toMatch(/First report: #1, @?Ada Fox/);
    for (const who of ["Ada Fox", "Ben Ode", "Cleo Ray"]) expect(card?.text).toContain(who);
    expect(card?.controls.map(({ label }) => label)).toEqual(["It's one incident", "Not related"]);
  });

  test("lose from the card what its author deletes", async () => {
    const { world } = town;
    const eve = town.newcomer("Eve Roy");
    const id = await world.say(eve, help, "Export fails with my password hunter2");
    await town.settled();
    expect(incident("export")[0]?.text).toContain("hunter2");
    await world.remove(eve, help, id);
    await town.settled();
    expect(incident("export")[0]?.text).toContain("4 customers say the same");
    expect(incident("export")[0]?.text).not.toContain("hunter2");
  });

  test("are one incident when staff says so with one press", async () => {
    const { world, person } = town;
    const [card] = incident("export");
    await world.press(person.ana, card?.id ?? "", "It's one incident");
    await town.settled();
    expect(incident("export")[0]?.text).toContain("Incident: The export fails");
    expect(incident("export")[0]?.text).toMatch(/Confirmed by @?Ana Ruiz/);
    for (const who of ["Ada Fox", "Ben Ode", "Cleo Ray"]) {
      const own = town.cards().find(({ text }) => text.startsWith("#") && text.includes(who));
      expect(own?.text).toContain("Part of the incident that began with #1.");
    }
  });

  test("take in what is reported later by itself", async () => {
    await town.pass(50);
    messages.push((await says("Dan Poe", "Exports are failing here too, is that known?")).id);
    expect(incident("export")).toHaveLength(1);
    expect(incident("export")[0]?.text).toContain("5 customers say the same");
    expect(incident("export")[0]?.text).toContain("Dan Poe");
    expect(town.cards().find(({ text }) => text.startsWith("#5"))?.text).toContain("Part of the incident");
  });

  test("are left by a request that is about something else, with one press", async () => {
    const { world, person } = town;
    const gus = town.newcomer("Gus Orr");
    const id = await world.say(gus, help, "The export of my calendar fails with an error");
    await town.settled();
    expect(incident("export")[0]?.text).toContain("Gus Orr");
    await world.shortcut(person.ana, help, id, "Request actions");
    const menu = await town.until("the menu", () =>
      town
        .privately(person.ana)
        .find(({ controls }) => controls.some(({ label }) => label.startsWith("Not part"))),
    );
    expect(await town.answerTo(person.ana, () => world.press(person.ana, menu.id, "Not part"))).toContain(
      "is on its own again",
    );
    await town.settled();
    expect(incident("export")[0]?.text).not.toContain("Gus Orr");
    const own = town.cards().find(({ text }) => text.startsWith("#") && text.includes("Gus Orr"));
    expect(own?.text).not.toContain("Part of the incident");
  });

  test("are all told with one line, each in their own thread, and it counts as an answer", async () => {
    const { world, person } = town;
    const [card] = incident("export");
    await world.press(person.marc, card?.id ?? "", "Update everyone");
    const form = await town.until("the form", () => world.modal(person.marc));
    expect(form.title).toBe("Update everyone");
    const shown = await town.answerTo(person.marc, () =>
      world.submit(person.marc, { line: "We found it: the export server is full. Fixed within the hour." }),
    );
    expect(shown).toContain("Sent to 4 customers, each in their own thread.");
    await town.settled();
    for (const id of messages) {
      const told = town.under(id).filter(({ text }) => text.includes("the export server is full"));
      expect(told).toHaveLength(1);
    }
    expect(incident("export")[0]?.text).toMatch(/Last update: .*to 4 customers/);
    for (const card of town.cards().filter(({ text }) => /^#[1235]\b/.test(text)))
      expect(card.text).toContain("nothing due");
  });

  test("are all resolved with one press, and the cause is asked for once", async () => {
    const { world, person } = town;
    const [card] = incident("export");
    await world.press(person.ana, card?.id ?? "", "Resolve all");
    await town.until("the form", () => world.modal(person.ana));
    await town.answerTo(person.ana, () => world.submit(person.ana, { note: "The export works again." }));
    await town.settled();
    for (const id of messages)
      expect(town.under(id).at(-1)?.text).toContain("he export works again. Anything else?");
    expect(incident("export")[0]?.text).toContain("Incident, resolved");
    expect(incident("export")[0]?.controls).toEqual([]);
    const asked = [person.ana, person.marc].flatMap((who) =>
      town.privately(who).filter(({ text }) => /would have (made|prevented)/i.test(text)),
    );
    expect(asked).toHaveLength(1);
  });

  test("are left apart when staff says so, and not proposed again", async () => {
    const { world, person } = town;
    await says("Eva Lis", "Nobody can log in since 11");
    await says("Finn Lo", "The login is down for our whole team");
    const [card] = incident("log in");
    expect(card?.text).toContain("2 customers say the same");
    await world.press(person.ana, card?.id ?? "", "Not related");
    await town.settled();
    expect(incident("log in")[0]?.text).toContain("Not one incident");
    await says("Gil Ott", "We cannot log in either, nobody can");
    expect(incident("log in")).toHaveLength(1);
    expect(incident("log in")[0]?.text).not.toContain("Gil Ott");
  });
});
