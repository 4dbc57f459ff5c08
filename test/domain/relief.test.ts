// Whether a customer says in plain words that a workaround does its work.
import { describe, expect, test } from "vitest";
import { saysItHelped } from "../../src/domain/triage/relief.ts";

describe("that it helped", () => {
  test.each([
    "That works, thanks!",
    "it works now",
    "Great, this helped",
    "That did the trick",
    "Good enough for now",
    "ya funciona, gracias",
    "Perfecto, nos sirve",
    "Me ha servido, mil gracias",
    "Con eso nos vale",
    "De momento funciona",
  ])("is read in “%s”", (text) => expect(saysItHelped(text)).toBe(true));

  test.each([
    "thanks",
    "That doesn't work",
    "it works, but the total is still wrong",
    "Does it work for invoices?",
    "It should work by Friday",
    "no me sirve",
    "sigue sin funcionar",
    "funciona, pero solo a medias",
    "I'll try if it works",
    "ok",
    "",
    `That works ${"and more ".repeat(30)}`,
  ])("is not read in “%s”", (text) => expect(saysItHelped(text)).toBe(false));
});
