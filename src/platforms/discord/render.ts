// Card → message. The opening words go into `content` (what a notification shows, what can mention somebody), everything
// structured into an embed with a coloured edge. Components v2 would show nothing in a push notification
// (discord-api-docs#7854), so they are not used.
import { createHash } from "node:crypto";
import type { Block, Button, Card, Menu } from "../../messages/card.ts";
import { packId } from "./custom-id.ts";
import { clip, inertWithin } from "./escape.ts";
import * as limits from "./limits.ts";
import { blockText, isHere, notified, type Setting } from "./markup.ts";

export interface MessageBody {
  content: string;
  embeds: { description?: string; color?: number; url?: string; image?: { url: string } }[];
  components: Row[];
  allowed_mentions: { parse: never[]; users: string[]; replied_user: false };
  attachments: { id: string; filename: string; description: string }[];
}

export interface Row {
  type: 1;
  components: Record<string, unknown>[];
}

export interface Upload {
  name: string;
  contentType: string;
  data: Buffer;
}

const tones = { calm: 0x5b7fde, warn: 0xe3a008, alert: 0xd64545, done: 0x3b9c6b } as const;

/** Where the mark of a post is kept, for want of metadata: places nobody sees (README, "Finding a post again"). */
export interface Mark {
  /** `url` of the embed: without a title it is not shown. `.invalid` leads nowhere by definition (RFC 2606). */
  url: string;
  /** For a post without an embed: 32 characters without width at the end of the text. */
  tail: string;
}

const ZERO = "\u200B";
const ONE = "\u200C";

export function markOf(key: string): Mark {
  const digest = createHash("sha256").update(key).digest();
  const bits = digest.readUInt32BE(0).toString(2).padStart(32, "0");
  return {
    url: `https://siempre.invalid/${digest.toString("base64url").slice(0, 22)}`,
    tail: bits.replaceAll("0", ZERO).replaceAll("1", ONE),
  };
}

/** A card as the body of a message. Total: whatever is too long is cut, whatever is too many is left out. */
export function renderCard(card: Card, setting: Setting, mark: Mark | null = null): MessageBody {
  const { lead, rest } = split(card.blocks);
  const room = limits.CONTENT - (mark?.tail.length ?? 0);
  const spoken = joinBlocks(lead, room, setting);
  let content = spoken?.text ?? "";
  const structured = spoken ? [...lead.slice(spoken.taken), ...rest] : [...lead, ...rest];
  if (content === "") content = inertWithin(card.summary.trim(), room);
  const told = card.tells && isHere(card.tells, setting) ? [card.tells.id] : [];
  const users = [...new Set([...notified(card.blocks, setting), ...told])].slice(0, 100);
  // A mention inside an embed rings no bell.
  const missing = users.filter((id) => !content.includes(`<@${id}>`)).map((id) => `<@${id}>`);
  if (missing.length > 0 && !setting.direct) {
    const tail = missing.slice(0, 20).join(" ");
    content = content.length + tail.length + 1 <= room ? `${content} ${tail}` : content;
  }
  const embeds: MessageBody["embeds"] = describe(structured, setting).map((description) => ({ description }));
  if (card.file?.mime.startsWith("image/")) {
    const last = embeds.at(-1) ?? {};
    if (embeds.length === 0) embeds.push(last);
    last.image = { url: `attachment://${fileName(card.file.name)}` };
  }
  for (const [index, embed] of embeds.entries()) {
    if (card.tone) embed.color = tones[card.tone];
    if (index === 0 && mark) embed.url = mark.url;
  }
  return {
    content: mark && embeds.length === 0 ? content + mark.tail : content,
    embeds,
    components: rows(card.blocks, setting),
    allowed_mentions: { parse: [], users, replied_user: false },
    attachments: card.file
      ? [
          {
            // A placeholder: the `n` of `files[n]`.
            id: "0",
            filename: fileName(card.file.name),
            description: clip(card.file.alt, limits.ATTACHMENT_ALT),
          },
        ]
      : [],
  };
}

/** The card's file as discord.js uploads it. */
export function filesOf(card: Card): Upload[] {
  if (!card.file) return [];
  const { name, mime, bytes } = card.file;
  return [
    {
      name: fileName(name),
      contentType: mime,
      data: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    },
  ];
}

function fileName(name: string): string {
  return name.replace(/[^\w.-]+/g, "_").slice(-limits.FILE_NAME) || "file";
}

/** What is said, and what is shown: a card that only speaks is all lead. */
function split(blocks: readonly Block[]): { lead: Block[]; rest: Block[] } {
  const shown = blocks.filter((block) => block.kind !== "actions");
  const speaks = (block: Block, index: number): boolean =>
    block.kind === "text" || (block.kind === "heading" && index === 0);
  if (
    shown.every((block, index) => speaks(block, index) || block.kind === "quote" || block.kind === "note")
  ) {
    return { lead: shown, rest: [] };
  }
  const end = shown.findIndex((block, index) => !speaks(block, index));
  return { lead: shown.slice(0, end), rest: shown.slice(end) };
}

