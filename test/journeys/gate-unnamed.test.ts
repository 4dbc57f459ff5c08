// Where the policy names no staff, whoever can read the team's channel is.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { makeTown, type PlatformName, type Town } from "../support/town.ts";

const NOT_YOURS = "That's for the team here";

describe.each<PlatformName>(["slack", "discord"])("where the policy names nobody on %s", (name) => {
  let town: Town;
  beforeAll(async () => {
    town = await makeTown(name, { namesStaff: false });
  });
  afterEach(() => expect(town.refusals.splice(0)).toEqual([]));
  afterAll(() => town?.close());

  test("whoever can read the team channel is staff, and nobody else is", async () => {
    const { world, person, channel } = town;
    const ada = town.newcomer("Ada Fox");
    const id = await world.say(ada, channel.help, "I was charged twice for November");
    await town.settled();
    const card = await town.card("Ada Fox");
    const shown = await town.answerTo(person.olmo, () =>
      world.slash(person.olmo, channel.help, "/request list"),
    );
    expect(shown).toContain(NOT_YOURS);
    await world.slash(person.marc, channel.help, "/request claim 1");
    await town.until("the form", () => world.modal(person.marc));
    await world.dismiss(person.marc);
    await town.settled();
    expect(world.find(card.id)?.text).toMatch(/Owner\s+@?Marc Vidal/);
    await world.say(person.marc, channel.help, "I can see it, one moment please.", { thread: id });
    await town.pass(3);
    expect(town.under(id)).toEqual([]);
  });
});
