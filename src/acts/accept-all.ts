import type { Act } from "./act.ts";

export const acceptAll: Act = {
  name: "accept_all",
  may: "staff",
  reads: false,
  args: [{ name: "letter", kind: "word", required: true, words: { en: "The message", es: "El mensaje" } }],
  slash: null,
  shortcut: null,
  words: {
    en: "I have them all: the promises of every request offered here are yours now",
    es: "Las tengo todas: las promesas de cada petición ofrecida aquí pasan a ser tuyas",
  },
};
