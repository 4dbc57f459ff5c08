import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Desk, makeDesk } from "../support/desk.ts";
import { madrid, makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("what must not stand in public, on %s", (name) => {
  let town: Town;
  let desk: Desk;
  beforeAll(async () => {
    town = await makeTown(name);
    desk = makeDesk(town);
  });
  afterEach(() => expect(town.refusals.splice(0)).toEqual([]));
  afterAll(() => town?.close());

  test("a report of a hole is told to the team at once, and its words are repeated nowhere", async () => {
    const of = await desk.charged(
      town.newcomer("Ada Fox"),
      "I was charged twice. Also there is an SQL injection in the search of invoices, id=1' OR 1=1",
    );
    expect(desk.heard(of).join("\n")).toContain("something about security stands where others read");
    const everything = [...town.cards(), ...town.said()].map(({ text }) => text).join("\n");
    expect(everything).not.toMatch(/SQL injection|OR 1=1/);
  });

  test("while its owner sleeps it is told at once all the same, to them and to the team", async () => {
    const { person, world, channel } = town;
    const ben = town.newcomer("Ben Ode");
    const of = await desk.charged(ben);
    await desk.claim(of, person.ana);
    await world.say(person.ana, channel.help, "I see it, it goes back today.", { thread: of.id });
    await town.settled();
    await town.passTo("2026-11-24 23:00");
    await world.say(ben, channel.help, "My card is 4111 1111 1111 1111 if you need it", { thread: of.id });
    await town.settled();
    const private_ = "something private stands where others read";
    expect(desk.heard(of).filter((text) => text.includes(private_))).toHaveLength(1);
    expect(desk.told(person.ana, of).filter((text) => text.includes(private_))).toHaveLength(1);
    expect(town.clock.now()).toBeLessThan(madrid("2026-11-24 23:30"));
  });

  test("what somebody else writes into the thread counts as well", async () => {
    const { world, channel } = town;
    const of = await desk.charged(town.newcomer("Cleo Ray"), "The export fails with an error for me");
    const other = town.newcomer("Dana Poe");
    await world.say(other, channel.help, "Same here! 4111 1111 1111 1111", { thread: of.id });
    await town.settled();
    expect(
      town
        .cards()
        .map(({ text }) => text)
        .join("\n"),
    ).toContain("something private stands where others read");
    expect(desk.heard(of).join("\n")).toContain("something private stands where others read");
    expect([...town.cards(), ...town.said()].map(({ text }) => text).join("\n")).not.toContain("1111 1111");
    // And what asks for nothing at all becomes a request, so that somebody sees to it.
    const thanks = await desk.charged(town.newcomer("Eva Lis"), "Thanks everybody! 4111 1111 1111 1111");
    expect(desk.heard(thanks).join("\n")).toContain("something private stands where others read");
  });
});

describe.each<PlatformName>(["slack", "discord"])(
  "where customers can read the team's channel, on %s",
  (name) => {
    let town: Town;
    let desk: Desk;
    beforeAll(async () => {
      town = await makeTown(name, { publicTeam: true, policy: "detect: [heat, leaving, opportunity]" });
      desk = makeDesk(town);
    });
    afterAll(() => town?.close());

    test("what is noted about them goes to the leads in private, and to nobody where that fails", async () => {
      const { person, world } = town;
      const leaves =
        "You charged me twice. This is unacceptable, I file a complaint and cancel my subscription";
      const of = await desk.charged(town.newcomer("Ada Fox"), leaves);
      const told = desk.told(person.ana, of).join("\n");
      expect(told).toContain("wants to leave");
      expect(told).toContain("complains");
      expect(desk.heard(of).join("\n")).not.toMatch(/leave|complains/);
      world.addPerson({ id: person.ana, name: "Ana Ruiz", timezone: "Europe/Madrid", directClosed: true });
      const other = await desk.charged(town.newcomer("Ben Ode"), leaves);
      expect(desk.heard(other).join("\n")).not.toMatch(/leave|complains/);
      // The platform said that she takes none, and nothing else.
      expect(new Set(town.refusals.splice(0).map(({ code }) => code))).toEqual(
        new Set([name === "slack" ? "restricted_action" : "50007"]),
      );
    });
  },
);

/** Slack tells nobody how old an account is (PlatformCapabilities: `fresh` is false there), so this is Discord's alone. */
describe("a new account that posts a link on discord", () => {
  let town: Town;
  let desk: Desk;
  beforeAll(async () => {
    town = await makeTown("discord");
    desk = makeDesk(town);
  });
  afterEach(() => expect(town.refusals.splice(0)).toEqual([]));
  afterAll(() => town?.close());

  /** Discord's ids tell when an account was made. */
  const young = (called: string) => {
    const id = String((BigInt(town.clock.now() - 60_000 - 1_420_070_400_000) << 22n) + BigInt(called.length));
    town.world.addPerson({
      id,
      name: called,
      timezone: "Europe/Madrid",
      locale: "en-US",
      createdAt: town.clock.now(),
    });
    return id;
  };
  const text = "How do I claim the prize from www.free-nitro.example/win ? It shows an error";

  test("gets no answer from the bot, and its card is flagged; an older one with the same words is answered", async () => {
    const of = await desk.charged(young("Spam One"), text);
    expect(desk.cardOf(of)).toContain("New account posting a link");
    await town.pass(3);
    await town.pass(6 * 60);
    expect(desk.spoken(of)).toEqual([]);
    expect(town.world.find(of.id)?.reactions).toEqual({});
    const old = await desk.charged(town.newcomer("Ada Fox"), text);
    await town.pass(24 * 60);
    expect(desk.spoken(old)).not.toEqual([]);
  });

  test("a link that comes only with a later message silences the bot, too", async () => {
    await town.passTo("2026-11-26 10:00");
    const who = young("Spam Two");
    const of = await desk.charged(who, "The export fails with an error when I click on it, can you help?");
    expect(desk.cardOf(of)).not.toContain("New account posting a link");
    await town.world.say(who, town.channel.help, "the error of the export is at https://evil.example/x", {
      thread: of.id,
    });
    await town.settled();
    expect(desk.cardOf(of)).toContain("New account posting a link");
    await town.pass(3);
    await town.pass(6 * 60);
    expect(desk.spoken(of)).toEqual([]);
  });
});
