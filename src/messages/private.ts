// What the owner, the team and the leads read, in their own language. It tells what to do next.
import { addWorking } from "../domain/promises/calendar.ts";
import { isActive } from "../domain/request/state.ts";
import type { RequestView } from "../domain/request/view.ts";
import type { Instant } from "../domain/words.ts";
import type { Block, Button, Card, Text } from "./card.ts";
import { targetMissed, targetNear, whyMissed } from "./clock-notes.ts";
import { clockWords, duration, firstName, moment, plain, type Reader, short } from "./inline.ts";
import { briefBlocks } from "./ownership.ts";
import { customerName, lastSaid, promisedLine, titleFor } from "./request-card.ts";
import { sentences } from "./text/sentences.ts";

/** How long after a breach the drafted apology proposes to write again, in working minutes. */
const NEW_TIME = 45;
/** How long after the deadline "not yet" may put the news off, in working minutes; it is a proposal. */
const NEWS_AFTER = 120;
const HALF_HOUR = 30 * 60_000;

/** The new time an apology proposes. */
export function newTime(view: RequestView, now: Instant): Instant {
  return addWorking(view.terms.calendar, now, NEW_TIME);
}

/** A round time somewhat after the deadline, for "not yet, news at 13:00". */
function newsAt(view: RequestView, due: Instant, now: Instant): Instant {
  const at = addWorking(view.terms.calendar, Math.max(due, now), NEWS_AFTER);
  return Math.ceil(at / HALF_HOUR) * HALF_HOUR;
}

export function lastWords(view: RequestView, reader: Reader): Block[] {
  const last = lastSaid(view);
  if (!last || last.erased || last.text.trim() === "") return [];
  return [
    { kind: "note", text: [sentences(reader.lang).last] },
    { kind: "quote", text: short(last.text, 300) },
  ];
}

export function openButton(link: string | null, reader: Reader): Button[] {
  return link ? [{ act: "open_link", args: {}, label: sentences(reader.lang).open, url: link }] : [];
}

/** "Ferro Bikes (#412) expects you by 10:30, in 45 min." To the owner, or to the team while nobody has it. */
export function reminder(
  view: RequestView,
  facts: { pledge: string; due: Instant; to: "owner" | "team" | "lead"; link: string | null },
  reader: Reader,
): Card {
  const words = sentences(reader.lang);
  const args = { request: view.id };
  const due = moment(facts.due, reader);
  const name = customerName(view);
  const left = facts.due - reader.now;
  const target = targetNear(view, { pledge: facts.pledge, due: facts.due, who: name }, reader);
  const text: Text =
    target ??
    (left <= 0
      ? words.alreadyPast(name, view.number, due)
      : view.owner === null
        ? words.expectsSomebody(name, view.number, due, duration(left, reader.lang))
        : facts.to === "owner"
          ? words.expectsYou(name, view.number, due, duration(left, reader.lang))
          : words.expectsOwner(
              name,
              view.number,
              firstName(view.owner.name),
              due,
              duration(left, reader.lang),
            ));
  const mine: Button[] =
    view.owner === null
      ? [{ act: "claim", args, label: words.claim, style: "primary" }]
      : facts.to === "owner"
        ? [{ act: "on_it", args: { ...args, pledge: facts.pledge }, label: words.imOnIt, style: "primary" }]
        : [];
  return {
    blocks: [
      { kind: "text", text },
      ...lastWords(view, reader),
      ...(target === null
        ? [
            {
              kind: "note",
              text: [words.notYetIsFine(clockWords(newsAt(view, facts.due, reader.now), reader))],
            } as const,
          ]
        : []),
      {
        kind: "actions",
        items: [
          ...mine,
          ...openButton(facts.link, reader),
          { act: "hand_over", args, label: words.handOver },
        ],
      },
    ],
    summary: plain(text),
    tone: "warn",
  };
}

