// Which corrections may silence a message. An unheard customer is the worse mistake (decision 0018): one hasty tap of one
// person must never close the ears of the desk for everybody.

import type { Tier } from "../words.ts";

/** Who called a message no request, and of which message they said it. All but the number are ids of rows. */
export interface Said {
  by: string;
  author: string | null;
  channel: string;
  /** The request it had become: what was learned is forgotten by it. */
  number: number | null;
}

/** The message that may be silenced. */
export interface Spoken {
  author: string;
  channel: string;
}

/** So many people of the team, or so many corrected messages, are no slip of the hand. */
const PEOPLE = 2;
const CORRECTIONS = 3;
/** An outage and money: there nobody's words are left unheard for one correction. */
const GRAVE = 2;
/** A real problem: there one customer's words are not left unheard for what was said of another's. */
const PROBLEM = 3;

/**
 * Of the corrections to "not a request" of messages like this one, those that count. Where people agree, all; otherwise
 * only what was said of the same person or, where it is no problem, in the same channel; none of an outage or money. `held` is
 * the gravest tier anybody but people take it for. Pure.
 */
export function maySilence<T extends { said: Said | null }>(
  lessons: readonly T[],
  from: Spoken | null,
  held: Tier,
): readonly T[] {
  const people = new Set(lessons.flatMap(({ said }) => said?.by ?? []));
  if (people.size >= PEOPLE || lessons.length >= CORRECTIONS) return lessons;
  if (held <= GRAVE || !from) return [];
  return lessons.filter(
    ({ said }) => said?.author === from.author || (held > PROBLEM && said?.channel === from.channel),
  );
}

/** The numbers of the requests that were corrected, each once. */
export function numbersOf(lessons: readonly { said: Said | null }[]): readonly number[] {
  return [...new Set(lessons.flatMap(({ said }) => said?.number ?? []))].toSorted((a, b) => a - b);
}
