// One update to everybody, and the bot killed while it goes out: each customer hears it once.
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { makeOutside, type Outside } from "../support/outside.ts";
import type { PlatformName } from "../support/town.ts";

const CUSTOMERS = 6;
const LINE = "We found it: the export server is full. Fixed within the hour.";

let outside: Outside;
afterEach(() => outside?.close());

test.each<PlatformName>(["slack", "discord"])(
  "told once each across a kill on %s",
  {
    timeout: 120_000,
  },
  async (name) => {
    outside = await makeOutside(name);
    const { world, channel, staff } = outside;
    let bot = await outside.start();
    const written: string[] = [];
    for (let count = 1; count <= CUSTOMERS; count += 1) {
      const who = outside.newcomer(`Customer${count}`);
      written.push(await world.say(who, channel.help, `The export fails with error ${100 + count}`));
    }
    const card = async (title: string) => {
      for (;;) {
        const found = outside.posts(channel.team).find(({ text }) => text.startsWith(title));
        if (found?.text.includes(`${CUSTOMERS} customers`)) return found.id;
        await sleep(50);
      }
    };
    await world.press(staff, await card("One incident?"), "It's one incident");
    await outside.delivered();
    await world.press(staff, await card("Incident:"), "Update everyone");
    while (!world.modal(staff)) await sleep(20);
    await world.submit(staff, { line: LINE });
    await bot.kill();
    bot = await outside.start();
    await outside.delivered();
    const told = written.map(
      (id) =>
        outside.posts(channel.help).filter(({ thread, text }) => thread === id && text.includes(LINE)).length,
    );
    expect(told, outside.log()).toEqual(written.map(() => 1));
    expect(await bot.stop()).toBe(0);
  },
);
