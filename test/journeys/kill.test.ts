// The bot is killed without warning while customers write and staff press buttons: nothing is lost, nothing is said twice.
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { makeOutside, type Outside } from "../support/outside.ts";
import type { PlatformName } from "../support/town.ts";

const KILLS = 6;

/** Numbers from 0 to 1 that are the same on every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe.each<PlatformName>(["slack", "discord"])("kill -9 in the middle of the road on %s", (name) => {
  let outside: Outside;
  afterEach(() => outside?.close());

  test("every message is one request, with one card, one acknowledgement and one close", {
    timeout: 300_000,
  }, async () => {
    outside = await makeOutside(name);
    const { world, db, channel, staff } = outside;
    const random = seeded(name === "slack" ? 20261124 : 11242026);
    const written: { id: string; name: string }[] = [];
    const write = async () => {
      const name = `Customer${written.length + 1}`;
      const who = outside.newcomer(name);
      const id = await world.say(
        who,
        channel.help,
        `You charged me twice on invoice ${written.length + 1}, please refund one.`,
      );
      written.push({ id, name });
    };
    /** Somebody of the team claims or resolves what is open. With the bot gone they see that it failed. */
    const work = async () => {
      const open = await db.request.findMany({
        where: { status: "open" },
        select: { number: true, ownerId: true },
        take: 5,
      });
      for (const { number, ownerId } of open) {
        if (!listening) return;
        const line =
          ownerId === null && random() < 0.5
            ? `/request claim ${number}`
            : `/request resolve ${number} refunded`;
        await world.slash(staff, channel.team, line).catch(() => undefined);
        if (world.modal(staff)) await world.dismiss(staff);
      }
    };

    let listening = true;
    let bot = await outside.start();
    for (let round = 0; round < KILLS; round += 1) {
      const busy = (async () => {
        for (let count = 0; count < 3; count += 1) {
          await write();
          await sleep(random() * 150);
        }
      })();
      const working = work();
      await sleep(20 + random() * 900);
      listening = false;
      await bot.kill();
      await busy;
      // While nobody listens.
      await write();
      [bot] = await Promise.all([outside.start(), working]);
      listening = true;
    }
    await work();
    await outside.delivered();

    const requests = await db.request.findMany({
      select: { id: true, number: true, root: true, status: true },
    });
    const problems: string[] = [];
    const cards = outside.posts(channel.team);
    for (const { id, name } of written) {
      const mine = requests.filter(({ root }) => root === id);
      const [request] = mine;
      if (!request || mine.length > 1) {
        problems.push(`${name}: ${mine.length} requests`);
        continue;
      }
      const shown = cards.filter(({ text }) => text.startsWith(`#${request.number} `)).length;
      if (shown !== 1) problems.push(`${name}: ${shown} cards`);
      const said = outside.posts(channel.help).filter(({ thread }) => thread === id);
      const acknowledged = said.filter(({ text }) => text.startsWith("Thanks, ")).length;
      const answeredFirst =
        (await db.requestEvent.findFirst({ where: { requestId: request.id, kind: "answered" } })) !== null;
      if (acknowledged !== 1 && !(answeredFirst && acknowledged === 0))
        problems.push(`${name}: ${acknowledged} acknowledgements`);
      const resolved = await db.requestEvent.count({ where: { requestId: request.id, kind: "resolved" } });
      const closes = said.filter(({ text }) => text.includes("Anything else?")).length;
      if (closes !== resolved)
        problems.push(`${name}: resolved ${resolved} times, ${closes} close questions`);
      const eyes = Object.values(world.find(id)?.reactions ?? {})
        .flat()
        .filter((who) => who === world.botUser).length;
      if (eyes !== 1) problems.push(`${name}: ${eyes} eyes`);
    }
    if (requests.length !== written.length)
      problems.push(`${requests.length} requests of ${written.length} messages`);
    expect(requests.some(({ status }) => status === "resolved")).toBe(true);
    expect(problems, outside.log()).toEqual([]);
    expect(await bot.stop()).toBe(0);
  });
});
