import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pledgesOf } from "../../../src/domain/promises/pledges.ts";
import type { Fact } from "../../../src/domain/request/facts.ts";
import { standing } from "../../../src/domain/request/moved.ts";
import { replay } from "../../../src/domain/request/state.ts";
import { at, desk, MARTA } from "./desk.ts";

const ANA = "person-ana";
const moved = (message: string, time: number, way: "in" | "out" = "out"): Fact => ({
  kind: "moved",
  message,
  way,
  other: null,
  at: time,
  by: ANA,
});
const said = (message: string, time: number): Fact => ({ kind: "said", message, at: time, by: MARTA });
const answered = (message: string, time: number): Fact => ({
  kind: "answered",
  message,
  how: "wrote",
  at: time,
  by: ANA,
});

describe("a message that was moved away", () => {
  const it_ = desk("9:00", { tier: 2 });

  it("is no answer any more: the promise it kept is owed again", () => {
    const history = [...it_.history, answered("m2", at("9:30")), moved("m2", at("9:40"))];
    const [first] = pledgesOf(standing(history), it_.terms, at("9:45"));
    expect(first?.state).toBe("running");
    expect(replay(standing(history)).answeredAt).toBeNull();
  });

  it("asks for nothing any more, and takes the reopening with it that only it had caused", () => {
    const done: Fact[] = [
      answered("m2", at("9:30")),
      { kind: "resolved", at: at("9:31"), by: ANA },
      { kind: "reopened", how: "wrote", at: at("9:40"), by: MARTA },
      said("m3", at("9:40")),
      moved("m3", at("9:50")),
    ];
    const history = standing([...it_.history, ...done]);
    expect(replay(history).status).toBe("resolved");
    expect(pledgesOf(history, it_.terms, at("10:00")).every(({ endedAt }) => endedAt !== null)).toBe(true);
  });

  it("counts again where it comes back", () => {
    const back = [
      said("m3", at("9:40")),
      moved("m3", at("9:50")),
      moved("m3", at("9:55"), "in"),
      said("m3", at("9:40")),
    ];
    const history = standing([...it_.history, ...back]);
    expect(history.filter(({ kind }) => kind === "said")).toHaveLength(1);
  });

  it("leaves every other fact as it is, and a history without moves untouched", () => {
    const message = fc.constantFrom("a", "b", "c");
    const some = fc.array(
      fc.oneof(
        message.map((id) => said(id, at("9:30"))),
        message.map((id) => answered(id, at("9:40"))),
      ),
    );
    fc.assert(
      fc.property(some, message, (facts, gone) => {
        const history = [...it_.history, ...facts];
        expect(standing(history)).toBe(history);
        const left = standing([...history, moved(gone, at("10:00"))]);
        const kept = history.filter((fact) => !("message" in fact && fact.message === gone));
        expect(left.slice(0, -1)).toEqual(kept);
      }),
    );
  });
});
