// What several processes decide about on call and assignment at one moment, on one database: each has a store of its own.
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chooseOwner } from "../../src/domain/people/assignment.ts";
import { keepTurn, turnsOf } from "../../src/store/assigning.ts";
import { openStore, type Store } from "../../src/store/client.ts";
import { isSecondReport } from "../../src/store/failing.ts";
import { confirmPage, pageConfirmed } from "../../src/store/on-call.ts";
import { ensureChannel, ensurePerson, ensureTeam, ensureWorkspace } from "../../src/store/places.ts";
import { freshDatabase } from "../support/database.ts";

const NOW = Date.UTC(2026, 10, 24, 10);
const MINUTE = 60_000;

let stores: Store[];
let workspaceId: string;
let teamId: string;
let channelId: string;
let people: string[];
beforeAll(async () => {
  const { url } = await freshDatabase();
  stores = [openStore(url, { connections: 4 }), openStore(url, { connections: 4 })];
  const [db] = stores as [Store];
  workspaceId = await ensureWorkspace(db, { platform: "slack", id: "T1", name: "Olivar" });
  teamId = await ensureTeam(db, workspaceId, "Support");
  channelId = await ensureChannel(db, workspaceId, { id: "C1", name: "help" });
  people = await Promise.all(
    ["Ana", "Marc", "Lucía"].map((name, index) =>
      ensurePerson(db, workspaceId, { id: `U${index}`, name }, NOW),
    ),
  );
});
afterAll(() => Promise.all(stores.map((db) => db.$disconnect())));

const store = (index: number): Store => stores[index % stores.length] as Store;

/** Writes a request of tier 1 as an opening would, in the caller's transaction. */
async function insert(tx: Pick<Store["direct"], "$executeRaw">, number: number, at: number): Promise<string> {
  const id = uuid();
  await tx.$executeRaw`
    INSERT INTO request (id, workspace_id, number, channel_id, team_id, customer_id, status, tier, urgency, lang, root,
                         opened_at, customer_at, terms, updated_at)
    VALUES (${id}::uuid, ${workspaceId}::uuid, ${number}::int, ${channelId}::uuid, ${teamId}::uuid, ${people[0]}::uuid, 'open', 1,
            'calm', 'en', ${String(number)}, ${new Date(at)}::timestamptz, ${new Date(at)}::timestamptz, '{}', now())`;
  return id;
}

test("thirty requests at one moment, decided by two processes, go to three people in turn", async () => {
  const rule = { teamId, workspaceId, key: "team" };
  const given = await Promise.all(
    Array.from({ length: 30 }, (_, index) =>
      store(index).transact(async (tx) => {
        const { last } = await turnsOf(tx, rule, people);
        const to = chooseOwner(
          "round_robin",
          people.map((id) => ({ id, present: true, open: 0 })),
          last,
        );
        if (to === null) throw new Error("everybody is there");
        await keepTurn(tx, rule, to);
        return to;
      }),
    ),
  );
  expect(people.map((id) => given.filter((to) => to === id).length)).toEqual([10, 10, 10]);
});

test("of two first reports at one moment exactly one is the second", async () => {
  const both = await Promise.all(
    [1, 2].map((number) =>
      store(number).transact(async (tx) => {
        const second = await isSecondReport(tx, { id: null, workspaceId, teamId }, NOW);
        await insert(tx, number, NOW);
        return second;
      }),
    ),
  );
  expect(both.sort()).toEqual([false, true]);
});

test("a report long after the first is a first one again, and one of another team always is", async () => {
  const of = { id: null, workspaceId, teamId };
  const ask = (request: typeof of, now: number) =>
    store(0).transact((tx) => isSecondReport(tx, request, now));
  expect(await ask(of, NOW + 29 * MINUTE)).toBe(true);
  expect(await ask(of, NOW + 31 * MINUTE)).toBe(false);
  const other = await ensureTeam(store(0), workspaceId, "Billing");
  expect(await ask({ ...of, teamId: other }, NOW)).toBe(false);
});

test("a heard test page is remembered for its team, and not for one of another workspace", async () => {
  const [db] = stores as [Store];
  expect(await pageConfirmed(db.direct, teamId)).toBeNull();
  const elsewhere = { id: teamId, workspaceIds: [uuid()] };
  expect(await confirmPage(db.direct, elsewhere, people[0] ?? "", NOW)).toBeNull();
  expect(await pageConfirmed(db.direct, teamId)).toBeNull();
  expect(
    await confirmPage(db.direct, { id: teamId, workspaceIds: [workspaceId] }, people[0] ?? "", NOW),
  ).toBe("Support");
  expect(await pageConfirmed(db.direct, teamId)).toEqual({ at: NOW, by: people[0] });
});
