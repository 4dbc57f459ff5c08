// Beside a request: to whom it is offered, and what it has cost the customer so far.
import { countsOf, waitedUntil } from "../domain/request/counts.ts";
import type { RequestView } from "../domain/request/view.ts";
import type { Lang } from "../domain/words.ts";
import type { Text } from "./card.ts";
import { duration, firstName, moment, type Reader } from "./inline.ts";
import { ownershipSentences } from "./text/ownership.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The owner, and to whom it is offered. */
export function ownerText(view: RequestView, owner: Text, reader: Reader): Text {
  const { offer } = view.state;
  if (offer === null || view.offeredTo === null) return owner;
  const until = moment(offer.until, reader);
  return [...owner, ...ownershipSentences(reader.lang).offeredTo(firstName(view.offeredTo.name), until)];
}

/** How often it changed hands, where it did. */
export function handoverNotes(view: RequestView, lang: Lang): Text[] {
  const { handovers } = countsOf(view.history, view.terms);
  return handovers > 0 ? [[ownershipSentences(lang).handovers(handovers)]] : [];
}

/** How long the customer has waited for us in all, in working time; nothing where they did not. */
export function waitedNote(view: RequestView, reader: Reader): Text[] {
  const waited = waitedUntil(countsOf(view.history, view.terms), view.terms, reader.now);
  if (waited === 0) return [];
  return [[ownershipSentences(reader.lang).waited(workingTime(waited, reader.lang))]];
}

/** Working time is told in hours: a day of it would be read as twenty-four. */
export function workingTime(ms: number, lang: Lang): string {
  return ms < DAY ? duration(ms, lang) : `${Math.round(ms / HOUR)} h`;
}
