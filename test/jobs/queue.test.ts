// The queue's workers, on a real database: what waits in it is done one after the other, without a pause between two.
import { expect, test, vi } from "vitest";
import { type Delivery, nothingKnown } from "../../src/app/context.ts";
import { startQueue } from "../../src/jobs/queue.ts";
import { createLog } from "../../src/log.ts";
import { openStore } from "../../src/store/client.ts";
import { freshDatabase } from "../support/database.ts";

const WORKSPACE = "00000000-0000-4000-8000-000000000001";
/** With half a second between two jobs of a worker this would take the six for words 25 s, and the two for cards 75. */
const WAITING = 300;

const request = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

test.each(["acknowledge", "card"] as const)(
  "a backlog of %s is worked off in one go",
  {
    timeout: 20_000,
  },
  async (kind) => {
    const { url } = await freshDatabase();
    const db = openStore(url);
    const queue = await startQueue(url, db, () => Date.now(), createLog("warn", { write: () => undefined }));
    const done = new Set<string>();
    const all = Promise.withResolvers<void>();
    const deliveries = Array.from({ length: WAITING }, (_, n): Delivery => {
      const notice = { kind, request: request(n) };
      return { kind: "notice", workspaceId: WORKSPACE, notice };
    });
    try {
      // Put before anybody works: it waits in the table, as after a restart or an outage.
      await db.transact((tx) => queue.put(tx, deliveries));
      expect(await queue.pending()).toBe(WAITING);
      await queue.work(async (delivery) => {
        if (delivery.kind === "notice") done.add(delivery.notice.request);
        if (done.size === WAITING) all.resolve();
      });
      await all.promise;
      expect([...done].toSorted()).toEqual(Array.from({ length: WAITING }, (_, n) => request(n)).toSorted());
    } finally {
      await queue.stop(1_000);
      await db.$disconnect();
    }
  },
);

test("what is said at once is prepared before its commit, with what was known when it was put", async () => {
  const { url } = await freshDatabase();
  const db = openStore(url);
  const queue = await startQueue(url, db, () => Date.now(), createLog("warn", { write: () => undefined }));
  const told: string[] = [];
  let n = 0;
  try {
    await queue.work(
      async () => void told.push("delivered"),
      (delivery, known) => {
        const id = delivery.kind === "notice" ? delivery.notice.request : "";
        told.push(known.views.has(id) ? "prepared" : "prepared without its request");
      },
    );
    // Until the queue was seen to be empty everything goes through it, and is not prepared.
    await vi.waitFor(async () => {
      told.length = 0;
      n += 1;
      const known = nothingKnown();
      await db.transact(async (tx) => {
        const notice = { kind: "acknowledge", request: request(n) } as const;
        const put = queue.put(tx, [{ kind: "notice", workspaceId: WORKSPACE, notice }], known);
        known.views.set(request(n), Promise.resolve(null));
        await put;
        told.push("committed");
      });
      expect(told.slice(0, 2)).toEqual(["prepared", "committed"]);
    }, 10_000);
    await vi.waitFor(() => expect(told).toEqual(["prepared", "committed", "delivered"]), 10_000);
  } finally {
    await queue.stop(1_000);
    await db.$disconnect();
  }
});
