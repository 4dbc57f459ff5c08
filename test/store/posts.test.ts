import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore, type Store } from "../../src/store/client.ts";
import type { Statements } from "../../src/store/direct.ts";
import { holdNewPosts, holdPost, keepPost, releasePost } from "../../src/store/posts.ts";
import { freshDatabase } from "../support/database.ts";

const NOW = Date.UTC(2026, 10, 26, 12, 0);
let db: Store;
let workspace = "";
let request = "";

beforeAll(async () => {
  db = openStore((await freshDatabase()).url, { connections: 2 });
  workspace = (await db.workspace.create({ data: { platform: "slack", externalId: "T1", name: "Olivar" } }))
    .id;
  const channel = await db.channel.create({
    data: { workspaceId: workspace, externalId: "C1", name: "help" },
  });
  const row = await db.request.create({
    data: {
      ...{
        workspaceId: workspace,
        number: 1,
        channelId: channel.id,
        customerId: crypto.randomUUID(),
        tier: 4,
      },
      ...{ status: "open", urgency: "calm", lang: "en", root: "r", terms: {} },
      ...{ openedAt: new Date(NOW), customerAt: new Date(NOW) },
    },
  });
  request = row.id;
});
afterAll(() => db.$disconnect());

const post = () => ({
  ...{ workspaceId: workspace, requestId: request, key: "card" },
  ...{ platform: "slack", place: "T1", channel: "C2" },
});

test("a post has one writer at a time, who learns which version of its request there is by then", async () => {
  const first = await holdPost(db.direct, post(), NOW);
  expect(first).toMatchObject({ known: null, suspect: false, version: 0 });
  expect(await holdPost(db.direct, post(), NOW + 1)).toBeNull();

  await keepPost(db.direct, post(), { workspace: "T1", channel: "C2", message: "m1", at: NOW }, "as it was");
  await db.request.update({ where: { id: request }, data: { version: { increment: 1 } } });
  const second = await holdPost(db.direct, post(), NOW + 2);
  expect(second).toMatchObject({ known: { message: "m1", at: NOW }, shown: "as it was", version: 1 });

  // Whoever died with it in hand gives it up after half a minute.
  expect(await holdPost(db.direct, post(), NOW + 40_000)).not.toBeNull();
  await releasePost(db.direct, post());
  expect(await holdPost(db.direct, { ...post(), requestId: null, key: "digest" }, NOW)).toMatchObject({
    version: null,
  });
});

test("new posts are held together, each by one writer", async () => {
  const [a, b] = [
    { ...post(), key: "new a" },
    { ...post(), key: "new b", channel: "C3" },
  ];
  const held = await db.transact((tx) => holdNewPosts(tx, [a, b], NOW));
  expect([...held.keys()]).toEqual(["new a", "new b"]);
  expect(held.get("new b")).toMatchObject({ known: null, suspect: false });
  expect((await db.transact((tx) => holdNewPosts(tx, [b], NOW))).get("new b")).toBeNull();
  expect(await holdPost(db.direct, b, NOW + 1)).toBeNull();
  // Whoever finds it held so for too long must look for it: it may stand there.
  expect(await holdPost(db.direct, b, NOW + 40_000)).toMatchObject({ known: null, suspect: true });
  const row = await db.post.findFirst({
    where: { key: "new b" },
    select: { channel: true, requestId: true },
  });
  expect(row).toEqual({ channel: "C3", requestId: request });
});

test("only what may be forgotten without saying a thing twice does not wait for the disk", async () => {
  const waits = (act: (tx: Statements) => Promise<unknown>) =>
    db.transact(async (tx) => {
      await tx.$executeRaw`SET LOCAL synchronous_commit = on`;
      await act(tx);
      const [row] = await tx.$queryRaw<
        { how: string }[]
      >`SELECT current_setting('synchronous_commit') AS how`;
      return row?.how === "on";
    });
  // Of its own in a second try, too, which would find the first one's held.
  const one = { ...post(), key: crypto.randomUUID() };
  const stands = { workspace: "T1", channel: "C2", message: "m2", at: NOW };
  expect(await waits((tx) => holdNewPosts(tx, [{ ...one, key: `${one.key} new` }], NOW))).toBe(true);
  expect(await waits((tx) => holdPost(tx, one, NOW))).toBe(true);
  // Taken over from somebody who may have posted it.
  expect(await waits((tx) => holdPost(tx, one, NOW + 40_000))).toBe(true);
  expect(await waits((tx) => keepPost(tx, one, stands, "shown"))).toBe(false);
  expect(await waits((tx) => holdPost(tx, one, NOW + 50_000))).toBe(false);
  expect(await waits((tx) => releasePost(tx, one))).toBe(false);
});
