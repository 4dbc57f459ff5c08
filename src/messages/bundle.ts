// What falls due together for one person, in one message: a line for each request, and what can be done about them.
import type { Named, RequestView } from "../domain/request/view.ts";
import type { Block, Button, Card, Menu, Text } from "./card.ts";
import { type Reader, short } from "./inline.ts";
import { actionsFor, controlsAfter, headline, lateNote, type Reminded, remindedCard } from "./reminders.ts";
import { customerName, lastSaid } from "./request-card.ts";
import { reminderSentences } from "./text/reminders.ts";
import { sentences } from "./text/sentences.ts";

export interface BundleLine {
  view: RequestView;
  it: Reminded;
}

/** Requests shown with a line of their own, and a link; what is beyond is counted. */
export const LINES = 8;
/** So many requests have a row of buttons each; of more, each thing to do has a menu of requests (five rows on Discord). */
const ROWS = 4;
export const OPTIONS = 25;

/**
 * One looks as it always does; several are one message. Lines come in the order given: the most pressing first. `beyond` are
 * counted and nothing else is shown of them.
 */
export function bundleCard(
  lines: readonly BundleLine[],
  reader: Reader,
  beyond: readonly Reminded[] = [],
): Card {
  const [first] = lines;
  const all = [...lines.map(({ it }) => it), ...beyond];
  if (first && all.length === 1) return remindedCard(first.view, first.it, reader);
  const words = reminderSentences(reader.lang);
  const lead = leadOf(all, reader);
  const shown = lines.slice(0, LINES);
  const rest = all.length - shown.length;
  const blocks: Block[] = [
    { kind: "text", text: [lead] },
    ...lateNote(all, reader),
    ...shown.map((line): Block => ({ kind: "text", text: lineOf(line, reader) })),
  ];
  if (rest > 0) blocks.push({ kind: "note", text: [words.more(rest)] });
  blocks.push(...(all.length <= ROWS ? rowsOf(lines, reader) : menusOf(lines, reader)));
  const broken = all.some(({ kind }) => kind === "breach");
  return { blocks, summary: lead, tone: broken ? "alert" : "warn" };
}

/** The same said in a channel to somebody by name, who is told of it there. */
export function addressed(card: Card, { ref, name }: Pick<Named, "ref" | "name">): Card {
  const [first, ...rest] = card.blocks;
  const named: Text = [{ person: ref, name, notify: true }];
  const blocks: Block[] =
    first?.kind === "text"
      ? [{ kind: "text", text: [...named, ": ", ...first.text] }, ...rest]
      : [{ kind: "text", text: named }, ...card.blocks];
  return { ...card, blocks };
}

function leadOf(all: readonly Reminded[], reader: Reader): string {
  const words = reminderSentences(reader.lang);
  const missed = all.filter(({ kind }) => kind === "breach").length;
  const soon = all.length - missed;
  if (missed > 0) return soon > 0 ? words.missedAnd(missed, soon) : words.missed(missed);
  return all.every(({ to }) => to === "owner") ? words.expectYou(soon) : words.expectSomebody(soon);
}

/** "• Ferro Bikes (#412) expects you by 10:30, in 45 min. Open “Will you charge me again?”" */
function lineOf({ view, it }: BundleLine, reader: Reader): Text {
  const words = sentences(reader.lang);
  const last = lastSaid(view);
  const said = last && !last.erased ? last.text.trim() : "";
  return [
    "• ",
    ...headline(view, it, reader),
    ...(said === "" ? [] : [" ", { italic: `“${short(said, 80)}”` }]),
    ...(it.link ? [" ", { link: it.link, label: words.open }] : []),
  ];
}

/** A request may have two lines, a warning and a breach: neither platform takes the same control or option twice. */
function rowsOf(lines: readonly BundleLine[], reader: Reader): Block[] {
  const words = reminderSentences(reader.lang);
  const there = new Set<string>();
  const rows = lines.map(({ view, it }): Button[] =>
    [...actionsFor(view, it, reader), ...controlsAfter(view, it, reader)]
      .filter(({ act, args, url }) => {
        const does = JSON.stringify([act, args, url]);
        return !there.has(does) && there.add(does);
      })
      .map((button) => ({ ...button, label: short(words.numbered(view.number, button.label), 75) })),
  );
  return rows.filter((items) => items.length > 0).map((items) => ({ kind: "actions", items }));
}

/** A menu for each thing to do, with the requests it can be done to. */
function menusOf(lines: readonly BundleLine[], reader: Reader): Block[] {
  const words = reminderSentences(reader.lang);
  const warned = lines.filter(({ view, it }) => it.kind === "warning" && view.owner !== null);
  const mine = warned.filter(({ it }) => it.to === "owner");
  return [
    menu("on_it", words.onItWith, mine),
    menu("snooze", words.snoozeWhich, mine),
    menu("hand_over", words.handOverWhich, lines),
  ].filter((block) => block !== null);
}

function menu(act: string, placeholder: string, lines: readonly BundleLine[]): Block | null {
  if (lines.length === 0) return null;
  const views = new Map(lines.map(({ view }) => [view.id, view]));
  const options = [...views.values()].slice(0, OPTIONS).map((view) => ({
    value: view.id,
    label: short(`#${view.number} ${customerName(view)}`, 75),
  }));
  const items: Menu[] = [{ act, args: {}, choice: "request", placeholder, of: "options", options }];
  return { kind: "actions", items };
}
