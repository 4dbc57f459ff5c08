// What a customer's message says besides its request, of what may be kept in that place.
import type { MessageEvent } from "../domain/events.ts";
import { allowed } from "../domain/request/signals.ts";
import { type Heard, signalsIn } from "../domain/triage/customer-signals.ts";
import type { Lang } from "../domain/words.ts";
import type { Place } from "./places.ts";

export function heardIn(place: Place, message: MessageEvent, lang: Lang): readonly Heard[] {
  const text = message.title ? `${message.title}\n${message.text}` : message.text;
  return allowed(signalsIn(text, lang), {
    detect: place.team.detect ?? place.workspace.detect,
    othersRead: place.info.shared || !place.info.private,
  });
}
