// Unicode emoji and the short names the core uses. Only those that mean something to us; others keep their character.

const names: Readonly<Record<string, string>> = {
  "👀": "eyes",
  "🎫": "ticket",
  "✅": "white_check_mark",
  "👍": "+1",
  "👎": "-1",
  "🙏": "pray",
  "🎉": "tada",
  "⏳": "hourglass_flowing_sand",
  "⚠️": "warning",
  "🔥": "fire",
  "❤️": "heart",
};

const VARIATION = "\uFE0F";
const bare = (emoji: string): string => emoji.replaceAll(VARIATION, "");
const shortNames = new Map(Object.entries(names).map(([emoji, name]) => [bare(emoji), name]));
const characters = new Map(Object.entries(names).map(([emoji, name]) => [name, emoji]));

/** `👀` → `eyes`. A guild's own emoji arrives by name; a character without a short name stays itself. */
export function shortName(emoji: { id: string | null; name: string | null }): string {
  if (emoji.id !== null) return emoji.name ?? emoji.id;
  const name = emoji.name ?? "";
  return shortNames.get(bare(name)) ?? name;
}

/** `eyes` → `👀`, as the reaction routes want it before URL encoding. */
export function character(name: string): string {
  return characters.get(name) ?? name;
}
