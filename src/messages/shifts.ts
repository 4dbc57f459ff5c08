// "Your day ends at 18:00.": what is owed before they are back, and who could take it.
import type { RequestView } from "../domain/request/view.ts";
import type { Instant, Lang } from "../domain/words.ts";
import type { Answer, Card, Text } from "./card.ts";
import { firstName, joined, moment, plain, type Reader, say, short } from "./inline.ts";
import { customerName, promisedLine, titleFor } from "./request-card.ts";
import { shiftSentences } from "./text/shifts.ts";

/** What a message lists; platforms limit how long one may be, and nobody reads more before going home. */
const LISTED = 10;

export function shiftCard(
  views: readonly RequestView[],
  facts: {
    shift: { id: string; endsAt: Instant; backAt: Instant };
    to: string;
    /** How many open requests are theirs in all. */
    open: number;
  },
  reader: Reader,
): Card {
  const words = shiftSentences(reader.lang);
  const { shift } = facts;
  const to = firstName(facts.to);
  const text = words.ends(moment(shift.endsAt, reader), moment(shift.backAt, reader), views.length);
  const listed = views.slice(0, LISTED);
  const rows = listed.map((view): Text => {
    const what = short(titleFor(view, reader.lang), 60);
    return say`• ${{ bold: `#${view.number}` }} ${short(customerName(view), 40)}, ${what} · ${promisedLine(view, reader)}`;
  });
  const more = views.length - listed.length;
  return {
    blocks: [
      { kind: "text", text },
      { kind: "text", text: joined(rows, "\n") },
      ...(more > 0 ? [{ kind: "note", text: [words.more(more)] } as const] : []),
      { kind: "note", text: [words.until(to)] },
      {
        kind: "actions",
        items: [
          {
            act: "hand_shift",
            args: { shift: shift.id },
            label: short(words.handAll(to), 75),
            style: "primary",
          },
          ...(facts.open > views.length
            ? [
                {
                  act: "hand_shift",
                  args: { shift: shift.id, which: "open" },
                  label: short(words.handOpen(facts.open, to), 75),
                },
              ]
            : []),
          { act: "keep_shift", args: { shift: shift.id }, label: words.keep },
          {
            act: "hand_over",
            args: {},
            choice: "request",
            placeholder: words.one,
            of: "options",
            options: listed.map((view) => ({
              value: view.id,
              label: short(`#${view.number} ${customerName(view)}`, 75),
            })),
          },
        ],
      },
    ],
    summary: plain(text),
  };
}

export function shiftAnswer(
  facts: { numbers: readonly number[]; to: string; from: Instant | null },
  reader: Reader,
): Answer {
  const words = shiftSentences(reader.lang);
  const { numbers, from } = facts;
  const to = firstName(facts.to);
  const text: Text =
    numbers.length === 0
      ? [words.nothingLeft]
      : from === null
        ? [words.offered(numbers, to)]
        : words.offeredLater(numbers, to, moment(from, reader));
  return { kind: "card", card: { blocks: [{ kind: "text", text }], summary: plain(text) } };
}

export function shiftKept(lang: Lang): Answer {
  const text = shiftSentences(lang).kept;
  return { kind: "card", card: { blocks: [{ kind: "text", text: [text] }], summary: text } };
}
