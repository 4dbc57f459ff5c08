import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Case, type Desk, makeDesk, reads } from "../support/desk.ts";
import { madrid, makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("a request is resolved on %s", (name) => {
  let town: Town;
  let desk: Desk;
  beforeAll(async () => {
    town = await makeTown(name, { start: madrid("2026-11-24 10:00") });
    desk = makeDesk(town);
  });
  afterAll(() => town?.close());

  /** Marc has it and resolves it with a line; gives the close question. */
  async function resolved(
    customer: string,
    text?: string,
    note = "We've refunded the second charge.",
  ): Promise<Case & { close: string }> {
    const of = await desk.charged(customer, text);
    await desk.claim(of, town.person.marc);
    await desk.form(town.person.marc, of.card, "Resolve");
    await town.world.submit(town.person.marc, note === "" ? {} : { note });
    await town.settled();
    const close = town.under(of.id).at(-1);
    if (!close) throw new Error("the customer was not asked");
    return { ...of, close: close.id };
  }
  const statusOf = async (of: Case) =>
    (
      await town.bot.app.context.db.request.findFirstOrThrow({
        where: { number: Number(of.number) },
        select: { status: true },
      })
    ).status;

  test("with a line about what was done: the customer is asked, in their language, whether all is good", async () => {
    const rosa = town.newcomer("Rosa Leal", { locale: "es-ES" });
    const of = await resolved(
      rosa,
      "Hola, me habéis cobrado dos veces octubre, ¿me devolvéis una?",
      "Te hemos devuelto el segundo cobro",
    );
    const close = town.world.find(of.close);
    expect(reads(close?.text ?? "")).toContain("Rosa, te hemos devuelto el segundo cobro. ¿Algo más?");
    expect(close?.text).toContain("No hace falta contestar.");
    expect(close?.controls.map(({ label }) => label)).toEqual(["Todo bien", "Sigue igual", "Otra cosa"]);
    expect(close?.thread).toBe(of.id);
    expect(desk.cardOf(of)).toContain("resolved");
    expect(town.world.find(of.card)?.controls.map(({ label }) => label)).toEqual(["Reopen"]);
    expect(town.refusals).toEqual([]);
  });

  test("without a line it is asked all the same", async () => {
    const of = await resolved(town.newcomer("Ada Berg"), undefined, "");
    expect(desk.spoken(of).at(-1)).toContain("Ada, we think this is done. Anything else?");
    expect(town.refusals).toEqual([]);
  });

  test("“All good” closes it; the customer is thanked, once, and only they see it", async () => {
    const bo = town.newcomer("Bo Lind");
    const of = await resolved(bo);
    const before = desk.spoken(of).length;
    expect(await town.answerTo(bo, () => town.world.press(bo, of.close, "All good"))).toContain(
      "Good. Thank you.",
    );
    await town.settled();
    expect(await statusOf(of)).toBe("closed");
    expect(desk.cardOf(of)).toContain("closed");
    expect(desk.spoken(of)).toHaveLength(before);
    expect(town.refusals).toEqual([]);
  });

  test("“Not fixed” opens it again with a new promise, and its owner still has it", async () => {
    const cy = town.newcomer("Cy Young");
    const of = await resolved(cy);
    await town.answerTo(cy, () => town.world.press(cy, of.close, "Not fixed"));
    await town.settled();
    expect(await statusOf(of)).toBe("open");
    expect(desk.cardOf(of)).toContain("update by");
    expect(desk.cardOf(of)).toContain("Marc Vidal");
    // "All good" on what is open again closes nothing.
    await town.answerTo(cy, () => town.world.press(cy, of.close, "All good"));
    expect(await statusOf(of)).toBe("open");
    // Resolved a second time they are asked a second time.
    await desk.form(town.person.marc, of.card, "Resolve");
    await town.world.submit(town.person.marc, { note: "Now it is really there." });
    await town.settled();
    expect(desk.spoken(of).at(-1)).toContain("it is really there. Anything else?");
    expect(town.refusals).toEqual([]);
  });

  test("“Something else” opens a linked request with its own card, promise and acknowledgement", async () => {
    const { world } = town;
    const di = town.newcomer("Di Moss");
    const of = await resolved(di);
    const form = await desk.form(di, of.close, "Something else");
    expect(form.title).toBe("Something else");
    const answer = await town.answerTo(di, () =>
      world.submit(di, { text: "The export of invoices fails with an error, too." }),
    );
    expect(answer).toContain("We have it; someone will write here.");
    expect(answer).not.toContain("#");
    await town.settled();
    const card = await town.card("The export of invoices fails");
    expect(card.text).toContain(`Linked from #${of.number}.`);
    expect(card.text).toContain("answer by");
    expect(await statusOf(of)).toBe("resolved");
    // What they write next in the thread belongs to the new one.
    await world.say(di, town.channel.help, "It says error 500 for the October file.", { thread: of.id });
    await town.settled();
    expect((await town.card("Linked from")).text).toContain("error 500");
    expect(await statusOf(of)).toBe("resolved");
    expect(town.refusals).toEqual([]);
  });

  test("“still broken” in the thread opens it again, as plain words do", async () => {
    const ed = town.newcomer("Ed Falk");
    const of = await resolved(ed);
    await town.world.say(ed, town.channel.help, "Sorry, it's still broken: the charge is there.", {
      thread: of.id,
    });
    await town.settled();
    expect(await statusOf(of)).toBe("open");
    expect(desk.cardOf(of)).toContain("update by");
    expect(town.refusals).toEqual([]);
  });

  test("“gracias, ya funciona” in the thread is a confirmation", async () => {
    const eva = town.newcomer("Eva Prats", { locale: "es-ES" });
    const of = await resolved(
      eva,
      "Hola, me habéis cobrado dos veces octubre, ¿me devolvéis una?",
      "Te hemos devuelto el cobro",
    );
    const before = desk.spoken(of).length;
    await town.world.say(eva, town.channel.help, "gracias, ya funciona", { thread: of.id });
    await town.settled();
    expect(await statusOf(of)).toBe("closed");
    expect(desk.spoken(of)).toHaveLength(before);
    expect(town.refusals).toEqual([]);
  });

  test("only that customer, or staff, may press the buttons", async () => {
    const of = await resolved(town.newcomer("Fay Lund"));
    const stranger = town.newcomer("Gus Odd");
    for (const label of ["All good", "Not fixed"]) {
      const answer = await town.answerTo(stranger, () => town.world.press(stranger, of.close, label));
      expect(answer).toContain("That's for the team here.");
      expect(await statusOf(of)).toBe("resolved");
    }
    await town.world.press(town.person.ana, of.close, "Not fixed");
    await town.settled();
    expect(await statusOf(of)).toBe("open");
    expect(town.refusals).toEqual([]);
  });

  test("staff reopens from the card; a request nobody claimed is resolved by its number", async () => {
    const { world, person, channel } = town;
    const of = await desk.charged(town.newcomer("Hal Ross"));
    const answer = await town.answerTo(person.ana, () =>
      world.slash(person.ana, channel.team, `/request resolve ${of.number} refunded today`),
    );
    expect(answer).toContain(`#${of.number} is resolved. The customer has been asked whether all is good.`);
    await town.settled();
    expect(desk.spoken(of).at(-1)).toContain("Hal, refunded today. Anything else?");
    expect(desk.cardOf(of)).toContain("Ana Ruiz");
    await world.press(person.marc, of.card, "Reopen");
    await town.settled();
    expect(await statusOf(of)).toBe("open");
    expect(town.refusals).toEqual([]);
  });
});
