// The bot goes and comes back: what it holds is finished, what was said meanwhile is read, and nothing is said twice.
import { afterEach, describe, expect, test } from "vitest";
import type { LocalDiscord } from "../../src/sandbox/discord/driver.ts";
import { type Desk, makeDesk, reads } from "../support/desk.ts";
import { makeOutside, type Outside } from "../support/outside.ts";
import { madrid, makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("the bot is restarted on %s", (name) => {
  let town: Town;
  let desk: Desk;
  afterEach(async () => {
    expect(town.refusals).toEqual([]);
    await town.close();
  });
  async function begin() {
    town = await makeTown(name, { start: madrid("2026-11-24 10:00") });
    desk = makeDesk(town);
  }
  const count = async () => town.bot.app.context.db.request.count();

  test("what was written meanwhile is read: new messages, replies in older threads, edits; in their order", {
    timeout: 90_000,
  }, async () => {
    await begin();
    const { world, person, channel } = town;
    const nora = town.newcomer("Nora Diaz");
    const otto = town.newcomer("Otto Lind");
    const before = await desk.charged(nora);
    await desk.claim(before, person.marc);
    const answered = await desk.charged(otto, "The export of invoices fails with an error, please help.");
    const chatter = town.newcomer("Cleo Fox");
    await town.pass(2);
    // An hour later, so that nothing of this lies within the overlap of the reading.
    await town.pass(60);
    const small = await world.say(chatter, channel.help, "good morning");
    await town.settled();
    let late = "";
    await town.restart({
      meanwhile: async () => {
        town.clock.advance(5 * 60_000);
        late = await world.say(
          town.newcomer("Pia Roth"),
          channel.help,
          "How do I download my invoice of October?",
        );
        await world.say(nora, channel.help, "It is the invoice with the number 1234.", { thread: before.id });
        await world.say(person.marc, channel.help, "We found the fault in the export, I am on it.", {
          thread: answered.id,
        });
        await world.edit(
          chatter,
          channel.help,
          small,
          "good morning, nobody can log in since an hour, we are stuck!",
        );
        town.clock.advance(5 * 60_000);
      },
    });
    await town.settled();
    expect(await count()).toBe(4);
    expect(desk.cardOf(before)).toContain("It is the invoice with the number 1234.");
    expect(desk.cardOf(answered)).toContain("nothing due");
    expect((await town.card("How do I download my invoice")).text).toContain("Pia Roth");
    expect((await town.card("nobody can log in")).text).toContain("Cleo Fox");
    expect(town.under(late).map(({ text }) => reads(text))).toEqual([
      expect.stringMatching(/^Thanks, Pia\./),
    ]);
    expect(desk.spoken(before)).toHaveLength(1);
    await town.restart();
    await town.settled();
    expect(await count()).toBe(4);
    expect(town.under(late)).toHaveLength(1);
  });

  test("what was written meanwhile under an old line that is no request is read, too", {
    timeout: 90_000,
  }, async () => {
    await begin();
    const { world, channel } = town;
    const small = await world.say(town.newcomer("Cleo Fox"), channel.help, "good morning");
    await town.settled();
    // An hour later something else is said: the reading begins there.
    await town.pass(60);
    await world.say(town.newcomer("Iris Poe"), channel.help, "good morning, too");
    await town.settled();
    const gus = town.newcomer("Gus Hale");
    await town.restart({
      meanwhile: async () => {
        town.clock.advance(5 * 60_000);
        await world.say(gus, channel.help, "Nobody in our company can log in since an hour!", {
          thread: small,
        });
      },
    });
    await town.settled();
    expect(await count()).toBe(1);
    expect((await town.card("Nobody in our company can log in")).text).toContain("Gus Hale");
  });

  test("a promise that broke while it was away is told as broken, once, without a reminder first", async () => {
    await begin();
    const of = await desk.charged(town.newcomer("Rita Saez"));
    await desk.claim(of, town.person.marc);
    await town.pass(2);
    await town.restart({ meanwhile: async () => town.clock.advanceTo(madrid("2026-11-24 13:00")) });
    await town.pass(0);
    expect(desk.told(town.person.marc, of)).toEqual([expect.stringContaining("We missed 12:00 with")]);
    await town.restart();
    await town.pass(1);
    expect(desk.told(town.person.marc, of)).toHaveLength(1);
  });

  test("staff answered while it was away, in time: nothing is broken, and nobody is told off", async () => {
    await begin();
    const of = await desk.charged(town.newcomer("Sam Oakley"));
    await desk.claim(of, town.person.marc);
    await town.restart({
      meanwhile: async () => {
        town.clock.advanceTo(madrid("2026-11-24 11:50"));
        await town.world.say(town.person.marc, town.channel.help, "Refunded, it is on its way.", {
          thread: of.id,
        });
        town.clock.advanceTo(madrid("2026-11-24 13:00"));
      },
    });
    await town.pass(0);
    expect(desk.told(town.person.marc, of)).toEqual([]);
    expect(desk.cardOf(of)).toContain("nothing due");
    expect(desk.spoken(of)).toEqual([]);
  });

  test("stopped in the middle of a rush it finishes what it holds; the rest follows after the start", async () => {
    await begin();
    const { world, channel } = town;
    const people = Array.from({ length: 8 }, (_, index) => town.newcomer(`Person${index + 1}`));
    const ids = await Promise.all(
      people.map((who, index) =>
        world.say(who, channel.help, `You charged me twice on invoice ${index + 1}, please refund.`),
      ),
    );
    await town.restart();
    await town.pass(3);
    expect(await count()).toBe(8);
    for (const id of ids) expect(town.under(id)).toHaveLength(1);
    expect(town.cards().filter(({ text }) => /^#\d+ /.test(text))).toHaveLength(8);
  });

  test("the connection is cut and comes back: messages of that moment are requests, once", async () => {
    await begin();
    const { world, channel } = town;
    world.cut();
    const id = await world.say(
      town.newcomer("Tess Marin"),
      channel.help,
      "You charged me twice, please refund one.",
    );
    await town.card("You charged me twice");
    await town.pass(3);
    expect(await count()).toBe(1);
    expect(town.under(id)).toHaveLength(1);
  });
});

describe.each<PlatformName>(["slack", "discord"])(
  "stopped while it still reads what was said meanwhile on %s",
  (name) => {
    test("it stops at once, and the next start reads the rest", { timeout: 90_000 }, async () => {
      let slow = false;
      const asked: string[] = [];
      const town = await makeTown(name, {
        start: madrid("2026-11-24 10:00"),
        channels: ["one", "two", "three", "four"].map((called) => ({ name: called })),
        slackFault: (method) => {
          if (!slow || method !== "conversations.history") return null;
          asked.push(method);
          return { kind: "slow", ms: 4_000 };
        },
      });
      try {
        const { world } = town;
        let ends = () => {};
        const missed = () =>
          world.say(
            town.person.marta,
            town.channel.help,
            "The export of invoices fails with an error, please help.",
          );
        await town.restart({
          meanwhile: async () => {
            await missed();
            town.clock.advance(60_000);
            slow = true;
            if (name === "discord")
              ends = (world as LocalDiscord).trouble({
                fault: { kind: "slow", ms: 4_000 },
                method: "GET",
                route: "/channels/:channel/messages",
              });
          },
        });
        const began = performance.now();
        await town.restart({
          meanwhile: async () => {
            // Well before the five channels were read, one after the other.
            expect(performance.now() - began).toBeLessThan(3_000);
            slow = false;
            ends();
            const so_far = asked.length;
            await new Promise((resolve) => setTimeout(resolve, 4_500));
            expect(asked.length).toBe(so_far);
          },
        });
        await town.card("The export of invoices");
        await town.settled();
        expect(await town.bot.app.context.db.request.count()).toBe(1);
      } finally {
        await town.close();
      }
    });
  },
);

test("history that cannot be read at the start is read later; what is said by then does not hide what was missed", {
  timeout: 90_000,
}, async () => {
  const town = await makeTown("discord", { start: madrid("2026-11-24 10:00") });
  try {
    const desk = makeDesk(town);
    await desk.charged(town.person.olmo);
    await town.pass(60);
    const { help } = town.channel;
    await town.restart({
      meanwhile: async () => {
        await town.world.say(
          town.person.marta,
          help,
          "The export of invoices fails with an error, please help.",
        );
        town.clock.advance(30 * 60_000);
        const route = "/channels/:channel/messages";
        (town.world as LocalDiscord).failNext(1, { kind: "status", status: 403 }, { method: "GET", route });
      },
    });
    // Said live, long after what was missed; then the bot is stopped once more before it has read anything.
    await desk.charged(town.newcomer("Nora Diaz"));
    await town.restart();
    await town.settled();
    expect((await town.card("The export of invoices")).text).toContain("Marta Ferro");
    expect(await town.bot.app.context.db.request.count()).toBe(3);
  } finally {
    await town.close().catch(() => undefined);
  }
});

describe.each<PlatformName>(["slack", "discord"])("two bots on one database and one %s", (name) => {
  let outside: Outside;
  afterEach(() => outside?.close());

  test("read, sweep and deliver without saying anything twice", { timeout: 180_000 }, async () => {
    outside = await makeOutside(name, "    digest: 9:00 mon-fri\n    summary: monday 9:30");
    const { world, db, channel } = outside;
    const bots = await Promise.all([outside.start(), outside.start()]);
    const ids: string[] = [];
    for (let count = 1; count <= 6; count += 1) {
      const who = outside.newcomer(`Customer${count}`);
      ids.push(
        await world.say(who, channel.help, `You charged me twice on invoice ${count}, please refund one.`),
      );
    }
    const until = async (what: string, done: () => Promise<boolean>) => {
      const deadline = Date.now() + 60_000;
      while (!(await done())) {
        if (Date.now() > deadline) throw new Error(`waited for ${what}\n${outside.log()}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      await outside.delivered();
    };
    const facts = async (kind: string) => db.requestEvent.count({ where: { kind } });
    await until("six acknowledgements", async () => (await facts("acknowledged")) === 6);
    outside.jump(95);
    await until("six reminders", async () => (await facts("warned")) === 6);
    outside.jump(30);
    await until("six breaches", async () => (await facts("broken")) === 6);
    outside.jump(20);
    await until("six admissions that we are late", async () => (await facts("told_late")) === 6);
    outside.jump(24 * 60);
    const digests = () => outside.posts(channel.leads).filter(({ text }) => text.startsWith("Support ·"));
    await until("the digest", async () => digests().length > 0);
    const said = outside.posts(channel.help);
    for (const id of ids) {
      const texts = said.filter(({ thread }) => thread === id).map(({ text }) => text);
      expect(texts.filter((text) => text.startsWith("Thanks, "))).toHaveLength(1);
      expect(texts.filter((text) => text.includes("we're late"))).toHaveLength(1);
      expect(texts).toHaveLength(2);
    }
    const team = outside.posts(channel.team).map(({ text }) => text);
    expect(team.filter((text) => /^#\d+ /.test(text))).toHaveLength(6);
    // What fell due together is told together: each of the six in one message, whichever of the two told it.
    const spoken = team.filter((text) => !/^#\d+ /.test(text));
    const leads = outside.posts(channel.leads).map(({ text }) => text);
    for (let number = 1; number <= 6; number += 1) {
      const named = (texts: readonly string[]) => texts.join("\n").split(`(#${number})`).length - 1;
      // The warning and the breach.
      expect(named(spoken)).toBe(2);
      expect(named(leads.filter((text) => !text.startsWith("Support ·")))).toBe(1);
    }
    expect(digests()).toHaveLength(1);
    expect(await db.request.count()).toBe(6);
    expect(await Promise.all(bots.map((bot) => bot.stop()))).toEqual([0, 0]);
  });
});
