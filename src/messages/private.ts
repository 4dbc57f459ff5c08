// What the owner, the team and the leads read, in their own language. It tells what to do next.
import { addWorking } from "../domain/promises/calendar.ts";
import { isActive } from "../domain/request/state.ts";
import type { RequestView } from "../domain/request/view.ts";
import type { Instant } from "../domain/words.ts";
import type { Block, Button, Card } from "./card.ts";
import { firstName, type Reader, short } from "./inline.ts";
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
export function newsAt(view: RequestView, due: Instant, now: Instant): Instant {
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
