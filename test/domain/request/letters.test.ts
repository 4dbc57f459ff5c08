// What waits for somebody's hours, and until when.
import { describe, expect, test } from "vitest";
import { isForOneMessage, waitsForHours, waitsUntil } from "../../../src/domain/request/letters.ts";
import { ANA, at, HUGO, LUIS, terms, when } from "./desk.ts";

describe("what is told in private without having been asked for", () => {
  const ana = { calendar: terms.calendar, absences: [] };

  test("is told while they work, and otherwise when they come", () => {
    expect(waitsUntil(ana, at("17:59"))).toBeNull();
    expect(when(waitsUntil(ana, at("18:00")))).toBe("Wed 9:00");
    expect(waitsUntil(ana, at("Sat 12:00"))).toBe(Date.UTC(2026, 10, 30, 8));
    const away = { ...ana, absences: [{ from: at("10:00"), until: at("Fri 11:00"), backup: null }] };
    expect(when(waitsUntil(away, at("12:00")))).toBe("Fri 11:00");
  });

  test("does not wait for whoever is not known, or never works", () => {
    const never = { ...terms.calendar, hours: { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] } };
    expect(waitsUntil(undefined, at("3:00"))).toBeNull();
    expect(waitsUntil({ calendar: never, absences: [] }, at("3:00"))).toBeNull();
  });

  test("is everything about who has it, and no page, nor what answers their own act", () => {
    const waits = [
      "given",
      "handover",
      "ownership",
      "stand_in",
      "too_many",
      "signal",
      "look_in",
      "follow_up",
    ] as const;
    const comes = [
      "page",
      "page_taken",
      "page_unanswered",
      "word",
      "causes",
      "card",
      "late",
      "new_owner",
    ] as const;
    expect(waits.filter((kind) => !waitsForHours({ kind }))).toEqual([]);
    expect(comes.filter((kind) => waitsForHours({ kind }))).toEqual([]);
  });

  test("goes in one message where several things happen to one person at one moment", () => {
    const offer = { kind: "handover", to: LUIS, at: 1, again: true } as const;
    expect(isForOneMessage({ ...offer, together: true })).toBe(true);
    expect(isForOneMessage(offer)).toBe(false);
    expect(isForOneMessage({ kind: "ownership", to: ANA, who: HUGO, at: 1, what: "accepted" })).toBe(false);
  });
});
