// What the local Slack sends, field by field, beside the vendor's samples (test/fixtures/slack/samples).
import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { allowed, excuses } from "./slack/allowed.ts";
import { recorded } from "./slack/recorded.ts";
import { differences } from "./slack/shape.ts";

const folder = "test/fixtures/slack/samples";
const names = ["events", "interactive", "api"].flatMap((kind) =>
  readdirSync(`${folder}/${kind}`).map((file) => `${kind}/${file.replace(/\.json$/, "")}`),
);

let sent: Map<string, Record<string, unknown>[]>;
beforeAll(async () => {
  sent = await recorded();
});

/** Every difference as `missing NAME PATH` or `extra NAME PATH`. */
function found(name: string): string[] {
  const sample = JSON.parse(readFileSync(`${folder}/${name}.json`, "utf8"));
  const { missing, extra } = differences(sample, sent.get(name));
  return [
    ...missing.map((path) => `missing ${name} ${path}`),
    ...extra.map((path) => `extra ${name} ${path}`),
  ];
}

describe("the local Slack sends", () => {
  test.each(names)("%s with the fields of the sample", (name) => {
    expect(sent.get(name), `nothing was sent as ${name}`).toBeDefined();
    expect(found(name).filter((one) => !allowed.some((entry) => excuses(entry, one)))).toEqual([]);
  });

  test("nothing the samples do not know, but the methods that have none", () => {
    const unknown = [...sent.keys()].filter((name) => !names.includes(name));
    // Their answers hold a message or a view, which the events and interactions are compared by; channel_unarchive is
    // channel_archive by another name.
    expect(unknown.sort()).toEqual([
      "api/chat.postMessage",
      "api/views.open",
      "events/ChannelUnarchivePayload",
    ]);
  });

  test("with no more exceptions than are needed", () => {
    const all = names.flatMap(found);
    const stale = allowed.filter((entry) => !all.some((one) => excuses(entry, one)));
    expect(stale.map(({ because }) => because)).toEqual([]);
  });
});

describe("the comparison", () => {
  test("names what is missing and what is extra, at any depth and in lists", () => {
    const sample = { a: "", list: [{ b: { c: "", d: 1 } }, { e: "" }], empty: [], nothing: null };
    expect(
      differences(sample, { a: 1, list: [{ b: { c: "" } }], empty: [{ f: 1 }], nothing: { g: 1 }, h: 1 }),
    ).toEqual({
      missing: ["list.b.d", "list.e"],
      extra: ["h"],
    });
    expect(differences(sample, [sample, { a: 2 }])).toEqual({ missing: [], extra: [] });
  });
});
