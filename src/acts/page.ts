import type { Act } from "./act.ts";

export const page: Act = {
  name: "page",
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
  slash: { command: "request", sub: "page" },
  shortcut: null,
  words: {
    en: "Wake whoever is on call, when everything is failing",
    es: "Despertar a quien está de guardia, cuando todo falla",
  },
};
