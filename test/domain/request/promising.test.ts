// Somebody gives their word, by a command or a form.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decideAnswered, decideEdited } from "../../../src/domain/request/chat.ts";
import type { Plan } from "../../../src/domain/request/plan.ts";
import { decidePromise, type Word } from "../../../src/domain/request/promise.ts";
import { replay } from "../../../src/domain/request/state.ts";
import { ANA, at, type Desk, desk, LUIS, MINUTE, type Time } from "./desk.ts";

function promises(
  it: Desk,
  time: Time,
  until: Time,
  more: Partial<Word> & { by?: string; note?: string } = {},
) {
  const { by = ANA, note, message = null } = more;
  it.plan = decidePromise(it.situation(at(time)), by, {
    until: at(until),
    line: note === undefined ? null : { id: "line-3", text: note },
    message,
  });
  it.history = [...it.history, ...it.plan.facts];
  return it.plan;
}

const commitments = (it: Desk, time: Time) => it.pledges(time).filter(({ kind }) => kind === "commitment");

describe("a promise without a line", () => {
  test("says nothing to the customer and answers nobody; whoever gives it has what nobody had", () => {
    const it = desk("10:00", { tier: 3 });
    promises(it, "10:10", "13:00");
    expect(it.facts()).toEqual(["owned", "promised"]);
    expect(it.told()).toEqual(["card"]);
    expect(it.pledge("first_answer", "10:11")?.state).toBe("running");
    expect(it.pledge("commitment:1", "10:11")).toMatchObject({
      state: "running",
      dueAt: at("13:00"),
      by: ANA,
    });
  });

  test("leaves a colleague's request theirs, and is the word of whoever gave it", () => {
    const it = desk("10:00", { tier: 3 });
    it.claims("10:01", LUIS);
    promises(it, "10:10", "13:00");
    expect(replay(it.history).owner).toBe(LUIS);
    expect(it.pledge("commitment:1", "10:11")?.by).toBe(ANA);
    expect(it.pledge("first_answer", "10:11")?.by).toBeNull();
  });

  test("stands beside others; an answer keeps those whose time has not come, and is too late for the rest", () => {
    const it = desk("10:00", { tier: 3 });
    promises(it, "10:10", "11:00");
    promises(it, "10:11", "13:00", { by: LUIS });
    promises(it, "10:12", "15:00");
    it.passes("11:30");
    it.answers("11:30", LUIS);
    expect(commitments(it, "16:00").map(({ state, by }) => [state, by])).toEqual([
      ["broken", ANA],
      ["met", LUIS],
      ["met", ANA],
    ]);
  });

  test("does not count an answer that was written before it was given", () => {
    const it = desk("10:00", { tier: 3 });
    promises(it, "10:10", "13:00");
    it.answers("10:09");
    expect(it.pledge("commitment:1", "10:11")?.state).toBe("running");
  });

  test("for the same time by the same person is one, by another a second", () => {
    const it = desk("10:00", { tier: 3 });
    promises(it, "10:10", "13:00");
    expect(promises(it, "10:11", "13:00").reply).toMatchObject({ kind: "refused", why: "promised_already" });
    promises(it, "10:12", "13:00", { by: LUIS });
    expect(commitments(it, "10:13")).toHaveLength(2);
  });
});

describe("a promise with a line", () => {
  test("is an answer in their name: it keeps what was promised before and gives a new word", () => {
    const it = desk("10:00", { tier: 3 });
    promises(it, "10:10", "12:00");
    promises(it, "11:50", "14:00", { note: "The bank needs until two." });
    expect(it.facts()).toEqual(["answered", "promised"]);
    expect(it.told()).toEqual(["line", "card"]);
    expect(commitments(it, "11:51").map(({ state }) => state)).toEqual(["met", "running"]);
    expect(it.plan.words).toEqual([
      expect.objectContaining({ kind: "line", text: "The bank needs until two." }),
    ]);
  });

  test("given after the time does not hide that it was missed", () => {
    const it = desk("10:00", { tier: 3 });
    promises(it, "10:10", "12:00");
    promises(it, "12:05", "14:00", { note: "Sorry, two o'clock." });
    expect(it.facts()).toEqual(["broken", "answered", "promised"]);
    expect(it.pledge("commitment:1", "12:06")?.state).toBe("broken");
  });

  test("cannot be said where the bot is silent; the word itself can be given", () => {
    const it = desk("10:00", { tier: 3, live: false });
    const reply = promises(it, "10:10", "13:00", { note: "Soon." }).reply;
    expect(reply).toEqual({ kind: "refused", why: "watch_only", field: "note" });
    expect(promises(it, "10:10", "13:00").reply).toMatchObject({ kind: "promised", told: false });
  });
});