/** "We missed 10:30 with Ferro Bikes (#412)." With the drafted apology, to be sent by the owner's tap. */
export function breach(
  view: RequestView,
  facts: { pledge: string; due: Instant; to: "owner" | "team" | "lead"; link: string | null },
  reader: Reader,
): Card {
  const words = sentences(reader.lang);
  const customer = sentences(view.state.lang);
  const args = { request: view.id };
  const whose =
    view.owner === null
      ? [` ${words.nobodyOwned}`]
      : facts.to === "owner"
        ? []
        : [` ${words.ownedBy(firstName(view.owner.name))}`];
  const name = customerName(view);
  const target = targetMissed(view, { pledge: facts.pledge, due: facts.due, who: name }, reader);
  const why = whyMissed(view, facts.pledge, reader);
  const text: Text = [
    ...(target ?? words.missedWith(moment(facts.due, reader), name, view.number)),
    ...whose,
    ...(why === "" || why === words.nobodyOwned ? [] : [` ${why}`]),
  ];
  const theirs = customerReader(view, reader);
  // The customer was told nothing of our own targets: there is nothing to be sorry for.
  const speaks = view.state.quiet === null && target === null;
  const draft: Block[] = speaks
    ? [
        {
          kind: "text",
          // The label is the owner's language, the words between the quotes are the customer's.
          text: words.draft([
            customer.apology(clockWords(facts.due, theirs)),
            ...customer.hearFromMeBy(moment(newTime(view, reader.now), theirs)),
          ]),
        },
      ]
    : [];
  const send: Button[] = speaks ? [{ act: "draft_apology", args, label: words.send, style: "primary" }] : [];
  return {
    blocks: [
      { kind: "text", text },
      ...lastWords(view, reader),
      ...draft,
      {
        kind: "actions",
        items: [
          ...send,
          ...openButton(facts.link, reader),
          { act: "hand_over", args, label: words.reassign },
        ],
      },
    ],
    summary: plain(text),
    tone: "alert",
  };
}

/** The customer's own zone and language, for words they will read. */
export function customerReader(view: RequestView, reader: Pick<Reader, "now">): Reader {
  return {
    now: reader.now,
    timezone: view.customer.timezone ?? view.terms.calendar.timezone,
    lang: view.state.lang,
  };
}

/** A colleague gave you a request. */
export function given(
  view: RequestView,
  by: string,
  link: string | null,
  reader: Reader,
  brief: string | null = null,
): Card {
  const words = sentences(reader.lang);
  const text = words.given(firstName(by), view.number, customerName(view));
  const owed = view.pledges.some((pledge) => pledge.endedAt === null);
  return {
    blocks: [
      { kind: "text", text: [text] },
      ...(owed && isActive(view.state)
        ? [{ kind: "note", text: [`${words.promised}: `, ...promisedLine(view, reader)] } as const]
        : []),
      ...briefBlocks(brief, reader),
      ...lastWords(view, reader),
      {
        kind: "actions",
        items: [
          {
            act: "on_it",
            args: { request: view.id, pledge: "first_answer" },
            label: words.imOnIt,
            style: "primary",
          },
          ...openButton(link, reader),
          { act: "hand_over", args: { request: view.id }, label: words.handOver },
        ],
      },
    ],
    summary: text,
  };
}

/** "What change would have made this impossible?" Up to three causes and "Other…". */
export function causesQuestion(
  view: RequestView,
  causes: readonly { id: string; name: string }[],
  reader: Reader,
): Card {
  const words = sentences(reader.lang);
  const text = words.whatChange(view.number, customerName(view));
  return {
    blocks: [
      { kind: "text", text: [text] },
      { kind: "quote", text: short(titleFor(view, reader.lang), 150) },
      {
        kind: "actions",
        items: [
          ...causes.map(
            ({ id, name }): Button => ({
              act: "cause",
              args: { cause: id, request: view.id },
              label: short(name, 75),
            }),
          ),
          { act: "other_cause", args: { request: view.id }, label: words.otherCause },
        ],
      },
      { kind: "note", text: [words.whyAsk] },
    ],
    summary: text,
  };
}
