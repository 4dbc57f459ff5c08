import type { Act } from "./act.ts";

export const joinTo: Act = {
  name: "join_to",
  may: "staff",
  reads: false,
  args: [
    { name: "c", kind: "word", required: true, words: { en: "The channel", es: "El canal" } },
    { name: "m", kind: "word", required: true, words: { en: "The message", es: "El mensaje" } },
    { name: "t", kind: "word", required: false, words: { en: "Its thread", es: "Su hilo" } },
    {
      name: "into",
      kind: "word",
      required: false,
      words: { en: "The number of the request", es: "El número de la petición" },
    },
  ],
  slash: null,
  shortcut: null,
  words: { en: "It belongs to another request", es: "Pertenece a otra petición" },
};
