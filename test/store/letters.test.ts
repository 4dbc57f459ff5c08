// Two processes gather what waits, or notice that somebody is back, at one moment: it is told once.
import { afterAll, beforeAll, expect, test } from "vitest";
import { awaySince, endedAbsences, noticeEnd } from "../../src/store/absences.ts";
import { setAway } from "../../src/store/availability.ts";
import { openStore, type Store } from "../../src/store/client.ts";
import {
  holdLetters,
  insertLetters,
  lettersIn,
  nextLetter,
  putBack,
  takeLetters,
  waitingLetters,
  wakeLettersOf,
} from "../../src/store/letters.ts";
import { ensurePerson, ensureWorkspace } from "../../src/store/places.ts";
import { freshDatabase } from "../support/database.ts";

const NOW = Date.UTC(2026, 10, 24, 10);
const HOUR = 3_600_000;
const MESSAGES = [1, 2].map((end) => `0199aaaa-0000-7000-8000-00000000000${end}`);

let one: Store;
let two: Store;
let workspaceId: string;
let ana: string;
beforeAll(async () => {
  const { url } = await freshDatabase();
  [one, two] = [openStore(url, { connections: 4 }), openStore(url, { connections: 4 })];
  workspaceId = await ensureWorkspace(one, { platform: "slack", id: "T1", name: "Olivar" });
  ana = await ensurePerson(one, workspaceId, { id: "U1", name: "Ana" }, NOW);
});
afterAll(() => Promise.all([one, two].map((db) => db?.$disconnect())));

const returned = (until: number) => ({
  ...{ workspaceId, requestId: null, person: ana, anyHour: false, until },
  body: { kind: "returned", from: until - HOUR, until } as const,
});

test("the same for the same person is one, and waits until its time", async () => {
  await one.transact((tx) => insertLetters(tx, [returned(NOW), returned(NOW), returned(NOW + HOUR)]));
  await two.transact((tx) => insertLetters(tx, [returned(NOW)]));
  expect(await waitingLetters(one.direct, NOW - 1, 10)).toEqual([]);
  expect((await waitingLetters(one.direct, NOW, 10)).map(({ person }) => person)).toEqual([ana]);
  expect(await nextLetter(one.direct, NOW)).toBe(NOW + HOUR);
});

test("of two who gather at once each takes what the other has not", async () => {
  const ids = (await waitingLetters(one.direct, NOW + HOUR, 10)).map(({ id }) => id);
  expect(ids).toHaveLength(2);
  const taken = await Promise.all(
    [one, two].map((db, index) =>
      db.transact((tx) => takeLetters(tx, ids, MESSAGES[index] ?? "", NOW + HOUR)),
    ),
  );
  expect(taken.toSorted()).toEqual([0, 2]);
  const told = await Promise.all(MESSAGES.map((message) => lettersIn(one.direct, message)));
  expect(told.map(({ length }) => length).toSorted()).toEqual([0, 2]);
  expect(await waitingLetters(one.direct, NOW + HOUR, 10)).toEqual([]);
});

test("a message that came too late waits again, and is looked at anew when its reader's hours change", async () => {
  const later = NOW + 20 * HOUR;
  for (const message of MESSAGES) await putBack(one.direct, message, later);
  expect(await waitingLetters(one.direct, later - 1, 10)).toEqual([]);
  await one.transact((tx) => wakeLettersOf(tx, ana, NOW + 2 * HOUR));
  const ids = (await waitingLetters(one.direct, NOW + 2 * HOUR, 10)).map(({ id }) => id);
  expect(ids).toHaveLength(2);
  await one.transact((tx) => holdLetters(tx, ids, later));
  expect(await nextLetter(one.direct, NOW)).toBe(later);
});

test("the end of an absence is noticed once, and one that replaced another counts from the first", async () => {
  const who = { workspaceId, person: ana };
  await setAway(one.direct, who, { from: NOW, until: NOW + 5 * HOUR, backup: null });
  await setAway(one.direct, who, { from: NOW + 2 * HOUR, until: NOW + 3 * HOUR, backup: null });
  const ended = await endedAbsences(one.direct, NOW + 3 * HOUR, 10);
  expect(ended.map(({ from, until }) => [from - NOW, until - NOW])).toEqual([
    [0, 2 * HOUR],
    [2 * HOUR, 3 * HOUR],
  ]);
  const [, last] = ended;
  expect(await awaySince(one.direct, { person: ana, from: last?.from ?? 0 })).toBe(NOW);
  const noticed = await Promise.all(
    [one, two].map((db) => db.transact((tx) => noticeEnd(tx, last?.id ?? "", NOW + 3 * HOUR))),
  );
  expect(noticed.toSorted()).toEqual([false, true]);
  expect(await endedAbsences(one.direct, NOW + 3 * HOUR, 10)).toHaveLength(1);
});
