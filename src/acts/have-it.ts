import type { Act } from "./act.ts";

export const haveIt: Act = {
  name: "have_it",
  may: "staff",
  reads: false,
  args: [{ name: "request", kind: "word", required: true, words: { en: "The request", es: "La petición" } }],
  slash: null,
  shortcut: null,
  words: {
    en: "Answer a page: you have it, nobody else is called",
    es: "Responder a la guardia: la tienes tú",
  },
};
