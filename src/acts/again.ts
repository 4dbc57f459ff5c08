import type { Act } from "./act.ts";

/** Opens a form anew with what was typed, where the platform could not keep it open with its fault. */
export const again: Act = {
  name: "again",
  may: "staff",
  reads: true,
  args: [
    { name: "request", kind: "word", required: true, words: { en: "The request", es: "La petición" } },
    { name: "draft", kind: "word", required: true, words: { en: "What was typed", es: "Lo escrito" } },
  ],
  slash: null,
  shortcut: null,
  words: {
    en: "Open a form again with what you typed",
    es: "Abrir otra vez un formulario con lo que escribiste",
  },
};
