// Chances: who follows them up and when, on the private note, in its form, and in the weekly summary.

import type { Chance } from "../domain/reports/summary.ts";
import type { RequestView } from "../domain/request/view.ts";
import type { Instant } from "../domain/words.ts";
import type { Block, Button, Menu, Modal, Text } from "./card.ts";
import { firstName, joined, moment, type Reader, say, short } from "./inline.ts";
import { customerName } from "./request-card.ts";
import { chanceSentences } from "./text/chances.ts";
import { sentences } from "./text/sentences.ts";

/** Who has it, on the note; or that nobody has. */
export function followedBy(follows: { name: string; until: Instant } | null, reader: Reader): Text {
  const words = chanceSentences(reader.lang);
  return follows ? words.followedBy(firstName(follows.name), moment(follows.until, reader)) : [words.nobody];
}

/** The controls under the note: take it, or (a lead) give it to somebody. */
export function followUpControls(view: RequestView, reader: Reader): (Button | Menu)[] {
  const words = chanceSentences(reader.lang);
  const args = { request: view.id };
  return [
    { act: "follow_up", args, label: words.followUp, style: "primary" },
    {
      act: "give_follow_up",
      args,
      choice: "who",
      placeholder: words.somebodyElse,
      of: "people",
      options: [],
    },
  ];
}

/** By when. `who`: the platform's id of whoever it is given to; null: whoever asked. */
export function followUpForm(view: RequestView, who: string | null, reader: Reader): Modal {
  const words = chanceSentences(reader.lang);
  return {
    act: who === null ? "follow_up" : "give_follow_up",
    args: { request: view.id, ...(who === null ? {} : { who }) },
    title: words.formTitle,
    submit: sentences(reader.lang).save,
    cancel: sentences(reader.lang).cancel,
    intro: [`${customerName(view)} (#${view.number})`],
    fields: [
      {
        name: "by",
        label: words.byLabel,
        value: "",
        hint: words.byHint,
        multiline: false,
        required: true,
        max: 60,
      },
    ],
  };
}

/** The chances of a week, those nobody has in front, with a button to take the first of them. */
export function chanceBlocks(
  chances: readonly Chance[],
  reader: Reader,
  dayOf: (at: Instant) => string,
): Block[] {
  if (chances.length === 0) return [];
  const words = chanceSentences(reader.lang);
  const rows = chances.map(({ number, who, quote, follows, first }): Text => {
    const said = quote === "" ? words.wordsGone : words.quote(short(quote, 90));
    const whose = follows ? words.theirs(firstName(follows.name), dayOf(follows.until)) : words.nobodyYet;
    return say`• ${{ bold: short(who, 40) }}: ${said} · ${whose}${first ? words.first(number) : ` (#${number})`}`;
  });
  const free = chances.find(({ follows }) => follows === null);
  const take: Block[] = free
    ? [
        {
          kind: "actions",
          items: [{ act: "follow_up", args: { request: free.request }, label: words.take(free.number) }],
        },
      ]
    : [];
  return [{ kind: "text", text: [{ bold: words.title }, "\n", ...joined(rows, "\n")] }, ...take];
}
