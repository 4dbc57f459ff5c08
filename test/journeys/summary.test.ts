import { afterEach, describe, expect, test } from "vitest";
import { type Desk, makeDesk, reads } from "../support/desk.ts";
import { madrid, makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("the weekly summary on %s", (name) => {
  let town: Town;
  let desk: Desk;
  afterEach(async () => {
    expect(town.refusals).toEqual([]);
    await town.close();
  });

  const summaries = () =>
    town.said(town.channel.leads).filter(({ text }) => text.startsWith("What customers taught us"));

  /** Somebody asks, Marc answers `after` minutes, resolves, and names the cause. */
  async function learned(customer: string, text: string, cause: string, after: number): Promise<void> {
    const { marc } = town.person;
    const of = await desk.charged(customer, text);
    await desk.claim(of, marc);
    await town.pass(after);
    await town.world.say(marc, town.channel.help, "It is done, have a look.", { thread: of.id });
    await desk.form(marc, of.card, "Resolve");
    await town.world.submit(marc, {});
    await town.settled();
    const asked = town
      .privately(marc)
      .find((each) => each.text.includes(`#${of.number}, `) && each.text.includes("what change"));
    await desk.form(marc, asked?.id ?? "", "Other");
    await town.answerTo(marc, () => town.world.submit(marc, { name: cause }));
  }

  test("counts causes, proposes one, lets a lead take it, and says next week how it went", {
    timeout: 90_000,
  }, async () => {
    town = await makeTown(name, { start: madrid("2026-11-16 10:00") });
    desk = makeDesk(town);
    const { world, person } = town;
    await learned(
      town.newcomer("Nora Diaz"),
      "Our CSV import drops rows, it fails with an error",
      "CSV import drops rows",
      30,
    );
    await learned(
      town.newcomer("Otto Lind"),
      "The CSV import lost half of our rows, an error?",
      "CSV import drops rows",
      60,
    );
    await learned(
      town.newcomer("Pia Roth"),
      "You charged me twice for October, please refund one.",
      "Charged twice on plan change",
      60,
    );
    await town.passTo("2026-11-23 09:29");
    expect(summaries()).toEqual([]);
    await town.passTo("2026-11-23 09:30");
    const [summary, another] = summaries();
    expect(another).toBeUndefined();
    const text = reads(summary?.text ?? "");
    expect(text).toMatch(/3 requests \(\+3\)\. Two causes explain 3\./);
    expect(text).toMatch(/1\. CSV import drops rows: 2, 2, (1 h 30|2 h)\. Nobody/);
    expect(text).toMatch(/2\. Charged twice on plan change: 1, 1, 1 h\. Nobody/);
    expect(text).toContain("“You charged me twice for October, please refund one.”");
    expect(text).toContain("Solved in one go");
    expect(text).toContain("100 %");
    expect(text).toContain("Take one this week. Suggested: ");
    const labels = summary?.controls.map(({ label }) => label) ?? [];
    expect(labels.slice(1)).toEqual(["Another", "Not now, because…"]);
    // Not the suggested one: another.
    await world.press(person.ana, summary?.id ?? "", "Another");
    const choice = await town.until("a choice of causes", () =>
      town.privately(person.ana).find(({ controls }) => controls.some(({ kind }) => kind === "menu")),
    );
    expect(choice.controls[0]?.options.map(({ label }) => label)).toEqual([
      "CSV import drops rows (2)",
      "Charged twice on plan change (1)",
    ]);
    expect(
      await town.answerTo(person.ana, () => world.press(person.ana, summary?.id ?? "", labels[0] ?? "")),
    ).toMatch(/“.*” is yours\./);
    // Next week one more of the kind that was taken.
    await town.passTo("2026-11-24 10:00");
    await learned(
      town.newcomer("Quim Bosch"),
      "Our CSV import drops rows, it fails with an error",
      "CSV import drops rows",
      30,
    );
    await learned(
      town.newcomer("Rita Saez"),
      "You charged me twice for October, please refund one.",
      "Charged twice on plan change",
      30,
    );
    await town.passTo("2026-11-30 09:30");
    const next = reads(summaries()[1]?.text ?? "");
    expect(next).toMatch(/2 requests \(-1\)/);
    expect(next).toMatch(/Taken[\s\S]*\(Ana Ruiz\): [12] the week before, 1 this week\./);
    expect(next).toMatch(/: 1, 1, (30 min|1 h)\. Ana Ruiz/);
    expect(next).toContain("Suggested: ");
  });

  test("“Not now, because…” asks why, and next week quotes it", async () => {
    town = await makeTown(name, { start: madrid("2026-11-16 10:00") });
    desk = makeDesk(town);
    const { world, person } = town;
    await learned(
      town.newcomer("Nora Diaz"),
      "Our CSV import drops rows, it fails with an error",
      "CSV import drops rows",
      30,
    );
    await town.passTo("2026-11-23 09:30");
    await desk.form(person.ana, summaries()[0]?.id ?? "", "Not now");
    await town.answerTo(person.ana, () => world.submit(person.ana, { why: "the release comes first" }));
    await town.passTo("2026-11-30 09:30");
    expect(summaries()[1]?.text).toContain("the release comes first");
    expect(summaries()[1]?.text).toContain("No causes were named this week.");
  });

  test("two sweeps at once raise one digest and one summary, never two", async () => {
    town = await makeTown(name, { start: madrid("2026-11-16 10:00") });
    await town.pass(0);
    town.clock.advanceTo(madrid("2026-11-23 09:31"));
    await Promise.all(Array.from({ length: 8 }, () => town.bot.sweep.once()));
    await town.settled();
    expect(summaries()).toHaveLength(1);
    const runs = await town.bot.app.context.db.reportRun.groupBy({ by: ["kind", "dueAt"], _count: true });
    expect(runs.every(({ _count }) => _count === 1)).toBe(true);
    expect(town.said(town.channel.leads)).toHaveLength(2);
  });
});
