// An incident as the team sees it: how many, who, the first report; and what whoever acted on it is told.
import type { IncidentState } from "../domain/incidents/incident.ts";
import { isActive } from "../domain/request/state.ts";
import type { Named, RequestView } from "../domain/request/view.ts";
import type { Lang } from "../domain/words.ts";
import type { Answer, Block, Button, Card, Modal, ModalField, Text } from "./card.ts";
import { joined, moment, type Reader, short, who } from "./inline.ts";
import { customerName, lastSaid, titleFor } from "./request-card.ts";
import { intakeSentences } from "./text/intake.ts";
import { sentences } from "./text/sentences.ts";

/** Reports shown one by one; the rest is a number. */
const SHOWN = 10;
const LINE_MAX = 1000;

export interface IncidentFacts {
  incident: IncidentState;
  /** The first reports, oldest first. */
  views: readonly RequestView[];
  decidedBy: Named | null;
  /** Opens the first report, or null. */
  link: string | null;
}

/** The card in the team channel; a live one, from the proposal to the end. */
export function incidentCard({ incident, views, decidedBy, link }: IncidentFacts, reader: Reader): Card {
  const words = intakeSentences(reader.lang);
  const { status, customers } = incident;
  const first = views[0];
  const about = short(first ? titleFor(first, reader.lang) : `#${incident.firstNumber}`, 100);
  const title = words.incidentTitle[status](about);
  const blocks: Block[] = [{ kind: "heading", text: title }];
  const said = first ? words.sayTheSame(customers, moment(first.state.openedAt, reader)) : [];
  blocks.push({ kind: "text", text: said });
  const opening = first?.messages.find(
    ({ role, erased, text }) => role === "customer" && !erased && text.trim() !== "",
  );
  if (first && opening) {
    blocks.push(
      { kind: "note", text: words.firstReport(first.number, who(first.customer), link) },
      { kind: "quote", text: short(opening.text, 300) },
    );
  }
  const rows = views.slice(0, SHOWN).map((view) => row(view, reader));
  const more = incident.requests.length - rows.length;
  if (more > 0) rows.push([words.andMore(more)]);
  blocks.push({ kind: "text", text: joined(rows, "\n") });
  const notes = notesOf(incident, decidedBy, reader);
  if (notes.length > 0) blocks.push({ kind: "note", text: joined(notes, " · ") });
  const items = buttonsOf(incident, reader.lang);
  if (items.length > 0) blocks.push({ kind: "actions", items });
  const tone = status === "proposed" ? "warn" : status === "open" ? "alert" : "done";
  return { blocks, summary: `${title} · ${words.customers(customers)}`, tone };
}

/** "• #12 Ferro Bikes: Nobody can log in · open". */
function row(view: RequestView, reader: Reader): Text {
  const words = sentences(reader.lang);
  const last = lastSaid(view);
  const text = last && !last.erased ? titleFor(view, reader.lang) : words.erased;
  const status = isActive(view.state) ? [] : [` · ${words.statuses[view.state.status]}`];
  return [
    `• `,
    { bold: `#${view.number}` },
    ` ${short(customerName(view), 40)}: ${short(text, 70)}`,
    ...status,
  ];
}

function notesOf(incident: IncidentState, by: Named | null, reader: Reader): Text[] {
  const words = intakeSentences(reader.lang);
  const notes: Text[] = [];
  if (by && incident.decidedAt !== null) {
    const said = incident.status === "dismissed" ? words.notRelatedBy : words.confirmedBy;
    notes.push(said(who(by), moment(incident.decidedAt, reader)));
  }
  if (incident.toldAt !== null) notes.push(words.toldLast(incident.told, moment(incident.toldAt, reader)));
  if (incident.status === "open") notes.push([words.moreJoin]);
  return notes;
}

function buttonsOf({ id, status }: IncidentState, lang: Lang): Button[] {
  const words = intakeSentences(lang);
  const args = { incident: id };
  switch (status) {
    case "proposed":
      return [
        { act: "confirm_incident", args, label: words.oneIncident, style: "primary" },
        { act: "dismiss_incident", args, label: words.notRelated },
      ];
    case "open":
      return [
        { act: "update_everyone", args, label: words.updateEveryone, style: "primary" },
        { act: "resolve_all", args, label: words.resolveAll },
      ];
    case "dismissed":
      return [{ act: "confirm_incident", args, label: words.oneIncidentAfterAll }];
    case "resolved":
      return [];
    default:
      return status satisfies never;
  }
}

function line(name: string, label: string, hint: string, required: boolean): ModalField {
  return { name, label, hint, multiline: true, required, max: LINE_MAX };
}

export function updateForm({ id, customers }: IncidentState, lang: Lang): Modal {
  const words = intakeSentences(lang);
  const base = sentences(lang);
  return {
    act: "update_everyone",
    args: { incident: id },
    title: words.updateEveryone,
    submit: base.sendNow,
    cancel: base.cancel,
    fields: [line("line", words.updateLine(customers), words.updateHint, true)],
  };
}

export function resolveAllForm({ id }: IncidentState, lang: Lang): Modal {
  const words = intakeSentences(lang);
  const base = sentences(lang);
  return {
    act: "resolve_all",
    args: { incident: id },
    title: words.resolveAll,
    submit: base.resolveNow,
    cancel: base.cancel,
    fields: [line("note", base.resolveLine, base.resolveHint, false)],
  };
}

export function answerForm(view: RequestView, lang: Lang): Modal {
  const words = intakeSentences(lang);
  const base = sentences(lang);
  return {
    act: "answer",
    args: { request: view.id },
    title: words.answerTitle,
    submit: base.sendNow,
    cancel: base.cancel,
    fields: [line("line", words.answerLine, words.answerHint(customerName(view)), true)],
  };
}

/** What whoever acted sees, alone. */
export function incidentAnswer(
  facts: { lang: Lang; incident: IncidentState } & (
    | { kind: "confirmed" | "dismissed" | "already" | "not_open" }
    | { kind: "told"; count: number; silent: number }
    | { kind: "resolved"; count: number }
  ),
): Answer {
  const words = intakeSentences(facts.lang);
  switch (facts.kind) {
    case "confirmed":
      return shown(words.confirmed(facts.incident.customers));
    case "dismissed":
      return shown(words.dismissed);
    case "already":
      return { kind: "error", text: words.alreadyDecided };
    case "not_open":
      return { kind: "error", text: words.notOpen };
    case "told":
      return shown(words.toldEveryone(facts.count, facts.silent));
    case "resolved":
      return shown(words.resolvedAll(facts.count));
    default:
      return facts satisfies never;
  }
}

function shown(text: string): Answer {
  return { kind: "card", card: { blocks: [{ kind: "text", text: [text] }], summary: text } };
}
