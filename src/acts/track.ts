import type { Act } from "./act.ts";

/** "Track it", under the question about a word somebody gave. `of` is their message, `until` the minute, in base 36: ids must be short. */
export const track: Act = {
  name: "track",
  may: "staff",
  reads: false,
  args: [
    { name: "request", kind: "word", required: true, words: { en: "The request", es: "La petición" } },
    { name: "of", kind: "word", required: true, words: { en: "The message", es: "El mensaje" } },
    { name: "until", kind: "word", required: true, words: { en: "By when", es: "Hasta cuándo" } },
  ],
  slash: null,
  shortcut: null,
  words: { en: "Track the word you gave", es: "Seguir la palabra que diste" },
};
