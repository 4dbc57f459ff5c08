// Every card and form fits both platforms, with real ids and with whatever people write.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { packAct, unpackAct } from "../../src/acts/packing.ts";
import { parseWhen } from "../../src/domain/promises/moments.ts";
import type { RequestView } from "../../src/domain/request/view.ts";
import type { Lang } from "../../src/domain/words.ts";
import { answerReply, causesToChoose } from "../../src/messages/answers.ts";
import type { Button, Card, Menu, Modal } from "../../src/messages/card.ts";
import { acknowledgement, closeQuestion, staffLine } from "../../src/messages/customer.ts";
import {
  apologyForm,
  notNowForm,
  otherCauseForm,
  resolveForm,
  sayBackForm,
  somethingElseForm,
} from "../../src/messages/forms.ts";
import { type LetterFacts, letterCard } from "../../src/messages/letters.ts";
import { actionsCard, handOverCard, listCard, queueCard, showCard } from "../../src/messages/lists.ts";
import {
  briefForm,
  givenBack,
  handoverOffer,
  newOwner,
  ownershipNews,
  standIn,
  stillTheirs,
  tooMany,
} from "../../src/messages/ownership.ts";
import { causesQuestion, given } from "../../src/messages/private.ts";
import { requestCard } from "../../src/messages/request-card.ts";
import { shiftCard } from "../../src/messages/shifts.ts";
import { ANA, at, desk, LUIS, MARTA, MINUTE } from "../domain/request/desk.ts";
import { breach, REQUEST, reader, reminder, type Said, viewOf } from "./view.ts";

const UUID = "ffffffff-ffff-7fff-bfff-ffffffffffff";

/** A request with everything on it: owner, broken promise, commitment, watch only or live. */
function busy(said: Said, live = true) {
  const it = desk("Mon 10:00", { tier: 3, live });
  it.claims("Mon 10:01");
  it.passes("Mon 15:00");
  if (live) it.promises("Mon 15:05", "13:00");
  it.says("9:30");
  it.hands("9:40", ANA, LUIS);
  return viewOf(it, "10:05", said);
}

/** All that can wait for somebody, so many of each. */
function everything(view: RequestView, many: number, brief: string | null, link: string | null): LetterFacts {
  const each = Array.from({ length: many }, () => view);
  return {
    message: UUID,
    me: "100000000000000002",
    returned: { theirs: each, passed: each },
    offers: each.map((its) => ({ view: its, at: at("10:00"), by: "Luis Paz", brief, link, again: many > 3 })),
    yours: each.map((its) => ({ view: its, from: { name: "Luis Paz", until: at("Wed 9:00") }, link })),
    news: each.map((its) => ({
      view: its,
      text: "Luis has not answered about #412, Ferro Bikes.",
      link,
      ask: true,
    })),
  };
}