describe("a promise read in a message", () => {
  const written = () => {
    const it = desk("10:00", { tier: 3 });
    it.history = [
      ...it.history,
      { kind: "answered", message: "m-word", how: "wrote", at: at("10:05"), by: ANA },
    ];
    return it;
  };

  test("is tracked for whoever wrote it, and not once they deleted it", () => {
    const it = written();
    const other = promises(it, "10:10", "13:00", { message: "m-word", by: LUIS });
    expect(other.reply).toEqual({ kind: "refused", why: "not_your_word" });
    const elsewhere = promises(it, "10:10", "13:00", { message: "m-other" });
    expect(elsewhere.reply).toEqual({ kind: "refused", why: "not_your_word" });
    it.history = [...it.history, { kind: "erased", message: "m-word", at: at("10:11"), by: null }];
    const gone = promises(it, "10:12", "13:00", { message: "m-word" });
    expect(gone.reply).toEqual({ kind: "refused", why: "word_gone" });
  });

  test("is tracked once, however often they tap, and also when they gave another time", () => {
    const it = written();
    promises(it, "10:10", "13:00", { message: "m-word" });
    for (const until of ["13:00", "15:00"]) {
      const again = promises(it, "10:11", until, { message: "m-word" });
      expect(again.facts).toEqual([]);
      expect(again.reply).toEqual({ kind: "promised", until: at("13:00"), told: false });
    }
    expect(commitments(it, "10:12")).toHaveLength(1);
  });
});

test("for a time that has passed, or on what is resolved, is refused", () => {
  const it = desk("10:00", { tier: 3 });
  expect(promises(it, "13:00", "13:00").reply).toEqual({ kind: "refused", why: "time_past", field: "when" });
  it.resolves("13:01", "Done.");
  expect(promises(it, "13:02", "14:00").reply).toEqual({ kind: "refused", why: "already_resolved" });
});

test("whatever is promised and answered, each word ends kept or broken by the first answer after it, never both", () => {
  const steps = fc.uniqueArray(
    fc.record({
      kind: fc.constantFrom("promise", "answer"),
      minute: fc.integer({ min: 1, max: 480 }),
      lasts: fc.integer({ min: 1, max: 240 }),
    }),
    { maxLength: 12, selector: ({ minute }) => minute },
  );
  fc.assert(
    fc.property(steps, (unordered) => {
      const it = desk("9:00", { tier: 3 });
      const given: { at: number; until: number }[] = [];
      const answers: number[] = [];
      for (const { kind, minute, lasts } of [...unordered].sort((a, b) => a.minute - b.minute)) {
        const now = at("9:00") + minute * MINUTE;
        it.passes(now);
        if (kind === "answer") {
          it.answers(now);
          answers.push(now);
        } else if (promises(it, now, now + lasts * MINUTE).reply.kind === "promised") {
          given.push({ at: now, until: now + lasts * MINUTE });
        }
      }
      const end = at("Fri 9:00");
      it.passes(end);
      const expected = given.map((word) => {
        const answered = answers.find((time) => time > word.at);
        return answered !== undefined && answered < word.until ? "met" : "broken";
      });
      expect(commitments(it, end).map(({ state }) => state)).toEqual(expected);
    }),
    { numRuns: 200 },
  );
});

describe("whoever wrote that they come back", () => {
  const wrote = (it: Desk, time: Time, until: Time | null, read = time) =>
    decideAnswered(it.situation(at(read)), {
      message: "m-word",
      at: at(time),
      by: ANA,
      word: { until: until === null ? null : at(until), thread: "m1" },
    });
  const asked = (plan: Plan) => plan.notices.filter(({ kind }) => kind === "word");

  test("is asked whether to track it, with its time or without one", () => {
    const it = desk("10:00", { tier: 3 });
    for (const until of ["13:00", null]) {
      const notice = { kind: "word", message: "m-word", thread: "m1", to: ANA, until: until && at(until) };
      expect(asked(wrote(it, "10:10", until))).toEqual([notice]);
    }
  });

  test("is not asked about what is tracked already, has passed, was read long after, or is over", () => {
    const it = desk("10:00", { tier: 3 });
    promises(it, "10:05", "13:00");
    expect(asked(wrote(it, "10:10", "13:00"))).toEqual([]);
    expect(asked(wrote(it, "10:10", "10:20", "10:20"))).toEqual([]);
    expect(asked(wrote(it, "10:10", "15:00", "11:30"))).toEqual([]);
    expect(asked(wrote(it, "10:10", "15:00", "11:00"))).toHaveLength(1);
    it.resolves("10:30", "Done.");
    expect(asked(wrote(it, "10:40", "15:00"))).toEqual([]);
  });

  test("in an edit of their own answer is asked about, too; of anybody else's message it is not", () => {
    const it = desk("10:00", { tier: 3 });
    it.answers("10:05");
    const answer = it.history.findLast(({ kind }) => kind === "answered");
    if (answer?.kind !== "answered" || answer.message === null) throw new Error("an answer was written");
    const edits = (by: string, message: string) =>
      decideEdited(it.situation(at("10:10")), {
        ...{ message, at: at("10:10"), by, text: "Back by one.", reading: null },
        word: { until: at("13:00"), thread: "m1" },
      });
    expect(asked(edits(ANA, answer.message))).toEqual([
      { kind: "word", message: answer.message, thread: "m1", to: ANA, until: at("13:00") },
    ]);
    expect(asked(edits(LUIS, answer.message))).toEqual([]);
    expect(asked(edits(ANA, "m-other"))).toEqual([]);
  });
});