/** As many blocks as fit whole; null when not even the first one does. */
function joinBlocks(
  blocks: readonly Block[],
  max: number,
  setting: Setting,
): { text: string; taken: number } | null {
  let text = "";
  let taken = 0;
  for (const block of blocks) {
    // One more than allowed, so that what would have been cut is seen not to fit.
    const next = blockText(block, limits.EMBED_DESCRIPTION, setting);
    const grown = text === "" ? next : `${text}\n${next}`;
    if (grown.length > max) break;
    text = grown;
    taken += 1;
  }
  return taken === 0 && blocks.length > 0 ? null : { text, taken };
}

/** The embeds' descriptions: one, or a second where one is full. */
function describe(blocks: readonly Block[], setting: Setting): string[] {
  const descriptions: string[] = [];
  let total = 0;
  let current = "";
  let gap = "";
  for (const block of blocks) {
    if (block.kind === "divider") {
      gap = "\n\n";
      continue;
    }
    const room = Math.min(limits.EMBED_DESCRIPTION, limits.EMBED_TOTAL - total - current.length - 2);
    const text = room > 40 ? blockText(block, room, setting) : "";
    if (text.trim() === "") continue;
    const between = current === "" ? "" : block.kind === "heading" || gap !== "" ? "\n\n" : "\n";
    gap = "";
    if (current.length + between.length + text.length <= limits.EMBED_DESCRIPTION) {
      current += between + text;
      continue;
    }
    descriptions.push(current);
    total += current.length;
    current = text;
  }
  if (current !== "") descriptions.push(current);
  return descriptions;
}

/** Rows of at most five buttons or one menu; a block begins its own row as long as five rows are enough. */
function rows(blocks: readonly Block[], setting: Setting): Row[] {
  const groups = blocks.flatMap((block) => (block.kind === "actions" ? [block.items] : []));
  const seen = new Map<string, number>();
  const made = groups.map((items) => items.flatMap((item) => control(item, setting, seen)));
  const apart = made.flatMap(inRows);
  const all = apart.length <= limits.ROWS ? apart : inRows(made.flat());
  return all.slice(0, limits.ROWS);
}

function inRows(controls: readonly Record<string, unknown>[]): Row[] {
  const out: Row[] = [];
  for (const made of controls) {
    const last = out.at(-1);
    const joins =
      made.type === 2 && last?.components[0]?.type === 2 && last.components.length < limits.BUTTONS_A_ROW;
    if (last && joins) last.components.push(made);
    else out.push({ type: 1, components: [made] });
  }
  return out;
}

function control(
  item: Button | Menu,
  setting: Setting,
  seen: Map<string, number>,
): Record<string, unknown>[] {
  if (!("choice" in item)) {
    const label = clip(item.label, limits.BUTTON_LABEL) || "·";
    if (item.url !== undefined) return [{ type: 2, style: 5, label, url: item.url }];
    const style = item.style === "primary" ? 1 : item.style === "danger" ? 4 : 2;
    return [{ type: 2, style, label, custom_id: uniqueId(item, setting, seen) }];
  }
  const common = {
    custom_id: uniqueId(item, setting, seen),
    placeholder: clip(item.placeholder, limits.SELECT_PLACEHOLDER),
  };
  if (item.of === "people") {
    const chosen = item.selected && /^\d+$/.test(item.selected) ? [{ id: item.selected, type: "user" }] : [];
    return [{ type: 5, ...common, ...(chosen.length > 0 ? { default_values: chosen } : {}) }];
  }
  const values = new Set<string>();
  const options = item.options
    // A value that was cut would mean something else.
    .filter(
      ({ value }) =>
        value !== "" && value.length <= limits.OPTION_TEXT && !values.has(value) && values.add(value),
    )
    .slice(0, limits.SELECT_OPTIONS)
    .map(({ value, label, description }) => ({
      value,
      label: clip(label, limits.OPTION_TEXT) || value,
      ...(description ? { description: clip(description, limits.OPTION_TEXT) } : {}),
      ...(value === item.selected ? { default: true } : {}),
    }));
  return options.length > 0 ? [{ type: 3, ...common, options }] : [];
}

function uniqueId(item: Button | Menu, setting: Setting, seen: Map<string, number>): string {
  const more = {
    ...("choice" in item ? { choice: item.choice } : {}),
    workspace: setting.direct ? setting.workspace : null,
  };
  const id = packId(item.act, item.args, more);
  const twins = seen.get(id) ?? 0;
  seen.set(id, twins + 1);
  return twins === 0 ? id : packId(item.act, item.args, { ...more, twin: twins + 1 });
}

/** A line for somebody alone, all of it inert. */
export function renderLine(text: string): Pick<MessageBody, "content" | "allowed_mentions"> {
  return {
    content: inertWithin(text, limits.CONTENT) || "…",
    allowed_mentions: { parse: [], users: [], replied_user: false },
  };
}
