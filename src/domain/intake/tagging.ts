// Does a staff message in a customer's request speak to a colleague only? Mentions are written `@name` (MessageEvent.text).
// The doubt goes to "aside": a promise that looks kept and is not is worse than a reminder too many.

/** Words beside the mentions that still say nothing to the customer: "cc @Marc", "fyi @Marc please". */
const HARDLY_ANY = 3;
/** A later sentence of fewer words than this adds nothing for the customer: "Thanks!", "gracias, crack". */
const A_SENTENCE = 4;

const MENTION = /@[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,80}/gu;
const WORD = /[\p{L}\p{N}]+/gu;

const words = (text: string): number => text.replace(MENTION, " ").match(WORD)?.length ?? 0;

/**
 * True when the text, in which somebody of the team is mentioned, holds nothing for the customer: hardly a word beside the
 * mention, or words that begin with the mention and end with that sentence ("@Marc can you look at this?").
 * "Let me ask @Marc." and "@Marc takes over. You will hear from him by three." are answers.
 */
export function addressesOnly(text: string): boolean {
  const short = text.slice(0, 4_000).trim();
  if (words(short) <= HARDLY_ANY) return true;
  if (!short.startsWith("@")) return false;
  const [, ...rest] = short.split(/(?<=[.?!])\s+|\n+/u);
  return rest.every((sentence) => sentence.startsWith("@") || words(sentence) < A_SENTENCE);
}
