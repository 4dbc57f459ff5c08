// Card → Block Kit, Modal → view. Every size is kept here; what had to be left out is said.
import { packAct } from "../../acts/packing.ts";
import type { Lang, MessageRef } from "../../domain/words.ts";
import type { Block, Button, Card, Menu, Modal, Text } from "../../messages/card.ts";
import { CHOICE_MARK, carry, LINK_ACTION, TWIN_MARK } from "./interactions.ts";
import * as limits from "./limits.ts";
import { chunks, cut, literal, withoutMarkers } from "./mrkdwn.ts";
import { type Kit, richBlock, richGroups } from "./rich.ts";

export interface Rendered {
  /** The fallback line: notifications, screen readers, search. */
  text: string;
  blocks: Kit[];
}

/** The few words that are the platform's, not the message's. */
const WORDS = {
  shortened: {
    en: "Shortened: Slack shows no more in one message.",
    es: "Acortado: Slack no muestra más en un mensaje.",
  },
  options: {
    en: (left: number) => `${left} more choices do not fit here.`,
    es: (left: number) => `Otras ${left} opciones no caben aquí.`,
  },
} as const;

// emoji: false and verbatim: true switch off what Slack would make of `:eyes:`, `@here` and bare addresses.
const plain = (text: string) => ({ type: "plain_text", text: text === "" ? " " : text, emoji: false });
const mrkdwn = (text: string) => ({ type: "mrkdwn", text: text === "" ? " " : text, verbatim: true });

/** Text of bare strings alone needs no markup, and plain_text is literal by definition. */
function literalOnly(text: Text): string | null {
  return text.every((inline) => typeof inline === "string") ? text.join("") : null;
}

function plainChunks(words: string, max: number): string[] {
  const found: string[] = [];
  // By code points, so that no pair is torn; code points are at most two characters each.
  const points = Array.from(words);
  let current = "";
  for (const point of points) {
    if (current.length + point.length > max) {
      found.push(current);
      current = "";
    }
    current += point;
  }
  return current.trim() === "" ? found : [...found, current];
}

function textBlocks(text: Text): Kit[] {
  return richGroups(text, limits.MAX_SECTION).map((group) => richBlock("rich_text_section", group));
}

function noteBlocks(text: Text): Kit[] {
  const words = literalOnly(text);
  const elements: Kit[] =
    words !== null
      ? plainChunks(words, limits.MAX_CONTEXT).map(plain)
      : chunks(text, limits.MAX_CONTEXT).map(mrkdwn);
  return inGroups(elements, limits.MAX_CONTEXT_ELEMENTS).map((group) => ({
    type: "context",
    elements: group,
  }));
}

function quoteBlocks(text: string): Kit[] {
  const groups = richGroups([cut(text.trim(), limits.MAX_QUOTE)], limits.MAX_SECTION);
  return groups.map((group) => richBlock("rich_text_quote", group));
}

/** Words that mrkdwn would have to show by lookalikes are shown plain, exactly as written; the label is then not bold. */
function field(label: string, value: Text): Kit {
  const head = cut(label.replace(/\s+/g, " ").trim(), 200);
  const words = literalOnly(value);
  if (words !== null && withoutMarkers(words) !== words)
    return plain(cut(`${head}\n${words}`, limits.MAX_FIELD));
  const bold = head === "" ? "" : `*${literal(head)}*\n`;
  return mrkdwn(bold + (chunks(value, limits.MAX_FIELD - bold.length)[0] ?? "–"));
}

function fieldBlocks(fields: readonly { label: string; value: Text }[]): Kit[] {
  const shown = fields.map(({ label, value }) => field(label, value));
  return inGroups(shown, limits.MAX_FIELDS).map((group) => ({ type: "section", fields: group }));
}

function tableBlocks(text: string): Kit[] {
  return richGroups([text], limits.MAX_SECTION).map((group) => richBlock("rich_text_preformatted", group));
}

function inGroups<T>(items: readonly T[], size: number): T[][] {
  const groups: T[][] = [];
  for (let at = 0; at < items.length; at += size) groups.push(items.slice(at, at + size));
  return groups;
}

function button(item: Button, id: (wanted: string) => string): Kit {
  const label = plain(cut(item.label, limits.MAX_BUTTON_LABEL));
  const style = item.style ? { style: item.style } : {};
  if (item.url !== undefined && item.url.length <= limits.MAX_URL)
    return { type: "button", text: label, url: item.url, action_id: id(LINK_ACTION), ...style };
  return { type: "button", text: label, action_id: id(packAct(item.act, item.args)), ...style };
}

function menu(item: Menu, id: (wanted: string) => string): Kit {
  const base = {
    placeholder: plain(cut(item.placeholder, limits.MAX_PLACEHOLDER)),
    action_id: id(`${packAct(item.act, item.args)}${CHOICE_MARK}${item.choice}`),
  };
  if (item.of === "people")
    return { type: "users_select", ...base, ...(item.selected ? { initial_user: item.selected } : {}) };
  const options = item.options.slice(0, limits.MAX_OPTIONS).map((option) => ({
    text: plain(cut(option.label, limits.MAX_OPTION)),
    value: option.value,
    ...(option.description ? { description: plain(cut(option.description, limits.MAX_OPTION)) } : {}),
  }));
  const initial = options.find((option) => option.value === item.selected);
  return { type: "static_select", ...base, options, ...(initial ? { initial_option: initial } : {}) };
}

