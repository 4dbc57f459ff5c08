import type { Act } from "./act.ts";

export const apologise: Act = {
  name: "apologise",
  may: "staff",
  reads: false,
  args: [
    { name: "request", kind: "word", required: true, words: { en: "The request", es: "La petición" } },
    { name: "line", kind: "rest", required: true, words: { en: "What to say", es: "Qué decir" } },
    {
      name: "by",
      kind: "rest",
      required: true,
      words: { en: "When they hear from you", es: "Cuándo tendrán noticias" },
    },
  ],
  slash: null,
  shortcut: null,
  words: {
    en: "Send the apology with a new time, in your name",
    es: "Enviar la disculpa con una hora nueva, en tu nombre",
  },
};
