import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { wordGiven } from "../../src/domain/promises/given-words.ts";
import { type Example, examples } from "./given-words.examples.ts";

const MADRID = "Europe/Madrid";
/** A Tuesday, 10:30 in Madrid. */
const now = Temporal.PlainDateTime.from("2026-11-24T10:30").toZonedDateTime(MADRID).epochMilliseconds;

function read({ text, lang }: Example): Example["until"] {
  const word = wordGiven(text, now, MADRID, lang);
  if (word === null) return "no";
  if (word.until === null) return null;
  const there = Temporal.Instant.fromEpochMilliseconds(word.until).toZonedDateTimeISO(MADRID);
  return there.toPlainDateTime().toString({ smallestUnit: "minute" });
}

const failing = (wrong: readonly Example[]) =>
  wrong.map((each) => `${each.text} -> ${read(each)}, not ${each.until}`).join("\n");

describe("words given in a message", () => {
  const given = examples.filter(({ until }) => until !== "no");
  const none = examples.filter(({ until }) => until === "no");

  it("are told apart by at least 120 examples, half of them traps, in both languages", () => {
    expect(examples.length).toBeGreaterThanOrEqual(120);
    expect(none.length).toBeGreaterThanOrEqual(examples.length / 2);
    for (const lang of ["en", "es"])
      expect(examples.filter((each) => each.lang === lang).length).toBeGreaterThan(60);
  });

  it("are never found where there are none: precision 1", () => {
    const wrong = none.filter((each) => read(each) !== "no");
    expect(wrong.length, failing(wrong)).toBe(0);
  });

  it("are found: recall of at least 0.95", () => {
    const missed = given.filter((each) => read(each) === "no");
    expect(1 - missed.length / given.length, failing(missed)).toBeGreaterThanOrEqual(0.95);
  });

  it("come with the time that was meant, or with none rather than with a wrong one", () => {
    const found = given.filter((each) => read(each) !== "no");
    const wrong = found.filter((each) => read(each) !== each.until);
    expect(failing(wrong)).toBe("");
  });

  it("are read in the writer's own zone, whichever language they were expected in", () => {
    const at = wordGiven("I'll get back to you by three", now, "America/New_York", "es")?.until;
    expect(at).toBe(
      Temporal.PlainDateTime.from("2026-11-24T15:00").toZonedDateTime("America/New_York").epochMilliseconds,
    );
    expect(wordGiven("mañana te digo", now, MADRID, "en")?.until).not.toBeNull();
  });

  it("for a time that has passed, or is weeks ahead, are words without a clear time", () => {
    for (const text of ["I'll get back to you by 9:00", "I'll get back to you about the May invoice"])
      expect(wordGiven(text, now, MADRID, "en")).toEqual({ until: null });
  });

  it("any text at all is read without failing, a time only ahead, and quickly", () => {
    const pieces = [
      "I'll",
      "get back",
      "to you",
      "by three",
      "te digo",
      "mañana",
      "si",
      "y",
      "luego",
      "¿",
      "?",
      "\n",
      ">",
      '"',
    ];
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((list) => list.join(" ")),
    );
    fc.assert(
      fc.property(text, (written) => {
        const word = wordGiven(written, now, MADRID, "es");
        if (word?.until) expect(word.until).toBeGreaterThan(now);
      }),
      { numRuns: 300 },
    );
    // Twice as long must not take four times as long; the first reading warms up.
    const long = (times: number) => "let me check and i'll, y luego te digo en cuanto ".repeat(times);
    const took = (written: string) => {
      const start = performance.now();
      for (let count = 0; count < 20; count += 1) wordGiven(written, now, MADRID, "en");
      return performance.now() - start;
    };
    took(long(8));
    expect(took(long(4000))).toBeLessThan(Math.max(200, took(long(40)) * 4));
  });
});
