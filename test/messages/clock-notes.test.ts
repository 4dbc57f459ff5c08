// What the team reads about clocks: what a tier moved, what lies with others, targets of our own, and why a promise was missed.
import { describe, expect, test } from "vitest";
import type { Lang } from "../../src/domain/words.ts";
import { closeQuestion } from "../../src/messages/customer.ts";
import { showCard } from "../../src/messages/lists.ts";
import { requestCard } from "../../src/messages/request-card.ts";
import { workaroundQuestion } from "../../src/messages/workaround.ts";
import { ANA, at, type Desk, desk, LUIS, terms } from "../domain/request/desk.ts";
import { breach, read, reader, reminder, viewOf } from "./view.ts";

const withTargets = {
  ...terms,
  tiers: { ...terms.tiers, 2: { ...terms.tiers[2], workaround: 60, resolution: 180 } },
};

const card = (it: Desk, time: string, lang: Lang = "en") =>
  read(requestCard(viewOf(it, time), reader(time, lang), null));

describe("the card", () => {
  test("says what a change of tier did to the promise", () => {
    const it = desk("10:00", { tier: 3 });
    it.tiers("10:30", 2);
    expect(card(it, "10:31")).toContain("Tier was “Real problem”: due 14:00, now 12:00.");
    expect(card(it, "10:31", "es")).toContain("El nivel era «Problema real»: vencía 14:00, ahora 12:00.");
  });

  test("says what lies with a third party, and how a workaround went", () => {
    const it = desk("10:00", { tier: 2, terms: withTargets });
    it.thirdParty("10:05");
    it.givesWorkaround("10:10");
    expect(card(it, "10:11")).toContain("With engineering or a third party since 10:05.");
    expect(card(it, "10:11")).toContain("Workaround given 10:10; they have not said whether it helps.");
    it.relieved("10:20", true);
    expect(card(it, "10:21")).toContain("The workaround helps them.");
    expect(card(it, "10:21", "es")).toContain("El apaño les sirve.");
  });

  test("shows our own targets as ours, also while they are paused or missed", () => {
    const it = desk("10:00", { tier: 2, terms: withTargets });
    expect(card(it, "10:01")).toContain("ours: workaround by 11:00");
    expect(card(it, "11:30")).toContain("ours: no workaround by 11:00");
    it.waits("10:30");
    expect(card(it, "10:31")).toContain("ours: solution, paused");
  });
});

describe("the customer", () => {
  test("is asked about the workaround in their language, and reads nothing of our targets", () => {
    const it = desk("10:00", { tier: 2, terms: withTargets });
    it.givesWorkaround("10:10");
    const asked = read(workaroundQuestion(viewOf(it, "10:11"), "You can use the list view"));
    expect(asked).toBe(
      "Marta, you can use the list view. Does that get you going for now?\n[It helped] [Not yet]",
    );
    const spanish = viewOf(it, "10:11", { lang: "es" });
    expect(read(workaroundQuestion(spanish, null))).toBe(
      "Marta, algo con que seguir hasta que esté resuelto. ¿Te sirve de momento?\n[Me sirve] [Aún no]",
    );
    expect(asked + read(closeQuestion(viewOf(it, "10:11"), null))).not.toMatch(/ours|11:00|13:00/);
  });
});

describe("a missed target of ours", () => {
  test("is warned about and told without an apology: the customer was promised nothing", () => {
    const it = desk("10:00", { tier: 2, terms: withTargets });
    it.claims("10:05");
    it.answers("10:10");
    const facts = { pledge: "resolution", due: at("13:00"), to: "owner", link: null } as const;
    const near = read(reminder(viewOf(it, "12:30"), facts, reader("12:30")));
    expect(near).toContain("Ferro Bikes (#412): we meant to have it solved by 13:00, in 30 min.");
    expect(near).not.toContain("is a fair answer");
    const missed = read(breach(viewOf(it, "13:00"), facts, reader("13:00")));
    expect(missed).toContain("we meant to have it solved by 13:00");
    expect(missed).not.toMatch(/Draft|Send/);
  });
});

describe("a breach says why", () => {
  const told = (it: Desk, lang: Lang = "en") => {
    it.passes("12:00");
    const facts = { pledge: "first_answer", due: at("12:00"), to: "lead", link: null } as const;
    return read(breach(viewOf(it, "12:00"), facts, reader("12:00", lang)));
  };

  test("it changed hands", () => {
    const it = desk("10:00", { tier: 2 });
    it.claims("10:05");
    it.assigns("11:00", LUIS, LUIS);
    expect(told(it)).toContain("It changed hands meanwhile.");
    expect(told(it, "es")).toContain("Cambió de manos mientras tanto.");
  });

  test("it waited for a third party; and the history says when it went there", () => {
    const it = desk("10:00", { tier: 2 });
    it.claims("10:05", ANA);
    it.thirdParty("10:06");
    expect(told(it)).toContain("It waited for engineering or a third party.");
    const shown = read(showCard(viewOf(it, "12:00"), { ...reader("12:00"), link: null }));
    expect(shown).toContain("went to engineering or a third party");
    expect(shown).toContain("a promise was missed, it waited for a third party");
  });

  test("nobody owned it", () => {
    expect(told(desk("10:00", { tier: 2 }))).toContain("Nobody owned it.");
  });
});