function actionBlocks(items: readonly (Button | Menu)[], id: (wanted: string) => string, lang: Lang): Kit[] {
  // Slack refuses a menu without options.
  const usable = items.filter(
    (item) => !("choice" in item) || item.of === "people" || item.options.length > 0,
  );
  const elements = usable.map((item) => ("choice" in item ? menu(item, id) : button(item, id)));
  const blocks: Kit[] = inGroups(elements, limits.MAX_ACTIONS).map((group) => ({
    type: "actions",
    elements: group,
  }));
  const left = Math.max(
    0,
    ...usable.map((item) => ("choice" in item ? item.options.length - limits.MAX_OPTIONS : 0)),
  );
  return left > 0 ? [...blocks, { type: "context", elements: [plain(WORDS.options[lang](left))] }] : blocks;
}

function blocksOf(block: Block, id: (wanted: string) => string, lang: Lang): Kit[] {
  switch (block.kind) {
    case "heading":
      return [{ type: "header", text: plain(cut(block.text, limits.MAX_HEADER)) }];
    case "text":
      return textBlocks(block.text);
    case "quote":
      return quoteBlocks(block.text);
    case "note":
      return noteBlocks(block.text);
    case "fields":
      return fieldBlocks(block.fields);
    case "table":
      return tableBlocks(block.text);
    case "divider":
      return [{ type: "divider" }];
    case "actions":
      return actionBlocks(block.items, id, lang);
    default:
      return block satisfies never;
  }
}

/** How many characters a block shows, roughly: what Slack's limit for a whole message counts. */
function weight(value: unknown): number {
  let sum = 0;
  if (Array.isArray(value)) for (const one of value) sum += weight(one);
  else if (typeof value === "object" && value !== null) {
    if ("text" in value && typeof value.text === "string") sum += value.text.length;
    for (const one of Object.values(value)) if (typeof one === "object") sum += weight(one);
  }
  return sum;
}

/** Too much for one message: words are dropped from the end, controls stay, and a line says so. */
function within(blocks: Kit[], max: number, lang: Lang): Kit[] {
  if (blocks.length <= max && weight(blocks) <= limits.MAX_SHOWN) return blocks;
  const controls = blocks.filter((block) => block.type === "actions").slice(0, max - 2);
  const kept = new Set(controls);
  let room = limits.MAX_SHOWN - weight(controls);
  for (const block of blocks) {
    if (block.type === "actions") continue;
    room -= weight(block);
    if (room < 0 || kept.size >= max - 1) break;
    kept.add(block);
  }
  const note: Kit = { type: "context", elements: [plain(WORDS.shortened[lang])] };
  return [...blocks.filter((block) => kept.has(block)), note];
}

/**
 * A card as chat.postMessage takes it. `lang` is for the platform's own few words. `image` is the file already
 * uploaded for the card, shown at its end. `tone` has no place in blocks and is not shown (README).
 */
export function renderCard(
  card: Card,
  lang: Lang,
  image: { file: string; alt: string } | null = null,
): Rendered {
  const used = new Map<string, number>();
  const id = (wanted: string) => {
    const twins = used.get(wanted) ?? 0;
    used.set(wanted, twins + 1);
    return twins === 0 ? wanted : `${wanted}${TWIN_MARK}${twins}`;
  };
  const shown: Kit[] = image
    ? [{ type: "image", slack_file: { id: image.file }, alt_text: cut(image.alt || " ", limits.MAX_ALT) }]
    : [];
  const blocks = within(
    card.blocks.flatMap((block) => blocksOf(block, id, lang)),
    limits.MAX_BLOCKS - shown.length,
    lang,
  );
  return { text: literal(cut(card.summary, limits.MAX_SUMMARY)), blocks: [...blocks, ...shown] };
}

/**
 * A modal as views.open takes it. `where` is carried along, so that the submission knows where it came from.
 * Throws RangeError when act, arguments and place exceed Slack's 3,000 characters: a modal carries ids, never words.
 */
export function renderModal(modal: Modal, where: MessageRef): Kit {
  const metadata = carry(modal.act, modal.args, where);
  if (metadata.length > limits.MAX_PRIVATE_METADATA)
    throw new RangeError(
      `The modal of act "${modal.act}" carries ${metadata.length} characters, ${limits.MAX_PRIVATE_METADATA} are allowed.`,
    );
  const inputs = modal.fields.map((field) => {
    const max = Math.min(field.max, limits.MAX_INPUT);
    return {
      type: "input",
      block_id: field.name,
      optional: !field.required,
      label: plain(cut(field.label, limits.MAX_INPUT_LABEL)),
      ...(field.hint ? { hint: plain(cut(field.hint, limits.MAX_INPUT_LABEL)) } : {}),
      element: {
        type: "plain_text_input",
        action_id: "value",
        multiline: field.multiline,
        max_length: max,
        ...(field.value ? { initial_value: cut(field.value, max) } : {}),
        ...(field.placeholder ? { placeholder: plain(cut(field.placeholder, limits.MAX_PLACEHOLDER)) } : {}),
      },
    };
  });
  const title = (text: string) => plain(cut(text, limits.MAX_VIEW_TITLE));
  return {
    type: "modal",
    callback_id: modal.act,
    private_metadata: metadata,
    title: title(modal.title),
    // Slack refuses `submit` on a view without inputs only when it is missing, never when it is there.
    submit: title(modal.submit),
    close: title(modal.cancel),
    blocks: [...(modal.intro ? textBlocks(modal.intro) : []), ...inputs].slice(0, limits.MAX_MODAL_BLOCKS),
  };
}
