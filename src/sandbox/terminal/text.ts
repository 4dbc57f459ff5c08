// Text for a terminal of a given width: what cannot do harm, broken between words, measured as the screen shows it.

/** A word, or something that must not be broken like a button, and how it is coloured. */
export interface Word {
  text: string;
  paint?: (text: string) => string;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
// Wide on every terminal: pictures, and the scripts of East Asia.
const WIDE =
  /\p{Emoji_Presentation}|\p{Regional_Indicator}|\uFE0F|[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]/u;
const INVISIBLE = /^[\p{Mark}\p{Cf}]+$/u;
/** Control characters but newline and tab, and the marks that turn the direction of text: both could forge the screen. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
const HARMFUL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** Runs of characters without width: some bots keep marks for themselves in them. A single one may hold an emoji together. */
const UNSEEN = /[\u200B-\u200D\u2060\uFEFF]{2,}|[\u200B\u2060\uFEFF]/g;

/** The text without what a terminal would obey instead of show, and without what nobody can see. Tabs become spaces. */
export function clean(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(HARMFUL, "").replace(UNSEEN, "").replace(/\t/g, "  ");
}

/** How many columns the text takes. */
export function cells(text: string): number {
  let count = 0;
  for (const { segment } of graphemes.segment(text)) {
    if (!INVISIBLE.test(segment)) count += WIDE.test(segment) ? 2 : 1;
  }
  return count;
}

/** The words of one line of text, all painted alike. */
export function words(text: string, paint?: (text: string) => string): Word[] {
  return text
    .split(/\s+/)
    .filter((word) => word !== "")
    .map((word) => (paint ? { text: word, paint } : { text: word }));
}

/** Sets words in lines of at most `width` columns; a longer word is broken. Neighbours of one paint are painted together. */
export function set(all: readonly Word[], width: number): string[] {
  const room = Math.max(8, width);
  const lines: Word[][] = [];
  let line: Word[] = [];
  let used = 0;
  for (const word of all.flatMap((each) => pieces(each, room))) {
    const wide = cells(word.text);
    if (line.length > 0 && used + 1 + wide > room) {
      lines.push(line);
      line = [];
      used = 0;
    }
    used += wide + (line.length > 0 ? 1 : 0);
    line.push(word);
  }
  if (line.length > 0) lines.push(line);
  return lines.map(painted);
}

function pieces(word: Word, room: number): Word[] {
  if (cells(word.text) <= room) return [word];
  const found: Word[] = [];
  let part = "";
  for (const { segment } of graphemes.segment(word.text)) {
    if (cells(part + segment) > room) {
      found.push({ ...word, text: part });
      part = "";
    }
    part += segment;
  }
  return [...found, { ...word, text: part }];
}

function painted(line: readonly Word[]): string {
  const runs: Word[] = [];
  for (const word of line) {
    const last = runs.at(-1);
    if (last && last.paint === word.paint) last.text += ` ${word.text}`;
    else runs.push({ ...word });
  }
  return runs.map(({ text, paint }) => (paint ? paint(text) : text)).join(" ");
}

/**
 * Text of several lines, set: bullets, numbers and quotes keep their mark at the left, with what follows under their text.
 */
export function paragraphs(text: string, width: number, paint?: (text: string) => string): string[] {
  return clean(text)
    .split("\n")
    .flatMap((line) => {
      if (line.trim() === "") return [""];
      const [, lead = "", mark = "", rest = ""] = /^( {0,8})((?:[•>-]|\d{1,3}\.) )?(.*)$/.exec(line) ?? [];
      const hang = lead + (mark === "> " ? mark : " ".repeat(mark.length));
      const lines = set(words(rest, paint), width - hang.length);
      return lines.map((each, index) => (index === 0 ? lead + mark : hang) + each);
    });
}