function cardsOf(said: Said, lang: Lang): Card[] {
  const now = { ...reader("10:05", lang), more: 3, link: "https://chat.example.com/1" };
  return [busy(said), busy(said, false), viewOf(desk("10:00"), "10:05", said)].flatMap((view) => [
    requestCard(view, now, now.link),
    acknowledgement(view, { now: now.now, statusPage: "https://status.example.com" }),
    closeQuestion(view, said.text ?? null),
    staffLine(view, { text: said.text ?? "", until: at("13:00"), now: now.now, apology: true }),
    reminder(view, { pledge: "commitment:12", due: at("13:00"), to: "owner", link: now.link }, now),
    breach(view, { pledge: "first_answer", due: at("10:00"), to: "lead", link: now.link }, now),
    given(view, "Luis", now.link, now),
    given(view, "Luis", now.link, now, said.text ?? "Charged twice."),
    handoverOffer(
      view,
      {
        by: "Ana Gil",
        at: now.now,
        until: at("13:00"),
        again: said.text !== undefined,
        brief: said.text ?? null,
        link: now.link,
      },
      now,
    ),
    ...(["offered", "accepted", "declined", "lapsed", "taken_over", "reassigned"] as const).map((what) =>
      ownershipNews(view, { what, who: "Luis Paz", by: "Ana Gil", link: now.link }, now),
    ),
    givenBack(view, { by: "Ana Gil", away: false, link: now.link }, now),
    givenBack(view, { by: "Ana Gil", away: true, link: now.link }, now),
    standIn(view, { from: "Ana Gil", until: at("13:00"), link: now.link }, now),
    newOwner(view, { to: "Luis Paz", from: "Ana Gil", knows: true }, now.now),
    tooMany(view, { what: "handovers", names: ["Ana Gil", "Luis Paz"], link: now.link }, now),
    stillTheirs(view, { owner: "Ana Gil", who: "Luis Paz", back: at("Wed 9:00"), link: now.link }, now),
    ...[1, 3, 12].map((many) => letterCard(everything(view, many, said.text ?? null, now.link), now)),
    letterCard({ ...everything(view, 2, null, null), returned: { theirs: [], passed: [] } }, now),
    shiftCard(
      [view, view],
      { shift: { id: UUID, endsAt: at("18:00"), backAt: at("Wed 9:00") }, to: "Luis Paz", open: 5 },
      now,
    ),
    tooMany(view, { what: "contacts", names: [], link: now.link }, now),
    causesQuestion(view, [{ id: UUID, name: said.text ?? "cause" }], now),
    listCard([view, view], now),
    queueCard([view], now),
    showCard(view, now),
    actionsCard(view, now),
    handOverCard(view, now),
    handOverCard(view, now, [{ ...view.customer, name: said.text ?? "Luis Paz" }]),
    causesToChoose({ causes: [{ id: UUID, name: said.text ?? "cause", count: 3 }], lang }),
  ]);
}

function formsOf(said: Said, lang: Lang): Modal[] {
  const view = busy(said);
  const now = reader("10:05", lang);
  return [
    sayBackForm(view, view.customer, now),
    apologyForm(view, now),
    resolveForm(view, lang),
    somethingElseForm(REQUEST, lang),
    otherCauseForm(REQUEST, lang),
    notNowForm(UUID, lang),
    briefForm(view, { who: "112233445566778899", name: "Luis Paz" }, now),
  ];
}

const controls = (card: Card): (Button | Menu)[] =>
  card.blocks.flatMap((block) => (block.kind === "actions" ? [...block.items] : []));

