import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore, type Store } from "../../src/store/client.ts";
import { holdPost, keepPost, releasePost } from "../../src/store/posts.ts";
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
