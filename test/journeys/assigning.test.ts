import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ShownMessage } from "../../src/sandbox/world.ts";
import { madrid, makeTown, type PlatformName, type Town } from "../support/town.ts";

// Guidance goes round between Ana and Marc, money to whoever has less of everything, what is failing to whoever is on call.
const team = (person: Town["person"]) => `
on call: { people: ["${person.marc}", "${person.ana}"], since: 2026-11-23 }
assign:
  how: round robin
  people: ["${person.ana}", "${person.marc}"]
  tiers:
    money: { how: least loaded }
    everything is failing: { how: on call }`;

describe.each<PlatformName>(["slack", "discord"])("requests are given out by policy on %s", (name) => {
  let town: Town;
  beforeAll(async () => {
    const marcAlone = (person: Town["person"]) => `how: round robin, people: ["${person.marc}"]`;
    const channels = [{ name: "errors" }, { name: "billing", assign: marcAlone }];
    town = await makeTown(name, { team, channels });
  });
  afterAll(() => town?.close());

  const owner = (who: string) => {
    const card = town.cards().find(({ text }) => text.includes(who) && /Owner\s/.test(text));
    return /Owner\s+@?(\w+)/.exec(card?.text ?? "")?.[1];
  };
  async function opened(
    who: string,
    text = "How do I change the language of the app?",
    channel = town.channel.help,
  ) {
    const id = await town.world.say(town.newcomer(who), channel, text);
    await town.settled();
    return id;
  }
  const given = (person: string, who: string) =>
    town
      .privately(person)
      .filter(({ text, direct }) => direct === person && text.includes(`${who}, is yours now`));

  test("in turn, and whoever gets one is told in private, with a way to hand it over", async () => {
    const { ana, marc } = town.person;
    await opened("Nora Diaz");
    expect(owner("Nora Diaz")).toBe("Ana");
    const [told] = given(ana, "Nora Diaz");
    expect(told?.controls.map(({ label }) => label)).toContain("Hand over");
    await opened("Otto Lind");
    expect(owner("Otto Lind")).toBe("Marc");
    expect(given(marc, "Otto Lind")).toHaveLength(1);
    expect(given(marc, "Nora Diaz")).toEqual([]);
  });

  test("two at the same moment, in two channels, go to two people", async () => {
    const { world, channel } = town;
    const [pia, quim] = [town.newcomer("Pia Roth"), town.newcomer("Quim Sala")];
    await Promise.all([
      world.say(pia, channel.help, "How do I change the language of the app?"),
      world.say(quim, town.place("errors"), "How do I change the language of the app?"),
    ]);
    await town.settled();
    expect([owner("Pia Roth"), owner("Quim Sala")].sort()).toEqual(["Ana", "Marc"]);
  });

  test("by load where the policy says so, and to whoever is on call when everything is failing", async () => {
    const { ana } = town.person;
    const before = await town.card("Nora Diaz");
    await town.world.press(ana, before.id, "Resolve");
    await town.until("the form", () => town.world.modal(ana));
    await town.world.submit(ana, {});
    await town.settled();
    await opened("Rita Mas", "I was charged twice for November");
    expect(owner("Rita Mas")).toBe("Ana");
    await opened("Sara Vila", "Nobody can log in, everything is down");
    expect(owner("Sara Vila")).toBe("Marc");
  });

  test("by channel before by team: what is written there has people of its own", async () => {
    for (const who of ["Zoe Lane", "Ada Fox"]) {
      await opened(who, "How do I change the language of the app?", town.place("billing"));
      expect(owner(who)).toBe("Marc");
    }
  });

  test("never to somebody who is away", async () => {
    const { marc } = town.person;
    await town.answerTo(marc, () => town.world.slash(marc, town.channel.team, "/away until tomorrow"));
    await opened("Tomas Gil");
    await opened("Uma Roca");
    expect([owner("Tomas Gil"), owner("Uma Roca")]).toEqual(["Ana", "Ana"]);
  });

  test("nobody there: the team channel is told at once, and in the morning somebody gets it", async () => {
    const { ana, marc } = town.person;
    await town.passTo("2026-11-25 03:00");
    const id = await opened("Vera Lux");
    await opened("Walt Kay");
    await opened("Xenia Pau");
    expect(owner("Vera Lux")).toBe("nobody");
    const told = town.cards().filter(({ text }) => text.includes("Nobody is there to give Vera Lux"));
    expect(told).toHaveLength(1);
    expect(told[0]?.controls.map(({ label }) => label)).toContain("Claim");
    await town.passTo("2026-11-25 08:59");
    expect(owner("Vera Lux")).toBe("nobody");
    await town.passTo("2026-11-25 09:00");
    expect(["Ana", "Marc"]).toContain(owner("Vera Lux"));
    // Marc is away still: what came at night, and what he left, is Ana's, and told in one message.
    const morning = [ana, marc].flatMap((who) =>
      town
        .privately(who)
        .filter(({ text, direct }) => direct === who && /Vera Lux|Walt Kay|Xenia Pau/.test(text)),
    );
    expect(morning.map(({ text }) => text)).toEqual([expect.stringMatching(/^\d requests are yours now:/)]);
    for (const who of ["Vera Lux", "Walt Kay", "Xenia Pau"]) {
      expect(owner(who)).toBe("Ana");
    }
    expect(town.under(id)).toHaveLength(1);
    expect(town.refusals.splice(0).filter(({ code }) => code !== "30046")).toEqual([]);
  });
});

