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

/** The adapter's own fixtures, each with the sample it was filled in from. */
const filledIn: Readonly<Record<string, string>> = {
  "app-mention": "events/AppMentionPayload",
  button: "interactive/BlockActionPayload",
  closed: "interactive/ViewClosedPayload",
  "member-joined": "events/MemberJoinedChannelPayload",
  "member-left": "events/MemberLeftChannelPayload",
  menu: "interactive/BlockActionPayload",
  message: "events/MessagePayload",
  "message-bot": "events/MessageBotPayload",
  "message-broadcast": "events/MessageThreadBroadcastPayload",
  "message-connect-reply": "events/MessagePayload",
  "message-deleted": "events/MessageDeletedPayload",
  "message-edited": "events/MessageChangedPayload",
  "message-file": "events/MessageFileSharePayload",
  "message-joined": "events/MessageChannelJoinPayload",
  "message-tombstone": "events/MessageChangedPayload",
  "message-topic": "events/MessageChannelTopicPayload",
  "message-unfurled": "events/MessageChangedPayload",
  "people-menu": "interactive/BlockActionPayload",
  "reaction-added": "events/ReactionAddedPayload",
  "reaction-removed": "events/ReactionRemovedPayload",
  shortcut: "interactive/MessageShortcutPayload",
  slash: "interactive/SlashCommandPayload",
  submission: "interactive/ViewSubmissionPayload",
};

describe("the adapter's fixtures", () => {
  test("are all here", () => {
    const files = readdirSync("test/fixtures/slack").filter((file) => file.endsWith(".json"));
    const fixtures = files.map((file) => file.replace(/\.json$/, "")).filter((name) => name !== "vocabulary");
    expect(fixtures.sort()).toEqual(Object.keys(filledIn).sort());
  });

  test.each(Object.entries(filledIn))("%s has no field that Slack's sample lacks", (fixture, name) => {
    const sample = JSON.parse(readFileSync(`${folder}/${name}.json`, "utf8"));
    const payload = JSON.parse(readFileSync(`test/fixtures/slack/${fixture}.json`, "utf8"));
    const extra = differences(sample, payload).extra.map((path) => `extra ${name} ${path}`);
    expect(extra.filter((one) => !allowed.some((entry) => excuses(entry, one)))).toEqual([]);
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
