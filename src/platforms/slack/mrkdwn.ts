// Our text as Slack's mrkdwn. Nothing that came from a person may mention, link or format: everything passes here.
import type { PersonRef } from "../../domain/words.ts";
import type { Inline, Text } from "../../messages/card.ts";

/** The three escapes Slack asks for; with them `<!channel>`, `<@U1>` and `<url|label>` are plain words. */
export function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

// mrkdwn knows no escape for its markers. Where one could begin or end a stretch (not inside a word, as in
// snake_case or 2*3) it is shown by a character that looks the same and means nothing.
const LOOKALIKES: Readonly<Record<string, string>> = { "*": "∗", _: "ˍ", "~": "∼", "`": "ˋ" };
const WORD = /[\p{L}\p{N}]/u;

/** The text with every marker that could format shown by its lookalike. */
export function withoutMarkers(text: string): string {
  return text.replace(/[*_~`]/g, (marker, at: number) => {
    const inside = WORD.test(text[at - 1] ?? "") && WORD.test(text[at + 1] ?? "");
    return inside && marker !== "`" ? marker : (LOOKALIKES[marker] ?? marker);
  });
}

/** Whatever makes literal words differ from the text as it stands. Most texts have nothing of it. */
const TO_CHANGE = /[*_~`&<>]/;

/** Literal words: escaped, without markers; a `>` that begins a line is kept from becoming a quotation. */
export function literal(text: string): string {
  if (!TO_CHANGE.test(text)) return text;
  return escaped(withoutMarkers(text)).replace(/^(\s*)&gt;/gm, "$1\u200b&gt;");
}

/** The shortest stretch of mrkdwn that must stay whole, for cutting. */
export interface Atom {
  mrkdwn: string;
  /** Literal words may be cut further; a token may not. */
  words: string | null;
}

const ADDRESS = /^(?:https?:\/\/|mailto:)/i;

/** An address as it may stand in a link, whole in one piece; null when it is no web or mail address. */
export function safeAddress(link: string): string | null {
  return ADDRESS.test(link) ? link.replace(/[\s<>|"]/g, encodeURIComponent) : null;
}

/** Slack has no token for "in 45 minutes": the time of day says it without ageing. */
export function datePattern(as: "time" | "day" | "relative"): string {
  return as === "day" ? "{date_short} {time}" : "{time}";
}

/** The id to mention a person by, when they are of this platform. */
export function personId(person: PersonRef): string | null {
  return person.platform === "slack" && /^[UW][A-Z0-9]+$/.test(person.id) ? person.id : null;
}

/** A channel by its id; null when it is a name. */
export function channelId(channel: string): string | null {
  return /^[CGD][A-Z0-9]{5,}$/.test(channel) ? channel : null;
}

/** One marker around words; a marker does not work around nothing, around spaces at an edge or across lines. */
function marked(marker: string, text: string): string {
  const words = literal(text.replace(/\s+/g, " ").trim());
  return words === "" ? "" : `${marker}${words}${marker}`;
}

function atom(inline: Inline): Atom {
  if (typeof inline === "string") return { mrkdwn: literal(inline), words: inline };
  if ("bold" in inline) return { mrkdwn: marked("*", inline.bold), words: null };
  if ("italic" in inline) return { mrkdwn: marked("_", inline.italic), words: null };
  if ("code" in inline) return { mrkdwn: marked("`", inline.code), words: null };
  if ("instant" in inline) {
    const fallback = escaped(inline.fallback).replace(/[|^]/g, " ");
    const seconds = Math.floor(inline.instant / 1000);
    return { mrkdwn: `<!date^${seconds}^${datePattern(inline.as)}|${fallback}>`, words: null };
  }
  if ("person" in inline) {
    const id = inline.notify ? personId(inline.person) : null;
    if (id !== null) return { mrkdwn: `<@${id}>`, words: null };
    return { mrkdwn: literal(inline.name), words: inline.name };
  }
  if ("channel" in inline) {
    const id = channelId(inline.channel);
    if (id !== null) return { mrkdwn: `<#${id}>`, words: null };
    const name = `#${inline.channel.replace(/^#/, "")}`;
    return { mrkdwn: literal(name), words: name };
  }
  if ("link" in inline) {
    const address = safeAddress(inline.link)?.replace(/&/g, "&amp;");
    const label = inline.label.replace(/\s+/g, " ");
    if (address === undefined) return { mrkdwn: literal(label), words: label };
    return { mrkdwn: `<${address}|${literal(label)}>`, words: null };
  }
  return inline satisfies never;
}

/** The text as atoms, with a hair of space where a marker would otherwise touch a word and be shown as it is. */
export function atoms(text: Text): Atom[] {
  const found: Atom[] = [];
  for (const inline of text) {
    const next = atom(inline);
    if (next.mrkdwn === "") continue;
    const last = found.at(-1);
    const touches =
      last &&
      /[\p{L}\p{N}*_`]$/u.test(last.mrkdwn) &&
      /^[\p{L}\p{N}*_`]/u.test(next.mrkdwn) &&
      (last.words === null || next.words === null);
    if (touches) found.push({ mrkdwn: "\u200b", words: null });
    found.push(next);
  }
  return found;
}

/** Where to cut words so that at most `max` characters remain: after the last space, else anywhere but in a pair. */
function cutAt(words: string, max: number): number {
  const space = words.lastIndexOf(" ", max);
  const line = words.lastIndexOf("\n", max);
  const nice = Math.max(space, line);
  if (nice > max / 2) return nice + 1;
  const code = words.charCodeAt(max - 1);
  return code >= 0xd800 && code <= 0xdbff ? max - 1 : max;
}

/** Literal words in pieces of at most `max` characters of mrkdwn each. */
export function literalChunks(words: string, max: number): string[] {
  const chunks: string[] = [];
  let rest = words;
  while (literal(rest).length > max) {
    let length = Math.min(rest.length, max);
    while (literal(rest.slice(0, length)).length > max) length = Math.floor(length * 0.8);
    length = Math.max(1, cutAt(rest, length));
    chunks.push(literal(rest.slice(0, length)).trimEnd());
    rest = rest.slice(length);
  }
  if (rest !== "") chunks.push(literal(rest));
  return chunks;
}

/** The text in pieces of at most `max` characters, no token torn apart. A token longer than that is left out. */
export function chunks(text: Text, max: number): string[] {
  const found: string[] = [];
  let current = "";
  const add = (piece: string) => {
    if (current.length + piece.length > max && current !== "") {
      found.push(current);
      current = "";
    }
    current += piece;
  };
  for (const { mrkdwn, words } of atoms(text)) {
    if (mrkdwn.length <= max) add(mrkdwn);
    else if (words !== null) for (const piece of literalChunks(words, max)) add(piece);
  }
  if (current.trim() !== "") found.push(current);
  return found;
}

/** Cut to `max` characters with an ellipsis; never between the halves of a surrogate pair. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text
    .slice(0, cutAt(text, max - 1))
    .trimEnd()
    .slice(0, max - 1)}…`;
}