describe.each<PlatformName>(["slack", "discord"])("nobody is there to be given a request on %s", (name) => {
  let town: Town;
  beforeAll(async () => {
    town = await makeTown(name, {
      start: madrid("2026-11-24 10:00"),
      policy:
        "reminders: [at 50% tell owner, at 75% tell on-call]\npromises: { money: { reminders: at 50% tell lead } }",
      team: (person) => `
on call: { people: ["${person.marc}"], since: 2026-11-23 }
assign: { how: round robin, people: ["${person.ana}"] }`,
    });
    await types(town.person.ana, "/siempre hours mon-fri 11-18");
  });
  afterAll(() => town?.close());
  const types = (who: string, text: string) =>
    town.answerTo(who, () => town.world.slash(who, town.channel.team, text));
  const asked = (messages: readonly ShownMessage[], who: string) =>
    messages.filter(
      ({ text, onlyFor }) => onlyFor === null && text.includes(`Nobody is there to give ${who}`),
    );

  test("whom the ladder tells next hears it at once: who is on call, in private, and the team channel does not", async () => {
    const { marc } = town.person;
    await town.world.say(
      town.newcomer("Nora Diaz"),
      town.channel.help,
      "How do I change the language of the app?",
    );
    await town.settled();
    const [told] = asked(town.privately(marc), "Nora Diaz");
    expect(told?.controls.map(({ label }) => label)).toContain("Claim");
    expect(asked(town.cards(), "Nora Diaz")).toEqual([]);
    await town.world.press(marc, told?.id ?? "", "Claim");
    await town.settled();
    expect((await town.card("Nora Diaz")).text).toMatch(/Owner\s+@?Marc Vidal/);
  });

  test("a lead who is not at work is not woken for it: the leads' channel hears it", async () => {
    const { ana } = town.person;
    await town.world.dismiss(town.person.marc);
    await town.world.say(town.newcomer("Otto Lind"), town.channel.help, "I was charged twice for November");
    await town.settled();
    expect(asked(town.privately(ana), "Otto Lind")).toEqual([]);
    expect(asked(town.said(town.channel.leads), "Otto Lind")).toHaveLength(1);
    await town.passTo("2026-11-24 11:00");
    // Somebody is there: the policy gives it out without being asked.
    expect((await town.card("Otto Lind")).text).toMatch(/Owner\s+@?Ana Ruiz/);
    expect(town.refusals).toEqual([]);
  });
});
