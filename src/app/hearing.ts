// What a customer's message says besides its request, of what may be kept in that place.
import type { MessageEvent } from "../domain/events.ts";
import { allowed } from "../domain/request/signals.ts";
import { type Heard, signalsIn } from "../domain/triage/customer-signals.ts";
import type { Lang } from "../domain/words.ts";
import type { Place } from "./places.ts";

export function heardIn(place: Place, text: string, lang: Lang): readonly Heard[] {
  return allowed(signalsIn(text, lang), {
    detect: place.team.detect ?? place.workspace.detect,
    othersRead: place.info.shared || !place.info.private,
  });
}

/** The words of a message, the title of a forum post included. */
export function wordsOf(message: MessageEvent): string {
  return message.title ? `${message.title}\n${message.text}` : message.text;
}
