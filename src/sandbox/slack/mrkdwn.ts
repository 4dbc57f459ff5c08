// Slack's markup as a person reads it: names for ids, local times for dates, no markers, no entities.
import { showEmoji } from "./emoji.ts";

/** Whoever looks at the text: decides names, zone and language of times. */
export interface Reader {
  personName(id: string): string | null;
  channelName(id: string): string | null;
  timezone: string;
  locale: string;
  /** Milliseconds; for "today" and "yesterday". */
  now: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(
  reader: Reader,
  options: Intl.DateTimeFormatOptions,
  locale = reader.locale,
): Intl.DateTimeFormat {
  const key = `${locale} ${reader.timezone} ${JSON.stringify(options)}`;
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(locale, { ...options, timeZone: reader.timezone });
    formats.set(key, made);
  }
  return made;
}

const DAYS: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  date_long_full: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  date_slash: { year: "numeric", month: "2-digit", day: "2-digit" },
  day_divider: { weekday: "long", month: "long", day: "numeric" },
};

function dateToken(token: string, at: number, reader: Reader): string | null {
  if (token === "time") return format(reader, { hour: "numeric", minute: "2-digit" }).format(at);
  if (token === "time_secs") return format(reader, { timeStyle: "medium" }).format(at);
  const isoDay = (instant: number) => format(reader, { dateStyle: "short" }, "sv-SE").format(instant);
  if (token === "date_num") return isoDay(at);
  const near = (instant: number, numeric: "auto" | "always") => {
    const seconds = (instant - reader.now) / 1000;
    const relative = new Intl.RelativeTimeFormat(reader.locale, { numeric });
    if (numeric === "auto") {
      const days = Math.round((Date.parse(isoDay(instant)) - Date.parse(isoDay(reader.now))) / 86_400_000);
      return Math.abs(days) <= 1 ? relative.format(days, "day") : null;
    }
    if (Math.abs(seconds) < 3600) return relative.format(Math.round(seconds / 60), "minute");
    if (Math.abs(seconds) < 86_400) return relative.format(Math.round(seconds / 3600), "hour");
    return relative.format(Math.round(seconds / 86_400), "day");
  };
  if (token === "ago") return near(at, "always");
  const pretty = token.endsWith("_pretty");
  const options = DAYS[pretty ? token.slice(0, -"_pretty".length) : token];
  if (!options) return null;
  return (pretty ? near(at, "auto") : null) ?? format(reader, options).format(at);
}

/** `^seconds^pattern^link|fallback` of a `<!date…>` in the reader's zone; the fallback when it makes no sense. */
function dateText(body: string, reader: Reader): string {
  const bar = body.lastIndexOf("|");
  const fallback = bar < 0 ? "" : unescapeText(body.slice(bar + 1));
  const [, seconds = "", pattern = ""] = (bar < 0 ? body : body.slice(0, bar)).split("^");
  const at = Number(seconds) * 1000;
  if (!/^-?\d+$/.test(seconds) || pattern === "") return fallback;
  let known = true;
  const text = pattern.replace(/\{(\w+)\}/g, (_, token: string) => {
    const value = dateToken(token, at, reader);
    if (value === null) known = false;
    return value ?? "";
  });
  return known ? unescapeText(text) : fallback;
}

function entity(body: string, reader: Reader): string {
  const [target = "", label] = body.split("|", 2);
  if (target.startsWith("@")) return `@${reader.personName(target.slice(1)) ?? label ?? target.slice(1)}`;
  if (target.startsWith("#")) return `#${reader.channelName(target.slice(1)) ?? label ?? target.slice(1)}`;
  if (target.startsWith("!date")) return dateText(body.slice("!date".length), reader);
  if (target.startsWith("!subteam^")) return label ?? `@${target.slice("!subteam^".length)}`;
  if (target.startsWith("!")) return label ?? `@${target.slice(1)}`;
  return unescapeText(label ?? target.replace(/^mailto:/, ""));
}

export function unescapeText(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

const EDGE = "[\\s\\p{P}\\p{S}\\uE000\\uE001]";
const MARKERS = ["\\*", "_", "~"].map(
  (mark) => new RegExp(`(^|${EDGE})${mark}(?=\\S)([^${mark}\\n]*?[^\\s${mark}])${mark}(?=$|${EDGE})`, "gmu"),
);

/** `mrkdwn` as plain text. */
export function plain(mrkdwn: string, reader: Reader): string {
  if (!/[<&*_~`:]/.test(mrkdwn)) return mrkdwn;
  // Finished pieces stand as numbers between private-use characters, so that no later rule touches them.
  const pieces: string[] = [];
  const keep = (piece: string) => `\uE000${pieces.push(piece) - 1}\uE001`;
  let text = mrkdwn
    .replace(/```\n?([\s\S]*?)\n?```/g, (_, code: string) => keep(unescapeText(code)))
    .replace(/`([^`\n]+)`/g, (_, code: string) => keep(unescapeText(code)))
    .replace(/<([^<>\n]+)>/g, (_, body: string) => keep(entity(body, reader)));
  for (const marker of MARKERS) text = text.replace(marker, "$1$2");
  text = showEmoji(unescapeText(text));
  return text.replace(/\uE000(\d+)\uE001/g, (_, index: string) => pieces[Number(index)] ?? "");
}

/** Standard Markdown (the `markdown` block) as plain text. */
export function plainMarkdown(markdown: string): string {
  return showEmoji(
    markdown
      .replace(/\[([^\]\n]+)\]\([^)\s]+\)/g, "$1")
      .replace(/(\*\*|__)(?=\S)(.+?)\1/g, "$2")
      .replace(/(^|\s)[*_](?=\S)([^*_\n]+)[*_]/g, "$1$2")
      .replace(/`([^`\n]+)`/g, "$1")
      .replace(/^#{1,6} /gm, "")
      .replace(/\\([\\`*_{}[\]()#+.!~>-])/g, "$1"),
  );
}
