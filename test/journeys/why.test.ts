import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("Why? on %s", (name) => {
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

  /** Asks why, and gives what Marc alone is shown, to press its buttons. */
  async function why(message: string, where = help, who = marc) {
    const before = new Set(town.privately(who).map(({ id }) => id));
    await town.world.shortcut(who, where, message, "Why?");
    return town.until("the reasons", () =>
      town.privately(who).find(({ id, onlyFor }) => onlyFor === who && !before.has(id)),
    );
  }

  async function correct(message: string, label: string, where = help, who = marc): Promise<string> {
    const { id } = await why(message, where, who);
    const answer = await town.answerTo(who, () => town.world.press(who, id, label));
    await town.settled();
    return answer;
  }

  async function says(who: string, text: string, thread?: string, where = help): Promise<string> {
    const id = await town.world.say(who, where, text, thread === undefined ? {} : { thread });
    await town.settled();
    return id;
  }

  const cardsWith = (words: string) =>
    town.cards().filter(({ text }) => /^#\d+ /.test(text) && text.includes(words));
  const numberOf = (words: string) => /^#(\d+)/.exec(cardsWith(words)[0]?.text ?? "")?.[1] ?? "?";

  test("says what decided, and small talk becomes a request by one tap", async () => {
    const ada = town.newcomer("Ada Fox");
    const id = await says(ada, "hello everyone");
    expect(cardsWith("Ada Fox")).toEqual([]);
    expect((await why(id)).text).toContain("It reads as a greeting.");
    expect(await correct(id, "It is a request")).toMatch(/It is #\d+ now/);
    expect(cardsWith("Ada Fox")).toHaveLength(1);
    const shown = await why(id);
    expect(shown.text).toContain(`Now it belongs to #${numberOf("Ada Fox")}.`);
  });

  test("no request after all: dismissed without a word, and what the customer saw is taken back", async () => {
    const ben = town.newcomer("Ben Ode");
    const id = await says(ben, "I was charged twice for November");
    await town.pass(2);
    expect(town.under(id)).toHaveLength(1);
    expect((await why(id)).text).toMatch(/It opened #\d+: it reads as a request\.[\s\S]*Money, \d+ % sure/);
    await correct(id, "Not a request");
    expect(cardsWith("Ben Ode")[0]?.text).toContain("not a request");
    expect(town.under(id)).toEqual([]);
    await town.pass(6 * 60);
    expect(town.under(id)).toEqual([]);
    expect(cardsWith("Ben Ode")[0]?.text).not.toContain("missed");
  });

  test("two needs in one are split, and each has its own card and clock", async () => {
    await town.passTo("2026-11-25 10:00");
    const cleo = town.newcomer("Cleo Ray");
    const id = await says(cleo, "The export fails with an error for me");
    const second = await says(cleo, "I was charged twice for October", id);
    expect(cardsWith("Cleo Ray")).toHaveLength(1);
    expect(await correct(second, "Split it off")).toMatch(/It is #\d+ now, apart from #\d+\./);
    const cards = cardsWith("Cleo Ray");
    expect(cards).toHaveLength(2);
    expect(cards.filter(({ text }) => text.includes("> I was charged twice"))).toHaveLength(1);
    expect(cards.filter(({ text }) => text.includes("> The export fails"))).toHaveLength(1);
  });

  test("two requests about one need are joined: the other is dismissed, and the clocks run from what was said", async () => {
    await town.passTo("2026-11-26 10:00");
    const dana = town.newcomer("Dana Poe");
    const first = await says(dana, "The export fails with an error for me");
    await town.world.say(marc, help, "I see it, we work on it.", { thread: first });
    await town.pass(40);
    const later = await says(dana, "Totals on the March sheet come out wrong");
    const cards = cardsWith("Dana Poe");
    expect(cards).toHaveLength(2);
    const number = /^#(\d+)/.exec(cards[0]?.text ?? "")?.[1] ?? "?";
    expect(cards[0]?.text).toContain("nothing due");
    const { id } = await why(later);
    await town.world.press(marc, id, "Join it to…");
    await town.until("the form", () => town.world.modal(marc));
    const answer = await town.answerTo(marc, () => town.world.submit(marc, { into: `#${number}` }));
    await town.settled();
    expect(answer).toContain(`It belongs to #${number} now`);
    const [kept, gone] = cardsWith("Dana Poe");
    expect(kept?.text).toContain("> Totals on the March sheet");
    expect(kept?.text).toContain("update by");
    expect(gone?.text).toContain("not a request");
  });

  test("what was corrected is learned at once, survives a restart, and is forgotten on demand", async () => {
    await town.passTo("2026-11-27 10:00");
    const read = async (who: string, text: string) => {
      await says(town.newcomer(who), text);
      return cardsWith(who)[0]?.text ?? "";
    };
    const before = await read("Eva Ros", "How do I rename the flux gizmo in the sidebar?");
    expect(before).toContain("Guidance");
    const number = numberOf("Eva Ros");
    await town.answerTo(marc, () => town.world.slash(marc, town.channel.team, `/request tier ${number} 3`));
    await town.settled();
    expect(await read("Finn Lo", "How do I rename the flux gizmo in the sidebar, please?")).toContain(
      "Real problem",
    );
    expect(await read("Gil Ott", "How do I change the language of the app?")).toContain("Guidance");
    await town.restart();
    expect(await read("Hana Kim", "how can I rename the flux gizmo in the sidebar")).toContain(
      "Real problem",
    );
    const forgot = await town.answerTo(marc, () =>
      town.world.slash(marc, town.channel.team, `/siempre triage forget ${number}`),
    );
    expect(forgot).toContain(`What was learned from #${number} is forgotten.`);
    expect(await read("Ivo Paz", "How do I rename the flux gizmo in the sidebar again?")).toContain(
      "Guidance",
    );
  });

  test("/siempre triage report shows agreement by week, tier and source, and what was corrected to what", async () => {
    const shown = await town.answerTo(marc, () =>
      town.world.slash(marc, town.channel.team, "/siempre triage report"),
    );
    expect(shown).toContain("How often triage and the team agree");
    expect(shown).toMatch(/\d+ %\s+week from \d+ Nov \(\d+\/\d+\)/);
    expect(shown).toMatch(/\d+ %\s+Guidance \(\d+\/\d+\)/);
    expect(shown).toMatch(/decided by (rule|model)/);
    expect(shown).toContain("1 × Guidance → Real problem");
    expect(shown).toMatch(/1 × Money → not a request/);
  });

  test("one correction silences no other customer's money; two people's does, is shown, and is taken back", async () => {
    await town.passTo("2026-11-30 10:00");
    const vip = town.place("vip");
    const { ana } = town.person;
    const text = "I was charged twice for the flux gizmo in September";
    const asks = (who: string) => says(town.newcomer(who), text, undefined, vip);
    const first = await says(town.newcomer("Kai Lund"), text);
    await correct(first, "Not a request");
    const one = numberOf("Kai Lund");
    const next = await asks("Lia Mora");
    expect(cardsWith("Lia Mora")[0]?.text).toContain("Money");
    const heard = await why(next, vip);
    expect(heard.text).toMatch(
      new RegExp(`“not a request” \\((#\\d+, )*#${one}\\)\\. It is heard all the same`),
    );
    await correct(next, "Not a request", vip, ana);
    const other = numberOf("Lia Mora");
    const silenced = await asks("Mia Nord");
    expect(cardsWith("Mia Nord")).toEqual([]);
    const reasons = (await why(silenced, vip)).text;
    expect(reasons).toContain("Not heard because messages like it were corrected to “not a request”");
    expect(reasons).toContain(`#${one}, #${other}. To take one back: /siempre triage forget ${other}`);
    await town.answerTo(marc, () =>
      town.world.slash(marc, town.channel.team, `/siempre triage forget ${other}`),
    );
    await asks("Noa Pind");
    expect(cardsWith("Noa Pind")[0]?.text).toContain("Money");
  });

  test("staff alone are told why", async () => {
    const id = await says(town.newcomer("Jan Ek"), "The chart of sales shows an error");
    const olmo = town.person.olmo;
    const answer = await town.answerTo(olmo, () => town.world.shortcut(olmo, help, id, "Why?"));
    expect(answer).not.toContain("It opened");
  });
});
