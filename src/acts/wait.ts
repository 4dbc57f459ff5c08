import type { Act } from "./act.ts";

export const wait: Act = {
  name: "wait",
  may: "staff",
  reads: false,
  args: [
    {
      name: "number",
      kind: "number",
      required: true,
      words: { en: "The request's number", es: "El número de la petición" },
    },
  ],
  slash: { command: "request", sub: "wait" },
  shortcut: { en: "Waiting on customer", es: "Esperando al cliente" },
  words: {
    en: "The customer owes us an answer: clocks pause",
    es: "El cliente nos debe una respuesta: los relojes paran",
  },
};
