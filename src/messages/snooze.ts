// Putting a reminder off: the form, and what the card says of it.
import type { RequestView } from "../domain/request/view.ts";
import type { Modal, Text } from "./card.ts";
import { clockWords, firstName, moment, type Reader, short } from "./inline.ts";
import { reminderSentences } from "./text/reminders.ts";
import { sentences } from "./text/sentences.ts";

/** Proposes half of the time that is left, to the minute. */
export function snoozeForm(view: RequestView, pledge: string, reader: Reader): Modal {
  const words = reminderSentences(reader.lang);
  const due = view.pledges.find(({ key }) => key === pledge)?.dueAt ?? null;
  const half = due === null || due <= reader.now ? null : reader.now + (due - reader.now) / 2;
  return {
    act: "snooze",
    args: { request: view.id, pledge },
    title: words.snoozeTitle,
    submit: words.snoozeSave,
    cancel: sentences(reader.lang).cancel,
    fields: [
      {
        name: "until",
        label: words.snoozeUntil,
        value: half === null ? "" : clockWords(half, reader).replace(/^(\d):/, "0$1:"),
        hint: words.snoozeUntilHint,
        multiline: false,
        required: true,
        max: 60,
      },
      {
        name: "why",
        label: words.snoozeWhy,
        value: "",
        hint: words.snoozeWhyHint,
        multiline: true,
        required: true,
        max: 300,
      },
    ],
  };
}

/** "Marc put the reminder off until 11:30: “waiting for the bank”", while it holds; nothing otherwise. */
export function putOffNote(view: RequestView, reader: Reader): Text {
  const { putOff } = view;
  if (!putOff || putOff.until <= reader.now) return [];
  const owed = view.pledges.some(({ key, endedAt }) => key === putOff.pledge && endedAt === null);
  const until = moment(putOff.until, reader);
  const words = reminderSentences(reader.lang);
  return owed ? words.putOff(firstName(putOff.by), until, short(putOff.why, 120)) : [];
}
