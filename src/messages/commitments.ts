// Questions and answers about what somebody gave their word for.
import { clockTime, wallTime } from "../domain/promises/moments.ts";
import type { Named, RequestView } from "../domain/request/view.ts";
import type { Instant, Lang } from "../domain/words.ts";
import type { Button, Card, Text } from "./card.ts";
import { firstName, plain, type Reader, short } from "./inline.ts";
import { customerName } from "./request-card.ts";
import { commitmentSentences } from "./text/commitments.ts";

/**
 * "Ana, you gave your word on #42 (Ferro Bikes). Track it?" To whoever wrote it, and only to them. `said` is what they
 * wrote; the times on the buttons are in their own zone.
 */
export function wordQuestion(
  view: RequestView,
  word: { message: string; said: string; by: Named; until: Instant | null },
  reader: Reader,
): Card {
  const words = commitmentSentences(reader.lang);
  const text: Text = [words.gaveYourWord(firstName(word.by.name), view.number, customerName(view))];
  const args = { request: view.id, of: word.message };
  const track: Button[] =
    word.until === null
      ? []
      : [
          {
            act: "track",
            args: { ...args, until: Math.ceil(word.until / 60_000).toString(36) },
            label: words.trackIt(timeOf(word.until, reader)),
            style: "primary",
          },
        ];
  return {
    blocks: [
      { kind: "text", text },
      { kind: "quote", text: short(word.said, 200) },
      {
        kind: "actions",
        items: [
          ...track,
          {
            act: "promise_update",
            args,
            label: word.until === null ? words.pickTime : words.anotherTime,
            ...(word.until === null ? { style: "primary" as const } : {}),
          },
          { act: "no_track", args: { request: view.id }, label: words.no },
        ],
      },
    ],
    summary: plain(text),
  };
}

function timeOf(at: Instant, reader: Reader): string {
  const when = wallTime(at, reader.now, reader.timezone, reader.lang);
  const today = when === clockTime(at, reader.timezone);
  return today ? commitmentSentences(reader.lang).today(when) : when;
}

export function notTracked(lang: Lang): Card {
  const text = commitmentSentences(lang).notTracked;
  return { blocks: [{ kind: "text", text: [text] }], summary: text };
}
