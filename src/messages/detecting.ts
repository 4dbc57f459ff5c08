// What is looked for in customers' messages, and where that comes from.
import type { Detecting } from "../domain/detecting.ts";
import type { Lang } from "../domain/words.ts";
import type { Answer, Block, Card, Text } from "./card.ts";
import { joined, plain, say } from "./inline.ts";
import { detectingSentences } from "./text/detecting.ts";

/** With the name of whoever said so, where somebody did. */
export type Detects = Detecting & { name: string | null };

/** One line for each, with its source, as in `/siempre policy show`. */
export function detectingBlock(channel: string | null, holds: readonly Detects[], lang: Lang): Block {
  const words = detectingSentences(lang);
  const rows = holds.map(
    (each): Text =>
      say`${words.names[each.of]}: ${each.on ? words.on : words.off}${{ italic: ` (${sourceOf(each, channel, lang)})` }}`,
  );
  return { kind: "text", text: [{ bold: words.title }, "\n", ...joined(rows, "\n")] };
}

function sourceOf({ from, name }: Detects, channel: string | null, lang: Lang): string {
  const words = detectingSentences(lang);
  switch (from.kind) {
    case "channel":
      return words.by(name ?? "?", words.inChannel(channel));
    case "workspace":
      return words.by(name ?? "?", words.everywhere);
    case "team_file":
      return words.teamFile;
    case "file":
      return words.file;
    case "default":
      return words.standard;
    default:
      return from satisfies never;
  }
}

/** `/siempre detect` alone. */
export function detectingCard(channel: string | null, holds: readonly Detects[], lang: Lang): Card {
  const words = detectingSentences(lang);
  return {
    blocks: [detectingBlock(channel, holds, lang), { kind: "note", text: [words.how] }],
    summary: words.title,
  };
}

/** What holds of what was just changed. */
export function detected(channel: string | null, holds: readonly Detects[], lang: Lang): Answer {
  const words = detectingSentences(lang);
  const lines = [true, false].flatMap((on) => {
    const names = holds.filter((each) => each.on === on).map(({ of }) => words.names[of]);
    if (names.length === 0) return [];
    return [(on ? words.nowOn : words.nowOff)(words.and(names), words.in(channel))];
  });
  const text = joined(
    lines.map((line): Text => [`${line.charAt(0).toUpperCase()}${line.slice(1)}`]),
    " ",
  );
  return { kind: "card", card: { blocks: [{ kind: "text", text }], summary: plain(text) } };
}

export function noSuchDetection(lang: Lang): Answer {
  return { kind: "error", text: detectingSentences(lang).unknown };
}
