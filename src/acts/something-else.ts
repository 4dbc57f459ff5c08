import type { Act } from "./act.ts";

export const somethingElse: Act = {
  name: "something_else",
  may: "customer",
  reads: false,
  args: [
    { name: "request", kind: "word", required: true, words: { en: "The request", es: "La petición" } },
    { name: "text", kind: "rest", required: false, words: { en: "What it is", es: "Qué es" } },
  ],
  slash: null,
  shortcut: null,
  words: { en: "Something else: opens a linked request", es: "Otra cosa: abre una petición enlazada" },
};
