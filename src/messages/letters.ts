// Several things that waited for one person, in one message: a line for each request, and what can be done about them.
import { isActive } from "../domain/request/state.ts";
import type { RequestView } from "../domain/request/view.ts";
import type { Instant, Lang } from "../domain/words.ts";
import type { Answer, Block, Button, Card, Menu, Text } from "./card.ts";
import { firstName, joined, moment, plain, type Reader, short } from "./inline.ts";
import { briefBlocks, lastOurs } from "./ownership.ts";
import { customerName, lastSaid, promisedLine } from "./request-card.ts";
import { letterSentences } from "./text/letters.ts";
import { reminderSentences } from "./text/reminders.ts";
import { sentences } from "./text/sentences.ts";

export interface LetterFacts {
  /** The message's own id, for what is done with all of it. */
  message: string;
  /** The reader's id on their platform. */
  me: string;
  /** They are back: what is theirs, and what others have now. */
  returned: { theirs: readonly RequestView[]; passed: readonly RequestView[] } | null;
  offers: readonly {
    view: RequestView;
    at: Instant;
    by: string;
    brief: string | null;
    link: string | null;
    again: boolean;
  }[];
  /** Theirs now: given by the policy or a colleague, or because `from` is away until then. */
  yours: readonly { view: RequestView; from: { name: string; until: Instant } | null; link: string | null }[];
  news: readonly {
    view: RequestView;
    text: string;
    link: string | null;
    /** An offer of theirs came to nothing: they may ask somebody else. */
    ask: boolean;
  }[];
}

type Offer = LetterFacts["offers"][number];

/** Lines of each kind that are shown; what is beyond is counted. */
const LINES = 6;
/** So many offers have a row of buttons each; more have a menu for each answer. */
const ROWS = 3;
/** Rows of buttons and menus a message may have (Discord). */
const MOST_ROWS = 5;
const OPTIONS = 25;

export function letterCard(facts: LetterFacts, reader: Reader): Card {
  const sections = [
    returnedBlocks(facts, reader),
    yoursBlocks(facts, reader),
    offerBlocks(facts, reader),
    newsBlocks(facts, reader),
  ].filter((section) => section.length > 0);
  const rows = [...offerRows(facts, reader), ...menus(facts, reader)].slice(0, MOST_ROWS);
  const lead = sections[0]?.[0];
  return {
    blocks: [
      ...sections.flatMap((section, index): Block[] =>
        index === 0 ? section : [{ kind: "divider" }, ...section],
      ),
      ...rows.map((items): Block => ({ kind: "actions", items })),
    ],
    summary: lead?.kind === "text" ? plain(lead.text) : "",
  };
}

function returnedBlocks({ returned }: LetterFacts, reader: Reader): Block[] {
  if (returned === null) return [];
  const words = letterSentences(reader.lang);
  const { theirs, passed } = returned;
  const mine = theirs.map((view) => words.line(view.number, named(view), promisedLine(view, reader)));
  const gone = passed.map((view) => words.line(view.number, named(view), [whereNow(view, reader.lang)]));
  return [
    { kind: "text", text: [words.backWith(theirs.length)] },
    ...listed(mine, reader),
    ...(gone.length > 0 ? [{ kind: "text", text: [words.passedOn(gone.length)] } as const] : []),
    ...listed(gone, reader),
  ];
}

function whereNow(view: RequestView, lang: Lang): string {
  const words = letterSentences(lang);
  const owner = firstName(view.owner?.name ?? "");
  if (!isActive(view.state)) return words.hasEnded(owner);
  return view.owner === null ? words.nobodyHas : words.has(owner);
}

/** What is theirs now, with what was said last by both sides: who had it wrote no brief. */
function yoursBlocks({ yours }: LetterFacts, reader: Reader): Block[] {
  const [first] = yours;
  if (!first) return [];
  const words = letterSentences(reader.lang);
  const from = yours.every((each) => each.from?.name === first.from?.name) ? first.from : null;
  const lead = from
    ? words.yoursFrom(firstName(from.name), moment(from.until, reader), yours.length)
    : [words.yoursNow(yours.length)];
  return [
    { kind: "text", text: lead },
    ...yours
      .slice(0, LINES)
      .flatMap((each): Block[] => [
        { kind: "text", text: offerLine(each, reader) },
        ...(yours.length > ROWS ? [] : lastOurs(each.view, reader)),
      ]),
    ...rest(yours.length, reader),
  ];
}

