import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gistOf, likeness } from "../../src/domain/intake/likeness.ts";
import { decideRepeat, type Earlier, type Returning, SAME_PROBLEM } from "../../src/domain/intake/repeat.ts";

const DAY = 24 * 3_600_000;
const NOW = Date.UTC(2026, 10, 24, 10, 0);

const alike = (one: string, other: string) => likeness(gistOf(one), gistOf(other)).share;

describe("two messages about the same", () => {
  it.each([
    ["Nobody can log in", "I can't log in since 9"],
    ["Login is down", "No puedo entrar en mi cuenta"],
    ["The export fails with an error for me", "I cannot export the October file, error 17"],
    ["I was charged twice for November", "charged twice again this month"],
    ["Me habéis cobrado dos veces", "You charged me twice"],
    ["The app crashes when I open invoices", "App keeps crashing on the invoices screen"],
    ["La web no carga", "la página está caída"],
  ])("%s / %s", (one, other) => expect(alike(one, other)).toBeGreaterThanOrEqual(SAME_PROBLEM));

  it("name the words they share", () => {
    const { common } = likeness(gistOf("The export fails with an error"), gistOf("My export fails again"));
    expect(common).toEqual(["export", "fails"]);
  });
});

describe("two messages about different things", () => {
  it.each([
    ["The export fails with an error for me", "How do I add a colleague to our account?"],
    ["I was charged twice for November", "How do I change my invoice address?"],
    ["Nobody can log in", "The export fails with an error"],
    ["The export fails with an error for me", "The invoice page shows an error"],
    ["How do I change my password?", "How do I change my invoice address?"],
    ["The search is slow", "The login is slow"],
    ["Hello, can you help me please?", "Hi, I need help please"],
  ])("%s / %s", (one, other) => expect(alike(one, other)).toBeLessThan(SAME_PROBLEM));
});

it("likeness is symmetric, between 0 and 1, and tone does not count", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const share = alike(one, other);
      expect(share).toBeCloseTo(alike(other, one), 10);
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
    }),
  );
  expect(alike("The export fails", "THE EXPORT FAILS!!! ASAP 😡")).toBeGreaterThan(0.8);
});

const returning = (change: Partial<Returning> = {}): Returning => ({
  text: "The export fails again with error 17",
  tier: 3,
  author: "marta",
  channelId: "help",
  at: NOW,
  apart: false,
  within: 14,
  ...change,
});

const earlier = (change: Partial<Earlier> = {}): Earlier => ({
  id: "r12",
  number: 12,
  status: "resolved",
  customer: "marta",
  channelId: "help",
  tier: 3,
  customerAt: NOW - DAY,
  words: "The export fails with an error",
  contacts: 1,
  earlier: [],
  ...change,
});

describe("a customer who comes again about the same", () => {
  it("joins their request while it is open here", () => {
    expect(decideRepeat(returning(), [earlier({ status: "open" })])).toEqual({
      kind: "join",
      request: "r12",
      repeat: { of: null, count: 2, earlier: [] },
    });
  });

  it.each(["resolved", "closed"] as const)("opens a linked one when it is %s", (status) => {
    expect(decideRepeat(returning(), [earlier({ status })])).toEqual({
      kind: "link",
      to: "r12",
      repeat: { of: "r12", count: 2, earlier: [12] },
    });
  });

  it("is counted on: the third time names both", () => {
    const second = earlier({ id: "r31", number: 31, contacts: 2, earlier: [12] });
    expect(decideRepeat(returning(), [second])).toMatchObject({ repeat: { count: 3, earlier: [12, 31] } });
  });

  it.each<[string, Partial<Returning>, Partial<Earlier>]>([
    ["in another channel", { channelId: "billing" }, { status: "open" }],
    ["in a post of its own", { apart: true }, { status: "open" }],
    ["by a colleague", { author: "olmo" }, { status: "open" }],
  ])("is linked, never joined, %s", (_, now, before) => {
    expect(decideRepeat(returning(now), [earlier(before)]).kind).toBe("link");
  });

  it.each<[string, Partial<Returning>, Partial<Earlier>]>([
    ["when it is about something else", { text: "How do I add a colleague?" }, {}],
    ["when it was too long ago", {}, { customerAt: NOW - 15 * DAY }],
    ["when the earlier one was no request", {}, { status: "dismissed" }],
    ["when its impact is another", { tier: 5 }, {}],
    ["when the earlier words were deleted", {}, { words: "" }],
    ["when the earlier one comes later", {}, { customerAt: NOW + 1 }],
  ])("is new %s", (_, now, before) => {
    expect(decideRepeat(returning(now), [earlier(before)])).toEqual({ kind: "new" });
  });

  it("prefers their own to a colleague's, and an open one to what is over", () => {
    const decision = decideRepeat(returning(), [
      earlier({ id: "colleague", customer: "olmo", status: "open", words: returning().text }),
      earlier({ id: "over" }),
      earlier({ id: "open", status: "waiting" }),
    ]);
    expect(decision).toMatchObject({ kind: "join", request: "open" });
  });
});
