import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore, type Store } from "../../src/store/client.ts";
import { earlierRequests } from "../../src/store/repeats.ts";
import { freshDatabase } from "../support/database.ts";

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 26, 12, 0);
let db: Store;
let workspace = "";
let channel = "";
const ana = crypto.randomUUID();
const luis = crypto.randomUUID();

beforeAll(async () => {
  db = openStore((await freshDatabase()).url, { connections: 1 });
  workspace = (await db.workspace.create({ data: { platform: "slack", externalId: "T1", name: "Olivar" } }))
    .id;
  channel = (await db.channel.create({ data: { workspaceId: workspace, externalId: "C1", name: "help" } }))
    .id;
  const company = await db.company.create({ data: { workspaceId: workspace, name: "Olivar" } });
  const open = (number: number, customer: string, hoursAgo: number, more: object = {}) =>
    db.request.create({
      data: {
        ...{ workspaceId: workspace, number, channelId: channel, customerId: customer, tier: 4 },
        ...{ status: "open", urgency: "calm", lang: "en", root: `r${number}`, terms: {} },
        ...{ openedAt: new Date(NOW - hoursAgo * HOUR), customerAt: new Date(NOW - hoursAgo * HOUR) },
        ...more,
      },
    });
  await open(1, ana, 1);
  await open(2, ana, 3, { companyId: company.id });
  await open(3, luis, 2, { companyId: company.id });
  await open(4, luis, 1);
  await open(5, ana, 2, { status: "dismissed" });
  await open(6, ana, 50);
  const first = await open(7, luis, 4, { companyId: company.id });
  await db.message.create({
    data: {
      ...{ workspaceId: workspace, requestId: first.id, channel: "C1", externalId: "m7", authorId: luis },
      ...{ role: "customer", text: "The till is down", at: new Date(NOW - 4 * HOUR) },
    },
  });
});
afterAll(() => db.$disconnect());

const earlier = (company: string | null) =>
  earlierRequests(db.direct, { workspaceId: workspace, customer: ana, company, since: NOW - 24 * HOUR });

test("a customer's own requests come first by their last word, without the dismissed and the old", async () => {
  expect((await earlier(null)).map(({ number }) => number)).toEqual([1, 2]);
  expect((await earlier("Nobody's")).map(({ number }) => number)).toEqual([1, 2]);
});

test("those of the same company are found, too, each once, with their first words", async () => {
  const found = await earlier("Olivar");
  expect(found.map(({ number }) => number)).toEqual([1, 3, 2, 7]);
  expect(found.at(-1)).toMatchObject({ words: "The till is down", earlier: [], customerAt: NOW - 4 * HOUR });
});

test("they are found by an index, however many requests there are", async () => {
  for (const [column, index] of [
    ["customer_id", "request_customer_id_customer_at_idx"],
    ["company_id", "request_of_company"],
  ]) {
    const plan = await db.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
      return tx.$queryRawUnsafe<Record<string, string>[]>(
        `EXPLAIN SELECT FROM request WHERE ${column} = '${ana}' AND customer_at > now()`,
      );
    });
    expect(JSON.stringify(plan)).toContain(index);
  }
});
