import { afterAll, beforeAll, expect, test } from "vitest";
import { readMessage } from "../../src/domain/triage/read.ts";
import { openStore, type Store } from "../../src/store/client.ts";
import {
  decidedOf,
  forgetHeard,
  keepHeard,
  keepSmallTalk,
  recentLines,
  rewordHeard,
} from "../../src/store/heard.ts";
import { freshDatabase } from "../support/database.ts";

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 26, 12, 0);
let db: Store;
let channel = "";
let workspace = "";
let person = "";

beforeAll(async () => {
  db = openStore((await freshDatabase()).url, { connections: 2 });
  const row = await db.workspace.create({ data: { platform: "slack", externalId: "T1", name: "Olivar" } });
  workspace = row.id;
  channel = (await db.channel.create({ data: { workspaceId: workspace, externalId: "C1", name: "help" } }))
    .id;
  person = (
    await db.person.create({
      data: { workspaceId: workspace, externalId: "U1", name: "Ada", seenAt: new Date(NOW) },
    })
  ).id;
});
afterAll(() => db.$disconnect());

async function hears(message: string, hoursAgo: number, text: string | null = "words"): Promise<void> {
  await db.heard.create({
    data: {
      channelId: channel,
      message,
      workspaceId: workspace,
      at: new Date(NOW - hoursAgo * HOUR),
      authorId: person,
      text,
      team: false,
      decision: {},
    },
  });
}

const lines = async () => (await recentLines(db.direct, channel, NOW)).map(({ line }) => line.id);

test("the last lines with words come oldest first, none older than a day, at most fifty", async () => {
  await hears("old", 25);
  await hears("silent", 2, null);
  for (let at = 0; at < 60; at += 1) await hears(`m${at}`, 10 - at / 10);
  const shown = await lines();
  expect(shown).toHaveLength(50);
  expect(shown[0]).toBe("m10");
  expect(shown.at(-1)).toBe("m59");
});

test("words are forgotten after a day, rows after two weeks, and what its author takes back at once", async () => {
  await hears("ancient", 15 * 24);
  await rewordHeard(db.direct, channel, "m59", null);
  await forgetHeard(db.direct, NOW);
  const rows = await db.heard.findMany({
    where: { channelId: channel },
    select: { message: true, text: true },
  });
  const kept = new Map(rows.map(({ message, text }) => [message, text]));
  expect(kept.has("ancient")).toBe(false);
  expect(kept.get("old")).toBeNull();
  expect(kept.get("m59")).toBeNull();
  expect(kept.get("m58")).toBe("words");
});

test("what was nothing by itself is read again with the talk it went on with", async () => {
  const event = {
    kind: "message",
    where: { platform: "slack", workspace: "T1", channel: "C1", thread: null, message: "odd" },
    at: NOW,
    author: {
      ...{ platform: "slack", workspace: "T1", id: "U1", name: "Ada" },
      ...{ bot: false, external: false, company: null, fresh: false },
    },
    ...{
      text: "haha",
      mentions: [],
      mentionsBot: false,
      files: [],
      replyTo: null,
      forumPost: false,
      title: null,
    },
  } as const;
  const decided = decidedOf({ kind: "nothing", why: "chatter", talk: "r-marta" }, readMessage("haha"));
  const kept = {
    workspaceId: workspace,
    channelId: channel,
    event,
    author: person,
    team: false,
    request: null,
  };
  await keepHeard(db.direct, { ...kept, decided });
  const [last] = (await recentLines(db.direct, channel, NOW)).slice(-1);
  expect(last).toMatchObject({ line: { text: "haha" }, request: null, talk: "r-marta" });
});

test("small talk is kept once, moves the cursor now and then, and never where its author has a request", async () => {
  const row = await db.channel.create({
    data: { workspaceId: workspace, externalId: "C2", name: "talk", cursorAt: new Date(NOW) },
  });
  const said = (message: string, at: number) => ({
    workspaceId: workspace,
    channelId: row.id,
    event: {
      ...{
        kind: "message" as const,
        at,
        text: "haha",
        mentions: [],
        mentionsBot: false,
        files: [],
        replyTo: null,
      },
      where: { platform: "slack" as const, workspace: "T1", channel: "C2", thread: null, message },
      author: {
        ...{ platform: "slack" as const, workspace: "T1", id: "U1", name: "Ada", bot: false },
        ...{ external: false, company: null, fresh: false },
      },
      ...{ forumPost: false, title: null },
    },
    author: person,
    team: false,
    request: null,
    decided: decidedOf({ kind: "nothing", why: "chatter" }, readMessage("haha")),
  });
  const line = (message: string, at: number) => ({
    heard: said(message, at),
    seen: { key: `slack:T1:C2:${message}:posted`, at },
  });
  const keep = async (message: string, at: number) =>
    (await keepSmallTalk(db.direct, [line(message, at)]))[0];
  const cursor = async () =>
    (await db.channel.findUniqueOrThrow({ where: { id: row.id } })).cursorAt?.getTime();
  const kept = async () =>
    (await recentLines(db.direct, row.id, NOW + HOUR)).map(({ line, talk }) => [line.id, talk]);

  expect(await keep("a", NOW + 1_000)).toBe(true);
  expect(await cursor()).toBe(NOW);
  expect(await keep("b", NOW + 61_000)).toBe(true);
  expect(await cursor()).toBe(NOW + 61_000);
  await rewordHeard(db.direct, row.id, "a", "changed since");
  // A delivery that comes again changes nothing.
  expect(await keep("a", NOW + 1_000)).toBe(true);
  expect((await recentLines(db.direct, row.id, NOW + HOUR)).map(({ line }) => line.text)).toEqual([
    "changed since",
    "haha",
  ]);
  expect(await kept()).toEqual([
    ["a", undefined],
    ["b", undefined],
  ]);

  await db.request.create({
    data: {
      ...{
        workspaceId: workspace,
        number: 1,
        channelId: row.id,
        customerId: person,
        status: "open",
        tier: 4,
      },
      ...{
        urgency: "calm",
        lang: "en",
        root: "r",
        openedAt: new Date(NOW),
        customerAt: new Date(NOW),
        terms: {},
      },
    },
  });
  expect(await keep("c", NOW + 200_000)).toBe(false);
  expect(await kept()).toHaveLength(2);
  expect(await db.seenEvent.count({ where: { key: { contains: ":C2:c" } } })).toBe(0);
  expect(await cursor()).toBe(NOW + 61_000);
});