describe.each<Lang>(["en", "es"])("in %s", (lang) => {
  test("every control carries ids that fit Discord's 100 characters, and comes back whole", () => {
    for (const control of cardsOf({ lang }, lang).flatMap(controls)) {
      const packed = packAct(control.act, control.args);
      expect(packed.length).toBeLessThanOrEqual(100);
      expect(unpackAct(packed)).toEqual({ act: control.act, args: control.args });
    }
    for (const form of formsOf({ lang }, lang)) expect(packAct(form.act, form.args).length).toBeLessThan(100);
  });

  test("buttons, menus and forms keep to the narrower of the two platforms' limits", () => {
    for (const control of cardsOf({ lang, text: "x".repeat(3000) }, lang).flatMap(controls)) {
      if ("label" in control) expect(control.label.length).toBeLessThanOrEqual(75);
      else {
        expect(control.placeholder.length).toBeLessThanOrEqual(150);
        for (const option of control.options) expect(option.label.length).toBeLessThanOrEqual(75);
      }
    }
    for (const form of formsOf({ lang, text: "x".repeat(3000) }, lang)) {
      expect(form.title.length).toBeLessThanOrEqual(24);
      expect(form.submit.length).toBeLessThanOrEqual(24);
      expect(form.cancel.length).toBeLessThanOrEqual(24);
      expect(form.fields.length).toBeLessThanOrEqual(5);
      for (const field of form.fields) {
        expect(field.label.length).toBeLessThanOrEqual(45);
        expect(field.hint?.length ?? 0).toBeLessThanOrEqual(100);
        expect(field.value?.length ?? 0).toBeLessThanOrEqual(field.max);
      }
    }
  });

  test("a heading fits, and no card has more blocks or buttons in a row than a message may", () => {
    for (const card of cardsOf({ lang, text: "word ".repeat(600) }, lang)) {
      expect(card.blocks.length).toBeLessThanOrEqual(50);
      for (const block of card.blocks) {
        if (block.kind === "heading") expect(block.text.length).toBeLessThanOrEqual(150);
        if (block.kind === "actions") expect(block.items.length).toBeLessThanOrEqual(5);
      }
    }
  });

  test("no sentence holds undefined, an empty name, double spaces or two full stops", () => {
    for (const card of [...cardsOf({ lang }, lang), ...cardsOf({ lang, text: "", company: null }, lang)]) {
      const shown = JSON.stringify(card.blocks.filter(({ kind }) => kind !== "quote"));
      expect(shown).not.toMatch(/undefined|null null|NaN|Invalid|\[object| {2}|[^.]\.\.[^.]/);
      expect(card.summary.trim()).not.toBe("");
    }
  });

  test("whatever people write stays literal: plain strings, never bold, never a link", () => {
    const hostile = fc.constantFrom(
      "<!channel> everyone",
      "<@U123> look",
      "*bold* `code` ~x~",
      "@everyone @here",
      "<https://evil.example|click>",
      "[click](https://evil.example)",
      "‮gnp.exe",
    );
    fc.assert(
      fc.property(hostile, fc.string({ maxLength: 40 }), (bad, tail) => {
        const text = `${bad} ${tail}`;
        for (const card of cardsOf({ lang, text, company: bad }, lang)) {
          for (const block of card.blocks) {
            if (block.kind !== "text" && block.kind !== "note") continue;
            for (const piece of block.text) {
              if (typeof piece === "string") continue;
              if ("link" in piece) expect(piece.link).toMatch(/^https:\/\/(chat|status)\.example\.com/);
              if ("code" in piece || "italic" in piece)
                throw new Error(`formatted: ${JSON.stringify(piece)}`);
              if ("person" in piece) expect(piece.notify).not.toBe(true);
            }
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test("a proposed time, sent as it stands, is read back as the same minute", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7 * 1440 - 1 }), (minute) => {
        const it = desk("Mon 9:00", { tier: 1, terms: { ...desk("9:00").terms } });
        const now = at("Mon 0:00") + minute * MINUTE;
        const view = { ...viewOf(it, now), pledges: [] };
        const field = sayBackForm(view, view.customer, { now, timezone: "Europe/Madrid", lang }).fields.find(
          ({ name }) => name === "by",
        );
        expect(parseWhen(field?.value ?? "", now, "Europe/Madrid", lang)).toBe(now + 60 * MINUTE);
      }),
      { numRuns: 400 },
    );
  });

  test("every reply to whoever acted has words", () => {
    const view = busy({ lang });
    const kinds = [
      { kind: "claimed", sayBack: false },
      { kind: "assigned", to: "x" },
      { kind: "offered", to: "x", owner: MARTA, until: at("13:00") },
      { kind: "offered", to: "x", owner: "y", until: at("13:00") },
      { kind: "accepted", told: true },
      { kind: "accepted", told: false },
      { kind: "declined" },
      { kind: "withdrawn" },
      { kind: "released" },
      { kind: "refused", why: "offer_over" },
      { kind: "tiered", due: at("13:00") },
      { kind: "tiered", due: null },
      { kind: "waiting" },
      { kind: "resolved", told: true },
      { kind: "resolved", told: false },
      { kind: "reopened" },
      { kind: "said" },
      { kind: "on_it" },
      { kind: "confirmed" },
      { kind: "not_fixed" },
      { kind: "opened_other", number: 413 },
      { kind: "refused", why: "open_again" },
      { kind: "refused", why: "not_a_time", field: "by" },
    ] as const;
    for (const reply of kinds) {
      const answer = answerReply(reply, {
        view,
        actor: view.customer,
        to: { ...view.customer, name: "Luis Paz" },
        lang,
        now: at("10:05"),
      });
      const words = answer.kind === "card" ? answer.card.summary : answer.kind === "error" ? answer.text : "";
      expect(words).not.toBe("");
      expect(words).not.toContain("undefined");
    }
  });
});
