import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Desk, makeDesk } from "../support/desk.ts";
import { makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("what a customer's words show on %s", (name) => {
  let town: Town;
  let desk: Desk;
  beforeAll(async () => {
    town = await makeTown(name, { policy: "detect: [heat, leaving, opportunity]" });
    desk = makeDesk(town);
  });
  afterEach(() => expect(town.refusals.splice(0)).toEqual([]));
  afterAll(() => town?.close());

  test("a complaint: the owner sees the steps, what is missing before closing, and looks in three days later", async () => {
    const { person, world } = town;
    const ada = town.newcomer("Ada Fox");
    const of = await desk.charged(
      ada,
      "I was charged twice for October. I want to file a complaint, this is unacceptable.",
    );
    await desk.claim(of, person.ana);
    const note = desk.told(person.ana, of).find((text) => text.includes("complains"));
    expect(note).toContain("Ada Fox");
    expect(note).toMatch(/Still missing: .*an apology and a plan with a time/);
    expect(desk.spoken(of).join()).not.toMatch(/complain/);
    await world.say(person.ana, town.channel.help, "I see the second charge, it goes back today.", {
      thread: of.id,
    });
    await town.settled();
    await desk.form(person.ana, of.card, "Resolve");
    const done = await town.answerTo(person.ana, () =>
      world.submit(person.ana, { note: "We've refunded the second charge." }),
    );
    expect(done).toContain("Still missing: an apology and a plan with a time.");
    await town.settled();
    await town.pass(3 * 24 * 60);
    expect(desk.told(person.ana, of).at(-1)).toContain("closed three days ago");
    await town.pass(3 * 24 * 60);
    expect(desk.told(person.ana, of).filter((text) => text.includes("three days ago"))).toHaveLength(1);
  });

  test("heat: one calm voice with a draft for the owner alone, a hint to others, and the next word is owed", async () => {
    const { person, world } = town;
    const of = await desk.charged(
      town.newcomer("Ben Ode"),
      "You are a bunch of useless idiots, I was charged twice for October",
    );
    await desk.claim(of, person.ana);
    const note = desk.told(person.ana, of).find((text) => text.includes("is upset"));
    expect(note).toContain("One calm voice helps: yours.");
    expect(note).toContain("Draft, for you alone: “Ben, you are right to expect better.");
    await world.say(person.marc, town.channel.help, "We are looking into it.", { thread: of.id });
    await town.settled();
    expect(town.privately(person.marc).at(-1)?.text).toContain(`Ana speaks in #${of.number}`);
    expect(desk.cardOf(of)).toContain("update by");
  });

  test("leaving: told in private, done and confirmed, and the customer is asked nothing", async () => {
    const { person, world } = town;
    const of = await desk.charged(
      town.newcomer("Cleo Ray"),
      "I want to cancel my subscription, we are switching to another tool",
    );
    expect(desk.heard(of).join("\n")).toContain("wants to leave");
    await world.press(person.ana, of.card, "Claim");
    await town.until("the form", () => world.modal(person.ana));
    await world.dismiss(person.ana);
    await desk.form(person.ana, of.card, "Resolve");
    await world.submit(person.ana, {
      note: "Your subscription is cancelled and nothing more will be charged",
    });
    await town.settled();
    const last = desk.spoken(of).at(-1) ?? "";
    expect(last).toContain("subscription is cancelled");
    expect(last).not.toMatch(/Anything else|cancel it\?|offer/);
  });

  test("leaving, and we are late: they are told plainly, once in our silence, and asked nothing", async () => {
    const { person, world, channel } = town;
    const of = await desk.charged(
      town.newcomer("Lena Ott"),
      "I was charged twice. Refund it and cancel my subscription, we are leaving",
    );
    expect(desk.heard(of).join("\n")).toContain("wants to leave");
    // A word nobody told the customer about, which breaks in the same silence.
    const typed =
      name === "slack" ? `/promise ${of.number} in 3 h` : `/promise number:${of.number} when:in 3 h`;
    await town.answerTo(person.ana, () => world.slash(person.ana, channel.team, typed));
    for (const minutes of [5, 115, 20, 45, 20, 60]) await town.pass(minutes);
    const late = () => desk.spoken(of).filter((text) => text.includes("we're late"));
    expect(late()).toHaveLength(1);
    expect(late()[0]).toContain("What you asked for will be done and confirmed here; you need do nothing.");
    expect(late()[0]).not.toMatch(/\?/);
    await town.pass(24 * 60);
    expect(late()).toHaveLength(1);
    // Whoever has it hears of both.
    expect(desk.told(person.ana, of).join("\n")).toMatch(/missed/);
  });

  test("a note is deleted by staff: its words go from where they were told, and the history says that it happened", async () => {
    const { person, world } = town;
    const of = await desk.charged(
      town.newcomer("Dana Poe"),
      "How do I add seats? We would like to buy 20 more seats for our new team.",
    );
    const posted = town.cards().find(({ text }) => text.includes(`(#${of.number})`));
    expect(posted?.text).toContain("A chance with");
    const answer = await town.answerTo(person.marc, () =>
      world.press(person.marc, posted?.id ?? "", "Delete this note"),
    );
    expect(answer).toContain("The note is deleted");
    await town.settled();
    expect(
      town.cards().some(({ text }) => text.includes("A chance with") && text.includes(`(#${of.number})`)),
    ).toBe(false);
    const rows = await town.bot.app.context.db.signalNote.count({ where: { signal: "opportunity" } });
    expect(rows).toBe(0);
    const shown = await town.answerTo(person.marc, () =>
      world.slash(person.marc, town.channel.team, `/request show ${of.number}`),
    );
    expect(shown).toContain("a private note was deleted");
  });

  test("something private in public: staff are told at once, and it is never quoted in full", async () => {
    const of = await desk.charged(
      town.newcomer("Eva Ros"),
      "I was charged twice, my card is 4111 1111 1111 1111, please check",
    );
    expect(desk.heard(of).join("\n")).toContain("something private stands where others read");
    const everything = [...town.cards(), ...town.said()].map(({ text }) => text).join("\n");
    expect(everything).not.toContain("1111 1111");
  });

  test("nothing of it is said where customers read", async () => {
    const public_ = town
      .said()
      .map(({ text }) => text)
      .join("\n");
    expect(public_).not.toMatch(/complain|upset|leave|chance|private note/i);
  });
});

describe.each<PlatformName>(["slack", "discord"])("where no lead turned detection on, on %s", (name) => {
  let town: Town;
  beforeAll(async () => {
    town = await makeTown(name);
  });
  afterAll(() => town?.close());

  test("heat, leaving and opportunity are not looked for; a complaint is", async () => {
    const desk = makeDesk(town);
    await desk.charged(
      town.newcomer("Ada Fox"),
      "You useless idiots, I want to cancel my subscription and leave",
    );
    const of = await desk.charged(
      town.newcomer("Ben Ode"),
      "I want to file a complaint: I was charged twice for June",
    );
    const signals = await town.bot.app.context.db.signalNote.findMany({ select: { signal: true } });
    expect(new Set(signals.map(({ signal }) => signal))).toEqual(new Set(["complaint"]));
    expect(desk.heard(of).join("\n")).toContain("complains");
  });
});
