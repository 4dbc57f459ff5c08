// Words given: the question about one, and forms that are there again with what was typed.
import { describe, expect, test } from "vitest";
import { PACKED_MAX } from "../../src/acts/packing.ts";
import { formAgain, reopens, tryAgain } from "../../src/messages/again.ts";
import { wordQuestion } from "../../src/messages/commitments.ts";
import { packId } from "../../src/platforms/discord/custom-id.ts";
import { at, desk } from "../domain/request/desk.ts";
import { REQUEST, read, reader, viewOf } from "./view.ts";

const view = viewOf(desk("9:00", { tier: 3 }), "9:30");
const by = {
  id: "p",
  ref: { platform: "fake", workspace: "T", id: "U1" },
  name: "Ana Ruiz",
  timezone: null,
  lang: null,
};
const word = { message: "1764000000.000100", said: "I'll get back to you by three.", by };

describe("the question about a word given", () => {
  test("names the time on its button, today or with the day, in both languages", () => {
    const today = (lang: "en" | "es") =>
      read(wordQuestion(view, { ...word, until: at("15:00") }, reader("9:30", lang)));
    expect(today("en")).toBe(
      [
        "Ana, you gave your word in #412, Ferro Bikes. Track it?",
        "> I'll get back to you by three.",
        "[Track it: today 15:00] [Another time] [No]",
      ].join("\n"),
    );
    expect(today("es")).toContain("Ana, diste tu palabra en #412, Ferro Bikes. ¿La sigo?");
    expect(today("es")).toContain("[Seguirla: hoy, 15:00] [Otra hora] [No hace falta]");
    const friday = wordQuestion(view, { ...word, until: at("Fri 10:00") }, reader("9:30"));
    expect(read(friday)).toContain("[Track it: Fri 27 Nov, 10:00]");
  });

  test("without a clear time offers the form", () => {
    const asked = read(wordQuestion(view, { ...word, until: null }, reader("9:30")));
    expect(asked).toContain("[Pick a time] [No]");
    expect(asked).not.toContain("Track it:");
  });

  test("fits Discord's ids, in a direct message, with the longest ids there are", () => {
    const message = "18446744073709551615";
    const card = wordQuestion(view, { ...word, message, until: at("Fri 10:00") }, reader("9:30"));
    const buttons = card.blocks.flatMap((block) => (block.kind === "actions" ? block.items : []));
    for (const { act, args } of [...buttons, tryAgain(REQUEST, REQUEST, "en")])
      expect(packId(act, args, { workspace: message }).length).toBeLessThanOrEqual(PACKED_MAX);
  });
});

describe("a refused form", () => {
  const typed = {
    ...{ request: REQUEST, line: "My line", by: "in a while", when: "9:00", note: "My note" },
    ...{ until: "8:00", why: "the bank", who: "U1", brief: "a\nb\nc\nd" },
  };

  test.each([
    ["say_back", ["My line", "in a while"]],
    ["apologise", ["My line", "in a while"]],
    ["promise", ["9:00", "My note"]],
    ["snooze", ["8:00", "the bank"]],
    ["handover", ["a\nb\nc\nd"]],
  ])("of %s is there again with what was typed, for the same act and request", (act, values) => {
    expect(reopens(act)).toBe(true);
    const form = formAgain(view, { act, typed }, by, reader("9:30"));
    expect(form).toMatchObject({ act, args: { request: view.id } });
    expect(form?.fields.map(({ value }) => value)).toEqual(values);
  });

  test("of any other act is not offered again", () => {
    expect(reopens("resolve")).toBe(false);
    expect(formAgain(view, { act: "resolve", typed }, by, reader("9:30"))).toBeNull();
  });
});
