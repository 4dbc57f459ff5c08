import type { Act } from "./act.ts";

/** "No" to the question about a word somebody gave. */
export const noTrack: Act = {
  name: "no_track",
  may: "staff",
  reads: true,
  args: [{ name: "request", kind: "word", required: true, words: { en: "The request", es: "La petición" } }],
  slash: null,
  shortcut: null,
  words: { en: "Do not track the word you gave", es: "No seguir la palabra que diste" },
};
