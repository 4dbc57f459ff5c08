import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { acts } from "../../src/acts/catalogue.ts";
import { call, forge } from "../support/forged.ts";
import { makeTown, type PlatformName, type Town } from "../support/town.ts";

const outsiders = ["olmo", "hugo", "robot"] as const;
const kind = { olmo: "a customer", hugo: "a helper", robot: "a bot" } as const;
const NOT_YOURS = "That's for the team here";

describe.each<PlatformName>(["slack", "discord"])("who may do what on %s", (name) => {
  let town: Town;
  beforeAll(async () => {
    town = await makeTown(name, { guests: [...outsiders], channels: [{ name: "lounge", mode: "manual" }] });
  });
  afterEach(() => expect(town.refusals.splice(0)).toEqual([]));
  afterAll(() => town?.close());

  let customers = 0;
  async function opened(customer?: string) {
    customers += 1;
    const who = customer ?? town.newcomer(`Customer No${customers}`);
    const words = `I was charged twice for bill ${customers}, can I get one back?`;
    const id = await town.world.say(who, town.channel.help, words);
    await town.settled();
    const card = await town.card(words);
    const text = () => town.world.find(card.id)?.text ?? "";
    const number = Number(/^#(\d+)/.exec(text())?.[1]);
    const row = await town.bot.app.context.db.request.findFirstOrThrow({ where: { number } });
    return { customer: who, id, card: card.id, number, uuid: row.id, text };
  }

  describe.each(outsiders)("%s, who is an outsider in the team channel,", (outsider) => {
    let who: string;
    let request: Awaited<ReturnType<typeof opened>>;
    let before: string;
    beforeEach(async () => {
      who = town.person[outsider];
      request = await opened();
      before = request.text();
    });
    afterEach(async () => {
      await town.settled();
      expect(request.text()).toBe(before);
      expect(town.world.modal(who)).toBeNull();
    });

    test(`as ${kind[outsider]} is refused every command`, async () => {
      const { number } = request;
      const commands = [
        "/request list",
        `/request show ${number}`,
        `/request claim ${number}`,
        `/request assign ${number} <@${who}>`,
        `/request handover ${number} <@${who}> mine now`,
        `/request release ${number}`,
        `/request tier ${number} 1`,
        `/request wait ${number}`,
        `/request resolve ${number} done`,
        `/request reopen ${number}`,
        "/queue",
        "/digest now",
        ...(name === "slack" ? ["/request", "/request claim", "/request foo"] : []),
      ];
      for (const command of commands) {
        const shown = await town.answerTo(who, () => town.world.slash(who, town.channel.team, command));
        expect(shown, command).toContain(NOT_YOURS);
      }
    });

    test(`as ${kind[outsider]} is refused every button and menu of the card`, async () => {
      for (const label of ["Claim", "Waiting on customer", "Resolve"]) {
        const shown = await town.answerTo(who, () => town.world.press(who, request.card, label));
        expect(shown, label).toContain(NOT_YOURS);
      }
      const shown = await town.answerTo(who, () => town.world.choose(who, request.card, "Feedback"));
      expect(shown).toContain(NOT_YOURS);
    });

    test(`as ${kind[outsider]} is refused every shortcut`, async () => {
      const labels = [
        "Why?",
        "Waiting on customer",
        "Resolve this request",
        "Request actions",
        "Track as a request",
      ];
      for (const label of labels) {
        const shown = await town.answerTo(who, () =>
          town.world.shortcut(who, town.channel.help, request.id, label),
        );
        expect(shown, label).toContain(NOT_YOURS);
      }
    });

    test(`as ${kind[outsider]} is refused every form, even one never shown to them`, async () => {
      const args = {
        request: request.uuid,
        line: "Hello",
        by: "in 2 h",
        note: "Done",
        text: "More",
        name: "Cause",
      };
      for (const act of [
        "say_back",
        "apologise",
        "resolve",
        "something_else",
        "other_cause",
        "cause",
        "not_now",
      ]) {
        const answer = await town.bot.app.act(
          call(town, who, "modal", act, { ...args, team: "x", cause: "x" }),
        );
        expect(answer, act).toEqual({ kind: "error", text: expect.stringContaining(NOT_YOURS) });
      }
      expect(town.under(request.id)).toEqual([]);
    });

    test(`as ${kind[outsider]} is refused every act there is, through a button`, async () => {
      const acts = [
        "claim",
        "wait",
        "resolve",
        "reopen",
        "on_it",
        "hand_over",
        "draft_apology",
        "show",
        "good",
        "not_fixed",
        "something_else",
        "take_cause",
      ];
      for (const act of acts) {
        const forged = await forge(town, act, { request: request.uuid });
        const shown = await town.answerTo(who, () => town.world.press(who, forged, "Forged"));
        expect(shown, act).toContain(NOT_YOURS);
      }
      const live = await forge(town, "go_live", { channel: town.channel.help });
      const shown = await town.answerTo(who, () => town.world.press(who, live, "Forged"));
      expect(shown).toContain("That's for a lead of this team");
    });

    test(`as ${kind[outsider]} is refused every act of the catalogue, with whatever it carries`, async () => {
      const args = { request: request.uuid, who, offer: "0", pledge: "first_answer", brief: "x", tier: "1" };
      const ids = {
        letter: request.uuid,
        shift: request.uuid,
        team: request.uuid,
        test: "x",
        cause: request.uuid,
      };
      const events = async () => {
        const rows = await town.bot.app.context.db.requestEvent.findMany({
          where: { requestId: request.uuid },
        });
        return rows.map((row) => row.kind);
      };
      const at = await events();
      for (const { name: act } of acts) {
        const answer = await town.bot.app.act(call(town, who, "button", act, { ...args, ...ids }));
        expect(answer, act).toEqual({
          kind: "error",
          text: expect.stringMatching(/^That's for (the team here|a lead of this team)/),
        });
      }
      expect(await events()).toEqual(at);
    });

    test(`as ${kind[outsider]} opens nothing for others with the 🎫`, async () => {
      const { world } = town;
      const lounge = town.place("lounge");
      const other = town.newcomer(`Lounger ${outsider}`);
      const id = await world.say(other, lounge, "The export fails with an error for me");
      await town.settled();
      await world.react(who, lounge, id, town.emoji("ticket"));
      await town.settled();
      expect(town.cards().filter(({ text }) => text.includes(`Lounger ${outsider}`))).toEqual([]);
    });
  });

  test("a customer may close their own request and nobody else's, and may not work on their own", async () => {
    const { world, person } = town;
    const request = await opened(town.newcomer("Rita Own"));
    await town.answerTo(person.ana, () =>
      world.slash(person.ana, town.channel.team, `/request resolve ${request.number} We refunded it`),
    );
    await town.settled();
    const question = await town.until("the question", () =>
      town.under(request.id).find(({ controls }) => controls.length > 0),
    );
    for (const who of [person.olmo, person.hugo]) {
      for (const label of ["All good", "Not fixed", "Something else"]) {
        const shown = await town.answerTo(who, () => world.press(who, question.id, label));
        expect(shown).toContain(NOT_YOURS);
      }
    }
    expect(request.text()).toMatch(/Status\s+resolved/);
    await world.press(request.customer, question.id, "All good");
    await town.settled();
    expect(request.text()).toMatch(/Status\s+closed/);
    const shown = await town.answerTo(request.customer, () =>
      world.slash(request.customer, town.channel.help, `/request reopen ${request.number}`),
    );
    expect(shown).toContain(NOT_YOURS);
  });

  test("a button that carries the request of another workspace changes nothing there and shows nothing of it", async () => {
    const { world, person, bot } = town;
    const { uuid } = await opened();
    const foreign = await abroad(town, uuid);
    for (const act of ["claim", "wait", "resolve", "tier", "show", "reopen", "hand_over", "draft_apology"]) {
      const forged = await forge(town, act, { request: foreign, tier: "1" });
      const shown = await town.answerTo(person.ana, () => world.press(person.ana, forged, "Forged"));
      expect(shown, act).toContain("isn't here");
      expect(shown).not.toContain("charged twice");
    }
    const about = acts.filter(({ args }) =>
      args.some(({ name, required }) => required && (name === "request" || name === "number")),
    );
    for (const { name: act } of about) {
      const args = {
        request: foreign,
        who: person.marc,
        offer: "0",
        tier: "1",
        brief: "x",
        line: "Hi",
        when: "in 2 h",
      };
      const answer = await bot.app.act(call(town, person.ana, "button", act, args));
      expect(answer, act).toEqual({ kind: "error", text: expect.stringContaining("isn't here") });
    }
    const said = await bot.app.act(
      call(town, person.ana, "modal", "say_back", { request: foreign, line: "Hi", by: "in 2 h" }),
    );
    expect(said.kind).toBe("error");
    await town.settled();
    const events = await bot.app.context.db.requestEvent.findMany({ where: { requestId: foreign } });
    expect(events.map((event) => event.kind)).toEqual(["opened"]);
  });

  test("a button with an act that does not exist, or an id that is none, does nothing", async () => {
    const { world, person } = town;
    const { text } = await opened();
    const before = text();
    for (const [act, args] of [
      ["destroy", {}],
      ["claim", { request: "not-an-id" }],
      ["claim", { request: "00000000-0000-4000-8000-000000000000" }],
      ["claim", {}],
      ["go_live", { channel: "C404" }],
    ] as const) {
      const forged = await forge(town, act, args);
      const shown = await town.answerTo(person.ana, () => world.press(person.ana, forged, "Forged"));
      expect(shown).not.toBe("");
    }
    await town.settled();
    expect(text()).toBe(before);
  });

  test("the same press delivered twice acts once and says nothing the second time", async () => {
    const { person, bot } = town;
    const { uuid, text } = await opened();
    const press = call(town, person.marc, "button", "wait", { request: uuid });
    const answers = await Promise.all([bot.app.act(press), bot.app.act(press)]);
    expect(answers.map(({ kind }) => kind).sort()).toEqual(["card", "nothing"]);
    await town.settled();
    expect(text()).toMatch(/Status\s+waiting/);
    const events = await bot.app.context.db.requestEvent.findMany({ where: { requestId: uuid } });
    expect(events.filter((event) => event.kind === "waiting")).toHaveLength(1);
  });
});

/** A copy of a request in a workspace of somebody else, kept in the same database. Resolves to its id. */
async function abroad(town: Town, uuid: string): Promise<string> {
  const { db } = town.bot.app.context;
  const ids = {
    workspace: "11111111-1111-4111-8111-111111111111",
    channel: "22222222-2222-4222-8222-222222222222",
    person: "33333333-3333-4333-8333-333333333333",
    request: "44444444-4444-4444-8444-444444444444",
  };
  await db.$executeRawUnsafe(
    "INSERT INTO workspace (id, platform, external_id, name) VALUES ($1::uuid, $2, 'T0OTHER', 'Other')",
    ids.workspace,
    town.name,
  );
  await db.$executeRawUnsafe(
    "INSERT INTO channel (id, workspace_id, external_id, name) VALUES ($1::uuid, $2::uuid, 'C0OTHER', 'help')",
    ids.channel,
    ids.workspace,
  );
  await db.$executeRawUnsafe(
    `INSERT INTO person (id, workspace_id, external_id, name, seen_at) VALUES ($1::uuid, $2::uuid, 'U0OTHER', 'Other', now())`,
    ids.person,
    ids.workspace,
  );
  const moved = JSON.stringify({
    id: ids.request,
    workspace_id: ids.workspace,
    channel_id: ids.channel,
    customer_id: ids.person,
    team_id: null,
    wake_at: null,
  });
  await db.$executeRawUnsafe(
    "INSERT INTO request SELECT (jsonb_populate_record(r, $1::jsonb)).* FROM request r WHERE id = $2::uuid",
    moved,
    uuid,
  );
  const event = JSON.stringify({
    id: 9_000_001,
    request_id: ids.request,
    workspace_id: ids.workspace,
    by_id: ids.person,
  });
  await db.$executeRawUnsafe(
    `INSERT INTO request_event SELECT (jsonb_populate_record(e, $1::jsonb)).* FROM request_event e
     WHERE request_id = $2::uuid AND seq = 0`,
    event,
    uuid,
  );
  return ids.request;
}
