import type { Act } from "./act.ts";

export const show: Act = {
  name: "show",
  may: "staff",
  reads: true,
  args: [
    {
      name: "number",
      kind: "number",
      required: true,
      words: { en: "The request's number", es: "El número de la petición" },
    },
  ],
  slash: { command: "request", sub: "show" },
  shortcut: null,
  words: { en: "One request with its promises and history", es: "Una petición con sus promesas e historia" },
};
