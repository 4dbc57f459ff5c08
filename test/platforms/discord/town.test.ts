// The whole bot on a Discord where things break: a customer notices nothing.
import { afterEach, expect, test } from "vitest";
import type { StrictDiscord } from "../../sandbox/discord-strict/strict.ts";
import { makeDesk } from "../../support/desk.ts";
import { makeTown, type Town } from "../../support/town.ts";

let town: Town | null = null;
afterEach(async () => {
  const open = town;
  town = null;
  await open?.close();
});

async function place(): Promise<{ town: Town; discord: StrictDiscord }> {
  town = await makeTown("discord");
  return { town, discord: town.world as StrictDiscord };
}

test("every dispatch comes twice: one request, one card, one acknowledgement, one owner", async () => {
  const { town, discord } = await place();
  const desk = makeDesk(town);
  discord.disturb({ disturbance: "twice" });
  const asked = await desk.charged(town.person.marta);
  await desk.claim(asked, town.person.ana);
  await town.pass(3);
  expect(town.cards().filter(({ text }) => text.startsWith("#"))).toHaveLength(1);
  expect(desk.spoken(asked).length).toBeLessThanOrEqual(1);
  expect(desk.cardOf(asked)).toContain("Ana");
});

test("each post's answer is lost on the way, and some calls have to wait: nothing is said twice, nothing is missing", async () => {
  const { town, discord } = await place();
  const desk = makeDesk(town);
  discord.trouble({
    fault: { kind: "cut", when: "after" },
    method: "POST",
    route: "/channels/:channel/messages",
    chance: 0.5,
    seed: 5,
  });
  discord.trouble({
    fault: { kind: "rate_limited", retryAfterMs: 20 },
    method: "PATCH",
    chance: 0.3,
    seed: 5,
  });
  const first = await desk.charged(town.person.marta);
  const second = await desk.charged(town.person.olmo, "How do I change the address on my invoice?");
  await town.pass(3);
  expect(town.cards().filter(({ text }) => text.startsWith("#"))).toHaveLength(2);
  for (const asked of [first, second]) expect(desk.spoken(asked)).toHaveLength(1);
});

test("the session is lost while a customer writes: history brings the request", async () => {
  const { town, discord } = await place();
  discord.invalidate(false);
  await discord.say(town.person.marta, town.channel.help, "You charged me twice for October.");
  const card = await town.card("charged");
  await town.settled();
  expect(card.text).toContain("#1");
  expect(town.cards().filter(({ text }) => text.startsWith("#"))).toHaveLength(1);
});
