import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PagerService, startPagerService } from "../support/pager.ts";
import { madrid, makeTown, type PlatformName, type Town } from "../support/town.ts";

// Ana has the week, Marc is next. Ferro was promised that somebody is woken; whoever writes in #open was not.
const team = (person: Town["person"]) => `
on call:
  people: ["${person.ana}", "${person.marc}"]
  since: 2026-11-23`;
const policy = `
promises:
  everything is failing: { around the clock: yes }
companies:
  - name: Ferro Bikes
    channels: help
    page: yes
`;

describe.each<PlatformName>(["slack", "discord"])("somebody on call is woken on %s", (name) => {
  let service: PagerService;
  let town: Town;
  beforeAll(async () => {
    service = await startPagerService();
    const channels = [{ name: "open" }];
    town = await makeTown(name, {
      start: madrid("2026-11-24 03:00"),
      policy,
      team,
      channels,
      pager: service,
    });
  });
  afterAll(async () => {
    // A night passes at once here, and with it every card is edited within one moment: Discord then asks to wait.
    const kept = town?.refusals.splice(0).filter(({ code }) => code !== "30046") ?? [];
    town?.refusals.push(...kept);
    await town?.close();
    await service?.close();
  });

  async function failing(
    who: string,
    channel = town.channel.help,
  ): Promise<{ id: string; card(): Promise<string>; number: string }> {
    const id = await town.world.say(town.newcomer(who), channel, "Nobody can log in, everything is down");
    await town.settled();
    const { text } = await town.card(who);
    return { id, card: async () => (await town.card(who)).text, number: /#(\d+)/.exec(text)?.[1] ?? "" };
  }

  const calls = () => service.received.splice(0).map(({ body }) => `${body.event} ${body.summary}`);
  const pages = (person: string) =>
    town.privately(person).filter(({ text, direct }) => direct === person && text.includes("You're on call"));

  test("at night for a company that was promised it, then the next person, until somebody has it", async () => {
    const { ana, marc } = town.person;
    const of = await failing("Nora Diaz");
    expect(service.received.map(({ signed, body }) => [signed, body.to])).toEqual([
      [true, { id: ana, name: "Ana Ruiz" }],
    ]);
    const [call] = service.received;
    expect(call?.body.request).toMatchObject({
      number: Number(of.number),
      company: "Ferro Bikes",
      channel: "help",
    });
    expect(JSON.stringify(call?.body)).not.toContain("log in");
    expect(calls()).toEqual([`call #${of.number} Ferro Bikes: everything is failing`]);
    expect(pages(ana)).toHaveLength(1);
    expect(town.under(of.id).map(({ text }) => text)).toEqual([
      expect.stringContaining("we're waking the person on call, and you hear from us by"),
    ]);

    await town.pass(9);
    expect(calls()).toEqual([]);
    await town.pass(1);
    expect(service.received[0]?.body.to).toEqual({ id: marc, name: "Marc Vidal" });
    expect(calls()).toHaveLength(1);
    expect(await of.card()).toContain("On call was called 2 times");

    const [page] = pages(marc);
    const answer = await town.answerTo(marc, () => town.world.press(marc, page?.id ?? "", "I have it"));
    await town.settled();
    expect(answer).toContain(`#${of.number} is yours, and nobody else is called.`);
    expect(await of.card()).toMatch(/Owner\s+@?Marc Vidal/);
    expect(calls()).toEqual([
      `answered #${of.number} has somebody now`,
      `answered #${of.number} has somebody now`,
    ]);
    // Whoever was called first reads that somebody is there, and has nothing left to press.
    const calm = town.privately(ana).find(({ text }) => text.includes("Marc answered for Ferro Bikes"));
    expect(calm?.controls.map(({ label }) => label)).toEqual(["Open"]);
    expect(pages(ana)).toEqual([]);
    await town.pass(25);
    expect(calls()).toEqual([]);
  });

  test("nobody of two answers: everybody is called twice, then the team is told", async () => {
    const of = await failing("Otto Lind");
    for (let call = 0; call < 4; call++) await town.pass(10);
    expect(calls()).toHaveLength(4);
    const told = town.cards().filter(({ text }) => text.includes("Nobody on call answers"));
    expect(told.map(({ text }) => text)).toEqual([expect.stringContaining(`(#${of.number})`)]);
    await town.pass(30);
    expect(calls()).toEqual([]);
  });

  test("a second report wakes somebody, a first and a third do not", async () => {
    const { ana } = town.person;
    await town.passTo("2026-11-25 10:00");
    const before = pages(ana).length;
    const open = town.place("open");
    await failing("Pia Roth", open);
    await town.pass(5);
    expect(calls()).toEqual([]);
    const second = await failing("Quim Sala", open);
    expect(calls()).toEqual([`call #${second.number} Quim Sala: everything is failing`]);
    expect(pages(ana)).toHaveLength(before + 1);
    await failing("Rita Mas", open);
    expect(calls()).toEqual([]);
    await town.world.say(ana, open, "We see it and are on it.", { thread: second.id });
    await town.pass(10);
    expect(calls()).toEqual([`answered #${second.number} has somebody now`]);
  });

  test("a person's word wakes somebody, by a command or by the button on the card", async () => {
    const { marc } = town.person;
    await town.passTo("2026-11-25 12:00");
    const open = town.place("open");
    const of = await failing("Sara Vila", open);
    const told = await town.answerTo(marc, () =>
      town.world.slash(marc, town.channel.team, `/request page ${of.number}`),
    );
    await town.settled();
    expect(told).toContain(`Calling Ana for #${of.number}.`);
    expect(calls()).toHaveLength(1);
    const again = await town.answerTo(marc, () =>
      town.world.slash(marc, town.channel.team, `/request page ${of.number}`),
    );
    expect(again).toContain("Somebody is being called already");
    const card = await town.card("Sara Vila");
    expect(card.controls.map(({ label }) => label)).not.toContain("Page on-call");
    await town.world.press(marc, card.id, "Claim");
    await town.settled();
    expect(calls()).toEqual([`answered #${of.number} has somebody now`]);
    await town.pass(1);
    const fresh = await town.card("Sara Vila");
    await town.world.dismiss(marc);
    await town.answerTo(marc, () => town.world.press(marc, fresh.id, "Page on-call"));
    await town.settled();
    expect(calls()).toHaveLength(1);
  });

  test("restarted in between, each person is called once", async () => {
    const { ana, marc } = town.person;
    await town.passTo("2026-11-26 03:00");
    calls();
    const of = await failing("Tomas Gil");
    await town.restart({ meanwhile: async () => town.clock.advance(10 * 60_000) });
    await town.bot.sweep.once();
    await town.settled();
    expect(calls().filter((call) => call.includes(`#${of.number} `))).toHaveLength(2);
    const about = (person: string) => pages(person).filter(({ text }) => text.includes(`(#${of.number})`));
    expect([about(ana).length, about(marc).length]).toEqual([1, 1]);
  });

  test("a service that is down or never answers is tried again, and the direct message goes all the same", async () => {
    const { ana } = town.person;
    await town.passTo("2026-11-27 03:00");
    calls();
    const before = pages(ana).length;
    service.fail(503, "never");
    const tries = service.tries();
    const of = await failing("Uma Roca");
    expect(pages(ana)).toHaveLength(before + 1);
    await town.settled();
    expect(service.tries()).toBe(tries + 3);
    expect(calls()).toEqual([`call #${of.number} Ferro Bikes: everything is failing`]);
  });

  test("only once a test page was heard does tier 1 run at night, and then somebody is woken", async () => {
    const { ana, marc } = town.person;
    await town.passTo("2026-11-28 03:00");
    calls();
    const open = town.place("open");
    const before = await failing("Vera Lux", open);
    expect(calls()).toEqual([]);
    expect(town.under(before.id)[0]?.text).toContain("someone reads this on 30 Nov");
    const typed = (who: string, text: string) =>
      town.answerTo(who, () => town.world.slash(who, town.channel.team, text));
    const shown = await typed(marc, "/siempre oncall show");
    expect(shown).toMatch(/Ana Ruiz is on call until .*, then Marc Vidal/);
    expect(shown).toContain("No test page was ever confirmed");

    expect(await typed(ana, "/siempre oncall test")).toContain("A test page is on its way to Ana");
    await town.settled();
    expect(calls()).toEqual(["call Test page for Support. Nothing is failing."]);
    const test = town
      .privately(ana)
      .findLast(({ text, direct }) => direct === ana && text.includes("Test page"));
    expect(await town.answerTo(ana, () => town.world.press(ana, test?.id ?? "", "It rang"))).toContain(
      "are heard",
    );
    expect(await typed(marc, "/siempre oncall show")).toContain("Ana Ruiz confirmed");

    await town.pass(60);
    calls();
    const after = await failing("Walt Kay", open);
    expect(calls()).toEqual([`call #${after.number} Walt Kay: everything is failing`]);
    expect(town.under(after.id)[0]?.text).toContain("we're waking the person on call");
  });

  test("whoever is on call and away is called last: ten minutes are not lost on them", async () => {
    const { ana, marc } = town.person;
    await town.passTo("2026-11-29 03:00");
    calls();
    service.received.splice(0);
    await town.answerTo(ana, () => town.world.slash(ana, town.channel.team, `/away until "tomorrow 9:00"`));
    const of = await failing("Xenia Pau");
    const called = () =>
      service.received
        .filter(({ body }) => String(body.summary).startsWith(`#${of.number} `))
        .map(({ body }) => (body.to as { id: string } | null)?.id ?? null);
    expect(called()).toEqual([marc]);
    await town.pass(10);
    expect(called()).toEqual([marc, ana]);
    await town.answerTo(ana, () => town.world.slash(ana, town.channel.team, "/away off"));
  });
});

describe.each<PlatformName>(["slack", "discord"])("two pagers on %s", (name) => {
  let general: PagerService;
  let night: PagerService;
  let town: Town;
  beforeAll(async () => {
    [general, night] = await Promise.all([startPagerService(), startPagerService()]);
    town = await makeTown(name, {
      start: madrid("2026-11-24 03:00"),
      policy,
      team: (person) => `on call: { people: ["${person.ana}"], since: 2026-11-23 }\npager: night desk`,
      pager: general,
      pagers: { "night desk": night },
    });
  });
  afterAll(async () => {
    await town?.close();
    await Promise.all([general?.close(), night?.close()]);
  });

  test("a team whose policy names one is called, let be and tested through that one alone", async () => {
    const { ana } = town.person;
    const customer = town.newcomer("Nora Diaz");
    await town.world.say(customer, town.channel.help, "Nobody can log in, everything is down");
    await town.settled();
    const page = town.privately(ana).find(({ text }) => text.includes("You're on call"));
    await town.world.press(ana, page?.id ?? "", "I have it");
    await town.settled();
    await town.answerTo(ana, () => town.world.slash(ana, town.channel.team, "/siempre oncall test"));
    await town.settled();
    expect(night.received.map(({ body }) => body.event)).toEqual(["call", "answered", "call"]);
    expect(general.tries()).toBe(0);
  });

  test("only whoever is on the rota says that a test rang", async () => {
    const { ana, marc, marta } = town.person;
    const [page] = town.privately(ana).filter(({ text }) => text.includes("Test page"));
    expect(page?.controls.map(({ label }) => label)).toEqual(["It rang"]);
    const team = await town.bot.app.context.db.team.findFirst({ where: { name: "Support" } });
    // A button of somebody else's message can be pressed only by a forged call.
    const forged = (who: string) => town.forged(who, "page_rang", { team: team?.id ?? "", test: "1" });
    expect(await forged(marta)).toMatchObject({ kind: "error" });
    expect(await forged(marc)).toMatchObject({
      kind: "error",
      text: "Only somebody who is on call for this team can say that it rang.",
    });
    const heard = () => town.bot.app.context.db.team.findFirst({ where: { pageConfirmedAt: { not: null } } });
    expect(await heard()).toBeNull();
    await town.answerTo(ana, () => town.world.press(ana, page?.id ?? "", "It rang"));
    expect(await heard()).not.toBeNull();
  });
});