function offerBlocks({ offers }: LetterFacts, reader: Reader): Block[] {
  const [first] = offers;
  if (!first) return [];
  const words = letterSentences(reader.lang);
  const by = offers.every((offer) => offer.by === first.by) ? firstName(first.by) : "";
  const owner = offers.every(({ view }) => view.owner?.id === first.view.owner?.id)
    ? firstName(first.view.owner?.name ?? "")
    : "";
  const lead = offers.every(({ again }) => again)
    ? words.stillAsked(offers.length)
    : words.asked(by, offers.length);
  return [
    { kind: "text", text: [lead] },
    ...offers
      .slice(0, LINES)
      .flatMap((offer): Block[] => [
        { kind: "text", text: offerLine(offer, reader) },
        ...briefBlocks(offer.brief, reader),
      ]),
    ...rest(offers.length, reader),
    { kind: "note", text: [words.untilYouAccept(owner)] },
  ];
}

/** "• #12 Ferro Bikes · answer by 19:00 “Will you charge me again?” Open" */
function offerLine({ view, link }: Pick<Offer, "view" | "link">, reader: Reader): Text {
  const last = lastSaid(view);
  const said = last && !last.erased ? last.text.trim() : "";
  return [
    ...letterSentences(reader.lang).line(view.number, named(view), promisedLine(view, reader)),
    ...(said === "" ? [] : [` “${short(said, 80)}”`]),
    ...opened(link, reader),
  ];
}

function newsBlocks({ news }: LetterFacts, reader: Reader): Block[] {
  if (news.length === 0) return [];
  const lines = news.map(({ text, link }): Text => ["• ", text, ...opened(link, reader)]);
  return [{ kind: "text", text: [letterSentences(reader.lang).news] }, ...listed(lines, reader)];
}

function offerRows({ offers, message }: LetterFacts, reader: Reader): (readonly (Button | Menu)[])[] {
  const words = letterSentences(reader.lang);
  const all: Button = {
    act: "accept_all",
    args: { letter: message },
    label: words.haveAll(offers.length),
    style: "primary",
  };
  const rows = offers.length > 1 ? [[all]] : [];
  if (offers.length > ROWS) {
    const views = offers.map(({ view }) => view);
    return [
      ...rows,
      [menu("accept_handover", words.haveWhich, "request", views)],
      [menu("decline_handover", words.cantWhich, "request", views)],
    ];
  }
  return [
    ...rows,
    ...offers.map(({ view, at }): Button[] => {
      const args = { request: view.id, offer: String(at) };
      return [
        {
          act: "accept_handover",
          args,
          label: words.have(view.number),
          ...(rows.length > 0 ? {} : { style: "primary" }),
        },
        { act: "decline_handover", args, label: words.cant(view.number) },
      ];
    }),
  ];
}

function menus({ returned, yours, news, me }: LetterFacts, reader: Reader): Menu[][] {
  const words = letterSentences(reader.lang);
  const reminders = reminderSentences(reader.lang);
  const theirs = yours.map(({ view }) => view).filter(({ state }) => isActive(state));
  const passed = returned?.passed.filter(({ state }) => isActive(state)) ?? [];
  const asked = news.filter(({ ask, view }) => ask && isActive(view.state)).map(({ view }) => view);
  return [
    ...(theirs.length > 0
      ? [
          [menu("on_it", reminders.onItWith, "request", theirs)],
          [menu("hand_over", reminders.handOverWhich, "request", theirs)],
        ]
      : []),
    ...(passed.length > 0 ? [[menu("assign", words.takeBack, "request", passed, { who: me })]] : []),
    ...(asked.length > 0 ? [[menu("hand_over", words.askAnother, "request", asked)]] : []),
  ];
}

function menu(
  act: string,
  placeholder: string,
  choice: string,
  views: readonly RequestView[],
  args: Readonly<Record<string, string>> = {},
): Menu {
  const options = views.slice(0, OPTIONS).map((view) => ({
    value: view.id,
    label: short(`#${view.number} ${customerName(view)}`, 75),
  }));
  return { act, args, choice, placeholder, of: "options", options };
}

function named(view: RequestView): string {
  return short(customerName(view), 40);
}

function opened(link: string | null, reader: Reader): Text {
  return link ? [" ", { link, label: sentences(reader.lang).open }] : [];
}

function listed(lines: readonly Text[], reader: Reader): Block[] {
  if (lines.length === 0) return [];
  return [{ kind: "text", text: joined(lines.slice(0, LINES), "\n") }, ...rest(lines.length, reader)];
}

function rest(count: number, reader: Reader): Block[] {
  return count > LINES ? [{ kind: "note", text: [letterSentences(reader.lang).more(count - LINES)] }] : [];
}

/** What whoever accepted all of it is told at once. */
export function allAccepted(facts: { numbers: readonly number[]; told: boolean }, lang: Lang): Answer {
  const words = letterSentences(lang);
  if (facts.numbers.length === 0) return { kind: "error", text: words.nothingLeft };
  const text = words.allYours(facts.numbers, facts.told);
  return { kind: "card", card: { blocks: [{ kind: "text", text: [text] }], summary: text } };
}
