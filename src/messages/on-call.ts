// What those on call read, and the team when nobody answers.
import { NEXT_AFTER } from "../domain/request/paging.ts";
import type { RequestView } from "../domain/request/view.ts";
import type { Instant, Lang } from "../domain/words.ts";
import type { Answer, Button, Card, Text } from "./card.ts";
import { firstName, joined, moment, plain, type Reader } from "./inline.ts";
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

/** The same message once somebody is there. */
export function taken(view: RequestView, by: string, link: string | null, reader: Reader): Card {
  const text = onCallSentences(reader.lang).somebodyThere(firstName(by), view.number, customerName(view));
  const open = openButton(link, reader);
  return {
    blocks: [{ kind: "text", text }, ...(open.length > 0 ? [{ kind: "actions", items: open } as const] : [])],
    summary: plain(text),
    tone: "done",
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

/** To the team channel: the policy would have given it to somebody, and nobody is there. */
export function nobodyFree(view: RequestView, link: string | null, reader: Reader): Card {
  const text = onCallSentences(reader.lang).nobodyFree(view.number, customerName(view));
  const words = sentences(reader.lang);
  const args = { request: view.id };
  return {
    blocks: [
      { kind: "text", text },
      { kind: "note", text: [`${words.promised}: `, ...promisedLine(view, reader)] },
      {
        kind: "actions",
        items: [
          { act: "claim", args, label: words.claim, style: "primary" },
          ...openButton(link, reader),
          { act: "hand_over", args, label: words.handOver },
        ],
      },
    ],
    summary: plain(text),
    tone: "warn",
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

/** A test page, beside the pager: whoever is called says whether it rang. */
export function testPage(test: { team: { row: string; name: string }; id: string }, reader: Reader): Card {
  const words = onCallSentences(reader.lang);
  const text = words.test(test.team.name);
  const args = { team: test.team.row, test: test.id };
  return {
    blocks: [
      { kind: "text", text: [text] },
      { kind: "note", text: [words.ifSilent] },
      { kind: "actions", items: [{ act: "page_rang", args, label: words.itRang, style: "primary" }] },
    ],
    summary: text,
  };
}

/** The line a pager is given for a test. */
export function testLine(team: string, lang: Lang): string {
  return onCallSentences(lang).testSummary(team);
}

/** Who is on call, until when, who comes next, and whether a page was ever heard. */
export function onCallCard(
  facts: {
    team: string;
    now: string;
    until: Instant;
    /** Who is called after them, in order. */
    behind: readonly string[];
    next: string;
    confirmed: { at: Instant; by: string } | null;
    rings: boolean;
  },
  reader: Reader,
): Card {
  const words = onCallSentences(reader.lang);
  const title = words.title(facts.team);
  const text: Text[] = [words.nowOnCall(facts.now, moment(facts.until, reader), facts.next)];
  if (facts.behind.length > 0) text.push([words.calledNext(facts.behind)]);
  const heard = facts.confirmed
    ? words.heardOn(facts.confirmed.by, moment(facts.confirmed.at, reader))
    : [words.neverHeard];
  return {
    blocks: [
      { kind: "heading", text: title },
      { kind: "text", text: joined(text, "\n") },
      { kind: "text", text: facts.rings ? heard : [words.noPager] },
    ],
    summary: title,
  };
}

/** What whoever acted is told at once. */
export function onCallSaid(
  what: "noPager" | "notOnRota" | "testSent" | "heard",
  reader: Reader,
  name = "",
): Answer {
  const words = onCallSentences(reader.lang);
  if (what === "noPager") return { kind: "error", text: words.noPager };
  if (what === "notOnRota") return { kind: "error", text: words.notOnRota };
  const text = what === "testSent" ? words.testSent(firstName(name)) : words.heard(name);
  return { kind: "card", card: { blocks: [{ kind: "text", text: [text] }], summary: text } };
}
