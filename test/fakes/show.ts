// A neutral card as a person would read it: the fake's way of rendering. Text stays literal, as the port demands.
import type { Block, Button, Card, Inline, Menu, Text } from "../../src/messages/card.ts";
import type { ShownControl } from "../../src/sandbox/world.ts";

/** Whose zone and language the times are shown in. */
export interface Viewer {
  timezone: string;
  locale: string;
}

export const anybody: Viewer = { timezone: "UTC", locale: "en-GB" };

/** The card's words, one block a line. */
export function shownText(card: Card, viewer: Viewer): string {
  const lines = card.blocks.flatMap((block) => shownBlock(block, viewer));
  return (lines.length > 0 ? lines : [card.summary]).join("\n");
}

function shownBlock(block: Block, viewer: Viewer): string[] {
  switch (block.kind) {
    case "heading":
    case "table":
      return [block.text];
    case "text":
    case "note":
      return [shownInline(block.text, viewer)];
    case "quote":
      return [`> ${block.text}`];
    case "fields":
      return block.fields.map((field) => `${field.label}: ${shownInline(field.value, viewer)}`);
    case "divider":
      return ["---"];
    case "actions":
      return [];
    default:
      block satisfies never;
      return [];
  }
}

/** A stretch of text with names and local times filled in. */
export function shownInline(text: Text, viewer: Viewer): string {
  return text.map((part) => shownPart(part, viewer)).join("");
}

function shownPart(part: Inline, viewer: Viewer): string {
  if (typeof part === "string") return part;
  if ("bold" in part) return part.bold;
  if ("italic" in part) return part.italic;
  if ("code" in part) return part.code;
  if ("person" in part) return `@${part.name}`;
  if ("channel" in part) return `#${part.channel}`;
  if ("link" in part) return `${part.label} (${part.link})`;
  if (part.as === "relative") return part.fallback;
  const day = part.as === "day" ? ({ weekday: "short", day: "numeric", month: "short" } as const) : {};
  return new Intl.DateTimeFormat(viewer.locale, {
    ...day,
    hour: "2-digit",
    minute: "2-digit",
    timeZone: viewer.timezone,
  }).format(part.instant);
}

/** The buttons and menus of a card, in order. */
export function controlsOf(card: Card): (Button | Menu)[] {
  return card.blocks.flatMap((block) => (block.kind === "actions" ? [...block.items] : []));
}

/** A control as a person sees it; `id` is its place on the card. */
export function shownControl(item: Button | Menu, place: number): ShownControl {
  const id = String(place);
  if ("label" in item) return { kind: "button", label: item.label, options: [], selected: null, id };
  return {
    kind: item.of === "people" ? "people" : "menu",
    label: item.placeholder,
    options: item.options.map(({ value, label }) => ({ value, label })),
    selected: item.options.find((option) => option.value === item.selected)?.label ?? null,
    id,
  };
}
