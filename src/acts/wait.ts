import { type Act, requestNumber } from "./act.ts";

export const wait: Act = {
  name: "wait",
  may: "staff",
  reads: false,
  args: [requestNumber],
  slash: { command: "request", sub: "wait" },
  shortcut: { en: "Waiting on customer", es: "Esperando al cliente" },
  words: {
    en: "The customer owes us an answer: clocks pause",
    es: "El cliente nos debe una respuesta: los relojes paran",
  },
};
