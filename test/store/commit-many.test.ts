import { afterAll, beforeAll, expect, test } from "vitest";
import type { Fact } from "../../src/domain/request/facts.ts";
import { openStore, type Store } from "../../src/store/client.ts";
import { appendToMany } from "../../src/store/commit-many.ts";
import { loadDue, loadRequest } from "../../src/store/load.ts";
import { freshDatabase } from "../support/database.ts";
import { type Owing, owe, owingIn } from "../support/owed.ts";

const NOW = Date.UTC(2026, 10, 26, 12, 0);
const looked: Fact = { kind: "told_late", pledge: "first_answer", at: NOW, by: null };
let db: Store;
let owing: Owing;

beforeAll(async () => {
  db = openStore((await freshDatabase()).url, { connections: 2 });
  const ids = { channels: ["C1"], owners: ["U1"], customer: "U2" };
  owing = await owingIn(db, "slack", "T1", ids);
});
afterAll(() => db.$disconnect());

test("what somebody else changed is left alone, and the others are written", async () => {
  const ids = await owe(db, owing, [2, 3, 4], { now: NOW, missed: true });
  const written = await db.transact(async (tx) => {
    const { requests } = await loadDue(tx, ids, NOW);
    await tx.$executeRaw`UPDATE request SET version = version + 1 WHERE id = ${ids[1]}::uuid`;
    const additions = requests.map((request) => ({ request, facts: [looked] }));
    return appendToMany(tx, additions, () => null, NOW);
  });
  expect([...written.keys()].toSorted()).toEqual([ids[0], ids[2]].toSorted());
  const kinds = await Promise.all(
    ids.map(async (id) => (await loadRequest(db.direct, id))?.history.map(({ kind }) => kind)),
  );
  expect(kinds.map((each) => each?.includes("told_late"))).toEqual([true, false, true]);
  expect(await db.pledge.count({ where: { requestId: { in: ids } } })).toBe(3);
});

test("equal terms are one object, and what wakes later is not loaded", async () => {
  const ids = await owe(db, owing, [2, 2], { now: NOW, missed: true });
  await db.$executeRaw`UPDATE request SET wake_at = ${new Date(NOW + 1)} WHERE id = ${ids[1]}::uuid`;
  const both = await db.transact((tx) => loadDue(tx, ids, NOW + 1));
  expect(both.requests).toHaveLength(2);
  expect(both.requests[0]?.terms).toBe(both.requests[1]?.terms);
  const due = await db.transact((tx) => loadDue(tx, ids, NOW));
  expect(due.requests.map(({ id }) => id)).toEqual([ids[0]]);
});
