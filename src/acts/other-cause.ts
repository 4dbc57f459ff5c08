import type { Act } from "./act.ts";

export const otherCause: Act = {
  name: "other_cause",
  may: "staff",
  reads: false,
  args: [
    { name: "request", kind: "word", required: true, words: { en: "The request", es: "La petición" } },
    {
      name: "name",
      kind: "rest",
      required: false,
      words: { en: "The change, in a few words", es: "El cambio, en pocas palabras" },
    },
  ],
  slash: null,
  shortcut: null,
  words: { en: "Another cause, in your own words", es: "Otra causa, con tus palabras" },
};
