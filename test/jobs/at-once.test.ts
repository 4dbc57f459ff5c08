import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Delivery } from "../../src/app/context.ts";
import { nothingKnown } from "../../src/app/context.ts";
import { type AtOnce, createAtOnce, type Job } from "../../src/jobs/at-once.ts";
import { createLog } from "../../src/log.ts";

const silent = createLog("silent");

function job(id: string, group: string, spoken = false): Job {
  const delivery = { kind: "report", workspaceId: "", run: id } satisfies Delivery;
  return { id, delivery, group, spoken };
}

/** A hand that delivers when it is told to. */
function makeHand() {
  const begun: string[] = [];
  const settled: string[] = [];
  const put: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<void>>();
  const atOnce: AtOnce = createAtOnce({
    async deliver(delivery) {
      const id = delivery.kind === "report" ? delivery.run : "";
      begun.push(id);
      const end = Promise.withResolvers<void>();
      ends.set(id, end);
      await end.promise;
    },
    settle: async (ids) => void settled.push(...ids),
    later: async ({ id }) => void put.push(id),
    log: silent,
  });
  const until = async (holds: () => boolean) => {
    while (!holds()) await pause(1);
  };
  return { atOnce, begun, settled, put, ends, until };
}

test("of one group the next waits for the last; words come before what keeps a card fresh", async () => {
  const { atOnce, begun, ends, until, settled } = makeHand();
  atOnce.begin([job("card", "a"), job("words", "b", true)], nothingKnown());
  expect(begun).toEqual(["words"]);
  ends.get("words")?.resolve();
  await until(() => begun.includes("card"));
  atOnce.begin([job("card again", "a")], nothingKnown());
  expect(begun).toEqual(["words", "card"]);
  ends.get("card")?.resolve();
  await until(() => begun.includes("card again"));
  ends.get("card again")?.resolve();
  await atOnce.stop();
  expect(settled.toSorted()).toEqual(["card", "card again", "words"]);
});

test("nothing overtakes what went through the queue, and what fails goes there", async () => {
  const { atOnce, ends, until, put, settled, begun } = makeHand();
  expect(atOnce.takes("a")).toBe(true);
  atOnce.queued("a");
  expect(atOnce.takes("a")).toBe(false);
  expect(atOnce.takes("b")).toBe(true);
  atOnce.begin([job("fails", "b")], nothingKnown());
  await until(() => begun.length === 1);
  ends.get("fails")?.reject(new Error("not now"));
  await until(() => settled.length === 1);
  expect(put).toEqual(["fails"]);
  await atOnce.stop();
  expect(atOnce.takes("b")).toBe(false);
});
