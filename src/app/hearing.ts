// What a customer's message says besides its request, of what may be kept in that place.
import { detectingIn } from "../domain/detecting.ts";
import type { MessageEvent } from "../domain/events.ts";
import { allowed, needsWord } from "../domain/request/signals.ts";
import { type Heard, signalsIn } from "../domain/triage/customer-signals.ts";
import type { Lang } from "../domain/words.ts";
import { switchesOf } from "../store/detecting.ts";
import type { Statements } from "../store/direct.ts";
import type { Place } from "./places.ts";

/** Whether leads want it is asked only where something was found that needs their word. */
export async function heardIn(
  db: Pick<Statements, "$queryRaw">,
  place: Place,
  text: string,
  lang: Lang,
  /** Whether a young account wrote it, in a request that is there already: opening one looks at that by itself. */
  newAccount = false,
): Promise<readonly Heard[]> {
  const heard = signalsIn(text, lang, { newAccount });
  const switches = heard.some(({ signal }) => needsWord(signal)) ? await switchesOf(db, place) : [];
  const detects = detectingIn(place, switches);
  return allowed(heard, {
    detect: detects.flatMap(({ of, on }) => (on ? [of] : [])),
    othersRead: place.info.shared || !place.info.private,
  });
}

/** The words of a message, the title of a forum post included. */
export function wordsOf(message: MessageEvent): string {
  return message.title ? `${message.title}\n${message.text}` : message.text;
}
