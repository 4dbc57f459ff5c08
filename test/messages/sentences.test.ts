// Both languages say everything, and everything that is written is said somewhere.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { shortcuts } from "../../src/acts/catalogue.ts";
import { refusal, usage } from "../../src/messages/refusals.ts";
import { clockSentences } from "../../src/messages/text/clocks.ts";
import { letterSentences } from "../../src/messages/text/letters.ts";
import { onCallSentences } from "../../src/messages/text/on-call.ts";
import { ownershipSentences } from "../../src/messages/text/ownership.ts";
import { policySentences } from "../../src/messages/text/policy.ts";
import { presenceSentences } from "../../src/messages/text/presence.ts";
import { reminderSentences } from "../../src/messages/text/reminders.ts";
import { reportSentences } from "../../src/messages/text/reports.ts";
import { sentences } from "../../src/messages/text/sentences.ts";
import { shiftSentences } from "../../src/messages/text/shifts.ts";

const folder = new URL("../../src/messages/", import.meta.url);
const speakers = readdirSync(folder)
  .filter((name) => name.endsWith(".ts"))
  .map((name) => readFileSync(new URL(name, folder), "utf8"))
  .join("\n");

/** `help.more`, `tiers.3`: the paths of all sentences. */
function pathsOf(words: object, before = ""): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === "object" && value !== null ? pathsOf(value, `${before}${key}.`) : [`${before}${key}`],
  );
}

describe.each([
  ["the bot", sentences("en"), sentences("es")],
  ["the reports", reportSentences("en"), reportSentences("es")],
  ["on call", onCallSentences("en"), onCallSentences("es")],
  ["the clocks", clockSentences("en"), clockSentences("es")],
  ["the policy", policySentences("en"), policySentences("es")],
  ["reminders", reminderSentences("en"), reminderSentences("es")],
  ["who has it", ownershipSentences("en"), ownershipSentences("es")],
  ["the end of a day", shiftSentences("en"), shiftSentences("es")],
  ["what waited", letterSentences("en"), letterSentences("es")],
  ["hours and absences", presenceSentences("en"), presenceSentences("es")],
])("the sentences of %s", (_, en, es) => {
  test("exist in both languages", () => {
    expect(pathsOf(es)).toEqual(pathsOf(en));
  });

  test("are each said somewhere", () => {
    const unsaid = Object.keys(en).filter((key) => !new RegExp(`\\.${key}\\b`).test(speakers));
    expect(unsaid).toEqual([]);
  });

  test("are translated: plain Spanish words differ from the English ones", () => {
    const plain = (words: object) =>
      new Map(
        Object.entries(words).flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : [])),
      );
    const spanish = plain(es);
    const same = [...plain(en)].filter(([key, value]) => spanish.get(key) === value).map(([key]) => key);
    expect(same).toEqual([]);
  });
});

test("nobody is blamed and the bot feels nothing", () => {
  for (const lang of ["en", "es"] as const) {
    const all = JSON.stringify(Object.values(sentences(lang)).filter((each) => typeof each === "string"));
    expect(all).not.toMatch(
      /your fault|you failed|unfortunately|I feel|happy to|lamentablemente|me alegra|!/i,
    );
  }
});

test("a refusal says what to do, in both languages, and names a shortcut by the name it has", () => {
  const codes = [
    "not_allowed",
    "leads_only",
    "not_found",
    "not_a_request",
    "ambiguous_number",
    "not_watched",
    "message_gone",
    "unknown_place",
    "trouble",
  ] as const;
  for (const code of codes) {
    const [en, es] = [refusal(code, "en", { number: "#7" }), refusal(code, "es", { number: "#7" })];
    expect(en).not.toEqual(es);
    expect(JSON.stringify([en, es])).not.toMatch(/undefined|##/);
  }
  const open = shortcuts().find(({ name }) => name === "open");
  expect(refusal("not_a_request", "en")).toMatchObject({
    text: expect.stringContaining(open?.shortcut?.en ?? "?"),
  });
  expect(refusal("not_a_request", "es")).toMatchObject({
    text: expect.stringContaining(open?.shortcut?.es ?? "?"),
  });
});

test("usage lists only what can be typed", () => {
  const answer = usage(shortcuts(), "en");
  expect(answer).toMatchObject({ kind: "error" });
  expect(JSON.stringify(answer)).toContain("/request resolve N");
  expect(JSON.stringify(answer)).not.toContain("Request actions");
});
