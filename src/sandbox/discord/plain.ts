// Discord's markup as the plain text that a person reads.
import type { Guild } from "./state.ts";

/** Who reads: times are theirs. */
export interface Reader {
  timezone: string;
  locale: string;
  /** "Now", for relative times. */
  now: number;
}

const TOKENS =
  /```(?:[a-z0-9_+.-]+\n)?\n?([\s\S]*?)\n?```|`([^`\n]+)`|\\([^0-9A-Za-z\s])|<@!?(\d+)>|<@&(\d+)>|<#(\d+)>|<t:(-?\d{1,13})(?::([tTdDfFsSR]))?>|<\/([^:>]+):\d+>|<a?:(\w+):\d+>|\[([^\]\n]+)\]\(<?[a-z][a-z+.-]*:\/\/[^)\s]+\)|<((?:https?|mailto|tel):[^>\s]+)>|(https?:\/\/[^\s<]*[^\s<.,:;"'\])])/g;

/**
 * `text` as the reader's client shows it: names, channels and times filled in, links by their label, escapes and
 * marks of emphasis, headings and code gone. Quotes and lists keep their marks.
 */
export function plain(guild: Guild, text: string, reader: Reader): string {
  if (!/[\\<[`*_~|#]|https?:/.test(text)) return text;
  const read = text.replace(TOKENS, (whole, ...groups) => {
    const [block, code, escaped, user, role, channel, seconds, style, command, emoji, label, address, bare] =
      groups as (string | undefined)[];
    if (user !== undefined) return literal(`@${guild.users.get(user)?.name ?? "unknown-user"}`);
    if (role !== undefined) {
      return literal(`@${guild.roles.get(role)?.name.replace(/^@/, "") ?? "deleted-role"}`);
    }
    if (channel !== undefined) return literal(`#${guild.channels.get(channel)?.name ?? "unknown"}`);
    if (seconds !== undefined) return literal(shownTime(Number(seconds) * 1000, style ?? "f", reader));
    if (command !== undefined) return literal(`/${command}`);
    if (emoji !== undefined) return literal(`:${emoji}:`);
    if (label !== undefined) return literal(plain(guild, label, reader));
    return literal(block ?? code ?? escaped ?? address ?? bare ?? whole);
  });
  return withoutMarks(read).replaceAll(/[\uE000-\uE07F]/g, (hidden) =>
    String.fromCharCode(hidden.charCodeAt(0) - 0xe000),
  );
}

/** Hides what looks like a mark but was not written as one, in the private use area, until marks are gone. */
function literal(text: string): string {
  return text.replaceAll(/[*_~|#>`-]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) + 0xe000));
}

function withoutMarks(text: string): string {
  return text
    .replaceAll(/\*\*([\s\S]+?)\*\*(?!\*)/g, "$1")
    .replaceAll(/__([\s\S]+?)__(?!_)/g, "$1")
    .replaceAll(/~~([\s\S]+?)~~/g, "$1")
    .replaceAll(/\|\|([\s\S]+?)\|\|/g, "$1")
    .replaceAll(/\*(?=[^\s*])([^*]*[^\s*])\*(?!\*)/g, "$1")
    .replaceAll(/(?<!\w)_([^_]+)_(?!\w)/g, "$1")
    .replaceAll(/^((?:> )?)(?:#{1,3}|-#) +/gm, "$1");
}

const STYLES: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
  s: { dateStyle: "short", timeStyle: "short" },
  S: { dateStyle: "short", timeStyle: "medium" },
};
const formats = new Map<string, Intl.DateTimeFormat>();

function shownTime(at: number, style: string, reader: Reader): string {
  if (style === "R") return relativeTime(at - reader.now, reader.locale);
  // Discord leaves a time it cannot hold as it was written.
  if (Math.abs(at) > 8.64e15) return `<t:${at / 1000}>`;
  const key = `${reader.locale} ${reader.timezone} ${style}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(reader.locale, { ...STYLES[style], timeZone: reader.timezone });
    formats.set(key, format);
  }
  // Intl puts narrow spaces before AM and PM; nobody types those into a test.
  return format.format(at).replaceAll(/[\u00a0\u202f]/g, " ");
}

const UNITS = [
  ["year", 31_536_000_000],
  ["month", 2_592_000_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

function relativeTime(ms: number, locale: string): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "always" });
  for (const [unit, size] of UNITS) {
    if (Math.abs(ms) >= size) return format.format(Math.round(ms / size), unit);
  }
  return format.format(Math.round(ms / 1000), "second");
}
