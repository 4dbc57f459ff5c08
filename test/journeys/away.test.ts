// The database refuses connections for a moment while people write: what is decided in the end is what would have been.
import { PrismaPg } from "@prisma/adapter-pg";
import { afterEach, describe, expect, test } from "vitest";
import { reads } from "../support/desk.ts";
import { madrid, makeTown, type PlatformName, type Town } from "../support/town.ts";

interface Refusing {
  /** The database takes no connection any more, and ends those it has. */
  refuse(): Promise<void>;
  accept(): Promise<void>;
  close(): Promise<void>;
}

/** Of the server's own: to clients it is down, as while it is restarted or handed over. */
async function refusing(databaseUrl: string): Promise<Refusing> {
  const url = new URL(databaseUrl);
  const name = url.pathname.slice(1);
  url.pathname = "postgres";
  const admin = await new PrismaPg({ connectionString: url.href, max: 1 }).connect();
  return {
    async refuse() {
      await admin.executeScript(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS false`);
      await admin.executeScript(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
      );
    },
    accept: async () =>
      void (await admin.executeScript(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS true`)),
    close: () => admin.dispose(),
  };
}

describe.each<PlatformName>(["slack", "discord"])("the database is away for a moment on %s", (name) => {
  let town: Town | undefined;
  let database: Refusing | undefined;
  afterEach(async () => {
    await database?.close();
    await town?.close();
    town = undefined;
  });

  /** What people wrote, and what came of it. */
  async function talk(away: boolean, forMs = 0) {
    const made = await makeTown(name, { start: madrid("2026-11-24 10:00"), channels: [{ name: "billing" }] });
    town = made;
    const { world, channel, person } = made;
    database = await refusing(made.databaseUrl);
    const olga = made.newcomer("Olga Ruz");
    const nils = made.newcomer("Nils Berg");
    await world.say(nils, made.place("billing"), "The export of invoices fails with an error, please help.");
    await made.settled();
    if (away) await database.refuse();
    // Two connections to Slack give no order to what is said within a millisecond: in the usual run people wait for it.
    const saidTo = async () => {
      if (!away) await made.settled();
      made.clock.advance(1_000);
    };
    const root = await world.say(olga, channel.help, "You charged me twice for October, please refund one.");
    await saidTo();
    await world.say(olga, channel.help, "It is the invoice with the number 1234.", { thread: root });
    await saidTo();
    await world.say(person.marc, channel.help, "We are looking into it, Olga.", { thread: root });
    await saidTo();
    const hello = await world.say(olga, channel.help, "Good morning everybody!");
    await saidTo();
    await world.remove(olga, channel.help, hello);
    if (away) {
      await new Promise((resolve) => setTimeout(resolve, forMs));
      await database.accept();
    }
    await made.settled();
    await made.pass(3);
    const db = made.bot.app.context.db;
    const requests = await db.request.findMany({
      orderBy: { number: "asc" },
      include: { events: { orderBy: { seq: "asc" } } },
    });
    const heard = await db.heard.findMany({ orderBy: { at: "asc" } });
    const picture = {
      requests: requests.map(({ status, tier, events }) => ({
        status,
        tier,
        history: events.map(({ kind, at }) => `${kind} ${at.getTime() - madrid("2026-11-24 10:00")}`),
      })),
      decided: heard.map(({ decision }) => {
        const { kind, why } = decision as { kind: string; why: string | null };
        return { kind, why };
      }),
      said: made.under(root).map(({ text }) => reads(text)),
      cards: made.cards().map(({ text }) => reads(text)),
    };
    await database.close();
    database = undefined;
    await made.close();
    town = undefined;
    return picture;
  }

  test.each([
    ["shorter than Slack waits for an acknowledgement", 700],
    ["longer, so that Slack delivers once more", 4_000],
  ])("%s: all is decided as it would have been, in its order", { timeout: 120_000 }, async (_, forMs) => {
    const usual = await talk(false);
    expect(usual.decided.map(({ kind }) => kind)).toEqual(["open", "open", "join", "answer", "courtesy"]);
    expect(await talk(true, forMs)).toEqual(usual);
  });
});
