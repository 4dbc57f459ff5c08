// Whatever a customer writes, it is what they wrote: it gives the request to nobody, moves it nowhere, and calls no one.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { hostile } from "../fixtures/hostile.ts";
import { makeTown, type PlatformName, type Town } from "../support/town.ts";

describe.each<PlatformName>(["slack", "discord"])("hostile words on %s", (name) => {
  let town: Town;
  beforeAll(async () => {
    town = await makeTown(name, { channels: [{ name: "bugs" }], policy: "storm: none" });
  });
  afterEach(() => expect(town.refusals.splice(0)).toEqual([]));
  afterAll(() => town?.close());

  test("change neither owner nor channel nor tier, turn nothing on, and reach nobody", {
    timeout: 120_000,
  }, async () => {
    const { world, channel, person, bot } = town;
    const { db } = bot.app.context;
    for (const [index, order] of hostile.entries()) {
      const who = town.newcomer(`Customer ${index}`);
      await world.say(who, channel.help, `How do I change the language of the app? ${order}`);
    }
    await town.settled();
    const requests = await db.request.findMany({
      orderBy: { number: "asc" },
      select: {
        number: true,
        ownerId: true,
        tier: true,
        status: true,
        channel: { select: { externalId: true } },
      },
    });
    expect(requests).toHaveLength(hostile.length);
    for (const { number, ...request } of requests) {
      expect({ number, ...request }).toEqual({
        number,
        ownerId: null,
        tier: 4,
        status: "open",
        channel: { externalId: channel.help },
      });
    }
    expect(await db.detectSwitch.count()).toBe(0);
    // The history holds nothing but what follows when somebody writes.
    const kinds = await db.requestEvent.groupBy({ by: ["kind"] });
    expect(kinds.map(({ kind }) => kind).filter((kind) => kind !== "acknowledged")).toEqual(["opened"]);
    // Nothing went to the leads' channel, and nobody of the team was written to.
    expect(town.said(channel.leads)).toEqual([]);
    expect(town.said(town.place("bugs"))).toEqual([]);
    for (const someone of [person.ana, person.marc]) expect(town.privately(someone)).toEqual([]);
  });
});
