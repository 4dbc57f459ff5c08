// What a lead reads before other terms are put on what is open.
import { describe, expect, test } from "vitest";
import { termsMoves } from "../../src/domain/request/terms.ts";
import { type Change, policyApplied, policyChanges } from "../../src/messages/policy-apply.ts";
import { at, desk, terms } from "../domain/request/desk.ts";
import { read, reader } from "./view.ts";

function changes(count: number): Change[] {
  const it = desk("10:00", { tier: 2 });
  const strict = { ...terms, tiers: { ...terms.tiers, 2: { ...terms.tiers[2], firstAnswer: 60 } } };
  const moves = termsMoves(it.situation(at("10:30")), strict);
  return Array.from({ length: count }, (_, index) => ({ number: 400 + index, who: "Ferro Bikes", moves }));
}

describe("what another policy would change", () => {
  test("names each request with the old time and the new one", () => {
    const card = policyChanges(
      [...changes(1), { number: 7, who: "Olmo", moves: [] }],
      "abc",
      reader("10:30"),
    );
    expect(read(card).split("\n")).toEqual([
      "2 open requests would get other terms",
      "• #400 Ferro Bikes: answer 12:00 → 11:00",
      "1 more changes without another time.",
      "What was used so far is kept, what is missed stays missed. Nothing moves until you press.",
      "[Apply to 2 requests]",
    ]);
    expect(read(policyChanges(changes(1), "abc", reader("10:30", "es")))).toContain(
      "• #400 Ferro Bikes: respuesta 12:00 → 11:00",
    );
  });

  test("of very many names the most pressing, and how many more there are", () => {
    const shown = read(policyChanges(changes(40), "abc", reader("10:30")));
    expect(shown.match(/Ferro Bikes/g)).toHaveLength(15);
    expect(shown).toContain("and 25 more");
  });

  test("is said to be nothing where nothing would", () => {
    expect(read(policyChanges([], "abc", reader("10:30")))).toBe(
      "Every open request has what the policy file says.",
    );
    expect(read(policyApplied(3, "all", "en"))).toBe("Applied to 3 requests. Their histories say so.");
  });
});
