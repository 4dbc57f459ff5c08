// Workarounds, answers given elsewhere, what lies with engineering, and a tier that moved a promise: on the running bot.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("clocks on %s", (name) => {
  let town: Town;
  let ana: string;
  beforeAll(async () => {
    town = await makeTown(name, {
      policy: `
promises:
  real problem: { workaround: 2 h, resolution: 3 h }`,
    });
    ana = town.person.ana;
  });
  afterEach(() => expect(town.refusals.splice(0)).toEqual([]));
  afterAll(() => town?.close());

  let customers = 0;
  async function opened(text: string) {
    customers += 1;
    const who = `Customer No${customers}.`;
    const customer = town.newcomer(who);
    const id = await town.world.say(customer, town.channel.help, text);
    await town.settled();
    const card = await town.card(who);
    const number = Number(/^#(\d+)/.exec(card.text)?.[1]);
    return { customer, id, number, card: () => town.world.find(card.id)?.text ?? "" };
  }
  const typed = (text: string) => town.answerTo(ana, () => town.world.slash(ana, town.channel.team, text));

  test("a workaround is given, the customer is asked, and only their word stops its clock", async () => {
    const it = await opened("The export fails with an error every time I try it");
    expect(it.card()).toContain("ours: workaround by 12:00");
    const sent = await typed(`/request workaround ${it.number} You can export it from the list view`);
    expect(sent).toContain("the customer was asked whether it helps");
    await town.settled();
    const asked = town.under(it.id).at(-1);
    expect(asked?.text).toContain("you can export it from the list view. Does that get you going for now?");
    expect(
      town
        .under(it.id)
        .map(({ text }) => text)
        .join("\n"),
    ).not.toMatch(/12:00|ours/);
    expect(it.card()).toContain("they have not said whether it helps");
    const thanks = await town.answerTo(it.customer, () =>
      town.world.press(it.customer, asked?.id ?? "", "It helped"),
    );
    expect(thanks).toContain("We stay on it until it is solved");
    await town.settled();
    expect(it.card()).toContain("The workaround helps them");
    expect(it.card()).not.toContain("ours: workaround by");
    expect(it.card()).toContain("ours: solved by 13:00");
  });

  test("said in plain words that it works, it helped as well", async () => {
    const it = await opened("The import drops rows and the total is wrong");
    await typed(`/request workaround ${it.number} Upload it in two halves`);
    await town.settled();
    await town.world.say(it.customer, town.channel.help, "That works for now, thanks!", { thread: it.id });
    await town.settled();
    expect(it.card()).toContain("The workaround helps them");
  });

  test("from the actions of a message a form asks what they can do; “Not yet” turns the clock to us", async () => {
    const it = await opened("The report shows an error when I open it");
    const seen = new Set(town.privately(ana).map(({ id }) => id));
    await town.answerTo(ana, () => town.world.shortcut(ana, town.channel.help, it.id, "Request actions"));
    const menu = town.privately(ana).find(({ id, onlyFor }) => onlyFor === ana && !seen.has(id));
    await town.world.press(ana, menu?.id ?? "", "Workaround…");
    await town.until("the form", () => town.world.modal(ana)?.title === "Something for now");
    await town.answerTo(ana, () => town.world.submit(ana, { line: "Open it as a PDF" }));
    await town.settled();
    const asked = town.under(it.id).at(-1);
    expect(asked?.text).toContain("Customer: Open it as a PDF. Does that get you going for now?");
    const answer = await town.answerTo(it.customer, () =>
      town.world.press(it.customer, asked?.id ?? "", "Not yet"),
    );
    expect(answer).toContain("Someone will write here");
    await town.settled();
    expect(it.card()).toContain("update by");
    expect(it.card()).toContain("ours: workaround by 12:00");
  });

  test("answered elsewhere counts as answered, and a tier says on the card what it moved", async () => {
    const it = await opened("The search page shows an error for me");
    await typed(`/request tier ${it.number} 2`);
    await town.settled();
    expect(it.card()).toContain("Tier was “Real problem”: due 14:00, now 12:00.");
    await typed(`/request engineering ${it.number}`);
    await town.settled();
    expect(it.card()).toContain("With engineering or a third party since");
    const before = town.under(it.id).length;
    expect(await typed(`/request answered ${it.number}`)).toContain(`#${it.number} counts as answered`);
    await town.settled();
    expect(it.card()).not.toContain("answer by");
    expect(town.under(it.id)).toHaveLength(before);
    expect(await typed(`/request engineering ${it.number} back`)).toContain("is with us again");
    expect(await typed(`/request show ${it.number}`)).toContain("went to engineering or a third party");
  });
});
