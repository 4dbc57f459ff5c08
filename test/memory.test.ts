// How much room the process takes (decision 0025): the bench's memory run holds what it comes to.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isTight } from "../src/main/memory.ts";

const MB = 2 ** 20;

test("the process keeps small from 190 MB on, until it has given much of it back", () => {
  const seen = [150, 185, 189, 191, 188, 180, 173, 171, 185, 189, 195].map((resident) => resident * MB);
  let tight = false;
  const told = seen.map((resident) => {
    tight = isTight(resident, tight);
    return tight;
  });
  expect(told).toEqual([false, false, false, true, true, true, true, false, false, false, true]);
});

test("with room again it grows as it did from the start", () => {
  const root = join(import.meta.dirname, "..");
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const [flag] = /--heap-growing-percent=\d+/.exec(scripts.start) ?? [];
  expect(flag).toBeDefined();
  expect(readFileSync(join(root, "src/main/memory.ts"), "utf8")).toContain(`"${flag}"`);
});
