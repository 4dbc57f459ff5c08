// Lists and details, seen only by whoever asked.

import { isActive } from "../domain/request/state.ts";
import type { Named, RequestView } from "../domain/request/view.ts";
import type { Block, Button, Card, Text } from "./card.ts";
import { clockFact } from "./clock-notes.ts";
import { waitedNote } from "./costs.ts";
import { firstName, joined, moment, type Reader, say, short, who } from "./inline.ts";
import { briefBlocks } from "./ownership.ts";
import { controlsFor, customerName, promisedLine, requestCard, titleFor } from "./request-card.ts";
import { stillMissing } from "./signals.ts";
import { clockSentences } from "./text/clocks.ts";
import { intakeSentences } from "./text/intake.ts";
import { ownershipSentences } from "./text/ownership.ts";
import { sentences } from "./text/sentences.ts";

/** One request in one line: number, whom, what, who has it, what is due. */
function row(view: RequestView, reader: Reader): Text {
  const words = sentences(reader.lang);
  const owner = view.owner ? view.owner.name : words.nobody;
  return say`• ${{ bold: `#${view.number}` }} ${short(customerName(view), 40)}, ${short(titleFor(view, reader.lang), 60)} · ${owner} · ${promisedLine(view, reader)}`;
}

function list(
  title: string,
  empty: string,
  views: readonly RequestView[],
  more: number,
  reader: Reader,
): Card {
  const words = sentences(reader.lang);
  if (views.length === 0) return { blocks: [{ kind: "text", text: [empty] }], summary: empty };
  const blocks: Block[] = [{ kind: "heading", text: title }];
  // A few rows a block: platforms limit how long one may be.
  for (let start = 0; start < views.length; start += 8) {
    blocks.push({
      kind: "text",
      text: joined(
        views.slice(start, start + 8).map((view) => row(view, reader)),
        "\n",
      ),
    });
  }
  if (more > 0) blocks.push({ kind: "note", text: [words.help.more(more)] });
  return { blocks, summary: title };
}

/** `/request list`: everything open. */
export function listCard(views: readonly RequestView[], facts: Reader & { more: number }): Card {
  const words = sentences(facts.lang);
  const title = words.help.listTitle(views.length + facts.more);
  return list(title, words.help.listEmpty, views, facts.more, facts);
}

/** `/queue`: what waits on us, the promise that ends first in front; what waits on customers is left out. */
export function queueCard(views: readonly RequestView[], facts: Reader & { more: number }): Card {
  const words = sentences(facts.lang);
  const ours = views.filter((view) => view.state.status === "open");
  return list(words.help.queueTitle, words.help.queueEmpty, ours, facts.more, facts);
}

/** `/request show N`: the card, what was said, and what happened. */
export function showCard(
  view: RequestView,
  facts: Reader & {
    link: string | null;
    brief?: string | null;
    contact?: Pick<Named, "ref" | "name"> | null;
  },
): Card {
  const words = sentences(facts.lang);
  const card = requestCard(view, facts, facts.link, facts.contact ?? null);
  const said = view.messages.slice(-6).map((message): Text => {
    const name = message.author?.name || words.customer;
    const text = message.erased
      ? words.erased
      : short(message.text || words.files(message.files.length), 200);
    return say`${moment(message.at, facts)} ${{ bold: name }}: ${text}`;
  });
  const people = new Map<string, string>();
  for (const person of [
    view.customer,
    ...(view.owner ? [view.owner] : []),
    ...view.messages.flatMap((each) => each.author ?? []),
  ]) {
    people.set(person.id, person.name);
  }
  const happened = view.history.slice(-12).map((fact): Text => {
    // Given by the policy, it is nobody's doing: whose it is says more.
    const person = fact.by ?? (fact.kind === "owned" ? fact.owner : null);
    const by = person === null ? "" : (people.get(person) ?? "");
    return say`${moment(fact.at, facts)} ${clockFact(fact, facts.lang) ?? words.facts[fact.kind]}${by ? ` · ${by}` : ""}`;
  });
  return {
    ...card,
    blocks: [
      ...card.blocks,
      ...waitedNote(view, facts).map((text): Block => ({ kind: "note", text })),
      ...briefBlocks(facts.brief ?? null, facts),
      { kind: "divider" },
      { kind: "text", text: [{ bold: words.help.saidTitle }, "\n", ...joined(said, "\n")] },
      { kind: "text", text: [{ bold: words.help.historyTitle }, "\n", ...joined(happened, "\n")] },
    ],
  };
}

/** The "Request actions" shortcut: everything that can be done with the request of a message. */
export function actionsCard(view: RequestView, reader: Reader): Card {
  const words = sentences(reader.lang);
  const title = words.cardTitle(view.number, titleFor(view, reader.lang));
  const blocks: Block[] = [
    { kind: "text", text: [{ bold: short(title, 140) }] },
    { kind: "text", text: promisedLine(view, reader) },
    { kind: "actions", items: controlsFor(view, reader.lang) },
  ];
  const missing = stillMissing(view, reader.lang);
  if (missing) blocks.push({ kind: "note", text: [missing] });
  if (isActive(view.state)) {
    const args = { request: view.id };
    const clocks = clockSentences(reader.lang);
    const with3rd = view.state.thirdPartySince !== null;
    blocks.push({
      kind: "actions",
      items: [
        { act: "answer", args: { request: view.id }, label: intakeSentences(reader.lang).answer },
        // What somebody has is handed over by the buttons above.
        view.owner === null
          ? { act: "hand_over", args: { request: view.id }, label: words.handOver }
          : { act: "release", args: { request: view.id }, label: ownershipSentences(reader.lang).giveBack },
        { act: "answered", args, label: clocks.answeredElsewhereButton },
        { act: "workaround", args, label: clocks.workaroundButton },
        ...(with3rd ? [] : [{ act: "third_party", args, label: clocks.thirdPartyButton }]),
      ],
    });
    if (view.state.incident) {
      const leave = { act: "leave_incident", args, label: intakeSentences(reader.lang).leave };
      blocks.push({ kind: "actions", items: [leave] });
    }
  }
  return { blocks, summary: short(title, 140) };
}

/** Whom a request is given to: those who come first, and a menu of people. */
export function handOverCard(view: RequestView, reader: Reader, suggested: readonly Named[] = []): Card {
  const words = sentences(reader.lang);
  const text = view.owner
    ? say`${words.pickOwner(view.number)} (${who(view.owner)})`
    : [words.pickOwner(view.number)];
  const buttons = suggested.map(
    ({ ref, name }): Button => ({
      act: "assign",
      args: { request: view.id, who: ref.id },
      label: short(ownershipSentences(reader.lang).giveTo(firstName(name)), 75),
    }),
  );
  return {
    blocks: [
      { kind: "text", text },
      {
        kind: "actions",
        items: [
          ...buttons,
          {
            act: "assign",
            args: { request: view.id },
            choice: "who",
            placeholder: words.pickPerson,
            of: "people",
            options: [],
          },
        ],
      },
    ],
    summary: words.pickOwner(view.number),
  };
}
