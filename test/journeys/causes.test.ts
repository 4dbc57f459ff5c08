import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Case, type Desk, makeDesk } from "../support/desk.ts";
import { madrid, makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("what caused a request, asked on %s", (name) => {
  let town: Town;
  let desk: Desk;
  beforeAll(async () => {
    town = await makeTown(name, { start: madrid("2026-11-24 10:00") });
    desk = makeDesk(town);
  });
  afterAll(() => town?.close());

  async function resolve(of: Case, by: string): Promise<void> {
    await desk.form(by, of.card, "Resolve");
    await town.world.submit(by, { note: "We've refunded it." });
    await town.settled();
  }
  const question = (who: string, of: Case) =>
    town.until("the question about causes", () =>
      town
        .privately(who)
        .find(({ text }) => text.includes(`#${of.number}, `) && text.includes("made this impossible")),
    );
  const named = (of: Case) =>
    town.bot.app.context.db.feedback.findMany({
      where: { request: { number: Number(of.number) } },
      select: { cause: { select: { name: true } } },
    });

  test("the owner is asked in private, with three proposals and a way to name another", async () => {
    const { marc } = town.person;
    const of = await desk.charged(town.newcomer("Nora Diaz"));
    await desk.claim(of, marc);
    await resolve(of, town.person.ana);
    const asked = await question(marc, of);
    expect(asked.direct).toBe(marc);
    expect(asked.text).toContain(`#${of.number}, Nora Diaz: what change would have made this impossible?`);
    const labels = asked.controls.map(({ label }) => label);
    expect(labels).toHaveLength(4);
    expect(labels.at(-1)).toBe("Other…");
    const answer = await town.answerTo(marc, () => town.world.press(marc, asked.id, labels[0] ?? ""));
    expect(answer).toContain(`Noted: “${labels[0]}”.`);
    expect(await named(of)).toEqual([{ cause: { name: labels[0] } }]);
    // A second thought replaces the first.
    await town.answerTo(marc, () => town.world.press(marc, asked.id, labels[1] ?? ""));
    expect(await named(of)).toEqual([{ cause: { name: labels[1] } }]);
    expect(town.refusals).toEqual([]);
  });

  test("“Other…” asks for a few words, which are proposed for the next one like it", async () => {
    const { marc } = town.person;
    const of = await desk.charged(
      town.newcomer("Otto Lind"),
      "The CSV import drops the last rows of the file, an error?",
    );
    await desk.claim(of, marc);
    await resolve(of, marc);
    const asked = await question(marc, of);
    await desk.form(marc, asked.id, "Other");
    await town.answerTo(marc, () => town.world.submit(marc, { name: "The CSV import drops rows" }));
    expect(await named(of)).toEqual([{ cause: { name: "The CSV import drops rows" } }]);
    const next = await desk.charged(
      town.newcomer("Pia Roth"),
      "Our CSV import drops rows, it fails with an error",
    );
    await desk.claim(next, marc);
    await resolve(next, marc);
    expect((await question(marc, next)).controls.map(({ label }) => label)).toContain(
      "The CSV import drops rows",
    );
    expect(town.refusals).toEqual([]);
  });

  test("nobody owned it: whoever resolved it is asked, and nobody else", async () => {
    const { marc, ana } = town.person;
    const of = await desk.charged(town.newcomer("Rita Saez"));
    await resolve(of, ana);
    expect((await question(ana, of)).direct).toBe(ana);
    expect(town.privately(marc).some(({ text }) => text.includes(`#${of.number}, `))).toBe(false);
    expect(town.refusals).toEqual([]);
  });

  test("what was named before is asked again after a reopening, once for each time it is resolved", async () => {
    const { marc } = town.person;
    const of = await desk.charged(town.newcomer("Sam Oakley"));
    await desk.claim(of, marc);
    await resolve(of, marc);
    await town.world.press(marc, of.card, "Reopen");
    await town.settled();
    await resolve(of, marc);
    const asked = town
      .privately(marc)
      .filter(({ text }) => text.includes(`#${of.number}, Sam Oakley: what change`));
    expect(asked).toHaveLength(2);
    expect(town.refusals).toEqual([]);
  });
});
