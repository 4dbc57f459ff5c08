// Small pieces every card is made of.
import { clockTime, wallTime } from "../domain/promises/moments.ts";
import type { Named } from "../domain/request/view.ts";
import type { Instant, Lang } from "../domain/words.ts";
import type { Inline, Text } from "./card.ts";

/** The reader's now, zone and language: the fallback for instants a platform cannot render by itself. */
export interface Reader {
  now: Instant;
  timezone: string;
  lang: Lang;
}

/** A sentence with pieces in it: say`You have until ${moment}.` Strings put in stay literal. */
export function say(parts: TemplateStringsArray, ...pieces: readonly (Inline | Text)[]): Text {
  const out: Inline[] = [];
  for (const [index, part] of parts.entries()) {
    if (part !== "") out.push(part);
    const piece = pieces[index];
    if (piece === undefined) continue;
    if (Array.isArray(piece)) out.push(...(piece as Text));
    else out.push(piece as Inline);
  }
  return out;
}

/** An exact time: the clock alone on the reader's same day, otherwise with the day. */
export function moment(at: Instant, reader: Reader): Inline {
  const fallback = wallTime(at, reader.now, reader.timezone, reader.lang);
  return { instant: at, as: fallback === clockTime(at, reader.timezone) ? "time" : "day", fallback };
}

/** Whether a moment is shown with its day: languages join it to a sentence differently. */
export function isDay(when: Inline): boolean {
  return typeof when === "object" && "instant" in when ? when.as === "day" : !startsWithHour(plain([when]));
}

/** Whether plain words for a time are the clock alone, "10:30". */
export function startsWithHour(time: string): boolean {
  return /^\d{1,2}:/.test(time);
}

/** An exact time as plain words, for forms and drafts, where no platform renders an instant. */
export function clockWords(at: Instant, reader: Reader): string {
  return wallTime(at, reader.now, reader.timezone, reader.lang);
}

export function joined(texts: readonly Text[], between: string): Text {
  return texts.flatMap((text, index) => (index === 0 ? text : [between, ...text]));
}

/** Plain text of a Text, for one-line summaries. */
export function plain(text: Text): string {
  return text
    .map((piece) => {
      if (typeof piece === "string") return piece;
      if ("bold" in piece) return piece.bold;
      if ("italic" in piece) return piece.italic;
      if ("code" in piece) return piece.code;
      if ("instant" in piece) return piece.fallback;
      if ("person" in piece) return piece.name;
      if ("channel" in piece) return "";
      return piece.label;
    })
    .join("");
}

/** The first name, as people address each other; a name we do not have is left out by the sentence. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? "";
}

/** A person by name, without notifying them. */
export function who(person: Named): Inline {
  return person.ref.id === "" ? person.name : { person: person.ref, name: person.name };
}

/** A stretch of time as people say it: "45 min", "3 h 10", "2 days". Never "0 min". */
export function duration(ms: number, lang: Lang): string {
  const minutes = Math.max(1, Math.round(Math.abs(ms) / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24)
    return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${String(minutes % 60).padStart(2, "0")}`;
  const days = Math.round(hours / 24);
  if (lang === "es") return days === 1 ? "1 día" : `${days} días`;
  return days === 1 ? "1 day" : `${days} days`;
}

/** At most `max` characters, whole words where possible, with an ellipsis. */
export function short(text: string, max: number): string {
  const flat = text.replace(/\s+/g, " ").trim();
  if (flat.length <= max) return flat;
  const cut = flat.slice(0, max - 1);
  const space = cut.lastIndexOf(" ");
  return `${(space > max / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

/** Words a line may begin with that are no names: inside a sentence they are written small. */
const OPENERS = new Set(
  "we we've we're you you've you're your my the this that it it's there when how why what hemos ya te tu tus mi mis me no el la los las lo le se era está cuando cómo por qué al".split(
    " ",
  ),
);

/** A line as it goes on after "Marta, " or "So: ". Names, "I" and words in capitals stay as they are. */
export function goesOn(line: string): string {
  const [first = ""] = line.split(/\s/, 1);
  const opener = OPENERS.has(first.toLowerCase().replace("’", "'").replace(/,$/, ""));
  const shouted = first.length > 1 && first === first.toUpperCase();
  return opener && !shouted ? line.charAt(0).toLowerCase() + line.slice(1) : line;
}
