// A desk's request as messages see it, and cards as plain text.

import { replay } from "../../src/domain/request/state.ts";
import type { RequestView, SaidMessage } from "../../src/domain/request/view.ts";
import type { Lang } from "../../src/domain/words.ts";
import type { Card, Modal, Text } from "../../src/messages/card.ts";
import { plain, type Reader } from "../../src/messages/inline.ts";
import { type Reminded, remindedCard } from "../../src/messages/reminders.ts";
import { ANA, at, type Desk, LUIS, MARTA, type Time } from "../domain/request/desk.ts";

export const REQUEST = "019aa5d2-6d2c-7b62-8f5e-2d0f4d3c9a41";

const named = (id: string, name: string, lang: Lang) => ({
  id,
  ref: { platform: "slack", workspace: "T1", id: id === MARTA ? "U1MARTA" : "U1ANA" },
  name,
  timezone: "Europe/Madrid",
  lang,
});

export interface Said {
  lang?: Lang;
  text?: string;
  files?: readonly string[];
  company?: string | null;
  erased?: boolean;
  evidence?: readonly string[];
}

/** The request of a desk at a time, opened with these words. */
export function viewOf(it: Desk, time: Time, said: Said = {}): RequestView {
  const state = { ...replay(it.history), lang: said.lang ?? "en" };
  const message: SaidMessage = {
    row: "row-1",
    id: state.root,
    author: named(MARTA, "Marta Ruiz", state.lang),
    role: "customer",
    text: said.text ?? "The plan change charged me twice. Can I get one back?",
    files: (said.files ?? []).map((name) => ({ name })),
    at: state.openedAt,
    erased: said.erased ?? false,
  };
  return {
    id: REQUEST,
    number: 412,
    state,
    history: it.history,
    pledges: it.pledges(time),
    terms: it.terms,
    customer: named(MARTA, "Marta Ruiz", state.lang),
    owner: state.owner === null ? null : named(ANA, "Ana Gil", "en"),
    ownerAway: null,
    offeredTo: state.offer === null ? null : named(LUIS, "Luis Paz", "en"),
    putOff: null,
    company: said.company === undefined ? "Ferro Bikes" : said.company,
    team: "Support",
    channel: { platform: "slack", workspace: "T1", channel: "C1", name: "help", live: it.live },
    rootThread: null,
    thread: state.root,
    evidence: said.evidence ?? [],
    messages: [message],
    linkedNumber: null,
  };
}

export function reader(time: Time, lang: Lang = "en"): Reader {
  return { now: at(time), timezone: "Europe/Madrid", lang };
}

/** A card as somebody reads it: one line a block, controls in brackets, quotes behind ">". */
export function read(card: Card): string {
  return card.blocks
    .map((block) => {
      switch (block.kind) {
        case "heading":
        case "table":
          return block.text;
        case "text":
        case "note":
          return plain(block.text);
        case "quote":
          return `> ${block.text}`;
        case "fields":
          return block.fields.map(({ label, value }) => `${label}: ${plain(value)}`).join("\n");
        case "divider":
          return "---";
        case "actions":
          return block.items
            .map((item) => ("label" in item ? `[${item.label}]` : `[${item.placeholder} ▾]`))
            .join(" ");
        default:
          return block satisfies never;
      }
    })
    .join("\n");
}

export function readForm(modal: Modal): string {
  const fields = modal.fields.map(({ label, value, hint }) =>
    [`${label}: ${value ?? ""}`, ...(hint ? [`  (${hint})`] : [])].join("\n"),
  );
  return [modal.title, ...fields, `[${modal.submit}] [${modal.cancel}]`].join("\n");
}

/** The text of a card without its controls. */
export function wordsOf(card: Card): string {
  return card.blocks
    .flatMap((block) => (block.kind === "text" || block.kind === "note" ? [plain(block.text)] : []))
    .join("\n");
}

/** Every literal string of a text: what users wrote must be among them, whole. */
export function literals(text: Text): string[] {
  return text.filter((piece) => typeof piece === "string");
}

/** A reminder about one promise, told in time. */
export function reminder(
  view: RequestView,
  facts: Pick<Reminded, "pledge" | "due" | "to" | "link">,
  to: Reader,
): Card {
  return remindedCard(view, { kind: "warning", at: to.now, me: null, ...facts }, to);
}

/** A broken promise, told at once. */
export function breach(
  view: RequestView,
  facts: Pick<Reminded, "pledge" | "due" | "to" | "link">,
  to: Reader,
): Card {
  return remindedCard(view, { kind: "breach", at: to.now, me: null, ...facts }, to);
}
