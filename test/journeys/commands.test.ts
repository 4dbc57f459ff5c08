import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("commands on %s", (name) => {
  let town: Town;
  let ana: string;
  let marc: string;
  beforeAll(async () => {
    town = await makeTown(name);
    ({ ana, marc } = town.person);
  });
  afterEach(() => expect(town.refusals.splice(0)).toEqual([]));
  afterAll(() => town?.close());

  let customers = 0;
  /** A new customer's request. */
  async function opened(text = "I was charged twice for November, can I get one back?") {
    customers += 1;
    const who = `Customer No${customers}.`;
    const customer = town.newcomer(who);
    const id = await town.world.say(customer, town.channel.help, text);
    await town.settled();
    const card = await town.card(who);
    const number = Number(/^#(\d+)/.exec(card.text)?.[1]);
    return { who, customer, id, number, card: () => town.world.find(card.id)?.text ?? "" };
  }
  /** What Ana (or `who`) alone is shown for a command. */
  const typed = (text: string, who = ana, where = town.channel.team) =>
    town.answerTo(who, () => town.world.slash(who, where, text));

  describe("about one request", () => {
    let request: Awaited<ReturnType<typeof opened>>;
    beforeEach(async () => {
      request = await opened();
    });

    test("/request list shows what is open, the most pressing first", async () => {
      const worse = await opened("The whole site is down, nobody can log in");
      const shown = await typed("/request list");
      expect(shown).toContain(`#${request.number}`);
      expect(shown).toContain(request.who);
      expect(shown).toMatch(/open requests/);
      expect(shown.indexOf(`#${worse.number}`)).toBeLessThan(shown.indexOf(`#${request.number}`));
    });

    test("/request show N shows the card, what was said and what happened", async () => {
      const shown = await typed(`/request show ${request.number}`);
      expect(shown).toContain(`#${request.number}`);
      expect(shown).toContain("charged twice");
      expect(shown).toContain("What was said");
      expect(shown).toContain("What happened");
      expect(shown).toContain("opened");
    });

    test("/request claim N gives it to whoever typed, with the say-back to send", async () => {
      await town.world.slash(ana, town.channel.team, `/request claim ${request.number}`);
      await town.settled();
      expect(request.card()).toMatch(/Owner\s+@?Ana Ruiz/);
      await town.until("the form", () => town.world.modal(ana)?.title === "Say it back?");
      await town.world.dismiss(ana);
      expect(await typed(`/request claim ${request.number}`)).toContain("It's yours already");
      const late = await typed(`/request claim ${request.number}`, marc);
      expect(late).toContain(`Ana Ruiz has #${request.number} already`);
      expect(request.card()).toMatch(/Owner\s+@?Ana Ruiz/);
    });

    test("/request assign N @who gives it to a colleague, who is told", async () => {
      const shown = await typed(`/request assign ${request.number} <@${marc}>`);
      expect(shown).toContain("Marc Vidal");
      await town.settled();
      expect(request.card()).toMatch(/Owner\s+@?Marc Vidal/);
      const told = town.privately(marc).filter(({ direct }) => direct === marc);
      expect(told.at(-1)?.text).toContain(`gave you #${request.number}`);
    });

    test("/request assign N to oneself takes it over from a colleague", async () => {
      await typed(`/request assign ${request.number} <@${marc}>`);
      await town.world.slash(ana, town.channel.team, `/request assign ${request.number} <@${ana}>`);
      await town.settled();
      expect(request.card()).toMatch(/Owner\s+@?Ana Ruiz/);
      await town.until("the form", () => town.world.modal(ana));
      await town.world.dismiss(ana);
    });

    test("/request assign N to a customer, a helper or a bot leaves it where it is", async () => {
      for (const who of [request.customer, town.person.hugo, town.person.robot]) {
        const shown = await typed(`/request assign ${request.number} <@${who}>`);
        expect(shown).toContain("not on this team's staff");
      }
      expect(request.card()).toMatch(/Owner\s+nobody yet/);
    });

    test("/request tier N 1-5 sets the tier", async () => {
      const shown = await typed(`/request tier ${request.number} 4`);
      expect(shown).toMatch(/is now “Guidance”/);
      await town.settled();
      expect(request.card()).toMatch(/Tier\s+Guidance/);
    });

    test("/request wait N, and again", async () => {
      expect(await typed(`/request wait ${request.number}`)).toContain("waits on the customer");
      await town.settled();
      expect(request.card()).toMatch(/Status\s+waiting/);
      expect(await typed(`/request wait ${request.number}`)).toContain("waits on the customer already");
    });

    test("/request resolve N with a line tells it to the customer; /request reopen N opens it again", async () => {
      const done = await typed(`/request resolve ${request.number} We've refunded the second charge`);
      expect(done).toContain(`#${request.number} is resolved`);
      await town.settled();
      expect(request.card()).toMatch(/Status\s+resolved/);
      expect(town.under(request.id).at(-1)?.text).toContain("we've refunded the second charge");
      expect(await typed(`/request resolve ${request.number}`)).toContain("resolved already");
      expect(await typed(`/request reopen ${request.number}`)).toContain("is open again");
      await town.settled();
      expect(request.card()).toMatch(/Status\s+open/);
      expect(await typed(`/request reopen ${request.number}`)).toContain("nothing to reopen");
    });

    test("/request resolve N without a line asks the customer plainly", async () => {
      await typed(`/request resolve ${request.number}`);
      await town.settled();
      expect(town.under(request.id).at(-1)?.text).toContain("Anything else?");
    });

    test("the answers are seen by nobody else", async () => {
      await typed(`/request show ${request.number}`);
      await typed("/request list");
      await typed("/queue");
      const marcs = town.privately(marc).filter(({ onlyFor }) => onlyFor === marc).length;
      await typed(`/request tier ${request.number} 3`);
      await town.settled();
      expect(town.privately(marc).filter(({ onlyFor }) => onlyFor === marc)).toHaveLength(marcs);
      const shown = town.world.messages(town.channel.team).map(({ text }) => text);
      expect(shown.filter((text) => text.includes("What happened"))).toEqual([]);
    });

    test("a customer's channel takes the same commands from the team, and shows the answer to them alone", async () => {
      const shown = await typed(`/request show ${request.number}`, ana, town.channel.help);
      expect(shown).toContain("charged twice");
      expect(town.privately(request.customer)).toEqual([]);
    });
  });

  test("/queue shows what waits on us, the promise that ends first in front, without what waits on customers", async () => {
    const money = await opened();
    const down = await opened("The whole site is down, nobody can log in");
    const waits = await opened("The export fails with an error for me");
    await typed(`/request wait ${waits.number}`);
    const shown = await typed("/queue");
    expect(shown).toContain("The queue, by promise");
    expect(shown.indexOf(`#${down.number} `)).toBeLessThan(shown.indexOf(`#${money.number} `));
    expect(shown).not.toContain(waits.who);
  });

  test("/digest now shows today's digest to whoever asks", async () => {
    await opened();
    const before = town.world.messages(town.channel.leads).length;
    const shown = await typed("/digest now");
    expect(shown).toMatch(/^Support · Tue 24 Nov/);
    expect(shown).toMatch(/\d+ in, \d+ closed, \d+ open/);
    expect(town.world.messages(town.channel.leads)).toHaveLength(before);
  });

  test("a number that is none of ours is said to be unknown", async () => {
    for (const command of [
      "show 9999",
      "claim 9999",
      "wait 9999",
      "resolve 9999",
      "reopen 9999",
      "tier 9999 3",
    ]) {
      const shown = await typed(`/request ${command}`);
      expect(shown).toContain("There is no request #9999 here");
    }
    expect(await typed(`/request assign 9999 <@${marc}>`)).toContain("There is no request #9999 here");
  });

  if (name === "slack") {
    test.each([
      ["/request", "/request claim N"],
      ["/request foo", "/request list"],
      ["/request claim", "/request claim N"],
      ["/request claim x", "/request claim N"],
      ["/request claim 1 2", "/request claim N"],
      ["/request claim -1", "/request claim N"],
      ["/request claim 99999999999999999999", "/request claim N"],
      ["/request show", "/request show N"],
      ["/request assign 1", "/request assign N @who"],
      ["/request tier", "/request tier N 1-5"],
      ["/request tier 4", "/request tier N 1-5"],
      ["/request tier 4 9", "/request tier N 1-5"],
      ["/request tier 4 0", "/request tier N 1-5"],
      ["/request wait", "/request wait N"],
      ["/request resolve", "/request resolve N [note]"],
      ["/request reopen soon", "/request reopen N"],
      ["/queue please", "/queue"],
      ["/digest tomorrow", "/digest now"],
    ])("%s answers with how it is typed", async (text, usage) => {
      const cards = town.cards().map((card) => card.text);
      const shown = await typed(text);
      expect(shown).toContain("I understand these:");
      expect(shown).toContain(usage);
      await town.settled();
      expect(town.cards().map((card) => card.text)).toEqual(cards);
    });

    test("numbers may carry their #, commands capitals and spaces", async () => {
      const { number } = await opened();
      expect(await typed(`/request show #${number}`)).toContain(`#${number}`);
      expect(await typed(`/request   SHOW    ${number}  `)).toContain(`#${number}`);
    });

    test("a name typed without @ is nobody", async () => {
      const { number, card } = await opened();
      expect(await typed(`/request assign ${number} marc`)).toContain("/request assign N @who");
      expect(card()).toMatch(/Owner\s+nobody yet/);
    });
  } else {
    test.each([
      "/request",
      "/request foo",
      "/request claim",
      "/request claim x",
      "/request tier 4 9",
      "/request claim -1",
    ])("%s cannot even be sent", async (text) => {
      await expect(town.world.slash(ana, town.channel.team, text)).rejects.toThrow();
    });

    test("the commands work in the thread of a request, with the answer there for the one who typed", async () => {
      const { id, number, card } = await opened();
      await town.pass(2);
      const shown = await town.answerTo(marc, () =>
        town.world.slash(marc, town.channel.help, `/request tier ${number} 3`, { thread: id }),
      );
      expect(shown).toContain("Real problem");
      await town.settled();
      expect(card()).toMatch(/Tier\s+Real problem/);
    });
  }

  describe("as message shortcuts, also in threads", () => {
    let request: Awaited<ReturnType<typeof opened>>;
    let reply: string;
    beforeEach(async () => {
      request = await opened();
      reply = await town.world.say(
        request.customer,
        town.channel.help,
        "It was on the 20th, twice the same amount",
        {
          thread: request.id,
        },
      );
      await town.settled();
    });
    const shortcut = (label: string, on: string, who = marc) =>
      town.world.shortcut(who, town.channel.help, on, label);

    test("“Request actions” on a reply claims, with the say-back", async () => {
      const before = new Set(town.privately(marc).map(({ id }) => id));
      await town.answerTo(marc, () => shortcut("Request actions", reply));
      const menu = town.privately(marc).find(({ id, onlyFor }) => onlyFor === marc && !before.has(id));
      await town.world.press(marc, menu?.id ?? "", "Claim");
      await town.settled();
      expect(request.card()).toMatch(/Owner\s+@?Marc Vidal/);
      await town.until("the form", () => town.world.modal(marc)?.title === "Say it back?");
      await town.world.submit(marc, { by: "in 3 h" });
      await town.settled();
      expect(town.under(request.id).at(-1)?.text).toMatch(/^I'm Marc and I have this/);
    });

    test("“Waiting on customer” pauses", async () => {
      const shown = await town.answerTo(marc, () => shortcut("Waiting on customer", reply));
      expect(shown).toContain(`#${request.number} waits on the customer`);
      await town.settled();
      expect(request.card()).toContain("paused");
    });

    test("“Resolve this request” asks what was done, and tells it", async () => {
      await shortcut("Resolve this request", request.id);
      await town.until("the form", () => town.world.modal(marc)?.title === "What did you do?");
      const shown = await town.answerTo(marc, () =>
        town.world.submit(marc, { note: "We refunded it today" }),
      );
      expect(shown).toContain(`#${request.number} is resolved`);
      await town.settled();
      expect(town.under(request.id).at(-1)?.text).toContain("refunded it today. Anything else?");
    });

    test("“Request actions” shows everything that can be done, and its buttons work", async () => {
      const before = new Set(town.privately(marc).map(({ id }) => id));
      const shown = await town.answerTo(marc, () => shortcut("Request actions", reply));
      expect(shown).toContain(`#${request.number}`);
      const menu = town.privately(marc).find(({ id, onlyFor }) => onlyFor === marc && !before.has(id));
      expect(menu?.controls.map(({ label }) => label)).toEqual(
        expect.arrayContaining(["Claim", "Waiting on customer", "Resolve", "Hand over"]),
      );
      const waiting = await town.answerTo(marc, () =>
        town.world.press(marc, menu?.id ?? "", "Waiting on customer"),
      );
      expect(waiting).toContain("waits on the customer");
      const hand = new Set(town.privately(marc).map(({ id }) => id));
      await town.answerTo(marc, () => town.world.press(marc, menu?.id ?? "", "Hand over"));
      const people = town.privately(marc).find(({ id, onlyFor }) => onlyFor === marc && !hand.has(id));
      const given = await town.answerTo(marc, () => town.world.choose(marc, people?.id ?? "", ana));
      expect(given).toContain("Ana Ruiz");
      await town.settled();
      expect(request.card()).toMatch(/Owner\s+@?Ana Ruiz/);
    });

    test("on the bot's own words in the thread they mean the same request", async () => {
      await town.pass(2);
      const said = town.under(request.id)[0];
      const shown = await town.answerTo(marc, () => shortcut("Waiting on customer", said?.id ?? ""));
      expect(shown).toContain(`#${request.number} waits on the customer`);
    });

    test("on a message of no request they say so", async () => {
      const id = await town.world.say(town.newcomer("Zoe Pal"), town.channel.help, "Good morning all");
      await town.settled();
      for (const label of ["Waiting on customer", "Resolve this request", "Request actions"]) {
        expect(await town.answerTo(marc, () => shortcut(label, id))).toContain("belongs to no request");
      }
    });
  });
});
