// To the team: what a customer was to be told where nothing can be said any more.
import type { RequestView } from "../domain/request/view.ts";
import { cardText } from "./as-text.ts";
import type { Card } from "./card.ts";
import { plain, type Reader, who } from "./inline.ts";
import { sentences } from "./text/sentences.ts";

/**
 * `said` as the customer was to read it, for whoever reaches them another way.
 * @param gone the place is archived or deleted; otherwise the bot may not write there
 */
export function undelivered(said: Card, view: RequestView, gone: boolean, reader: Reader): Card {
  const words = sentences(reader.lang);
  const why = gone ? words.notSaidGone : words.notSaidForbidden;
  const text = why(view.number, who(view.customer), view.channel.name);
  // Its buttons are the customer's to press.
  const shown = { ...said, blocks: said.blocks.filter(({ kind }) => kind !== "actions") };
  return {
    blocks: [
      { kind: "text", text },
      { kind: "quote", text: cardText(shown) },
    ],
    summary: plain(text),
    tone: "warn",
  };
}
