// Text of a card → Discord's markdown, never longer than it may be. What people wrote stays inert.
import type { Block, Inline, Text } from "../../messages/card.ts";
import { inCode, inert, inertWithin, inFence } from "./escape.ts";

/** The place the card is shown in. */
export interface Setting {
  /** The guild: people of it are shown as mentions. */
  workspace: string;
  /** A direct message: clients cannot look up members there, so people are shown by name. */
  direct: boolean;
}

const ELLIPSIS = "…";

/** A stretch of text in at most `max` characters; mentions and times are left out whole, never cut. */
export function markup(text: Text, max: number, setting: Setting): string {
  let out = "";
  for (const piece of joined(text)) {
    const room = max - out.length;
    const next = inline(piece, setting);
    if (next.length <= room) {
      out += next;
      continue;
    }
    if (typeof piece === "string") return out + (room > 1 ? inertWithin(piece, room) : "");
    return room > 0 ? out + ELLIPSIS : out;
  }
  return out;
}

/** One block as markdown lines, at most `max` characters. Actions and dividers have no text. */
export function blockText(block: Block, max: number, setting: Setting): string {
  switch (block.kind) {
    case "heading":
      return block.text.trim() === "" ? "" : bold(inertWithin(block.text.trim(), max - 4));
    case "text":
      return markup(block.text, max, setting);
    case "quote":
      return prefixed(block.text.trim(), "> ", max);
    case "note":
      return lines(markup(block.text, max - 60, setting), "-# ", max);
    case "fields": {
      const out: string[] = [];
      let room = max;
      for (const field of block.fields) {
        const label = `${bold(inertWithin(field.label, 200))} `;
        const line =
          label + markup(field.value, Math.max(0, Math.min(1_024, room - label.length - 1)), setting);
        if (line.length > room) break;
        out.push(line);
        room -= line.length + 1;
      }
      return out.join("\n");
    }
    case "table": {
      const fence = (inner: string): string => `\`\`\`\n${inner}\n\`\`\``;
      const rows = inFence(block.text.trimEnd()).split("\n");
      const whole = rows.join("\n");
      if (fence(whole).length <= max) return fence(whole);
      while (rows.length > 1 && fence(`${rows.join("\n")}\n${ELLIPSIS}`).length > max) rows.pop();
      return fence(`${rows.join("\n").slice(0, max - 12)}\n${ELLIPSIS}`);
    }
    case "divider":
    case "actions":
      return "";
    default:
      return block satisfies never;
  }
}

/** Everybody a card notifies, each once. */
export function notified(blocks: readonly Block[], setting: Setting): string[] {
  const ids = new Set<string>();
  const visit = (text: Text): void => {
    for (const piece of text) {
      if (typeof piece === "object" && "person" in piece && piece.notify && isHere(piece.person, setting)) {
        ids.add(piece.person.id);
      }
    }
  };
  for (const block of blocks) {
    if (block.kind === "text" || block.kind === "note") visit(block.text);
    if (block.kind === "fields") for (const field of block.fields) visit(field.value);
  }
  return [...ids];
}

function inline(piece: Inline, setting: Setting): string {
  if (typeof piece === "string") return inert(piece);
  if ("bold" in piece) return piece.bold.trim() === "" ? piece.bold : around(piece.bold, "**");
  if ("italic" in piece) return piece.italic.trim() === "" ? piece.italic : around(piece.italic, "*");
  if ("code" in piece) return piece.code.trim() === "" ? piece.code : `\`${inCode(piece.code)}\``;
  if ("instant" in piece) {
    if (!Number.isFinite(piece.instant)) return inert(piece.fallback);
    const style = { time: "t", day: "f", relative: "R" }[piece.as];
    return `<t:${Math.floor(piece.instant / 1_000)}:${style}>`;
  }
  if ("person" in piece) {
    return isHere(piece.person, setting) && !setting.direct
      ? `<@${piece.person.id}>`
      : inert(`@${piece.name}`);
  }
  if ("channel" in piece)
    return /^\d+$/.test(piece.channel) ? `<#${piece.channel}>` : inert(`#${piece.channel}`);
  if ("link" in piece) {
    const address = safeAddress(piece.link);
    return address === null
      ? inert(piece.label)
      : `[${inert(piece.label).replace(/\n/g, " ")}](<${address}>)`;
  }
  return piece satisfies never;
}

/** Neighbouring plain strings as one: escaping looks at what stands next to a character. */
function joined(text: Text): Inline[] {
  const out: Inline[] = [];
  for (const piece of text) {
    const last = out.at(-1);
    if (typeof piece === "string" && typeof last === "string") out[out.length - 1] = last + piece;
    else out.push(piece);
  }
  return out;
}

/** Marks hug the words: `* x*` would show its stars. */
function around(text: string, mark: string): string {
  const inner = text.trim();
  const at = text.indexOf(inner);
  return `${text.slice(0, at)}${mark}${inert(inner)}${mark}${text.slice(at + inner.length)}`;
}

function bold(escaped: string): string {
  return `**${escaped}**`;
}

/** Only http and https, and nothing that could end the link early. */
function safeAddress(link: string): string | null {
  if (!URL.canParse(link)) return null;
  const url = new URL(link);
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  return url.href.replace(/[<>\s()]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}

/** Whether the person is of the guild the card is shown in: nobody else can be mentioned there. */
export function isHere(
  person: { platform: string; workspace: string; id: string },
  setting: Setting,
): boolean {
  return person.platform === "discord" && person.workspace === setting.workspace && /^\d+$/.test(person.id);
}

/** Each line of plain text escaped and prefixed. */
function prefixed(text: string, prefix: string, max: number): string {
  const rows: string[] = [];
  let room = max;
  for (const row of text.split(/\r?\n/)) {
    const line = prefix + inert(row);
    if (line.length <= room) {
      rows.push(line);
      room -= line.length + 1;
      continue;
    }
    if (room > prefix.length + 8) rows.push(prefix + inertWithin(row, room - prefix.length));
    break;
  }
  return rows.join("\n");
}

/** Each line of finished markdown prefixed; lines that no longer fit are left out. */
function lines(text: string, prefix: string, max: number): string {
  const rows: string[] = [];
  let room = max;
  for (const row of text.split("\n").filter((each) => each.trim() !== "")) {
    if (prefix.length + row.length > room) break;
    rows.push(prefix + row);
    room -= prefix.length + row.length + 1;
  }
  return rows.join("\n");
}
