import { afterAll, beforeAll, expect, test } from "vitest";
import { isAvailable } from "../../src/domain/people/availability.ts";
import { ownHours } from "../../src/domain/people/written-hours.ts";
import type { Calendar } from "../../src/domain/policy.ts";
import { availabilityOf, comeBack, ownHoursOf, setAway, setHours } from "../../src/store/availability.ts";
import { openStore, type Store } from "../../src/store/client.ts";
import { ensurePerson, ensureWorkspace } from "../../src/store/places.ts";
import { freshDatabase } from "../support/database.ts";

const TUESDAY_10 = Date.UTC(2026, 10, 24, 10);
const HOUR = 3_600_000;
const nineToSix = [{ from: 540, to: 1080 }];
const team: Calendar = {
  timezone: "UTC",
  hours: { 1: nineToSix, 2: nineToSix, 3: nineToSix, 4: nineToSix, 5: nineToSix, 6: [], 7: [] },
  holidays: { region: null, days: [] },
};

let db: Store;
let workspaceId: string;
let marc: string;
let ana: string;
beforeAll(async () => {
  db = openStore((await freshDatabase()).url, { connections: 1 });
  workspaceId = await ensureWorkspace(db, { platform: "slack", id: "T1", name: "Olivar" });
  marc = await ensurePerson(db, workspaceId, { id: "U1", name: "Marc" }, TUESDAY_10);
  ana = await ensurePerson(db, workspaceId, { id: "U2", name: "Ana" }, TUESDAY_10);
});
afterAll(() => db.$disconnect());

const there = async (person: string, at: number) => {
  const availability = (await availabilityOf(db.direct, [person], () => team)).get(person);
  return availability ? isAvailable(availability, at) : null;
};

test("without hours of their own people work those of their team; own hours replace them, until they take them back", async () => {
  expect(await there(marc, TUESDAY_10)).toBe(true);
  const evenings = ownHours("mon-fri 18-22 Europe/Madrid");
  if ("fault" in evenings) throw new Error(evenings.fault);
  await setHours(db.direct, marc, evenings.value);
  expect(await ownHoursOf(db.direct, marc)).toEqual(evenings.value);
  expect(await there(marc, TUESDAY_10)).toBe(false);
  expect(await there(marc, TUESDAY_10 + 7 * HOUR)).toBe(true);
  await setHours(db.direct, marc, null);
  expect(await there(marc, TUESDAY_10)).toBe(true);
});

test("whoever is away is not there until then; a second word replaces the first, and coming back ends it", async () => {
  const away = (hours: number) =>
    setAway(
      db.direct,
      { workspaceId, person: marc },
      { from: TUESDAY_10, until: TUESDAY_10 + hours * HOUR, backup: ana },
    );
  await away(5);
  expect(await there(marc, TUESDAY_10 + HOUR)).toBe(false);
  await away(2);
  expect(await there(marc, TUESDAY_10 + 2 * HOUR)).toBe(true);
  const known = (await availabilityOf(db.direct, [marc], () => team)).get(marc);
  expect(known?.absences.map(({ backup }) => backup)).toContain(ana);
  expect(await comeBack(db.direct, marc, TUESDAY_10 + HOUR)).toBe(true);
  expect(await there(marc, TUESDAY_10 + HOUR)).toBe(true);
  expect(await comeBack(db.direct, marc, TUESDAY_10 + HOUR)).toBe(false);
});
