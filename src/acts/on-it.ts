import type { Act } from "./act.ts";

export const onIt: Act = {
  name: "on_it",
  may: "staff",
  reads: false,
  args: [{ name: "request", kind: "word", required: true, words: { en: "The request", es: "La petición" } }],
  slash: null,
  shortcut: null,
  words: { en: "I'm on it: this reminder is settled", es: "Voy: este aviso queda atendido" },
};
