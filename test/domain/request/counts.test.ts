// What a request has cost the customer: how often it was passed on, how often they came, how long they waited.
import { describe, expect, test } from "vitest";
import { countsOf, newlyTooMany, waitedUntil } from "../../../src/domain/request/counts.ts";
import { ANA, at, desk, HOUR, LUIS, reading, terms } from "./desk.ts";

test("the lead hears of the second handover and of the third contact, each once", () => {
  const it = desk("10:00");
  let before = countsOf(it.history, terms);
  const newly = () => {
    const after = countsOf(it.history, terms);
    const found = newlyTooMany(before, after);
    before = after;
    return found;
  };
  it.claims("10:05");
  it.assigns("10:10", LUIS, LUIS);
  expect(newly()).toEqual([]);
  it.assigns("10:15", ANA, ANA);
  expect(newly()).toEqual(["handovers"]);
  it.assigns("10:20", LUIS, LUIS);
  expect(newly()).toEqual([]);
  it.resolves("10:30");
  it.reopens("10:40", "not_fixed");
  expect(newly()).toEqual([]);
  it.resolves("10:50");
  it.says("11:00");
  expect(newly()).toEqual(["contacts"]);
  it.resolves("11:10");
  it.says("11:20");
  expect(newly()).toEqual([]);
});

describe("what a request has cost the customer", () => {
  test("counts each passing from one colleague to another, also through nobody's hands", () => {
    const it = desk("10:00");
    const handovers = () => countsOf(it.history, terms).handovers;
    it.claims("10:05");
    expect(handovers()).toBe(0);
    it.hands("10:10", ANA, LUIS);
    expect(handovers()).toBe(0);
    it.accepts("10:15", LUIS);
    expect(handovers()).toBe(1);
    it.releases("10:20", LUIS);
    it.claims("10:25", LUIS);
    expect(handovers()).toBe(1);
    it.releases("10:30", LUIS);
    it.claims("10:35", ANA);
    expect(handovers()).toBe(2);
  });

  test("counts how often the customer came: at first, and each time it was not over", () => {
    const it = desk("10:00");
    const contacts = () => countsOf(it.history, terms).contacts;
    it.answers("10:05");
    it.says("10:10");
    expect(contacts()).toBe(1);
    it.resolves("10:20");
    it.reopens("10:30", "not_fixed");
    expect(contacts()).toBe(2);
    it.resolves("10:40");
    it.reopens("10:50", "staff");
    expect(contacts()).toBe(2);
    it.resolves("11:00");
    it.says("11:30");
    expect(contacts()).toBe(3);
  });

  test("adds up the working time they waited for us, not the time we waited for them", () => {
    const it = desk("17:00", { tier: 5 });
    expect(waitedUntil(countsOf(it.history, terms), terms, at("Wed 10:00"))).toBe(2 * HOUR);
    it.answers("Wed 10:00");
    expect(countsOf(it.history, terms)).toMatchObject({ waitedMs: 2 * HOUR, waitsSince: null });
    it.says("Wed 12:00", reading(5));
    it.says("Wed 12:30", reading(5));
    it.waits("Wed 13:00");
    it.says("Wed 15:00", reading(5));
    expect(countsOf(it.history, terms)).toMatchObject({ waitedMs: 3 * HOUR, waitsSince: at("Wed 15:00") });
    expect(waitedUntil(countsOf(it.history, terms), terms, at("Wed 15:30"))).toBe(3.5 * HOUR);
    it.resolves("Wed 15:30");
    expect(countsOf(it.history, terms)).toMatchObject({ waitedMs: 3.5 * HOUR, waitsSince: null });
  });
});
