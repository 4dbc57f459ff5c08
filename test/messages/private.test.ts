// What owner, team and leads read, beside the voice of MESSAGES.md.
import { describe, expect, test } from "vitest";
import type { Lang } from "../../src/domain/words.ts";
import { causesQuestion, given } from "../../src/messages/private.ts";
import { at, desk, type Time } from "../domain/request/desk.ts";
import { breach, read, reader, reminder, viewOf } from "./view.ts";

const ASKED: Readonly<Record<Lang, string>> = {
  en: "Will you charge me again?",
  es: "¿Me volveréis a cobrar?",
};
const link = "https://chat.example.com/1";

function owned(lang: Lang = "en") {
  const it = desk("8:30", { tier: 2 });
  it.claims("9:01");
  return viewOf(it, "9:45", { lang, text: ASKED[lang] });
}

describe("a reminder", () => {
  const to = (whom: "owner" | "team" | "lead", lang: Lang, now: Time = "9:45") =>
    read(
      reminder(owned(lang), { pledge: "first_answer", due: at("10:30"), to: whom, link }, reader(now, lang)),
    );

  test("tells the owner who expects them by when, the last words, and what is a fair answer", () => {
    expect(to("owner", "en")).toBe(
      [
        "Ferro Bikes (#412) expects you by 10:30, in 45 min.",
        "Last:",
        "> Will you charge me again?",
        "Not said back yet: one line with what you understood is an answer.",
        "“Not yet, news at 12:30” is a fair answer.",
        "[I'm on it] [Open] [Snooze…] [Hand over]",
      ].join("\n"),
    );
    expect(to("owner", "es")).toBe(
      [
        "Ferro Bikes (#412) te espera antes de las 10:30, en 45 min.",
        "Lo último:",
        "> ¿Me volveréis a cobrar?",
        "Aún no le has dicho lo que has entendido: una línea ya es una respuesta.",
        "«Aún no, a las 12:30 te cuento» también vale.",
        "[Voy] [Abrir] [Aplazar…] [Pasar]",
      ].join("\n"),
    );
  });

  test("tells a lead whom it waits for, and does not let them press I'm on it in the owner's place", () => {
    expect(to("lead", "en")).toMatch(/^Ferro Bikes \(#412\) expects Ana by 10:30, in 45 min\./);
    expect(to("lead", "es")).toMatch(/^Ferro Bikes \(#412\) espera a Ana antes de las 10:30/);
    expect(to("lead", "en")).not.toContain("[I'm on it]");
  });

  test("tells the team that nobody has it, with a button to take it", () => {
    const orphan = viewOf(desk("8:30", { tier: 2 }), "9:45", { text: ASKED.en });
    const card = read(
      reminder(orphan, { pledge: "first_answer", due: at("10:30"), to: "team", link: null }, reader("9:45")),
    );
    expect(card).toMatch(/expects an answer by 10:30, in 45 min\. Nobody has it yet\.\n/);
    expect(card).toMatch(/\[Claim\] \[Hand over\]$/);
  });

  test("that comes late says so, and proposes no time that has passed", () => {
    expect(to("owner", "en", "15:00")).toContain("expected us by 10:30; that has passed.");
    expect(to("owner", "en", "15:00")).toContain("news at 17:00");
  });

  test("in the evening proposes the morning, in words that fit a day", () => {
    const evening = (lang: Lang) =>
      read(
        reminder(
          owned(lang),
          { pledge: "x", due: at("17:30"), to: "owner", link: null },
          reader("17:00", lang),
        ),
      );
    expect(evening("en")).toContain("“Not yet, news on Wed 25 Nov, 10:30” is a fair answer.");
    expect(evening("es")).toContain("«Aún no, el mié 25 nov, 10:30, te cuento» también vale.");
  });
});

describe("a breach", () => {
  const told = (whom: "owner" | "lead", lang: Lang, customer: Lang = lang) =>
    read(
      breach(
        owned(customer),
        { pledge: "first_answer", due: at("10:30"), to: whom, link: null },
        reader("10:30", lang),
      ),
    );

  test("gives the owner the drafted apology to send", () => {
    expect(told("owner", "en")).toBe(
      [
        "We missed 10:30 with Ferro Bikes (#412).",
        "Last:",
        "> Will you charge me again?",
        "Draft: “I promised 10:30 and missed it. I'm sorry. You'll hear from me by 11:15.”",
        "[Send…] [Reassign]",
      ].join("\n"),
    );
    expect(told("owner", "es")).toContain(
      "Borrador: «Te prometí las 10:30 y no cumplí. Lo siento. A las 11:15 tienes noticias mías.»",
    );
    expect(told("owner", "es")).toMatch(/^No cumplimos las 10:30 con Ferro Bikes \(#412\)\.\n/);
  });

  test("drafts in the customer's language what it explains in the owner's", () => {
    expect(told("lead", "en", "es")).toContain("Draft: “Te prometí las 10:30 y no cumplí.");
    expect(told("lead", "en", "es")).toContain("We missed 10:30 with Ferro Bikes (#412). Ana has it.");
  });

  test("near closing time proposes a time somebody is there", () => {
    const late = read(
      breach(owned(), { pledge: "first_answer", due: at("17:50"), to: "owner", link: null }, reader("17:50")),
    );
    expect(late).toContain("You'll hear from me by Wed 25 Nov, 9:35.");
  });

  test("in watch only drafts nothing: the customer was promised nothing aloud", () => {
    const it = desk("8:30", { tier: 2, live: false });
    const card = read(
      breach(
        viewOf(it, "11:00"),
        { pledge: "first_answer", due: at("10:30"), to: "lead", link: null },
        reader("11:00"),
      ),
    );
    expect(card).toContain("Nobody owned it.");
    expect(card).not.toContain("Draft");
    expect(card).not.toContain("Send");
  });
});

test("a request that was given tells what its promise is", () => {
  expect(read(given(owned(), "Luis Sanz", link, reader("9:45")))).toBe(
    [
      "Luis gave you #412, Ferro Bikes. Its promises are yours now.",
      "Promised: answer by 11:00",
      "Last:",
      "> Will you charge me again?",
      "[I'm on it] [Open] [Hand over]",
    ].join("\n"),
  );
});

test("the question about causes takes one tap, with the causes as buttons", () => {
  const card = causesQuestion(owned(), [{ id: "c1", name: "x".repeat(200) }], reader("9:45"));
  expect(read(card)).toMatch(/^#412, Ferro Bikes: what change would have made this impossible\?/);
  expect(read(card)).toContain("[Other…]");
});
