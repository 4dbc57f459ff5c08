import type { Act } from "./act.ts";

export const claim: Act = {
  name: "claim",
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
  slash: { command: "request", sub: "claim" },
  shortcut: null,
  words: {
    en: "Take a request: its promises are yours now",
    es: "Quedarte una petición: sus promesas pasan a ser tuyas",
  },
};
