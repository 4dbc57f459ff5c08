// Small talk of many channels at one moment: few statements, each line told of by itself.
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSmallTalk } from "../../src/app/small-talk.ts";
import { readMessage } from "../../src/domain/triage/read.ts";
import { openStore, type Store } from "../../src/store/client.ts";
import type { Direct } from "../../src/store/direct.ts";
import { decidedOf, type SmallTalk } from "../../src/store/heard.ts";
import { freshDatabase } from "../support/database.ts";

const NOW = Date.UTC(2026, 10, 27, 12, 0);
const CHANNELS = 12;
let db: Store;
let workspace = "";
let person = "";
let channels: readonly string[] = [];

beforeAll(async () => {
  db = openStore((await freshDatabase()).url, { connections: 3 });
  workspace = (await db.workspace.create({ data: { platform: "slack", externalId: "T1", name: "Olivar" } }))
    .id;
  const somebody = { workspaceId: workspace, externalId: "U1", name: "Ada", seenAt: new Date(NOW) };
  person = (await db.person.create({ data: somebody })).id;
  const made = Array.from({ length: CHANNELS }, (_, n) =>
    db.channel.create({
      data: { workspaceId: workspace, externalId: `C${n}`, name: `help-${n}`, cursorAt: new Date(NOW) },
    }),
  );
  channels = (await Promise.all(made)).map(({ id }) => id);
});
afterAll(() => db.$disconnect());

function line(channel: number, message: string, text = "haha nice"): SmallTalk {
  return {
    seen: { key: `slack:T1:C${channel}:${message}:posted`, at: NOW },
    heard: {
      ...{
        workspaceId: workspace,
        channelId: channels[channel] ?? "",
        author: person,
        team: false,
        request: null,
      },
      decided: decidedOf({ kind: "nothing", why: "chatter" }, readMessage(text)),
      event: {
        ...{
          kind: "message",
          at: NOW + 120_000,
          text,
          mentions: [],
          mentionsBot: false,
          files: [],
          replyTo: null,
        },
        where: { platform: "slack", workspace: "T1", channel: `C${channel}`, thread: null, message },
        author: {
          ...{ platform: "slack", workspace: "T1", id: "U1", name: "Ada", bot: false },
          ...{ external: false, company: null, fresh: false },
        },
        ...{ forumPost: false, title: null },
      },
    },
  };
}

/** The same database, with how many statements went to it. */
function counted(): { direct: Direct; statements(): number } {
  let made = 0;
  return {
    statements: () => made,
    direct: {
      ...db,
      direct: {
        ...db.direct,
        $queryRaw: (parts, ...values) => {
          made += 1;
          return db.direct.$queryRaw(parts, ...values);
        },
      },
      transact: db.transact,
    },
  };
}

const kept = (message: string) => db.heard.count({ where: { message } });

test("what comes while some is being kept is kept with one statement more", async () => {
  const { direct, statements } = counted();
  const keep = createSmallTalk(direct);
  const held = Promise.withResolvers<void>();
  const locked = Promise.withResolvers<void>();
  // Somebody else decides in the first channel: its line has to wait, and the others gather behind it.
  const other = db.transact(async (tx) => {
    await tx.$queryRaw`SELECT id FROM channel WHERE id = ${channels[0]}::uuid FOR NO KEY UPDATE`;
    locked.resolve();
    await held.promise;
  });
  await locked.promise;
  const first = keep(line(0, "together"));
  await Promise.resolve();
  const rest = channels.slice(1).map((_, n) => keep(line(n + 1, "together")));
  held.resolve();
  await other;
  expect(await Promise.all([first, ...rest])).toEqual(channels.map(() => true));
  expect(await kept("together")).toBe(CHANNELS);
  expect(statements()).toBe(2);
  const cursors = await db.channel.findMany({ select: { cursorAt: true } });
  expect(cursors.map(({ cursorAt }) => cursorAt?.getTime())).toEqual(channels.map(() => NOW + 120_000));
});

test("whose author has a request in the channel is left to the decision, and only that one", async () => {
  await db.request.create({
    data: {
      ...{ workspaceId: workspace, number: 1, channelId: channels[1] ?? "", customerId: person },
      ...{ status: "open", tier: 4, urgency: "calm", lang: "en", root: "r", terms: {} },
      ...{ openedAt: new Date(NOW), customerAt: new Date(NOW) },
    },
  });
  const keep = createSmallTalk(db);
  expect(await Promise.all([0, 1, 2].map((n) => keep(line(n, "beside"))))).toEqual([true, false, true]);
  expect(await kept("beside")).toBe(2);
});

test("a line that cannot be kept fails alone", async () => {
  const keep = createSmallTalk(db);
  const bad = { ...line(4, "broken"), seen: { key: "\0", at: NOW } };
  const told = await Promise.allSettled([keep(line(3, "broken")), keep(bad), keep(line(5, "broken"))]);
  expect(told.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await kept("broken")).toBe(2);
});
