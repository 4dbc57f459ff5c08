// What those on call read, and the team when nobody answers.
import { NEXT_AFTER } from "../domain/request/paging.ts";
import type { RequestView } from "../domain/request/view.ts";
import type { Instant } from "../domain/words.ts";
import type { Button, Card } from "./card.ts";
import { moment, plain, type Reader } from "./inline.ts";
import { lastWords, openButton } from "./private.ts";
import { customerName, promisedLine, titleFor } from "./request-card.ts";
import { onCallSentences } from "./text/on-call.ts";
import { sentences } from "./text/sentences.ts";

/** To whoever is called, beside the pager that wakes them. */
export function called(view: RequestView, facts: { at: Instant; link: string | null }, reader: Reader): Card {
  const words = onCallSentences(reader.lang);
  const text = words.called(view.number, customerName(view));
  const mine: Button = { act: "have_it", args: { request: view.id }, label: words.haveIt, style: "primary" };
  return {
    blocks: [
      { kind: "text", text },
      ...lastWords(view, reader),
      { kind: "note", text: [`${sentences(reader.lang).promised}: `, ...promisedLine(view, reader)] },
      { kind: "note", text: words.nextCalled(moment(facts.at + NEXT_AFTER, reader)) },
      { kind: "actions", items: [mine, ...openButton(facts.link, reader)] },
    ],
    summary: plain(text),
    tone: "alert",
  };
}

/** To the team and the leads: everybody was called and nobody answers, or there was nobody to call. */
export function unanswered(view: RequestView, link: string | null, reader: Reader): Card {
  const words = onCallSentences(reader.lang);
  const who = customerName(view);
  const none = view.state.page.calls.length === 0;
  const text = none ? words.nobodyToCall(view.number, who) : words.unanswered(view.number, who);
  const args = { request: view.id };
  return {
    blocks: [
      { kind: "text", text },
      ...lastWords(view, reader),
      {
        kind: "actions",
        items: [
          { act: "have_it", args, label: words.haveIt, style: "primary" },
          ...openButton(link, reader),
          { act: "hand_over", args, label: sentences(reader.lang).reassign },
        ],
      },
    ],
    summary: plain(text),
    tone: "alert",
  };
}

/** The lines a pager is given. The title is the customer's own words: only where the policy lets them leave the house. */
export function pageLines(
  view: RequestView,
  saysTitle: boolean,
  reader: Reader,
): { summary: string; answered: string; title: string | null } {
  const words = onCallSentences(reader.lang);
  return {
    summary: words.pageSummary(view.number, customerName(view)),
    answered: words.answeredSummary(view.number),
    title: saysTitle ? titleFor(view, reader.lang) : null,
  };
}
