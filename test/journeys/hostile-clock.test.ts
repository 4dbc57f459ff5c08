// Clocks as machines have them: the process sleeps a day without ending, its wall clock is set back an hour and right again,
// two processes whose clocks disagree look at the same time.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Case, type Desk, makeDesk, reads } from "../support/desk.ts";
import { makeOutside, type Outside } from "../support/outside.ts";
import { madrid, makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("a hostile clock on %s", (name) => {
  let town: Town;
  let desk: Desk;
  beforeAll(async () => {
    town = await makeTown(name, {
      start: madrid("2026-11-23 10:00"),
      policy:
        "reminders: [at 50% tell owner, at 75% tell owner every 10 min, 1 h after tell owner every 1 h until answered]",
    });
    desk = makeDesk(town);
  });
  afterEach(() => expect(town.refusals.splice(0).filter(({ code }) => code !== "30046")).toEqual([]));
  afterAll(() => town?.close());

  const owned = async (customer: string, text?: string): Promise<Case> => {
    const of = await desk.charged(town.newcomer(customer), text);
    await desk.claim(of, town.person.marc);
    return of;
  };
  const digests = () => town.said(town.channel.leads).filter(({ text }) => text.startsWith("Support ·"));
  const looks = async (times: number) => {
    for (let count = 0; count < times; count += 1) await town.pass(0);
  };

  test("the process sleeps a day: what ran out is told as missed, what can still be kept once and late, nothing twice", async () => {
    const { marc, ana } = town.person;
    const money = await owned("Nora Diaz");
    // Guidance: eight working hours, so it ends tomorrow at 10:00.
    const guidance = await owned("Otto Lind", "How do I add a colleague to our account?");
    await town.pass(2);
    // Not stopped, not started: the machine was asleep from Monday 10:02 to Tuesday 9:40.
    town.clock.advanceTo(madrid("2026-11-24 09:40"));
    await looks(3);
    const missed = desk.told(marc, money);
    expect(missed).toEqual([expect.stringContaining("We missed")]);
    expect(missed[0]).toMatch(/This should have come .*23.*12:00/);
    const late = desk.told(marc, guidance);
    expect(late).toEqual([expect.stringContaining("expects you by 10:00, in 20 min.")]);
    expect(late[0]).toMatch(/This should have come/);
    expect(desk.told(ana, money)).toHaveLength(1);
    expect(digests()).toHaveLength(1);
    expect(desk.spoken(money)).toEqual([expect.stringMatching(/^Thanks, Nora\./)]);
    // The owner has the grace time from when they learned of it; then the customer hears it once.
    await town.passTo("2026-11-24 09:55");
    await looks(2);
    expect(desk.spoken(money).filter((text) => text.includes("late"))).toHaveLength(1);
    expect(desk.told(marc, guidance)).toHaveLength(2);
    await town.world.say(marc, town.channel.help, "Under Settings, People.", { thread: guidance.id });
    await town.world.say(marc, town.channel.help, "Refunded, sorry for the wait.", { thread: money.id });
    await town.settled();
  });

  test("the wall clock jumps back an hour, and right again: each reminder, breach and notice goes out once", async () => {
    const { marc, ana } = town.person;
    await town.passTo("2026-11-25 10:00");
    const reminded = await owned("Pia Roth");
    await town.passTo("2026-11-25 11:00");
    await town.passTo("2026-11-25 11:30");
    expect(desk.told(marc, reminded)).toHaveLength(2);
    // The bot believes it is 10:30; everybody else knows better.
    town.behind(60);
    await looks(2);
    expect(desk.told(marc, reminded)).toHaveLength(2);
    // What is written now is of "the future": it opens, is answered, and warns like anything else.
    const later = await owned("Quim Sala");
    const answered = await owned("Rita Mas");
    await town.world.say(marc, town.channel.help, "Refunded.", { thread: answered.id });
    await town.settled();
    for (const time of ["12:00", "12:30", "12:31", "12:40"]) await town.passTo(`2026-11-25 ${time}`);
    // 12:40 is 11:40 to the bot: the repetition of then, and none of those it told before it was set back.
    expect(desk.told(marc, reminded)).toHaveLength(3);
    town.behind(0);
    await looks(2);
    const told = desk.told(marc, reminded).slice(3);
    expect(told).toEqual([expect.stringContaining("We missed 12:00")]);
    expect(desk.told(ana, reminded)).toHaveLength(1);
    // Set back once more after the breach: it is not told again.
    town.behind(60);
    await looks(2);
    await town.passTo("2026-11-25 13:05");
    town.behind(0);
    await looks(2);
    expect(desk.told(marc, reminded).filter((text) => text.includes("We missed"))).toHaveLength(1);
    expect(desk.told(ana, reminded)).toHaveLength(1);
    expect(desk.told(marc, answered)).toEqual([]);
    expect(desk.spoken(reminded).filter((text) => text.includes("late"))).toHaveLength(1);
    for (const of of [reminded, later]) {
      const texts = desk.told(marc, of);
      expect(new Set(texts).size).toBe(texts.length);
      expect(desk.spoken(of).filter((text) => text.startsWith("Thanks, "))).toHaveLength(1);
    }
    expect(digests()).toHaveLength(2);
  });
});

describe.each<PlatformName>(["slack", "discord"])("two bots whose clocks disagree on one %s", (name) => {
  let outside: Outside;
  afterEach(() => outside?.close());

  test("sweep at once after a day of sleep, and say everything once", { timeout: 180_000 }, async () => {
    outside = await makeOutside(name, "    digest: none\n    summary: none");
    const { world, db, channel } = outside;
    const right = await outside.start();
    const facts = (kind: string) => db.requestEvent.count({ where: { kind } });
    const until = async (what: string, done: () => Promise<boolean>) => {
      const deadline = Date.now() + 60_000;
      while (!(await done())) {
        if (Date.now() > deadline) throw new Error(`waited for ${what}\n${outside.log()}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      await outside.delivered();
    };
    const customers = ["Ada", "Ben", "Cleo"];
    for (const who of customers)
      await world.say(outside.newcomer(who), channel.help, "You charged me twice, please refund one.");
    const last = await world.say(outside.newcomer("Dan"), channel.help, "How do I add a colleague?");
    await until("four acknowledgements", async () => (await facts("acknowledged")) === 4);
    // Not before: what the late one hears it would date an hour early.
    const bots = [right, await outside.start(60)];
    outside.jump(95);
    await until("three reminders", async () => (await facts("warned")) >= 3);
    // Told before the day passes: a message that tells of the breach, too, names the request once.
    await until(
      "them to be told",
      async () => (await db.reminder.count({ where: { gatheredAt: null } })) === 0,
    );
    outside.jump(24 * 60);
    await until("all breaches", async () => (await facts("broken")) === 4);
    outside.jump(90);
    await until("all admissions", async () => (await facts("told_late")) === 4);
    outside.jump(90);
    await outside.delivered();
    expect(await facts("warned")).toBe(3);
    const said = outside.posts(channel.help).map(({ text }) => text);
    expect(said.filter((text) => text.startsWith("Thanks, "))).toHaveLength(4);
    expect(said.filter((text) => text.includes("we're late"))).toHaveLength(4);
    expect(outside.posts(channel.help).filter(({ thread }) => thread === last)).toHaveLength(2);
    const spoken = reads(
      outside
        .posts(channel.team)
        .map(({ text }) => text)
        .filter((text) => !/^#\d+ /.test(text))
        .join("\n"),
    );
    for (let number = 1; number <= 3; number += 1)
      expect(spoken.split(`(#${number})`).length - 1, `#${number}: a warning and a breach`).toBe(2);
    expect(spoken.split("(#4)").length - 1, "#4: the breach alone").toBe(1);
    expect(await Promise.all(bots.map((bot) => bot.stop()))).toEqual([0, 0]);
  });
});
