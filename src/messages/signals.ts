// What the owner, or the team, is told in private of what a customer's words show.
import { type Steps, stepsOf } from "../domain/request/signals.ts";
import { isActive } from "../domain/request/state.ts";
import type { RequestView } from "../domain/request/view.ts";
import type { CustomerSignal } from "../domain/triage/customer-signals.ts";
import type { Instant, Lang } from "../domain/words.ts";
import type { Block, Button, Card, Menu, Text } from "./card.ts";
import { followedBy, followUpControls } from "./chances.ts";
import { firstName, plain, type Reader, short } from "./inline.ts";
import { customerName, titleFor } from "./request-card.ts";
import { chanceSentences } from "./text/chances.ts";
import { sentences } from "./text/sentences.ts";
import { signalSentences } from "./text/signals.ts";

/** How staff say sorry, folded; only ever looked for, never built from what people write. */
const SORRY = /\b(?:sorry|apolog|disculp|perdon|lo siento|lamentamos|sentimos)/u;

/** The steps of its complaint that can be seen; null where it has none. */
export function complaintSteps(view: RequestView): Steps | null {
  const since = view.state.signals.get("complaint");
  if (since === undefined) return null;
  const sorry = view.messages.some(
    ({ role, at, text }) => role === "staff" && at >= since && SORRY.test(folded(text)),
  );
  return stepsOf(view.state, view.history, sorry);
}

/** "Still missing: an apology and a plan with a time."; null where there is no complaint, or all was done. */
export function stillMissing(view: RequestView, lang: Lang): string | null {
  const steps = complaintSteps(view);
  const words = signalSentences(lang);
  const missing = steps ? named(steps, false, lang) : [];
  return missing.length === 0 ? null : words.missing(words.and(missing));
}

function named(steps: Steps, done: boolean, lang: Lang): string[] {
  const words = signalSentences(lang);
  return (["acknowledged", "apologised", "planned"] as const)
    .filter((step) => steps[step] === done)
    .map((step) => words.steps[step]);
}

function folded(text: string): string {
  return text.slice(0, 4_000).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * @param quote the words that told: "" where the customer took them back, null where they must not be repeated
 * @param follows who follows up a chance, and by when
 */
export function signalCard(
  view: RequestView,
  facts: {
    signal: CustomerSignal;
    quote: string | null;
    link: string | null;
    follows?: { name: string; until: Instant } | null;
  },
  reader: Reader,
): Card {
  const words = signalSentences(reader.lang);
  const { signal } = facts;
  const who = customerName(view);
  const text = lead(view, signal, who, reader.lang);
  const quote: Block[] = facts.quote ? [{ kind: "quote", text: short(facts.quote, 300) }] : [];
  const args = { request: view.id };
  const maySay = isActive(view.state) && view.state.quiet !== "watch_only";
  const sorry: Button[] = maySay
    ? [{ act: "draft_apology", args, label: words.sorry, style: "primary" }]
    : [];
  const open: Button[] = facts.link
    ? [{ act: "open", args: {}, label: sentences(reader.lang).open, url: facts.link }]
    : [];
  const erase: Button = { act: "delete_note", args: { ...args, signal }, label: words.deleteNote };
  const first: (Button | Menu)[] =
    signal === "complaint" || signal === "heated"
      ? sorry
      : signal === "opportunity"
        ? followUpControls(view, reader)
        : [];
  const items = [...first, ...open, erase];
  const gone: Block[] = facts.quote === "" ? [{ kind: "note", text: [words.wordsGone] }] : [];
  const follows: Block[] =
    signal === "opportunity" ? [{ kind: "note", text: followedBy(facts.follows ?? null, reader) }] : [];
  return {
    blocks: [
      { kind: "text", text },
      ...quote,
      ...gone,
      ...follows,
      ...advice(view, signal, reader.lang).map((line): Block => ({ kind: "note", text: line })),
      { kind: "actions", items },
    ],
    summary: plain(text),
    tone: signal === "opportunity" || signal === "praise" ? "calm" : "warn",
  };
}

function lead(view: RequestView, signal: CustomerSignal, who: string, lang: Lang): Text {
  const words = signalSentences(lang);
  switch (signal) {
    case "complaint":
      return words.complaint(who, view.number);
    case "heated":
      return view.owner ? words.heated(who, view.number) : words.heatedNobody(who, view.number);
    case "leaving":
      return words.leaving(who, view.number);
    case "security":
      return words.security(who, view.number);
    case "personal_data":
    case "newcomer_link":
      return words.personalData(who, view.number);
    case "opportunity":
    case "praise":
      return words.opportunity(who, view.number);
    default:
      return signal satisfies never;
  }
}

function advice(view: RequestView, signal: CustomerSignal, lang: Lang): Text[] {
  const words = signalSentences(lang);
  switch (signal) {
    case "complaint": {
      const steps = complaintSteps(view);
      if (!steps) return [];
      const done = named(steps, true, lang);
      const missing = named(steps, false, lang);
      return [
        ...(done.length > 0 ? [[words.done(words.and(done))]] : []),
        ...(missing.length > 0 ? [[words.missing(words.and(missing))]] : []),
      ];
    }
    case "heated": {
      const theirs = signalSentences(view.state.lang);
      const draft = theirs.calmDraft(firstName(view.customer.name), titleFor(view));
      return [words.draft(draft), [words.nextWord]];
    }
    case "leaving":
      return [[words.goodbye]];
    case "opportunity":
      return [[words.chanceKept]];
    case "security":
    case "personal_data":
      return [[words.moveIt]];
    default:
      return [];
  }
}

/** To a colleague who answered in a heated thread. */
export function oneVoice(view: RequestView, reader: Reader): Card {
  const text = signalSentences(reader.lang).oneVoice(firstName(view.owner?.name ?? ""), view.number);
  return { blocks: [{ kind: "text", text: [text] }], summary: text };
}

/** Three days after a complaint was closed. */
export function lookIn(view: RequestView, link: string | null, reader: Reader): Card {
  const text = signalSentences(reader.lang).lookIn(customerName(view), view.number);
  const open: Block[] = link
    ? [{ kind: "actions", items: [{ act: "open", args: {}, label: sentences(reader.lang).open, url: link }] }]
    : [];
  return { blocks: [{ kind: "text", text }, ...open], summary: plain(text) };
}

/** To whoever follows up a chance, on its day. */
export function chanceDue(
  view: RequestView,
  facts: { quote: string | null; link: string | null },
  reader: Reader,
): Card {
  const text = chanceSentences(reader.lang).due(customerName(view), view.number);
  const quote: Block[] = facts.quote ? [{ kind: "quote", text: short(facts.quote, 300) }] : [];
  const open: Block[] = facts.link
    ? [
        {
          kind: "actions",
          items: [{ act: "open", args: {}, label: sentences(reader.lang).open, url: facts.link }],
        },
      ]
    : [];
  return { blocks: [{ kind: "text", text }, ...quote, ...open], summary: plain(text) };
}
