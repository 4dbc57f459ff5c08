// What people read when somebody is woken, and whoever is.
import { describe, expect, test } from "vitest";
import { acknowledgement } from "../../src/messages/customer.ts";
import {
  called,
  nobodyFree,
  onCallCard,
  onCallSaid,
  pageLines,
  testPage,
  unanswered,
} from "../../src/messages/on-call.ts";
import { requestCard } from "../../src/messages/request-card.ts";
import { ANA, at, type Desk, desk, terms } from "../domain/request/desk.ts";
import { read, reader, viewOf } from "./view.ts";

const failing = (): Desk =>
  desk("3:00", {
    tier: 1,
    onCall: [ANA],
    terms: {
      ...terms,
      tiers: { ...terms.tiers, 1: { ...terms.tiers[1], aroundTheClock: true } },
      paging: { promised: true, onCall: true },
    },
  });
const view = (it = failing(), time = "3:01") => viewOf(it, time, { text: "Nobody can log in" });

describe("the customer", () => {
  const told = (wakes: boolean, lang: "en" | "es" = "en") =>
    read(
      acknowledgement(viewOf(failing(), "3:00", { lang, text: "Nobody can log in" }), {
        now: at("3:00"),
        statusPage: null,
        wakes,
      }),
    );

  test("hears that somebody is woken, and by when they hear from us", () => {
    expect(told(true)).toBe(
      "Thanks, Marta. It's 3:00 here; we're waking the person on call, and you hear from us by 3:15.",
    );
    expect(told(true, "es")).toBe(
      "Gracias, Marta. Aquí son las 3:00; estamos despertando a quien está de guardia, y tienes noticias antes de las 3:15.",
    );
  });

  test("does not hear it where nothing rings, nor where nobody was called", () => {
    expect(told(false)).not.toContain("waking");
    const quiet = desk("3:00", { tier: 1 });
    const said = acknowledgement(viewOf(quiet, "3:00"), { now: at("3:00"), statusPage: null, wakes: true });
    expect(read(said)).toContain("It's 3:00 here; someone reads this at 9:00");
  });
});

describe("whoever is called", () => {
  test("reads for whom, what was said, by when, and when the next person is called", () => {
    expect(read(called(view(), { at: at("3:00"), link: "https://x.example" }, reader("3:00")))).toBe(
      [
        "You're on call, and everything is failing for Ferro Bikes (#412).",
        "Last:",
        "> Nobody can log in",
        "Promised: answer by 3:15",
        "If it isn't you, the next person is called at 3:10.",
        "[I have it] [Open]",
      ].join("\n"),
    );
    expect(read(called(view(), { at: at("3:00"), link: null }, reader("3:00", "es")))).toContain(
      "Si no eres tú, a las 3:10 se llama a la siguiente persona.",
    );
  });

  test("is given no word of the customer by the pager, unless the policy says so", () => {
    const lines = pageLines(view(), false, reader("3:00"));
    expect(lines).toEqual({
      summary: "#412 Ferro Bikes: everything is failing",
      answered: "#412 has somebody now",
      title: null,
    });
    expect(pageLines(view(), true, reader("3:00")).title).toBe("Nobody can log in");
  });

  test("confirms a test page, and reads what to do if nothing rings", () => {
    const card = testPage({ team: { row: "row", name: "Support" }, id: "test" }, reader("10:00"));
    expect(read(card)).toContain("[It rang]");
    expect(read(card)).toContain("If it stays silent, press nothing");
  });
});

describe("the team", () => {
  test("sees on the card that somebody is being called, and a button to call only while nobody is", () => {
    const calling = read(requestCard(view(), reader("3:01"), null));
    expect(calling).toContain("On call was called at 3:00; no answer yet.");
    expect(calling).not.toContain("[Page on-call]");
    const it = failing();
    it.history = [...it.history, { kind: "page_answered", at: at("3:05"), by: ANA }];
    expect(read(requestCard(view(it), reader("3:06"), null))).toContain("[Page on-call]");
  });

  test("is told that nobody answers, or that there is nobody to call", () => {
    expect(read(unanswered(view(), null, reader("3:40")))).toContain("Everybody was called twice.");
    const nobody = desk("3:00", {
      tier: 1,
      onCall: [],
      terms: { ...terms, paging: { promised: true, onCall: true } },
    });
    expect(read(unanswered(view(nobody), null, reader("3:00")))).toContain("there is nobody on call to wake");
  });

  test("is asked who takes what the policy could give to nobody", () => {
    expect(read(nobodyFree(view(), null, reader("3:00")))).toMatch(
      /^Nobody is there to give Ferro Bikes \(#412\) to/,
    );
  });

  test("reads who is on call, until when, who is next, and whether a page was ever heard", () => {
    const facts = {
      team: "Support",
      now: "Ana Ruiz",
      until: at("Mon 9:00"),
      behind: ["Marc Vidal"],
      next: "Marc Vidal",
      rings: true,
    };
    const heard = { at: at("10:00"), by: "Ana Ruiz" };
    expect(read(onCallCard({ ...facts, confirmed: null }, reader("10:00")))).toContain(
      "No test page was ever confirmed",
    );
    expect(read(onCallCard({ ...facts, confirmed: heard }, reader("10:00")))).toContain(
      "Ana Ruiz confirmed at 10:00 that a test page rang.",
    );
    expect(read(onCallCard({ ...facts, confirmed: heard, rings: false }, reader("10:00")))).toContain(
      "No pager is set up",
    );
  });

  test("is refused a test page where nothing would ring", () => {
    expect(onCallSaid("noPager", reader("10:00"))).toMatchObject({ kind: "error" });
  });
});
