import { type Act, requestNumber } from "./act.ts";

export const resolve: Act = {
  name: "resolve",
  may: "staff",
  reads: false,
  args: [
    requestNumber,
    {
      name: "note",
      kind: "rest",
      required: false,
      words: { en: "What you did; the customer reads it", es: "Lo que has hecho; lo lee el cliente" },
    },
  ],
  slash: { command: "request", sub: "resolve" },
  shortcut: { en: "Resolve this request", es: "Resolver esta petición" },
  words: {
    en: "It is done: ask the customer whether all is good",
    es: "Está hecho: preguntar al cliente si todo está bien",
  },
};
