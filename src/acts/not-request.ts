import type { Act } from "./act.ts";

export const notRequest: Act = {
  name: "not_request",
  may: "staff",
  reads: false,
  args: [
    { name: "c", kind: "word", required: true, words: { en: "The channel", es: "El canal" } },
    { name: "m", kind: "word", required: true, words: { en: "The message", es: "El mensaje" } },
    { name: "t", kind: "word", required: false, words: { en: "Its thread", es: "Su hilo" } },
  ],
  slash: null,
  shortcut: null,
  words: { en: "It is no request", es: "No es una petición" },
};
