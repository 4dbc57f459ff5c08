import { expect, test } from "vitest";
import { eachPlace } from "../../src/app/fairly.ts";

test("a channel's requests are looked at in their order, several channels at once", async () => {
  const done: string[] = [];
  let atOnce = 0;
  let most = 0;
  const items = ["a1", "b1", "a2", "c1", "b2", "a3"].map((id) => ({ id, channelId: id[0] ?? "" }));
  await eachPlace(items, async ({ id }) => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    await new Promise((resolve) => setImmediate(resolve));
    done.push(id);
    atOnce -= 1;
  });
  expect(most).toBe(3);
  expect(done.filter((id) => id.startsWith("a"))).toEqual(["a1", "a2", "a3"]);
  expect(done.filter((id) => id.startsWith("b"))).toEqual(["b1", "b2"]);
});
