// A changed policy on very many open requests: the first at once, the others by themselves, also across a restart.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { madrid, makeTown, type PlatformName, type Town } from "../support/town.ts";

/** Beside the one that was opened; more than one go takes. */
const CLONES = 230;

describe.each<PlatformName>(["slack", "discord"])("a policy applied to many requests on %s", (name) => {
  let town: Town;
  beforeAll(async () => {
    town = await makeTown(name, { start: madrid("2026-11-24 10:00"), live: false });
    await town.world.say(town.person.marta, town.channel.help, "I was charged twice for November");
    await town.settled();
    await clone();
  });
  afterAll(() => town?.close());

  const db = () => town.bot.app.context.db;
  /** As many requests as one person could not open in a test's time, each with the history of the first. */
  async function clone(): Promise<void> {
    await db().$executeRaw`
      INSERT INTO request SELECT (jsonb_populate_record(null::request, to_jsonb(r) ||
        jsonb_build_object('id', gen_random_uuid(), 'number', r.number + n, 'root', r.root || '-' || n))).*
      FROM request r, generate_series(1, ${CLONES}::int) n`;
    await db().$executeRaw`
      INSERT INTO request_event (workspace_id, request_id, seq, kind, at, by_id, data)
      SELECT e.workspace_id, r.id, e.seq, e.kind, e.at, e.by_id, e.data
      FROM request_event e JOIN request of ON of.id = e.request_id AND of.number = 1
      JOIN request r ON r.number > 1`;
    await db().$executeRaw`
      INSERT INTO pledge SELECT (jsonb_populate_record(null::pledge, to_jsonb(p) || jsonb_build_object('request_id', r.id))).*
      FROM pledge p JOIN request of ON of.id = p.request_id AND of.number = 1 JOIN request r ON r.number > 1`;
  }
  const applied = () => db().requestEvent.count({ where: { kind: "terms" } });
  const until = async (what: string, done: () => Promise<boolean>) => {
    const deadline = performance.now() + 60_000;
    while (!(await done())) {
      if (performance.now() > deadline) throw new Error(`waited for ${what}: ${await applied()} applied`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const shown = async () => {
    const { ana } = town.person;
    const text = await town.answerTo(ana, () =>
      town.world.slash(ana, town.channel.team, "/siempre policy apply"),
    );
    return { text, id: town.privately(ana).at(-1)?.id ?? "" };
  };
  const told = () => town.privately(town.person.ana).filter(({ direct }) => direct === town.person.ana);

  test("all of them get it, each once and recorded, and the lead hears when it is done", {
    timeout: 120_000,
  }, async () => {
    const { ana } = town.person;
    const all = CLONES + 1;
    await town.restart({ policy: "promises: { money: { first answer: 3 h } }" });
    const preview = await shown();
    expect(preview.text).toContain(`${all} open requests would get other terms`);
    const answer = await town.answerTo(ana, () =>
      town.world.press(ana, preview.id, `Apply to ${all} requests`),
    );
    expect(answer).toContain("Applied to 200 so far. The others follow by themselves");
    await until("all of them", async () => (await applied()) === all);
    await until("the word to the lead", async () =>
      told().some(({ text }) => text.includes(`Applied to ${all} requests. Their histories say so.`)),
    );
    const byHer = await db().requestEvent.findMany({
      where: { kind: "terms" },
      select: { requestId: true, byId: true },
    });
    expect(new Set(byHer.map(({ requestId }) => requestId)).size).toBe(all);
    expect(new Set(byHer.map(({ byId }) => byId)).size).toBe(1);
    const due = await db().pledge.findMany({ distinct: ["dueAt"], select: { dueAt: true } });
    expect(due.map(({ dueAt }) => dueAt?.toISOString())).toEqual(["2026-11-24T12:00:00.000Z"]);
  });

  test("another policy that came meanwhile is not applied in its place: the lead hears how far it went", {
    timeout: 120_000,
  }, async () => {
    const { app } = town.bot;
    const [one] = await db().request.findMany({
      orderBy: { id: "asc" },
      take: 1,
      select: { id: true, workspaceId: true },
    });
    const ana = await app.context.people.find(name, town.world.workspace, town.person.ana);
    if (!one || !ana) throw new Error("there is a request, and Ana");
    // The go after the first, as the press left it, of a file that is not the one that now holds.
    const go = { id: "press", by: ana.id, policy: "an older file", after: one.id, done: 1 };
    const before = await applied();
    await db().transact((tx) =>
      app.context.outbox(tx, [{ kind: "apply_policy", workspaceId: one.workspaceId, go }]),
    );
    await until("the word to the lead", async () =>
      told().some(({ text }) => text.includes("The policy file changed meanwhile: 1 open")),
    );
    expect(await applied()).toBe(before);
  });
});
