// What is promised, and where each value comes from, for whoever of the team asks.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { makeTown, type PlatformName, type Town } from "../support/town.ts";

const OLMO = `
companies:
  - name: Olmo
    channels: olmo
    timezone: America/New_York
    hours: { mon-fri: "9:00-17:00" }
    promises: { money: { first answer: 20 min } }`;

describe.each<PlatformName>(["slack", "discord"])("the policy on %s", (name) => {
  let town: Town;
  beforeAll(async () => {
    town = await makeTown(name, {
      channels: [{ name: "olmo" }],
      policy: `
promises:
  money: { first answer: 1 h }
companies:
  - name: Ferro Bikes
    promises: { money: { first answer: 20 min } }`,
    });
  });
  afterEach(() => expect(town.refusals.splice(0)).toEqual([]));
  afterAll(() => town?.close());

  const typed = (text: string, who = town.person.ana, where = town.channel.team) =>
    town.answerTo(who, () => town.world.slash(who, where, text));

  test("/siempre policy show tells what holds in the channel it was typed in, for a company, and on a request", async () => {
    await town.world.say(town.person.marta, town.channel.help, "I was charged twice for November");
    await town.settled();
    const here = await typed("/siempre policy show", town.person.ana, town.channel.help);
    expect(here).toContain("What is promised in #help");
    expect(here).toMatch(/Money.* answer in 1 h \(top of the policy file\)/);
    expect(await typed("/siempre policy show")).toContain("What team Support promises");
    const company = await typed(
      name === "slack" ? "/siempre policy show ferro bikes" : "/siempre policy show company:ferro bikes",
    );
    expect(company).toContain("What Ferro Bikes is promised");
    expect(company).toMatch(/Money.* answer in 20 min \(company Ferro Bikes\)/);
    const unknown = name === "slack" ? "Brisa" : "company:Brisa";
    expect(await typed(`/siempre policy show ${unknown}`)).toContain("It names Ferro Bikes.");
    const request = await typed("/siempre policy show 1");
    expect(request).toContain("What was promised for #1, Marta Ferro");
    expect(request).toContain("It was frozen when the request opened");
    expect(await typed("/siempre policy show 99")).toContain("There is no request #99 here");
  });

  test("/siempre policy apply shows a lead what another policy would change, and a button does it", async () => {
    const { ana, marc } = town.person;
    const before = (await town.card("Marta Ferro")).id;
    const card = () => town.world.find(before)?.text ?? "";
    expect(card()).toContain("answer by 11:00");
    expect(await typed("/siempre policy apply")).toContain(
      "Every open request has what the policy file says",
    );
    await town.restart({ policy: "promises: { money: { first answer: 3 h } }" });
    expect(card()).toContain("answer by 11:00");
    expect(await typed("/siempre policy apply", marc)).toContain("That's for a lead of this team");
    const seen = new Set(town.privately(ana).map(({ id }) => id));
    const shown = await typed("/siempre policy apply");
    expect(shown).toContain("1 open request would get other terms");
    expect(shown).toMatch(/#1\D* Marta Ferro: answer 11:00( AM)? → (13:00|1:00 PM)/);
    expect(card()).toContain("answer by 11:00");
    const preview = town.privately(ana).find(({ id }) => !seen.has(id));
    const done = await town.answerTo(ana, () =>
      town.world.press(ana, preview?.id ?? "", "Apply to 1 request"),
    );
    expect(done).toContain("Applied to 1 request");
    await town.settled();
    expect(card()).toContain("answer by 13:00");
    const again = await town.answerTo(ana, () =>
      town.world.press(ana, preview?.id ?? "", "Apply to 1 request"),
    );
    expect(again).toContain("Every open request has what the policy file says");
    expect(await typed("/request show 1")).toContain("another policy was applied");
    // What the sweep wakes by is what the card shows: both come from the history and the terms that were written.
    await town.restart();
    const [due] = await town.bot.app.context.db.pledge.findMany({ select: { dueAt: true } });
    expect(due?.dueAt?.toISOString()).toBe("2026-11-24T12:00:00.000Z");
    expect(await typed("/siempre policy show 1")).toMatch(/Money.* answer in 3 h \(top of the policy file\)/);
    expect(await typed("/siempre policy apply")).toContain(
      "Every open request has what the policy file says",
    );
  });

  test("a company's promise runs in the company's own hours and zone", async () => {
    await town.restart({ policy: OLMO });
    const olmo = town.newcomer("Nora Ash");
    await town.world.say(olmo, town.place("olmo"), "I was charged twice for November, please help");
    await town.settled();
    // New York opens at 15:00 of Madrid's clock.
    expect((await town.card("Nora Ash")).text).toContain("answer by 15:20");
    const shown = await typed("/siempre policy show", town.person.ana, town.place("olmo"));
    expect(shown).toContain("America/New_York (company Olmo)");
  });

  test("who is woken, on call and given what is told, and where each was said", async () => {
    const { ana, marc, marta } = town.person;
    const shown = await typed("/siempre policy show");
    expect(shown).toMatch(/Woken when everything is failing.*: nobody, since nobody is on call \(default\)/);
    expect(shown).toMatch(/Given to.*: whoever takes it \(default\)/);
    const more = await makeTown(name, {
      team: () => `
on call: { people: ["${ana}", "${marc}"], rotation: daily, since: 2026-11-23 }
assign: { how: least loaded, people: ["${marc}", "${ana}"], tiers: { money: { how: on call } } }`,
    });
    try {
      await more.world.say(marta, more.channel.help, "I was charged twice for November");
      await more.settled();
      const at = (text: string, where = more.channel.help) =>
        more.answerTo(ana, () => more.world.slash(ana, where, text));
      for (const told of [await at("/siempre policy show"), await at("/siempre policy show 1")]) {
        expect(told).toMatch(/On call.*: Ana Ruiz, Marc Vidal, in daily turns \(team Support\)/);
        expect(told).toContain("Money: who is on call (team Support)");
        expect(told).toContain("whoever has the fewest: Marc Vidal, Ana Ruiz (team Support)");
        expect(told).toContain("on a second report or when one of us asks (default)");
      }
    } finally {
      await more.close();
    }
  });

  test("customers are not shown it", async () => {
    const shown = await typed("/siempre policy show", town.person.marta, town.channel.help);
    expect(shown).toContain("That's for the team here");
  });
});
