import type { Act } from "./act.ts";

export const sayBack: Act = {
  name: "say_back",
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
  words: { en: "Say back what you understood, in your name", es: "Decir lo que has entendido, en tu nombre" },
};
