import { afterAll, beforeAll, expect, test } from "vitest";
import type { Fact } from "../../src/domain/request/facts.ts";
import { openStore, type Store } from "../../src/store/client.ts";
import { appendFacts } from "../../src/store/commit.ts";
import { candidatesIn, loadRequest } from "../../src/store/load.ts";
import type { MessageRow } from "../../src/store/words.ts";
import { freshDatabase } from "../support/database.ts";
import { type Owing, owe, owingIn } from "../support/owed.ts";

const NOW = Date.UTC(2026, 10, 26, 12, 0);
let db: Store;
let owing: Owing;

beforeAll(async () => {
  db = openStore((await freshDatabase()).url, { connections: 2 });
  owing = await owingIn(db, "slack", "T1", { channels: ["C1"], owners: ["U1"], customer: "U2" });
});
afterAll(() => db.$disconnect());

const late: Fact = { kind: "told_late", pledge: "first_answer", at: NOW, by: null };
const said = (externalId: string): MessageRow => ({
  ...{ channel: "C1", thread: "m0", externalId, authorId: owing.customer, role: "customer" },
  ...{ text: "Still there", files: [], at: NOW },
});

async function one(): Promise<string> {
  const [id] = await owe(db, owing, [3], { now: NOW, missed: true });
  if (!id) throw new Error("no request was written");
  return id;
}

async function load(id: string) {
  const request = await loadRequest(db.direct, id);
  if (!request) throw new Error(`no request ${id}`);
  return request;
}

test("facts and messages are added together; a message that is kept stays as it is", async () => {
  const id = await one();
  for (let round = 0; round < 2; round += 1) {
    const request = await load(id);
    await db.transact(async (tx) => {
      await appendFacts(tx, request, { facts: [late], messages: [said(`${id} a`)] }, NOW);
    });
  }
  const after = await load(id);
  expect(after.version).toBe(2);
  expect(after.history.filter(({ kind }) => kind === "told_late")).toHaveLength(2);
  expect(await db.message.count({ where: { requestId: id } })).toBe(1);
});

test("what somebody else changed since it was loaded fails the whole decision as a conflict", async () => {
  const id = await one();
  const stale = await load(id);
  await db.$executeRaw`UPDATE request SET version = version + 1 WHERE id = ${id}::uuid`;
  const deciding = db.transact(async (tx) => {
    await appendFacts(tx, stale, { facts: [late], messages: [said(`${id} a`)] }, NOW);
    tx.along(tx.$executeRaw`UPDATE request SET lang = 'es' WHERE id = ${id}::uuid`);
    // Whatever is asked after it fails, too, and says nothing of why.
    await tx.$queryRaw`SELECT 1`;
  });
  await expect(deciding).rejects.toMatchObject({ code: "version_conflict", fields: { request: id } });
  expect((await load(id)).history.map(({ kind }) => kind)).not.toContain("told_late");
  expect(await db.message.count({ where: { requestId: id } })).toBe(0);
  expect(await db.request.findUnique({ where: { id }, select: { lang: true } })).toEqual({ lang: "en" });
});

test("a request that stands in the thread of a message is read along as it would be loaded", async () => {
  const id = await one();
  const of = { workspaceId: owing.workspaceId, channelId: owing.channels[0] ?? "", channel: "C1" };
  const near = await candidatesIn(db.direct, { ...of, thread: "m0" });
  expect(near.candidates.map((candidate) => candidate.id)).toContain(id);
  expect(near.loaded(id)).toEqual(await load(id));
  expect(near.loaded(crypto.randomUUID())).toBeNull();
  expect(Object.keys(near.candidates[0] ?? {})).not.toContain("loaded");
});
