import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore, type Store } from "../../src/store/client.ts";
import { freshDatabase } from "../support/database.ts";

let db: Store;
beforeAll(async () => {
  db = openStore((await freshDatabase()).url, { connections: 1 });
  await db.direct.$executeRaw`CREATE TABLE note (n int PRIMARY KEY)`;
});
afterAll(() => db.$disconnect());

async function notes(): Promise<number[]> {
  const rows = await db.direct.$queryRaw<{ n: number }[]>`SELECT n FROM note ORDER BY n`;
  return rows.map(({ n }) => n);
}

test("what was sent along is committed with the rest, and what comes after is told then", async () => {
  const told: string[] = [];
  const counted = await db.transact(async (tx) => {
    tx.after(() => told.push("committed"));
    tx.along(tx.$executeRaw`INSERT INTO note VALUES (1)`);
    tx.along(tx.$executeRaw`INSERT INTO note VALUES (2)`);
    const [row] = await tx.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM note`;
    expect(told).toEqual([]);
    return row?.count;
  });
  expect(counted).toBe(2);
  expect(told).toEqual(["committed"]);
  expect(await notes()).toEqual([1, 2]);
});

test("a write sent along that fails undoes everything, and the connection serves the next", async () => {
  const told: string[] = [];
  const failing = db.transact(async (tx) => {
    tx.after(() => told.push("committed"));
    tx.along(tx.$executeRaw`INSERT INTO note VALUES (3)`);
    tx.along(tx.$executeRaw`INSERT INTO note VALUES (1)`);
  });
  await expect(failing).rejects.toThrow(/duplicate key/);
  expect(told).toEqual([]);
  expect(await notes()).toEqual([1, 2]);
});

test("what was asked goes to the server before whoever asked computes on", async () => {
  const computed = 300;
  const apart = await db.transact(async (tx) => {
    const time = () =>
      tx.$queryRaw<{ ms: number }[]>`SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms`;
    const before = time();
    tx.flush();
    const until = performance.now() + computed;
    while (performance.now() < until);
    const [[first], [second]] = await Promise.all([before, time()]);
    return (second?.ms ?? 0) - (first?.ms ?? 0);
  });
  expect(apart).toBeGreaterThan(computed / 3);
});

test("of what fails because something failed before it, only the first is told", async () => {
  const failing = db.transact(async (tx) => {
    tx.along(tx.$executeRaw`INSERT INTO note VALUES (1)`.catch(async (error) => Promise.reject(error)));
    tx.along(tx.$executeRaw`INSERT INTO note VALUES (5)`);
    await tx.$executeRaw`INSERT INTO note VALUES (6)`;
  });
  await expect(failing).rejects.toThrow(/duplicate key/);
  expect(await notes()).toEqual([1, 2]);
});

test("work that rejects undoes what it wrote", async () => {
  const failing = db.transact(async (tx) => {
    await tx.$executeRaw`INSERT INTO note VALUES (4)`;
    throw new Error("decided otherwise");
  });
  await expect(failing).rejects.toThrow("decided otherwise");
  expect(await notes()).toEqual([1, 2]);
});

test("a failure that was forgiven does not pass for a commit", async () => {
  const failing = db.transact(async (tx) => {
    await tx.$executeRaw`INSERT INTO note VALUES (1)`.catch(() => undefined);
    return "done";
  });
  await expect(failing).rejects.toThrow(/undone/);
});

test("a connection that breaks between two statements fails the next one, and nothing else", async () => {
  const cut = db.transact(async (tx) => {
    const [own] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
    const pid = own?.pid ?? 0;
    await db.$queryRaw`SELECT pg_terminate_backend(${pid}::int)`;
    for (let there = 1; there > 0; ) {
      const [left] = await db.$queryRaw<{ n: number }[]>`
        SELECT count(*)::int AS n FROM pg_stat_activity WHERE pid = ${pid}::int`;
      there = left?.n ?? 0;
    }
    await tx.$queryRaw`SELECT 1`;
  });
  await expect(cut).rejects.toThrow();
  expect(await notes()).toEqual([1, 2]);
});

test("a database that went away fails what was under way, and is found again", async () => {
  const cut = db.transact(async (tx) => {
    await tx.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`;
  });
  await expect(cut).rejects.toThrow();
  expect(await notes()).toEqual([1, 2]);
});
