import type { Act } from "./act.ts";

export const cause: Act = {
  name: "cause",
  may: "staff",
  reads: false,
  args: [
    { name: "request", kind: "word", required: true, words: { en: "The request", es: "La petición" } },
    { name: "cause", kind: "word", required: true, words: { en: "The cause", es: "La causa" } },
  ],
  slash: null,
  shortcut: null,
  words: { en: "What change would have made this impossible", es: "Qué cambio lo habría hecho imposible" },
};
