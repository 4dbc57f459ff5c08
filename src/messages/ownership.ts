// Who has it, in words: to whom it is offered, to its owner, to the team, to the customer, to the lead.

import { countsOf } from "../domain/request/counts.ts";
import type { OwnershipNews } from "../domain/request/notices.ts";
import { BRIEF_MAX } from "../domain/request/ownership.ts";
import { isActive } from "../domain/request/state.ts";
import type { RequestView } from "../domain/request/view.ts";
import type { Instant } from "../domain/words.ts";
import type { Block, Button, Card, Modal } from "./card.ts";
import { firstName, moment, plain, type Reader, short } from "./inline.ts";
import { lastWords, openButton } from "./private.ts";
import { customerName, promisedLine } from "./request-card.ts";
import { ownershipSentences } from "./text/ownership.ts";
import { sentences } from "./text/sentences.ts";

/** The brief, asked for before a request is offered. It carries ids alone. */
export function briefForm(view: RequestView, to: { who: string; name: string }, reader: Reader): Modal {
  const words = ownershipSentences(reader.lang);
  return {
    act: "handover",
    args: { request: view.id, who: to.who },
    title: words.briefTitle,
    submit: words.offerIt,
    cancel: sentences(reader.lang).cancel,
    ...(to.name === "" ? {} : { intro: [words.briefIntro(firstName(to.name))] }),
    fields: [
      {
        name: "brief",
        label: words.briefLine,
        hint: words.briefHint,
        multiline: true,
        required: true,
        max: BRIEF_MAX,
      },
    ],
  };
}

/** What it is, how it stands, and what is owed by when. */
function owed(view: RequestView, reader: Reader): Block[] {
  if (!isActive(view.state)) return [];
  const words = sentences(reader.lang);
  const { tier, status } = view.state;
  const state = `${words.tiers[tier]} · ${words.statuses[status]} · ${words.promised}: `;
  return [{ kind: "note", text: [state, ...promisedLine(view, reader)] }];
}

export function briefBlocks(brief: string | null, reader: Reader): Block[] {
  if (brief === null || brief.trim() === "") return [];
  return [
    { kind: "note", text: [ownershipSentences(reader.lang).brief] },
    { kind: "quote", text: brief.trim().replace(/\s*\n\s*/g, "\n") },
  ];
}

/** "Ana asks you to take over #412, Ferro Bikes.": the brief, what is owed by when, yes or no. */
export function handoverOffer(
  view: RequestView,
  facts: {
    by: string;
    at: Instant;
    until: Instant;
    again: boolean;
    brief: string | null;
    link: string | null;
  },
  reader: Reader,
): Card {
  const words = ownershipSentences(reader.lang);
  const name = customerName(view);
  const text = facts.again
    ? words.stillWaits(view.number, name, firstName(view.owner?.name ?? ""))
    : words.offers(firstName(facts.by), view.number, name);
  const args = { request: view.id, offer: String(facts.at) };
  return {
    blocks: [
      { kind: "text", text: [text] },
      ...briefBlocks(facts.brief, reader),
      ...lastWords(view, reader),
      ...(facts.brief === null ? lastOurs(view, reader) : []),
      ...owed(view, reader),
      {
        kind: "actions",
        items: [
          { act: "accept_handover", args, label: words.iHaveIt, style: "primary" },
          { act: "decline_handover", args, label: words.cant },
          ...openButton(facts.link, reader),
        ],
      },
      { kind: "note", text: words.fallsBack(moment(facts.until, reader), firstName(view.owner?.name ?? "")) },
    ],
    summary: text,
  };
}

/** What became of an offer, or of their request, to its owner. */
export function ownershipNews(
  view: RequestView,
  facts: { what: OwnershipNews; who: string; by: string; link: string | null },
  reader: Reader,
): Card {
  const words = ownershipSentences(reader.lang);
  const name = customerName(view);
  const who = firstName(facts.who);
  const again = facts.what === "declined" || facts.what === "lapsed";
  const ask: Button = { act: "hand_over", args: { request: view.id }, label: words.askAnother };
  const text = ((): string => {
    switch (facts.what) {
      case "offered":
        return words.offeredByOther(firstName(facts.by), view.number, who);
      case "accepted":
        return words.acceptedBy(who, view.number, name);
      case "declined":
        return words.declinedBy(who, view.number, name);
      case "lapsed":
        return words.lapsed(who, view.number, name);
      case "taken_over":
        return words.takenOver(who, view.number, name);
      case "reassigned":
        return words.reassigned(who, view.number, name);
      default:
        return facts.what satisfies never;
    }
  })();
  const items = [...(again && isActive(view.state) ? [ask] : []), ...openButton(facts.link, reader)];
  return {
    blocks: [
      { kind: "text", text: [text] },
      ...(again ? owed(view, reader) : []),
      ...(items.length > 0 ? [{ kind: "actions", items } as const] : []),
    ],
    summary: text,
  };
}

