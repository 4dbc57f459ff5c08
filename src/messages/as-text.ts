// A card as plain text: for the terminal, for logs of a replay, and for reading cards in tests.
import type { Card } from "./card.ts";
import { plain } from "./inline.ts";

/** Every line a reader would see; controls in brackets. */
export function cardText(card: Card): string {
  return card.blocks
    .map((block): string => {
      switch (block.kind) {
        case "heading":
        case "table":
          return block.text;
        case "text":
        case "note":
          return plain(block.text);
        case "quote":
          return block.text
            .split("\n")
            .map((line) => `> ${line}`)
            .join("\n");
        case "fields":
          return block.fields.map(({ label, value }) => `${label}: ${plain(value)}`).join("\n");
        case "divider":
          return "";
        case "actions":
          return block.items.map((item) => `[${"label" in item ? item.label : item.placeholder}]`).join(" ");
        default:
          return block satisfies never;
      }
    })
    .join("\n");
}
