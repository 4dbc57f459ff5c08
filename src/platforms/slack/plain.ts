// Slack's markup as plain words: what a reader of the message sees, which is what the core is told.

/** Names found out beforehand; null: nobody knows, the id is shown. */
export interface Names {
  person(id: string): string | null;
  channel(id: string): string | null;
}

type Piece = { text: string } | { token: string };

/** Cuts at `<…>`. People's own `<` arrive as `&lt;`, so what stands in angle brackets is Slack's. Linear time. */
function pieces(markup: string): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  while (at < markup.length) {
    const open = markup.indexOf("<", at);
    const close = open < 0 ? -1 : markup.indexOf(">", open);
    if (close < 0) {
      found.push({ text: markup.slice(at) });
      break;
    }
    if (open > at) found.push({ text: markup.slice(at, open) });
    found.push({ token: markup.slice(open + 1, close) });
    at = close + 1;
  }
  return found;
}

const ENTITIES: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

/** Undoes Slack's three escapes, once: `&amp;lt;` is a person's `&lt;`. */
function unescaped(text: string): string {
  return text.replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}

function split(token: string): [target: string, label: string] {
  const bar = token.indexOf("|");
  return bar < 0 ? [token, ""] : [token.slice(0, bar), token.slice(bar + 1)];
}

function sigiled(sigil: string, name: string): string {
  return name.startsWith(sigil) ? name : `${sigil}${name}`;
}

function shown(token: string, names: Names): string {
  const [target, label] = split(token);
  const id = target.slice(1);
  if (target.startsWith("@")) return sigiled("@", names.person(id) ?? (label || id));
  if (target.startsWith("#")) return sigiled("#", names.channel(id) ?? (label || id));
  if (target.startsWith("!subteam^")) return sigiled("@", label || target.slice("!subteam^".length));
  if (target.startsWith("!date^")) return label;
  if (target.startsWith("!")) return sigiled("@", label || id);
  return target.replace(/^(?:mailto|tel):/, "");
}

/** Mentions become `@name`, channels `#name`, links their address; entities are undone; nothing else is touched. */
export function plainText(markup: string, names: Names): string {
  return pieces(markup)
    .map((piece) => unescaped("token" in piece ? shown(piece.token, names) : piece.text))
    .join("");
}

/** The ids of people and channels a text names, each once, in order. */
export function namedIn(markup: string): { people: string[]; channels: string[] } {
  const people = new Set<string>();
  const channels = new Set<string>();
  for (const piece of pieces(markup)) {
    if (!("token" in piece)) continue;
    const [target] = split(piece.token);
    if (target.startsWith("@")) people.add(target.slice(1));
    if (target.startsWith("#")) channels.add(target.slice(1));
  }
  return { people: [...people], channels: [...channels] };
}