/** To the team: an offer came to nothing, and something is owed before its owner is back. */
export function stillTheirs(
  view: RequestView,
  facts: { owner: string; who: string; back: Instant; link: string | null },
  reader: Reader,
): Card {
  const back = moment(facts.back, reader);
  const text = ownershipSentences(reader.lang).stillTheirs(
    firstName(facts.who),
    view.number,
    customerName(view),
    firstName(facts.owner),
    back,
  );
  const reassign: Button = {
    act: "hand_over",
    args: { request: view.id },
    label: sentences(reader.lang).reassign,
    style: "primary",
  };
  return {
    blocks: [
      { kind: "text", text },
      ...owed(view, reader),
      ...lastWords(view, reader),
      { kind: "actions", items: [reassign, ...openButton(facts.link, reader)] },
    ],
    summary: plain(text),
    tone: "warn",
  };
}

/** What we said last, for whoever has no brief. */
export function lastOurs(view: RequestView, reader: Reader): Block[] {
  const last = view.messages.findLast(({ role, erased, text }) => role === "staff" && !erased && text !== "");
  if (!last) return [];
  return [
    { kind: "note", text: [ownershipSentences(reader.lang).lastOurs] },
    { kind: "quote", text: short(last.text, 300) },
  ];
}

/** "Ana is away until Friday, so #412, Ferro Bikes, is yours now": its last words are the brief. */
export function standIn(
  view: RequestView,
  facts: { from: string; until: Instant; link: string | null },
  reader: Reader,
): Card {
  const until = moment(facts.until, reader);
  const text = ownershipSentences(reader.lang).standsIn(
    firstName(facts.from),
    view.number,
    customerName(view),
    until,
  );
  const args = { request: view.id };
  const words = sentences(reader.lang);
  return {
    blocks: [
      { kind: "text", text },
      ...lastWords(view, reader),
      ...lastOurs(view, reader),
      ...owed(view, reader),
      {
        kind: "actions",
        items: [
          { act: "on_it", args: { ...args, pledge: "first_answer" }, label: words.imOnIt, style: "primary" },
          ...openButton(facts.link, reader),
          { act: "hand_over", args, label: words.handOver },
        ],
      },
    ],
    summary: plain(text),
  };
}

/** To the team: given back, or left by somebody who is away, and something is owed soon. */
export function givenBack(
  view: RequestView,
  facts: { by: string; away: boolean; link: string | null },
  reader: Reader,
): Card {
  const words = ownershipSentences(reader.lang);
  const sentence = facts.away ? words.leftBehind : words.givenBack;
  const text = sentence(firstName(facts.by), view.number, customerName(view));
  const claim: Button = {
    act: "claim",
    args: { request: view.id },
    label: sentences(reader.lang).claim,
    style: "primary",
  };
  return {
    blocks: [
      { kind: "text", text: [text] },
      ...owed(view, reader),
      ...lastWords(view, reader),
      { kind: "actions", items: [claim, ...openButton(facts.link, reader)] },
    ],
    summary: text,
    tone: "warn",
  };
}

/** To the customer, in their language: "Lucía takes over from Ana and knows your case. The time we promised stays." */
export function newOwner(
  view: RequestView,
  facts: { to: string; from: string; knows: boolean },
  now: Instant,
): Card {
  const words = ownershipSentences(view.state.lang);
  // Who has not heard from us yet knows of no time.
  const heard = view.state.acknowledgedAt !== null || view.state.answeredAt !== null;
  const promised = view.pledges.some(
    ({ endedAt, dueAt, kind }) => endedAt === null && kind !== "commitment" && dueAt !== null && dueAt > now,
  );
  const text = [
    words.takesOver(firstName(facts.to), firstName(facts.from), facts.knows),
    heard && promised ? words.timeStays : "",
  ].join("");
  const { ref } = view.customer;
  return {
    blocks: [{ kind: "text", text: [text] }],
    summary: text,
    ...(ref.id === "" ? {} : { tells: ref }),
  };
}

/** To the lead, once: it has changed hands twice, or the customer came a third time. With what to do. */
export function tooMany(
  view: RequestView,
  facts: { what: "handovers" | "contacts"; names: readonly string[]; link: string | null },
  reader: Reader,
): Card {
  const words = ownershipSentences(reader.lang);
  const name = customerName(view);
  const { contacts } = countsOf(view.history, view.terms);
  const passed = facts.what === "handovers";
  const text = passed
    ? words.passedAround(view.number, name, facts.names.map(firstName).join(" → "))
    : words.cameAgain(view.number, name, contacts);
  return {
    blocks: [
      { kind: "text", text: [text] },
      ...lastWords(view, reader),
      ...owed(view, reader),
      { kind: "note", text: [passed ? words.passedAroundDo : words.cameAgainDo] },
      {
        kind: "actions",
        items: [
          ...openButton(facts.link, reader),
          { act: "hand_over", args: { request: view.id }, label: sentences(reader.lang).reassign },
        ],
      },
    ],
    summary: text,
    tone: "warn",
  };
}
