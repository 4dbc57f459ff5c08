// Text as rich_text elements. In them words are literal by definition: nothing has to be escaped, nothing can mention,
// link or format, and what a person wrote is shown exactly as written (mrkdwn has no escape for its own markers).
import type { Inline, Text } from "../../messages/card.ts";
import { channelId, datePattern, personId, safeAddress } from "./mrkdwn.ts";

/** One rich_text element or block, as JSON. */
export type Kit = { type: string } & Record<string, unknown>;

interface Piece {
  element: Kit;
  /** Literal words may be cut; anything else stays whole. */
  words: string | null;
  style?: Record<string, true>;
}

function words(text: string, style?: Record<string, true>): Piece {
  return { element: wordsElement(text, style), words: text, ...(style ? { style } : {}) };
}

function wordsElement(text: string, style?: Record<string, true>): Kit {
  return { type: "text", text, ...(style ? { style } : {}) };
}

function piece(inline: Inline): Piece {
  if (typeof inline === "string") return words(inline);
  if ("bold" in inline) return words(inline.bold, { bold: true });
  if ("italic" in inline) return words(inline.italic, { italic: true });
  if ("code" in inline) return words(inline.code, { code: true });
  if ("instant" in inline) {
    const timestamp = Math.floor(inline.instant / 1000);
    const format = datePattern(inline.as);
    return { element: { type: "date", timestamp, format, fallback: inline.fallback }, words: null };
  }
  if ("person" in inline) {
    const id = inline.notify ? personId(inline.person) : null;
    return id === null ? words(inline.name) : { element: { type: "user", user_id: id }, words: null };
  }
  if ("channel" in inline) {
    const id = channelId(inline.channel);
    if (id === null) return words(`#${inline.channel.replace(/^#/, "")}`);
    return { element: { type: "channel", channel_id: id }, words: null };
  }
  if ("link" in inline) {
    const url = safeAddress(inline.link);
    if (url === null) return words(inline.label);
    const text = inline.label === "" ? {} : { text: inline.label };
    return { element: { type: "link", url, ...text }, words: null };
  }
  return inline satisfies never;
}

/** Cuts words at a space where there is one, else anywhere but inside a surrogate pair. */
function cutWords(text: string, max: number): [head: string, tail: string] {
  const nice = Math.max(text.lastIndexOf(" ", max - 1), text.lastIndexOf("\n", max - 1)) + 1;
  const at = nice > max / 2 ? nice : max;
  const code = text.charCodeAt(at - 1);
  const end = code >= 0xd800 && code <= 0xdbff ? at - 1 : at;
  return [text.slice(0, end), text.slice(end)];
}

function weight(element: Kit): number {
  const shown = element.text ?? element.fallback ?? "";
  return typeof shown === "string" ? Math.max(shown.length, 1) : 1;
}

/** The text's elements in groups of at most `max` characters; nothing is lost. Empty text gives no group. */
export function richGroups(text: Text, max: number): Kit[][] {
  const groups: Kit[][] = [];
  let group: Kit[] = [];
  let room = max;
  const close = () => {
    if (group.length > 0) groups.push(group);
    group = [];
    room = max;
  };
  for (const { element, words: literal, style } of text.map(piece)) {
    if (literal === null) {
      if (weight(element) > room) close();
      group.push(element);
      room -= weight(element);
      continue;
    }
    let rest = literal;
    while (rest !== "") {
      if (room < 2) close();
      const [head, tail] = rest.length > room ? cutWords(rest, room) : [rest, ""];
      group.push(wordsElement(head, style));
      room -= head.length;
      rest = tail;
    }
  }
  close();
  return groups;
}

/** A rich_text block of one part: `rich_text_section`, `rich_text_quote` or `rich_text_preformatted`. */
export function richBlock(part: string, elements: readonly Kit[]): Kit {
  return { type: "rich_text", elements: [{ type: part, elements }] };
}
