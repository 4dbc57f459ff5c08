import type { Act } from "./act.ts";

export const release: Act = {
  name: "release",
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
  slash: { command: "request", sub: "release" },
  shortcut: null,
  words: {
    en: "Give a request back to the team; its promises stay",
    es: "Devolver una petición al equipo; sus promesas siguen",
  },
};
