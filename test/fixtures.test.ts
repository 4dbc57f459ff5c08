// What is recorded names where it is from, and holds nothing of anybody real.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = "test/fixtures";

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

const folders = readdirSync(ROOT).filter((name) => statSync(join(ROOT, name)).isDirectory());
const recorded = folders.flatMap((folder) => filesIn(join(ROOT, folder)));

describe.each(folders)("the fixtures of %s", (folder) => {
  const readme = readFileSync(join(ROOT, folder, "README.md"), "utf8");

  test("name the documents or the hand they are from, and that the people in them are invented", () => {
    expect(readme).toMatch(/docs\.slack\.dev|docs\.discord\.com|in the shapes the exporters write/);
    expect(readme).toMatch(/invented/);
  });

  test("keep the licence of what was taken from a vendor", () => {
    const taken = /licence/i.test(readme);
    const licences = filesIn(join(ROOT, folder)).filter((path) => basename(path).startsWith("LICENSE"));
    expect(licences.length > 0).toBe(taken);
    for (const path of licences) expect(readFileSync(path, "utf8")).toMatch(/Copyright/i);
  });
});

test.each<[what: string, pattern: RegExp]>([
  ["token of Slack", /\bxox[a-z]-[0-9a-z-]{6,}|\bxapp-[0-9a-z-]{6,}/gi],
  ["token of Discord", /\b[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,}/g],
  ["address that answers to anybody who has it", /hooks\.slack\.com\/(?!\w+\/T0ACME001\/1\/scrubbed)[\w/]+/g],
  ["mailbox", /\b[\w.+-]+@(?!example\.|acme\.)[a-z0-9-]+\.(?:com|org|net|io|dev|co|es|eu)\b/gi],
  [
    "picture of a person",
    /gravatar\.com\/avatar\/[0-9a-f]{8,}|avatars\.slack-edge\.com|cdn\.discordapp\.com\/avatars/g,
  ],
])("no fixture has a %s", (_, pattern) => {
  // Discord's own description is unchanged, and the vendors' schemas are.
  const ours = recorded.filter((path) => !/openapi\.json$|schema\.|LICENSE/.test(path));
  expect(ours.length).toBeGreaterThan(60);
  const found = ours.flatMap((path) => {
    const hits = readFileSync(path, "utf8").match(pattern) ?? [];
    return hits.map((hit) => `${path}: ${hit.slice(0, 12)}…`);
  });
  expect(found).toEqual([]);
});
